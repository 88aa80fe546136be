"""A retrieval test collection in the layout of BEIR: what may be found, what is asked, and what is right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nigao.errors import UsageError

_LAYOUT = (
    "文件夹里要有 corpus.jsonl（每行 id、text，可有 title）、queries.jsonl（每行 id、text）"
    "和 qrels.tsv（每行 查询编号、文档编号、相关程度）"
)
_JUDGEMENT = "每行写 查询编号、文档编号、相关程度（整数），用制表符或空格隔开"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the corpus. The title may be empty."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RetrievalData:
    """`queries` are texts by id; `judgements` are grades by query id and document id, 0 or less for irrelevant."""

    corpus: tuple[Entry, ...]
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]


def read_collection(folder: Path) -> RetrievalData:
    """The collection in a folder. `_id` counts as `id`; a header in qrels.tsv and the four columns of TREC are known.

    Raises UsageError that names the file and the line.
    """
    if not folder.is_dir():
        raise UsageError("没有这个文件夹", where=str(folder), fix=_LAYOUT)
    corpus, queries = folder / "corpus.jsonl", folder / "queries.jsonl"
    entries = [Entry(id, _text(row, "title"), _text(row, "text")) for id, row in _rows(corpus)]
    asked = {id: _text(row, "text") for id, row in _rows(queries)}
    qrels = folder / "qrels.tsv"
    judgements = _judgements(qrels)
    for path, content in ((corpus, entries), (queries, asked), (qrels, judgements)):
        if not content:
            raise UsageError("评测数据是空的", where=str(path), fix=_LAYOUT)
    return RetrievalData(tuple(entries), asked, judgements)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        where = f"{path} 第 {number} 行"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise UsageError("不是合法的 JSON", where=where, fix="每行写一个 JSON 对象") from None
        id = (row.get("id", row.get("_id"))) if isinstance(row, dict) else None
        if isinstance(id, bool) or not isinstance(id, str | int) or not str(id).strip():
            raise UsageError("这一行没有 id", where=where, fix="每行写一个 JSON 对象，含 id 和 text")
        if not isinstance(row.get("text"), str) or not isinstance(row.get("title") or "", str):
            raise UsageError("text 应为文字，title 可省略", where=where, fix="每行写一个 JSON 对象，含 id 和 text")
        name = _sound(str(id))
        if name in seen:
            raise UsageError(f"id {name} 与第 {seen[name]} 行重复", where=where, fix="每个 id 只用一次")
        seen[name] = number
        yield name, row


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for place, (number, line) in enumerate(_lines(path)):
        cells = [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split())]
        grade = _grade(cells[-1])
        if grade is None and place == 0:
            # A header: query-id, corpus-id, score.
            continue
        if len(cells) not in (3, 4) or grade is None or not all(cells):
            raise UsageError("不是一条判定", where=f"{path} 第 {number} 行", fix=_JUDGEMENT)
        query, document = _sound(cells[0]), _sound(cells[-2])
        if found.setdefault(query, {}).setdefault(document, grade) != grade:
            message = f"{query} 与 {document} 的相关程度前后不一"
            raise UsageError(message, where=f"{path} 第 {number} 行", fix="每一对只判定一次")
    return found


def _grade(cell: str) -> int | None:
    try:
        value = float(cell)
        return int(value) if value.is_integer() else None
    except ValueError:
        return None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers from 1."""
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.strip("\r\n")
    except UnicodeDecodeError:
        raise UsageError("文件不是 UTF-8 编码", where=str(path), fix="用 UTF-8 编码保存") from None
    except OSError:
        raise UsageError("读不到评测数据", where=str(path), fix=_LAYOUT) from None


def _text(row: dict[str, Any], name: str) -> str:
    return _sound(row.get(name) or "")


def _sound(text: str) -> str:
    """The text without half characters, which JSON can spell and no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
