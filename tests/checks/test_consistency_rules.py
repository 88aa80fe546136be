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


def test_the_corpus_turns_a_pair_round() -> None:
    text = "一、基本情况\n落实“学制度、查隐患、促整改”。\n推进“学制度、促整改”。"
    (finding,) = check(text, "C403", evidence=approved("开展“学制度、促整改”活动。"))
    assert (finding.text, finding.severity) == ("“学制度、查隐患、促整改”", Severity.WARNING)
    both = approved("开展“学制度、促整改”活动。\n巩固“学制度、查隐患、促整改”成果。")
    assert check(text, "C403", evidence=both) == []


def test_a_member_less_once_among_many_is_a_warning() -> None:
    text = "一、基本情况\n“学制度、查隐患、促整改”。\n落实“学制度、查隐患、促整改”。\n推进“学制度、促整改”。"
    assert [(f.text, f.severity) for f in check(text, "C403")] == [("“学制度、促整改”", Severity.WARNING)]


def test_the_rarer_spelling_is_mended_and_of_equals_none() -> None:
    (finding,) = check("一、基本情况\n足额缴纳保证金。\n再次缴纳保证金。\n限期交纳保证金。", "C405")
    assert finding.fix is not None
    assert (finding.text, finding.fix.text, finding.fix.safe) == ("交纳", "缴纳", False)
    even = "一、基本情况\n足额缴纳保证金。\n限期交纳保证金。"
    (finding,) = check(even, "C405")
    assert (finding.fix, finding.evidence) == (None, ["足额缴纳保证金。"])
    (finding,) = check(even, "C405", evidence=approved("限期交纳保证金。"))
    assert finding.fix is not None
    assert (finding.text, finding.fix.text) == ("缴纳", "交纳")


def test_two_words_are_told_apart_unless_the_corpus_has_but_one() -> None:
    text = "一、基本情况\n制定三项制度。\n抓紧制定办法。\n制订学习要点。"
    assert check(text, "C405") == []
    assert [f.severity for f in check(text, "C405", evidence=approved("制定制度。"))] == [Severity.INFO]


def test_one_numeral_in_another_style_is_a_warning_with_a_proposal() -> None:
    (finding,) = check("一、基本情况\n2023年启动，2024年清点，2026年验收，二〇二五年开放。", "C407")
    assert finding.fix is not None
    assert (finding.severity, finding.fix.text, finding.fix.safe) == (Severity.WARNING, "2025年", False)
    assert [f.severity for f in check("一、基本情况\n管理人员十八人、技术人员11人。", "C408")] == [Severity.WARNING]


_SHORT_ONLY = "一、基本情况\n云汀市档案服务中心承担查档。\n市档案中心设三个科室。市档案中心编制十二名。"


def test_a_short_name_of_the_brief_wants_an_introduction() -> None:
    (finding,) = findings(parse_text(_SHORT_ONLY, KIND), "C410", brief=BRIEF)
    assert (finding.line, finding.text, finding.severity) == (2, "云汀市档案服务中心", Severity.WARNING)
    assert finding.fix is not None
    assert finding.fix.text == "云汀市档案服务中心（以下简称“市档案中心”）"
    fixed = _SHORT_ONLY.replace(finding.text, finding.fix.text, 1)
    assert findings(parse_text(fixed, KIND), "C410", brief=BRIEF) == []


def test_a_short_name_made_of_the_name_in_the_title_is_a_note() -> None:
    text = (
        "云汀市档案服务中心关于政治生态情况的报告\n\n现报告如下。\n一、基本情况\n"
        "市档案中心设三个科室。市档案中心编制十二名。市档案中心承担查档。"
    )
    (finding,) = check(text, "C410")
    assert (finding.text, finding.severity, finding.fix) == ("市档案中心", Severity.INFO, None)


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
