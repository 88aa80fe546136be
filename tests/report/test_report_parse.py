"""The parser: what it recognises, and that it never loses a character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from report_samples import ANY_TEXT, KIND, WHOLE, drafted_reports, skeleton

from nigao.report.model import Item, Origin, Part, Report
from nigao.report.parse import heading_forms, parse_report
from nigao.report.render import render_text


def parse(text: str) -> Report:
    return parse_report(text, KIND)


def keys(text: str) -> list[str]:
    return [part.key for part in parse(text).parts]


def part(text: str, key: str) -> Part:
    found = parse(text).part(key)
    assert found is not None
    return found


def heads(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.ordinal, item.heading.text if item.heading else "") for item in items]


@settings(max_examples=400)
@given(ANY_TEXT)
def test_no_character_is_lost(text: str) -> None:
    report = parse(text)
    assert render_text(report) == text
    for sentence in report.sentences():
        assert sentence.start is not None
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.origin is Origin.HUMAN


@settings(max_examples=60)
@given(drafted_reports())
def test_a_drafted_report_parses_back(report: Report) -> None:
    parsed = parse(render_text(report))
    assert skeleton(parsed) == skeleton(report)
    # A second round changes nothing more.
    assert render_text(parsed) == render_text(report)


def test_a_whole_report() -> None:
    report = parse(WHOLE)
    assert render_text(report) == WHOLE
    assert report.title is not None
    assert report.title.text == "云汀市档案服务中心关于\n2025年政治生态情况的报告"
    assert report.recipient is not None
    assert report.recipient.text == "市委第二巡察组："
    assert [s.text for s in report.opening] == ["按照巡察工作安排，现将本中心2025年政治生态情况报告如下。"]
    assert [(p.key, p.ordinal, p.heading.text) for p in report.parts] == [
        ("basics", "一、", "基本情况"),
        ("features", "二、", "政治生态主要特征"),
        ("problems", "三、", "存在的问题"),
        ("measures", "四、", "整改方向"),
    ]
    assert report.signature is not None
    assert report.signature.text == "云汀市档案服务中心"
    assert report.date is not None
    assert report.date.text == "2025年12月26日"


def test_subsections_with_run_in_topics_and_with_numbered_points() -> None:
    first, second = part(WHOLE, "features").items
    assert first.heading is not None
    assert first.heading.text == "突出政治引领，聚焦“学用结合”思想建设走深走实。"
    assert heads(first.items) == [("", "理论学习抓在经常。"), ("", "决策部署落实有力。")]
    assert [len(item.sentences) for item in first.items] == [1, 1]
    assert heads(second.items) == [("1.", "组织生活严格规范。"), ("2.", "议事决策民主规范。")]


def test_enumerations_in_one_paragraph_and_on_lines() -> None:
    problems = part(WHOLE, "problems")
    assert [s.text for s in problems.lead] == ["中心工作取得一定成效，但仍有以下不足："]
    assert heads(problems.items) == [("一是", "学习转化还不够。"), ("二是", "作风建设有差距。")]
    assert [s.text for s in problems.items[0].sentences] == ["结合业务研讨偏少；"]
    assert heads(part(WHOLE, "measures").items)[1] == ("二是", "改进工作作风，提升窗口服务效能。")


def test_an_enumeration_within_one_sentence() -> None:
    problems = part("三、存在的问题\n主要有：一是学习不够深入；二是作风不够扎实；三是监督不够有力。", "problems")
    assert [(i.ordinal, [s.text for s in i.walk()]) for i in problems.items] == [
        ("一是", ["学习不够深入；"]),
        ("二是", ["作风不够扎实；"]),
        ("三是", ["监督不够有力。"]),
    ]


def test_an_enumeration_after_commas_only_in_sequence() -> None:
    problems = part("三、存在的问题\n原因在于，一是学习不够，二是作风不实。这件事，四是说不通。", "problems")
    assert [item.ordinal for item in problems.items] == ["一是", "二是"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("一、基本情况", "basics"),
        ("一、总体情况", "basics"),
        ("一、单位概况", "basics"),
        ("一、基本情况。", "basics"),
        ("第一部分　基本情况", "basics"),
        ("二、主要成效", "features"),
        ("二、主要做法和成效", "features"),
        ("二、近年来工作开展情况", "features"),
        ("三、存在问题和不足", "problems"),
        ("三、存在的主要问题及原因分析", "problems"),
        ("三、差距与不足", "problems"),
        ("三、存在的问题及整改措施", "problems"),
        ("四、下一步打算", "measures"),
        ("四、整改措施", "measures"),
        ("四、今后努力方向", "measures"),
        ("四、针对存在问题的整改措施", "measures"),
        ("四、存在问题的整改措施", "measures"),
        ("四、下一步主要工作", "measures"),
        ("四、原因分析", "other"),
        ("四、存在问题的原因分析", "other"),
        ("四、有关建议", "other"),
        ("五、组织实施", "other"),
        ("五、各科室对照巡察反馈意见逐条研究并在规定期限之内切实解决好企业和群众反映强烈的存在的突出问题", "other"),
    ],
)
def test_heading_variants(line: str, key: str) -> None:
    assert keys(line + "\n内容写在这里。") == [key]


def test_causes_stand_between_problems_and_measures() -> None:
    text = "一、基本情况\n甲。\n二、主要成效\n乙。\n三、存在的问题\n丙。\n四、原因分析\n丁。\n五、整改措施\n戊。"
    assert keys(text) == ["basics", "features", "problems", "other", "measures"]
    extra = parse(text).parts[3]
    assert KIND.knows_extra(extra.heading.text)


def test_headings_below_the_parts_are_not_parts() -> None:
    text = (
        "一、总体要求\n甲。\n二、任务\n（一）存在的问题\n乙。\n49.基本情况\n丙。\n三、整改措施\n（一）下一步打算\n丁。"
    )
    assert keys(text) == ["other", "other", "measures"]
    assert [item.ordinal for item in parse(text).parts[1].items] == ["（一）"]


def test_articles_and_enumerations_are_not_parts() -> None:
    assert keys("第一条　基本情况\n第二条　存在的问题\n一是存在的问题\n第一，整改方向") == []


@pytest.mark.parametrize(
    "ordinals", [["", "", "", ""], ["（一）", "（二）", "（三）", "（四）"], ["1.", "2.", "3.", "4."]]
)
def test_parts_without_chapter_numbers(ordinals: list[str]) -> None:
    names = ["基本情况", "主要成效", "存在的问题", "整改措施"]
    body = "".join(f"{ordinal}{name}\n内容写在这里。\n" for ordinal, name in zip(ordinals, names, strict=True))
    report = parse("关于有关情况的报告\n" + body)
    assert [(p.key, p.ordinal) for p in report.parts] == [
        (spec.key, ordinal) for spec, ordinal in zip(KIND.parts, ordinals, strict=True)
    ]


def test_one_heading_may_have_lost_its_number() -> None:
    text = "一、基本情况\n甲。\n二、主要成效\n乙。\n主要做法\n丙。\n存在的问题\n丁。\n四、整改措施\n戊。"
    # 主要做法 repeats the words of a numbered part: it is a line below it.
    assert keys(text) == ["basics", "features", "problems", "measures"]


def test_parts_numbered_as_parts_hold_chapters() -> None:
    text = "第一部分：基本情况\n一、机构设置\n甲。\n二、人员\n乙。\n第二部分：存在的问题\n一、学习不够\n丙。"
    report = parse(text)
    assert [p.key for p in report.parts] == ["basics", "problems"]
    assert heads(report.parts[0].items) == [("一、", "机构设置"), ("二、", "人员")]
    assert render_text(report) == text


@pytest.mark.parametrize(
    "line",
    ["一、基本情况：本中心有编制12名。", "一、基本情况　本中心有编制12名。", "一、基本情况：\n本中心有编制12名。"],
)
def test_a_part_heading_with_its_text_on_the_line(line: str) -> None:
    basics = part(line, "basics")
    assert basics.heading.text.rstrip("：") == "基本情况"
    assert [s.text for s in basics.lead] == ["本中心有编制12名。"]
    assert render_text(parse(line)) == line


def test_topics_of_enumerations_are_points() -> None:
    text = "二、主要成效\n（一）成效明显\n责任链条层层压实。"
    text += "一是印发清单，明确到人；二是按季通报。作风建设持续用力。一是走访企业。"
    (section,) = part(text, "features").items
    assert heads(section.items) == [("", "责任链条层层压实。"), ("", "作风建设持续用力。")]
    assert [[child.ordinal for child in item.items] for item in section.items] == [["一是", "二是"], ["一是"]]


def test_a_short_sentence_inside_an_enumeration_is_no_topic() -> None:
    text = "二、主要成效\n（一）成效明显\n一是责任链条层层压实。台账按月更新。各科室对照台账逐项销号并按季度报告进展。"
    (section,) = part(text, "features").items
    assert heads(section.items) == [("一是", "责任链条层层压实。")]
    assert len(section.items[0].sentences) == 2


def test_an_ordinal_with_nothing_behind_it_is_text() -> None:
    text = "三、存在的问题\n主要有：一是学习不够；二是"
    assert [item.ordinal for item in part(text, "problems").items] == ["一是"]
    assert render_text(parse(text)) == text


def test_deeper_numbering_nests() -> None:
    text = "二、主要成效\n（一）成效明显\n1.学习抓实\n（1）集中学习\n甲。\n（2）个人自学\n乙。\n"
    text += "2.作风抓实\n丙。\n（二）再上台阶\n丁。"
    first, second = part(text, "features").items
    assert [item.ordinal for item in first.items] == ["1.", "2."]
    assert [item.ordinal for item in first.items[0].items] == ["（1）", "（2）"]
    assert second.items == []
    assert [s.text for s in second.sentences] == ["丁。"]


def test_titles() -> None:
    one = parse("政治生态工作情况\n\n现将情况报告如下。\n一、基本情况\n甲。")
    assert one.title is not None
    assert one.title.text == "政治生态工作情况"
    four = parse("云汀市\n档案服务中心\n关于情况的报告\n（送审稿）\n市委：\n现将情况报告如下。")
    assert four.title is not None
    assert four.title.text.count("\n") == 3
    assert four.recipient is not None
    assert parse("现将情况报告如下。\n一、基本情况\n甲。").title is None


def test_an_invisible_mark_does_not_hide_the_recipient() -> None:
    report = parse("工作报告\n\n各位代表：\u200d\n现将情况报告如下。")
    assert report.title is not None
    assert report.title.text == "工作报告"
    assert report.recipient is not None


@pytest.mark.parametrize(
    ("closing", "signature", "date"),
    [
        ("市档案中心\n2025年12月26日", "市档案中心", "2025年12月26日"),
        ("　　市档案中心\n　　二〇二五年十二月二十六日\n\n", "市档案中心", "二〇二五年十二月二十六日"),
        ("市档案局\n市委保密办\n2025年12月26日", "市档案局\n市委保密办", "2025年12月26日"),
        ("2025年12月", None, "2025年12月"),
        ("市档案中心\nXXXX年XX月XX日", "市档案中心", "XXXX年XX月XX日"),
        ("市档案中心\n【待补：成文日期】", "市档案中心", "【待补：成文日期】"),
        ("以上报告。\n2025年12月26日", None, "2025年12月26日"),
        ("市档案中心", None, None),
        ("X", None, None),
        ("2025年", None, None),
        ("会议定于2025年12月26日召开", None, None),
    ],
)
def test_closing_lines(closing: str, signature: str | None, date: str | None) -> None:
    report = parse(f"报告\n现将情况报告如下。\n四、整改方向\n一是加强学习。制定计划并逐条落实。\n{closing}")
    assert (report.signature and report.signature.text) == signature
    assert (report.date and report.date.text) == date


@pytest.mark.parametrize(
    ("closing", "attachments", "after"),
    [
        (
            "附件：1.任务分解表\n　　　2.责任清单\n\n市档案中心\n2025年12月26日\n",
            ["附件：1.任务分解表", "2.责任清单"],
            [],
        ),
        ("市档案中心\n2025年12月26日\n\n附件：任务分解表\n", [], ["附件：任务分解表"]),
        (
            "市档案中心\n2025年12月26日\n附件1\n任务分解表\n一、学习\n综合科负责。\n",
            [],
            ["附件1", "任务分解表", "一、学习", "综合科负责。"],
        ),
        ("附件：任务分解表\n市档案中心\n2025年12月26日\n（此件公开发布）", ["附件：任务分解表"], ["（此件公开发布）"]),
        ("市档案中心\n2025年12月26日\n抄送：市纪委。\n", [], ["抄送：市纪委。"]),
    ],
)
def test_attachments_do_not_hide_the_closing_lines(closing: str, attachments: list[str], after: list[str]) -> None:
    text = f"报告\n现将情况报告如下。\n四、整改方向\n一是加强学习。制定计划并逐条落实。\n{closing}"
    report = parse(text)
    assert render_text(report) == text
    assert report.signature is not None
    assert report.date is not None
    assert (report.signature.text, report.date.text) == ("市档案中心", "2025年12月26日")
    assert [s.text for s in report.attachments] == attachments
    assert [s.text for s in report.after] == after
    assert [p.key for p in report.parts] == ["measures"]


def test_attachments_without_closing_lines() -> None:
    report = parse("报告\n现将情况报告如下。\n四、整改方向\n一是加强学习。制定计划。\n附件：1.任务分解表\n2.责任清单")
    assert [s.text for s in report.attachments] == ["附件：1.任务分解表", "2.责任清单"]
    assert "附件" not in "".join(s.text for s in report.sentences())


def test_a_date_inside_the_body_is_no_closing_line() -> None:
    report = parse("报告\n现将情况报告如下。\n一、基本情况\n2025年12月26日\n召开会议，部署工作。")
    assert report.date is None


def test_an_enumeration_inside_brackets_is_told_in_passing() -> None:
    text = "三、存在的问题\n一是学习不够（一是不系统；二是不经常），效果不好。二是作风不实。"
    assert [item.ordinal for item in part(text, "problems").items] == ["一是", "二是"]


def test_a_gap_within_one_sentence_is_still_an_enumeration() -> None:
    problems = part("三、存在的问题\n一是学习不够，二是作风不实，四是监督不力。", "problems")
    assert [item.ordinal for item in problems.items] == ["一是", "二是", "四是"]


def test_a_part_whose_whole_text_is_a_blank() -> None:
    basics = part("一、基本情况\nX\n二、主要成效\n甲。", "basics")
    assert [s.text for s in basics.lead] == ["X"]


def test_a_text_without_headings_is_all_opening() -> None:
    report = parse("没有标题。也没有部分。")
    assert report.parts == []
    assert [s.text for s in report.opening] == ["没有标题。", "也没有部分。"]


@pytest.mark.parametrize("text", ["", "\n", "  \n\t "])
def test_nothing_at_all(text: str) -> None:
    report = parse(text)
    assert render_text(report) == text
    assert (report.title, report.opening, report.parts) == (None, [], [])


def test_the_form_that_a_heading_took_is_told() -> None:
    report = parse("一、单位概况\n甲。\n二、政治生态主要特征\n乙。\n三、原因分析\n丙。")
    assert [(form.key, form.written, form.standard) for _, form in heading_forms(report, KIND)] == [
        ("basics", "单位概况", "基本情况")
    ]
