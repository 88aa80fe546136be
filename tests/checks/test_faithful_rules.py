"""G211–G214, G201 in context, G221 and S111: a sentence says what its quotation says, and of whom it says it."""

from __future__ import annotations

import pytest
from checking import BRIEF, KIND, MemoryEvidence, cites, findings, material, report_with, whole_report

from nigao import Assistant, Brief
from nigao.checks.finding import Severity
from nigao.report.model import Item, Origin, Part, Report, Sentence
from nigao.reportfile import parse_text

NEW = ("G201", "G211", "G212", "G213", "G214", "G221", "S111")
PLAN = "我中心计划组织开放目录培训3次，有条件的科室可以开展轮训。"


def quoting(text: str, quote: str, document_id: str = "a") -> Sentence:
    return Sentence(text=text, origin=Origin.SOURCE, citations=[cites(document_id, "甲", quote=quote)])


def doings(*sentences: Sentence) -> Report:
    heading = Sentence(text="政治生态主要特征", origin=Origin.CONNECTIVE)
    part = Part(
        key="features", ordinal="二、", heading=heading, items=[Item(ordinal="（一）", sentences=list(sentences))]
    )
    return Report(kind=KIND.key, parts=[part])


def codes(report: Report, *select: str, evidence: MemoryEvidence | None = None) -> list[str]:
    return [finding.code for finding in findings(report, *select, evidence=evidence)]


# G211


@pytest.mark.parametrize(
    ("title", "issuer", "text", "quote", "expected"),
    [
        ("工作总结", "云汀市图书馆", "全年开展培训16次。", "全年开展培训16次。", ["G211"]),
        # Another's 我馆 rewritten as ours does not make it ours.
        ("工作总结", "云汀市图书馆", "市档案中心开展培训16次。", "我馆开展培训16次。", ["G211"]),
        ("工作总结", "云汀市图书馆", "市档案中心协助培训1次。", "市档案中心协助培训1次。", []),
        ("工作总结", "云汀市档案服务中心", "全年开展培训16次。", "全年开展培训16次。", []),
        ("工作总结", "中心党支部", "全年开展培训16次。", "全年开展培训16次。", []),
        ("工作总结", "", "全年开展培训16次。", "全年开展培训16次。", []),
        ("关于巡察市档案中心的反馈意见", "云汀市委巡察办", "学习抓得紧。", "学习抓得紧。", []),
    ],
)
def test_another_units_doings_are_not_ours(title: str, issuer: str, text: str, quote: str, expected: list[str]) -> None:
    evidence = MemoryEvidence([(material("a", title, issuer=issuer), quote)])
    report = doings(quoting(text, quote))
    assert codes(report, "G211", evidence=evidence) == expected
    assert findings(report, "G211", evidence=evidence, brief=None) == []
    assert codes(report_with(quoting(text, quote)), "G211", evidence=evidence) == []


# G212


@pytest.mark.parametrize(
    "text",
    [
        PLAN,
        PLAN.replace("我中心", "市档案中心"),
        PLAN.replace("我中心", "云汀市档案服务中心"),
        "有条件的科室可以开展轮训。",
        PLAN.rstrip("。") + "；",
    ],
)
def test_the_quotations_wording_is_silent(text: str) -> None:
    assert codes(report_with(quoting(text, PLAN)), "G212", "G213") == []


def test_joined_quotations_are_the_wording() -> None:
    both = Sentence(
        text="召开会议12次，印发纪要6期。",
        origin=Origin.SOURCE,
        citations=[cites("a", "甲", quote="召开会议12次，"), cites("b", "乙", quote="印发纪要6期。")],
    )
    assert codes(report_with(both), "G212") == []


def test_the_year_of_the_title_may_be_said() -> None:
    quote = "今年召开会议12次，我支部全年开展活动9次。"
    said = "2025年召开会议12次，市档案中心支部2025年全年开展活动9次。"
    sentence = Sentence(text=said, origin=Origin.SOURCE, citations=[cites("a", "2025年工作总结", quote=quote)])
    assert codes(report_with(sentence), "G212") == []
    sentence.text = said.replace("2025年", "2024年")
    assert codes(report_with(sentence), "G212") == ["G212"]


def test_other_wording_warns_and_shows_the_quotation() -> None:
    report = report_with(quoting("群众满意度大幅提升。", "群众满意度有所提升。"))
    (finding,) = findings(report, "G212")
    assert (finding.severity, finding.text) == (Severity.WARNING, "大幅")
    assert finding.message == "所引原文中没有“大幅”"
    assert "删去“大幅”" in finding.suggestion
    assert finding.evidence == ["群众满意度有所提升。"]


