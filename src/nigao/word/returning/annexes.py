"""The tables of an edited file put back into the annexes that they are."""

from __future__ import annotations

from collections.abc import Sequence

from nigao.report.editing.matching import Likeness
from nigao.report.model import Report, Table

Rows = Sequence[Sequence[str]]

# A table that shares so little of its words with any of the report's is none of them.
_SAME_TABLE = 0.3


def with_tables(report: Report, base: Report, tables: Sequence[Rows]) -> tuple[Report, list[str]]:
    """The report with its annexes' tables as they read in the file, and the words of tables that are none of them.

    `base` is what the file was exported from: a table that reads as there is not touched. The very same report where
    nothing differs.
    """
    if not tables and all(annex.table is None for annex in report.annexes):
        return report, []
    exported = [annex.table for annex in base.annexes if annex.table is not None]
    like = Likeness()
    ranked = [
        (like(_text(table), _text(annex.table.rows)), nth, number)
        for nth, table in enumerate(tables)
        for number, annex in enumerate(report.annexes)
        if annex.table is not None
    ]
    of: dict[int, int] = {}
    for share, nth, number in sorted(ranked, key=lambda one: (-one[0], one[1], one[2])):
        if share >= _SAME_TABLE and number not in of and nth not in of.values():
            of[number] = nth
    now = report.model_copy(deep=True)
    for number, annex in enumerate(now.annexes):
        if annex.table is None:
            continue
        if number not in of:
            annex.table = None if any(_same(annex.table.rows, old.rows) for old in exported) else annex.table
        elif not any(_same(tables[of[number]], old.rows) for old in exported):
            annex.table = _table(tables[of[number]], annex.table.head_rows)
    left = [_told(table) for nth, table in enumerate(tables) if nth not in of.values()]
    return (now if now != report else report), left


def _table(rows: Rows, head_rows: int) -> Table:
    """Rows of one length: cells that were joined leave empty ones."""
    width = max(len(row) for row in rows)
    even = [[*row, *[""] * (width - len(row))] for row in rows]
    return Table(rows=even, head_rows=min(head_rows, len(even) - 1))


def _same(one: Rows, other: Rows) -> bool:
    return [[cell.strip() for cell in row] for row in one] == [[cell.strip() for cell in row] for row in other]


def _text(rows: Rows) -> str:
    return "".join(cell for row in rows for cell in row)


def _told(rows: Rows) -> str:
    return "表格：" + "；".join("，".join(filter(None, row)) for row in rows if any(row))
