"""Edits that people make in an exported report, made here with python-docx and lxml as a word processor writes them."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

Edit = Callable[[Document], object]
LATER = "2026-03-01T09:30:00Z"


def edited(data: bytes, *edits: Edit) -> bytes:
    """The file with the edits made one behind the other."""
    document = docx.Document(io.BytesIO(data))
    for edit in edits:
        edit(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def line(document: Document, words: str) -> Paragraph:
    """The paragraph that has these words."""
    return next(paragraph for paragraph in document.paragraphs if words in paragraph.text)


def retype(document: Document, words: str, new: str) -> None:
    """Type something else over words of one paragraph, across its runs."""
    paragraph = line(document, words)
    text = paragraph.text.replace(words, new)
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    paragraph.runs[0].text = text


def below(document: Document, words: str, *texts: str) -> None:
    """Type new paragraphs below the one with these words."""
    paragraph = line(document, words)
    for text in reversed(texts):
        new = copy.deepcopy(paragraph._p)
        paragraph._p.addnext(new)
        fresh = Paragraph(new, paragraph._parent)
        for run in fresh.runs[1:]:
            run._r.getparent().remove(run._r)
        fresh.runs[0].text = text


def drop(document: Document, words: str) -> None:
    paragraph = line(document, words)._p
    paragraph.getparent().remove(paragraph)


def move_below(document: Document, words: str, target: str) -> None:
    line(document, target)._p.addnext(line(document, words)._p)


def part_at(document: Document, words: str) -> None:
    """Press Enter right before the words."""
    paragraph = line(document, words)
    before, after = paragraph.text.split(words, 1)
    retype(document, paragraph.text, before)
    below(document, before, words + after)


def join_below(document: Document, words: str) -> None:
    """Press Delete at the end of the paragraph."""
    paragraph = line(document, words)._p
    following = paragraph.getnext()
    for run in following.findall(qn("w:r")):
        paragraph.append(run)
    following.getparent().remove(following)


def tracked_words(document: Document, words: str, new: str, author: str, date: str = LATER) -> None:
    """Replace words of one paragraph as a tracked change."""
    paragraph = line(document, words)
    at = paragraph.text.index(words)
    _cut(paragraph, at)
    _cut(paragraph, at + len(words))
    signed = f'w:id="900" w:author="{author}" w:date="{date}"'
    gone = parse_xml(f"<w:del {nsdecls('w')} {signed}/>")
    passed = 0
    for run in list(paragraph.runs):
        size = len(run.text)
        if at <= passed < at + len(words):
            if len(gone) == 0:
                run._r.addprevious(gone)
            for text in run._r.findall(qn("w:t")):
                text.tag = qn("w:delText")
            gone.append(run._r)
        passed += size
    come = parse_xml(f"<w:ins {nsdecls('w')} {signed}><w:r><w:t>{new}</w:t></w:r></w:ins>")
    if new:
        gone.addnext(come)


def tracked_paragraph(document: Document, words: str, text: str, author: str, date: str = LATER) -> None:
    """Type a new paragraph above the one with these words as a tracked change."""
    signed = f'w:id="901" w:author="{author}" w:date="{date}"'
    line(document, words)._p.addprevious(
        parse_xml(
            f"<w:p {nsdecls('w')}><w:pPr><w:rPr><w:ins {signed}/></w:rPr></w:pPr>"
            f"<w:ins {signed}><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>"
        )
    )


def tracked_removal(document: Document, words: str, author: str, date: str = LATER) -> None:
    """Delete a whole paragraph as a tracked change."""
    paragraph = line(document, words)
    tracked_words(document, paragraph.text, "", author, date)
    signed = f'w:id="902" w:author="{author}" w:date="{date}"'
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del {signed}/></w:rPr>"))


def tracked_move(document: Document, words: str, target: str, author: str, date: str = LATER) -> None:
    """Drag a paragraph below another as Word tracks it: moveFrom there, moveTo here."""
    old = line(document, words)._p
    signed = f'w:id="903" w:author="{author}" w:date="{date}"'
    new = copy.deepcopy(old)
    for paragraph, tag in ((old, "moveFrom"), (new, "moveTo")):
        holder = parse_xml(f"<w:{tag} {nsdecls('w')} {signed}/>")
        for run in paragraph.findall(qn("w:r")):
            holder.append(run)
        paragraph.append(holder)
        properties = paragraph.get_or_add_pPr()
        properties.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:{tag} {signed}/></w:rPr>"))
    line(document, target)._p.addnext(new)


def remark(document: Document, words: str, text: str, author: str, *, done: bool = False) -> None:
    """Comment on words of one paragraph."""
    paragraph = line(document, words)
    at = paragraph.text.index(words)
    _cut(paragraph, at)
    _cut(paragraph, at + len(words))
    passed, marked = 0, []
    for run in paragraph.runs:
        if at <= passed < at + len(words):
            marked.append(run)
        passed += len(run.text)
    comment = document.add_comment(marked, text=text, author=author, initials=author[:1])
    if done:
        _mark_done(document, comment._comment_elm)


def text_box(document: Document, words: str, text: str) -> None:
    """A box of text beside a paragraph, as Word draws one."""
    line(document, words)._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
            f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )


def numbered_by_word(document: Document, *heads: str) -> None:
    """Turn typed ordinals （一）（二）… of paragraphs into a list that Word numbers."""
    xml = (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num></w:numbering>'
    )
    _relate(document, "/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, xml)
    for head in heads:
        paragraph = line(document, head)
        retype(document, head, head[3:])
        number = parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>')
        paragraph._p.get_or_add_pPr().append(number)


def _cut(paragraph: Paragraph, at: int) -> None:
    """Let a run begin at this character."""
    passed = 0
    for run in paragraph.runs:
        size = len(run.text)
        if passed < at < passed + size:
            other = copy.deepcopy(run._r)
            run._r.addnext(other)
            text = run.text
            run.text = text[: at - passed]
            Run(other, paragraph).text = text[at - passed :]
            return
        passed += size


def _mark_done(document: Document, comment: etree._Element) -> None:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    comment[-1].set(f"{{{w14}}}paraId", "0A0B0C0D")
    xml = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="0A0B0C0D" w15:done="1"/></w15:commentsEx>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    relation = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    _relate(document, "/word/commentsExtended.xml", kind, relation, xml)


def _relate(document: Document, name: str, kind: str, relation: str, xml: str) -> None:
    part = Part(PackURI(name), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, relation)
