"""`nigao keys create | list | revoke`: who may use the HTTP API and MCP, as what and until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from nigao.cli.chinese import Commands
from nigao.cli.console import guarded, note, print_json, print_table, say
from nigao.cli.outcomes import as_date
from nigao.cli.workspace import open_assistant, person
from nigao.text.dates import local_time

if TYPE_CHECKING:
    from nigao.service.access import Role
    from nigao.store import KeyRecord

app = Commands()

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
By = Annotated[str, typer.Option("--by", help="以谁的名义；缺省取环境变量 NIGAO_PERSON，再取登录名")]
_DAYS = 365
# As far ahead as a calendar goes without trouble.
_MOST_DAYS = 36_500


@app.command(help="新建一把接口密钥，密钥只显示这一次。")
@guarded
def create(
    holder: Annotated[str, typer.Option("--person", help="谁用这把密钥：姓名，所做的都记在其名下")],
    role: Annotated[
        list[str],
        typer.Option(
            "--role",
            help="角色，可多次给出：drafter 拟稿人、editor 核稿人、approver 签发人、corpus-admin 语料管理员、"
            "auditor 审计员",
        ),
    ],
    scope: Annotated[list[str] | None, typer.Option("--scope", help="只给角色权限中的这一项，可多次给出")] = None,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", help="只限这个单位：先写全称，再写简称；缺省不限单位")
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=_MOST_DAYS, help=f"有效天数，缺省 {_DAYS} 天")
    ] = None,
    expires: Annotated[str, typer.Option("--expires", help="有效期到哪一天（含当天），如 2027-01-01")] = "",
    never: Annotated[bool, typer.Option("--never", help="长期有效，直到撤销")] = False,
    by: By = "",
    as_json: Json = False,
) -> None:
    from nigao.views.keys import created_key_view

    roles = _roles(role)
    scopes = _scopes(scope or [], roles)
    end = _end(days, expires, never=never)
    with open_assistant(embeddings=False) as assistant:
        record, secret = assistant.store.keys.create(
            person=holder, roles=roles, by=person(by), scopes=scopes, units=unit or [], expires_at=end
        )
    if as_json:
        print_json(created_key_view(record, secret))
    else:
        say(f"已新建 {record.id}：{record.person}，{_named(record.roles)}，{_until(record)}。")
        say(secret, "bold")
    note("密钥只显示这一次，请立即妥善保存；遗失不能找回，只能撤销后另建。")


@app.command("list", help="列出全部接口密钥：谁的、什么角色、到哪天、最近何时用过；不显示密钥本身。")
@guarded
def list_keys(as_json: Json = False) -> None:
    from nigao.views.keys import key_view

    with open_assistant(embeddings=False) as assistant:
        records = assistant.store.keys.list()
    if as_json:
        print_json([key_view(record) for record in records])
        return
    now = dt.datetime.now(dt.UTC)
    rows = [
        [
            record.id,
            f"{record.prefix}…",
            record.person,
            _named(record.roles),
            "、".join(record.scopes) or "角色的全部权限",
            record.units[0] if record.units else "不限",
            record.refusal(now) or _until(record),
            local_time(record.last_used_at) if record.last_used_at is not None else "未用过",
        ]
        for record in records
    ]
    print_table(["编号", "密钥", "使用人", "角色", "权限", "单位", "状态", "最近使用"], rows)


@app.command(help="撤销一把接口密钥：从下一个请求起不能再用。")
@guarded
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="编号", help="密钥编号，如 k0001")],
    reason: Annotated[str, typer.Option("--reason", help="撤销理由")],
    by: By = "",
) -> None:
    with open_assistant(embeddings=False) as assistant:
        record = assistant.store.keys.revoke(key_id, by=person(by), reason=reason)
    say(f"已撤销 {record.id}（{record.person}），不能再用。")


def _roles(written: list[str]) -> list[Role]:
    """The roles as written on the command line. Raises UsageError."""
    from nigao.errors import UsageError
    from nigao.service.access import Role

    for name in written:
        if name not in set(Role):
            known = "、".join(f"{role} {role.label}" for role in Role)
            raise UsageError(f"没有 {name} 这个角色", where="--role", fix=f"可用的有：{known}")
    return [Role(name) for name in written]


def _scopes(written: list[str], roles: list[Role]) -> list[str]:
    """The scopes as written on the command line. Raises UsageError for one that none of the roles has."""
    from nigao.errors import UsageError
    from nigao.service.access import Scope, scopes_of

    allowed = scopes_of(roles)
    for name in written:
        if name not in allowed:
            what = "所给的角色没有这项权限" if name in set(Scope) else "没有这项权限"
            known = "、".join(f"{scope} {scope.label}" for scope in Scope if scope in allowed)
            raise UsageError(f"{what}：{name}", where="--scope", fix=f"可用的有：{known}")
    return written


def _end(days: int | None, expires: str, *, never: bool) -> dt.datetime | None:
    """From when on the key cannot be used, None for never. Raises UsageError where more than one end is given."""
    from nigao.errors import UsageError

    if sum((days is not None, bool(expires), never)) > 1:
        raise UsageError("有效期写了不止一种", where="--days、--expires、--never", fix="只用其中一个")
    if never:
        return None
    day = as_date(expires, "--expires")
    if day is None:
        return dt.datetime.now(dt.UTC) + dt.timedelta(days=days or _DAYS)
    if day < dt.date.today():
        raise UsageError(f"{day} 已经过了", where="--expires", fix="写今天或以后的日期")
    # The day itself still counts, as the clock on the wall here has it.
    return dt.datetime.combine(day, dt.time()).astimezone() + dt.timedelta(days=1)


def _named(roles: tuple[str, ...]) -> str:
    from nigao.service.access import Role

    return "、".join(Role(name).label if name in set(Role) else name for name in roles)


def _until(record: KeyRecord) -> str:
    return f"有效期至 {local_time(record.expires_at)}" if record.expires_at is not None else "长期有效"
