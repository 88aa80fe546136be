"""A file made fit to go out: the tool's own things gone without a trace, everybody else's where they were."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx
import pytest
from lxml import etree
from word_ooxml import Docx, anchored, path, text_of, w
from word_samples import long_report, short_report

from nigao.errors import ReportFileError
from nigao.report.model import Report
from nigao.word import CitationStyle, WordOptions, docx_bytes
from nigao.word.annotating import Note, annotate
from nigao.word.cleaning import clean
from nigao.word.options import Stamp
from nigao.word.tracked import RevisionState, changes_docx

STAMP = Stamp("r0001", 3)
# The parts in which a reader's text and its looks are.
SHOWN = ("word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml", "docProps/core.xml")


def shown(data: bytes) -> dict[str, bytes]:
    """The parts by name, but for the numbers under which one part refers to another."""
    members = Docx.read(data).members
    told = {name: members[name] for name in SHOWN}
    told["word/document.xml"] = re.sub(rb' r:id="rId\d+"', b"", told["word/document.xml"])
    return told


def looks(data: bytes) -> list[tuple[bytes, list[tuple[str, bytes]]]]:
    """Every paragraph's setting and its text by looks: neighbours that look alike are one."""
    told = []
    for paragraph in Docx.read(data).paragraphs():
        runs: list[tuple[str, bytes]] = []
        for run in paragraph.iter(w("r")):
            own = run.find(w("rPr"))
            look = b"" if own is None else etree.tostring(own)
            if runs and runs[-1][1] == look:
                runs[-1] = (runs[-1][0] + text_of(run), look)
            else:
                runs.append((text_of(run), look))
        setting = paragraph.find(w("pPr"))
        told.append((b"" if setting is None else etree.tostring(setting), runs))
    return told


def bare(report: Report) -> bytes:
    return docx_bytes(report, WordOptions(citations=CitationStyle.NONE))


@pytest.mark.parametrize("style", list(CitationStyle))
@pytest.mark.parametrize("report", [short_report(), long_report()], ids=["short", "long"])
def test_what_is_left_is_the_export_without_sources(report: Report, style: CitationStyle) -> None:
    cleaned = clean(docx_bytes(report, WordOptions(citations=style, stamp=STAMP)))
    assert shown(cleaned.data) == shown(bare(report))
    assert set(Docx.read(cleaned.data).members) == set(Docx.read(bare(report)).members)
    told = {"comments": cleaned.comments > 0, "endnotes": cleaned.endnotes > 0, "appendix": cleaned.appendix}
    assert told == {name: name == style.value for name in told}
    assert cleaned.stamp


def test_the_label_stays() -> None:
    [entry] = Docx.read(clean(docx_bytes(short_report(), WordOptions(stamp=STAMP))).data).xml("docProps/custom.xml")
    assert entry.get("name") == "AIGC"
    headers = [m for name, m in Docx.read(clean(docx_bytes(short_report())).data).members.items() if "header" in name]
    assert any("人工智能".encode() in header for header in headers)


def test_findings_go_and_leave_text_and_looks() -> None:
    notes = [
        Note(6, 3, 9, "数字没有依据", severity="error"),
        Note(6, 5, 12, "甲"),
        Note(0, 0, 4, "乙"),
        Note(99, 0, 0, "丙"),
    ]
    exported = annotate(docx_bytes(short_report()), notes)
    cleaned = clean(exported)
    assert looks(cleaned.data) == looks(bare(short_report()))
    assert "word/comments.xml" not in Docx.read(cleaned.data).members
    assert cleaned.told()[0].startswith("已去掉本工具的批注")


def test_peoples_comments_stay_on_their_words() -> None:
    mixed = annotate(docx_bytes(short_report()), [Note(6, 0, 5, "此处请再核", "李四"), Note(6, 2, 9, "查出")])
    cleaned = clean(mixed)
    assert cleaned.remarks == 0
    document = Docx.read(cleaned.data)
    [comment] = document.xml("word/comments.xml")
    assert (comment.get(w("author")), text_of(comment)) == ("李四", "此处请再核")
    [words] = anchored(document).values()
    assert len(words) == 5
    assert clean(cleaned.data).data is cleaned.data
    everything = clean(cleaned.data, all_comments=True)
    assert everything.remarks == 1
    assert "word/comments.xml" not in Docx.read(everything.data).members
    assert everything.told() == ["已去掉其他人的批注 1 条"]


def test_a_remark_in_the_table_goes_with_it() -> None:
    exported = docx_bytes(short_report(), WordOptions(citations=CitationStyle.APPENDIX))
    last = len(docx.Document(io.BytesIO(bare(short_report()))).paragraphs)
    cleaned = clean(annotate(exported, [Note(last + 6, 0, 2, "出处不对", "李四")]))
    assert (cleaned.remarks, cleaned.appendix) == (1, True)
    assert shown(cleaned.data) == shown(bare(short_report()))


def test_other_peoples_endnotes_stay() -> None:
    report = short_report()
    document = docx.Document(io.BytesIO(docx_bytes(report, WordOptions(citations=CitationStyle.ENDNOTES))))
    part = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/endnotes"))
    root = etree.fromstring(part.blob)
    theirs = etree.SubElement(root, w("endnote"), {w("id"): "77"})
    etree.SubElement(etree.SubElement(etree.SubElement(theirs, w("p")), w("r")), w("t")).text = "依据：我自己的注。"
    part._blob = etree.tostring(root)
    run = document.paragraphs[4].add_run("")
    etree.SubElement(run._r, w("endnoteReference"), {w("id"): "77"})
    buffer = io.BytesIO()
    document.save(buffer)
    cleaned = Docx.read(clean(buffer.getvalue()).data)
    notes = [note for note in cleaned.xml("word/endnotes.xml") if note.get(w("type")) is None]
    assert [text_of(note) for note in notes] == ["依据：我自己的注。"]
    assert [r.get(w("id")) for r in cleaned.body.iter(w("endnoteReference"))] == ["77"]
    assert cleaned.xml("word/settings.xml").find(w("endnotePr")) is not None


