"""`nigao report diff`: two revisions compared in words, in colour, as JSON, or as a Word file's tracked changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.atomicfile import replace_file
from nigao.cli.console import print_json, say
from nigao.cli.turns import tell_change
from nigao.cli.workspace import open_assistant
from nigao.errors import OutputError

if TYPE_CHECKING:
    from nigao.store import StoredReport


def run_diff(report: str, old: int | None, new: int | None, *, output: Path | None, as_json: bool) -> None:
    """Compare two revisions: by default the last two, or the one named and the latest."""
    if output is not None and output.suffix.lower() != ".docx":
        raise OutputError("对比只能写成 docx", where=str(output), fix="把后缀改为 .docx")
    with open_assistant(embeddings=False) as assistant:
        latest = assistant.reports.get(report)
        later = new or latest.revision
        earlier = old or max(1, later - 1)
        diff = assistant.reports.compare(latest.id, earlier, later)
        if output is not None:
            kept = assistant.store.reports
            _write([kept.get(latest.id, number) for number in _between(earlier, later)], output)
    if as_json:
        print_json(diff)
        return
    say(f"{latest.id} 第{earlier}稿 → 第{later}稿：{diff.summary()}", "bold")
    for change in diff.changes:
        tell_change(change)
    if output is not None:
        say(f"已写出：{output}")


def _between(earlier: int, later: int) -> list[int]:
    """The revisions whose changes are told; looking back from a later one, only the two."""
    return list(range(earlier, later + 1)) if earlier <= later else [earlier, later]


def _write(revisions: list[StoredReport], output: Path) -> None:
    from nigao.word.options import CitationStyle, WordOptions
    from nigao.word.tracked import RevisionState, changes_docx

    states = [RevisionState(one.report, one.author, dt.datetime.fromisoformat(one.created_at)) for one in revisions]
    replace_file(output, changes_docx(states, WordOptions(citations=CitationStyle.NONE)))
