"""T: what the rules say of a whole report — severities, safe fixes, and silence on clean text."""

from __future__ import annotations

from pathlib import Path

import pytest
from checking import KIND, TODAY, findings

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.running import run_checks
from nigao.reportfile import parse_text

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_FAMILIES = ("T50", "T51", "T52", "T53", "C4")
# False alarms and true findings together; the project's bound for false alarms alone is 0.5.
_MOST_PER_10K = 1.2


def check(text: str, *select: str) -> list[tuple[str, Severity, str]]:
    report = parse_text(text, KIND)
    return [(f.code, f.severity, f.text) for f in findings(report, *select, brief=None)]


def test_a_mark_is_placed_in_the_report() -> None:
    text = "报告\n现报告如下。\n一、基本情况\n内设科室三个,编制十二名。\n"
    (finding,) = findings(parse_text(text, KIND), "T501")
    assert (finding.line, finding.column, finding.text, finding.part) == (4, 7, ",", "basics")
    assert finding.fix is not None
    assert (finding.fix.text, finding.fix.safe) == ("，", True)


def test_marks_between_quoted_terms_are_a_note_unless_the_text_is_of_two_minds() -> None:
    always = "一、基本情况\n开展“甲乙”、“丙丁”活动，落实“戊己”、“庚辛”。"
    assert check(always, "T509") == [("T509", Severity.INFO, "、")]
    both = "一、基本情况\n开展“甲乙”、“丙丁”活动，落实“戊己”“庚辛”。"
    assert check(both, "T509") == [("T509", Severity.WARNING, "、")]


def test_a_lone_line_may_be_cut_from_a_quotation() -> None:
    assert check("会议指出：“要把查档服务做实。", "T503") == []
    assert check("会议指出：“要把查档服务做实。\n会议要求落实。", "T503") == [("T503", Severity.WARNING, "“")]
    assert check("印发《查阅办法，明确程序。", "T503") == [("T503", Severity.WARNING, "《")]


def test_only_the_headings_that_the_kind_knows_are_told_of_their_end() -> None:
    assert [code for code, _, _ in check("一、基本情况。\n内设科室三个。", "T513")] == ["T513"]
    assert check("一、本办法由市档案局负责解释。\n二、本办法自印发之日起施行。", "T513") == []
    assert check("一、基本情况：内设科室三个。", "T513") == []


def test_blanks_are_not_typography() -> None:
    text = "一、基本情况\n核定编制【待补：编制数,含工勤】名，内设{{科室数}}个科室。"
    assert check(text, "T") == []


@pytest.mark.parametrize("name", ["official", "rmrb"])
def test_clean_text_stays_almost_silent(name: str) -> None:
    """Marks between quoted terms (T509) apart: the standard only says 通常, and the sets are older than it."""
    texts = _official() if name == "official" else _newspaper()
    context = CheckContext(KIND, TODAY)
    told = [
        finding
        for text in texts
        for finding in run_checks(parse_text(text, KIND), context, select=_FAMILIES, ignore=["T509"])
    ]
    assert len(told) * 10_000 / sum(map(len, texts)) <= _MOST_PER_10K


def _official() -> list[str]:
    files = sorted((DATA / "official").glob("*.txt"))
    if not files:
        pytest.skip("../shared/data/official is not here: false alarms cannot be counted")
    return [file.read_text(encoding="utf-8") for file in files]


def _newspaper() -> list[str]:
    file = DATA / "proofreading" / "clean_rmrb_4636.tsv"
    if not file.is_file():
        pytest.skip("../shared/data/proofreading is not here: false alarms cannot be counted")
    return sorted({line.split("\t")[0] for line in file.read_text(encoding="utf-8").splitlines()})
