"""A unit's own Word file as the template of reports: its page, styles, heads and feet, without its text."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from docx.document import Document

from nigao.report.gbt9704 import TEXT_WIDTH
from nigao.report.wordlayout import Role, WordLayout
from nigao.text.titlelines import MAX_WIDTH
from nigao.word.housefile import keep_layout_only, open_house
from nigao.word.housestyles import NOTE_STYLE, NUMBER_STYLE, learn_styles, size_of
from nigao.word.layout import BY_NAME, TABLE_STYLE, TABLE_STYLE_ID, Style
from nigao.word.ooxml import W, value
from nigao.word.opening import reading_errors
from nigao.word.package import document_bytes
from nigao.word.reading import layout_of
from nigao.word.tables import SIDE_WIDTH
from nigao.word.template import empty_document


@dataclass(frozen=True, slots=True)
class House:
    """The empty document that a report is written into: `styles` are the ids of the styles that stand for ours where
    they are others. `text_widths` are those of an upright page and of one on its side, in twips. `numbered`: its pages
    bring their numbers. `title_width` is how many characters a line of a title holds.
    """

    data: bytes
    styles: dict[Style, str] = field(default_factory=dict)
    is_learned: bool = False
    numbered: bool = False
    text_widths: tuple[int, int] = (TEXT_WIDTH, SIDE_WIDTH)
    title_width: float = MAX_WIDTH
    table_style: str = TABLE_STYLE_ID
    note_style: str = BY_NAME["header"].id
    number_style: str = BY_NAME["footer"].id

    def style_id(self, style: Style) -> str:
        """The id of the style that the paragraphs of ours have."""
        return self.styles.get(style) or BY_NAME[style].id


STANDARD = House(empty_document())


@functools.lru_cache(maxsize=4)
def learned(data: bytes) -> House:
    """The house style of a docx or dotx. Raises ReportFileError where it is no Word document, or has macros."""
    with reading_errors():
        document = open_house(data)
        layout = layout_of(document)
        styles = learn_styles(document, layout)
        section = _main_section(layout)
        keep_layout_only(document, section)
        page = layout.sections[section]
        widths = (page.width - page.left - page.right - page.gutter, page.height - page.top - page.bottom)
        return House(
            data=document_bytes(document),
            styles=styles,
            is_learned=True,
            numbered=any(foot.number is not None for foot in page.footers),
            text_widths=widths,
            # One character fewer leaves room for fonts that run wide.
            title_width=max(1.0, widths[0] / (size_of(document, styles[Style.TITLE]) * 10) - 1),
            table_style=_id_of(document, TABLE_STYLE),
            note_style=_id_of(document, NOTE_STYLE.name),
            number_style=_id_of(document, NUMBER_STYLE.name),
        )


def departures(data: bytes) -> list[str]:
    """Where reports written with this template depart from GB/T 9704—2012, a Chinese phrase each.

    Raises ReportFileError where it is no Word document.
    """
    from nigao.word.housecheck import departures_of

    learned(data)
    return departures_of(data)


def _main_section(layout: WordLayout) -> int:
    """The section that the text stands in; the last upright one where there is no text."""
    body = next((paragraph.section for paragraph in layout.paragraphs if paragraph.role is Role.BODY), None)
    upright = [number for number, page in enumerate(layout.sections) if not page.landscape]
    return body if body is not None and body in upright else (upright or [len(layout.sections) - 1])[-1]


def _id_of(document: Document, name: str) -> str:
    styles = document.styles.element.findall(W + "style")
    return next(str(style.get(W + "styleId")) for style in styles if value(style, "name") == name)