def test_every_added_word_is_listed_and_marked_from_first_to_last() -> None:
    quote = "全年开展廉政谈话37人次。"
    (finding,) = findings(report_with(quoting("全面加强廉政谈话，全年开展37人次，成效显著。", quote)), "G212")
    assert finding.message == "所引原文中没有“全面加强”“成效显著”"
    assert finding.text == "全面加强廉政谈话，全年开展37人次，成效显著"


def test_a_rewording_of_nothing_but_the_sources_words_is_only_noted() -> None:
    quote = "对照岗位职责排查廉政风险点21个，制定防控措施26条。"
    said = "通过对照岗位职责，共排查廉政风险点21个，并制定防控措施26条。"
    (finding,) = findings(report_with(quoting(said, quote)), "G212")
    assert (finding.severity, finding.message) == (Severity.INFO, "已改写，用词均见于原文")


def test_figures_in_another_order_are_no_mere_note() -> None:
    quote = "制定防控措施26条，排查廉政风险点21个。"
    (finding,) = findings(report_with(quoting("排查廉政风险点21个，并制定防控措施26条。", quote)), "G212")
    assert finding.severity is Severity.WARNING
    assert "21个" in finding.message


def test_only_headings_of_the_kinds_pattern_may_differ_from_their_source() -> None:
    theme = KIND.themes[0]
    report = doings(Sentence(text="有关工作。", origin=Origin.HUMAN))
    item = report.parts[0].items[0]
    item.heading = quoting(theme.heading.format(term="第一议题"), "落实“第一议题”制度。")
    assert codes(report, "G212") == []
    item.heading = quoting("各项工作走在全市前列，聚焦“第一议题”成效卓著。", "落实“第一议题”制度。")
    assert codes(report, "G212") == ["G212"]


# G213


@pytest.mark.parametrize(
    ("text", "quote", "wrong"),
    [
        ("已组织开放目录培训3次。", "计划组织开放目录培训3次。", True),
        ("组织了开放目录培训3次。", "计划组织开放目录培训3次。", True),
        ("已于6月完成库房改造。", "拟于6月完成库房改造。", True),
        ("方案已印发，库房改造已完成。", "方案已印发，下一步将继续推进库房改造。", True),
        ("拟于6月底前完成库房改造。", "拟于6月完成库房改造。", False),
        ("已完成库房改造。", "库房改造已完成，下一步将继续推进数字化。", False),
        ("有条件的科室应当开展轮训。", "有条件的科室可以开展轮训。", True),
        ("必须参加社会实践活动。", "鼓励参加社会实践活动。", True),
        ("有条件的科室可以轮训，轮训应当登记。", "有条件的科室可以轮训，轮训应当及时登记。", False),
        ("建成信息发布审核台账。", "力争明年建成信息发布审核台账。", True),
        ("全年办结率达到99%。", "力争全年办结率达到99%。", True),
        ("年底前完成了库房改造。", "预计年底前完成库房改造。", True),
        ("数字档案室建设取得实效。", "正在推进数字档案室建设。", True),
        ("已建成统一的信息发布审核台账。", "拟在2026年建设统一的信息发布审核台账。", True),
        # The words alone are the source's, but its 拟 was cut off.
        ("建设统一的信息发布审核台账。", "拟建设统一的信息发布审核台账。", True),
        ("整改方案已于9月30日前报送。", "整改方案应当于9月30日前报送。", True),
        ("打通了部门之间的材料共享。", "建议打通部门之间的材料共享。", True),
        ("会议必须每季度召开一次。", "会议原则上每季度召开一次。", True),
        ("要求党员一律参加志愿服务。", "鼓励党员参加志愿服务。", True),
        ("党员可以参加组织生活。", "党员应当参加组织生活。", True),
        ("全部科室完成了整改。", "部分科室完成了整改。", True),
        ("问题全面整改到位。", "问题基本整改到位。", True),
        ("群众满意度大幅提升。", "群众满意度有所提升。", True),
        ("服务能力显著增强。", "服务能力初步增强。", True),
        ("窗口普遍业务不熟。", "个别窗口业务不熟。", True),
        ("已新建台账两本，全部登记到位。", "拟新建台账两本，已新建台账两本，全部登记到位。", False),
        ("少数科室完成了整改。", "部分科室完成了整改。", False),
        ("计划于2026年建设统一的审核台账。", "拟在2026年建设统一的审核台账。", False),
    ],
)
def test_state_and_degree_stay_as_quoted(text: str, quote: str, wrong: bool) -> None:
    found = findings(report_with(quoting(text, quote)), "G213")
    assert [f.severity for f in found] == ([Severity.ERROR] if wrong else [])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("问题整改到位，台账齐全。", "问题基本整改到位，台账齐全。"),
        ("党组会议每月召开一次。", "党组会议应当每月召开一次。"),
        ("继续聘请社会监督员参与评价。", "拟对指南全面修订，继续聘请社会监督员参与评价。"),
    ],
)
def test_what_condensing_may_leave_out_is_for_a_person(text: str, quote: str) -> None:
    assert [f.severity for f in findings(report_with(quoting(text, quote)), "G213")] == [Severity.WARNING]


