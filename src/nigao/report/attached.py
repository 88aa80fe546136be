"""A brief's attachments: what the drafter hands in to stand behind the report as annexes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import zipfile
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from nigao.report.model import Annex, Origin, Sentence, Table

# Enough for a ledger of a year; more is a file to send along, not an annex to print.
_MOST_ROWS, _MOST_COLUMNS = 2_000, 40
_MOST_BYTES, _MOST_UNPACKED = 5_000_000, 60_000_000
_DELIMITED = (".csv", ".tsv")
# Context key under which the folder of the brief is known while it is read.
FOLDER = "folder"


class Attachment(BaseModel):
    """One attachment: a table as `rows` or from a `file` beside the brief, `text` in paragraphs, or text above a table.

    Once the brief is read, `rows` holds what was in the file.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    title: str = Field(min_length=1)
    text: list[str] = Field(default_factory=list)
    rows: list[list[str]] = Field(default_factory=list)
    head_rows: int = Field(default=1, ge=0)
    file: str = ""

    @field_validator("text", mode="before")
    @classmethod
    def _paragraphs(cls, value: Any) -> Any:
        return [line.strip() for line in value.splitlines() if line.strip()] if isinstance(value, str) else value

    @field_validator("rows", mode="before")
    @classmethod
    def _cells(cls, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
            return value
        return [[_written(cell) for cell in row] for row in value]

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        if self.file and not self.rows:
            folder = (info.context or {}).get(FOLDER)
            if folder is None:
                raise ValueError("file 只能写在文件形式的拟稿要求里；这里把表格写进 rows")
            self.rows = read_rows(folder, self.file)
        if not self.rows and not self.text:
            raise ValueError("没有内容：写 rows（表格）、file（csv 或 xlsx 文件）或 text（文字）")
        if self.rows:
            _check_size(self.rows)
            self.table()
        return self

    def table(self) -> Table | None:
        """The table, rows filled up to the widest one. Raises ValueError where its head leaves nothing below it."""
        if not self.rows:
            return None
        width = max(len(row) for row in self.rows)
        return Table(rows=[row + [""] * (width - len(row)) for row in self.rows], head_rows=self.head_rows)

    def annex(self) -> Annex:
        """The annex that it becomes. Its words rest on the brief."""
        named = [f"附件“{self.title}”"]
        said = [Sentence(text=text, origin=Origin.FACT, facts=named) for text in (self.title, *self.text)]
        return Annex(title=said[0], paragraphs=said[1:], table=self.table())


def read_rows(folder: Path, name: str) -> list[list[str]]:
    """The rows of a csv, tsv or xlsx (its first sheet) in the folder. Raises ValueError saying what is wrong."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"{name} 不在拟稿要求所在的文件夹里，请移到一起")
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(f"{name} 过大（超过 {_MOST_BYTES // 1_000_000} MB），不宜作为附件排印")
        data = path.read_bytes()
    except (OSError, UnicodeError):
        raise ValueError(f"找不到或读不出 {name}，核对文件名和权限") from None
    suffix = path.suffix.lower()
    if suffix in _DELIMITED:
        rows = _delimited(data, name)
    elif suffix == ".xlsx":
        rows = _sheet(data, name)
    else:
        raise ValueError(f"{name} 不是 csv 或 xlsx 文件，请另存后再试")
    rows = [row for row in rows if any(row)]
    while rows and not any(row[-1:] != [""] and row for row in rows):
        rows = [row[:-1] for row in rows]
    if not rows:
        raise ValueError(f"{name} 里没有内容")
    return rows


def _delimited(data: bytes, name: str) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ValueError(f"{name} 的编码认不出来，请用 UTF-8 另存")
    first = text.partition("\n")[0]
    mark = max("\t,;", key=first.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        return [[_written(cell) for cell in row] for row in itertools.islice(lines, _MOST_ROWS + 1)]
    except csv.Error:
        raise ValueError(f"{name} 不是合法的 csv 文件，请用表格软件另存") from None


def _sheet(data: bytes, name: str) -> list[list[str]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
                raise ValueError(f"{name} 解开后过大，不宜作为附件排印")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        cells = book.worksheets[0].iter_rows(max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS + 1)
        return [[_shown(cell) for cell in row] for row in cells]
    except (ValueError, MemoryError):
        raise
    # openpyxl raises whatever comes on a broken file.
    except Exception:
        raise ValueError(f"{name} 读不出来，用表格软件打开核对后另存为 xlsx") from None


def _shown(cell: Any) -> str:
    """A cell as a reader of the sheet sees it: percentages and dates in their usual form."""
    value, form = cell.value, str(getattr(cell, "number_format", "") or "")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and "%" in form:
        places = len(form.partition(".")[2].partition("%")[0]) if "." in form else 0
        return f"{value * 100:.{places}f}%"
    return str(_written(value))


def _written(value: Any) -> Any:
    """A cell's value as text; what is no plain value is left for the model to refuse."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "\n".join(line.strip() for line in value.strip().splitlines())
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return f"{value:.10g}" if isinstance(value, float) else str(value)
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, dt.date) else value


def _check_size(rows: list[list[str]]) -> None:
    if len(rows) > _MOST_ROWS:
        raise ValueError(f"表格超过 {_MOST_ROWS} 行，不宜作为附件排印")
    if max(len(row) for row in rows) > _MOST_COLUMNS:
        raise ValueError(f"表格超过 {_MOST_COLUMNS} 列，A4 纸排不下")
