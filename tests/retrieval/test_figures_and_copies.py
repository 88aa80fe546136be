"""A query's figures bring the passages that have them to the front; copies of a passage go behind what says more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from retrieval_samples import put

from nigao.retrieval import HashingEmbedder, HybridSearch
from nigao.retrieval.figures import by_figures, figures_in
from nigao.retrieval.repeats import copies
from nigao.store import Store

DAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("query", "figures"),
    [
        ("谈心谈话４６人次是哪里来的", ["46人次"]),
        ("节约3.2万元", ["3.2万元"]),
        ("2025年3月开了几次会", ["2025年3月"]),
        ("《2025年工作要点》", []),
        ("怎样报销会议费", []),
    ],
)
def test_the_figures_of_a_query(query: str, figures: list[str]) -> None:
    assert figures_in(query) == figures


def moved(query: str, *texts: str) -> list[str]:
    """The texts in the order that the query's figures give them, all nearly equally good before."""
    ranked = [(text, 1 - i / 100) for i, text in enumerate(texts)]
    return [text for text, _ in by_figures(ranked, query, lambda figures, ids: {id: id for id in ids})]


@pytest.mark.parametrize(
    ("query", "other", "wanted"),
    [
        ("谈话46人次", "谈话146人次", "谈话 46 人次"),
        ("谈话46人", "谈话46人次", "谈话46人。"),
        ("节约3.2万元", "节约13.2万元", "节约３.２万元"),
        ("下降3个", "下降3个百分点", "少了3个"),
    ],
)
def test_only_the_very_figure_moves_a_passage(query: str, other: str, wanted: str) -> None:
    assert moved(query, "开展谈话", other, wanted) == [wanted, "开展谈话", other]


def test_a_figure_that_many_have_moves_none() -> None:
    texts = ["开展谈话", *(f"第{name}组谈话46人次" for name in "甲乙丙丁戊己庚辛壬癸子")]
    assert moved("谈话46人次", *texts) == texts


def test_a_figure_in_passing_weighs_little() -> None:
    ranked = [("会议费管理", 0.9), ("另有46人次", 0.2)]
    asked = "机关会议费管理办法修订之后各处室执行情况怎么样，培训46人次的安排"
    assert by_figures(ranked, asked, lambda figures, ids: {id: id for id in ids}) == ranked


@given(st.lists(st.tuples(st.text("ab46人次1", max_size=6), st.floats(0, 1)), unique_by=lambda pair: pair[0]))
def test_figures_move_ids_and_invent_no_score(ranked: list[tuple[str, float]]) -> None:
    ranked.sort(key=lambda pair: -pair[1])
    found = by_figures(ranked, "46人次", lambda figures, ids: {id: id for id in ids})
    assert sorted(id for id, _ in found) == sorted(id for id, _ in ranked)
    assert [score for _, score in found] == [score for _, score in ranked]


TEXTS = (
    "全市档案系统开展谈心谈话活动，支部书记与党员干部逐一谈话，了解思想状况",
    "谈话之后建立台账，逐条回应干部关心的问题，把谈话成果用到工作中去",
    "各支部把谈话情况报机关党委备案，机关党委每季度抽查一次谈话记录",
    "谈话提纲由组织部门统一印发，谈话人根据对象的岗位作出调整，不照本宣科",
)


@pytest.fixture(params=["lexical", "hybrid"])
def search(request: pytest.FixtureRequest, memory: Store):
    with HybridSearch(memory, HashingEmbedder() if request.param == "hybrid" else None) as opened:
        yield opened


def said(search: HybridSearch, query: str, k: int) -> list[str]:
    search.embed_pending()
    hits = search.search(query, k, on=DAY)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    return [hit.passage.text for hit in hits]


def test_who_asks_for_a_figure_gets_the_passage_that_has_it(search: HybridSearch, memory: Store) -> None:
    others = (
        "谈话人次按季度统计，谈话人次报机关党委。",
        "谈话46人，谈话人次另行统计。",
        "会议室里不得长时间谈话，用毕随手关灯断电，物品归位，钥匙交回值班室并登记备查。",
    )
    put(memory, "甲", *others, "全年累计开展各类谈话46人次，覆盖机关各处室和全部直属单位，没有一个处室遗漏。")
    assert said(search, "谈话46人次", 4)[0].startswith("全年")


def test_copies_make_room_for_what_says_more(search: HybridSearch, memory: Store) -> None:
    put(memory, "文字版", *TEXTS, title="谈话活动方案")
    put(memory, "扫描版", *TEXTS, title="谈话活动方案")
    assert sorted(said(search, "谈心谈话活动 谈话", 4)) == sorted(TEXTS)
    # Nothing is lost: whoever asks for more gets the copies too.
    assert len(said(search, "谈心谈话活动 谈话", 8)) == 8


def test_passages_that_differ_in_a_figure_are_no_copies(search: HybridSearch, memory: Store) -> None:
    years = [f"{TEXTS[0]}，{count}人次。" for count in (46, 52)]
    put(memory, "两年", *years, *TEXTS[1:], title="谈话活动情况")
    assert set(years) == set(said(search, TEXTS[0], 2))


@given(st.lists(st.lists(st.integers(0, 40), unique=True, max_size=30), max_size=8), st.integers(1, 8))
def test_whatever_is_found_what_remains_has_no_copies(found: Sequence[list[int]], enough: int) -> None:
    import numpy as np

    own = [(str(i), np.array(sorted(tokens), dtype=np.int64)) for i, tokens in enumerate(found)]
    again = copies(own, enough, lambda apart: False)
    kept = [pair for pair in own if pair[0] not in again]
    assert "0" not in again
    assert not copies(kept, enough, lambda apart: False)
    # What makes a difference is never taken for a copy, unless nothing differs.
    exact = copies(own, enough, lambda apart: len(apart) > 0)
    texts = dict(own)
    assert all(any(np.array_equal(texts[id], other) for name, other in own if name != id) for id in exact)
