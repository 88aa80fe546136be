"""Backup, restore and the choices of a search on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Command

TEXT = "值班制度\n\n第一条　工作日值班由综合科安排，每日一人，负责接待来访群众和处理紧急事项。\n"
APPROVED = ("--approved-by", "周文清", "--approved-on", "2025-01-10")


@pytest.fixture
def office(empty: Path, nigao: Command) -> Path:
    """A workspace that searches by words, with a rule for everybody and a record for one unit only."""
    settings = empty / "nigao.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"local"', '"none"', 1), encoding="utf-8")
    (empty / "rule.txt").write_text(TEXT, encoding="utf-8")
    (empty / "record.txt").write_text(TEXT.replace("综合科", "后勤科"), encoding="utf-8")
    assert nigao("corpus", "add", "rule.txt", "--role", "basis", *APPROVED, cwd=empty).code == 0
    own = ("--role", "material", "--visible-to", "甲单位")
    assert nigao("corpus", "add", "record.txt", *own, *APPROVED).code == 0
    return empty


def _ids(nigao: Command, *options: str) -> list[str]:
    return sorted(hit["document_id"] for hit in json.loads(nigao("search", "值班", "--json", *options).out))


def test_a_search_asks_for_a_role_and_as_a_unit(office: Path, nigao: Command) -> None:
    assert _ids(nigao) == ["rule"]
    assert _ids(nigao, "--unit", "甲单位") == ["record", "rule"]
    assert _ids(nigao, "--unit", "乙单位") == ["rule"]
    assert _ids(nigao, "--unit", "甲单位", "--role", "material") == ["record"]
    wrong = nigao("search", "值班", "--role", "依据")
    assert wrong.code == 2
    assert "basis" in wrong.err


def test_what_was_revoked_since_is_back_after_a_restore(office: Path, nigao: Command) -> None:
    saved = nigao("backup", "saved.zip")
    assert saved.code == 0
    assert "文件 2 份" in saved.out
    assert nigao("corpus", "revoke", "rule", "--reason", "试", "--by", "周文清").code == 0
    assert _ids(nigao) == []
    restored = nigao("restore", "saved.zip")
    assert restored.code == 0
    assert "另存在" in restored.out
    assert _ids(nigao) == ["rule"]
    assert nigao("corpus", "verify").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("backup", "saved.zip"), "已经存在"),
        (("backup", "nowhere/saved.zip"), "写不成"),
        (("restore", "rule.txt"), "不是 nigao backup 写出的文件"),
        (("restore", "none.zip"), "找不到"),
    ],
)
def test_a_slip_is_told_and_changes_nothing(office: Path, nigao: Command, words: tuple[str, str], told: str) -> None:
    (office / "saved.zip").write_bytes(b"mine")
    result = nigao(*words)
    assert result.code == 2
    assert told in result.err
    assert (office / "saved.zip").read_bytes() == b"mine"
    assert _ids(nigao) == ["rule"]
