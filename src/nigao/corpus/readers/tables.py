"""Table rows as self-contained lines: a row cited alone must still say what its figures are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.corpus.readers.source import BlockKind, Piece

_LABEL_CHARS = 16
# 内　容: characters set apart to fill the width.
_SPREAD = re.compile("(?<=[一-鿿])\\s+(?=[一-鿿])")
_COMMON_LABELS = re.compile(
    "序号|项目|事项|内容|指标|名称|类别|数值|数量|单位|时间|日期|备注|说明|情况|责任|措施|问题|时限|姓名|职务"
)


def row_pieces(rows: Sequence[Sequence[str]], table: int, headed: bool | None) -> list[Piece]:
    """One piece a row, labelled `表1第3行` with rows counted as on the page.

    `headed`: whether the first row names the columns; None to judge by its words. Named columns give `列：值；列：值`,
    others `值 | 值`. A header of two lines, some of whose cells reach over both, gives names of both lines. A header
    row alone is kept, since nothing repeats it.
    """
    names, depth = _second_line(rows)
    if not depth and (_looks_like_header(rows) if headed is None else headed) and len(rows) > 1:
        names, depth = list(rows[0]), 1
    return [
        Piece(row_text(row, names), 0, BlockKind.TABLE_ROW, f"表{table}第{number}行")
        for number, row in enumerate(rows[depth:], depth + 1)
    ]


def row_text(row: Sequence[str], names: Sequence[str]) -> str:
    """`列：值；列：值` with the columns' names, or `值 | 值` without any."""
    # A header stated once over several columns holds for each of them.
    filled: list[str] = []
    for name in names:
        filled.append(_SPREAD.sub("", name) or (filled[-1] if filled else ""))
    if not filled:
        return " | ".join(cell for cell in row if cell)
    if len(filled) > 1 and row and row[0] and not any(row[1:]):
        # One text across the table heads the rows below it; it belongs to no column.
        return row[0]
    parts = []
    for column, cell in enumerate(row):
        name = filled[column] if column < len(filled) else ""
        if cell:
            parts.append(f"{name}：{cell.rstrip('。；;')}" if name else cell)
    return "；".join(parts)


def _second_line(rows: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """The names that a header of two lines gives, and 2; nothing and 0 where the table has none such.

    In it some cells reach down from the first line, and the others part what stands once over several columns.
    """
    if len(rows) < 3 or len(rows[0]) != len(rows[1]):
        return [], 0
    names: list[str] = []
    over = ""
    parted = whole = 0
    for column, (top, sub) in enumerate(zip(rows[0], rows[1], strict=True)):
        if top and sub == top:
            whole += 1
            names.append(top)
            over = ""
            continue
        begins = bool(top) and not any(rows[0][column + 1 : column + 2])
        over = top if begins else "" if top else over
        if not over or len(sub) > _LABEL_CHARS:
            return [], 0
        parted += bool(sub)
        names.append(f"{over}{sub}")
    return (names, 2) if whole and parted > 1 else ([], 0)


def _looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = [cell for cell in rows[0] if cell]
    short = all(len(cell) <= _LABEL_CHARS and not re.search(r"[\d。；]", cell) for cell in first)
    if not short or len(set(first)) < len(first) or len(first) < 2:
        return False
    return len(first) >= 3 or any(_COMMON_LABELS.search(cell) for cell in first)
