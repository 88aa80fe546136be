"""Take off a page what is not its body: running heads and feet, page numbers, and footnotes, which go elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from nigao.corpus.readers.pdf.glyphs import PageContent, Rule
from nigao.corpus.readers.pdf.lines import Line
from nigao.corpus.readers.pdf.tables import Table

_NUMBER = "(?:[0-9０-９]{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十百]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"[-—–―－─·•~～.\s]*(?:第\s*)?(?:(?:p|P)age\s*)?{_NUMBER}\s*页?\s*(?:[/／,，|(（]?\s*(?:共|of)?\s*{_NUMBER}\s*页?\s*[)）]?)?[-—–―－─·•~～.\s]*"
)
_BARE_FIGURE = re.compile(r"\s*(?:\d+|[ivxlcIVXLC]+|[一二三四五六七八九十百]+)\s*")
# Shares of the page's height within which heads and feet stand.
_EDGE = 0.16
_EDGE_ROWS = 3
_NUMBER_CHARS = 40
# A head is smaller than the body or stands so many ems away from it, on this share of the pages with the same words, or
# on this share in the same place with others.
_HEAD_SIZE, _HEAD_GAP = 0.95, 2.2
_SAID_SHARE, _STOOD_SHARE = 0.3, 0.6
_SAME_PLACE = 4.0
_NOTE = re.compile(r"(?:[\[〔(（]?\d{1,3}[\]〕)）]?|[①-⑳]|[*＊]{1,3})(?=\D|$)")
_SMALL = 0.93


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the mark it begins with, and its lines."""

    mark: str
    lines: tuple[str, ...]


@dataclass(slots=True)
class PageRows:
    """A page in rows from the top, without its tables; `notes` are filled by `take_notes`."""

    content: PageContent
    rows: list[list[Line]]
    tables: list[Table]
    notes: list[Note] = field(default_factory=list)


def take_edges(pages: Sequence[PageRows], body: float) -> list[str]:
    """Take page numbers, running heads and feet off every page."""
    apart = [_edge_rows(page, body) for page in pages]
    said: Counter[tuple[str, int]] = Counter()
    stood: Counter[int] = Counter()
    for rows in apart:
        said.update({key for row in rows for key in _keys(row)})
        stood.update({place for row in rows for place in _places(row)})
    heads: dict[str, str] = {}
    counted = _numbering(apart)
    for number, (page, rows) in enumerate(zip(pages, apart, strict=True)):
        for row in rows:
            text = row_text(row)
            # A bare figure is a page number or a part of the text, however often one stands there.
            worded = _BARE_FIGURE.fullmatch(text) is None
            often = worded and max(said[key] for key in _keys(row)) >= max(2, _SAID_SHARE * len(pages))
            placed = worded and max(stood[place] for place in _places(row)) >= max(3, _STOOD_SHARE * len(pages))
            if often or placed or _is_page_number(text, number, counted, len(pages)):
                page.rows.remove(row)
                heads.setdefault(_pattern(text), text)
    return list(heads.values())


def _numbering(apart: Sequence[Sequence[list[Line]]]) -> int | None:
    """By how much the printed page numbers run ahead of the pages; None where none are seen to run with them."""
    ahead = Counter(
        int(found.group()) - number
        for number, rows in enumerate(apart)
        for row in rows
        if _page_number(row_text(row)) and (found := re.search(r"\d+", row_text(row)))
    )
    offset, times = ahead.most_common(1)[0] if ahead else (0, 0)
    return offset if times > 1 else None


def _page_number(text: str) -> re.Match[str] | None:
    """The row as a page number, whatever it counts."""
    return _PAGE_NUMBER.fullmatch(text) if len(text) <= _NUMBER_CHARS else None


def _is_page_number(text: str, number: int, ahead: int | None, pages: int) -> bool:
    """Whether the row numbers this page: a bare figure must run with the pages, one with dashes or 第…页 need not."""
    if _page_number(text) is None:
        return False
    figure = re.search(r"\d+", text)
    bare = _BARE_FIGURE.fullmatch(text) is not None
    if not bare:
        # 2024/12 is no page number.
        return figure is None or len(figure.group()) < 4 or "页" in text
    if figure is not None and pages == 1:
        return True
    return figure is not None and ahead is not None and int(figure.group()) == number + ahead


