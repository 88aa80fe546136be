"""Readers by file kind: each takes bytes and gives a SourceText or refuses with an AdmissionError.

What a file is, its bytes say (`sniffing.py`), its suffix only where they leave it open. Old office formats are turned
into docx or xlsx first, by a program of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nigao.corpus.files import load_bytes
from nigao.corpus.limits import DEFAULT_LIMITS, AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.archive import check_archive
from nigao.corpus.readers.docx import read_docx
from nigao.corpus.readers.manuscripts import check_manuscript
from nigao.corpus.readers.markdown import read_markdown
from nigao.corpus.readers.office import CONVERTED, convert
from nigao.corpus.readers.pdf.reader import read_pdf
from nigao.corpus.readers.plain import read_plain
from nigao.corpus.readers.sheets.delimited import read_delimited
from nigao.corpus.readers.sheets.workbook import read_workbook
from nigao.corpus.readers.sniffing import true_suffix
from nigao.corpus.readers.source import Block, BlockKind, SourceText
from nigao.corpus.readers.web.page import read_webpage
from nigao.errors import AdmissionError

Reader = Callable[[bytes, str, AdmissionLimits], SourceText]

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".html": read_webpage,
    ".htm": read_webpage,
    ".xlsx": read_workbook,
    ".csv": read_delimited,
    ".tsv": read_delimited,
}
_OPEN_DOCUMENT = (".odt", ".ods")


def read_document(path: Path, limits: AdmissionLimits = DEFAULT_LIMITS) -> SourceText:
    """Read a file by its suffix.

    Raises AdmissionError with reason `missing`, `oversized`, `unsupported`, `unreadable`, `archive`, `scanned`,
    `encrypted`, `converter` or `resources`.
    """
    return parse_document(load_bytes(path, limits), path.name, limits)


def source_kind(data: bytes, name: str, limits: AdmissionLimits = DEFAULT_LIMITS) -> str:
    """The suffix under which the bytes are to be read, by what they are; one of CONVERTED has to be converted first.

    Raises AdmissionError (`unsupported`, `encrypted`, `archive`).
    """
    kind = _kind(data, name)
    if kind in _OPEN_DOCUMENT:
        check_archive(data, name, limits, kind.removeprefix("."))
    return kind


def read_as(kind: str, data: bytes, name: str, limits: AdmissionLimits = DEFAULT_LIMITS) -> SourceText:
    """Read bytes that are of this kind. Raises AdmissionError like `read_document`, save `missing`."""
    try:
        return _bounded(READERS[kind](data, name, limits), limits)
    except (MemoryError, RecursionError) as exc:
        message = "内容嵌套过深" if isinstance(exc, RecursionError) else "读取所需的内存不够"
        raise AdmissionError(
            f"{message}，已停止读取",
            reason=RefusalReason.RESOURCES,
            where=name,
            fix="文件可能已损坏或被做过手脚：打开核对后另存，或拆分后再试",
        ) from None


def parse_document(data: bytes, name: str, limits: AdmissionLimits = DEFAULT_LIMITS) -> SourceText:
    """Read bytes by what they are, converted first where they must be. Raises AdmissionError like `read_document`, save
    `missing`.
    """
    kind = source_kind(data, name, limits)
    if kind in CONVERTED:
        data, kind = convert(data, kind, name, limits)
    return read_as(kind, data, name, limits)


def parse_manuscript(data: bytes, name: str, limits: AdmissionLimits = DEFAULT_LIMITS) -> SourceText:
    """Read a report's docx, which can be nothing else, without its foot- and endnotes: they cite, they report nothing.

    Raises AdmissionError (`unreadable`, `archive`, `unsupported`, `oversized`).
    """
    check_manuscript(data, name, limits)
    try:
        return _bounded(read_docx(data, name, limits, notes=False), limits)
    except RecursionError:
        raise AdmissionError(
            "内容嵌套过深，已停止读取",
            reason=RefusalReason.RESOURCES,
            where=name,
            fix="文件可能已损坏或被做过手脚：打开核对后另存",
        ) from None


def _bounded(source: SourceText, limits: AdmissionLimits) -> SourceText:
    if len(source.text) > limits.max_chars:
        message = f"正文超过 {limits.max_chars:,} 字"
        raise AdmissionError(message, reason=RefusalReason.OVERSIZED, where=source.name, fix="拆分文件后再试")
    if len(source.blocks) > limits.max_blocks:
        message = f"正文超过 {limits.max_blocks:,} 段"
        raise AdmissionError(message, reason=RefusalReason.OVERSIZED, where=source.name, fix="拆分文件后再试")
    if sum(map(len, source.margins)) > limits.max_chars:
        message = f"页眉、批注等正文之外的文字超过 {limits.max_chars:,} 字"
        raise AdmissionError(message, reason=RefusalReason.OVERSIZED, where=source.name, fix="删去多余的内容后再试")
    return source


def _kind(data: bytes, name: str) -> str:
    """The suffix to read by. Raises AdmissionError (`unsupported`, `encrypted`)."""
    suffix = Path(name).suffix.lower()
    if suffix not in READERS and suffix not in CONVERTED:
        raise AdmissionError(
            f"不支持的文件格式“{Path(name).suffix or '无后缀'}”",
            reason=RefusalReason.UNSUPPORTED,
            where=name,
            fix="另存为 docx、pdf、xlsx、md 或 txt",
        )
    return true_suffix(data, suffix, name)


__all__ = [
    "READERS",
    "Block",
    "BlockKind",
    "Reader",
    "SourceText",
    "check_manuscript",
    "load_bytes",
    "parse_document",
    "parse_manuscript",
    "read_as",
    "read_document",
    "source_kind",
]
