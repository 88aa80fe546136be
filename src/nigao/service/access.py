"""Who may do what: scopes are what a route or a tool asks for, roles are the sets of them that an office gives out."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Scope(StrEnum):
    """One thing that a key may allow."""

    SEARCH = "search"
    CORPUS_READ = "corpus:read"
    CORPUS_SUBMIT = "corpus:submit"
    CORPUS_APPROVE = "corpus:approve"
    REPORTS_READ = "reports:read"
    REPORTS_DRAFT = "reports:draft"
    REPORTS_EDIT = "reports:edit"
    REPORTS_SUBMIT = "reports:submit"
    REPORTS_APPROVE = "reports:approve"
    REPORTS_EXPORT = "reports:export"
    CHECKS = "checks"
    AUDIT_READ = "audit:read"
    OPERATIONS_READ = "operations:read"

    @property
    def label(self) -> str:
        """The scope in Chinese."""
        return _SCOPE_LABELS[self]


class Role(StrEnum):
    """What a person is in the office, as far as the service is concerned."""

    DRAFTER = "drafter"
    EDITOR = "editor"
    APPROVER = "approver"
    CORPUS_ADMIN = "corpus-admin"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role in Chinese."""
        return _ROLE_LABELS[self]


_SCOPE_LABELS = {
    Scope.SEARCH: "检索语料",
    Scope.CORPUS_READ: "查阅语料",
    Scope.CORPUS_SUBMIT: "提交文件",
    Scope.CORPUS_APPROVE: "批准、退回、撤销文件",
    Scope.REPORTS_READ: "查阅报告",
    Scope.REPORTS_DRAFT: "起草报告",
    Scope.REPORTS_EDIT: "修改报告",
    Scope.REPORTS_SUBMIT: "送审",
    Scope.REPORTS_APPROVE: "签发、退回送审稿",
    Scope.REPORTS_EXPORT: "导出报告",
    Scope.CHECKS: "核对文稿",
    Scope.AUDIT_READ: "查阅审计记录",
    Scope.OPERATIONS_READ: "查看运行指标",
}
_ROLE_LABELS = {
    Role.DRAFTER: "拟稿人",
    Role.EDITOR: "核稿人",
    Role.APPROVER: "签发人",
    Role.CORPUS_ADMIN: "语料管理员",
    Role.AUDITOR: "审计员",
}
_READING = frozenset({Scope.SEARCH, Scope.CORPUS_READ})
_EDITING = _READING | {
    Scope.REPORTS_READ,
    Scope.REPORTS_EDIT,
    Scope.REPORTS_SUBMIT,
    Scope.REPORTS_EXPORT,
    Scope.CHECKS,
}
_SCOPES: dict[Role, frozenset[Scope]] = {
    Role.DRAFTER: _EDITING | {Scope.REPORTS_DRAFT, Scope.CORPUS_SUBMIT},
    Role.EDITOR: _EDITING,
    Role.APPROVER: _READING | {Scope.REPORTS_READ, Scope.REPORTS_APPROVE, Scope.REPORTS_EXPORT, Scope.CHECKS},
    Role.CORPUS_ADMIN: _READING | {Scope.CORPUS_SUBMIT, Scope.CORPUS_APPROVE, Scope.OPERATIONS_READ},
    Role.AUDITOR: _READING | {Scope.REPORTS_READ, Scope.AUDIT_READ, Scope.OPERATIONS_READ},
}


def scopes_of(roles: Collection[Role]) -> frozenset[Scope]:
    """All that the roles allow."""
    return frozenset().union(*(_SCOPES[role] for role in roles))
