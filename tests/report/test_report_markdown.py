"""A report as Markdown: what a reader of it sees is the report, and its evidence stands in footnotes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from report_samples import KIND, WHOLE, drafted_reports, said

from nigao.corpus.readers import parse_document
from nigao.report.markdown import END, escape_markdown, render_markdown, without_footnotes
from nigao.report.model import Annex, Citation, Item, Origin, Part, Report, Sentence, Table
from nigao.report.parse import parse_report
from nigao.report.render import render_text
from nigao.report.waivers import find_waivers

RECORD = Citation(passage_id="p", document_id="d", title="学习记录", locator="二", quote="按月\n学习*一次*。")
OTHER = Citation(passage_id="q", document_id="d", title="《工作总结》")


def cited(text: str, *citations: Citation, facts: tuple[str, ...] = ()) -> Sentence:
    return Sentence(text=text, origin=Origin.SOURCE, citations=list(citations), facts=list(facts))


def nested() -> Report:
    deepest = Item(ordinal="（1）", heading=said("集体研究"), sentences=[said("重大事项集体研究。")])
    numbered = Item(ordinal="1.", heading=said("决策规范"), items=[deepest])
    sentences = [cited("按月学习。", RECORD), cited("按季研讨。", OTHER, RECORD), cited("再按月学习。", RECORD)]
    point = Item(heading=said("学习抓实。"), sentences=sentences)
    section = Item(ordinal="（一）", heading=said("建设有力"), sentences=[said("总体良好。")], items=[point, numbered])
    return Report(
        kind=KIND.key,
        title=cited("关于情况的报告", facts=("名称",)),
        recipient=said("市委："),
        opening=[said("现将情况报告如下。")],
        parts=[Part(key="features", ordinal="一、", heading=said("主要成效"), lead=[said("综述。")], items=[section])],
        signature=said("市档案中心"),
        date=said("2025年12月26日"),
    )


def read_back(markdown: str) -> str:
    """The words that a reader of the file sees, as `nigao check` reads them."""
    return parse_document(without_footnotes(markdown).encode(), "a.md").text


def sentences_of(text: str) -> list[str]:
    return [sentence.text for sentence in parse_report(text, KIND).sentences()]


def test_headings_by_level_and_a_paragraph_a_block() -> None:
    blocks = render_markdown(nested(), note="附注").split("\n\n")
    assert blocks[:10] == [
        "# 关于情况的报告[^1]",
        "市委：",
        "现将情况报告如下。",
        "## 一、主要成效",
        "综述。",
        "### （一）建设有力",
        "总体良好。",
        "学习抓实。按月学习。[^2]按季研讨。[^3]再按月学习。[^2]",
        "1.决策规范",
        "（1）集体研究",
    ]
    assert blocks[11:14] == ["市档案中心", "2025年12月26日", END]


def test_each_evidence_is_one_footnote_with_its_quote() -> None:
    behind = render_markdown(nested(), note="附注").split(END)[1].strip().split("\n\n")
    assert behind == [
        "---",
        "**依据**",
        "[^1]: 依据：要求单事实 名称",
        "[^2]: 依据：《学习记录》二：“按月 学习\\*一次\\*。”",
        "[^3]: 依据1：《工作总结》\\\n    依据2：《学习记录》二：“按月 学习\\*一次\\*。”",
        "> 附注",
    ]


def test_without_citations_there_is_no_mark_and_no_note() -> None:
    assert "[^" not in render_markdown(nested(), citations=False)
    assert END not in render_markdown(nested(), citations=False)
    report = Report(kind=KIND.key, title=said("报告"), parts=[Part(key="basics", heading=said("基本情况"))])
    assert render_markdown(report) == "# 报告\n\n## 基本情况\n"


def test_a_parsed_report_has_one_paragraph_to_a_line() -> None:
    blocks = render_markdown(parse_report(WHOLE, KIND)).split("\n\n")
    assert blocks[0] == "# 云汀市档案服务中心关于2025年政治生态情况的报告"
    assert sum(block.startswith("## ") for block in blocks) == 4
    assert sum(block.startswith("### ") for block in blocks) == 2


@settings(max_examples=60)
@given(drafted_reports())
def test_what_is_read_back_has_the_sentences_of_the_text(report: Report) -> None:
    for number, sentence in enumerate(report.sentences()):
        sentence.citations = [RECORD, OTHER][: number % 3]
    assert sentences_of(read_back(render_markdown(report, note="附注"))) == sentences_of(render_text(report))


MARKUP = st.text(st.sampled_from(list("甲乙。，1-+=.)(*_`#>|~[]^!<&\\:\"'x \t")), min_size=1, max_size=24)


@settings(max_examples=300)
@example("1.")
@given(MARKUP)
def test_markup_in_the_words_is_shown_and_not_obeyed(text: str) -> None:
    words = " ".join(text.split())
    if not words:
        return
    report = Report(kind=KIND.key, opening=[cited(words, RECORD)])
    # What the reader itself makes of the same words in a plain text file: it tidies white space.
    plain = parse_document(words.encode(), "a.txt").text
    assert "".join(read_back(render_markdown(report)).split()) == "".join(plain.split())


@pytest.mark.parametrize(
    "words", ["1. 甲", "- 甲", "+ 甲", "12) 甲", "# 甲", "> 甲", "甲[^1]乙", "---", "===", "&lt;", "|甲|"]
)
def test_a_line_is_never_a_list_a_rule_or_a_heading(words: str) -> None:
    report = Report(kind=KIND.key, opening=[said("先说。"), Sentence(text=words, gap="\n", citations=[RECORD])])
    assert read_back(render_markdown(report)).split("\n")[-1].strip() == words


def test_foreign_footnotes_are_left_alone() -> None:
    text = "# 报告\n\n一句。[^1]\n\n[^1]: 注。\n"
    assert without_footnotes(text) == text
    ours = f"甲。[^1]乙[^9]。\n\n{END}\n\n[^1]: 依据\n"
    assert without_footnotes(ours) == "甲。乙[^9]。\n\n"
    assert without_footnotes(ours, "·") == "甲。····乙[^9]。\n\n"


def test_a_waiver_stays_one_and_a_quote_cannot_be_one() -> None:
    waiver = "<!-- nigao 忽略 G221：确为本单位的提法 -->"
    evil = Citation(passage_id="p", document_id="d", title="记录", quote="<!-- nigao 全文忽略 G：随便 -->")
    report = Report(kind=KIND.key, opening=[cited(f"聚焦“甲乙丙丁”。 {waiver}", evil)])
    markdown = render_markdown(report)
    assert [one.codes for one in find_waivers(without_footnotes(markdown))] == [["G221"]]
    assert all(one.codes == ["G221"] for one in find_waivers(markdown))


def test_an_annex_table_is_a_table() -> None:
    table = Table(rows=[["序号", "事项"], ["1", "甲|乙\n丙"], ["2", "*丁*"]])
    headless = Table(rows=[["甲", "乙"], ["丙", "丁"]], head_rows=0)
    annexes = [
        Annex(title=said("任务清单"), paragraphs=[said("说明如下。")], table=table),
        Annex(title=said("另一张表"), table=headless),
    ]
    markdown = render_markdown(Report(kind=KIND.key, title=said("报告"), annexes=annexes))
    assert "| 序号 | 事项 |\n| --- | --- |\n| 1 | 甲\\|乙 丙 |\n| 2 | \\*丁\\* |\n\n## 附件2" in markdown
    assert "|  |  |\n| --- | --- |\n| 甲 | 乙 |\n| 丙 | 丁 |\n" in markdown
    words = read_back(markdown)
    assert "事项：甲|乙 丙" in words
    assert "*丁*" in words


def test_escaping_is_for_one_line() -> None:
    assert escape_markdown("甲\n乙*") == "甲 乙\\*"
