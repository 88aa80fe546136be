"""Report files as they are handed in: places are found in the file itself, and only what was marked is mended."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao import Assistant
from nigao.checker import Checker
from nigao.manuscript import Manuscript, mend
from nigao.manuscript.places import UNKNOWN, positions
from nigao.manuscript.wordfile import annotate_docx
from nigao.report.brief import Brief
from nigao.report.kinds import Kind
from nigao.word.comments import read_waiver_comments

LINES = ["关于工作情况的报告", "现将有关情况报告如下。", "一、基本情况", "核定编制12名,内设3个科室。"]


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    """A plain docx whose slip stands across two runs."""
    document = docx.Document()
    for line in LINES[:-1]:
        document.add_paragraph(line)
    last = document.add_paragraph("核定编制")
    last.add_run("12名,内").bold = True
    last.add_run("设3个科室。")
    document.save(str(tmp_path / "甲.docx"))
    return tmp_path / "甲.docx"


def test_words_and_layout_of_a_docx_are_mended(word_file: Path, kind: Kind) -> None:
    checker = Checker()
    manuscript = checker.open_file(word_file)
    found = checker.check(manuscript, select=["T", "L"])
    assert {finding.code[0] for finding in found} == {"T", "L"}
    mended = mend(manuscript, found)
    assert [finding.text for finding in mended.applied] == [","]
    assert mended.layout
    again = manuscript.holding(mended.data, kind)
    assert mended.after.splitlines()[-1] == "核定编制12名，内设3个科室。"
    assert {finding.code for finding in checker.check(again, select=["T", "L"])} == set()


def test_findings_become_comments_on_their_words(word_file: Path, kind: Kind) -> None:
    checker = Checker()
    manuscript = checker.open_file(word_file)
    found = checker.check(manuscript, select=["T"])
    data, count = annotate_docx(manuscript, found)
    assert count == len(found) == 1
    annotated = manuscript.holding(data, kind)
    assert annotated.report == manuscript.report
    word_file.with_name("乙.docx").write_bytes(data)
    (comment,) = docx.Document(str(word_file.with_name("乙.docx"))).comments
    assert found[0].code in comment.text
    assert found[0].message in comment.text


@pytest.mark.parametrize("words", ["忽略 T501：照录原文", "全文忽略 T：照录原文"])
def test_a_word_comment_waives(words: str, word_file: Path) -> None:
    document = docx.Document(str(word_file))
    document.add_comment(document.paragraphs[3].runs, text=words, author="李敏")
    document.save(str(word_file))
    assert len(read_waiver_comments(word_file.read_bytes())) == 1
    checker = Checker()
    result = checker.review(checker.open_file(word_file), select=["T501"])
    assert result.findings == []
    assert [(waived.reason, waived.by) for waived in result.waived] == [("照录原文", "李敏")]


def test_our_own_docx_has_no_layout_finding(workspace: Path, tmp_path: Path) -> None:
    with Assistant.open(workspace, embeddings=False) as assistant:
        draft = assistant.draft(Brief.load(workspace / "brief.yaml"))
        draft.save(tmp_path / "报告.docx")
        manuscript = assistant.checker.open_file(tmp_path / "报告.docx")
        assert assistant.checker.check(manuscript, select=["L"]) == []
        # Without the brief the report's own words say whose it is (以下简称).
        assert [found.message for found in assistant.checker.check(manuscript, select=["G239"])] == []


def test_markdown_waivers_are_read(tmp_path: Path, kind: Kind) -> None:
    path = tmp_path / "甲.md"
    path.write_text("## 一、基本情况\n\n**核定编制**XX名。<!-- nigao 忽略 P302：待批复 -->\n", encoding="utf-8")
    result = Checker().review(Manuscript.open(path, kind), select=["P302"])
    assert (result.findings, len(result.waived)) == ([], 1)


@given(st.text(alphabet="甲乙，。\n", max_size=30), st.sampled_from(["", "# ", "**", "> "]))
def test_every_character_is_found_where_it_stands(words: str, mark: str) -> None:
    raw = "\n".join(mark + line for line in words.split("\n"))
    places = positions(words, raw)
    assert len(places) == len(words) + 1
    for char, place in zip(words, places, strict=False):
        assert char == "\n" or (place != UNKNOWN and raw[place] == char)


def test_a_line_that_is_not_there_stays_unknown() -> None:
    assert positions("甲：乙\n丙", "| 甲 | 乙 |\n丙")[:3] == [UNKNOWN] * 3
    assert positions("甲：乙\n丙", "| 甲 | 乙 |\n丙")[4] == len("| 甲 | 乙 |\n")