WORD_BESIDE = (
    '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
    '<w15:commentEx w15:paraId="00000001" w15:done="0"/>'
    '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
)


def test_an_answer_to_our_comment_stands_on_its_own() -> None:
    data = annotate(docx_bytes(short_report(), WordOptions(citations=CitationStyle.NONE)), [Note(6, 0, 5, "查出")])
    document = docx.Document(io.BytesIO(annotate(data, [Note(6, 0, 5, "已核实", "李四")])))
    comments = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/comments")).element
    for number, comment in enumerate(comments, start=1):
        comment.find(w("p")).set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"0000000{number}")
    uri = docx.opc.packuri.PackURI("/word/commentsExtended.xml")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    beside = docx.opc.part.Part(uri, kind, WORD_BESIDE.encode(), document.part.package)
    document.part.relate_to(beside, "http://schemas.microsoft.com/office/2011/relationships/commentsExtended")
    buffer = io.BytesIO()
    document.save(buffer)
    cleaned = Docx.read(clean(buffer.getvalue()).data)
    assert [text_of(comment) for comment in cleaned.xml("word/comments.xml")] == ["已核实"]
    [entry] = cleaned.xml("word/commentsExtended.xml")
    assert {name.rsplit("}")[-1]: text for name, text in entry.attrib.items()} == {"paraId": "00000002", "done": "0"}
    gone = Docx.read(clean(buffer.getvalue(), all_comments=True).data)
    assert not [name for name in gone.members if "comments" in name]


def states(*reports: Report) -> list[RevisionState]:
    when = dt.datetime(2026, 1, 8, tzinfo=dt.UTC)
    return [RevisionState(report, f"作者{number}", when) for number, report in enumerate(reports)]


def reworded(report: Report) -> Report:
    new = report.model_copy(deep=True)
    new.opening[0].text = new.opening[0].text.replace("现将", "现特将")
    new.parts[0].lead.pop()
    new.parts[1].items.pop(0)
    new.parts[3].items.append(new.parts[3].items[0].model_copy(deep=True))
    return new


@pytest.mark.parametrize("pair", [("short", "new"), ("new", "short")])
def test_accepting_leaves_the_new_text(pair: tuple[str, str]) -> None:
    known = {"short": short_report(), "new": reworded(short_report())}
    old, new = (known[name] for name in pair)
    tracked = changes_docx(states(old, new), WordOptions(citations=CitationStyle.NONE))
    cleaned = clean(tracked, accept=True)
    assert cleaned.changes > 0
    assert f"已接受修订 {cleaned.changes} 处" in cleaned.told()
    assert looks(cleaned.data) == looks(bare(new))
    left = {etree.QName(e).localname for e in Docx.read(cleaned.data).body.iter() if isinstance(e.tag, str)}
    assert not left & {"ins", "del", "delText", "pPrChange", "rPrChange", "moveFrom", "moveTo"}
    assert clean(tracked).data is tracked


CHANGED = """
<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>
<w:p><w:pPr><w:jc w:val="center"/><w:pPrChange w:id="2"><w:pPr/></w:pPrChange></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>
<w:tbl><w:tr><w:trPr><w:del w:id="3"/></w:trPr><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:trPr><w:ins w:id="4"/></w:trPr>
<w:tc><w:p><w:ins w:id="5"><w:r><w:t>丁</w:t></w:r></w:ins></w:p></w:tc></w:tr></w:tbl>
<w:p><w:moveFromRangeStart w:id="6" w:name="m"/>
<w:moveFrom w:id="7"><w:r><w:t>戊</w:t></w:r></w:moveFrom><w:moveFromRangeEnd w:id="6"/></w:p>
<w:p><w:moveTo w:id="8">
<w:r><w:rPr><w:b/><w:rPrChange w:id="9"><w:rPr/></w:rPrChange></w:rPr><w:t>己</w:t></w:r></w:moveTo></w:p>
<w:tbl><w:tr><w:trPr><w:del w:id="10"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:rPr><w:del w:id="11"/></w:rPr></w:pPr><w:del w:id="12"><w:r><w:delText>庚</w:delText></w:r></w:del></w:p>
"""


def test_changes_that_word_itself_makes_are_accepted() -> None:
    document = docx.Document()
    body = document.element.body
    xml = f'<w:body xmlns:w="{w("")[1:-1]}">{CHANGED}</w:body>'
    for element in reversed(etree.fromstring(xml)):
        body.insert(0, docx.oxml.parse_xml(etree.tostring(element)))
    etree.SubElement(document.settings.element, w("trackRevisions"))
    buffer = io.BytesIO()
    document.save(buffer)
    cleaned = Docx.read(clean(buffer.getvalue(), accept=True).data)
    assert [text_of(p) for p in cleaned.paragraphs()] == ["甲乙", "丁", "", "己", ""]
    assert len(list(cleaned.body.iter(w("tbl")))) == 1
    assert cleaned.paragraph("甲乙").find(path("pPr", "jc")).get(w("val")) == "center"
    assert cleaned.xml("word/settings.xml").find(w("trackRevisions")) is None


def test_no_word_file_is_told() -> None:
    with pytest.raises(ReportFileError):
        clean(b"PK no")
