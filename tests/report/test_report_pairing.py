"""Which problem a measure answers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from report_samples import KIND, WHOLE, drafted_reports, said

from nigao.report.model import Item, Report
from nigao.report.pairing import SharedWording, infer_pairs, item_text, pair, strangers
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


PROBLEMS = items(
    "学习教育抓得不够经常。集中学习时有中断，读书笔记质量不高。",
    "选人用人工作不够规范。民主推荐程序记录不完整，干部档案审核不细。",
    "财务管理存在漏洞。差旅费报销审核把关不严，往来款清理不及时。",
)
MEASURES = items(
    "坚持不懈强化思想教育。落实每周学习日制度，定期展评读书笔记。",
    "规范选人用人程序。完整记录民主推荐各环节，对干部档案逐卷审核。",
    "健全财务内控制度。严格差旅费报销审核，限期清理往来款。",
)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_words_that_every_item_uses_answer_nothing(missing: int) -> None:
    assert pair(PROBLEMS, MEASURES) == [[1], [2], [3]]
    left = [measure for number, measure in enumerate(MEASURES) if number != missing]
    answered = {number for numbers in pair(PROBLEMS, left) for number in numbers}
    assert answered == {1, 2, 3} - {missing + 1}


def test_two_measures_may_answer_one_problem() -> None:
    measures = items("严格报销审核，逐笔核对差旅费。", "限期清理往来款，逐项核对差旅费。", "按季移交档案。")
    assert pair(items("差旅费报销审核把关不严，往来款清理不及时。", "档案移交拖延。"), measures) == [[1], [1], [2]]


def test_the_last_two_left_over_belong_together_where_all_others_stand_in_order() -> None:
    problems = [*PROBLEMS[:2], *items("作风不够扎实。窗口态度生硬。")]
    measures = [*MEASURES[:2], *items("热情待人，耐心解答。")]
    assert pair(problems, measures) == [[1], [2], [3]]
    assert pair(problems, [*measures, *items("举办运动会。")])[2:] == [[], []]


DUTIES = items(
    "执法人员业务能力不均衡。新进队员对办案程序掌握不够。",
    "执法过程公开不够。现场检查结果上网不及时，当事人知晓率低。",
    "路灯巡查有盲区。背街小巷的路灯报修后迟迟未换。",
)
REMEDIES = items(
    "加强业务培训。为新进队员确定办案师傅，每月练一次办案程序。",
    "推进执法公开。现场检查结果七日内上网，向执法当事人推送查询链接。",
    "扫清路灯巡查盲区。背街小巷路灯报修后两日内更换。",
)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_few_words_in_common_are_no_second_answer_of_a_measure_that_has_its_own(missing: int) -> None:
    assert pair(DUTIES, REMEDIES) == [[1], [2], [3]]
    left = [measure for number, measure in enumerate(REMEDIES) if number != missing]
    assert {number for numbers in pair(DUTIES, left) for number in numbers} == {1, 2, 3} - {missing + 1}


def test_a_measure_may_answer_two_problems_unequally() -> None:
    problems = items(
        "干部队伍结构不够合理。专业技术人才储备不足。",
        "年轻干部培养力度不够。导师帮带流于形式，轮岗交流机会偏少。",
        "经费管理不够精细。固定资产台账更新滞后。",
    )
    measures = items(
        "优化干部队伍结构。补充专业技术人才；落实导师帮带，有序轮岗交流。",
        "强化资产管理。每半年盘点固定资产并更新台账。",
    )
    assert pair(problems, measures) == [[1, 2], [3]]


def paired(problems: list[Item], measures: list[Item]) -> list[Item]:
    for measure, numbers in zip(measures, pair(problems, measures), strict=True):
        measure.addresses = numbers
    return measures


def test_a_measure_for_what_nobody_named_is_a_stranger() -> None:
    assert strangers(DUTIES, paired(DUTIES, [*REMEDIES, *items("举办职工运动会。翻新篮球场地面。")])) == [3]
    assert strangers(DUTIES[1:], paired(DUTIES[1:], REMEDIES)) == [0]


def test_a_measure_for_the_setting_right_itself_is_none() -> None:
    whole = [*REMEDIES, *items("加强组织领导。成立专班，倒排工期。")]
    assert strangers(DUTIES, paired(DUTIES, whole)) == []
    assert pair(DUTIES, [*REMEDIES[:2], whole[3]]) == [[1], [2], []]


def test_while_a_problem_is_open_a_measure_may_be_meant_for_it() -> None:
    assert strangers(DUTIES, paired(DUTIES, [*REMEDIES[:2], *items("举办职工运动会。"), *items("保养公车。")])) == []


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
def test_answers_are_numbers_of_problems_told_once_each(report: Report) -> None:
    problems, measures = report.part("problems"), report.part("measures")
    assert problems is not None
    assert measures is not None
    answers = pair(problems.items, measures.items)
    assert len(answers) == len(measures.items)
    for answer in answers:
        assert answer == sorted(set(answer))
        assert set(answer) <= set(range(1, len(problems.items) + 1))


def test_text_of_an_item_is_heading_first() -> None:
    item = Item(heading=said("甲。"), sentences=[said("乙。")], items=items("丙。"))
    assert item_text(item) == "甲。乙。丙。"
