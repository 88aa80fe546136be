"""Kinds are data: the built-in one, a second one from a workspace folder, and what is wrong with a bad one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from report_samples import KIND

from nigao.checks.context import CheckContext
from nigao.checks.running import run_checks
from nigao.errors import KindError
from nigao.report.kinds import Bounds, Kind, Layout, builtin_kinds, load_kind
from nigao.report.pairing import infer_pairs
from nigao.report.parse import parse_report
from nigao.report.render import render_text
from nigao.text.ordinals import OrdinalForm

SUMMARY = """
key: work-summary
name: 工作总结
title: "{unit}{period}工作总结"
opening: "现将{unit_introduced}{period}工作总结如下。"
opening_unasked: "现将{unit_introduced}{period}工作总结如下。"
parts:
  - {key: done, heading: 工作完成情况, variants: ["(主要|重点)工作$"], layout: subsections, content: doings,
     count: {least: 2, most: 2}, item_form: "（一）"}
  - {key: gaps, heading: 短板弱项, layout: enumerated, content: lacks, item_form: "一是"}
  - {key: plans, heading: 来年安排, variants: ["来年(计划|打算)"], layout: enumerated, content: remedies,
     item_form: "1.", answers: gaps}
extra_parts: [荣誉]
lack_words: [不够]
"""

TEXT = """市档案中心2025年工作总结

现将本中心2025年工作总结如下。
一、重点工作
（一）馆藏整理有序推进。全年整理卷宗并逐卷编目。
（二）查阅服务提质增效。窗口推行预约办理。
二、短板弱项
一是数字化进度不够快。部分卷宗尚未扫描。
三、来年打算
1.加快数字化进度。部分卷宗集中扫描。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work-summary.yaml").write_text(SUMMARY, encoding="utf-8")
    return tmp_path


def codes(text: str, kind: Kind) -> set[str]:
    report = parse_report(text, kind)
    infer_pairs(report, kind)
    return {finding.code for finding in run_checks(report, CheckContext(kind, dt.date(2025, 12, 26)), select=["S"])}


def test_the_default_kind() -> None:
    assert "political-ecology" in builtin_kinds()
    assert [part.key for part in KIND.parts] == ["basics", "features", "problems", "measures"]
    assert [part.layout for part in KIND.parts] == [
        Layout.PROSE,
        Layout.SUBSECTIONS,
        Layout.ENUMERATED,
        Layout.ENUMERATED,
    ]
    features, measures = KIND.part("features"), KIND.part("measures")
    assert features is not None
    assert (features.count.least, features.count.most, features.item_form) == (4, 4, OrdinalForm.SECTION)
    assert measures is not None
    assert measures.answers == "problems"
    assert KIND.part("nothing") is None
    assert len({theme.key for theme in KIND.themes}) == len(KIND.themes) == 4


def test_a_new_kind_is_a_file(folder: Path) -> None:
    kind = load_kind("work-summary", folder=folder)
    report = parse_report(TEXT, kind)
    assert render_text(report) == TEXT
    assert report.kind == "work-summary"
    assert [(part.key, len(part.items)) for part in report.parts] == [("done", 2), ("gaps", 1), ("plans", 1)]
    infer_pairs(report, kind)
    assert report.parts[2].items[0].addresses == [1]


def test_a_new_kind_is_checked_by_its_own_rules(folder: Path) -> None:
    kind = load_kind("work-summary", folder=folder)
    assert codes(TEXT, kind) & {"S101", "S102", "S103", "S104", "S105", "S106"} == set()
    assert "S101" in codes(TEXT.replace("二、短板弱项", "二、其他"), kind)
    assert "S103" in codes(TEXT.replace("（二）查阅服务提质增效。", ""), kind)
    # The default kind reads the same text by its own words.
    assert "S101" in codes(TEXT, KIND)


def test_a_workspace_kind_goes_before_the_built_in_one(folder: Path) -> None:
    own = SUMMARY.replace("key: work-summary", "key: political-ecology")
    (folder / "political-ecology.yaml").write_text(own, encoding="utf-8")
    assert load_kind("political-ecology", folder=folder).name == "工作总结"
    assert load_kind("political-ecology").name == "政治生态分析报告"
    assert load_kind("political-ecology", folder=folder / "absent").name == "政治生态分析报告"


@pytest.mark.parametrize("key", ["nothing", "", "../political-ecology", "sub/work-summary"])
def test_an_unknown_kind(folder: Path, key: str) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "work-summary.yaml").write_text(SUMMARY, encoding="utf-8")
    with pytest.raises(KindError) as caught:
        load_kind(key, folder=folder / "sub" if key.startswith("..") else folder)
    assert "没有文种" in caught.value.message
    assert "political-ecology" in caught.value.fix


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: 工作总结", "nmae: 工作总结", "name"),
        ("layout: subsections", "layout: table", "取值不在允许范围"),
        ('item_form: "（一）"', 'item_form: "甲、"', "取值不在允许范围"),
        ('["(主要|重点)工作$"]', '["(主要"]', "不是合法的正则表达式"),
        ("extra_parts: [荣誉]", 'extra_parts: ["["]', "不是合法的正则表达式"),
        ("answers: gaps", "answers: missing", "answers 指向不存在的部分：missing"),
        ("key: gaps", "key: done", "key 重复：done"),
        ("least: 2", "least: two", "应为整数"),
    ],
)
def test_what_is_wrong_with_a_kind_is_named(folder: Path, old: str, new: str, message: str) -> None:
    assert SUMMARY.count(old) == 1
    path = folder / "bad.yaml"
    path.write_text(SUMMARY.replace(old, new), encoding="utf-8")
    with pytest.raises(KindError) as caught:
        load_kind("bad", folder=folder)
    assert message in caught.value.message
    assert caught.value.where == str(path)


@pytest.mark.parametrize(
    ("bounds", "words", "inside", "outside"),
    [
        (Bounds(least=4, most=4), "4", 4, 5),
        (Bounds(least=3, most=6), "3—6", 6, 2),
        (Bounds(least=2), "至少 2", 9, 1),
        (Bounds(most=5), "至多 5", 0, 6),
    ],
)
def test_bounds(bounds: Bounds, words: str, inside: int, outside: int) -> None:
    assert str(bounds) == words
    assert bounds.holds(inside)
    assert not bounds.holds(outside)
