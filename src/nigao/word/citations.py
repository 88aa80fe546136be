"""The evidence of a sentence as Word shows it: a comment beside it or an endnote behind it."""

from __future__ import annotations

import datetime as dt

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from nigao.report import sources
from nigao.report.model import Sentence
from nigao.word.ownstyles import SOURCE_NOTE, add_own_style
from nigao.word.xmltext import xml_text

COMMENT_AUTHOR = "拟稿助手"
_COMMENT_INITIALS = "拟"


def evidence_lines(sentence: Sentence) -> list[str]:
    """What the reader is told about the sentence's evidence: a line for each passage, for the facts, and for a model's
    wording.
    """
    return [xml_text(line) for line in sources.evidence_lines(sentence)]


def add_comment(document: Document, runs: list[Run], lines: list[str]) -> None:
    """Lay one comment on the words from the first run to the last."""
    document.add_comment(runs, text="\n".join(lines), author=COMMENT_AUTHOR, initials=_COMMENT_INITIALS)


def date_comments(document: Document, date: dt.date) -> None:
    """Give every comment the same day, so that writing a report twice gives the same file."""
    stamp = f"{date.isoformat()}T00:00:00Z"
    for relationship in document.part.rels.values():
        if relationship.reltype == RELATIONSHIP_TYPE.COMMENTS:
            for comment in relationship.target_part.element:
                comment.set(qn("w:date"), stamp)


class Endnotes:
    """The endnotes of one document, collected while its paragraphs are written."""

    def __init__(self) -> None:
        separators = _separator("separator", -1) + _separator("continuationSeparator", 0)
        self._root = parse_xml(f"<w:endnotes {nsdecls('w')}>{separators}</w:endnotes>")
        self._count = 0

    def add(self, paragraph: Paragraph, lines: list[str]) -> None:
        """Put a reference mark at the paragraph's present end and keep the note's text."""
        self._count += 1
        mark = paragraph.add_run(style="endnote reference")
        reference = OxmlElement("w:endnoteReference")
        reference.set(qn("w:id"), str(self._count))
        mark._r.append(reference)
        note = OxmlElement("w:endnote")
        note.set(qn("w:id"), str(self._count))
        for number, line in enumerate(lines):
            note.append(_note_paragraph(paragraph, line, with_mark=number == 0))
        self._root.append(note)

    def attach(self, document: Document) -> None:
        """Add the notes to the document's package; does nothing when there are none."""
        if self._count == 0:
            return
        package = document.part.package
        part = XmlPart(PackURI("/word/endnotes.xml"), CONTENT_TYPE.WML_ENDNOTES, self._root, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
        head = f'<w:endnotePr {nsdecls("w")}><w:numFmt w:val="decimal"/>'
        settings = parse_xml(head + '<w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>')
        document.settings.element.find(qn("w:compat")).addprevious(settings)
        # Word reads the numbers' form from the settings, LibreOffice from the section.
        document.sections[0]._sectPr.find(qn("w:pgSz")).addprevious(parse_xml(head + "</w:endnotePr>"))


def _separator(kind: str, note_id: int) -> str:
    return (
        f'<w:endnote w:type="{kind}" w:id="{note_id}"><w:p><w:pPr><w:pStyle w:val="EndnoteText"/></w:pPr>'
        f"<w:r><w:{kind}/></w:r></w:p></w:endnote>"
    )


def _note_paragraph(owner: Paragraph, text: str, *, with_mark: bool) -> CT_P:
    """A paragraph of an endnote; `owner` lends python-docx the document that the styles are looked up in."""
    element = OxmlElement("w:p")
    paragraph = Paragraph(element, owner._parent)
    # A style of their own tells our notes from those that people add.
    style = add_own_style(owner.part._document_part.styles.element, SOURCE_NOTE)
    paragraph._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)
    if with_mark:
        paragraph.add_run(style="endnote reference")._r.append(OxmlElement("w:endnoteRef"))
        text = f" {text}"
    paragraph.add_run(text)
    return paragraph._p
