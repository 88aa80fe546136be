"""The numbering of any text: sound sequences are silent, one slip is one fault, and nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from report_samples import ANY_TEXT, KIND, drafted_reports

from nigao.report.model import Report
from nigao.report.numbering import Fault, misnumbered
from nigao.report.parse import parse_report
from nigao.report.render import render_text
from nigao.text.ordinals import OrdinalForm, format_ordinal


def faults(text: str) -> list[tuple[Fault, str]]:
    return [(found.fault, found.ordinal.text) for found in misnumbered(parse_report(text, KIND), text)]


def numbered(*ordinals: str) -> str:
    return "一、基本情况\n" + "".join(f"{ordinal}落实各项要求，取得实效。\n" for ordinal in ordinals)


@pytest.mark.parametrize(
    "text",
    [
        numbered("（一）", "（二）", "（三）"),
        numbered("（一）", "1.", "2.", "（二）", "1.", "2."),
        numbered("（一）", "1.", "2.", "（二）", "3.", "4."),
        numbered("1.", "（1）", "（2）", "2.", "（1）"),
        numbered("1.", "2.", "3."),
        "一、甲\n（一）独一条。\n正文。\n二、乙\n正文。\n三、丙\n（一）又一条。\n",
        numbered("一是", "二是", "一是", "二是"),
        numbered("一要", "二要", "三要"),
        numbered("第一，", "第二，"),
        numbered("①", "②", "③"),
        "一、甲\n（一）其一。\n（二）其二。\n二、乙\n（三）其三。\n（四）其四。\n",
        "一、甲\n1.其一。\n2.其二。\n具体步骤如下。\n1.其三。\n2.其四。\n",
        "一、甲\n正文。\n附件：1.清单\n2.台账\n",
        "一、甲\n注：1、单位为元。\n2、保留两位小数。\n",
        "一、甲\n第一条　总的要求：\n（一）其一；\n（二）其二。\n第二条　具体要求：\n（一）其一；\n",
        "一、甲\n4.1.1　启动\n（1）甲方到场。\n4.1.2　结束\n（1）乙方离场。\n",
        "一、甲\n落实（一是学习；二是谈话）等要求，取得实效。\n",
        "一、甲\n主要做法：一是抓学习：（1）读原著；（2）谈体会；二是抓作风。\n",
        "一、甲\n主要做法：一是抓学习；二是抓作风（3）见附表。\n",
        "一、甲\n主要做法：一是抓学习。二是抓作风。（三）抓落实。\n",
        "一、甲\n一是收入增长；2024年转好；2.5万户受益；二是物价平稳。\n",
    ],
)
def test_sound_numbering(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("ordinals", "found"),
    [
        (["一是", "二是", "四是"], [(Fault.GAP, "四是")]),
        (["一是", "三是", "三是", "四是"], [(Fault.GAP, "三是")]),
        (["（一）", "（三）", "（四）"], [(Fault.GAP, "（三）")]),
        (["（一）", "（二）", "（二）", "（三）"], [(Fault.REPEATED, "（二）")]),
        (["（一）", "（一）", "（三）"], [(Fault.RESTARTED, "（一）")]),
        (["（一）", "（二）", "（一）"], [(Fault.RESTARTED, "（一）")]),
        (["二是", "三是"], [(Fault.NOT_FIRST, "二是")]),
        (["1.", "3.", "4."], [(Fault.GAP, "3.")]),
        (["一是", "第二，", "三是"], [(Fault.MIXED, "第二，")]),
        (["一是", "二要", "三是"], [(Fault.MIXED, "二要")]),
        (["1.", "（二）", "（三）"], [(Fault.MIXED, "1.")]),
        (["1.", "（一）", "（二）", "2."], [(Fault.INVERTED, "（一）")]),
        (["（1）", "1.", "2."], [(Fault.INVERTED, "1.")]),
        (["一是"], [(Fault.ALONE, "一是")]),
    ],
)
def test_one_slip_is_one_fault(ordinals: list[str], found: list[tuple[Fault, str]]) -> None:
    assert faults(numbered(*ordinals))[: len(found)] == found
    if found[0][0] is not Fault.INVERTED:
        assert len(faults(numbered(*ordinals))) == len(found)


def test_a_gap_behind_commas_of_one_sentence() -> None:
    assert faults("一、甲\n一是学习不够，二是走访不多，四是检查偏少。\n") == [(Fault.GAP, "四是")]


@pytest.mark.parametrize(
    ("points", "odd"),
    [
        ("一是抓学习；二是抓作风；（3）抓落实。", "（3）"),
        ("一是抓学习；（2）抓作风；三是抓落实。", "（2）"),
        ("一是抓学习。②抓作风。三是抓落实。", "②"),
        ("第一，抓学习；第二，抓作风；3.抓落实。", "3."),
        ("一是抓学习；二是抓作风；（三）抓落实；四是抓考核。", "（三）"),
    ],
)
def test_an_enumeration_that_goes_on_in_another_form(points: str, odd: str) -> None:
    text = f"一、甲\n主要抓三件事：{points}\n"
    assert faults(text) == [(Fault.MIXED, odd)]
    (found,) = misnumbered(parse_report(text, KIND), text)
    assert text[found.ordinal.start : found.ordinal.end] == odd


def test_a_chapter_inside_a_list_of_sections() -> None:
    text = "一、甲\n正文。\n二、乙\n一、其一。\n正文。\n（二）其二。\n正文。\n（三）其三。\n正文。\n三、丙\n正文。\n"
    assert faults(text) == [(Fault.MIXED, "一、")]


@pytest.mark.parametrize(
    "form", [OrdinalForm.SECTION, OrdinalForm.ARABIC, OrdinalForm.ENUMERATION, OrdinalForm.CIRCLED]
)
def test_leaving_one_out_is_found_wherever_it_is(form: OrdinalForm) -> None:
    ordinals = [format_ordinal(form, value) for value in range(1, 7)]
    for missing in range(5):
        left = ordinals[:missing] + ordinals[missing + 1 :]
        assert len(faults(numbered(*left))) == 1, left


@settings(max_examples=200)
@given(ANY_TEXT)
def test_any_text_is_judged(text: str) -> None:
    for found in misnumbered(parse_report(text, KIND), text):
        assert text[found.ordinal.start : found.ordinal.end] == found.ordinal.text


@settings(max_examples=30)
@given(drafted_reports())
def test_what_the_drafter_numbers_is_sound(report: Report) -> None:
    # A single item is numbered too: 一是 alone is the one thing to say of it.
    found = misnumbered(report, render_text(report))
    assert {fault.fault for fault in found} <= {Fault.ALONE}
