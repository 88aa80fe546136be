"""Read plain text, deciding its encoding strictly: a wrong guess would put invented characters into evidence."""

from __future__ import annotations

import codecs
import re

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.source import Piece, SourceText
from nigao.corpus.readers.structure import assemble
from nigao.errors import AdmissionError

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd]|[\U000f0000-\U0010ffff]")
# GB 18030 gives some character to almost any bytes, so its reading must also look like Chinese.
_COMMON_SHARE = 0.7


def read_plain(data: bytes, name: str, limits: AdmissionLimits) -> SourceText:
    """One block a line. Raises AdmissionError (`unreadable`)."""
    return assemble(name, [Piece(decode(data, name))])


def decode(data: bytes, name: str) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else GB 18030. Raises AdmissionError (`unreadable`) if none fits."""
    return decode_named(data, name)[0]


def decode_named(data: bytes, name: str) -> tuple[str, str]:
    """What `decode` gives, and the encoding as Python names it. Raises as `decode`."""
    text, encoding = _decoded(data)
    # A stray control character is dropped later; many of them mean that this is no text.
    if text is None or "\x00" in text or len(_CONTROL.findall(text)) * 100 > len(text) + 99:
        raise AdmissionError(
            "认不出文字编码，可能不是文本文件",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix="用 UTF-8 编码另存为纯文本，或提供 docx",
        )
    return text, encoding


def _decoded(data: bytes) -> tuple[str | None, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _try(data, "utf-16"), "utf-16"
    if data.startswith(codecs.BOM_UTF8):
        return _try(data, "utf-8-sig"), "utf-8-sig"
    text = _try(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    text = _try(data, "gb18030")
    return (text if text is not None and _looks_chinese(text) else None), "gb18030"


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _looks_chinese(text: str) -> bool:
    """Whether most letters beyond ASCII are among the 3,755 of GB 2312 level one, as in any real Chinese text."""
    if _STRANGE.search(text):
        return False
    letters = [c for c in text if c.isalpha() and not c.isascii()]
    return bool(letters) and sum(map(_is_common, letters)) >= _COMMON_SHARE * len(letters)


def _is_common(char: str) -> bool:
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
