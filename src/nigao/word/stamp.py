"""The stamp on an exported file: of which stored revision it is, so that an edited copy finds back to it."""

from __future__ import annotations

import re

from docx.document import Document

from nigao.word.options import Stamp
from nigao.word.properties import read_properties

PROPERTY_NAME = "nigao"
_WRITTEN = re.compile(
    r"(?P<report>r\d{1,9})@(?P<revision>[1-9]\d{0,8})(?:<(?P<since>[1-9]\d{0,8}))?(?:#(?P<content>[0-9a-f]{1,64}))?"
)


def stamp_property(stamp: Stamp | None) -> dict[str, str]:
    """The stamp as a custom property of a Word file, by name: `r0001@5#1f…`; `r0001@5<3#1f…` with changes since 3."""
    if stamp is None:
        return {}
    since = f"<{stamp.since}" if stamp.since else ""
    content = f"#{stamp.content}" if stamp.content else ""
    return {PROPERTY_NAME: f"{stamp.report}@{stamp.revision}{since}{content}"}


def read_stamp(document: Document) -> Stamp | None:
    """The stamp of a file; None where it has none, or one that is not ours."""
    found = _WRITTEN.fullmatch(read_properties(document).get(PROPERTY_NAME, ""))
    if found is None:
        return None
    return Stamp(found["report"], int(found["revision"]), int(found["since"] or 0), found["content"] or "")
