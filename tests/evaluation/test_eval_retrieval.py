"""`nigao eval retrieval`: measures as trec_eval has them, a collection through the product, and files as they come."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.errors import UsageError
from nigao.evaluation.collection import read_collection
from nigao.evaluation.ranking import ndcg, recall, reciprocal_rank
from nigao.evaluation.retrieval import evaluate_retrieval
from nigao.retrieval import HashingEmbedder

CORPUS = [
    {"_id": "a", "title": "用车办法", "text": "公务用车实行专项检查。"},
    {"id": "b", "text": "组织警示教育，通报典型问题。"},
    {"id": 3, "title": "档案借阅", "text": ""},
    {"id": "空", "text": " "},
]
QUERIES = [{"id": "q1", "text": "公务用车检查"}, {"id": "q2", "text": "警示教育"}, {"_id": "q3", "text": "无人判定"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\ta\t2\nq1\tb\t0\nq2\tb\t1\nq2\tzz\t1\n"


def _write(folder: Path, *, corpus: str = "", queries: str = "", qrels: str = QRELS) -> Path:
    lines = ["\n".join(json.dumps(row, ensure_ascii=False) for row in rows) for rows in (CORPUS, QUERIES)]
    (folder / "corpus.jsonl").write_text(corpus or lines[0], encoding="utf-8")
    (folder / "queries.jsonl").write_text(queries or lines[1], encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


class Counted(HashingEmbedder):
    passages = 0

    def embed_passages(self, texts):  # type: ignore[no-untyped-def]
        self.passages += len(texts)
        return super().embed_passages(texts)


def test_measures_agree_with_ir_measures_on_random_runs() -> None:
    import ir_measures
    from ir_measures import RR, R, nDCG

    chance = random.Random(5)
    documents = [f"d{i:02d}" for i in range(40)]
    for _ in range(60):
        judged = {id: chance.choice([-1, 0, 0, 1, 1, 2, 3]) for id in chance.sample(documents, chance.randint(1, 30))}
        # Few different scores, so that there are ties; trec_eval puts the higher id first.
        scores = {id: float(chance.randint(0, 6)) for id in chance.sample(documents, chance.randint(1, 40))}
        ranked = sorted(scores, key=lambda id: (scores[id], id), reverse=True)
        k = chance.choice([1, 3, 10, 20])
        known = ir_measures.calc_aggregate([nDCG @ k, R @ k], {"q": judged}, {"q": scores})
        # Ties are settled otherwise where it computes this one.
        untied = {id: -float(rank) for rank, id in enumerate(ranked)}
        known |= ir_measures.calc_aggregate([RR @ k], {"q": judged}, {"q": untied})
        assert ndcg(ranked, judged, k) == pytest.approx(known[nDCG @ k], abs=1e-6)
        assert recall(ranked, judged, k) == pytest.approx(known[R @ k], abs=1e-6)
        assert reciprocal_rank(ranked, judged, k) == pytest.approx(known[RR @ k], abs=1e-6)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-1, 3)), st.permutations("abcdefgh"), st.integers(1, 9))
def test_measures_are_shares_and_the_best_order_is_best(judged: dict[str, int], ranked: list[str], k: int) -> None:
    ideal = sorted(judged, key=lambda id: -judged[id])
    for measure in (ndcg, recall, reciprocal_rank):
        assert 0 <= measure(ranked, judged, k) <= measure(ideal, judged, k) + 1e-12 <= 1 + 1e-9
    assert ndcg(ideal, judged, k) == (1.0 if any(grade > 0 for grade in judged.values()) else 0.0)


def test_a_collection_is_indexed_and_asked_by_the_product(tmp_path: Path) -> None:
    output = evaluate_retrieval(_write(tmp_path), HashingEmbedder())
    told = json.loads(output.model_dump_json())
    assert list(told)[:3] == ["ndcg@10", "recall@10", "mrr@10"]
    assert {"index_s", "query_ms_p50", "query_ms_p95"} <= told.keys()
    assert told["ndcg@10"] == pytest.approx((1 + 1 / (1 + 1 / 1.5849625)) / 2)
    assert (told["recall@10"], told["mrr@10"]) == (0.75, 1.0)
    assert (output.documents, output.queries, output.unjudged, output.missing, output.embedded) == (3, 2, 1, 1, 3)
    assert (output.model, output.note) == ("hashing-256", "")
    assert 0 < output.query_ms_p50 <= output.query_ms_p95


def test_by_words_only_it_says_so_and_the_rank_is_in_the_names(tmp_path: Path) -> None:
    output = evaluate_retrieval(_write(tmp_path), None, k=1)
    assert "只按字词检索" in output.note
    assert json.loads(output.model_dump_json())["recall@1"] == 0.75


def test_kept_vectors_are_not_computed_again(tmp_path: Path) -> None:
    first, second = Counted(), Counted()
    data, cache = _write(tmp_path), tmp_path / "cache"
    one = evaluate_retrieval(data, first, cache=cache)
    two = evaluate_retrieval(data, second, cache=cache)
    assert (first.passages, second.passages) == (3, 0)
    assert (one.embedded, two.embedded) == (3, 0)
    assert one.ndcg == two.ndcg


@pytest.mark.parametrize(
    "qrels", ["q1 a 2\nq2 b 1\n", "q1 0 a 2\nq2 0 b 1\n", "\ufeffqid docid rel\r\nq1\ta\t2.0\r\n\r\nq2\tb\t1\r\n"]
)
def test_qrels_come_in_several_forms(tmp_path: Path, qrels: str) -> None:
    assert read_collection(_write(tmp_path, qrels=qrels)).judgements == {"q1": {"a": 2}, "q2": {"b": 1}}


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("corpus.jsonl", '{"id": "a", "text": "甲"}\n{', "第 2 行"),
        ("corpus.jsonl", '{"text": "甲"}', "第 1 行"),
        ("corpus.jsonl", '{"id": "a", "text": 3}', "第 1 行"),
        ("corpus.jsonl", '{"id": "a", "text": "甲", "title": ["乙"]}', "第 1 行"),
        ("corpus.jsonl", '{"id": "a", "text": "甲"}\n\n{"_id": "a", "text": "乙"}', "第 3 行"),
        ("corpus.jsonl", "[]", "第 1 行"),
        ("queries.jsonl", '{"id": true, "text": "甲"}', "第 1 行"),
        ("queries.jsonl", "\n", "queries.jsonl"),
        ("qrels.tsv", "q1\ta\t1\nq1\tb\n", "第 2 行"),
        ("qrels.tsv", "q1\ta\t1\nq1\tb\t0.5\n", "第 2 行"),
        ("qrels.tsv", "q1\ta\t1\nq1\ta\t2\n", "第 2 行"),
        ("qrels.tsv", "q1\ta\t1\nq1\tb\tinf\n", "第 2 行"),
        ("qrels.tsv", "qid\tdocid\trel\n", "qrels.tsv"),
    ],
)
def test_a_malformed_file_is_told_with_its_line(tmp_path: Path, name: str, content: str, place: str) -> None:
    (_write(tmp_path) / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=place) as raised:
        read_collection(tmp_path)
    assert name in str(raised.value)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_or_undecodable_file_is_told(tmp_path: Path, name: str) -> None:
    path = _write(tmp_path) / name
    path.write_bytes("甲".encode("gb18030"))
    with pytest.raises(UsageError, match=name):
        read_collection(tmp_path)
    path.unlink()
    with pytest.raises(UsageError, match=name):
        read_collection(tmp_path)
    with pytest.raises(UsageError):
        read_collection(tmp_path / "nowhere")


def test_half_characters_do_not_stop_an_evaluation(tmp_path: Path) -> None:
    data = _write(tmp_path, queries='{"id": "q1", "text": "用车\\ud800检查"}')
    assert evaluate_retrieval(data, HashingEmbedder()).queries == 1
