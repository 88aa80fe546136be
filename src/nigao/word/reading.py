"""Reading a docx, whoever made it, as the layout that takes effect on each paragraph and page."""

from __future__ import annotations

import itertools

from docx.document import Document

from nigao.report.wordlayout import LaidParagraph, LaidRun, PageSection, Role, WordLayout
from nigao.word.characters import body_paragraphs, stretches, visible_text
from nigao.word.geometry import first_line_chars, side_chars, spacing_twips
from nigao.word.ooxml import MC, Element, M, W, child, has, number, value
from nigao.word.opening import open_docx, reading_errors, related_root
from nigao.word.pagenumbers import shown_footers
from nigao.word.roles import Told, roles
from nigao.word.styles import ParagraphSettings, Styles

_DRAWN = {W + "drawing", W + "pict", W + "object", M + "oMath", W + "ruby"}
# What Word takes where a file does not say.
_MARGINS = {"top": 1440, "bottom": 1440, "left": 1800, "right": 1800}
_SIDES = {"start": "left", "end": "right"}
_NEW_PAGE = ("", "nextPage", "oddPage", "evenPage")


def read_layout(data: bytes) -> WordLayout:
    """The layout of a docx. `data` must have passed the guards against archive bombs.

    Raises ReportFileError where it cannot be read as a Word document.
    """
    with reading_errors():
        return layout_of(open_docx(data))


def layout_of(document: Document) -> WordLayout:
    """The layout of an open document."""
    body = document.element.body
    settings = related_root(document.part, "SETTINGS")
    odd_and_even = settings is not None and has(settings, "evenAndOddHeaders")
    styles = Styles(document)
    marks = section_marks(body)
    sections = _sections(document, marks, styles, odd_and_even)
    paragraphs = body_paragraphs(body)
    told = [_told(paragraph, styles) for paragraph in paragraphs]
    laid: list[LaidParagraph] = []
    section, fresh = 0, False
    for index, (paragraph, role) in enumerate(zip(paragraphs, roles(told), strict=True)):
        at = min(section, len(sections) - 1)
        found = _paragraph(paragraph, styles, index, role, told[index], at, sections[at], fresh)
        laid.append(found)
        fresh = _ends_page(paragraph)
        if child(paragraph, "pPr", "sectPr") is not None:
            section += 1
            following = marks[section] if section < len(marks) else None
            fresh = value(following, "type") in _NEW_PAGE
    return WordLayout(tuple(sections), tuple(laid), odd_and_even)


def section_marks(body: Element) -> list[Element]:
    """The `w:sectPr` of the document's sections in order."""
    inner = [child(p, "pPr", "sectPr") for p in body_paragraphs(body)]
    return [mark for mark in (*inner, child(body, "sectPr")) if mark is not None]


def is_drawn(paragraph: Element) -> bool:
    """Whether a picture, a formula or the like stands in the paragraph's lines."""
    for element in paragraph.iter(*_DRAWN):
        floating = any(found.tag.endswith("}anchor") for found in element)
        old = any(ancestor.tag == MC + "Fallback" for ancestor in element.iterancestors())
        if not floating and not old:
            return True
    return False


def _told(paragraph: Element, styles: Styles) -> Told:
    numbered = styles.numbered_by(paragraph)
    shown = styles.numbering.next(*numbered) if numbered else ""
    text = visible_text(paragraph)
    in_table = any(ancestor.tag == W + "tbl" for ancestor in paragraph.iterancestors())
    return Told(text, shown, tuple(styles.names(paragraph)), in_table, is_drawn(paragraph))


def _paragraph(
    paragraph: Element,
    styles: Styles,
    index: int,
    role: Role,
    told: Told,
    section: int,
    page: PageSection,
    fresh: bool,
) -> LaidParagraph:
    settings = styles.paragraph(paragraph)
    runs = _runs(paragraph, styles)
    size = runs[0].size if runs else styles.run(paragraph, None).size
    own_page = settings.page_break or any(b.get(W + "type") == "page" for b in _leading_breaks(paragraph))
    return LaidParagraph(
        index=index,
        text=told.text,
        role=role,
        runs=tuple(runs),
        number=told.number,
        section=section,
        alignment=_SIDES.get(settings.jc, settings.jc),
        left=side_chars(settings, "left", size),
        right=side_chars(settings, "right", size),
        first_line=first_line_chars(settings, size),
        before=spacing_twips(settings, "before"),
        after=spacing_twips(settings, "after"),
        line=number(settings.spacing.get("line"), 240),
        line_rule=settings.spacing.get("lineRule") or "auto",
        line_grid=settings.snap and page.grid in ("lines", "linesAndChars", "snapToChars"),
        char_grid=_on_char_grid(settings, page),
        starts_page=fresh or own_page,
        fixed=not told.drawn,
    )


def _on_char_grid(settings: ParagraphSettings, page: PageSection) -> bool:
    return settings.snap and page.grid in ("linesAndChars", "snapToChars")


def _runs(paragraph: Element, styles: Styles) -> list[LaidRun]:
    found: list[LaidRun] = []
    start = 0
    for run, group in itertools.groupby(stretches(paragraph), key=lambda stretch: stretch[0]):
        length = sum(len(words) for _, _, words in group)
        looks = styles.run(paragraph, run)
        found.append(
            LaidRun(
                start, start + length, looks.font, looks.latin, looks.size,
                looks.bold, looks.color, looks.spacing, looks.raised,
            )
        )  # fmt: skip
        start += length
    return found


def _leading_breaks(paragraph: Element) -> list[Element]:
    """The breaks before the paragraph's first word."""
    breaks: list[Element] = []
    for element in paragraph.iter(W + "t", W + "br"):
        if element.tag == W + "t" and (element.text or "").strip():
            break
        breaks += [element] if element.tag == W + "br" else []
    return breaks


def _ends_page(paragraph: Element) -> bool:
    """Whether a page break is the last thing in the paragraph."""
    last = None
    for element in paragraph.iter(W + "t", W + "br"):
        if element.tag == W + "br" or (element.text or "").strip():
            last = element
    return last is not None and last.tag == W + "br" and last.get(W + "type") == "page"


def _sections(document: Document, marks: list[Element], styles: Styles, odd_and_even: bool) -> list[PageSection]:
    found: list[PageSection] = []
    parts: dict[str, str] = {}
    for mark in marks:
        size, margins, grid = child(mark, "pgSz"), child(mark, "pgMar"), child(mark, "docGrid")
        read = dict(_MARGINS)
        for name, text in {} if margins is None else {k.removeprefix(W): v for k, v in margins.items()}.items():
            read[_SIDES.get(name, name)] = number(text)
        found.append(
            PageSection(
                width=number(value(mark, "pgSz", attribute="w"), 12240 if size is None else 0),
                height=number(value(mark, "pgSz", attribute="h"), 15840 if size is None else 0),
                top=abs(read["top"]),
                bottom=abs(read["bottom"]),
                left=read["left"],
                right=read["right"],
                gutter=read.get("gutter", 0),
                grid="" if grid is None else grid.get(W + "type") or "",
                line_pitch=number(value(mark, "docGrid", attribute="linePitch")),
                char_space=number(value(mark, "docGrid", attribute="charSpace")),
                char_size=styles.base_size(),
                footers=tuple(shown_footers(document, mark, parts, styles, odd_and_even)),
            )
        )
    return found or [PageSection(12240, 15840, 1440, 1440, 1800, 1800)]
