"""What the brief asks for is what is written: facts, headings, points, problems, measures, one part only."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafting_samples import SUMMARY, brief, office
from nigao import Assistant
from nigao.errors import KindError
from nigao.report.model import Origin


def basics(facts: list[dict[str, str]]) -> list[tuple[str, list[str]]]:
    with Assistant.in_memory() as assistant:
        part = assistant.draft(brief(facts=facts)).report.part("basics")
    return [(sentence.text, sentence.facts) for sentence in part.lead]


def test_facts_become_sentences_and_missing_ones_blanks() -> None:
    said = basics([{"name": "编制数", "value": "12", "unit": "名"}, {"name": "馆藏档案", "value": "31万卷"}])
    texts = [text for text, _ in said]
    assert "核定编制12名，实有【待补：实有人数】。" in texts
    assert ("馆藏档案31万卷。", ["馆藏档案"]) in said
    assert any("【待补：主要职责】" in text for text in texts)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("市政府直属事业单位", "市档案中心为市政府直属事业单位。"),
        ("为市政府直属事业单位", "市档案中心为市政府直属事业单位。"),
        ("系公益一类事业单位。", "市档案中心系公益一类事业单位。"),
        ("云汀市档案服务中心成立于2010年", "云汀市档案服务中心成立于2010年。"),
    ],
)
def test_a_fact_that_brings_its_own_verb_does_not_double_it(value: str, sentence: str) -> None:
    assert basics([{"name": "机构设置", "value": value}])[0][0] == sentence


def test_facts_are_found_under_other_names() -> None:
    said = basics([{"name": "人员编制", "value": "12名"}, {"name": "职责", "value": "承担档案接收"}])
    assert any(facts == ["人员编制"] for _, facts in said)
    assert ("主要职责是承担档案接收。", ["职责"]) in said


def test_opening_introduces_the_unit_and_who_asked() -> None:
    with Assistant.in_memory() as assistant:
        report = assistant.draft(brief(asked_by="市委第二巡察组", recipient="市委第二巡察组", date="2025-12-26")).report
    assert report.opening[0].text == (
        "根据市委第二巡察组有关要求，现将云汀市档案服务中心（以下简称“市档案中心”）2025年政治生态建设情况报告如下。"
    )
    assert report.opening[0].origin is Origin.FACT
    assert report.recipient.text == "市委第二巡察组："
    assert (report.signature.text, report.date.text) == ("云汀市档案服务中心", "2025年12月26日")


def test_asked_headings_and_points_are_kept_as_typed(tmp_path: Path) -> None:
    points = {
        "features": [
            {"heading": "抓学习强根基，聚焦“第一议题”学习制度落实到位。", "points": ["理论学习常态化", "学习成果转化"]},
            {"heading": "抓支部强堡垒，聚焦“三会一课”组织生活规范开展。", "points": ["支部组织生活"]},
            {"heading": "抓纪律强约束，聚焦“一岗双责”廉政责任层层落实。", "points": ["廉政谈话和风险防控"]},
            {"heading": "抓服务强作风，聚焦“查档服务”办事体验持续改善。", "points": ["查档窗口服务"]},
        ]
    }
    with office(tmp_path, a=SUMMARY) as assistant:
        part = assistant.draft(brief(points=points)).report.part("features")
    assert [item.heading.text for item in part.items] == [asked["heading"] for asked in points["features"]]
    assert {item.heading.origin for item in part.items} == {Origin.HUMAN}
    assert [i.heading.text for i in part.items[0].items] == ["理论学习常态化。", "学习成果转化。"]
    first = "".join(sentence.text for sentence in part.items[0].items[0].walk())
    assert "集中学习11次" in first


def test_asked_problems_and_measures_with_their_pairing(tmp_path: Path) -> None:
    points = {
        "problems": ["学习成果转化不够", "查档服务还有差距", "编研力量薄弱"],
        "measures": [
            {"text": "推动学习成果转化", "addresses": [1]},
            "改进查档服务",
        ],
    }
    with office(tmp_path, a=SUMMARY) as assistant:
        draft = assistant.draft(brief(points=points))
    problems, measures = draft.report.part("problems").items, draft.report.part("measures").items
    assert [p.heading.text for p in problems] == ["学习成果转化不够。", "查档服务还有差距。", "编研力量薄弱。"]
    assert any("研究问题偏少" in s.text for s in problems[0].sentences)
    assert [m.addresses for m in measures] == [[1], [2], [3]]
    assert any("专题研讨" in s.text for s in measures[0].sentences)
    # Nothing in the corpus answers the third problem, and nothing is made up.
    assert "【待补：针对“编研力量薄弱”的整改措施】" in measures[2].sentences[0].text


def test_problems_and_measures_from_the_corpus_are_paired(tmp_path: Path) -> None:
    with office(tmp_path, a=SUMMARY) as assistant:
        draft = assistant.draft(brief())
    problems, measures = draft.report.part("problems").items, draft.report.part("measures").items
    assert [p.heading.text for p in problems] == ["学习成果转化不够。", "查档服务还有差距。"]
    assert [m.addresses for m in measures] == [[1], [2]]
    assert "专题研讨" in "".join(s.text for s in measures[0].walk())
    assert "综合窗口" in "".join(s.text for s in measures[1].walk())


def test_one_part_brings_what_it_answers(tmp_path: Path) -> None:
    with office(tmp_path, a=SUMMARY) as assistant:
        assert [p.key for p in assistant.draft(brief(), part="features").report.parts] == ["features"]
        assert [p.key for p in assistant.draft(brief(), part="measures").report.parts] == ["problems", "measures"]
        with pytest.raises(KindError):
            assistant.draft(brief(), part="appendix")


def test_heading_takes_its_term_from_the_evidence(tmp_path: Path) -> None:
    with office(tmp_path, a=SUMMARY) as assistant:
        part = assistant.draft(brief()).report.part("features")
    terms = [item.heading.text.split("“")[1].split("”")[0] for item in part.items[:3]]
    assert terms == ["第一议题", "三会一课", "一岗双责"]
    assert all(item.heading.citations for item in part.items[:3])


def test_ledger_rows_give_problems_and_measures(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("市档案中心整改台账", 0)
    table = document.add_table(rows=1, cols=4)
    for cell, name in zip(table.rows[0].cells, ("序号", "问题", "整改措施", "责任科室"), strict=True):
        cell.text = name
    for values in (
        (
            "1",
            "库房巡查记录不规范，缺少签字。",
            "1.统一巡查记录格式，保管科每周检查一次。2.将巡查情况纳入月度考核。",
            "保管科",
        ),
        ("2", "党员学习笔记质量不高，应付了事。", "党支部每季度开展学习笔记互评，评议结果在支部大会上通报。", "党支部"),
    ):
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    path = tmp_path / "ledger.docx"
    document.save(str(path))
    with office(tmp_path) as assistant:
        assistant.add([path], role="material", approved_by="程立", approved_on="2025-12-01", title="市档案中心整改台账")
        draft = assistant.draft(brief())
    said = draft.text()
    assert "党支部每季度开展学习笔记互评" in said
    assert "责任科室：" not in said
    assert "整改措施：" not in said


def test_attachments_of_the_brief_stand_behind_the_draft_and_are_left_as_they_are(tmp_path: Path) -> None:
    asked = brief(attachments=[{"title": "整改台账", "rows": [["序号", "问题"], ["1", "学习转化不够，涉及88人"]]}])
    with office(tmp_path, a=SUMMARY) as assistant:
        draft = assistant.draft(asked)
        stored = assistant.stored(draft.id)
    (annex,) = draft.report.annexes
    assert annex.title.origin is Origin.FACT
    assert annex.table is not None
    assert annex.table.rows[1] == ["1", "学习转化不够，涉及88人"]
    assert "附件：整改台账" in draft.text()
    assert stored.report == draft.report
    assert stored.brief == asked
