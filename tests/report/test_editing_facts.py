"""A fact changes: its figure does, wherever a sentence rests on it, and no other that is equal by chance."""

from __future__ import annotations

import datetime as dt

import pytest
from editing_samples import typed
from report_samples import KIND

from nigao.checks.grounding import BRIEF_FIELDS
from nigao.errors import EditError
from nigao.report.brief import Brief, Fact, Unit
from nigao.report.editing.facts import FactChange, affected, apply_fact
from nigao.report.editing.fields import FIELDS
from nigao.report.model import Origin, Part, Report, Sentence

UNIT = "云汀市档案服务中心"


def brief_of(*facts: tuple[str, str, str]) -> Brief:
    return Brief(
        unit=Unit(full=UNIT, short="市档案中心"),
        period="2025年",
        asked_by="市委第二巡察组",
        recipient="市委办公室",
        date=dt.date(2025, 12, 26),
        facts=[Fact(name=name, value=value, unit=unit) for name, value, unit in facts],
    )


def rests(text: str, *facts: str) -> Sentence:
    return Sentence(text=text, origin=Origin.FACT if facts else Origin.CONNECTIVE, facts=list(facts))


def report_of(*lead: Sentence) -> Report:
    return Report(
        kind=KIND.key,
        title=rests(f"{UNIT}关于2025年情况的报告", "单位", "报告期间"),
        recipient=rests("市委办公室：", "主送机关"),
        parts=[Part(key="basics", ordinal="一、", heading=typed("基本情况"), lead=list(lead))],
        signature=rests(UNIT, "单位"),
        date=rests("2025年12月26日", "成文日期"),
        unit=UNIT,
    )


def changed(report: Report, brief: Brief, name: str, value: str, unit: str = "") -> tuple[FactChange, list[str]]:
    """The change with the sentences afterwards; told and done are the same."""
    before = report.model_copy(deep=True)
    fact = Fact(name=name, value=value, unit=unit)
    told = affected(report, brief, name, fact)
    assert report == before
    assert apply_fact(report, brief, name, fact) == told
    assert [s.after for s in told.sentences if s.place.part == "basics"] == [
        now.text for now, was in zip(report.sentences(), before.sentences(), strict=True) if now.text != was.text
    ]
    return told, [sentence.text for sentence in report.sentences()]


ROOMS = ("内设科室数", "8", "个")
GROUPS = ("党小组数", "8", "个")


def test_only_the_facts_own_figure_changes() -> None:
    report = report_of(
        rests("内设8个科室，共18人，集中学习8次，覆盖80%，其中8人为女性，历时8个月。", "内设科室数"),
        rests("科室有八个。", "内设科室数"),
        rests("全年集中学习8次。", "学习次数"),
    )
    told, now = changed(report, brief_of(ROOMS, ("学习次数", "8", "次")), "内设科室数", "9")
    assert now == [
        "内设9个科室，共18人，集中学习8次，覆盖80%，其中8人为女性，历时8个月。",
        "科室有九个。",
        "全年集中学习8次。",
    ]
    assert (told.old, told.new) == ("8个", "9个")
    assert told.flagged == told.others == []
    fact = told.brief.fact("内设科室数")
    assert fact is not None
    assert fact.written == "9个"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下设8个科室和8个党小组。", "下设9个科室和8个党小组。"),
        ("内设科室8个，党小组8个。", "内设科室9个，党小组8个。"),
        ("下设党小组8个、科室8个。", "下设党小组8个、科室9个。"),
        ("有8个党小组，分布在8个科室。", "有8个党小组，分布在9个科室。"),
    ],
)
def test_another_facts_equal_figure_stays(text: str, expected: str) -> None:
    report = report_of(rests(text, "内设科室数", "党小组数"))
    assert changed(report, brief_of(ROOMS, GROUPS), "内设科室数", "9")[1] == [expected]


@pytest.mark.parametrize(
    ("text", "facts", "why"),
    [
        ("科室、党小组各8个。", ("内设科室数", "党小组数"), "分不清"),
        ("有的8个，有的8个。", ("内设科室数",), "2处“8个”"),
        ("下设8个党小组。", ("内设科室数",), "看来说的是“党小组数”"),
        ("内设近8个科室。", ("内设科室数",), "约数"),
        ("内设科室若干。", ("内设科室数",), "没有照原样写出"),
    ],
)
def test_what_cannot_be_told_apart_is_flagged_and_left(text: str, facts: tuple[str, ...], why: str) -> None:
    told, now = changed(report_of(rests(text, *facts)), brief_of(ROOMS, GROUPS), "内设科室数", "9")
    assert now == [text]
    assert [why in note.why for note in told.flagged] == [True]


