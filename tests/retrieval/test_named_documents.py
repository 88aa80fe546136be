"""A query that names a document, by 《title》, 文号 or official title, finds that document first."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from retrieval_samples import put

from nigao.corpus.model import Document, Role
from nigao.retrieval import HashingEmbedder, HybridSearch
from nigao.retrieval.fusion import led
from nigao.retrieval.naming import DocumentNames, may_name
from nigao.store import Store

DAY = dt.date(2026, 3, 1)
RULES = Document("规", "临江市会议费管理办法（试行）", Role.BASIS, "0", number="临政发〔2024〕7号")
LAW = Document("法", "中华人民共和国档案法", Role.BASIS, "0")
BYLAW = Document("则", "中华人民共和国档案法实施条例", Role.BASIS, "0")
TOPIC = Document("题", "工作作风", Role.MATERIAL, "0")
OTHER = Document("另", "办公室会议费情况", Role.MATERIAL, "0", number="政发〔2024〕7号")
NAMES = DocumentNames([RULES, LAW, BYLAW, TOPIC, OTHER])


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("《临江市会议费管理办法》怎么规定住宿标准", {"规"}),
        ("按《会议费管理办法》执行", {"规"}),
        ("临江市会议费管理办法第三条", {"规"}),
        ("《档案法》", {"法"}),
        ("《中华人民共和国档案法》", {"法"}),
        ("中华人民共和国档案法实施条例的罚则", {"则"}),
        ("临政发〔2024〕7号", {"规"}),
        ("请问临政发[2024]7号的内容", {"规"}),
        ("《办法》", set()),
        ("工作作风建设情况", set()),
        ("会议费怎么报销", set()),
        ("临政发〔2024〕17号", set()),
    ],
)
def test_what_a_query_names(query: str, named: set[str]) -> None:
    assert NAMES.named_in(query) == named
    assert may_name(query) or not named


@given(st.text("《》〔〕（）法办条例0123号发政 甲乙", max_size=20))
def test_whatever_is_asked_only_known_documents_are_named_and_only_where_it_may(query: str) -> None:
    named = NAMES.named_in(query)
    assert named <= {"规", "法", "则", "题", "另"}
    assert may_name(query) or not named


@pytest.fixture(params=["lexical", "hybrid"])
def search(request: pytest.FixtureRequest, memory: Store):
    put(memory, "规", "住宿按标准执行。", "未尽事宜由财政局解释。", title="会议费管理办法", number="临政发〔2024〕7号")
    for id in "甲乙丙":
        put(memory, id, f"{id}处住宿标准和会议费管理情况，住宿标准从严。", f"{id}处会议费管理办法落实。")
    with HybridSearch(memory, HashingEmbedder() if request.param == "hybrid" else None) as opened:
        opened.embed_pending()
        yield opened


@pytest.mark.parametrize("query", ["《会议费管理办法》住宿标准", "临政发〔2024〕7号 住宿标准", "临政发〔2024〕7号"])
def test_a_named_document_comes_first_and_leaves_room_for_others(search: HybridSearch, query: str) -> None:
    hits = search.search(query, 4, on=DAY)
    assert [hit.document.id for hit in hits[:2]] == ["规", "规"]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)
    if "住宿" in query:
        assert hits[0].passage.text.startswith("住宿")
        assert {hit.document.id for hit in hits[2:]} <= set("甲乙丙")


def test_a_named_document_that_is_no_evidence_stays_away(search: HybridSearch, memory: Store) -> None:
    memory.documents.revoke("规", "有误", "周敏")
    assert "规" not in {hit.document.id for hit in search.search("《会议费管理办法》住宿标准", on=DAY)}
    assert search.search("临政发〔2024〕7号", document_ids=["规"], on=DAY) == []


def test_a_new_title_is_known_at_once(search: HybridSearch, memory: Store) -> None:
    assert search.search("《接待管理办法》", 2, on=DAY)[0].document.id != "新"
    put(memory, "新", "接待从简。", title="接待管理办法")
    search.embed_pending()
    assert search.search("《接待管理办法》", 2, on=DAY)[0].document.id == "新"


@given(
    st.lists(
        st.tuples(st.text("abcdef", min_size=1, max_size=2), st.floats(0, 1)), max_size=12, unique_by=lambda p: p[0]
    ),
    st.lists(st.text("abcdefg", min_size=1, max_size=2), max_size=6),
)
def test_leading_moves_ids_and_invents_no_score(ranked: list[tuple[str, float]], leading: list[str]) -> None:
    ranked.sort(key=lambda pair: -pair[1])
    moved = led(ranked, leading)
    ids = [id for id, _ in moved]
    assert ids[: len(set(leading))] == list(dict.fromkeys(leading))
    assert [id for id in ids if id not in leading] == [id for id, _ in ranked if id not in leading]
    extra = [0.0] * (len(moved) - len(ranked))
    assert [score for _, score in moved] == [score for _, score in ranked] + extra
