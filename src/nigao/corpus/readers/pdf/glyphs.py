"""What PDFium sees on a page: glyphs with their places, ruled lines, how much is picture, and text that nobody sees."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_INVISIBLE = {3, 7}
# A glyph may lean this much (radians) and still stand upright.
_LEAN = 0.1
_TINY = 2.0
_THIN, _RULE = 3.0, 8.0
_OBJECTS, _SEGMENTS = 100_000, 400_000
_DEEPEST = 4

# pypdfium2's raw handles are ctypes pointers; they are used here and go no further.
_Handle = Any


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character. Points from the left and from the top of the upright page; `y` is the line that it stands on."""

    char: str
    x0: float
    x1: float
    y: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn straight line: horizontal at `at` from `start` to `end` across, or vertical, downwards."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """A page. `unseen` is text drawn invisibly, aslant, off the page or too small to read; `pictured` is the share of
    the page under pictures; `unmapped` counts glyphs whose character the file does not tell.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    unseen: str = ""
    pictured: float = 0.0
    unmapped: int = 0


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns points of the file, y upwards, into points of the upright page."""

    quarter: int
    left: float
    top: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        turned = ((x, -y), (y, x), (-x, y), (-y, -x))[self.quarter]
        return turned[0] - self.left, turned[1] - self.top

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """x0, y0, x1, y1 with y downwards."""
        a, b = self.point(left, bottom), self.point(right, top)
        return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def page_content(page: Any) -> PageContent:
    """Everything about one `pypdfium2.PdfPage`; nothing is drawn."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        found = list(_characters(pdfium, textpage.raw))
    finally:
        textpage.close()
    crop = page.get_cropbox(fallback_ok=True)
    upright = Counter(glyph.quarter for glyph in found if glyph.quarter is not None and glyph.shown)
    quarter = upright.most_common(1)[0][0] if upright else 0
    bare = _Frame(quarter, 0.0, 0.0).box(*crop)
    frame = _Frame(quarter, bare[0], bare[1])
    content = PageContent(bare[2] - bare[0], bare[3] - bare[1])
    _place(found, frame, content)
    _draw(pdfium, page, frame, content)
    return content


@dataclass(frozen=True, slots=True)
class _Found:
    char: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    font: str
    shown: bool
    quarter: int | None


def _characters(pdfium: Any, textpage: _Handle) -> Iterator[_Found]:
    rect = pdfium.FS_RECTF()
    matrix = pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    styles: dict[int, tuple[str, bool]] = {}
    high = 0
    for i in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, i)
        if pdfium.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        # PDFium writes 2 for a hyphen at a line's end.
        char = "-" if code == 2 else chr(code) if code < 0x110000 else "\ufffd"
        if pdfium.FPDFText_HasUnicodeMapError(textpage, i) == 1 or code in (0, 0xFFFE, 0xFFFF):
            char = "\ufffd"
        pdfium.FPDFText_GetLooseCharBox(textpage, i, rect)
        pdfium.FPDFText_GetCharOrigin(textpage, i, x, y)
        pdfium.FPDFText_GetMatrix(textpage, i, matrix)
        font, shown = _style(pdfium, textpage, i, styles)
        size = pdfium.FPDFText_GetFontSize(textpage, i) * math.hypot(matrix.c, matrix.d)
        angle = math.atan2(matrix.b, matrix.a)
        quarter = round(angle / (math.pi / 2))
        straight = abs(angle - quarter * math.pi / 2) < _LEAN
        box = (rect.left, rect.bottom, rect.right, rect.top)
        yield _Found(char, box, (x.value, y.value), size, font, shown, quarter % 4 if straight else None)


