"""Edits made in Word land in the report as meant; what nobody touched stays what it was, evidence and all."""

from __future__ import annotations

import io
import random
from collections import Counter

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from returned_report import report_to_edit, report_with_annex
from word_samples import short_report

from nigao.report.editing.diff import diff_reports
from nigao.report.kinds import load_kind
from nigao.report.model import Origin, Report, Sentence
from nigao.report.render import pieces
from nigao.word import docx_bytes
from nigao.word.returning.editedfile import EditedFile
from nigao.word.returning.rejoining import lines_of, rejoin
from word_edits import (
    Edit,
    below,
    drop,
    edited,
    join_below,
    move_below,
    numbered_by_word,
    part_at,
    retype,
    tracked_move,
    tracked_paragraph,
    tracked_removal,
    tracked_words,
)

KIND = load_kind("political-ecology")


def back(report: Report, *edits: Edit, accepted: bool = True) -> Report:
    """The report that comes back when its export was edited so."""
    file = EditedFile(edited(docx_bytes(report), *edits))
    assert file.left_out == []
    return rejoin(report, KIND, file.lines(lambda _: accepted)).report


def sentences(report: Report) -> list[Sentence]:
    return [piece.sentence for piece in pieces(report) if piece.sentence is not None]


def untouched(old: Report, new: Report) -> None:
    """Every sentence that reads as before is the same in all else, but for copies; every other is a person's."""
    were, now = (Counter(s.model_dump_json(exclude={"gap"}) for s in sentences(one)) for one in (old, new))
    texts, theirs = (Counter(s.text for s in sentences(one)) for one in (old, new))
    kept = Counter[str]()
    for sentence in sentences(new):
        written = sentence.model_dump_json(exclude={"gap"})
        if 0 < now[written] <= were[written]:
            kept[sentence.text] += 1
        elif sentence.text not in texts or theirs[sentence.text] > texts[sentence.text]:
            assert sentence.origin is Origin.HUMAN
            assert sentence.citations == []
    for text, count in texts.items():
        assert kept[text] >= min(count, theirs[text]), text


@pytest.mark.parametrize("make", [short_report, report_to_edit, report_with_annex])
def test_a_file_that_nobody_edited_gives_the_very_same_report(make: object) -> None:
    assert callable(make)
    report = make()
    assert back(report) is report


def two_is_inserted(d: Document) -> None:
    below(d, "一是理论学习不够深入。", "二是调查研究不够。全年只下乡4次。")
    for old, new in (("二是制度", "三是制度"), ("三是干部", "四是干部"), ("四是服务方式", "五是服务方式")):
        retype(d, old, new)


def measures_change_places(d: Document) -> None:
    move_below(d, "一是加强学习转化。", "二是严格制度落实。")
    retype(d, "二是严格", "一是严格")
    retype(d, "一是加强", "二是加强")


