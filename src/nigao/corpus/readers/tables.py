"""Table rows as self-contained lines: a row cited alone must still say what its figures are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.corpus.readers.source import BlockKind, Piece

_LABEL_CHARS = 16
_COMMON_LABELS = re.compile(
    "序号|项目|事项|内容|指标|名称|类别|数值|数量|单位|时间|日期|备注|说明|情况|责任|措施|问题|时限|姓名|职务"
)


def row_pieces(rows: Sequence[Sequence[str]], table: int, headed: bool | None) -> list[Piece]:
    """One piece a row, labelled `表1第3行` with rows counted as on the page.

    `headed`: whether the first row names the columns; None to judge by its words. Named columns give `列：值；列：值`,
    others `值 | 值`. A header row alone is kept, since nothing repeats it.
    """
    if headed is None:
        headed = _looks_like_header(rows)
    names = list(rows[0]) if headed and len(rows) > 1 else []
    pieces = []
    for number, row in enumerate(rows, 1):
        if names and number == 1:
            continue
        pieces.append(Piece(_row_text(row, names), 0, BlockKind.TABLE_ROW, f"表{table}第{number}行"))
    return pieces


def _row_text(row: Sequence[str], names: Sequence[str]) -> str:
    # A header stated once over several columns holds for each of them.
    filled: list[str] = []
    for name in names:
        filled.append(name or (filled[-1] if filled else ""))
    if not filled:
        return " | ".join(cell for cell in row if cell)
    parts = []
    for column, cell in enumerate(row):
        name = filled[column] if column < len(filled) else ""
        if cell:
            parts.append(f"{name}：{cell.rstrip('。；;')}" if name else cell)
    return "；".join(parts)


def _looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = [cell for cell in rows[0] if cell]
    short = all(len(cell) <= _LABEL_CHARS and not re.search(r"[\d。；]", cell) for cell in first)
    if not short or len(set(first)) < len(first) or len(first) < 2:
        return False
    return len(first) >= 3 or any(_COMMON_LABELS.search(cell) for cell in first)
