"""`evaluate_checks`: faults covered, sentences flagged, false alarms on clean text."""

from __future__ import annotations

from pathlib import Path

import pytest

from nigao.errors import UsageError
from nigao.evaluation.checking import Sample, evaluate_checks, read_samples

WRONG, RIGHT = "严格执行预蒜管理规定。", "严格执行预算管理规定。"
CLEAN = "云汀市档案服务中心负责档案的接收和保管。"


def written(folder: Path, name: str, *lines: str) -> Path:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_fault_found_a_fault_missed_and_a_clean_sentence(tmp_path: Path) -> None:
    missed = "本年度库房面积较上年有所增加，共计八佰平方米。"
    file = written(
        tmp_path, "a.tsv", f"{WRONG}\t{RIGHT}", f"{missed}\t{missed.replace('佰', '百')}", f"{CLEAN}\t{CLEAN}"
    )
    told = evaluate_checks(file, select=["T550"])
    assert told.texts == 3
    assert (told.total.found, told.total.right, told.total.expected) == (1, 1, 2)
    assert (told.total.precision, told.total.recall) == (1.0, 0.5)
    assert told.total.false_alarms_per_10k == 0.0
    assert set(told.rules) == {"T550"}
    assert told.rules["T550"] == told.total
    assert (told.views["sentences"].precision, told.views["sentences"].recall) == (1.0, 0.5)
    assert told.views["corrections"].recall == 0.5


def test_a_finding_on_a_clean_text_is_a_false_alarm(tmp_path: Path) -> None:
    file = written(tmp_path, "clean.txt", "一、基本情况", WRONG, CLEAN)
    told = evaluate_checks(file, select=["T550"])
    assert (told.total.found, told.total.right, told.total.expected) == (1, 0, 0)
    assert told.total.precision == 0.0
    assert told.total.recall is None
    assert told.total.false_alarms_per_10k == pytest.approx(10_000 / told.characters)


def test_a_folder_is_all_its_files_and_equal_lines_count_once(tmp_path: Path) -> None:
    written(tmp_path, "a.tsv", f"{WRONG}\t{RIGHT}", f"{WRONG}\t{RIGHT}")
    written(tmp_path, "b.txt", CLEAN)
    written(tmp_path, "README.md", "不读")
    assert evaluate_checks(tmp_path, select=["T550"]).texts == 2
    assert [sample.is_clean for sample in read_samples(tmp_path)] == [False, True]


@pytest.mark.parametrize(
    ("text", "right", "faults"),
    [
        ("甲乙丙", "甲丁丙", [(1, 2, "丁")]),
        ("甲乙乙丙", "甲乙丙", [(2, 3, "")]),
        ("甲丙", "甲乙丙", [(1, 1, "乙")]),
        ("甲", "甲", []),
    ],
)
def test_where_a_sample_is_wrong(text: str, right: str, faults: list[tuple[int, int, str]]) -> None:
    assert Sample(text, right).faults() == faults


def test_a_doubled_character_counts_as_found(tmp_path: Path) -> None:
    file = written(tmp_path, "a.tsv", "局党组抓实实民主集中制。\t局党组抓实民主集中制。")
    told = evaluate_checks(file, select=["T551"])
    assert (told.total.right, told.total.recall) == (1, 1.0)
    assert told.views["corrections"].recall == 1.0


def test_what_is_no_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="找不到"):
        evaluate_checks(tmp_path / "none.tsv")
    with pytest.raises(UsageError, match="没有可评测"):
        evaluate_checks(tmp_path)
    with pytest.raises(UsageError, match="两栏"):
        evaluate_checks(written(tmp_path, "bad.tsv", "只有一栏"))
