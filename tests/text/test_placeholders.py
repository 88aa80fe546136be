"""Blanks in all their disguises, and the look-alikes that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.placeholders import find_placeholders, has_own_placeholder, placeholder, wanted


def blanks(text: str) -> list[str]:
    return [span.text for span in find_placeholders(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("X", ["X"]),
        ("按照第X组要求", ["X"]),
        ("中共X市委", ["X"]),
        ("落实“XXX”思路", ["XXX"]),
        ("编制XX名", ["XX"]),
        ("编制xx名", ["xx"]),
        ("编制ＸＸ名", ["ＸＸ"]),
        ("XX年XX月", ["XX", "XX"]),
        ("20XX年", ["XX"]),
        ("云办发〔202X〕3号", ["X"]),
        ("二〇XX年", ["XX"]),
        ("编制××名", ["××"]),
        ("共×个科室", ["×"]),
        ("由○○局负责", ["○○"]),
        ("编制〇〇〇名", ["〇〇〇"]),
        ("联系人：______", ["______"]),
        ("编制【】名", ["【】"]),
        # Wrong brackets around the year of a document number are no blank.
        ("《规程》（云档发【2025】27号）", []),
        ("云档发【2025】【】号", ["【2025】", "【】"]),
        ("编制【2025】名", ["【2025】"]),
        ("编制【待补：编制数】名", ["【待补：编制数】"]),
        ("{{单位}}的报告", ["{{单位}}"]),
        ("${unit}的报告", ["${unit}"]),
        ("（此处填写数据）", ["（此处填写数据）"]),
        ("（待补）", ["（待补）"]),
        ("（待补充人数）", ["（待补充人数）"]),
        ("（待定）", ["（待定）"]),
        ("（待核实：人数）", ["（待核实：人数）"]),
        ("某市某局", ["某", "某"]),
        ("由某局负责", ["某"]),
        ("某同志", ["某"]),
        ("张某某", ["某某"]),
        ("TODO 补数据", ["TODO"]),
        ("【X】", ["【X】"]),
    ],
)
def test_blanks(text: str, found: list[str]) -> None:
    assert blanks(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "某些同志、某种程度、某一方面、某项工作、某个环节",
        "某科学领域",
        "某市场主体",
        "李某处理",
        "对李某委托",
        "型号AX-100",
        "X-ray设备",
        "Windows XP和XML、xlsx",
        "启动1+X证书制度",
        "X射线、X光机、X轴、X坐标、X线检查",
        "用X代表消防救援",
        "X、Y两个方向",
        "配备Model X一台",
        "3×5米、2 × 3",
        "效率×3",
        "2x3",
        "v1.x版",
        "二〇〇〇年",
        "二○○○年",
        "一〇〇〇号",
        "（略）",
        "（空军某些部队）",
        "（待核实线索3件）",
        "（试行）",
        "完成（一）项",
        "a__b",
        "todolist",
        "",
    ],
)
def test_look_alikes(text: str) -> None:
    assert blanks(text) == []


@given(st.text(alphabet=st.characters(exclude_characters="【】\n"), min_size=1, max_size=40))
def test_our_own_form_is_found_and_read_back(what: str) -> None:
    text = f"编制{placeholder(what)}。"
    assert has_own_placeholder(text)
    (span,) = find_placeholders(text)
    assert (text[span.start : span.end], wanted(span.text)) == (span.text, what)


def test_another_form_wants_nothing_by_name() -> None:
    assert wanted("XXX") == ""
    assert wanted("【】") == ""
    assert not has_own_placeholder("编制XX名【】")


@given(st.text(alphabet="Xx×○〇某【】{}（）待补略空_3市局 \n年TODO", max_size=30))
def test_offsets_hold_and_blanks_do_not_overlap(text: str) -> None:
    end = 0
    for span in find_placeholders(text):
        assert text[span.start : span.end] == span.text
        assert span.start >= end
        end = span.end
