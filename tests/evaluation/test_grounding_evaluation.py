"""`nigao eval grounding`: labelled keywords against what `verify` finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nigao.errors import UsageError
from nigao.evaluation.grounding import evaluate_grounding

SHARED = Path(__file__).resolve().parents[3] / "shared"
ROW = {
    "title": "云汀市档案馆开馆",
    "source": "云汀市档案馆3月12日开馆，首日接待读者120人。",
    "claim": "云汀市档案馆3月15日开馆，首日接待读者120人，馆藏丰富。",
    "keywords": [
        {"keyword": "3月15日开馆", "label": "hallucinated", "reason": "应为12日"},
        {"keyword": "120人", "label": "ok"},
        {"keyword": "馆藏丰富", "label": "hallucinated"},
    ],
}


def _file(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "data.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_keyword_is_flagged_where_a_finding_overlaps_it(tmp_path: Path) -> None:
    output = evaluate_grounding(_file(tmp_path, ROW))
    numbers, total = output.views["numbers"], output.total
    assert (numbers.found, numbers.right, numbers.expected) == (1, 1, 1)
    assert (numbers.precision, numbers.recall) == (1.0, 1.0)
    assert (total.found, total.right, total.expected, total.recall) == (1, 1, 2, 0.5)
    assert list(output.rules) == ["G224"]
    assert output.texts == 1


@pytest.mark.parametrize("line", ["{", '{"claim": "甲"}', "[]"])
def test_a_file_of_another_shape_is_a_mistake_with_its_line(tmp_path: Path, line: str) -> None:
    path = _file(tmp_path, ROW)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match="第 2 行"):
        evaluate_grounding(path)
    with pytest.raises(UsageError):
        evaluate_grounding(tmp_path / "none.jsonl")


def test_numbers_of_the_news_set_are_told_apart() -> None:
    path = SHARED / "grounding" / "uhgeval_dev_300.jsonl"
    path = path if path.is_file() else SHARED / "data" / "grounding" / "uhgeval_dev_300.jsonl"
    if not path.is_file():
        pytest.skip("../shared/data/grounding is not here: the labelled news cannot be tried")
    numbers = evaluate_grounding(path).views["numbers"]
    assert numbers.precision is not None
    assert numbers.recall is not None
    assert numbers.precision >= 0.95
    assert numbers.recall >= 0.9
