"""`nigao report import-edits`: an edited Word copy taken back in, with all that could not be taken told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nigao.cli.chinese import Commands
from nigao.cli.console import FOUND, guarded, note, print_json, say
from nigao.cli.workspace import open_assistant, person
from nigao.errors import about_file

if TYPE_CHECKING:
    from nigao.revising.importing import Imported

app = Commands()


@app.command(
    "import-edits", help="导入在 Word 或 WPS 里改过的稿子：没动的句子保留出处，改动按人各成一稿，批注成为提醒。"
)
@guarded
def import_edits(
    file: Annotated[Path, typer.Argument(metavar="文件", help="改过的 docx")],
    report: Annotated[str, typer.Option("--report", help="报告编号；缺省看文件里的记号")] = "",
    by: Annotated[
        str, typer.Option("--by", help="没有修订署名的改动算谁的；缺省取环境变量 NIGAO_PERSON，再取登录名")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样改，不写入")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    from nigao.exporting import read_word_file
    from nigao.views.reports import import_view, not_taken

    data = read_word_file(file)
    with open_assistant(embeddings=False) as assistant, about_file(file):
        imported = assistant.reports.import_edits(data, report=report, by=person(by), dry_run=dry_run)
    left = list(not_taken(imported))
    if as_json:
        print_json(import_view(imported, dry_run=dry_run))
    else:
        _tell(imported, left, dry_run=dry_run)
    if left:
        raise typer.Exit(FOUND)


def _tell(imported: Imported, left: list[str], *, dry_run: bool) -> None:
    from nigao.cli.turns import tell_change

    draft = imported.draft
    if not imported.revisions:
        say(f"{draft.id}：文件与第{imported.base}稿相同，没有要导入的改动。")
    for one in imported.revisions:
        verb = "将成为" if dry_run else "已成为"
        said = one.diff.summary() if one.diff.changes or not one.remarks else f"批注{len(one.remarks)}条"
        say(f"{draft.id} {one.author}的改动{verb}第{one.revision}稿：{said}", "bold")
        for change in one.diff.changes:
            tell_change(change)
        for remark in one.remarks:
            say(f"  批注　{remark.words or remark.line}：{remark.text}")
    for line in left:
        say(line, "yellow")
    if imported.revisions:
        errors, blanks = len(draft.errors), len(draft.placeholders)
        note(f"核对：{errors} 处错误，{len(draft.findings) - errors} 处提醒和说明，待补 {blanks} 处")