SECTION = "（四）厉行勤俭节约，聚焦“过紧日子”机关运行更加高效"
EDITS: dict[str, tuple[Edit, list[str]]] = {
    "a figure": (
        lambda d: retype(d, "体会42篇", "体会45篇"),
        ["修改　二（一）第二点第2句：青年学习小组每月交流一次，撰写体会〔删：42〕〔增：45〕篇。"],
    ),
    "a sentence more": (
        lambda d: retype(d, "汇编成册。", "汇编成册。学习档案一人一册。"),
        ["增加　二（一）第一点第4句：学习档案一人一册。"],
    ),
    "a sentence less": (lambda d: retype(d, "轮岗交流5人。", ""), ["删除　二（二）第二点第3句：轮岗交流5人。"]),
    "two sentences change places": (
        lambda d: (
            retype(d, "研讨材料汇编成册。", ""),
            retype(d, "坚持集中学习。", "坚持集中学习。研讨材料汇编成册。"),
        ),
        ["移动　二（一）第一点第3句 → 二（一）第一点第2句：研讨材料汇编成册。"],
    ),
    "a paragraph less": (
        lambda d: drop(d, "抓好青年教育。"),
        ["删除　二（一）第二点：抓好青年教育。青年学习小组每月交流一次，撰写体会42篇。"],
    ),
    "a paragraph elsewhere": (
        lambda d: move_below(d, "抓好青年教育。", "紧盯重点岗位。"),
        ["移动　二（一）第二点 → 二（二）第三点：抓好青年教育。青年学习小组每月交流一次，撰写体会42篇。"],
    ),
    "a new section": (
        lambda d: below(d, "畅通诉求渠道。", SECTION, "控制公务支出。全年压减一般性支出5%。"),
        [f"增加　二（四）：{SECTION}控制公务支出。全年压减一般性支出5%。"],
    ),
    "五是 at the end": (
        lambda d: below(d, "四是服务方式不够灵活。", "五是作风建设还有短板。个别窗口态度不够热情。"),
        ["增加　三、五是：五是作风建设还有短板。个别窗口态度不够热情。"],
    ),
    "二是 in the middle, the others numbered anew": (
        two_is_inserted,
        ["增加　三、二是：二是调查研究不够。全年只下乡4次。"],
    ),
    "another form of number": (lambda d: retype(d, "（三）改进", "(三)改进"), []),
    "numbers by Word": (lambda d: numbered_by_word(d, "（一）强化", "（二）压紧", "（三）改进"), []),
    "one paragraph made two": (lambda d: part_at(d, "研讨材料汇编"), []),
    "two paragraphs made one": (lambda d: join_below(d, "坚持集中学习。"), []),
    "two items made one paragraph": (lambda d: join_below(d, "一是加强学习转化。"), []),
    "the title": (
        lambda d: retype(d, "2025年度", "2025年"),
        ["修改　标题：青澜市档案馆关于2025〔删：年度〕〔增：年〕政治生态建设情况的报告"],
    ),
    "the recipient": (
        lambda d: retype(d, "第四巡察组：", "第三巡察组："),
        ["修改　主送机关：市委〔删：第四〕〔增：第三〕巡察组："],
    ),
    "the date": (
        lambda d: retype(d, "1月20日", "1月28日"),
        ["修改　成文日期：2026年1月〔删：20〕〔增：28〕日"],
    ),
    "a heading without its number": (
        lambda d: retype(d, "（二）压紧", "压紧"),
        [],
    ),
    "a part's heading": (
        lambda d: retype(d, "四、整改方向", "四、整改措施"),
        ["修改　第四部分标题：〔删：整改方向〕〔增：整改措施〕"],
    ),
    "a new part": (
        lambda d: below(d, "四是创新服务方式。", "五、其他需要说明的情况", "暂无。"),
        ["增加　第五部分标题：其他需要说明的情况", "增加　第五部分第1句：暂无。"],
    ),
    "a sentence on a line of its own in the lead": (
        lambda d: below(d, "青澜市档案馆核定编制", "另有聘用人员4名。"),
        ["增加　第一部分第3句：另有聘用人员4名。"],
    ),
    "measures change places": (
        measures_change_places,
        ["移动　四、二是 → 四、一是：一是严格制度落实。人事科每月抽查请销假登记，结果通报。"],
    ),
    "a problem less": (
        lambda d: drop(d, "二是制度执行"),
        ["删除　三、二是：二是制度执行不够严格。有2个科室请销假登记不完整。"],
    ),
    "words, tracked": (
        lambda d: tracked_words(d, "每月抽查", "每周抽查", "张核"),
        ["修改　四、二是第2句：人事科〔删：每月〕〔增：每周〕抽查请销假登记，结果通报。"],
    ),
    "a paragraph more, tracked": (
        lambda d: tracked_paragraph(d, "（二）压紧", "开展警示教育。观看专题片2场。", "张核"),
        ["增加　二（一）第三点：开展警示教育。观看专题片2场。"],
    ),
    "a paragraph less, tracked": (
        lambda d: tracked_removal(d, "抓好青年教育。", "张核"),
        ["删除　二（一）第二点：抓好青年教育。青年学习小组每月交流一次，撰写体会42篇。"],
    ),
    "a paragraph elsewhere, tracked": (
        lambda d: tracked_move(d, "抓好青年教育。", "紧盯重点岗位。", "张核"),
        ["移动　二（一）第二点 → 二（二）第三点：抓好青年教育。青年学习小组每月交流一次，撰写体会42篇。"],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_lands_as_meant(name: str) -> None:
    edit, told = EDITS[name]
    report = report_to_edit()
    new = back(report, edit)
    assert diff_reports(report, new).text().splitlines() == told
    untouched(report, new)


@pytest.mark.parametrize("name", [name for name in EDITS if name.endswith("tracked")])
def test_a_tracked_change_that_is_not_taken_leaves_the_very_same_report(name: str) -> None:
    report = report_to_edit()
    assert back(report, EDITS[name][0], accepted=False) is report


def test_measures_go_on_answering_their_problems_under_new_numbers() -> None:
    new = back(report_to_edit(), two_is_inserted)
    measures = new.part("measures")
    assert measures is not None
    assert [item.addresses for item in measures.items] == [[1], [3], [4], [3, 5]]


def test_a_text_retyped_without_any_styles_is_understood_too() -> None:
    report = report_to_edit()
    plain = docx.Document()
    for line in lines_of(report):
        plain.add_paragraph(line.replace("11次", "12次"))
    saved = io.BytesIO()
    plain.save(saved)
    new = rejoin(report, KIND, EditedFile(saved.getvalue()).lines(lambda _: True)).report
    assert diff_reports(report, new).summary() == "修改1处"
    untouched(report, new)


def test_a_locked_sentence_stays_and_what_was_typed_instead_is_told() -> None:
    report = report_to_edit()
    features = report.part("features")
    assert features is not None
    point = features.items[0].items[1]
    assert point.heading is not None
    point.heading.locked = point.sentences[0].locked = True
    lines = [line.replace("撰写体会42篇", "撰写体会50篇") for line in lines_of(report)]
    changed = rejoin(report, KIND, lines)
    assert diff_reports(report, changed.report).changes == []
    assert [(edit.sentence, edit.typed) for edit in changed.locked] == [
        ("青年学习小组每月交流一次，撰写体会42篇。", "青年学习小组每月交流一次，撰写体会50篇。")
    ]
    gone = rejoin(report, KIND, [line for line in lines_of(report) if not line.startswith("抓好青年")])
    assert diff_reports(report, gone.report).changes == []
    assert [edit.typed for edit in gone.locked] == ["", ""]


TYPED = [
    "新增一句，说明情况。",
    "（五）加强作风建设",
    "六是基础工作不实。台账不全。",
    "五、工作打算",
    "1.完善制度",
    "附件2",
    "——",
    "，",
]


@st.composite
def _edited_lines(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """Lines as people may leave them: some gone, moved, joined, parted, copied, retyped, some new."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    now = list(lines)
    for _ in range(draw(st.integers(1, 6))):
        # Title, 署名 and date have one place in a report; nothing is moved across them.
        at, other = (chance.randrange(4, len(now) - 2) for _ in range(2))
        match chance.choice(["drop", "move", "join", "part", "copy", "type", "change"]):
            case "drop":
                now.pop(at)
            case "move":
                now.insert(other, now.pop(at))
            case "join":
                now[at - 1 : at + 1] = [now[at - 1] + now[at]]
            case "part" if len(now[at]) > 4:
                cut = chance.randrange(1, len(now[at]))
                now[at : at + 1] = [now[at][:cut], now[at][cut:]]
            case "copy":
                now.insert(other, now[at])
            case "type":
                now.insert(at, chance.choice(TYPED))
            case _:
                cut = chance.randrange(len(now[at]))
                now[at] = now[at][:cut] + chance.choice(TYPED)[:6] + now[at][cut + chance.randrange(5) :]
    return [line.strip() for line in now if line.strip()]


@settings(max_examples=60)
@given(st.data())
def test_no_character_that_a_person_typed_is_lost_and_untouched_sentences_keep_all(data: st.DataObject) -> None:
    report = report_to_edit()
    lines = data.draw(_edited_lines(lines_of(report)))
    new = rejoin(report, KIND, lines).report

    def read(texts: list[str]) -> str:
        # The layout puts a colon behind whom it is sent to, and takes the stop from a heading.
        return "".join("".join(texts).split()).replace("：", "").replace("。", "")

    assert read(lines_of(new)) == read(lines)
    untouched(report, new)
    assert Report.model_validate_json(new.model_dump_json()) == new


@settings(max_examples=30)
@given(st.data())
def test_what_was_rejoined_comes_back_the_same(data: st.DataObject) -> None:
    new = rejoin(report_to_edit(), KIND, data.draw(_edited_lines(lines_of(report_to_edit())))).report
    assert rejoin(new, KIND, lines_of(new)).report is new
