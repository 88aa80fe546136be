"""`nigao corpus add | submit | approve | return | revoke | impact`: the life of a document by hand."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nigao.cli.chinese import Commands
from nigao.cli.console import COULD_NOT_RUN, guarded, print_json, say
from nigao.cli.outcomes import as_date, as_role, embed, finish, must_exist
from nigao.cli.workspace import open_assistant

if TYPE_CHECKING:
    from nigao.keeping import Stated

app = Commands()

Files = Annotated[list[Path], typer.Argument(metavar="文件", help="要收录的文件，可以多份")]
DocumentId = Annotated[str, typer.Argument(metavar="编号", help="文件编号")]
RoleName = Annotated[str, typer.Option("--role", help="basis 依据、material 材料、exemplar 范文")]
Title = Annotated[str, typer.Option("--title", help="标题，默认用文件名")]
Issuer = Annotated[str, typer.Option("--issuer", help="制发单位")]
Number = Annotated[str, typer.Option("--number", help="文号")]
ValidFrom = Annotated[str, typer.Option("--valid-from", help="施行日期")]
ValidTo = Annotated[str, typer.Option("--valid-to", help="失效日期")]
Supersedes = Annotated[list[str] | None, typer.Option("--supersedes", help="取代的文件编号，可多次给出")]
VisibleTo = Annotated[list[str] | None, typer.Option("--visible-to", help="只对这个单位开放，可多次给出")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


@app.command(help="加入文件并登记批准情况。有文件被拒收时退出码为 1，一份也没有收下时为 2。")
@guarded
def add(
    files: Files,
    role: RoleName,
    approved_by: Annotated[str, typer.Option("--approved-by", help="批准人")],
    approved_on: Annotated[str, typer.Option("--approved-on", help="批准日期，如 2025-01-10")],
    title: Title = "",
    issuer: Issuer = "",
    number: Number = "",
    valid_from: ValidFrom = "",
    valid_to: ValidTo = "",
    supersedes: Supersedes = None,
    visible_to: VisibleTo = None,
    as_json: Json = False,
) -> None:
    from nigao.errors import UsageError

    must_exist(files)
    stated = _stated(title, issuer, number, valid_from, valid_to, supersedes, visible_to)
    day = as_date(approved_on, "--approved-on")
    if day is None:
        raise UsageError("没有写明批准日期", where="--approved-on", fix="写成 2025-01-10 这样")
    with open_assistant() as assistant:
        result = assistant.add(files, role=as_role(role), approved_by=approved_by, approved_on=day, **stated)
        finish(assistant, result, as_json, refused_all=COULD_NOT_RUN)


@app.command(help="提交文件待批准；批准之前不作依据。有文件被拒收时退出码为 1，一份也没有收下时为 2。")
@guarded
def submit(
    files: Files,
    role: RoleName,
    by: Annotated[str, typer.Option("--by", help="提交人")],
    title: Title = "",
    issuer: Issuer = "",
    number: Number = "",
    valid_from: ValidFrom = "",
    valid_to: ValidTo = "",
    supersedes: Supersedes = None,
    visible_to: VisibleTo = None,
    as_json: Json = False,
) -> None:
    must_exist(files)
    stated = _stated(title, issuer, number, valid_from, valid_to, supersedes, visible_to)
    with open_assistant(embeddings=False) as assistant:
        result = assistant.corpus.submit(files, role=as_role(role), by=by, **stated)
        finish(assistant, result, as_json, refused_all=COULD_NOT_RUN, submitted=True)


@app.command(help="批准待批准的文件：从下一次检索起可作依据。")
@guarded
def approve(
    ids: Annotated[list[str], typer.Argument(metavar="编号", help="文件编号，可以多份")],
    by: Annotated[str, typer.Option("--by", help="批准人")],
    on: Annotated[str, typer.Option("--on", help="批准日期，默认今天")] = "",
    sha256: Annotated[str, typer.Option("--sha256", help="只批准这一内容：show 显示的 SHA-256，写开头几位即可")] = "",
) -> None:
    with open_assistant() as assistant:
        for document in assistant.corpus.approve(ids, by=by, on=as_date(on, "--on"), sha256=sha256):
            why_not = document.why_not_evidence(dt.date.today())
            say(f"已批准 {document.id}《{document.title}》{f'（{why_not}）' if why_not else ''}。")
        embed(assistant)


@app.command("return", help="退回待批准的文件；原来批准的版本照旧使用。")
@guarded
def send_back(
    document_id: DocumentId,
    by: Annotated[str, typer.Option("--by", help="退回人")],
    reason: Annotated[str, typer.Option("--reason", help="退回理由")],
) -> None:
    with open_assistant(embeddings=False) as assistant:
        assistant.corpus.send_back(document_id, by=by, reason=reason)
    say(f"已退回 {document_id}。")


@app.command(help="撤销一份文件：从下一次检索起不再作依据，并告知哪些报告以它为依据。")
@guarded
def revoke(
    document_id: DocumentId,
    reason: Annotated[str, typer.Option("--reason", help="撤销理由")],
    by: Annotated[str, typer.Option("--by", help="撤销人")] = "",
) -> None:
    with open_assistant(embeddings=False) as assistant:
        assistant.corpus.revoke(document_id, reason=reason, by=by)
        resting = assistant.corpus.impact(document_id)
    say(f"已撤销 {document_id}，不再作依据。")
    if resting:
        reports = [(key, len(list(cited))) for key, cited in groupby(resting, key=lambda cited: cited.report)]
        named = "、".join(f"{report}（{count} 句）" for report, count in reports[:10])
        more = " 等" if len(reports) > 10 else ""
        say(f"有 {len(reports)} 份报告以它为依据：{named}{more}；逐句查看：nigao corpus impact {document_id}", "yellow")


@app.command(help="列出以一份文件为依据的报告和语句。")
@guarded
def impact(
    document_id: DocumentId,
    every: Annotated[bool, typer.Option("--all", help="包括报告以前的各稿")] = False,
    as_json: Json = False,
) -> None:
    from nigao.views.corpus import impact_output

    with open_assistant(embeddings=False) as assistant:
        resting = assistant.corpus.impact(document_id, every_revision=every)
        document = assistant.store.documents.get(document_id)
    assert document is not None  # or `impact` would have said so
    told = impact_output(document, resting)
    if as_json:
        print_json(told)
        return
    say(f"《{told.title}》（{told.why_not or '可作依据'}）：{len(told.reports)} 份报告，{len(resting)} 句以它为依据。")
    for report in told.reports:
        say(f"\n{report.id} 第 {report.revision} 稿  {report.title}", "bold")
        for one in report.sentences:
            say(f"  {one.ordinal}{one.heading}：{one.text}（据{one.locator}）")


def _stated(
    title: str,
    issuer: str,
    number: str,
    valid_from: str,
    valid_to: str,
    supersedes: list[str] | None,
    visible_to: list[str] | None,
) -> Stated:
    return {
        "title": title,
        "issuer": issuer,
        "number": number,
        "valid_from": as_date(valid_from, "--valid-from"),
        "valid_to": as_date(valid_to, "--valid-to"),
        "supersedes": supersedes or [],
        "visible_to": visible_to or [],
    }
