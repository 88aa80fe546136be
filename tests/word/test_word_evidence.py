"""Evidence as comments and endnotes, blanks in yellow, and the AI label."""

from __future__ import annotations

import io
import json

import docx
import pytest
from word_ooxml import Docx, W, anchored, path, text_of, w
from word_samples import fact, long_report, said, short_report

from nigao.report.model import Citation, Origin, Report, Sentence
from nigao.word import AI_NOTE, COMMENT_AUTHOR, CitationStyle, WordOptions, docx_bytes


def written(report: Report, **options: object) -> Docx:
    return Docx.read(docx_bytes(report, WordOptions(**options)))  # type: ignore[arg-type]


def cited(report: Report) -> list[Sentence]:
    return [s for s in report.sentences() if s.citations or s.facts]


@pytest.mark.parametrize("report", [short_report(), long_report()], ids=["short", "long"])
def test_every_cited_sentence_has_one_comment_on_its_words(report: Report) -> None:
    document = written(report)
    comments = document.xml("word/comments.xml")
    anchors = anchored(document)
    assert [anchors[c.get(w("id"))] for c in comments] == [s.text for s in cited(report)]
    assert {c.get(w("author")) for c in comments} == {COMMENT_AUTHOR}
    assert {c.get(w("date")) for c in comments} == {"2026-01-08T00:00:00Z"}
    marks = [r.get(w("id")) for r in document.body.iter(w("commentReference"))]
    assert marks == [c.get(w("id")) for c in comments]


def test_a_comment_says_title_locator_and_quote_and_names_facts() -> None:
    document = docx.Document(io.BytesIO(docx_bytes(short_report())))
    texts = [comment.text for comment in document.comments]
    assert texts[0] == "依据：要求单事实 内设科室、在职人数"
    assert texts[1] == (
        "依据1：《云岭市政务服务局工作规则》第三章第十二条：“重大事项由局党组会议集体讨论决定。”\n"
        "依据2：《2025年工作总结》二（一）第2段"
    )


def test_a_sentence_with_a_blank_is_one_comment_over_all_its_runs() -> None:
    sentence = fact("现有党员【待补：党员数】名。", "党员数")
    document = written(short_report().model_copy(update={"opening": [sentence]}))
    assert anchored(document)["0"] == sentence.text


def test_endnotes_are_native_and_in_order() -> None:
    report = short_report()
    document = written(report, citations=CitationStyle.ENDNOTES)
    assert "word/comments.xml" not in document.members
    notes = document.xml("word/endnotes.xml")
    assert [n.get(w("type")) for n in notes][:3] == ["separator", "continuationSeparator", None]
    ids = [r.get(w("id")) for r in document.body.iter(w("endnoteReference"))]
    assert ids == [n.get(w("id")) for n in notes][2:] == [str(i + 1) for i in range(len(cited(report)))]
    assert text_of(notes[2]).strip() == "依据：要求单事实 内设科室、在职人数"
    # Each mark stands right behind the words it proves.
    fact_paragraph = document.paragraph("市政务服务局为市政府")
    runs = list(fact_paragraph.iter(w("r")))
    assert text_of(runs[0]) == cited(report)[0].text
    assert runs[1].find(w("endnoteReference")) is not None
    declared = document.xml("word/settings.xml").find(path("endnotePr", "numFmt"))
    assert declared.get(w("val")) == "decimal"
    assert b"/word/endnotes.xml" in document.members["[Content_Types].xml"]


def test_without_citations_there_is_no_trace_of_evidence() -> None:
    document = written(short_report(), citations=CitationStyle.NONE)
    assert not {"word/comments.xml", "word/endnotes.xml"} & set(document.members)
    assert "依据" not in text_of(document.body)


def test_a_report_without_evidence_has_no_comments_part() -> None:
    bare = Report(kind="political-ecology", title=said("情况报告"), opening=[Sentence(text="报告如下。")])
    for style in CitationStyle:
        assert not {"word/comments.xml", "word/endnotes.xml"} & set(written(bare, citations=style).members)


def test_own_blanks_are_yellow_and_nothing_else_is() -> None:
    document = written(short_report())
    marked = [r for r in document.body.iter(w("r")) if r.find(path("rPr", "highlight")) is not None]
    assert [text_of(r) for r in marked] == ["【待补：党支部和党员数】"]
    assert marked[0].find(path("rPr", "highlight")).get(w("val")) == "yellow"


def test_the_label_is_a_property_that_parses() -> None:
    document = written(short_report(), produce_id="draft-7", producer="云岭市政务服务局")
    [entry] = document.xml("docProps/custom.xml")
    assert entry.get("name") == "AIGC"
    assert entry.get("fmtid") == "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
    assert int(entry.get("pid")) >= 2
    label = json.loads(entry[0].text)
    assert list(label) == [
        "Label", "ContentProducer", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2",
    ]  # fmt: skip
    assert (label["Label"], label["ContentProducer"], label["ProduceID"]) == ("1", "云岭市政务服务局", "draft-7")
    types = {o.get("PartName"): o.get("ContentType") for o in document.xml("[Content_Types].xml")}
    assert types["/docProps/custom.xml"].endswith("custom-properties+xml")
    relations = {r.get("Target"): r.get("Type") for r in document.xml("_rels/.rels")}
    assert relations["docProps/custom.xml"].endswith("/custom-properties")


def test_the_label_identifies_the_report_by_its_content() -> None:
    report = short_report()
    [entry] = written(report).xml("docProps/custom.xml")
    assert json.loads(entry[0].text)["ProduceID"] == report.content_hash()


def test_the_visible_note_stands_above_the_first_page() -> None:
    assert "人工智能" in AI_NOTE
    assert "生成" in AI_NOTE
    document = docx.Document(io.BytesIO(docx_bytes(short_report())))
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert [p.text for p in section.first_page_header.paragraphs] == [AI_NOTE]
    assert AI_NOTE not in "".join(p.text for p in document.paragraphs)


def test_the_label_can_be_left_out_whole() -> None:
    document = written(short_report(), ai_label=False)
    assert "docProps/custom.xml" not in document.members
    assert not any("header" in name for name in document.members)
    assert not any(AI_NOTE.encode() in content for content in document.members.values())


def test_text_that_xml_forbids_does_not_stop_the_export() -> None:
    citation = Citation(passage_id="p", document_id="d", title="规则\x01", quote="第\x0b一条")
    sentence = Sentence(text="甲\x00乙<&>丙。", origin=Origin.SOURCE, citations=[citation])
    for style in (CitationStyle.COMMENTS, CitationStyle.ENDNOTES):
        report = Report(kind="k", title=said("题\x02目"), opening=[sentence], unit="局\x03")
        document = written(report, citations=style)
        assert "甲乙<&>丙。" in text_of(document.body)
        notes = "word/comments.xml" if style is CitationStyle.COMMENTS else "word/endnotes.xml"
        assert "第一条" in "".join(document.xml(notes).itertext(W + "t"))
