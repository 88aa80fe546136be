"""S: a sound report is silent; each defect is found, and only it."""

from __future__ import annotations

import pytest
from checking import KIND, findings, whole_report

from nigao.checks.finding import Severity
from nigao.report.kinds import Kind
from nigao.report.model import Report, Sentence
from nigao.reportfile import parse_text


def codes(report: Report) -> list[str]:
    return [finding.code for finding in findings(report, "S")]


def part(report: Report, key: str):
    found = report.part(key)
    assert found is not None
    return found


def test_a_sound_report_is_silent() -> None:
    assert codes(whole_report()) == []


def test_missing_part() -> None:
    report = whole_report()
    report.parts = [p for p in report.parts if p.key != "features"]
    found = findings(report, "S101")
    assert [(f.code, f.part, f.severity) for f in found] == [("S101", "features", Severity.ERROR)]
    assert "政治生态主要特征" in found[0].message


def test_parts_out_of_order_and_twice() -> None:
    report = whole_report()
    report.parts[2], report.parts[3] = report.parts[3], report.parts[2]
    assert "S102" in codes(report)
    report = whole_report()
    report.parts.append(report.parts[0].model_copy(deep=True))
    assert any("重复" in finding.message for finding in findings(report, "S102"))


def test_count_of_subsections_is_an_error_and_a_range_only_a_warning() -> None:
    report = whole_report()
    part(report, "features").items.pop()
    assert [f.severity for f in findings(report, "S103")] == [Severity.ERROR]
    report = whole_report()
    part(report, "problems").items.pop()
    assert [f.severity for f in findings(report, "S103")] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("ordinals", "wrong"),
    [
        (["一是", "二是", "四是"], ["四是"]),
        (["一是", "三是", "四是"], ["三是"]),
        (["一是", "二是", "三是"], []),
        (["一是", "二是", "一是"], []),
    ],
)
def test_broken_enumeration(ordinals: list[str], wrong: list[str]) -> None:
    report = whole_report()
    for item, ordinal in zip(part(report, "problems").items, ordinals, strict=True):
        item.ordinal = ordinal
    found = findings(report, "S104")
    assert [next(o for o in ordinals if f"“{o}”不连续" in f.message) for f in found] == wrong


def test_numbering_that_runs_on_across_parts_is_somebodys_style(kind: Kind) -> None:
    text = (
        "标题\n引言如下。\n一、甲\n（一）其一。\n正文甲。\n（二）其二。\n正文乙。\n"
        "二、乙\n（三）其三。\n正文丙。\n（五）其五。\n正文丁。\n"
    )
    found = findings(parse_text(text, kind), "S104")
    assert len(found) == 1
    assert "（五）" in found[0].message


def test_empty_part_tells_the_facts_that_belong_there() -> None:
    report = whole_report()
    part(report, "basics").lead = []
    (finding,) = findings(report, "S105")
    assert "编制数" in finding.suggestion


def test_subsection_with_a_heading_only() -> None:
    report = whole_report()
    part(report, "features").items[0].items = []
    assert "S105" in codes(report)


def test_problem_without_a_measure_and_measure_without_a_problem() -> None:
    report = whole_report()
    part(report, "measures").items[1].addresses = [2]
    (finding,) = findings(report, "S106")
    assert finding.severity is Severity.ERROR
    assert finding.text == "年轻干部经验不足。"
    part(report, "measures").items[1].addresses = [2, 3, 9]
    assert any("9" in f.message for f in findings(report, "S107"))
    part(report, "measures").items[1].addresses = []
    assert [f.severity for f in findings(report, "S107")] == [Severity.WARNING]


def test_inferred_pairing_only_warns(seed_text: str, kind: Kind) -> None:
    found = findings(parse_text(seed_text, kind), "S106", brief=None)
    assert [f.severity for f in found] == [Severity.WARNING]
    assert "推断" in found[0].message


def test_heading_form_and_length() -> None:
    report = whole_report()
    part(report, "features").items[1].heading = Sentence(text="关于组织建设的几点情况。")
    assert [f.text for f in findings(report, "S108")] == ["关于组织建设的几点情况。"]
    part(report, "problems").items[0].sentences = [Sentence(text="太长了，" * 100 + "确实太长。")]
    assert [f.severity for f in findings(report, "S109")] == [Severity.INFO]


def test_missing_title_and_opening() -> None:
    report = whole_report()
    report.title, report.opening = None, []
    assert codes(report).count("S110") == 2
    report.opening = [Sentence(text="这里没有说明报告什么。")]
    assert {f.severity for f in findings(report, "S110")} == {Severity.WARNING, Severity.INFO}


def test_structure_rules_speak_of_the_kinds_own_words() -> None:
    assert {spec.key for spec in KIND.parts} == {"basics", "features", "problems", "measures"}


