"""Readers by file suffix: each takes bytes and gives a SourceText or refuses with an AdmissionError."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nigao.corpus.limits import DEFAULT_LIMITS, AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.docx import read_docx
from nigao.corpus.readers.markdown import read_markdown
from nigao.corpus.readers.plain import read_plain
from nigao.corpus.readers.source import Block, BlockKind, SourceText
from nigao.errors import AdmissionError

Reader = Callable[[bytes, str, AdmissionLimits], SourceText]

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".docx": read_docx,
}


def read_document(path: Path, limits: AdmissionLimits = DEFAULT_LIMITS) -> SourceText:
    """Read a file by its suffix.

    Raises AdmissionError with reason `missing`, `oversized`, `unsupported`, `unreadable` or `archive`.
    """
    return parse_document(load_bytes(path, limits), path.name, limits)


def load_bytes(path: Path, limits: AdmissionLimits = DEFAULT_LIMITS) -> bytes:
    """The file's bytes, never more than the limit. Raises AdmissionError (`missing`, `oversized`, `unreadable`)."""
    try:
        if not path.is_file():
            raise AdmissionError("找不到文件", reason=RefusalReason.MISSING, where=str(path), fix="核对清单中的路径")
        with path.open("rb") as file:
            # One byte more than allowed tells an oversized file without reading all of it.
            data = file.read(limits.max_bytes + 1)
    except (OSError, ValueError) as exc:
        message = f"文件读不出来（{getattr(exc, 'strerror', None) or '路径无效'}）"
        raise AdmissionError(message, reason=RefusalReason.UNREADABLE, where=str(path), fix="核对路径和权限") from None
    if len(data) > limits.max_bytes:
        size = f"{limits.max_bytes / 1024 / 1024:g} MB"
        raise AdmissionError(
            f"文件超过 {size}", reason=RefusalReason.OVERSIZED, where=str(path), fix="拆分文件，或去掉图片后再试"
        )
    return data


def parse_document(data: bytes, name: str, limits: AdmissionLimits = DEFAULT_LIMITS) -> SourceText:
    """Read bytes by the suffix of `name`. Raises AdmissionError like `read_document`, save `missing`."""
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise AdmissionError(
            f"不支持的文件格式“{Path(name).suffix or '无后缀'}”",
            reason=RefusalReason.UNSUPPORTED,
            where=name,
            fix="另存为 docx、md 或 txt",
        )
    source = reader(data, name, limits)
    if len(source.text) > limits.max_chars:
        message = f"正文超过 {limits.max_chars:,} 字"
        raise AdmissionError(message, reason=RefusalReason.OVERSIZED, where=name, fix="拆分文件后再试")
    if len(source.blocks) > limits.max_blocks:
        message = f"正文超过 {limits.max_blocks:,} 段"
        raise AdmissionError(message, reason=RefusalReason.OVERSIZED, where=name, fix="拆分文件后再试")
    return source


__all__ = ["READERS", "Block", "BlockKind", "Reader", "SourceText", "load_bytes", "parse_document", "read_document"]
