"""`nigao eval`: figures on labelled data, as a table or JSON; data that cannot be read is told."""

from __future__ import annotations

import json
from pathlib import Path

from commands import Command

from nigao.evaluation.measures import EvaluationOutput

WRONG = "各科室按季度报送工作进展情况,严格执行开放审核制度。"
RIGHT = "各科室按季度报送工作进展情况，严格执行开放审核制度。"
CLEAN = "中心全年组织业务学习，查档服务平稳有序。"


def test_check_counts_found_right_and_false_alarms(tmp_path: Path, nigao: Command) -> None:
    (tmp_path / "a.tsv").write_text(f"{WRONG}\t{RIGHT}\n{CLEAN}\t{CLEAN}\n", encoding="utf-8")
    output = EvaluationOutput.model_validate_json(
        nigao("eval", "check", "--data", tmp_path, "--json", cwd=tmp_path).out
    )
    assert output.texts == 2
    assert (output.total.found, output.total.right, output.total.expected) == (1, 1, 1)
    assert output.rules["T501"].precision == 1
    assert output.total.false_alarms_per_10k == 0


def test_grounding_counts_flagged_keywords(tmp_path: Path, nigao: Command) -> None:
    row = {
        "source": "2025年，市档案中心全年培训8次，印发《学习管理办法》。",
        "claim": "市档案中心全年培训18次，印发《学习管理办法》。",
        "keywords": [
            {"keyword": "培训18次", "label": "hallucinated"},
            {"keyword": "《学习管理办法》", "label": "ok"},
        ],
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    output = json.loads(nigao("eval", "grounding", "--data", tmp_path / "a.jsonl", "--json", cwd=tmp_path).out)
    assert output["views"]["numbers"]["precision"] == 1
    assert output["views"]["numbers"]["recall"] == 1
    assert output["total"]["found"] == 1


def test_the_table_names_rules_and_the_total(tmp_path: Path, nigao: Command) -> None:
    (tmp_path / "a.tsv").write_text(f"{WRONG}\t{RIGHT}\n", encoding="utf-8")
    out = nigao("eval", "check", "--data", tmp_path / "a.tsv", cwd=tmp_path).out
    assert "每万字误报" in out
    assert {line.split("\t")[0] for line in out.splitlines()} >= {"T501", "合计"}


def test_data_that_is_not_there_or_not_so_shaped_is_told(tmp_path: Path, nigao: Command) -> None:
    (tmp_path / "a.tsv").write_text("只有一栏\n", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"x": 1}\n', encoding="utf-8")
    (tmp_path / "b.tsv").write_bytes(b"\xff\xfe\x00")
    for command, name in (("check", "a.tsv"), ("check", "b.tsv"), ("check", "c.tsv"), ("grounding", "a.jsonl")):
        result = nigao("eval", command, "--data", tmp_path / name, cwd=tmp_path)
        assert result.code == 2
        assert name in result.err
        assert "内部出错" not in result.err


def test_retrieval_is_measured_on_a_collection_of_ones_own(tmp_path: Path, nigao: Command) -> None:
    (tmp_path / "corpus.jsonl").write_text(
        '{"id": "a", "title": "值班制度", "text": "每日一人值班，登记来电。"}\n'
        '{"id": "b", "text": "档案每季度清点一次。"}\n',
        encoding="utf-8",
    )
    (tmp_path / "queries.jsonl").write_text('{"id": "q", "text": "谁值班"}\n', encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("q\ta\t1\n", encoding="utf-8")
    measured = json.loads(nigao("eval", "retrieval", "--data", tmp_path, "--words-only", "--json").out)
    assert (measured["ndcg@10"], measured["recall@10"], measured["mrr@10"]) == (1.0, 1.0, 1.0)
    assert measured["query_ms_p50"] <= measured["query_ms_p95"]
    assert measured["index_s"] > 0
    (tmp_path / "qrels.tsv").write_text("q\ta\tvery\n", encoding="utf-8")
    wrong = nigao("eval", "retrieval", "--data", tmp_path, "--words-only")
    assert wrong.code == 2
    assert "qrels.tsv" in wrong.err
