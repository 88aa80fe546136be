"""`nigao report …`: the stored reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nigao.cli import exporting, importing, signing
from nigao.cli.chinese import Commands
from nigao.cli.console import guarded, print_json, print_table, say
from nigao.cli.workspace import open_assistant
from nigao.text.dates import local_time

app = Commands()
app.add_typer(signing.app)
app.add_typer(exporting.app)
app.add_typer(importing.app)

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
ReportId = Annotated[str, typer.Argument(metavar="编号", help="报告编号，如 r0001")]


@app.command("list", help="列出已保存的报告。")
@guarded
def list_reports(as_json: Json = False) -> None:
    from nigao.views.reports import report_view

    with open_assistant(embeddings=False) as assistant:
        stored = assistant.store.reports.list()
        statuses = assistant.reports.statuses()
    views = [report_view(entry, statuses[entry.id]) for entry in stored]
    if as_json:
        print_json(views)
        return
    rows = [
        [v.id, str(v.revision), statuses[v.id].label, v.title, v.unit, v.author, local_time(v.created_at)]
        for v in views
    ]
    print_table(["编号", "稿次", "状态", "标题", "单位", "作者", "时间"], rows)


@app.command(help="显示一份报告：正文，或连同每句的出处。")
@guarded
def show(
    report_id: ReportId,
    sources: Annotated[bool, typer.Option("--sources", help="逐句列出出处")] = False,
    revision: Annotated[int | None, typer.Option("--revision", min=1, help="第几稿，缺省为最新一稿")] = None,
    as_json: Json = False,
) -> None:
    from nigao.views.reports import draft_output

    with open_assistant(embeddings=False) as assistant:
        draft = assistant.reports.get(report_id, revision)
    if as_json:
        print_json(draft_output(draft))
        return
    if not sources:
        say(draft.text())
        return
    for sentence in draft.report.sentences():
        say(sentence.text, "bold")
        for citation in sentence.citations:
            say(f"    《{citation.title}》{citation.locator}：{citation.quote}")
        if sentence.facts:
            say(f"    拟稿要求：{'、'.join(sentence.facts)}")
        if sentence.worded_by:
            say(f"    措辞：模型 {sentence.worded_by}")


@app.command(help="逐句比较两稿；-o 写成带修订标记的 docx。")
@guarded
def diff(
    report_id: ReportId,
    old: Annotated[int | None, typer.Argument(metavar="旧稿", min=1, help="第几稿，缺省为上一稿")] = None,
    new: Annotated[int | None, typer.Argument(metavar="新稿", min=1, help="第几稿，缺省为最新一稿")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写成带修订标记的 docx")] = None,
    as_json: Json = False,
) -> None:
    from nigao.cli.comparing import run_diff

    run_diff(report_id, old, new, output=output, as_json=as_json)