def test_what_states_the_same_without_resting_on_it_is_told_and_left() -> None:
    report = report_of(
        rests("内设8个科室。", "内设科室数"),
        typed("8个科室都签了责任书。"),
        typed("全部8个单位参加。"),
        typed("8个社区都有服务点。"),
    )
    told, now = changed(report, brief_of(ROOMS), "内设科室数", "9")
    assert now == ["内设9个科室。", "8个科室都签了责任书。", "全部8个单位参加。", "8个社区都有服务点。"]
    assert [note.text for note in told.others] == ["8个科室都签了责任书。", "全部8个单位参加。"]


SUM = "共梳理问题12项，其中已完成整改7项、正在推进3项、未启动2项。"


def test_a_total_follows_its_part() -> None:
    told, now = changed(report_of(rests(SUM, "完成整改")), brief_of(("完成整改", "7", "项")), "完成整改", "8")
    assert now == ["共梳理问题13项，其中已完成整改8项、正在推进3项、未启动2项。"]
    assert told.sentences[0].along == ["总数“12项”随之改为“13项”"]


def test_a_total_of_its_own_fact_is_flagged() -> None:
    facts = (("完成整改", "7", "项"), ("问题数", "12", "项"))
    told, now = changed(report_of(rests(SUM, "完成整改", "问题数")), brief_of(*facts), "完成整改", "8")
    assert now == ["共梳理问题12项，其中已完成整改8项、正在推进3项、未启动2项。"]
    assert "总数“12项”另有依据" in told.flagged[0].why


def test_a_total_that_changes_itself_leaves_its_parts() -> None:
    told, now = changed(report_of(rests(SUM, "问题数")), brief_of(("问题数", "12", "项")), "问题数", "14")
    assert now == [SUM.replace("12", "14")]
    assert told.flagged[0].why == "“14项”的分项合计仍是12"


def test_a_figure_beside_a_total_that_was_wrong_already_changes_alone() -> None:
    text = SUM.replace("12项", "20项")
    told, now = changed(report_of(rests(text, "完成整改")), brief_of(("完成整改", "7", "项")), "完成整改", "8")
    assert now == [text.replace("7项", "8项")]
    assert told.sentences[0].along == []


def test_a_rate_follows_its_counts() -> None:
    text = "收到查档申请50件，办结47件，办结率94%。"
    told, now = changed(report_of(rests(text, "办结件数")), brief_of(("办结件数", "47", "件")), "办结件数", "48")
    assert now == ["收到查档申请50件，办结48件，办结率96%。"]
    assert told.sentences[0].along == ["比例“94%”随之改为“96%”"]
    facts = (("办结件数", "47", "件"), ("办结率", "94%", ""))
    told, now = changed(report_of(rests(text, "办结件数", "办结率")), brief_of(*facts), "办结件数", "48")
    assert now == ["收到查档申请50件，办结48件，办结率94%。"]
    assert "应为96%" in told.flagged[0].why


def test_a_share_of_the_fact_elsewhere_is_flagged() -> None:
    report = report_of(rests("实有26人。", "实有人数"), typed("35岁以下干部9人，占实有人数的34.6%。"))
    told, now = changed(report, brief_of(("实有人数", "26", "人")), "实有人数", "27")
    assert now[1] == "35岁以下干部9人，占实有人数的34.6%。"
    assert "按新数应为33.3%" in told.flagged[0].why


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("实有二十六人。", ("实有人数", "26", "人"), ("27", ""), "实有二十七人。"),
        ("实有２６人。", ("实有人数", "26", "人"), ("27", ""), "实有２７人。"),
        ("实有26人。", ("实有人数", "26", "人"), ("27名", ""), "实有27名。"),
        ("实有26名。", ("实有人数", "26", "人"), ("27", "人"), "实有27名。"),
        ("实有3人。", ("实有人数", "3", "人"), ("约30", "人"), "实有约30人。"),
        ("科室三个。", ("科室", "3", "个"), ("2", ""), "科室两个。"),
        ("投入1,200万元。", ("资金", "1200", "万元"), ("1300", ""), "投入1300万元。"),
        ("投入1.2亿元。", ("资金", "1.2亿元", ""), ("1.3亿元", ""), "投入1.3亿元。"),
        ("满意率99.2%。", ("满意率", "99.2%", ""), ("98.9%", ""), "满意率98.9%。"),
        (
            "内设甲科、乙科2个科室。",
            ("科室", "甲科、乙科2个科室", ""),
            ("甲科、丙科2个科室", ""),
            "内设甲科、丙科2个科室。",
        ),
        ("为市直单位。", ("机构", "为市直单位", ""), ("为市委直属单位", ""), "为市委直属单位。"),
    ],
)
def test_the_value_is_written_as_it_stood(
    text: str, old: tuple[str, str, str], new: tuple[str, str], expected: str
) -> None:
    assert changed(report_of(rests(text, old[0])), brief_of(old), old[0], *new)[1] == [expected]


