"""Tell what a file is by its bytes: offices are full of .doc files that are RTF, a web page or docx in truth."""

from __future__ import annotations

import io
import re
import zipfile

from nigao.corpus.model import RefusalReason
from nigao.errors import AdmissionError

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = b"PK\x03\x04"
_PDF_HEAD = 1024
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
# Systems that “export to Word or Excel” often write a web page or bare text under these suffixes.
_OLD = {".doc", ".wps", ".rtf", ".xls", ".et"}
_OLD_SHEETS = {".xls", ".et"}
_HAN = re.compile("[一-鿿]")
_PAGE_START = re.compile(
    rb"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|table)\b", re.I | re.S
)
_ENTRY = 128
_ENCRYPTED_FLAG = 0x0100


def true_suffix(data: bytes, suffix: str, name: str) -> str:
    """The suffix to read the bytes by: `suffix` itself (lower case, with dot) where they do not contradict it.

    Raises AdmissionError (`encrypted`) for office files that show by their frame that they need a password.
    """
    if data[:_PDF_HEAD].lstrip().startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(OLE_MAGIC):
        return _ole_suffix(data, suffix, name)
    if data.startswith(_ZIP_MAGIC):
        return _zip_suffix(data, suffix, name)
    if data.lstrip()[:5] == rb"{\rtf":
        return ".rtf"
    return _text_suffix(data, suffix) if suffix in _OLD or suffix == ".txt" else suffix


def _ole_suffix(data: bytes, suffix: str, name: str) -> str:
    """The kinds that Microsoft's old binary container holds, told by the names in its directory."""
    if _entry(data, "EncryptedPackage") is not None:
        raise _encrypted(name)
    document = _entry(data, "WordDocument")
    if document is not None:
        if _word_encrypted(data, document):
            raise _encrypted(name)
        return ".doc"
    if _entry(data, "Workbook") is not None or _entry(data, "Book") is not None:
        return ".xls"
    return suffix


def _entry(data: bytes, name: str) -> int | None:
    """Where the directory entry of this name begins: entries stand at multiples of their size."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0 and (at % _ENTRY or data[at + 64 : at + 66] != len(wanted).to_bytes(2, "little")):
        at = data.find(wanted, at + 1)
    return at if at >= 0 else None


def _word_encrypted(data: bytes, entry: int) -> bool:
    """Whether the head of the WordDocument stream (the FIB) says that the rest is encrypted."""
    first = int.from_bytes(data[entry + 116 : entry + 120], "little")
    sector = 1 << min(int.from_bytes(data[30:32], "little"), 12)
    flags = data[(first + 1) * sector + 10 : (first + 1) * sector + 12]
    return bool(int.from_bytes(flags, "little") & _ENCRYPTED_FLAG)


def _zip_suffix(data: bytes, suffix: str, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return ".docx"
            if "xl/workbook.xml" in names:
                return ".xlsx"
            if "mimetype" not in names or archive.getinfo("mimetype").file_size > 256:
                return suffix
            kind = _OPEN_DOCUMENT.get(archive.read("mimetype").strip(), suffix)
            manifest = "META-INF/manifest.xml"
            small = manifest in names and archive.getinfo(manifest).file_size <= 1024 * 1024
            if small and b"encryption-data" in archive.read(manifest):
                raise _encrypted(name)
            return kind
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        # The reader of the suffix says what is wrong with it.
        return suffix


def _text_suffix(data: bytes, suffix: str) -> str:
    from nigao.corpus.readers.plain import decoded

    if _PAGE_START.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return ".html"
    if suffix == ".txt":
        return suffix
    text, _ = decoded(data)
    if text is None or not _HAN.search(text):
        return suffix
    return ".csv" if suffix in _OLD_SHEETS else ".txt"


def _encrypted(name: str) -> AdmissionError:
    return AdmissionError(
        "文件加了密码", reason=RefusalReason.ENCRYPTED, where=name, fix="取消打开密码后另存，再重新提交"
    )
