"""What a report's Word file may hold: it is read, mended and annotated where no process of its own can be given up."""

from __future__ import annotations

import io
import re
import zipfile

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.archive import check_archive
from nigao.errors import AdmissionError

# A report of 12,000 characters, reworked by everybody, stays far below each of these; a file above one of them would
# keep its reader busy for minutes.
_MOST_XML = 32 * 1024 * 1024
_MOST = (
    ("修订", 20_000, re.compile(rb"<(?:[A-Za-z0-9]+:)?(?:ins|del|moveFrom|moveTo)[\s>/]")),
    ("文字片段", 120_000, re.compile(rb"<(?:[A-Za-z0-9]+:)?(?:r|t)[\s>/]")),
    ("批注", 5_000, re.compile(rb"<(?:[A-Za-z0-9]+:)?commentRangeStart[\s>/]")),
    ("表格单元格", 50_000, re.compile(rb"<(?:[A-Za-z0-9]+:)?tc[\s>/]")),
)
_MACRO = b"macroEnabled"


def check_manuscript(data: bytes, name: str, limits: AdmissionLimits) -> None:
    """Look into a docx before anything opens it. Raises AdmissionError (`archive`, `unreadable`, `encrypted`,
    `unsupported` for one with macros, `oversized`).
    """
    check_archive(data, name, limits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {entry.filename: entry.file_size for entry in archive.infolist()}
        if sum(size for entry, size in entries.items() if entry.endswith((".xml", ".rels"))) > _MOST_XML:
            raise _oversized(f"文字和格式解开后超过 {_MOST_XML // 1024 // 1024} MB", name)
        if "[Content_Types].xml" in entries and _MACRO in archive.read("[Content_Types].xml"):
            raise AdmissionError(
                "是带宏的 Word 文件，不是 docx",
                reason=RefusalReason.UNSUPPORTED,
                where=name,
                fix="用 Word 或 WPS 另存为不带宏的 docx",
            )
        for entry in entries:
            if entry.startswith("word/") and entry.endswith(".xml") and entry.count("/") == 1:
                _check_counts(archive.read(entry), name)


def _check_counts(content: bytes, name: str) -> None:
    for what, most, pattern in _MOST:
        if sum(1 for _ in pattern.finditer(content)) > most:
            raise _oversized(f"{what}超过 {most:,} 处", name)


def _oversized(message: str, name: str) -> AdmissionError:
    fix = "在 Word 或 WPS 中接受或拒绝修订、删去不用的批注，或拆分文件后再试"
    return AdmissionError(message, reason=RefusalReason.OVERSIZED, where=name, fix=fix)
