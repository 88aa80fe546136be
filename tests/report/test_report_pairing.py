"""Which problem a measure answers."""

from __future__ import annotations

from hypothesis import given, settings
from report_samples import KIND, WHOLE, drafted_reports, said

from nigao.report.model import Item, Report
from nigao.report.pairing import SharedWording, infer_pairs, item_text, pair
from nigao.report.parse import parse_report


def items(*texts: str) -> list[Item]:
    return [Item(ordinal="一是", sentences=[said(text)]) for text in texts]


def test_shared_wording_decides() -> None:
    problems = items("理论学习不够系统。", "窗口服务评价偏低。", "廉政责任压得不实。")
    measures = items("压实廉政责任，层层签订责任书。", "改进窗口服务，建立评价回访。", "制定理论学习计划。")
    assert pair(problems, measures) == [[3], [2], [1]]


def test_one_measure_may_answer_several() -> None:
    problems = items("理论学习不够系统。", "理论学习成果转化不够。")
    assert pair(problems, items("制定理论学习计划，推动成果转化。", "保养公务车辆。")) == [[1, 2], []]


def test_explicit_words_go_first() -> None:
    problems = items("理论学习不够系统。", "窗口服务评价偏低。")
    measures = items("针对第二个问题，制定理论学习计划。", "针对问题1，改进窗口服务。")
    assert pair(problems, measures) == [[2], [1]]


def test_a_number_that_no_problem_has_is_no_answer() -> None:
    assert pair(items("理论学习不够系统。"), items("针对第九个问题，保养车辆。")) == [[]]


def test_nothing_in_common_is_no_answer() -> None:
    assert pair(items("理论学习不够系统。"), items("保养公务车辆。")) == [[]]


def test_nothing_to_pair() -> None:
    assert pair([], items("制定计划。")) == [[]]
    assert pair(items("学习不够。"), []) == []


def test_sharing_is_symmetric_and_full_with_itself() -> None:
    shared = SharedWording(["理论学习不够", "窗口服务不够", "abc"])
    assert shared("理论学习不够", "窗口服务不够") == shared("窗口服务不够", "理论学习不够") > 0
    assert abs(shared("理论学习不够", "理论学习不够") - 1) < 1e-9
    assert shared("理论学习", "abc") == 0


def test_pairs_are_inferred_in_a_parsed_report() -> None:
    report = parse_report(WHOLE, KIND)
    infer_pairs(report, KIND)
    measures = report.part("measures")
    assert measures is not None
    assert [item.addresses for item in measures.items] == [[1], [2]]


def test_recorded_pairs_are_left_alone() -> None:
    report = parse_report(WHOLE, KIND)
    measures = report.part("measures")
    assert measures is not None
    measures.items[0].addresses = [2]
    infer_pairs(report, KIND)
    assert [item.addresses for item in measures.items] == [[2], []]


def test_a_report_without_problems_has_no_pairs() -> None:
    report = parse_report("四、整改方向\n一是制定计划。逐条落实。", KIND)
    infer_pairs(report, KIND)
    assert report.parts[0].items[0].addresses == []


@settings(max_examples=40)
@given(drafted_reports())
def test_each_problem_is_answered_at_most_once_by_wording(report: Report) -> None:
    problems, measures = report.part("problems"), report.part("measures")
    assert problems is not None
    assert measures is not None
    answers = pair(problems.items, measures.items)
    numbers = [number for answer in answers for number in answer]
    assert len(answers) == len(measures.items)
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= set(range(1, len(problems.items) + 1))
    assert all(answer == sorted(answer) for answer in answers)


def test_text_of_an_item_is_heading_first() -> None:
    item = Item(heading=said("甲。"), sentences=[said("乙。")], items=items("丙。"))
    assert item_text(item) == "甲。乙。丙。"
