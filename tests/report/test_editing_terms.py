"""One term for another: wherever it is the same thing, and nowhere else."""

from __future__ import annotations

import pytest
from editing_samples import at, typed, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import KIND, drafted_reports

from nigao.errors import EditError, NotFoundError
from nigao.report.editing.terms import occurrences, replace_term
from nigao.report.editing.wholewords import standing
from nigao.report.model import Part, Report
from nigao.report.places import Place
from nigao.report.render import render_text


def report_of(*sentences: str, unit: str = "云汀市档案服务中心") -> Report:
    lead = [typed(sentence) for sentence in sentences]
    part = Part(key="basics", ordinal="一、", heading=typed("基本情况"), lead=lead)
    return Report(kind=KIND.key, title=typed("关于情况的报告"), unit=unit, parts=[part], signature=typed(unit))


OTHER_THINGS = [
    ("支部", "机关党支部书记讲党课。", "党支部"),
    ("档案服务", "云汀市档案服务中心负责。", "单位名称"),
    ("档案办", "市档案办牵头。", "市档案办"),
    ("热线", "热线督办科负责。", "热线督办科"),
    ("大厅", "大厅管理科牵头。", "大厅管理科"),
    ("市委", "市委办公室印发。", "市委办公室"),
    ("信息科", "信息科技发展较快。", "科技"),
    ("综合科", "综合科室各有分工。", "科室"),
    ("人员", "窗口工作人员值守。", "工作人员"),
    ("建国", "王建国同志主持。", "王建国"),
    ("督查", "依据《督查办法》。", "文件名“督查办法”"),
    ("整改", "落实“边查边整改”要求。", "引号中的提法"),
    ("31", "执行云政办〔2025〕31号文件。", "文号"),
    ("8", "共18人。", "数字“18”"),
    ("8", "达到80%。", "数字“80”"),
    ("8", "提高8%。", "数字“8%”"),
    ("8", "投入8.5万元。", "数字“8.5”"),
    ("8", "印发1,800份。", "数字“1,800”"),
    ("8", "8月召开会议。", "日期“8月”"),
    ("8人", "参加8人次。", "数字“8人次”"),
    ("8个", "用时8个月。", "数字“8个月”"),
    ("八个", "共十八个。", "数字“十八个”"),
    ("2025年", "2025年1月14日召开会议。", "日期"),
    ("编制数", "核定编制【待补：编制数】。", "待补处"),
    ("AI", "AIGC标识齐全。", "AIGC"),
]


@pytest.mark.parametrize(("term", "text", "whole"), OTHER_THINGS)
def test_part_of_another_thing(term: str, text: str, whole: str) -> None:
    start = text.index(term)
    assert whole in standing(text, start, start + len(term), "云汀市档案服务中心")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("支部", "支部每季度检查一次。"),
        ("党支部", "机关党支部书记讲党课。"),
        ("大厅管理科", "大厅管理科长期坚持值班。"),
        ("群众", "群众反映的事项及时办理。"),
        ("干部", "年轻干部培养有序。"),
        ("大厅", "改善大厅环境。"),
        ("三会一课", "落实“三会一课”制度。"),
        ("督查办法", "依据《督查办法》。"),
        ("8", "共8项，另有18项。"),
        ("8个", "内设8个科室。"),
        ("八个", "内设八个科室。"),
        ("2025年", "2025年开展培训。"),
        ("云汀市档案服务中心", "云汀市档案服务中心负责。"),
        ("AI", "用AI辅助。"),
    ],
)
def test_a_thing_of_its_own(term: str, text: str) -> None:
    start = text.index(term)
    assert standing(text, start, start + len(term), "云汀市档案服务中心") == ""


def test_replacing_leaves_and_tells_what_is_another_thing() -> None:
    report = report_of("支部每季度检查，机关党支部书记带头。", "党支部和支部委员分工。")
    found = replace_term(report, "支部", "党支部", Place())
    assert [(one.same, one.where) for one in found] == [
        (True, "第一部分第1句"),
        (False, "第一部分第1句"),
        (False, "第一部分第2句"),
        (True, "第一部分第2句"),
    ]
    assert found[1].why == "这里已经是“党支部”"
    assert [s.text for s in report.sentences()] == [
        "党支部每季度检查，机关党支部书记带头。",
        "党支部和党支部委员分工。",
    ]
    assert found[0].text[found[0].start : found[0].end] == "支部"


def test_only_the_place_named_is_changed() -> None:
    report = whole()
    found = replace_term(report, "学习", "研学", at("problems"))
    assert [one.where for one in found] == ["三、一是第1句"]
    assert "一是研学转化还不够" in render_text(report)
    assert "坚持学用结合，推动学习走深走实" in render_text(report)
    assert [one.where for one in replace_term(report, "基本情况", "总体情况", at("basics"))] == ["第一部分标题"]
    assert [one.where for one in replace_term(report, "提质增效", "规范有序", at("features 2 s0"))] == ["二（二）标题"]


def test_the_whole_report_has_title_and_closing_lines_too() -> None:
    report = report_of("云汀市档案服务中心负责。")
    report.recipient = typed("云汀市档案服务中心党组：")
    found = replace_term(report, "云汀市档案服务中心", "云汀市档案馆", Place())
    assert [one.where for one in found] == ["主送机关", "第一部分第1句", "署名"]
    assert report.signature is not None
    assert report.signature.text == "云汀市档案馆"


def test_what_cannot_be_replaced_is_refused() -> None:
    report = report_of("机关党支部书记讲党课。", "好。")
    before = report.model_copy(deep=True)
    with pytest.raises(EditError, match="党支部"):
        replace_term(report, "支部", "总支", Place())
    with pytest.raises(NotFoundError, match="没有“团支部”"):
        replace_term(report, "团支部", "总支", Place())
    with pytest.raises(EditError, match="相同"):
        replace_term(report, "书记", "书记", Place())
    with pytest.raises(EditError, match="没有写出"):
        occurrences(report, " ", Place())
    with pytest.raises(EditError, match="空了"):
        replace_term(report, "好", "", Place())
    with pytest.raises(NotFoundError):
        replace_term(report, "书记", "委员", at("problems 1"))
    assert report == before


@settings(max_examples=40)
@given(drafted_reports(), st.text(alphabet="党建责任落实机关干部学习", min_size=1, max_size=4))
def test_every_occurrence_is_told_and_only_the_same_change(report: Report, term: str) -> None:
    text = render_text(report)
    found = occurrences(report, term, Place())
    for one in found:
        assert one.text[one.start : one.end] == term
        assert one.same is not bool(one.why)
    if any(one.same for one in found):
        replace_term(report, term, "〇", Place())
        assert render_text(report).count("〇") == sum(one.same for one in found)
        assert render_text(report).replace("〇", term) == text
