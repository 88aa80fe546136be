"""Reports to be changed and changes to make: short ways to name places, and strategies for reports and for edits."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

from hypothesis import strategies as st
from report_samples import KIND, WHOLE, drafted_reports, said

from nigao.report.editing.items import add_item, delete_places, move, swap
from nigao.report.editing.parting import merge, split
from nigao.report.editing.sentences import add_sentences, replace_sentence
from nigao.report.model import Item, Origin, Report, Sentence
from nigao.report.places import Place, sentences_at, walk_items
from nigao.report.render import render_text
from nigao.reportfile import parse_text


def at(words: str) -> Place:
    """`problems 2 s1`: part, item (1.2 for one inside another), sentence."""
    part, *rest = words.split()
    place = Place(part=part)
    for word in rest:
        if word.startswith("s"):
            place = place.model_copy(update={"sentence": int(word[1:])})
        else:
            place = place.model_copy(update={"item": tuple(int(number) for number in word.split("."))})
    return place


def typed(text: str) -> Sentence:
    """A sentence that a person typed."""
    return Sentence(text=text, origin=Origin.HUMAN)


def whole() -> Report:
    """The sample report, parsed."""
    return parse_text(WHOLE, KIND)


def parsed(problems: str, measures: str = "    一是改进。\n    二是提高。\n") -> Report:
    """A parsed report with these problems and measures."""
    return parse_text(f"关于情况的报告\n一、存在的问题\n{problems}二、整改措施\n{measures}", KIND)


def changed(report: Report, edit: Callable[[Report], object]) -> tuple[list[str], list[str]]:
    """The lines of the text that are gone and those that have come; the text reads back as it stands."""
    before = render_text(report).splitlines()
    edit(report)
    text = render_text(report)
    assert render_text(parse_text(text, KIND)) == text
    lines = list(difflib.ndiff(before, text.splitlines()))
    return [line[2:] for line in lines if line[:2] == "- "], [line[2:] for line in lines if line[:2] == "+ "]


def pairs(report: Report) -> list[list[int]]:
    """What each measure answers."""
    part = report.part("measures")
    assert part is not None
    return [item.addresses for item in part.items]


def body(report: Report, key: str) -> str:
    """A part's text without its heading, in one line."""
    text = render_text(report)
    part = report.part(key)
    assert part is not None
    start = text.index(part.heading.text) + len(part.heading.text)
    behind = report.parts[report.parts.index(part) + 1 :]
    end = text.index(f"{behind[0].ordinal}{behind[0].heading.text}") if behind else len(text)
    return text[start:end].replace("\n", "").replace(" ", "")


Edit = Callable[[Report], object]

NEW = [said("新增的一句话在这里说明有关情况，内容完整。")]
ITEM = Item(heading=said("新增事项还需要跟进。"), sentences=[said("有关部门反映的情况较多，需要逐项研究，逐项答复。")])


@st.composite
def _joined_by_semicolons(draw: st.DrawFn) -> Report:
    """A parsed report whose problems stand in one paragraph: …：一是…；二是…。"""
    text = render_text(draw(drafted_reports()))
    head, _, rest = text.partition("三、存在的问题\n")
    body, mark, tail = rest.partition("四、整改方向")
    if "一是" in body:
        lead, *items = re.split("\n(?=[一二三四五六七八九十]+是)", body.rstrip("\n"))
        lead = lead.removesuffix("。") + "："
        body = lead + "；".join(item.removesuffix("。") for item in items) + "。\n"
    return parse_text(f"{head}三、存在的问题\n{body}{mark}{tail}", KIND)


REPORTS = st.one_of(
    drafted_reports(),
    drafted_reports().map(lambda report: parse_text(render_text(report), KIND)),
    drafted_reports().map(lambda report: parse_text(render_text(report).replace("\n", "\n    "), KIND)),
    _joined_by_semicolons(),
)


def items_of(report: Report) -> list[Place]:
    return [place for part in report.parts for place, _ in walk_items(part)]


def running_of(report: Report) -> list[Place]:
    """Every sentence as a reader counts it, by its item or its part."""
    wholes = [Place(part="opening"), *(Place(part=part.key) for part in report.parts), *items_of(report)]
    return [
        whole.model_copy(update={"sentence": number})
        for whole in wholes
        for number in range(1, len(sentences_at(report, whole)) + 1)
    ]


def any_places() -> st.SearchStrategy[Place]:
    keys = st.sampled_from(["", "title", "opening", "basics", "features", "problems", "measures", "other", "none"])
    item = st.lists(st.integers(0, 4), max_size=3).map(tuple)
    return st.builds(Place, part=keys, item=item, sentence=st.none() | st.integers(-9, 30))


@st.composite
def item_edits(draw: st.DrawFn, report: Report) -> tuple[str, Edit]:
    """An edit of items that there are."""
    items = st.sampled_from(items_of(report))
    one, other = draw(items), draw(items)
    where = draw(st.sampled_from(["before", "behind", "into"]))
    name = draw(st.sampled_from(["delete", "move", "swap", "split", "merge", "add"]))
    edits: dict[str, Edit] = {
        "delete": lambda report: delete_places(report, KIND, [one]),
        "move": lambda report: move(report, KIND, one, where, other),
        "swap": lambda report: swap(report, KIND, one, other),
        "split": lambda report: split(report, KIND, one),
        "merge": lambda report: merge(report, KIND, [one, other]),
        "add": lambda report: add_item(report, KIND, one, ITEM, True),
    }
    return name, edits[name]


@st.composite
def sentence_edits(draw: st.DrawFn, report: Report) -> tuple[str, Edit]:
    """An edit of sentences that there are."""
    running = st.sampled_from(running_of(report))
    one, other = draw(running), draw(running)
    where = draw(st.sampled_from(["before", "behind"]))
    name = draw(st.sampled_from(["delete", "move", "swap", "split", "merge", "add", "replace"]))
    edits: dict[str, Edit] = {
        "delete": lambda report: delete_places(report, KIND, [one, other]),
        "move": lambda report: move(report, KIND, one, where, other),
        "swap": lambda report: swap(report, KIND, one, other),
        "split": lambda report: split(report, KIND, one),
        "merge": lambda report: merge(report, KIND, [one, other]),
        "add": lambda report: add_sentences(report, one, NEW, where == "behind"),
        "replace": lambda report: replace_sentence(report, one, NEW * 2),
    }
    return name, edits[name]
