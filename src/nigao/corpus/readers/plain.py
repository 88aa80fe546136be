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
_BOMS = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
# Some mark of writing that both byte orders cannot have by chance.
_BREATH = re.compile("[\n\r，。；：、！？]")


def read_plain(data: bytes, name: str, limits: AdmissionLimits) -> SourceText:
    """One block a line. Raises AdmissionError (`unreadable`)."""
    return assemble(name, [Piece(decode(data, name))])


def decode(data: bytes, name: str) -> str:
    """UTF-8 or UTF-16 with or without BOM, else GB 18030. Raises AdmissionError (`unreadable`) if none fits."""
    return decode_named(data, name)[0]


def decode_named(data: bytes, name: str) -> tuple[str, str]:
    """What `decode` gives, and the encoding as Python names it. Raises as `decode`."""
    text, encoding = decoded(data)
    # A stray control character is dropped later; many of them mean that this is no text.
    if text is None or "\x00" in text or len(_CONTROL.findall(text)) * 100 > len(text) + 99:
        raise AdmissionError(
            "认不出文字编码，可能不是文本文件",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix="用 UTF-8 编码另存为纯文本，或提供 docx",
        )
    return text, encoding


def decoded(data: bytes) -> tuple[str | None, str]:
    """The text, None where no encoding fits or several do, and the encoding as Python names it."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data, encoding), encoding
    text = _try(data, "utf-8")
    if text is not None and "\x00" not in text:
        return text, "utf-8"
    text = _try(data, "gb18030")
    if text is not None and "\x00" not in text and _looks_chinese(text):
        return text, "gb18030"
    return _utf16(data)


def _utf16(data: bytes) -> tuple[str | None, str]:
    """UTF-16 without BOM: only where one byte order gives Chinese in lines or sentences and the other does not."""
    if len(data) % 2:
        return None, "utf-16"
    read = {order: _try(data, order) for order in ("utf-16-le", "utf-16-be")}
    fitting = [
        (text, order)
        for order, text in read.items()
        if text and "\x00" not in text and _BREATH.search(text) and _looks_chinese(text)
    ]
    return fitting[0] if len(fitting) == 1 else (None, "utf-16")


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