def _edge_rows(page: PageRows, body: float) -> list[list[Line]]:
    """The rows at the top and at the bottom that stand apart from the text, from the outermost on."""
    found: list[list[Line]] = []
    for at_top in (True, False):
        rows = page.rows if at_top else page.rows[::-1]
        # Small rows are a head where the body begins right behind them; a page of small print has none.
        headed = len(rows) <= _EDGE_ROWS or any(r[0].size >= _HEAD_SIZE * body for r in rows[: _EDGE_ROWS + 1])
        for row, inner in zip(rows[:_EDGE_ROWS], [*rows[1:], None], strict=False):
            if not _within(page, row, _EDGE, at_top) or any(row is other for other in found):
                break
            gap = abs(inner[0].y - row[0].y) if inner else page.content.height
            small = headed and row[0].size < _HEAD_SIZE * body
            number = _page_number(row_text(row)) is not None
            if not (small or number or (gap > _HEAD_GAP * body and row[0].size <= 1.05 * body)):
                break
            found.append(row)
    return found


def _within(page: PageRows, row: Sequence[Line], share: float, at_top: bool) -> bool:
    height = page.content.height
    return row[0].y < share * height if at_top else row[0].y > (1 - share) * height


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", "".join(text.split()))


def _keys(row: Sequence[Line]) -> tuple[tuple[str, int], ...]:
    """What a row says and where, rounded both ways, so that places a hair apart still meet."""
    pattern = _pattern(row_text(row))
    return tuple((pattern, place) for place in _places(row))


def _places(row: Sequence[Line]) -> tuple[int, int]:
    return int(row[0].y // _SAME_PLACE), -int((row[0].y + _SAME_PLACE / 2) // _SAME_PLACE) - 1


def body_size(pages: Sequence[PageRows]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            for line in row:
                sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def take_notes(page: PageRows, body: float) -> None:
    """Small print at the foot of the page that begins with a mark."""
    start = len(page.rows)
    while start and all(line.size <= _SMALL * body for line in page.rows[start - 1]):
        start -= 1
    while start < len(page.rows) and not _NOTE.match(row_text(page.rows[start])):
        start += 1
    if start == len(page.rows) or not _ruled_off(page, start):
        return
    for row in page.rows[start:]:
        text = row_text(row)
        mark = _NOTE.match(text)
        # Within a note a line may begin with a figure; a note's own mark is raised or goes on from the last one.
        if mark and (
            not page.notes or _follows(page.notes[-1].mark, mark.group()) or row[0].raised[:1] == ((0, mark.group()),)
        ):
            page.notes.append(Note(mark.group(), (text[mark.end() :].strip(),)))
        else:
            last = page.notes.pop()
            page.notes.append(Note(last.mark, (*last.lines, text)))
    del page.rows[start:]


def _ruled_off(page: PageRows, start: int) -> bool:
    """Whether a short line or a raised mark parts the small print from the body: remarks under a table have neither."""
    first = page.rows[start][0]
    above = page.rows[start - 1][0].y if start else 0.0
    rules: list[Rule] = page.content.across
    short = any(above - 1 <= r.at <= first.y and r.end - r.start < 0.6 * page.content.width for r in rules)
    return short or bool(first.raised and first.raised[0][0] == 0)


def _follows(before: str, mark: str) -> bool:
    digits = [re.sub(r"\D", "", m) for m in (before, mark)]
    if all(digits):
        return int(digits[1]) == int(digits[0]) + 1
    if set(before) == set(mark):
        return len(mark) == len(before) + 1
    return len(mark) == len(before) == 1 and ord(mark) == ord(before) + 1


def row_text(row: Sequence[Line]) -> str:
    """A row as one text."""
    return " ".join(line.text for line in row)
