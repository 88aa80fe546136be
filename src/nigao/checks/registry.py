"""What a rule is: a small generator function registered with its code, explanation and the examples that test it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from nigao.checks.context import CheckContext
from nigao.checks.finding import Fix, Severity
from nigao.errors import NotFoundError
from nigao.report.model import Report, Sentence


class Authority(StrEnum):
    """How binding a rule's ground is; only the first two may say 应当."""

    LAW = "法规"
    STANDARD = "国家标准"
    PRACTICE = "公文惯例"
    HOUSE = "单位习惯"
    PRODUCT = "本工具的证据规则"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule reports, and where: characters `start:end` of a sentence (all of it by default), or `at` offsets
    of the report's text (`CheckContext.text`), or the head of a `part`. `fix` replaces exactly the characters marked.
    """

    message: str
    sentence: Sentence | None = None
    start: int = 0
    end: int | None = None
    part: str = ""
    suggestion: str = ""
    evidence: tuple[str, ...] = ()
    severity: Severity | None = None
    at: tuple[int, int] | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule finds fault with, or does not; both are run as the rule's tests.

    `text` is a report or a piece of one. Its sentences quote the approved passage `cited`, else a person typed them.
    `approved` and `exemplars` are whole documents, title first; `brief` is YAML.
    """

    text: str
    cited: str = ""
    approved: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    brief: str = ""

    @property
    def told(self) -> str:
        """The example in words, with what it is held against."""
        lines = [self.text]
        if self.cited:
            lines.append(f"（所引原文：{self.cited}）")
        lines += [f"（批准文件：{_on_one_line(document)}）" for document in self.approved]
        lines += [f"（范文：{_on_one_line(document)}）" for document in self.exemplars]
        if self.brief:
            lines.append(f"（拟稿要求：{_on_one_line(self.brief)}）")
        return "\n".join(lines)


def _on_one_line(text: str) -> str:
    title, _, body = text.partition("\n")
    rest = " ".join(body.split())
    return f"《{title}》{rest}" if rest else title


RuleFunction = Callable[[Report, CheckContext], Iterator[Mark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with what `nigao rules CODE` prints. `basis` names the standard's clause or the practice it rests on."""

    code: str
    severity: Severity
    title: str
    why: str
    authority: Authority
    bad: Example
    good: Example
    function: RuleFunction
    basis: str = ""

    @property
    def ground(self) -> str:
        """What the rule rests on and how binding that is, in words."""
        return f"{self.authority.value}，{self.basis}" if self.basis else self.authority.value


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity,
    title: str,
    *,
    why: str,
    authority: Authority,
    bad: Example,
    good: Example,
    basis: str = "",
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule. Raises ValueError when the code is taken: codes are stable once released."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            raise ValueError(f"rule {code} is registered twice")
        _RULES[code] = Rule(code, severity, title, why, authority, bad, good, function, basis)
        return function

    return register


def all_rules() -> list[Rule]:
    """Every rule by code."""
    # Importing a family registers its rules.
    from nigao.checks import (  # noqa: F401
        achievements,
        answers,
        conflicts,
        connectives,
        consistency,
        consistency_style,
        contradictions,
        corpus_terms,
        documents_named,
        exemplars,
        fact_sheet,
        faithful,
        grounding,
        layout,
        layout_page,
        ordinals,
        parallelism,
        placeholders,
        proofreading,
        remarks,
        structure,
        totals,
        typed_doings,
        typed_names,
        typed_wording,
        typography,
        typography_numerals,
        waiving,
        wording,
    )

    return [_RULES[code] for code in sorted(_RULES)]


def find_rule(code: str) -> Rule:
    """The rule of that code. Raises NotFoundError."""
    for known in all_rules():
        if known.code == code.upper():
            return known
    raise NotFoundError(f"没有规则 {code}", where="规则编号", fix="用 nigao rules 查看全部规则")
