"""`nigao report export` and `nigao report clean`: a stored report as files, and a Word file made fit to go out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nigao.cli.chinese import Commands
from nigao.cli.console import guarded, note, say
from nigao.cli.workspace import open_assistant

app = Commands()

_CITATIONS = "出处：comments 批注、endnotes 尾注、appendix 附录表、none 不带"


@app.command(help="导出一份报告；几个文件要么都写出，要么都不写。")
@guarded
def export(
    report_id: Annotated[str, typer.Argument(metavar="编号", help="报告编号，如 r0001")],
    output: Annotated[
        list[Path], typer.Option("-o", "--output", help="输出文件，可多次给出：.docx .pdf .html .md .txt .json")
    ],
    citations: Annotated[str, typer.Option("--citations", help=_CITATIONS)] = "comments",
    findings: Annotated[
        bool, typer.Option("--findings", help="把核对结果标在原词上：docx 中为批注，网页中为标记")
    ] = False,
    changes_since: Annotated[
        int | None, typer.Option("--changes-since", min=1, help="docx 中用修订标记显示自这一稿以来的改动")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="本单位的 docx 或 dotx 模板，用它的版面和样式")
    ] = None,
    no_ai_label: Annotated[
        bool, typer.Option("--no-ai-label", help="不带人工智能生成合成内容标识（会记入审计）")
    ] = False,
    revision: Annotated[int | None, typer.Option("--revision", min=1, help="第几稿，缺省为最新一稿")] = None,
) -> None:
    from nigao.exporting import ExportOptions, check_export

    options = ExportOptions(
        citations=citations,
        ai_label=not no_ai_label,
        findings=findings,
        template=template,
        changes_since=changes_since,
    )
    check_export(output, options)
    with open_assistant(embeddings=False) as assistant:
        told = assistant.export(assistant.reports.get(report_id, revision), output, options)
    for path in output:
        say(f"已写出：{path}")
    for line in told:
        note(line)


@app.command(help="清稿：去掉 docx 中本工具的批注、出处和标记，写成定稿用的新文件，不动原文件。")
@guarded
def clean(
    file: Annotated[Path, typer.Argument(metavar="文件", help="docx 文件")],
    output: Annotated[Path, typer.Option("-o", "--output", help="写入的新文件")],
    accept: Annotated[bool, typer.Option("--accept", help="同时接受全部修订")] = False,
    all_comments: Annotated[bool, typer.Option("--all-comments", help="其他人的批注也去掉")] = False,
) -> None:
    from nigao.exporting import clean_file

    told = clean_file(file, output, accept=accept, all_comments=all_comments)
    say(f"已写出：{output}")
    for line in told or ["没有要去掉的内容"]:
        note(line)