def test_a_measure_may_be_told_without_the_sources_plan_word() -> None:
    heading = Sentence(text="整改方向", origin=Origin.CONNECTIVE)
    said = quoting("建立学习成果转化清单。", "拟建立学习成果转化清单。")
    report = Report(kind=KIND.key, parts=[Part(key="measures", ordinal="四、", heading=heading, lead=[said])])
    assert codes(report, "G213") == []
    said.text = "已建立学习成果转化清单。"
    assert codes(report, "G213") == ["G213"]


def test_what_a_plan_means_to_do_is_not_told_as_done_though_no_clause_says_so() -> None:
    """Under 下一步措施 no sentence says 拟; nor need it in the part that tells what is to be done."""
    for title, expected in (("2026年工作计划", ["G213"]), ("2025年工作总结", [])):
        evidence = MemoryEvidence([(material("a", title), "增设一个综合窗口，实行延时服务。")])
        said = Sentence(text="已增设一个综合窗口，实行延时服务。", origin=Origin.SOURCE, citations=[cites("a", title)])
        assert codes(report_with(said), "G213", evidence=evidence) == expected


# G201 in context


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全年开展廉政谈话46人次。", False),
        ("开展廉政谈话共46人次。", False),
        ("46人次参加廉政谈话。", False),
        ("46人次。", False),
        ("全年接待群众46人次。", True),
        ("全年培训46人次。", True),
        ("召开会议12次。", True),
    ],
)
def test_a_figure_must_count_the_same_thing(text: str, wrong: bool) -> None:
    quote = "全年组织业务培训12次，开展廉政谈话46人次。"
    evidence = MemoryEvidence([(material("a", "甲"), quote)])
    assert codes(report_with(quoting(text, quote)), "G201", evidence=evidence) == (["G201"] if wrong else [])


# G214


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("2025年，市档案中心围绕政治建设、作风建设等方面开展工作，有关情况如下。", True),
        ("对照有关要求，市档案中心工作中还存在以下问题。", True),
        ("理论学习抓在经常。", True),
        ("【待补：党员人数】。", True),
        ("市档案中心各项工作走在全市前列，群众高度评价。", False),
        ("2025年，市档案中心围绕成效显著、群众满意等方面开展工作，有关情况如下。", False),
        ("2024年，市档案中心围绕政治建设等方面开展工作，有关情况如下。", False),
    ],
)
def test_a_connective_is_one_of_the_kinds_own(text: str, silent: bool) -> None:
    for origin, facts in ((Origin.CONNECTIVE, []), (Origin.FACT, ["报告期间"])):
        report = report_with(Sentence(text=text, origin=origin, facts=list(facts)))
        assert codes(report, "G214") == ([] if silent else ["G214"])
    assert codes(report_with(Sentence(text=text, origin=Origin.HUMAN)), "G214") == []


def test_sentence_on_a_real_fact_is_no_connective() -> None:
    report = report_with(Sentence(text="核定编制12名。", origin=Origin.FACT, facts=["编制数"]))
    assert codes(report, "G214") == []


# S111


def test_a_problem_needs_a_ground() -> None:
    report = whole_report()
    problems = report.part("problems")
    assert problems is not None
    assert codes(report, "S111") == []
    filler = Sentence(text="组织生活质量还不够高。", origin=Origin.CONNECTIVE)
    problems.items[1] = Item(ordinal="二是", heading=filler)
    (finding,) = findings(report, "S111")
    assert (finding.severity, finding.text) == (Severity.ERROR, filler.text)
    problems.items[1].sentences = [Sentence(text="【待补：存在的问题】。", origin=Origin.CONNECTIVE)]
    assert codes(report, "S111") == []


# Parsed texts: G209, G220, G221

APPROVED = MemoryEvidence(
    [
        (material("a", "2025年工作总结", issuer="云汀市档案服务中心"), "落实“三会一课”制度，全年接待查档群众312人次。"),
        (
            material("b", "制度汇编", issuer="云汀市档案服务中心"),
            "印发《档案开放利用工作管理办法》，开展“双随机、一公开”检查。",
        ),
        (material("c", "图书馆总结", issuer="云汀市图书馆"), "全年接待查档群众999人次。"),
    ]
)


