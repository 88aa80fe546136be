"""How large a document may be, in one place, so that a hostile file is refused before it costs memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdmissionLimits:
    """Upper bounds, all inclusive. Bytes are of the file; characters and blocks (paragraphs, table rows) of the
    extracted text; pages are of a PDF. `office_seconds` is what LibreOffice may take to convert one old file.

    The `archive_*` bounds hold for docx, xlsx and odt files, which are zip archives: `archive_ratio` is unpacked over
    packed size of one entry and is only asked of entries above `archive_ratio_floor` bytes, since short XML packs very
    well. The `parse_*` bounds hold for the process that reads one file: seconds of computing, seconds by the clock,
    bytes of memory, and bytes of what it hands back.
    """

    max_bytes: int = 20 * 1024 * 1024
    max_chars: int = 2_000_000
    max_blocks: int = 60_000
    max_pages: int = 2_000
    office_seconds: float = 90.0
    archive_entries: int = 2_000
    archive_bytes: int = 200 * 1024 * 1024
    archive_ratio: int = 200
    archive_ratio_floor: int = 1024 * 1024
    parse_seconds: int = 60
    parse_wait: float = 180.0
    parse_memory: int = 2 * 1024 * 1024 * 1024
    parse_output: int = 64 * 1024 * 1024


DEFAULT_LIMITS = AdmissionLimits()
