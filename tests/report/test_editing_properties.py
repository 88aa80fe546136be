"""Any change to any report: what is refused changes nothing, what is done reads back from its text as it was meant."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from editing_samples import ITEM, NEW, REPORTS, Edit, any_places, item_edits, items_of, sentence_edits
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import KIND, drafted_reports

from nigao.errors import EditError, NotFoundError
from nigao.report.editing.items import add_item, delete_places, move, swap
from nigao.report.editing.parting import merge, split
from nigao.report.editing.sentences import add_sentences, replace_sentence
from nigao.report.model import Report
from nigao.report.numbering import misnumbered
from nigao.report.pairing import answering_parts, item_text
from nigao.report.places import Place
from nigao.report.render import PieceKind, pieces, render_text
from nigao.reportfile import parse_text
from nigao.text.punctuation import doubled, misplaced

_MARKS = re.compile("[，。；：]")


def done(report: Report, edit: Edit) -> bool:
    """Make an edit; where it is refused, see that it changed nothing and says why."""
    before = report.model_copy(deep=True)
    try:
        edit(report)
    except (EditError, NotFoundError):
        assert report == before
        return False
    assert all(sentence.start is None for sentence in report.sentences())
    return True


def flat(report: Report) -> list[str]:
    """All that is read in the parts, ordinals apart."""
    kinds = (PieceKind.ORDINAL, PieceKind.BODY, PieceKind.ITEM_HEADING, PieceKind.PART_HEADING)
    return [piece.text for piece in pieces(report) if piece.kind in kinds]


def words(report: Report) -> Counter[str]:
    """The characters of the sentences, marks apart."""
    return Counter(_MARKS.sub("", "".join(sentence.text for sentence in report.sentences())))


def outline(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    """The numbered items of every part with all that they say."""
    return [
        (part.key, [(item.ordinal, item_text(item)) for item in part.items if item.ordinal]) for part in report.parts
    ]


def answered(report: Report) -> dict[int, set[int]]:
    """What every measure answers, as the very items."""
    return {
        id(measure): {id(problems.items[number - 1]) for number in measure.addresses}
        for part, problems in answering_parts(report, KIND)
        for measure in part.items
    }


def assert_reads_well(report: Report) -> None:
    text = render_text(report)
    again = parse_text(text, KIND)
    assert render_text(again) == text
    assert flat(again) == flat(report)
    assert outline(again) == outline(report)
    assert list(doubled(text)) == []
    assert list(misplaced(text)) == []
    for part in report.parts:
        for sentence in [*part.lead[-1:], *(list(item.walk())[-1] for item in part.items[-1:])]:
            assert not sentence.text.endswith(("；", "，")), text
        assert not (part.items and part.items[-1].sentences and part.items[-1].sentences[-1].text.endswith("："))


@settings(max_examples=30)
@given(REPORTS, st.data())
def test_items_change_and_the_text_reads_back(report: Report, data: st.DataObject) -> None:
    sound = not misnumbered(report, render_text(report))
    for _ in range(data.draw(st.integers(1, 3))):
        if not items_of(report):
            break
        before, meant = words(report), answered(report)
        name, edit = data.draw(item_edits(report))
        if not done(report, edit):
            continue
        assert_reads_well(report)
        if sound and name != "split":
            lone = {"一是", "第一，"}
            faults = [fault for fault in misnumbered(report, render_text(report)) if fault.ordinal.text not in lone]
            assert faults == []
        if name in ("move", "swap", "split"):
            assert words(report) == before
        if name == "swap":
            now = answered(report)
            there = {id(problem) for _, part in answering_parts(report, KIND) for problem in part.items}
            assert all(now[measure] == meant[measure] & there for measure in meant.keys() & now.keys())


@settings(max_examples=30)
@given(REPORTS, st.data())
def test_sentences_change_and_the_text_reads_back(report: Report, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        before = words(report)
        name, edit = data.draw(sentence_edits(report))
        if not done(report, edit):
            continue
        text = render_text(report)
        assert flat(parse_text(text, KIND)) == flat(report)
        assert list(doubled(text)) == []
        if name in ("move", "swap", "split", "merge"):
            assert words(report) == before
        if name in ("add", "replace"):
            assert NEW[0].text.rstrip("。") in text


@settings(max_examples=30)
@given(drafted_reports(), any_places(), any_places(), st.sampled_from(["before", "behind", "into"]), st.integers(0, 7))
def test_any_place_is_done_or_refused_with_reason(
    report: Report, one: Place, other: Place, where: str, which: int
) -> None:
    edits: list[Edit] = [
        lambda report: delete_places(report, KIND, [one, other]),
        lambda report: move(report, KIND, one, where, other),  # type: ignore[arg-type]
        lambda report: swap(report, KIND, one, other),
        lambda report: split(report, KIND, one),
        lambda report: merge(report, KIND, [one, other]),
        lambda report: add_item(report, KIND, one, ITEM, where == "behind"),
        lambda report: add_sentences(report, one, NEW, where == "behind"),
        lambda report: replace_sentence(report, one, NEW),
    ]
    done(report, edits[which])


def test_every_item_of_the_users_own_report(seed_text: str) -> None:
    seed = parse_text(seed_text, KIND)
    places = items_of(seed)
    assert len(places) > 10
    for one, other in itertools.pairwise(places):
        edits: list[Edit] = [
            lambda report, one=one: delete_places(report, KIND, [one]),  # type: ignore[misc]
            lambda report, one=one, other=other: swap(report, KIND, one, other),  # type: ignore[misc]
            lambda report, one=one: split(report, KIND, one),  # type: ignore[misc]
            lambda report, one=one, other=other: merge(report, KIND, [one, other]),  # type: ignore[misc]
            lambda report, one=one: add_item(report, KIND, one, ITEM, True),  # type: ignore[misc]
        ]
        for edit in edits:
            report = seed.model_copy(deep=True)
            if done(report, edit):
                assert flat(parse_text(render_text(report), KIND)) == flat(report)
