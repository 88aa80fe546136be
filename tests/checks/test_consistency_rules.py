"""C: the report held against itself, and what the corpus adds to that."""

from __future__ import annotations

from checking import BRIEF, KIND, MemoryEvidence, findings, material

from nigao.checks.finding import Finding, Severity
from nigao.reportfile import parse_text

_BOTH = "一、基本情况\n接受市委巡查。\n配合巡察工作。"


def check(text: str, *select: str, evidence: MemoryEvidence | None = None) -> list[Finding]:
    return findings(parse_text(text, KIND), *select, evidence=evidence, brief=None)


def approved(text: str) -> MemoryEvidence:
    return MemoryEvidence([(material("own", "2025年总结"), text)])


def test_a_slogan_in_two_forms_shows_both_places() -> None:
    text = "一、基本情况\n开展“护档案、保安全”活动。\n总结“护档案，保安全”活动成效。"
    (finding,) = check(text, "C402")
    assert (finding.line, finding.text) == (3, "“护档案，保安全”")
    assert finding.evidence == ["开展“护档案、保安全”活动。"]
    assert finding.fix is not None
    assert (finding.fix.text, finding.fix.safe) == ("“护档案、保安全”", False)


def test_a_member_less_and_a_longer_title_are_notes() -> None:
    text = "一、基本情况\n落实“学制度、查隐患、促整改”。\n推进“学制度、促整改”。"
    assert [(f.code, f.severity) for f in check(text, "C402", "C403")] == [("C403", Severity.INFO)]


def test_the_corpus_decides_between_two_spellings() -> None:
    assert [f.severity for f in check(_BOTH, "C405")] == [Severity.INFO]
    (finding,) = check(_BOTH, "C405", evidence=approved("配合市委巡察组工作。"))
    assert finding.severity is Severity.WARNING
    assert "“巡察”" in finding.suggestion
    assert check(_BOTH, "C405", evidence=approved("巡察前开展日常巡查。")) == []


def test_headings_and_bracketed_lines_may_repeat() -> None:
    line = "（由市档案局、市财政局按照职责分工负责）"
    assert check(f"一、基本情况\n接收档案三批。{line}\n移交档案两批。{line}", "C401") == []


def test_the_short_name_waits_for_the_full_one() -> None:
    text = "一、基本情况\n市档案中心内设三个科室。\n云汀市档案服务中心核定编制十二名。"
    (finding,) = findings(parse_text(text, KIND), "C411", brief=BRIEF)
    assert (finding.line, finding.text) == (2, "市档案中心")
    turned = "一、基本情况\n云汀市档案服务中心核定编制十二名。\n市档案中心内设三个科室。"
    assert findings(parse_text(turned, KIND), "C411", brief=BRIEF) == []


def test_the_users_report_has_its_own_inconsistencies(seed_text: str) -> None:
    """One slogan in two forms, one word in two spellings, two names of one list, and brackets of the wrong width."""
    found = check(seed_text, "C4", "T50", "T51", "T52", "T53")
    assert sorted(f.code for f in found) == ["C402", "C403", "C405", "T501"]
    assert all(f.evidence for f in found if f.code[0] == "C")
