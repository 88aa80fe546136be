"""The table of sources behind a report: whole, with places and quotes, and no part of the report."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from word_ooxml import Docx, path, text_of, w
from word_samples import fact, long_report, said, short_report

from nigao.checks.context import CheckContext
from nigao.checks.running import run_checks
from nigao.manuscript import Manuscript
from nigao.report.kinds import load_kind
from nigao.report.model import Citation, Report, Sentence
from nigao.report.render import render_text
from nigao.word import CitationStyle, WordOptions, docx_bytes
from nigao.word.sources import SOURCES_HEADING, source_entries, with_source_table, without_sources

KIND = load_kind("political-ecology")


def written(report: Report, style: CitationStyle = CitationStyle.APPENDIX) -> Docx:
    return Docx.read(docx_bytes(report, WordOptions(citations=style)))


def cells(document: Docx) -> list[list[str]]:
    (table,) = document.body.findall(w("tbl"))
    return [[text_of(cell) for cell in row.iter(w("tc"))] for row in table.iter(w("tr"))]


def test_the_table_begins_a_page_under_its_heading() -> None:
    document = written(short_report())
    heading = document.paragraph(SOURCES_HEADING)
    assert text_of(heading) == SOURCES_HEADING
    assert document.style_name(heading) == "出处附录标题"
    styles = {s.find(w("name")).get(w("val")): s for s in document.xml("word/styles.xml").iter(w("style"))}
    assert styles["出处附录标题"].find(path("pPr", "pageBreakBefore")) is not None
    assert heading.getnext().tag == w("tbl")
    assert heading.getnext().find(path("tr", "trPr", "tblHeader")) is not None


def test_a_row_says_place_sentence_source_and_quote() -> None:
    rows = cells(written(short_report()))
    assert rows[0] == ["序号", "句子", "依据", "原文"]
    assert rows[1] == [
        "1",
        "〔第一部分第1句〕" + short_report().parts[0].lead[0].text,
        "要求单事实：内设科室、在职人数",
        "",
    ]
    assert rows[2][1].startswith("〔第二部分第1句〕")
    assert rows[2][2:] == ["《云岭市政务服务局工作规则》第三章第十二条", "重大事项由局党组会议集体讨论决定。"]
    # The second passage of the same sentence goes on in the sentence's row.
    assert rows[3] == ["", "", "《2025年工作总结》二（一）第2段", ""]
    merged = written(short_report()).body.find(w("tbl")).findall(path("tr", "tc", "tcPr", "vMerge"))
    assert [mark.get(w("val")) for mark in merged] == ["restart", "restart", None, None]


@pytest.mark.parametrize("report", [short_report(), long_report()], ids=["short", "long"])
def test_every_sentence_with_evidence_is_in_it_once_and_the_text_has_no_mark(report: Report) -> None:
    cited = [s.text for s in report.sentences() if s.citations or s.facts]
    assert [entry.text for entry in source_entries(report)] == cited
    with_table, plain = written(report), written(report, CitationStyle.NONE)
    texts = [text_of(p) for p in with_table.body.findall(w("p"))]
    assert texts[: texts.index(SOURCES_HEADING)] == [text_of(p) for p in plain.body.findall(w("p"))]


def test_a_model_is_named_and_what_xml_forbids_is_left_out() -> None:
    odd = Citation(passage_id="p", document_id="d", title="规则\x01<b>", quote="第\x0b一条\n&第二条")
    sentence = Sentence(text="甲\x00乙<&>。", citations=[odd], worded_by="模型甲")
    rows = cells(written(Report(kind=KIND.key, opening=[sentence, fact("丙。", "人数")])))
    assert rows[1] == ["1", "〔开头第1句〕甲乙<&>。", "《规则<b>》", "第一条&第二条"]
    assert rows[2][2] == "措辞：模型 模型甲 改写，签发前请对照依据核定"


def test_without_evidence_there_is_no_table() -> None:
    bare = Report(kind=KIND.key, title=said("情况报告"), opening=[Sentence(text="报告如下。")])
    assert docx_bytes(bare, WordOptions(citations=CitationStyle.APPENDIX)) == docx_bytes(
        bare, WordOptions(citations=CitationStyle.NONE)
    )


def test_a_file_without_the_table_is_the_file_it_was() -> None:
    plain = docx_bytes(short_report(), WordOptions(citations=CitationStyle.NONE))
    assert without_sources(plain) is plain
    again = Docx.read(without_sources(with_source_table(plain, short_report())))
    assert again.members["word/document.xml"] == Docx.read(plain).members["word/document.xml"]


def test_a_check_sees_the_same_as_with_comments(tmp_path: Path) -> None:
    found, texts = [], []
    for style in (CitationStyle.COMMENTS, CitationStyle.APPENDIX, CitationStyle.ENDNOTES):
        file = tmp_path / f"{style}.docx"
        file.write_bytes(docx_bytes(long_report(), WordOptions(citations=style)))
        read = Manuscript.open(file, KIND)
        texts.append(render_text(read.report))
        context = CheckContext(kind=KIND, on=dt.date(2026, 1, 8), layout=read.layout)
        found.append(run_checks(read.report, context))
    assert SOURCES_HEADING not in texts[0]
    assert texts[1] == texts[0] == texts[2]
    assert found[1] == found[0]
