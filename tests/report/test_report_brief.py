"""The brief: every field, its short forms, and errors that name the field and the fix."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nigao.errors import BriefError
from nigao.report.brief import Brief, Fact
from nigao.text.periods import parse_period

FULL = """
kind: political-ecology
unit: {full: 云汀市档案服务中心, short: 市档案中心}
recipient: 市委第二巡察组
asked_by: 市委第二巡察组
period: 2023年至2025年
date: 2025-12-26
facts:
  - {name: 编制数, value: 12, unit: 名, as_of: 2025-11-30, source: 编制说明}
  - {name: 内设科室, value: [综合科, 利用科]}
  - {name: 满意率, value: 98.5, unit: "%"}
points:
  basics: [机构设置]
  features:
    - {heading: 政治建设, points: [理论学习, 决策部署]}
    - 组织建设
  problems: [学习转化不够]
  measures:
    - 加强学习
    - {text: 改进作风, addresses: [1]}
"""


def test_every_field() -> None:
    brief = Brief.parse(FULL)
    assert (brief.kind, brief.recipient, brief.asked_by) == ("political-ecology", "市委第二巡察组", "市委第二巡察组")
    assert (brief.unit.full, brief.unit.brief_name) == ("云汀市档案服务中心", "市档案中心")
    assert brief.date == dt.date(2025, 12, 26)
    assert brief.span() == parse_period("2023年1月至2025年12月")
    staff = brief.fact("编制数")
    assert staff is not None
    assert (staff.written, staff.as_of, staff.source) == ("12名", "2025年11月30日", "编制说明")
    assert [fact.written for fact in brief.facts[1:]] == ["综合科、利用科", "98.5%"]
    assert brief.fact("党员人数") is None
    assert [(f.heading, f.points) for f in brief.points.features] == [
        ("政治建设", ["理论学习", "决策部署"]),
        ("组织建设", []),
    ]
    assert [(m.text, m.addresses) for m in brief.points.measures] == [("加强学习", []), ("改进作风", [1])]
    assert (brief.points.basics, brief.points.problems) == (["机构设置"], ["学习转化不够"])


def test_only_the_unit_is_required() -> None:
    brief = Brief.parse("unit: 云汀市档案服务中心")
    assert (brief.unit.full, brief.unit.short, brief.unit.brief_name) == (
        "云汀市档案服务中心",
        "",
        "云汀市档案服务中心",
    )
    assert brief.span() is None
    assert (brief.facts, brief.points.features, brief.date) == ([], [], None)


def test_a_bare_year_is_a_period() -> None:
    brief = Brief.parse("unit: 甲中心\nperiod: 2025")
    assert brief.period == "2025年"


def test_the_unit_of_measure_is_written_once() -> None:
    assert Fact(name="编制", value="12名", unit="名").written == "12名"
    assert Fact(name="编制", value="12", unit="名").written == "12名"
    assert Fact(name="编制", value="12").written == "12"


def test_its_own_words_may_be_used() -> None:
    identity = Brief.parse(FULL).identity()
    for word in ("云汀市档案服务中心", "市档案中心", "市委第二巡察组", "2023年至2025年", "2025年12月26日"):
        assert word in identity
    assert "编制" not in identity


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("period: 2025年", "unit：缺少必填项"),
        ("unit: ''", "unit.full：不能为空"),
        ("unit: '  '", "unit.full：不能为空"),
        ("unit: 甲\nperoid: 2025年", "peroid：不认识的字段，是否想写 period"),
        ("unit: {full: 甲, shrot: 乙}", "unit.shrot：不认识的字段，是否想写 short"),
        ("unit: 甲\nfacts: [{name: 编制, vlaue: 3}]", "facts.1.vlaue：不认识的字段，是否想写 value"),
        ("unit: 甲\nfacts: [{name: 编制}]", "facts.1.value：缺少必填项"),
        ("unit: 甲\nfacts: 编制12名", "facts：应为列表"),
        ("unit: 甲\nfacts: [{name: 编制, value: true}]", "facts.1.value：应为文字"),
        ("unit: 甲\nfacts: [编制]", "facts.1：应为“字段: 值”的结构"),
        ("unit: 甲\ndate: 年底", "date：应为日期，如 2025-12-26"),
        ("unit: 甲\nrecipient: 5", "recipient：应为文字"),
        ("unit: 甲\npoints: {measures: [{addresses: [1]}]}", "points.measures.1.text：缺少必填项"),
        ("unit: 甲\npoints: {measures: [{text: 乙, addresses: [甲]}]}", "addresses.1：应为整数"),
        ("unit: 甲\npoints: {measures: 甲}", "points.measures：应为列表"),
        ("unit: 甲\npoints: {features: 甲}", "points.features：应为列表"),
        ("unit: 甲\nzzz: 1", "zzz：不认识的字段"),
        ("- 甲", "应为“字段: 值”的结构"),
        ("", "应为“字段: 值”的结构"),
        ("unit: [甲", "不是合法的 YAML"),
        ("unit: 甲\ndate: 2025-02-30", "date：应为日期"),
        ("unit: \x00", "不是合法的 YAML"),
    ],
)
def test_errors_name_the_field(text: str, message: str) -> None:
    with pytest.raises(BriefError) as caught:
        Brief.parse(text)
    assert message in caught.value.message
    assert caught.value.where == "拟稿要求"
    assert caught.value.fix


def test_several_errors_are_told_together() -> None:
    with pytest.raises(BriefError) as caught:
        Brief.parse("unit: {}\ndate: 年底\nfatcs: []")
    assert caught.value.message.count("；") == 2


def test_loading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "brief.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + FULL.encode())
    assert Brief.load(str(path)) == Brief.parse(FULL)
    with pytest.raises(BriefError, match="找不到") as caught:
        Brief.load(tmp_path / "absent.yaml")
    assert caught.value.where == str(tmp_path / "absent.yaml")
    path.write_bytes("unit: 甲".encode("gb18030"))
    with pytest.raises(BriefError, match="UTF-8"):
        Brief.load(path)
    with pytest.raises(BriefError, match="读不出来"):
        Brief.load(tmp_path)
    path.write_text("unit: 甲\nperoid: 1", encoding="utf-8")
    with pytest.raises(BriefError, match="period") as caught:
        Brief.load(path)
    assert caught.value.where == str(path)