def _style(pdfium: Any, textpage: _Handle, i: int, styles: dict[int, tuple[str, bool]]) -> tuple[str, bool]:
    """The font's name without its subset prefix, and whether the text object shows at all."""
    handle = pdfium.FPDFText_GetTextObject(textpage, i)
    key = ctypes.cast(handle, ctypes.c_void_p).value if handle else 0
    if not key:
        return "", True
    if key not in styles:
        buffer = ctypes.create_string_buffer(128)
        font = pdfium.FPDFTextObj_GetFont(handle)
        if font:
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
        name = buffer.value.decode("utf-8", "replace")
        shown = pdfium.FPDFTextObj_GetTextRenderMode(handle) not in _INVISIBLE
        styles[key] = (name.split("+", 1)[-1], shown)
    return styles[key]


def _place(found: list[_Found], frame: _Frame, content: PageContent) -> None:
    unseen: list[str] = []
    for glyph in found:
        x0, _, x1, _ = frame.box(*glyph.box)
        _, y = frame.point(*glyph.origin)
        inside = -1 <= (x0 + x1) / 2 <= content.width + 1 and -1 <= y <= content.height + glyph.size
        if not (glyph.shown and inside and glyph.quarter == frame.quarter and glyph.size >= _TINY):
            unseen.append(glyph.char)
            continue
        if glyph.char == "\ufffd":
            content.unmapped += 1
        elif glyph.char not in "\r\n":
            content.glyphs.append(Glyph(glyph.char, x0, x1, y, glyph.size, glyph.font))
    content.unseen = "".join(unseen)


def _draw(pdfium: Any, page: Any, frame: _Frame, content: PageContent) -> None:
    """The ruled lines and the share of pictures."""
    pictures = 0.0
    left = _SEGMENTS
    for handle, depth in _objects(pdfium, page.raw):
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = frame.box(*_bounds(pdfium, handle))
            wide = max(0.0, min(x1, content.width) - max(x0, 0.0))
            pictures += wide * max(0.0, min(y1, content.height) - max(y0, 0.0))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and depth == 0 and left > 0:
            left -= pdfium.FPDFPath_CountSegments(handle)
            _rules(pdfium, handle, frame, content)
    content.pictured = min(1.0, pictures / max(content.width * content.height, 1.0))


def _objects(pdfium: Any, page: _Handle) -> Iterator[tuple[_Handle, int]]:
    """The page's objects, and those within forms, each with its depth; the number is bounded."""
    stack = [(pdfium.FPDFPage_GetObject(page, i), 0) for i in range(min(pdfium.FPDFPage_CountObjects(page), _OBJECTS))]
    seen = 0
    while stack and seen < _OBJECTS:
        handle, depth = stack.pop()
        seen += 1
        yield handle, depth
        if pdfium.FPDFPageObj_GetType(handle) == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = min(pdfium.FPDFFormObj_CountObjects(handle), _OBJECTS)
            stack += [(pdfium.FPDFFormObj_GetObject(handle, i), depth + 1) for i in range(count)]


def _bounds(pdfium: Any, handle: _Handle) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _rules(pdfium: Any, handle: _Handle, frame: _Frame, content: PageContent) -> None:
    """The straight edges of a path that is drawn as a line, or filled but as thin as one."""
    x0, y0, x1, y1 = frame.box(*_bounds(pdfium, handle))
    if max(x1 - x0, y1 - y0) < _RULE:
        return
    if min(x1 - x0, y1 - y0) <= _THIN:
        _add(content, x0, y0, x1, y1)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    if not stroke.value:
        return
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    for i in range(min(pdfium.FPDFPath_CountSegments(handle), _SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        at = frame.point(
            matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        )
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
            _edge(content, before, at)
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
            _edge(content, at, first)
        before = at


def _edge(content: PageContent, a: tuple[float, float], b: tuple[float, float]) -> None:
    x0, x1, y0, y1 = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
    if min(x1 - x0, y1 - y0) <= 1 and max(x1 - x0, y1 - y0) >= _RULE:
        _add(content, x0, y0, x1, y1)


def _add(content: PageContent, x0: float, y0: float, x1: float, y1: float) -> None:
    if x1 - x0 >= y1 - y0:
        content.across.append(Rule((y0 + y1) / 2, x0, x1))
    else:
        content.down.append(Rule((x0 + x1) / 2, y0, y1))