def test_a_list_with_another_number_is_flagged() -> None:
    report = report_of(rests("内设甲科、乙科、丙科3个科室。", "科室数"))
    told, now = changed(report, brief_of(("科室数", "3", "个")), "科室数", "4")
    assert now == ["内设甲科、乙科、丙科4个科室。"]
    assert "与列举的3个不符" in told.flagged[0].why


@pytest.mark.parametrize(
    ("text", "name", "value", "expected"),
    [
        (
            "核定编制【待补：编制数】，实有【待补：实有人数】。",
            "编制数",
            "28名",
            "核定编制28名，实有【待补：实有人数】。",
        ),
        ("核定编制【待补：编制数】。", "编制", "28名", "核定编制28名。"),
        ("核定编制【待补：编制数】。", "编制数", "核定编制28名", "核定编制28名。"),
        ("市档案中心【待补：机构设置】。", "机构设置", "市委直属单位", "市档案中心为市委直属单位。"),
        ("市档案中心【待补：机构设置】。", "机构设置", "为市委直属单位", "市档案中心为市委直属单位。"),
        ("市档案中心【待补：机构设置】。", "机构设置", "市档案中心为市委直属单位", "市档案中心为市委直属单位。"),
        ("主要职责是【待补：主要职责】。", "主要职责", "负责档案管理", "主要职责是负责档案管理。"),
    ],
)
def test_a_blank_is_filled(text: str, name: str, value: str, expected: str) -> None:
    report = report_of(rests(text))
    told, now = changed(report, brief_of(), name, value)
    assert now == [expected]
    sentence = next(report.sentences())
    assert (sentence.origin, sentence.facts) == (Origin.FACT, [name])
    fact = told.brief.fact(name)
    assert fact is not None
    assert fact.value == value


def test_the_briefs_own_fields_change_where_they_are_named() -> None:
    assert FIELDS == BRIEF_FIELDS

    def sample() -> Report:
        return report_of(
            rests(f"根据市委第二巡察组要求，现将{UNIT}2025年情况报告如下。", *FIELDS[:3]),
            typed("2025年培训8次，市委第二巡察组反馈问题3个。"),
        )

    brief = brief_of()
    report = sample()
    told, now = changed(report, brief, "报告期间", "2026年")
    assert now[0] == f"根据市委第二巡察组要求，现将{UNIT}2026年情况报告如下。"
    assert [sentence.where for sentence in told.sentences] == ["标题", "第一部分第1句"]
    assert [note.where for note in told.others] == ["第一部分第2句"]
    assert told.brief.period == "2026年"
    report = sample()
    told, now = changed(report, brief, "单位", "云汀市档案馆")
    assert [sentence.where for sentence in told.sentences] == ["标题", "署名", "第一部分第1句"]
    assert (report.unit, told.brief.unit.full, told.brief.unit.short) == ("云汀市档案馆", "云汀市档案馆", "市档案中心")
    told, _ = changed(sample(), brief, "来文单位", "市委第三巡察组")
    assert told.brief.asked_by == "市委第三巡察组"
    same = brief.model_copy(update={"recipient": "市委第二巡察组"})
    report = sample()
    next(report.sentences()).facts.append("主送机关")
    told, _ = changed(report.model_copy(deep=True), same, "来文单位", "市委第三巡察组")
    assert [sentence.where for sentence in told.sentences] == ["第一部分第1句"]
    told, _ = changed(report, same, "主送机关", "市委第三巡察组")
    assert [note.why for note in told.flagged][-1:] == ["这句里的“市委第二巡察组”也是“来文单位”，分不清说的是哪一个"]
    told, _ = changed(sample(), brief, "主送机关", "市委")
    assert [(s.before, s.after) for s in told.sentences] == [("市委办公室：", "市委：")]
    told, _ = changed(sample(), brief, "成文日期", "2026-1-5")
    assert [(s.where, s.after) for s in told.sentences] == [("成文日期", "2026年1月5日")]
    assert told.brief.date == dt.date(2026, 1, 5)


def test_a_fact_that_no_sentence_states_is_only_noted_in_the_brief() -> None:
    told, now = changed(report_of(rests("内设8个科室。", "内设科室数")), brief_of(ROOMS), "党员人数", "19", "名")
    assert now == ["内设8个科室。"]
    assert (told.old, told.sentences) == ("", [])
    assert [fact.name for fact in told.brief.facts] == ["内设科室数", "党员人数"]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [("内设科室数", "8", "已经是"), ("成文日期", "下周", "认不出日期"), ("报告期间", "前阵子", "认不出报告期间")],
)
def test_what_is_no_change_is_refused(name: str, value: str, why: str) -> None:
    report = report_of(rests("内设8个科室。", "内设科室数"))
    before = report.model_copy(deep=True)
    with pytest.raises(EditError, match=why):
        apply_fact(report, brief_of(ROOMS), name, Fact(name=name, value=value))
    assert report == before
