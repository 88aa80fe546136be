"""Read xlsx as what its sheets show: values as formatted, sheet by sheet; what is hidden is no evidence."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.archive import check_archive
from nigao.corpus.readers.sheets.layout import SheetLayout, outside_texts, read_layouts
from nigao.corpus.readers.sheets.numberformat import CHINESE_DATES, shown
from nigao.corpus.readers.sheets.rows import Row, sheet_pieces
from nigao.corpus.readers.source import Piece, SourceText
from nigao.corpus.readers.structure import assemble
from nigao.errors import AdmissionError

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_DEFAULT_NAMES = ("sheet", "工作表", "表")

# openpyxl's cells come without types here; they are read and go no further.
_Cell = Any


def read_workbook(data: bytes, name: str, limits: AdmissionLimits) -> SourceText:
    """Every visible sheet: title rows, then one line a row with the columns' names repeated.

    Formulas are not worked out; the values saved with them are read. Cells merged downwards hold for each row they
    span. Hidden sheets, rows and columns, comments, text boxes, page heads and the file's properties are margins.

    Raises AdmissionError (`archive`, `unreadable`, `oversized`).
    """
    check_archive(data, name, limits, "xlsx")
    import openpyxl

    try:
        with warnings.catch_warnings():
            # What openpyxl cannot keep (validations, drawings, …) is nothing that is read here.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            layouts = read_layouts(data)
            pieces, margins = _sheets(book, layouts, name, limits)
            margins += [*_properties(book), *outside_texts(data)]
            book.close()
    except (AdmissionError, MemoryError, RecursionError):
        raise
    # The file is untrusted and openpyxl raises whatever comes: KeyError, ValueError, ParseError, …
    except Exception as exc:
        raise AdmissionError(
            f"xlsx 解析失败（{type(exc).__name__}）",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix="用 Excel 或 WPS 打开后另存为 xlsx",
        ) from None
    return assemble(name, pieces, margins, guess_titles=False)


def _sheets(
    book: Workbook, layouts: dict[str, SheetLayout], name: str, limits: AdmissionLimits
) -> tuple[list[Piece], list[str]]:
    pieces: list[Piece] = []
    margins: list[str] = []
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for number, sheet in enumerate([*visible, *(s for s in book.worksheets if s not in visible)], 1):
        layout = layouts.get(sheet.title, SheetLayout())
        if layout.uncalculated:
            raise AdmissionError(
                f"工作表“{sheet.title}”的公式（如 {layout.uncalculated}）没有保存计算结果",
                reason=RefusalReason.UNREADABLE,
                where=name,
                fix="用 Excel 或 WPS 打开，保存后再提交",
            )
        rows = list(_rows(sheet, limits.max_blocks - len(pieces), name))
        if sheet not in visible:
            margins += [sheet.title, *(" ".join(filter(None, cells)) for _, cells in rows)]
            continue
        kept, hidden = layout.split(rows)
        margins += hidden
        found = sheet_pieces(kept, number, layout.filled(kept, rows))
        if found and not found[0].level and _tells(sheet.title):
            pieces.append(Piece(sheet.title, 1))
        pieces += found
    return pieces, margins


def _tells(title: str) -> bool:
    """Whether the sheet's name was given by a person."""
    return not title.lower().rstrip("0123456789 ").startswith(_DEFAULT_NAMES)


def _rows(sheet: Any, most: int, name: str) -> Iterator[Row]:
    """The rows that hold anything, with their numbers."""
    # The size that the file states for a sheet is often wrong.
    sheet.reset_dimensions()
    count = 0
    for row in sheet.iter_rows():
        filled = {cell.column: text for cell in row if cell.value is not None and (text := _text(cell))}
        if not filled:
            continue
        count += 1
        if count > most:
            raise AdmissionError(
                "表格行数过多", reason=RefusalReason.OVERSIZED, where=name, fix="拆分文件，或只留需要的工作表"
            )
        number = next(cell.row for cell in row if cell.value is not None)
        yield number, [filled.get(column, "") for column in range(1, max(filled) + 1)]


def _text(cell: _Cell) -> str:
    value, number_format = cell.value, cell.number_format
    chinese = CHINESE_DATES.get(cell.style_array.numFmtId) if isinstance(value, (int, float)) else None
    if chinese is not None:
        from openpyxl.utils.datetime import from_excel

        return shown(from_excel(value, cell.parent.parent.epoch), chinese)
    return shown(value, number_format)


def _properties(book: Workbook) -> list[str]:
    """The texts of the file's properties, where offices also note the marking."""
    core = book.properties
    told = (core.title, core.subject, core.keywords, core.category, core.contentStatus, core.description)
    return [text for text in told if text]
