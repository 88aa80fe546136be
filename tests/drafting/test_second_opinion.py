"""A model may propose corrections; what has no evidence of its own is not told."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest

from nigao.checks.context import CheckContext
from nigao.checks.registry import Mark
from nigao.drafting.asking import Asker
from nigao.drafting.proofreading import second_opinion, seconded
from nigao.errors import ModelUnavailableError
from nigao.modelsettings import ModelSettings
from nigao.report.kinds import Kind
from nigao.report.parse import parse_report
from nigao.testing import FunctionModel, ScriptedModel
from nigao.text.proofreading import Proofreader

SENTENCE = "对全市档案库房开展消防隐患排查整冶工作。"
TEXT = f"一、基本情况\n{SENTENCE}云汀市档案服务中心负责档案保管。\n"
SETTINGS = ModelSettings(name="m", timeout=20, retries=0)


def opinion(kind: Kind, model: Any, text: str = TEXT) -> list[Mark]:
    report = parse_report(text, kind)
    return asyncio.run(second_opinion(report, CheckContext(kind, dt.date(2025, 12, 26)), Asker(model, SETTINGS)))


def answer(messages: list[Any], *corrections: tuple[str, str]) -> dict[str, Any]:
    lines = str(messages[0].text).splitlines()
    number = next(int(line.split(".")[0]) for line in lines if SENTENCE in line)
    return {"corrections": [{"number": number, "wrong": w, "right": r} for w, r in corrections]}


def test_what_has_evidence_is_told_as_the_models(kind: Kind) -> None:
    model = FunctionModel(function=lambda messages: answer(messages, ("整冶", "整治")))
    [mark] = opinion(kind, model)
    assert mark.sentence is not None
    assert mark.sentence.text[mark.start : mark.end] == "冶"
    assert "模型" in mark.message
    assert "整治" in mark.message
    assert mark.evidence
    assert mark.fix is not None
    assert (mark.fix.text, mark.fix.safe) == ("治", False)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("云汀市", "云浮市"),
        ("库房", "厂房"),
        ("开展", "进行"),
        ("隐患排查", "隐患"),
        ("没有的词", "没有的字"),
        ("", ""),
        ("整冶", "整冶"),
    ],
)
def test_what_has_none_is_not(kind: Kind, wrong: str, right: str) -> None:
    assert opinion(kind, FunctionModel(function=lambda messages: answer(messages, (wrong, right)))) == []


def test_what_the_rule_finds_by_itself_is_not_told_again() -> None:
    sentence = "严格执行预蒜管理规定。"
    assert [slip.right for slip in Proofreader().slips(sentence)] == ["算"]
    assert seconded(sentence, [("预蒜", "预算")], Proofreader()) == []


def test_a_number_that_is_no_sentences_is_ignored(kind: Kind) -> None:
    wild = {"corrections": [{"number": 99, "wrong": "整冶", "right": "整治"}]}
    assert opinion(kind, ScriptedModel(answers=[wild])) == []


def test_nonsense_is_passed_over(kind: Kind) -> None:
    assert opinion(kind, ScriptedModel(answers=["看起来都对。"], repeat=True)) == []


def test_a_dead_endpoint_is_said(kind: Kind) -> None:
    with pytest.raises(ModelUnavailableError):
        opinion(kind, ScriptedModel(answers=[ConnectionError("refused")], repeat=True))


def test_a_long_report_is_asked_about_in_groups(kind: Kind) -> None:
    model = ScriptedModel(answers=[{"corrections": []}], repeat=True)
    text = "一、基本情况\n" + "".join(f"第{i}项档案保管工作按计划完成。\n" for i in range(1, 46))
    assert opinion(kind, model, text) == []
    assert len(model.seen) >= 3
    assert all(len(str(messages[0].text)) < 4000 for messages in model.seen)
