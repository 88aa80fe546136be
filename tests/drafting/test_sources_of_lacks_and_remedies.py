"""Where lacks and remedies come from: by their place in a document, whose it is, and when it speaks of."""

from __future__ import annotations

from pathlib import Path

from drafting_samples import brief, office
from nigao import Draft
from nigao.report.model import Origin

FEEDBACK = """中共云汀市委第二巡察组关于巡察市档案中心党支部的反馈意见

一、主要问题
一是落实决策部署方面。数字化加工任务推进迟缓，年度计划只完成了六成。
二是9个库房没有按规定建立出入登记。保管科对外包人员的管理停留在口头要求上。
三是支部组织生活质量不高。

二、意见建议
一是健全库房管理制度。由保管科统一出入登记格式，每周检查一次登记情况。
二是对记录不规范的及时通报、限期改正，每季度由支部抽查一次组织生活记录。
"""

SELF_CHECK = """市档案中心2025年自查报告

一、主要做法
落实廉政责任。班子成员开展廉政谈话15人次，签订责任书8份。

二、存在的问题
总结一年来的工作，虽然取得了一些成绩，但与上级要求相比还有不小差距。
组织生活质量不高。有的党员参加组织生活不积极，记录过于简单。

三、下一步打算
计划于下半年开展廉政家访，力争覆盖全体干部。
"""

EARLY = """市档案中心党支部工作情况

一、主要做法
规范组织生活。支部全年开展主题党日23次，讲党课9次。
"""


def drafted(folder: Path, **texts: str) -> Draft:
    with office(folder, **texts) as assistant:
        return assistant.draft(brief())


def said(draft: Draft, part: str) -> str:
    return "".join(sentence.text for sentence in draft.report.part(part).walk())


def test_an_inspections_findings_are_lacks_by_their_place(tmp_path: Path) -> None:
    problems = said(drafted(tmp_path, a=FEEDBACK, b=SELF_CHECK), "problems")
    assert "9个库房没有按规定建立出入登记" in problems
    assert "落实决策部署方面" not in problems
    assert "取得了一些成绩" not in problems
    assert "健全库房管理制度" not in problems


def test_no_problem_is_told_in_other_words_than_a_sources(tmp_path: Path) -> None:
    draft = drafted(tmp_path, a=FEEDBACK, b=SELF_CHECK)
    for item in draft.report.part("problems").items:
        assert item.heading.origin is Origin.SOURCE
        assert item.heading.citations


def test_a_lack_named_to_be_dealt_with_is_a_step(tmp_path: Path) -> None:
    draft = drafted(tmp_path, a=FEEDBACK, b=SELF_CHECK)
    measures = said(draft, "measures")
    assert "对记录不规范的及时通报、限期改正" in measures
    number = next(
        i for i, item in enumerate(draft.report.part("problems").items, 1) if "组织生活质量不高" in item.heading.text
    )
    answer = next(item for item in draft.report.part("measures").items if number in item.addresses)
    assert "组织生活记录" in "".join(sentence.text for sentence in answer.walk())


def test_plans_stay_out_of_what_was_done(tmp_path: Path) -> None:
    assert "廉政家访" not in said(drafted(tmp_path, b=SELF_CHECK), "features")


def test_figures_approved_too_early_for_the_period_are_left_out(tmp_path: Path) -> None:
    """A text approved in the first weeks of the period tells of the year before."""
    path = tmp_path / "early.txt"
    path.write_text(EARLY, encoding="utf-8")
    with office(tmp_path) as assistant:
        assistant.add(
            [path], role="material", approved_by="程立", approved_on="2025-01-20", title="市档案中心党支部工作情况"
        )
        assert "23次" not in assistant.draft(brief()).text()
    with office(tmp_path) as assistant:
        assistant.add(
            [path], role="material", approved_by="程立", approved_on="2025-12-20", title="市档案中心党支部工作情况"
        )
        assert "23次" in assistant.draft(brief()).text()


def test_half_a_year_takes_no_figures_of_the_whole(tmp_path: Path) -> None:
    text = (
        "2025年工作总结\n\n一、主要工作\n规范组织生活。支部全年开展主题党日12次。上半年支部讲党课5次，党员全部参加。\n"
    )
    with office(tmp_path, a=text) as assistant:
        features = said(assistant.draft(brief(period="2025年上半年")), "features")
    assert "12次" not in features
    assert "5次" in features


def test_several_years_say_which_year(tmp_path: Path) -> None:
    text = "2024年工作总结\n\n一、主要工作\n规范组织生活。支部全年开展主题党日12次，党员全部参加组织生活。\n"
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with office(tmp_path) as assistant:
        assistant.add([path], role="material", approved_by="程立", approved_on="2025-01-05", title="2024年工作总结")
        draft = assistant.draft(brief(period="2024年1月至2025年12月"))
    assert "2024年全年开展主题党日12次" in draft.text()
    assert draft.errors == []


def test_titles_and_other_words_keep_their_first_person(tmp_path: Path) -> None:
    text = (
        "2025年工作总结\n\n一、主要工作\n"
        "规范组织生活。我中心印发《我中心组织生活办法》，引导党员自我加压，我支部召开党员大会4次。\n"
    )
    with office(tmp_path, a=text) as assistant:
        said_text = assistant.draft(brief()).text()
    assert "市档案中心印发《我中心组织生活办法》" in said_text
    assert "自我加压" in said_text
    assert "市档案中心支部召开党员大会4次" in said_text