def typed(body: str) -> Report:
    return parse_text(f"云汀市档案服务中心关于2025年情况的报告\n现将有关情况报告如下。\n一、基本情况\n{body}\n", KIND)


@pytest.mark.parametrize(
    ("written", "approved", "title"),
    [
        ("“三会两课”", "“三会一课”", "2025年工作总结"),
        ("“双随机一公开”", "“双随机、一公开”", "制度汇编"),
        ("《档案开放利用工作办法》", "《档案开放利用工作管理办法》", "制度汇编"),
    ],
)
def test_near_miss_names_the_approved_wording(written: str, approved: str, title: str) -> None:
    (finding,) = findings(typed(f"按要求落实{written}。"), "G220", "G221", evidence=APPROVED)
    assert (finding.code, finding.severity, finding.text) == ("G221", Severity.WARNING, written)
    assert approved in finding.message
    assert f"《{title}》" in finding.message


@pytest.mark.parametrize("written", ["“三会一课”", "“首问负责制”", "《档案馆库房管理办法》"])
def test_what_is_right_or_plainly_different_is_no_near_miss(written: str) -> None:
    assert codes(typed(f"按要求落实{written}。"), "G221", evidence=APPROVED) == []


def test_typed_figure_that_the_material_contradicts() -> None:
    (finding,) = findings(typed("全年接待查档群众321人次。"), "G209", evidence=APPROVED)
    assert (finding.severity, finding.text) == (Severity.WARNING, "321人次")
    assert "312人次" in finding.message
    assert "图书馆" not in finding.message
    assert findings(typed("全年接待查档群众321人次。"), "G209", evidence=APPROVED, brief=None)
    assert codes(typed("全年接待查档群众312人次。"), "G209", evidence=APPROVED) == []


def test_documents_of_two_units_do_not_dispute() -> None:
    evidence = MemoryEvidence(
        [
            (material("a", "2025年总结", issuer="云汀市档案服务中心"), "全年接待查档群众312人次。"),
            (material("b", "2025年情况", issuer="云汀市图书馆"), "全年接待查档群众321人次。"),
        ]
    )
    said = quoting("全年接待查档群众312人次。", "全年接待查档群众312人次。")
    other = quoting("情况良好。", "", "b")
    for brief in (BRIEF, None):
        assert findings(report_with(said, other), "G209", "G210", evidence=evidence, brief=brief) == []
    evidence.documents["b"] = material("b", "2025年情况", issuer="中心办公室")
    assert codes(report_with(said, other), "G209", evidence=evidence) == ["G209"]


def test_frame_and_the_briefs_own_words_are_not_listed() -> None:
    text = (
        "关于“清风行动”情况的报告\n市委第二巡察组：\n根据“清风行动”要求，现将2025年5月以来情况报告如下。\n"
        "一、基本情况\n核定编制12名，报市委第二巡察组。另有3个窗口。\n云汀市档案服务中心\n2025年12月9日\n"
    )
    found = findings(parse_text(text, KIND), "G220", evidence=APPROVED)
    assert [finding.text for finding in found] == ["3个"]


def test_invalid_citation_is_named_by_the_documents_own_title() -> None:
    evidence = MemoryEvidence([(material("a", "旧办法", superseded_by="b"), "召开会议12次。")])
    (finding,) = findings(report_with(quoting("召开会议12次。", "召开会议12次。")), "G207", evidence=evidence)
    assert "《旧办法》" in finding.message


# The composer's own drafts


@pytest.mark.parametrize("bare", [False, True], ids=["whole brief", "unit only"])
def test_drafts_over_the_sample_corpus_are_faithful(sample_assistant: Assistant, bare: bool) -> None:
    assert sample_assistant.settings is not None
    brief = Brief.load(sample_assistant.settings.root / "brief.yaml")
    brief = Brief(unit=brief.unit) if bare else brief
    draft = sample_assistant.draft(brief)
    assert [f"{f.code} {f.text} {f.message}" for f in draft.findings if f.code in NEW] == []
    alone = sample_assistant.check(draft.report, select=NEW)
    assert [f"{f.code} {f.text} {f.message}" for f in alone] == []


def test_the_users_report_raises_no_false_near_miss(sample_assistant: Assistant, seed_text: str) -> None:
    report = sample_assistant.parse(seed_text)
    assert sample_assistant.check(report, select=["G209", "G221"]) == []
