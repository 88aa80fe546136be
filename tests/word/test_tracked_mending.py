"""Mending as tracked changes: accepting gives what mending plainly gives, rejecting gives the file as it was."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_docx import NS, by_the_standard, messy, one_paragraph
from layout_faults import BAD
from lxml import etree
from word_ooxml import Docx, w
from word_settling import looks, settled_docx

from nigao.report.wordlayout import MENDABLE
from nigao.word.changes import Signature
from nigao.word.editing import TextEdit, replace_text
from nigao.word.mending import UNTRACKED, mend_layout

BY = Signature("拟稿核对", dt.datetime(2026, 1, 9, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8))))


@pytest.mark.parametrize("code", sorted(MENDABLE - set(UNTRACKED)))
def test_accepting_a_tracked_mending_is_mending_and_rejecting_it_is_nothing(code: str) -> None:
    for change in BAD[code]:
        broken = by_the_standard(change)
        tracked, done = mend_layout(broken, ["L"], by=BY)
        plain, same = mend_layout(broken, ["L"])
        assert done == same
        assert looks(tracked) == looks(plain)
        assert looks(settled_docx(tracked, BY.author, accept=True)) == looks(plain)
        assert looks(settled_docx(tracked, BY.author, accept=False)) == looks(broken)


def test_a_typed_up_report_is_mended_by_changes_only() -> None:
    trackable = MENDABLE - set(UNTRACKED)
    tracked, _ = mend_layout(messy(), trackable, by=BY)
    assert looks(settled_docx(tracked, BY.author, accept=False)) == looks(messy())
    tracked, _ = mend_layout(messy(), ["L"], by=BY)
    accepted = settled_docx(tracked, BY.author, accept=True)
    assert looks(accepted) == looks(mend_layout(messy(), ["L"])[0])
    assert mend_layout(accepted, ["L"], by=BY) == (accepted, [])
    assert mend_layout(tracked, ["L"], by=BY) == (tracked, [])


def test_every_change_is_signed_numbered_and_in_its_place() -> None:
    body = Docx.read(mend_layout(messy(), ["L"], by=BY)[0]).body
    ours = [e for e in body.iter() if e.get(w("author")) == BY.author]
    assert {e.tag for e in ours} == {w(n) for n in ("ins", "pPrChange", "rPrChange", "sectPrChange")}
    assert {e.get(w("date")) for e in ours} == {"2026-01-09T02:00:00Z"}
    numbers = [e.get(w("id")) for e in body.iter() if e.get(w("date"))]
    assert len(ours) > 20
    assert len([n for n in numbers if numbers.count(n) > 1]) == 2, "only the two that the file came with share one"
    for change in ours:
        if change.tag != w("ins"):
            assert change.getnext() is None, "an account of former settings is the last of the settings"
            assert etree.QName(change[0]).localname == etree.QName(change).localname.removesuffix("Change")


def test_only_the_words_that_change_are_tracked() -> None:
    data = one_paragraph("局党组,把学习", "摆在首", "位,抓落实")
    edits = [TextEdit(0, 2, 4, "组，"), TextEdit(0, 5, 9, "理论学习放"), TextEdit(0, 11, 12, "，")]
    tracked, refused = replace_text(data, edits, by=BY)
    assert refused == []
    body = Docx.read(tracked).body
    gone, come = ([["".join(c.itertext())] for c in body.iter(w(name))] for name in ("del", "ins"))
    assert gone == [[","], ["学习"], ["摆在"], [","]]
    assert come == [["，"], ["理论学习放"], ["，"]]
    assert looks(settled_docx(tracked, BY.author, accept=False)) == looks(data)


def test_an_edit_between_marks_leaves_them_where_they_are() -> None:
    mark = f'<w:bookmarkStart {NS} w:id="7" w:name="x"/>'
    tracked, refused = replace_text(one_paragraph("甲乙", mark, "丙丁"), [TextEdit(0, 1, 3, "戊")], by=BY)
    assert refused == []
    tags = [etree.QName(e).localname for e in Docx.read(tracked).body[0]]
    assert tags == ["r", "del", "ins", "bookmarkStart", "del", "r"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text("甲乙丙，。 a1", max_size=5), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 16), st.integers(0, 16), st.text("丁甲。", max_size=3)), max_size=4),
)
def test_tracked_words_accepted_are_plain_ones(runs: list[str], drawn: list[tuple[int, int, str]]) -> None:
    data = one_paragraph(*runs)
    edits = [TextEdit(0, min(a, b), max(a, b), words) for a, b, words in drawn]
    plain, refused = replace_text(data, edits)
    tracked, also = replace_text(data, edits, by=BY)
    assert refused == also
    assert looks(tracked) == looks(plain)
    assert looks(settled_docx(tracked, BY.author, accept=True)) == looks(plain)
    assert looks(settled_docx(tracked, BY.author, accept=False)) == looks(data)
