"""C: what was carried over from an exemplar, and what only looks like it."""

from __future__ import annotations

from checking import BRIEF, MemoryEvidence, findings, material

from nigao.checks.finding import Severity
from nigao.corpus.model import Role
from nigao.report.kinds import Kind
from nigao.report.model import Origin
from nigao.reportfile import parse_text

LAST_YEAR = (
    "一年来，中心组织集中学习24次，班子成员带头到基层支部讲党课6场，党员参学率保持在较高水平。"
    "中心深化窗口服务改革，推行查档预约和上门办理，群众等候时间明显缩短，办事体验不断改善。"
    "截至2024年11月，中心核定编制12名，内设科室3个，承担全市档案接收、保管和利用工作。"
)
HEAD = "报告\n现将情况报告如下。\n二、主要特征\n"
EXEMPLAR = MemoryEvidence([(material("e", "2024年报告", role=Role.EXEMPLAR), LAST_YEAR)])


def told(body: str, kind: Kind, evidence: MemoryEvidence = EXEMPLAR) -> list[tuple[str, str]]:
    found = findings(parse_text(HEAD + body, kind), "C420", "C421", evidence=evidence)
    return [(f.code, f.message) for f in found]


def test_last_years_figures_are_called_out(kind: Kind) -> None:
    first = LAST_YEAR.split("。", maxsplit=1)[0] + "。"
    found = findings(parse_text(HEAD + first, kind), "C42", evidence=EXEMPLAR)
    assert [(f.code, f.severity) for f in found] == [("C421", Severity.INFO), ("C420", Severity.WARNING)]
    assert "24次、6场" in found[1].message
    assert "（100%）" in found[0].message
    assert found[1].evidence == [first]


def test_figures_brought_up_to_date_are_only_counted(kind: Kind) -> None:
    first = LAST_YEAR.split("。", maxsplit=1)[0].replace("24", "31").replace("6场", "9场") + "。"
    assert [code for code, _ in told(first, kind)] == ["C421"]


def test_a_sentence_without_figures_is_only_counted(kind: Kind) -> None:
    assert [code for code, _ in told(LAST_YEAR.split("。")[1] + "。", kind)] == ["C421"]


def test_what_the_fact_sheet_confirms_is_not_stale(kind: Kind) -> None:
    sentence = "截至2025年11月，中心核定编制12名，内设科室3个，承担全市档案接收、保管和利用工作。"
    found = findings(parse_text(HEAD + sentence, kind), "C420", evidence=EXEMPLAR, brief=BRIEF)
    assert ["3个" in f.message and "12名" not in f.message for f in found] == [True]


def test_what_an_approved_document_says_too_was_not_carried_over(kind: Kind) -> None:
    both = MemoryEvidence(
        [
            (material("e", "2024年报告", role=Role.EXEMPLAR), LAST_YEAR),
            (material("m", "2025年台账"), LAST_YEAR.split("。", maxsplit=1)[0] + "。"),
        ]
    )
    assert told(LAST_YEAR.split("。", maxsplit=1)[0] + "。", kind, both) == []


def test_new_sentences_and_cited_ones_are_left_alone(kind: Kind) -> None:
    assert told("中心开展档案数字化加工，新增扫描设备两台，目录著录实行三级审校，差错率逐月下降。", kind) == []
    report = parse_text(HEAD + LAST_YEAR, kind)
    for sentence in report.sentences():
        sentence.origin = Origin.SOURCE
    assert findings(report, "C420", evidence=EXEMPLAR) == []


def test_without_exemplars_there_is_nothing_to_say(kind: Kind) -> None:
    assert told(LAST_YEAR, kind, MemoryEvidence([(material("m", "台账"), "别的内容。")])) == []
    assert findings(parse_text(HEAD + LAST_YEAR, kind), "C42") == []
