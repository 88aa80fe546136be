"""Text as XML may hold it: a pasted control character must not stop an export."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 forbids; they are invisible and carry nothing."""
    return _NOT_IN_XML.sub("", text)
