"""Setting a docx right by GB/T 9704—2012 without touching a word: what `departures` objects to, and nothing else.

What is set is set on the paragraph or run itself: the file's styles are left alone, since tables and notes use them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from docx.document import Document

from nigao.report.departures import LINED, missing_blank, wrong_closing, wrong_indent, wrong_looks, wrong_title
from nigao.report.departures_page import chars_per_line, wrong_filling, wrong_gap, wrong_line
from nigao.report.gbt9704 import CHARS_PER_LINE, LAYOUTS, closing_indents
from nigao.report.wordlayout import HEADINGS, LaidParagraph, Role, WordLayout
from nigao.word.changes import Signature
from nigao.word.characters import body_paragraphs
from nigao.word.mending_footers import mend_page_numbers
from nigao.word.mending_page import mend_margins, mend_paper, use_line_grid
from nigao.word.ooxml import Element
from nigao.word.opening import open_docx, reading_errors
from nigao.word.package import document_bytes
from nigao.word.reading import layout_of
from nigao.word.recording import Recorder
from nigao.word.setting import add_blank_above, align, indent, set_gaps, set_looks, set_spacing, start_page

# Behind 附件： the second attachment's number stands below the first's.
_NOTE_GOES_ON = 500
_PLAIN = (Role.BODY, Role.ATTACHMENT_NOTE, Role.SIGNATURE, Role.DATE)

_Mender = Callable[[Document, WordLayout], bool]


def mend_layout(data: bytes, codes: Collection[str], *, by: Signature | None = None) -> tuple[bytes, list[str]]:
    """The file with the findings of these rules (codes or prefixes) set right, and the codes that something was done
    about. Where nothing is to be done these are the very same bytes. Mending twice is mending once.

    `by`: what is done is tracked as changes of this author, save UNTRACKED, which Word cannot track. Text, comments,
    tracked changes, tables and pictures stay. Raises ReportFileError where `data` is no Word document.
    """
    with reading_errors():
        document = open_docx(data)
        layout, done = layout_of(document), []
        recorder = Recorder(document.element.body) if by is not None else None
        for code, mend in MENDERS.items():
            if any(code.startswith(wanted.upper()) for wanted in codes) and mend(document, layout):
                # Read anew: one thing set right may settle the next, and a blank line moves all below it.
                layout = layout_of(document)
                done.append(code)
        if recorder is not None and by is not None:
            recorder.track(by)
        return (document_bytes(document), done) if done else (data, [])


def _on_paragraphs(layout: WordLayout, document: Document) -> list[tuple[LaidParagraph, Element]]:
    return list(zip(layout.paragraphs, body_paragraphs(document.element.body), strict=True))


def _mend_lines(document: Document, layout: WordLayout) -> bool:
    """Exact line spacing; where any is set, blank lines get the same height."""
    pairs = _on_paragraphs(layout, document)
    wrong = [(laid, p) for laid, p in pairs if wrong_line(laid, layout.sections[laid.section]) or wrong_gap(laid)]
    for laid, paragraph in wrong:
        if wrong_line(laid, layout.sections[laid.section]):
            set_spacing(paragraph)
        if wrong_gap(laid):
            set_gaps(paragraph)
    for laid, paragraph in pairs if wrong else ():
        if laid.role is Role.BLANK and laid.fixed:
            set_spacing(paragraph)
    return bool(wrong)


def _mend_line_length(document: Document, layout: WordLayout) -> bool:
    """Full lines of 28 characters: by character spacing, which every word processor treats alike, and not by a grid."""
    pairs = _on_paragraphs(layout, document)
    wrong = [p for laid, p in pairs if wrong_filling(laid, layout.sections[laid.section])]
    if not wrong:
        return False
    for paragraph in wrong:
        align(paragraph, "both")
    counts = {chars_per_line(laid, layout.sections[laid.section]) for laid in layout.paragraphs}
    if counts <= {None, CHARS_PER_LINE}:
        return True
    if any(laid.char_grid for laid in layout.paragraphs):
        use_line_grid(document)
    for laid, paragraph in pairs:
        if laid.role in LINED and laid.role is not Role.TITLE:
            set_looks(paragraph, laid, condensed=True)
    return True


def _mend_title(document: Document, layout: WordLayout) -> bool:
    changed = False
    for laid, paragraph in _on_paragraphs(layout, document):
        if laid.role is not Role.TITLE:
            continue
        if wrong_looks(laid) or wrong_title(laid):
            set_looks(paragraph, laid, LAYOUTS[Role.TITLE], bold=False, recolored=True)
            align(paragraph, "center")
            indent(paragraph, 0)
            changed = True
    return changed


def _mender(*roles: Role, looks: bool = True, indents: bool = True) -> _Mender:
    """Fonts and sizes, indents, or both of these roles."""

    def mend(document: Document, layout: WordLayout) -> bool:
        changed = False
        for laid, paragraph in _on_paragraphs(layout, document):
            if laid.role not in roles:
                continue
            if looks and wrong_looks(laid):
                set_looks(paragraph, laid, LAYOUTS[laid.role], recolored=laid.role in HEADINGS.values())
                changed = True
            if indents and wrong_indent(laid):
                _indent(paragraph, laid)
                changed = True
        return changed

    return mend


def _indent(paragraph: Element, laid: LaidParagraph) -> None:
    due = LAYOUTS[laid.role].indent or 0
    if laid.role is Role.ATTACHMENT_NOTE and not laid.text.lstrip().startswith("附"):
        due = _NOTE_GOES_ON
    typed = laid.lead - laid.left - laid.first_line
    if laid.alignment in ("center", "right"):
        align(paragraph, LAYOUTS[laid.role].alignment)
    indent(paragraph, due - typed)


def _mend_closing(document: Document, layout: WordLayout) -> bool:
    """署名 and 成文日期 as without a seal: whether one will be set is not for the file to say."""
    if not wrong_closing(layout):
        return False
    lines = [(laid, p) for laid, p in _on_paragraphs(layout, document) if laid.role in (Role.SIGNATURE, Role.DATE)]
    words = {laid.role: laid.text.strip() for laid, _ in lines}
    due = closing_indents(words.get(Role.SIGNATURE, ""), words.get(Role.DATE, ""))
    for laid, paragraph in lines:
        typed = sum(100 if char == "\u3000" else 50 for char in laid.text[len(laid.text.rstrip()) :])
        align(paragraph, "right")
        indent(paragraph, 0, right=due[laid.role is Role.DATE] - typed)
    return True


def _mend_attachment_heads(document: Document, layout: WordLayout) -> bool:
    changed = _mender(Role.ATTACHMENT_HEAD)(document, layout)
    for laid, paragraph in _on_paragraphs(layout, document):
        if laid.role is Role.ATTACHMENT_HEAD and not laid.starts_page:
            start_page(paragraph)
            changed = True
    return changed


def _mend_blanks(document: Document, layout: WordLayout) -> bool:
    due = {laid.index for laid, _ in missing_blank(layout)}
    paragraphs = body_paragraphs(document.element.body)
    for index in due:
        # Space that was there is not kept beside the blank line.
        set_gaps(paragraphs[index - 1])
        set_gaps(paragraphs[index])
        add_blank_above(paragraphs[index])
    return bool(due)


MENDERS: dict[str, _Mender] = {
    "L601": mend_paper,
    "L602": mend_margins,
    "L605": _mend_title,
    "L607": _mender(Role.RECIPIENT),
    "L608": _mender(*_PLAIN, indents=False),
    "L610": _mender(*HEADINGS.values(), indents=False),
    # Indents are counted in characters of the paragraph's own size, so they come behind the sizes.
    "L609": _mender(Role.BODY, *HEADINGS.values(), looks=False),
    "L612": _mender(Role.ATTACHMENT_NOTE, looks=False),
    "L614": _mend_closing,
    "L617": _mend_attachment_heads,
    "L618": _mend_blanks,
    "L603": _mend_lines,
    "L604": _mend_line_length,
    "L616": mend_page_numbers,
}
# Of these the feet, and whether odd and even pages differ, change plainly.
UNTRACKED = ("L616",)
