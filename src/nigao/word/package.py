"""Turning the finished document into bytes that are always the same."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document

# The earliest time a zip entry can hold; python-docx would write the clock's.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def document_bytes(document: Document) -> bytes:
    """The .docx with fixed entry times and attributes, so that equal documents are equal files."""
    saved = io.BytesIO()
    document.save(saved)
    fixed = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