SMALL = """关于政治生态情况的报告
现将有关情况报告如下。
一、基本情况
市档案中心为市委直属事业单位，核定编制12名，内设3个科室，承担档案接收、保管和利用工作，共有党员9名，设机关党支部1个。
二、政治生态主要特征
一年来，市档案中心围绕政治建设等方面开展工作。
（一）突出政治引领，聚焦“学用结合”思想建设走深走实。
理论学习抓在经常。中心全年组织集中学习12次，班子成员逐人作交流发言，党员谈心谈话实现全覆盖。
（二）夯实组织根基，聚焦“规范有序”组织建设提质增效。
组织生活严格规范。党支部按月召开党员大会，按季讲授党课。
（三）从严正风肃纪，聚焦“抓早抓小”纪律建设有力有效。
廉政教育常抓不懈。中心组织旁听庭审两次，参观警示教育基地一次。
（四）坚持求真务实，聚焦“马上就办”作风建设持续向好。
服务群众优化提升。窗口推行查档预约和上门办理，缩短等候时间。
三、存在的问题
市档案中心工作取得一定成效，但仍有以下三个方面的不足：
一是学习转化还不够。读书笔记质量不高，结合业务研讨偏少。
二是财务管理有漏洞。差旅费报销审核把关不严，往来款清理拖延。
三是服务群众不够用心。部分来电诉求答复不够具体，窗口排队时间偏长。
四、整改方向
市档案中心将从以下方面整改。
一是坚持学用结合，推动学习走深走实。定期展评读书笔记，围绕业务难题开展研讨。
二是健全内控制度，堵住管理漏洞。严格差旅费报销审核，限期清理往来款。
三是改进窗口服务，提升群众满意度。对来电诉求限时办结并回访。
"""


def of_text(text: str, kind: Kind, *select: str) -> list[tuple[str, str]]:
    found = findings(parse_text(text, kind), *(select or ("S",)), brief=None)
    return [(f.code, f.text) for f in found if f.code not in ("S109", "S120")]


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_a_sound_text_is_silent_but_for_its_pairing(kind: Kind) -> None:
    assert of_text(SMALL, kind) == []
    (shown,) = findings(parse_text(SMALL, kind), "S120", brief=None)
    assert shown.severity is Severity.INFO
    assert shown.message.endswith("问题一→措施一；问题二→措施二；问题三→措施三")
    assert "问题二：财务管理有漏洞。" in shown.evidence


def test_a_measure_taken_away_shows_in_the_pairing(kind: Kind) -> None:
    text = changed("二是健全内控制度，堵住管理漏洞。严格差旅费报销审核，限期清理往来款。\n三是改进", "二是改进")
    assert ("S106", "财务管理有漏洞。") in of_text(text, kind)
    (shown,) = findings(parse_text(text, kind), "S120", brief=None)
    assert "问题二→未见" in shown.message


def test_a_recorded_pairing_needs_no_guess() -> None:
    assert findings(whole_report(), "S120") == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("\n（二）", "\n（三）", [("S104", "（三）")]),
        ("\n（三）", "\n（一）", [("S104", "（一）")]),
        ("二是财务", "二要财务", [("S114", "二要")]),
        ("二是财务", "第二，财务", [("S114", "第二，")]),
        ("三个方面", "四个方面", [("S116", "四")]),
        ("，聚焦“规范有序”组织", "，推动组织", [("S108", "夯实组织根基，推动组织建设提质增效。")]),
        ("提质增效。\n", "提质增效\n", [("S117", "夯实组织根基，聚焦“规范有序”组织建设提质增效")]),
        ("市档案中心将从以下方面整改。\n", "", [("S119", "整改方向")]),
        (
            "廉政教育常抓不懈。中心组织旁听庭审两次，参观警示教育基地一次。",
            "中心组织旁听庭审2次，参观警示教育基地1次。中心还开展了廉政谈话三十六人次，通报典型案例四起。",
            [("S118", "从严正风肃纪，聚焦“抓早抓小”纪律建设有力有效。")],
        ),
        (
            "部分来电诉求答复",
            "部分党员谈心谈话没有做到全覆盖，来电诉求答复",
            [("S121", "党员谈心谈话实现全覆盖")],
        ),
        (
            "组织生活严格规范。党支部",
            "组织生活严格规范。财务管理已全面到位，没有发现任何问题。党支部",
            [("S121", "财务管理已全面到位")],
        ),
        (
            "三是服务群众不够用心。部分来电诉求答复不够具体，窗口排队时间偏长。",
            "三是坚持服务群众。窗口推行查档预约和上门办理，对来电诉求逐件答复。",
            [("S122", "坚持服务群众。")],
        ),
    ],
)
def test_one_defect_is_one_finding(kind: Kind, old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert of_text(changed(old, new), kind) == expected


def test_levels_in_the_wrong_order(kind: Kind) -> None:
    text = "一、基本情况\n1.机构\n（一）设置\n正文。\n（二）编制\n正文。\n"
    assert of_text(text, kind, "S113") == [("S113", "（一）")]
    assert of_text("一、基本情况\n1.机构\n（1）设置\n正文。\n2.编制\n正文。\n", kind, "S113") == []


def test_headings_all_of_another_form_are_one_note(kind: Kind) -> None:
    text = SMALL.replace("，聚焦“", "，打造“")
    assert [f.severity for f in findings(parse_text(text, kind), "S108", brief=None)] == [Severity.INFO]


def test_a_proposal_replaces_exactly_what_is_marked(kind: Kind) -> None:
    text = changed("\n（二）", "\n（三）")
    (found,) = findings(parse_text(text, kind), "S104", brief=None)
    assert found.fix is not None
    assert (found.text, found.fix.text, found.fix.safe) == ("（三）", "（二）", False)


def test_only_one_point(kind: Kind) -> None:
    text = "一、基本情况\n全年主要抓了学习。一是组织集中学习十二次。支部按月交流。\n"
    assert of_text(text, kind, "S115") == [("S115", "一是")]
    assert of_text(text.replace("支部", "其二，支部"), kind, "S115") == []


def test_official_texts_are_numbered_soundly(kind: Kind, official_texts: dict[str, str]) -> None:
    found = {
        name: codes
        for name, text in official_texts.items()
        if (codes := of_text(text, kind, "S104", "S113", "S114", "S115", "S116", "S117", "S118", "S121"))
    }
    assert found == {}
