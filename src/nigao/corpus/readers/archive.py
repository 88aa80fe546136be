"""Look at a docx as the zip archive that it is, before anything unpacks it."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.errors import AdmissionError

_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = {".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz", ".docx", ".docm", ".pptx", ".jar"}
_ARCHIVE_MAGICS = (_ZIP_MAGIC, b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_XML = {".xml", ".rels", ".vml"}
# Office files never carry a DTD; one is only good for entity expansion or for reaching other files.
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def check_archive(data: bytes, name: str, limits: AdmissionLimits) -> None:
    """Raises AdmissionError: `unreadable` where this is no docx at all, `archive` where it is not safe to open."""
    if data.startswith(_OLE_MAGIC):
        raise AdmissionError(
            "是加密的 docx 或旧版 doc",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix="取消密码后另存为 docx",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, name, limits)
            for entry in entries:
                _check_entry(entry, name)
                _check_content(archive, entry, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError):
        raise AdmissionError(
            "文件已损坏，或不是 docx",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix="用 Word 或 WPS 打开后另存为 docx",
        ) from None


def _refuse(message: str, name: str, fix: str = "用 Word 或 WPS 打开核对后另存为 docx") -> AdmissionError:
    return AdmissionError(message, reason=RefusalReason.ARCHIVE, where=name, fix=fix)


def _check_sizes(entries: list[zipfile.ZipInfo], name: str, limits: AdmissionLimits) -> None:
    if len(entries) > limits.archive_entries:
        raise _refuse(f"压缩包内文件超过 {limits.archive_entries} 个", name)
    # zipfile never unpacks more than the stated size, so a false one cannot get past this sum.
    if sum(entry.file_size for entry in entries) > limits.archive_bytes:
        raise _refuse(f"解压后超过 {limits.archive_bytes // 1024 // 1024} MB", name, "压缩或去掉图片后再试")
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > limits.archive_ratio_floor and ratio > limits.archive_ratio:
            raise _refuse(f"压缩比超过 {limits.archive_ratio}，疑似压缩炸弹", name)


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    path = PurePosixPath(entry.filename)
    if entry.flag_bits & 0x1:
        raise _refuse("压缩包内有加密内容", name, "取消密码后另存为 docx")
    if path.is_absolute() or ".." in path.parts or "\\" in entry.orig_filename or ":" in entry.filename:
        raise _refuse("压缩包内有越界路径", name)
    if path.suffix.lower() in _ARCHIVES:
        raise _refuse("内嵌了别的压缩包或文档", name, "删去内嵌对象后另存为 docx")


def _check_content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    path = PurePosixPath(entry.filename)
    suffix = path.suffix.lower()
    with archive.open(entry) as file:
        if suffix in _XML:
            content = file.read()
            if any(mark in content for mark in _DOCTYPES):
                raise _refuse("XML 中有 DTD 声明，可能夹带外部实体", name)
        # A chart keeps its figures in an embedded workbook; nothing here ever opens it.
        elif file.read(8).startswith(_ARCHIVE_MAGICS) and not (suffix == ".xlsx" and "embeddings" in path.parts):
            raise _refuse("内嵌了别的压缩包或文档", name, "删去内嵌对象后另存为 docx")
