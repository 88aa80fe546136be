"""Look at an office file as the zip archive that it is, before anything unpacks it."""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.errors import AdmissionError

_ZIP_MAGIC = b"PK\x03\x04"
_DIRECTORY_MAGIC = b"PK\x01\x02"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = {".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz", ".docx", ".docm", ".pptx", ".jar"}
_ARCHIVE_MAGICS = (_ZIP_MAGIC, b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_SIZES_FOLLOW, _UTF8_NAME = 0x8, 0x800
# Encrypted, strongly encrypted, with a masked directory; 0x20 is patched data.
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NEVER_READ = {
    ".htm",
    ".html",
    ".svg",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
    ".wdp",
}
# Office files never carry a DTD; one is only good for entity expansion or for reaching other files.
_DOCTYPES = tuple(
    mark.encode(order) for mark in ("<!DOCTYPE", "<!ENTITY") for order in ("ascii", "utf-16-le", "utf-16-be")
)
# Save that early OpenDocument files name the one of their own kind, which nothing loads.
_OPEN_DOCUMENT = ("ods", "odt")
_OLD_DOCTYPE = re.compile(
    rb'<!DOCTYPE\s{1,4}[a-z:-]{1,40}\s{1,4}PUBLIC\s{1,4}"-//OpenOffice\.org//DTD [^"<>\[]{1,60}"\s{1,4}'
    rb'"[A-Za-z.]{1,40}"\s{0,4}>'
)
# The two encodings that the standards allow, of which ASCII is a part; in others (UTF-7, EBCDIC) a DTD looks different.
_ENCODINGS = {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"}
_DECLARED = re.compile(r"""<\?xml[^>]{0,200}?\bencoding\s{0,8}=\s{0,8}["']([^"'<>]{0,40})["']""")
_HEAD = 512


def check_archive(data: bytes, name: str, limits: AdmissionLimits, kind: str = "docx") -> None:
    """Look into every entry of a file that should be of this kind (docx, xlsx, odt).

    Raises AdmissionError: `encrypted` where it needs a password, `unreadable` where it is nothing of the kind at all,
    `archive` where it is not safe to open.
    """
    if data.startswith(_OLE_MAGIC):
        raise _no_archive(data, name, kind)
    try:
        if not data.startswith(_ZIP_MAGIC):
            raise zipfile.BadZipFile
        if data.count(_DIRECTORY_MAGIC) > limits.archive_entries:
            raise _refuse(f"压缩包内文件超过 {limits.archive_entries} 个", name, kind)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            directory = archive.start_dir
        _check_sizes(entries, name, kind, limits)
        _check_names(entries, name, kind)
        places = [_packed(data, entry, name, kind) for entry in entries]
        _check_places(places, directory, name, kind)
        for entry, place in zip(entries, places, strict=True):
            _check_content(entry, _unpacked(data[place.start : place.stop], entry), name, kind)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        ValueError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ):
        raise AdmissionError(
            f"文件已损坏，或不是 {kind}",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix=f"用 Word 或 WPS 打开后另存为 {kind}",
        ) from None


def _no_archive(data: bytes, name: str, kind: str) -> AdmissionError:
    """Word keeps a file with a password, and old formats, in another container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return AdmissionError(
            f"是加了密码的 {kind}", reason=RefusalReason.ENCRYPTED, where=name, fix=f"取消密码后另存为 {kind}"
        )
    return AdmissionError(
        f"是旧版格式，不是 {kind}", reason=RefusalReason.UNREADABLE, where=name, fix=f"用 Word 或 WPS 另存为 {kind}"
    )


def _refuse(message: str, name: str, kind: str, fix: str = "用 Word 或 WPS 打开核对后另存为 {kind}") -> AdmissionError:
    return AdmissionError(message, reason=RefusalReason.ARCHIVE, where=name, fix=fix.format(kind=kind))


def _check_sizes(entries: list[zipfile.ZipInfo], name: str, kind: str, limits: AdmissionLimits) -> None:
    if len(entries) > limits.archive_entries:
        raise _refuse(f"压缩包内文件超过 {limits.archive_entries} 个", name, kind)
    # Nothing is unpacked beyond its stated size, so a false one cannot get past this sum.
    if sum(entry.file_size for entry in entries) > limits.archive_bytes:
        raise _refuse(f"解压后超过 {limits.archive_bytes // 1024 // 1024} MB", name, kind, "压缩或去掉图片后再试")
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > limits.archive_ratio_floor and ratio > limits.archive_ratio:
            raise _refuse(f"压缩比超过 {limits.archive_ratio}，疑似压缩炸弹", name, kind)


def _check_names(entries: list[zipfile.ZipInfo], name: str, kind: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise _refuse("压缩包内有加密内容", name, kind, "取消密码后另存为 {kind}")
        if entry.compress_type not in _METHODS:
            raise _refuse("压缩包用了办公软件不用的压缩方式", name, kind)
        path, written = PurePosixPath(entry.filename), entry.orig_filename
        if path.is_absolute() or ".." in path.parts or "\\" in written or ":" in written or not written.isprintable():
            raise _refuse("压缩包内有越界路径", name, kind)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _refuse("压缩包内有符号链接", name, kind)
        if path.suffix.lower() in _ARCHIVES:
            raise _refuse("内嵌了别的压缩包或文档", name, kind, "删去内嵌对象后另存为 {kind}")
        # Part names are compared without regard to case, and readers differ in which of two they take.
        folded = unicodedata.normalize("NFKC", str(path)).casefold()
        if folded in seen:
            raise _refuse("压缩包内有重名文件", name, kind)
        seen.add(folded)


def _packed(data: bytes, entry: zipfile.ZipInfo, name: str, kind: str) -> range:
    """Where the packed bytes of an entry stand, by the header before them, which must say what the directory says."""
    fields = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    magic, _, flags, method, _, _, checksum, packed, unpacked, name_size, extra_size = fields
    start = entry.header_offset + _LOCAL_HEADER.size
    written = data[start : start + name_size].decode("utf-8" if flags & _UTF8_NAME else "cp437")
    same = magic == _ZIP_MAGIC and written == entry.orig_filename and method == entry.compress_type
    # 0xFFFFFFFF refers to the zip64 fields; nothing that large is admitted, so what they say does not matter.
    sizes = [(packed, entry.compress_size), (unpacked, entry.file_size), (checksum, entry.CRC)]
    told = [here == there for here, there in sizes if here != 0xFFFFFFFF]
    if not same or flags & _ENCRYPTED or not (flags & _SIZES_FOLLOW or all(told)):
        raise _refuse("压缩包前后所记不一致", name, kind)
    start += name_size + extra_size
    return range(start, start + entry.compress_size)


def _check_places(places: list[range], directory: int, name: str, kind: str) -> None:
    """Entries that share packed bytes make a small file unpack into a huge one."""
    end = 0
    for place in sorted(places, key=lambda place: place.start):
        if place.start < end or place.stop > directory:
            raise _refuse("压缩包内各文件互相重叠，疑似压缩炸弹", name, kind)
        end = place.stop


def _unpacked(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The entry's bytes, which must be of the stated size and sum. Raises BadZipFile, zlib.error."""
    if entry.compress_type == zipfile.ZIP_STORED:
        content, whole = packed, True
    else:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        content = unpacking.decompress(packed, entry.file_size + 1)
        whole = unpacking.eof or not unpacking.decompress(unpacking.unconsumed_tail, 1)
    if not whole or len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise zipfile.BadZipFile
    return content


def _check_content(entry: zipfile.ZipInfo, content: bytes, name: str, kind: str) -> None:
    path = PurePosixPath(entry.filename)
    suffix = path.suffix.lower()
    # A chart keeps its figures in an embedded workbook; nothing here ever opens it.
    if content.startswith(_ARCHIVE_MAGICS) and not (suffix == ".xlsx" and "embeddings" in path.parts):
        raise _refuse("内嵌了别的压缩包或文档", name, kind, "删去内嵌对象后另存为 {kind}")
    # Whatever a part is called, the list of content types can make XML of it; these are read by nothing here.
    if suffix in _NEVER_READ or not _looks_like_xml(content):
        return
    if not _is_plainly_encoded(content):
        raise _refuse("XML 用了不允许的编码", name, kind)
    told = _OLD_DOCTYPE.sub(b"", content, count=1) if kind in _OPEN_DOCUMENT else content
    if any(mark in told for mark in _DOCTYPES):
        raise _refuse("XML 中有 DTD 声明，可能夹带外部实体", name, kind)


def _looks_like_xml(content: bytes) -> bool:
    """Whether the first sign, in any encoding, is `<`; EBCDIC writes it 4C."""
    first = content[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1]
    return first == b"<" or content.startswith(b"\x4c\x6f\xa7\x94")


def _is_plainly_encoded(content: bytes) -> bool:
    """Whether the XML is in UTF-8 or UTF-16 by its first bytes and by its own word."""
    head = content[:_HEAD]
    if b"\0\0" in head[:8] or head.startswith(b"\x4c\x6f\xa7\x94"):
        return False
    wide = b"\0" in head[:4] or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    order = "utf-16-be" if head.startswith((b"\xfe\xff", b"\0")) else "utf-16-le"
    text = head.decode(order if wide else "latin-1", "replace")
    declared = _DECLARED.search(text)
    return declared is None or declared.group(1).strip().lower() in _ENCODINGS
