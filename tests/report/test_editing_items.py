"""Items and sentences deleted, moved, swapped, split, merged and added: numbers, pairing and punctuation follow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from editing_samples import at, body, changed, pairs, parsed, typed, whole
from report_samples import KIND

from nigao.errors import EditError, NigaoError, NotFoundError
from nigao.report.editing.items import add_item, delete_places, move, swap
from nigao.report.editing.notices import notices
from nigao.report.editing.numbering import renumber, renumbered
from nigao.report.editing.parting import merge, split
from nigao.report.editing.sentences import add_sentences, replace_sentence, set_heading
from nigao.report.model import Citation, Item, Origin, Part, Report, Sentence
from nigao.report.places import Place
from nigao.report.render import render_text
from nigao.text.ordinals import OrdinalForm

FORMS = {
    "一是": ("一是甲不够。", "二是乙不足。", "三是丙不强。"),
    "一要": ("一要甲不够。", "二要乙不足。", "三要丙不强。"),
    "（一）": ("（一）甲不够", "（二）乙不足", "（三）丙不强"),
    "(一)": ("(一)甲不够", "(二)乙不足", "(三)丙不强"),
    "1.": ("1.甲不够。", "2.乙不足。", "3.丙不强。"),
    "1、": ("1、甲不够。", "2、乙不足。", "3、丙不强。"),
    "１．": ("１．甲不够。", "２．乙不足。", "３．丙不强。"),
    "（1）": ("（1）甲不够。", "（2）乙不足。", "（3）丙不强。"),
    "①": ("①甲不够。", "②乙不足。", "③丙不强。"),
    "第一，": ("第一，甲不够。", "第二，乙不足。", "第三，丙不强。"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_written_form_is_kept(form: str) -> None:
    first, second, third = FORMS[form]
    report = parsed("".join(f"    {line}\n" for line in FORMS[form]))
    gone, come = changed(report, lambda report: delete_places(report, KIND, [at("problems 2")]))
    # The numbers go on in the same digits and brackets.
    expected = third.replace("三", "二").replace("3", "2").replace("３", "２").replace("③", "②")
    assert gone == [f"    {second}", f"    {third}"]
    assert come == [f"    {expected}"]
    swap(report, KIND, at("problems 1"), at("problems 2"))
    assert [item.ordinal for item in report.parts[0].items] == [first[: len(form)], expected[: len(form)]]


def test_an_ordinal_is_written_anew_in_its_own_digits() -> None:
    assert [renumbered(form, 12) for form in ("一是", "（一）", "1.", "１．", "①", "第一，", "第一部分：", "一要")] == [
        "十二是", "（十二）", "12.", "１２．", "⑫", "第十二，", "第十二部分：", "十二要",
    ]  # fmt: skip
    with pytest.raises(EditError, match="⑳"):
        renumbered("①", 21)
    with pytest.raises(EditError, match="认不出"):
        renumbered("首先，", 2)
    items = [Item(), Item(), Item()]
    renumber(items, OrdinalForm.SECTION)
    assert [item.ordinal for item in items] == ["（一）", "（二）", "（三）"]
    renumber(items, "(1)", start=3)
    assert [item.ordinal for item in items] == ["(3)", "(4)", "(5)"]


def test_an_enumeration_in_one_paragraph_stays_well_joined() -> None:
    report = parsed("    有以下不足：一是甲不够；二是乙不足，有的不办；三是丙不强。\n")
    delete_places(report, KIND, [at("problems 3")])
    assert body(report, "problems") == "有以下不足：一是甲不够；二是乙不足，有的不办。"
    swap(report, KIND, at("problems 1"), at("problems 2"))
    assert body(report, "problems") == "有以下不足：一是乙不足，有的不办；二是甲不够。"
    add_item(report, KIND, at("problems 1"), Item(sentences=[typed("丁不多。")]), True)
    assert body(report, "problems") == "有以下不足：一是乙不足，有的不办；二是丁不多；三是甲不够。"
    move(report, KIND, at("problems 3"), "before", at("problems 1"))
    assert body(report, "problems") == "有以下不足：一是甲不够；二是乙不足，有的不办；三是丁不多。"
    delete_places(report, KIND, [at("problems 1"), at("problems 2"), at("problems 3")])
    assert body(report, "problems") == "有以下不足。"


def test_two_enumerations_in_one_part_are_numbered_apart() -> None:
    report = parsed("    学习上，一是甲不够。二是乙不足。作风上：一是丙不强。二是丁不多。三是戊不够。\n")
    delete_places(report, KIND, [at("problems 1"), at("problems 4")])
    assert [item.ordinal for item in report.parts[0].items] == ["一是", "一是", "二是"]


def test_numbering_that_runs_on_across_parts_still_does() -> None:
    text = "    （一）甲不够\n    （二）乙不足\n"
    report = parsed(text, "    （三）改甲\n    （四）改乙\n")
    delete_places(report, KIND, [at("problems 1")])
    assert [item.ordinal for part in report.parts for item in part.items] == ["（一）", "（二）", "（三）"]


def test_a_list_that_begins_in_a_sentence_goes_on_from_there() -> None:
    report = parsed("    二是甲不够。\n    三是乙不足。\n    四是丙不强。\n")
    delete_places(report, KIND, [at("problems 2")])
    assert [item.ordinal for item in report.parts[0].items] == ["二是", "三是"]


def _paired() -> Report:
    report = parsed(
        "    一是甲不够。\n    二是乙不足。\n    三是丙不强。\n", "    一是改甲。\n    二是改乙丙。\n    三是督办。\n"
    )
    for item, numbers in zip(report.parts[1].items, ([1], [2, 3], []), strict=True):
        item.addresses = numbers
    return report


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda r: delete_places(r, KIND, [at("problems 1")]), [[], [1, 2], []]),
        (lambda r: delete_places(r, KIND, [at("problems 2")]), [[1], [2], []]),
        (lambda r: swap(r, KIND, at("problems 1"), at("problems 3")), [[3], [1, 2], []]),
        (lambda r: move(r, KIND, at("problems 3"), "before", at("problems 1")), [[2], [1, 3], []]),
        (lambda r: merge(r, KIND, [at("problems 1"), at("problems 2")]), [[1], [1, 2], []]),
        (lambda r: swap(r, KIND, at("measures 1"), at("measures 2")), [[2, 3], [1], []]),
        (lambda r: merge(r, KIND, [at("measures 1"), at("measures 2")]), [[1, 2, 3], []]),
        (lambda r: add_item(r, KIND, at("problems 1"), Item(sentences=[typed("丁不多。")]), True), [[1], [3, 4], []]),
        (lambda r: move(r, KIND, at("measures 1"), "into", at("problems")), [[2, 3], []]),
        (lambda r: delete_places(r, KIND, [at("measures 2")]), [[1], []]),
    ],
)
def test_measures_go_on_answering_what_they_answered(
    edit: Callable[[Report], object], expected: list[list[int]]
) -> None:
    report = _paired()
    edit(report)
    assert pairs(report) == expected


def test_both_halves_of_a_problem_are_answered_and_both_halves_of_a_measure_answer() -> None:
    report = whole()
    split(report, KIND, at("problems 1 s2"))
    assert pairs(report) == [[1, 2], [3]]
    split(report, KIND, at("measures 1 s2"))
    assert pairs(report) == [[1, 2], [1, 2], [3]]


def test_a_deleted_sentence_leaves_its_paragraph_in_order() -> None:
    report = parsed("    一是甲不够。有的不学。\n    有的不问。\n    二是乙不足。\n")
    gone, come = changed(report, lambda report: delete_places(report, KIND, [at("problems 1 s1")]))
    assert (gone, come) == (["    一是甲不够。有的不学。"], ["    一是有的不学。"])
    gone, come = changed(report, lambda report: delete_places(report, KIND, [at("problems 1 s2")]))
    assert (gone, come) == (["    有的不问。"], [])
    # With its last sentence the item goes too.
    delete_places(report, KIND, [at("problems 1 s1")])
    assert body(report, "problems") == "一是乙不足。"


def test_several_places_mean_what_stood_there_before() -> None:
    report = parsed("    一是甲不够。有的不学。有的不问。\n    二是乙不足。\n    三是丙不强。\n")
    delete_places(report, KIND, [at("problems 1 s1"), at("problems 2"), at("problems 1 s3"), at("problems 1 s-1")])
    assert body(report, "problems") == "一是有的不学。二是丙不强。"


def test_an_item_takes_the_form_of_its_new_sisters() -> None:
    report = whole()
    _, come = changed(report, lambda report: move(report, KIND, at("problems 2"), "behind", at("features 1")))
    assert "（二）作风建设有差距。窗口服务评价偏低。" in "".join(come).replace("\n", "")
    assert any(line.startswith("（三）") for line in come)
    report = whole()
    _, come = changed(report, lambda report: move(report, KIND, at("features 1"), "before", at("problems 2")))
    assert "；二是突出政治引领，聚焦“学用结合”思想建设走深走实。理论学习抓在经常。中心全年" in "".join(come)
    assert "按季度通报进度；三是作风建设有差距。" in "".join(come)


def test_a_point_moves_to_another_section() -> None:
    report = whole()
    changed(report, lambda report: move(report, KIND, at("features 1.2"), "before", at("features 2.1")))
    assert "    1.决策部署落实有力。对照年度重点任务" in render_text(report)
    assert "    2.组织生活严格规范。" in render_text(report)
    changed(report, lambda report: move(report, KIND, at("features 2.2"), "into", at("features 1")))
    assert "逐人作交流发言。组织生活严格规范。党支部按月召开党员大会。" in render_text(report)


def test_sentences_move_within_and_between_items() -> None:
    report = parsed("    有不足：一是甲不够。有的不学；二是乙不足。有的不问。\n")
    move(report, KIND, at("problems 1 s2"), "into", at("problems 2"))
    assert body(report, "problems") == "有不足：一是甲不够；二是乙不足。有的不问。有的不学。"
    move(report, KIND, at("problems 2 s3"), "before", at("problems 2 s2"))
    assert body(report, "problems") == "有不足：一是甲不够；二是乙不足。有的不学。有的不问。"
    swap(report, KIND, at("problems 1 s1"), at("problems 2 s-1"))
    assert body(report, "problems") == "有不足：一是有的不问；二是乙不足。有的不学。甲不够。"
    move(report, KIND, at("problems 2 s3"), "before", at("problems 1"))
    assert body(report, "problems") == "有不足：一是甲不够。有的不问；二是乙不足。有的不学。"


def test_splitting_a_section_makes_its_point_the_new_heading() -> None:
    report = whole()
    _, come = changed(report, lambda report: split(report, KIND, at("features 1")))
    assert "（二）决策部署落实有力。对照年度重点任务逐项建立台账，按季度通报进度。" in come
    assert any(line.startswith("（三）夯实组织根基") for line in come)
    split(report, KIND, at("measures 2 s2"))
    assert body(report, "measures").startswith("一是坚持学用结合，推动学习走深走实。围绕业务难题开展研讨。二是改进")
    assert "三是建立评价回访机制。" in body(report, "measures")


def test_merging_keeps_every_word_but_the_second_heading() -> None:
    report = whole()
    dropped = merge(report, KIND, [at("features 2"), at("features 1")])
    assert [heading.text for heading in dropped] == ["夯实组织根基，聚焦“规范有序”组织建设提质增效"]
    assert "按季度通报进度。组织生活严格规范。党支部按月召开党员大会。议事决策" in body(report, "features")
    assert merge(report, KIND, [at("problems 1"), at("problems 2")]) == []
    assert "一是学习转化还不够。结合业务研讨偏少。作风建设有差距。窗口服务评价偏低。" in body(report, "problems")


def test_a_merged_point_does_not_leave_a_topic_in_mid_paragraph() -> None:
    report = whole()
    changed(report, lambda report: merge(report, KIND, [at("features 1.1"), at("features 1.2")]))
    assert "交流发言。决策部署落实有力，对照年度重点任务逐项建立台账" in body(report, "features")


def cited(text: str, passage: str) -> Sentence:
    citation = Citation(passage_id=passage, document_id="d", title="总结")
    return Sentence(text=text, origin=Origin.SOURCE, citations=[citation])


def _drafted() -> Report:
    fact = Sentence(text="编制28名。", origin=Origin.FACT, facts=["编制数"])
    lead = [
        cited("学习10次。", "p1"),
        cited("研讨4次，讲课6次。", "p2"),
        fact,
        fact.model_copy(update={"facts": ["人数"]}),
    ]
    return Report(kind=KIND.key, parts=[Part(key="basics", ordinal="一、", heading=typed("基本情况"), lead=lead)])


def test_merged_sentences_rest_on_all_that_they_rested_on() -> None:
    report = _drafted()
    merge(report, KIND, [at("basics s1"), at("basics s2")])
    first = report.parts[0].lead[0]
    assert (first.text, first.origin) == ("学习10次，研讨4次，讲课6次。", Origin.SOURCE)
    assert [citation.passage_id for citation in first.citations] == ["p1", "p2"]
    merge(report, KIND, [at("basics s3"), at("basics s2")])
    assert report.parts[0].lead[1].facts == ["编制数", "人数"]
    with pytest.raises(EditError, match="出处"):
        merge(report, KIND, [at("basics s1"), at("basics s2")])


def test_new_sentences_are_closed_and_stand_where_they_should() -> None:
    report = whole()
    place = add_sentences(report, at("features 1"), [typed("新句一"), typed("新句二；")], False)
    assert place == at("features 1.2 s3")
    assert "按季度通报进度。新句一。新句二。" in body(report, "features")
    assert add_sentences(report, at("problems"), [typed("新句三。")], False) == at("problems s1")
    assert body(report, "problems").startswith("新句三。中心工作取得一定成效，但仍有以下不足：一是")
    assert add_sentences(report, at("problems 2 s1"), [typed("新句四")], True) == at("problems 2 s2")
    assert "二是作风建设有差距。新句四。窗口服务评价偏低。" in body(report, "problems")
    assert add_sentences(report, at("opening s1"), [typed("新句五")], False) == at("opening s1")
    assert "\n    新句五。按照巡察工作安排" in render_text(report)


def test_a_sentence_is_replaced_in_its_place() -> None:
    report = whole()
    replace_sentence(report, at("problems 1 s-1"), [typed("研讨不多"), typed("转化不够")])
    assert "一是学习转化还不够。研讨不多。转化不够；二是" in body(report, "problems")
    replace_sentence(report, at("problems 2 s1"), [typed("服务意识有差距")])
    problems = report.part("problems")
    assert problems is not None
    assert problems.items[1].heading is not None
    assert problems.items[1].heading.text == "服务意识有差距。"


def test_headings_are_closed_as_they_were() -> None:
    report = whole()
    set_heading(report, at("features 2"), typed("夯实根基，聚焦“三会一课”组织建设有力。"))
    set_heading(report, at("features 1"), typed("突出引领，聚焦“第一议题”思想建设有力"))
    replace_sentence(report, at("features s0"), [typed("主要做法。")])
    set_heading(report, at("title"), typed("关于情况的报告。"))
    text = render_text(report)
    assert "（二）夯实根基，聚焦“三会一课”组织建设有力\n    1." in text
    assert "（一）突出引领，聚焦“第一议题”思想建设有力。理论学习" in text
    assert "二、主要做法\n" in text
    assert text.startswith("关于情况的报告\n")


def test_a_drafted_report_needs_no_gaps() -> None:
    report = Report(
        kind=KIND.key,
        parts=[
            Part(
                key="problems",
                ordinal="三、",
                heading=typed("存在的问题"),
                items=[Item(ordinal="一是", heading=typed("甲不够。"), sentences=[typed("有的不学。")])],
            )
        ],
    )
    add_item(report, KIND, at("problems"), Item(heading=typed("乙不足。"), sentences=[typed("有的不问。")]), False)
    assert render_text(report) == "三、存在的问题\n一是甲不够。有的不学。\n二是乙不足。有的不问。\n"
    assert all(sentence.gap is None for sentence in report.sentences())


REFUSED: list[tuple[Callable[[Report], object], str]] = [
    (lambda r: delete_places(r, KIND, []), "没有指明"),
    (lambda r: delete_places(r, KIND, [Place()]), "不能整个删去"),
    (lambda r: delete_places(r, KIND, [at("title")]), "标题不能"),
    (lambda r: delete_places(r, KIND, [at("basics")]), "必有的部分"),
    (lambda r: delete_places(r, KIND, [at("features 1 s0")]), "标题不能"),
    (lambda r: delete_places(r, KIND, [at("features 9")]), "没有第9条"),
    (lambda r: delete_places(r, KIND, [at("problems 1"), at("problems 1 s9")]), "没有第9句"),
    (lambda r: delete_places(r, KIND, [at("nothing 1")]), "没有这一部分"),
    (lambda r: move(r, KIND, at("basics"), "behind", at("features")), "不能移动"),
    (lambda r: move(r, KIND, at("features 1"), "into", at("features 1.1")), "自己里面"),
    (lambda r: move(r, KIND, at("features 1"), "before", at("features 2")), "已经在那里"),
    (lambda r: move(r, KIND, at("problems 2"), "into", at("problems")), "已经在那里"),
    (lambda r: move(r, KIND, at("features 2"), "behind", at("problems 1")), "还有分条"),
    (lambda r: move(r, KIND, at("features 1"), "into", at("opening")), "不能放条目"),
    (lambda r: move(r, KIND, at("basics s1"), "into", at("features")), "没有指明移到哪一条"),
    (lambda r: move(r, KIND, at("basics s1"), "before", at("features s0")), "标题前面"),
    (lambda r: swap(r, KIND, at("problems 1"), at("problems 1 s1")), "条与条"),
    (lambda r: swap(r, KIND, at("problems 1"), at("problems 1")), "同一条"),
    (lambda r: swap(r, KIND, at("features 1"), at("features 1.1")), "在另一条里面"),
    (lambda r: swap(r, KIND, at("features 1 s0"), at("features 1.1 s1")), "标题只能"),
    (lambda r: split(r, KIND, at("basics s2")), "没有指明拆哪一条"),
    (lambda r: split(r, KIND, at("problems 1 s1")), "前面没有内容"),
    (lambda r: merge(r, KIND, [at("problems 1"), at("problems 1")]), "两处以上"),
    (lambda r: merge(r, KIND, [at("problems 1"), at("measures 1")]), "同一级"),
    (lambda r: merge(r, KIND, [at("basics s1"), at("problems 1 s1")]), "同一段"),
    (lambda r: merge(r, KIND, [at("basics s1"), at("problems 1")]), "条与条"),
    (lambda r: add_item(r, KIND, at("basics"), Item(sentences=[typed("句。")]), False), "不分条"),
    (lambda r: add_item(r, KIND, at("problems"), Item(), False), "没有内容"),
    (lambda r: add_item(r, KIND, at("measures"), Item(sentences=[typed("句。")], addresses=[9]), False), "第9个问题"),
    (lambda r: add_sentences(r, at("problems 1"), [], False), "没有写出句子"),
    (lambda r: add_sentences(r, at("problems 1"), [typed(" ")], False), "空的"),
    (lambda r: add_sentences(r, Place(), [typed("句。")], False), "没有指明加在哪里"),
    (lambda r: replace_sentence(r, at("features 1 s0"), [typed("一"), typed("二")]), "一句"),
    (lambda r: set_heading(r, at("features 1"), typed("（二）新标题")), "序号"),
    (lambda r: set_heading(r, at("features 1"), typed("甲。乙")), "一句话"),
]


@pytest.mark.parametrize(("edit", "why"), REFUSED, ids=[f"{at}-{why}" for at, (_, why) in enumerate(REFUSED)])
def test_what_cannot_be_done_is_refused_and_changes_nothing(edit: Callable[[Report], object], why: str) -> None:
    report = whole()
    before = report.model_copy(deep=True)
    with pytest.raises((EditError, NotFoundError)) as refused:
        edit(report)
    assert isinstance(refused.value, NigaoError)
    assert why in str(refused.value)
    assert report == before


def test_words_that_count_or_number_items_are_told() -> None:
    report = parsed(
        "    主要有以下三个方面的问题：一是甲不够。二是乙不足。三是丙不强。\n",
        "    一是针对第一个问题，改甲。\n    二是针对上述三个问题，抓好3项工作。\n",
    )
    before = report.model_copy(deep=True)
    assert notices(before, report, KIND) == []
    delete_places(report, KIND, [at("problems 1")])
    assert notices(before, report, KIND) == [
        "第一部分第1句写着“三个方面的问题”，现在是2条，请核对",
        "二、二是第1句写着“三个问题”，现在是2条，请核对",
        "二、一是第1句写着“第一个问题”，问题的次序变了，请核对",
    ]


def test_a_numbered_line_is_not_merged_into_a_sentence() -> None:
    report = parsed("    有以下问题。\n    一是甲不够。\n")
    report.opening = [typed("有关工作"), typed("一是抓学习。"), typed("二是抓作风。")]
    with pytest.raises(EditError, match="带序号"):
        merge(report, KIND, [at("opening s2"), at("opening s3")])
    with pytest.raises(EditError, match="单独成行"):
        merge(report, KIND, [at("opening s1"), at("opening s2")])
