"""T550 and T551 in a report: where, with what evidence, and with the corpus."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from checking import MemoryEvidence, material

from nigao.checks.context import CheckContext
from nigao.checks.finding import Finding, Severity
from nigao.checks.running import run_checks
from nigao.report.kinds import Kind
from nigao.report.parse import parse_report

SHARED = Path(__file__).resolve().parents[3] / "shared"
RULES = material("rules", "云汀市机关责任制规定")


def check(kind: Kind, text: str, evidence: MemoryEvidence | None = None) -> list[Finding]:
    context = CheckContext(kind, dt.date(2025, 12, 26), None, evidence)
    return run_checks(parse_report(text, kind), context, select=["T55"])


def test_a_slip_is_told_with_the_word_and_a_proposal(kind: Kind) -> None:
    [found] = check(kind, "一、基本情况\n严格执行预蒜管理规定。\n")
    assert (found.code, found.severity, found.text) == ("T550", Severity.WARNING, "蒜")
    assert (found.line, found.column) == (2, 6)
    assert "预算" in found.message
    assert any("通用词表" in line and "预算" in line for line in found.evidence)
    assert found.fix is not None
    assert (found.fix.text, found.fix.safe) == ("算", False)


def test_a_title_and_a_heading_are_read_too(kind: Kind) -> None:
    found = check(kind, "云汀市档案服务中心关于预蒜管理情况的报告\n\n一、基层党组织键设情况\n按要求落实。\n")
    assert [finding.text for finding in found] == ["蒜", "键"]


def test_the_approved_document_is_named(kind: Kind) -> None:
    evidence = MemoryEvidence([(RULES, "主要负责人负总责，分管负责人具体抓。")])
    text = "一、基本情况\n形成主要领导负总则、分管领导具体抓的格局。\n"
    assert check(kind, text) == []
    [found] = check(kind, text, evidence)
    assert found.text == "则"
    assert found.evidence[0] == "《云汀市机关责任制规定》写作“负总责”"


def test_what_an_approved_document_writes_is_let_be(kind: Kind) -> None:
    text = "一、基本情况\n严格执行预蒜管理规定。\n"
    assert check(kind, text, MemoryEvidence([(RULES, "各单位执行预蒜管理制度。")])) == []
    assert check(kind, text, MemoryEvidence([(RULES, "与此无关。")]))


def test_a_doubled_character_is_proposed_for_deletion(kind: Kind) -> None:
    [found] = check(kind, "一、基本情况\n局党组抓实实民主集中制。\n")
    assert (found.code, found.text, found.column) == ("T551", "实", 6)
    assert found.fix is not None
    assert (found.fix.text, found.fix.safe) == ("", False)


def test_the_text_itself_is_quoted(kind: Kind) -> None:
    [found] = check(kind, "一、基本情况\n按职责分工负责。各支部按职责分工推进。各科室按职债分工落实。\n")
    assert (found.code, found.text) == ("T550", "债")
    assert any(line.startswith("本文另有 2 处写作“") for line in found.evidence)


def test_a_missing_character_is_proposed(kind: Kind) -> None:
    [found] = check(kind, "一、基本情况\n列出整改措施，细化整改措施，逐项核对整改措，报领导审阅。\n")
    assert (found.code, found.severity, found.text) == ("T552", Severity.WARNING, "措")
    assert found.evidence[0] == "本文另有 2 处写作“改措施，”"
    assert found.fix is not None
    assert (found.fix.text, found.fix.safe) == ("措施", False)


def test_official_texts_stay_almost_silent(kind: Kind) -> None:
    folder = SHARED / "data" / "official"
    if not folder.is_dir():
        pytest.skip("../shared/data/official is not here: false alarms cannot be counted")
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))[::6]]
    found = sum(len(check(kind, text)) for text in texts)
    assert found * 10_000 / sum(map(len, texts)) <= 0.5


def test_the_users_report_has_a_doubled_character(kind: Kind, seed_text: str) -> None:
    assert [finding.text for finding in check(kind, seed_text) if finding.code == "T551"] == ["实"]


def test_the_users_report_differs_from_an_approved_wording(kind: Kind, seed_text: str) -> None:
    evidence = MemoryEvidence([(RULES, "主要负责人负总责，分管负责人具体抓。")])
    assert "则" in [finding.text for finding in check(kind, seed_text, evidence) if finding.code == "T550"]
