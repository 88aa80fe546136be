"""API keys on the command line: made, listed, revoked, and still there after a restore."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from commands import Command

from nigao import Assistant

CREATE = ("keys", "create", "--person", "李强", "--by", "周敏")


@pytest.fixture
def office(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = empty / "nigao.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"local"', '"none"', 1), encoding="utf-8")
    monkeypatch.chdir(empty)
    return empty


def _made(nigao: Command, *options: str) -> dict[str, object]:
    result = nigao(*CREATE, "--json", *options)
    assert result.code == 0, result.err
    made: dict[str, object] = json.loads(result.out)
    return made


def _end(made: dict[str, object]) -> dt.datetime:
    return dt.datetime.fromisoformat(str(made["expires_at"]))


def test_the_secret_is_shown_once_and_opens(office: Path, nigao: Command) -> None:
    result = nigao(*CREATE, "--role", "drafter", "--role", "editor", "--unit", "云汀市档案馆", "--unit", "市档案馆")
    assert result.code == 0
    told, secret = result.out.splitlines()
    assert told.startswith("已新建 k0001：李强，拟稿人、核稿人，有效期至 ")
    assert "只显示这一次" in result.err
    with Assistant.open(office, embeddings=False) as assistant:
        found = assistant.store.keys.find(secret)
    assert found is not None
    assert (found.id, found.person, found.created_by) == ("k0001", "李强", "周敏")
    assert (found.roles, found.scopes, found.units) == (("drafter", "editor"), (), ("云汀市档案馆", "市档案馆"))
    for listed in (nigao("keys", "list"), nigao("keys", "list", "--json")):
        assert found.prefix in listed.out
        assert secret not in listed.out
        assert secret[11:] not in listed.out


def test_json_has_the_secret_on_creation_only(office: Path, nigao: Command) -> None:
    made = _made(nigao, "--role", "drafter", "--scope", "search", "--scope", "reports:read")
    assert str(made["secret"]).startswith(str(made["prefix"]))
    assert (made["id"], made["scopes"], made["units"], made["refusal"]) == ("k0001", ["search", "reports:read"], [], "")
    (listed,) = json.loads(nigao("keys", "list", "--json").out)
    assert listed == {name: value for name, value in made.items() if name != "secret"}
    assert not [name for name in listed if "hash" in name]


def test_how_long_it_is_good_for(office: Path, nigao: Command) -> None:
    now = dt.datetime.now(dt.UTC)
    day = dt.date.today() + dt.timedelta(days=40)
    near = dt.timedelta(hours=1)
    assert abs(_end(_made(nigao, "--role", "auditor")) - now - dt.timedelta(days=365)) < near
    assert abs(_end(_made(nigao, "--role", "auditor", "--days", "7")) - now - dt.timedelta(days=7)) < near
    # The last day counts, as the clock on the wall has it.
    until = _end(_made(nigao, "--role", "auditor", "--expires", day.isoformat())).astimezone()
    assert (until - dt.timedelta(seconds=1)).date() == day
    assert until.date() == day + dt.timedelta(days=1)
    assert _made(nigao, "--role", "auditor", "--never")["expires_at"] is None
    assert "长期有效" in nigao("keys", "list").out


def test_revoking(office: Path, nigao: Command) -> None:
    assert nigao("keys", "list").out.splitlines() == ["编号\t密钥\t使用人\t角色\t权限\t单位\t状态\t最近使用"]
    _made(nigao, "--role", "approver", "--unit", "云汀市档案馆")
    result = nigao("keys", "revoke", "k0001", "--reason", "调离", "--by", "周敏")
    assert (result.code, result.out) == (0, "已撤销 k0001（李强），不能再用。\n")
    (_, row) = nigao("keys", "list").out.splitlines()
    assert row.split("\t")[2:] == ["李强", "签发人", "角色的全部权限", "云汀市档案馆", "已撤销", "未用过"]
    (listed,) = json.loads(nigao("keys", "list", "--json").out)
    assert (listed["refusal"], listed["revoked_by"], listed["reason"]) == ("已撤销", "周敏", "调离")
    again = nigao("keys", "revoke", "k0001", "--reason", "调离")
    assert again.code == 2
    assert "此前已撤销（调离）" in again.err
    assert nigao("audit", "verify").code == 0


SLIPS = [
    (("--role", "boss"), ["没有 boss 这个角色", "drafter 拟稿人", "auditor 审计员"]),
    (("--role", "editor", "--scope", "fly"), ["没有这项权限：fly", "reports:edit"]),
    (("--role", "editor", "--scope", "corpus:approve"), ["所给的角色没有这项权限", "search"]),
    (("--role", "editor", "--days", "3", "--never"), ["有效期写了不止一种"]),
    (("--role", "editor", "--days", "3", "--expires", "2999-01-01"), ["有效期写了不止一种"]),
    (("--role", "editor", "--expires", "2020-01-01"), ["2020-01-01 已经过了"]),
    (("--role", "editor", "--expires", "明天"), ["不是日期"]),
    (("--role", "editor", "--days", "0"), ["--days"]),
    ((), ["缺少选项 --role"]),
]


@pytest.mark.parametrize(("options", "told"), SLIPS)
def test_a_slip_is_told_and_makes_no_key(
    office: Path, nigao: Command, options: tuple[str, ...], told: list[str]
) -> None:
    result = nigao(*CREATE, *options)
    assert result.code == 2
    for words in told:
        assert words in result.err
    assert json.loads(nigao("keys", "list", "--json").out) == []


def test_an_unknown_key(office: Path, nigao: Command) -> None:
    result = nigao("keys", "revoke", "k0009", "--reason", "调离")
    assert result.code == 2
    assert "没有这把密钥" in result.err


def test_keys_and_jobs_come_back_with_a_backup(office: Path, nigao: Command) -> None:
    made = _made(nigao, "--role", "editor")
    with Assistant.open(office, embeddings=False) as assistant:
        assistant.store.jobs.add("draft", "{}", person="李强", units=(), caller="k0001")
        assistant.store.jobs.claim()
        assert nigao("backup", "saved.zip").code == 0
        assistant.store.jobs.end("j0001", "done")
    assert nigao("keys", "revoke", "k0001", "--reason", "试").code == 0
    assert nigao("restore", "saved.zip").code == 0
    with Assistant.open(office, embeddings=False) as assistant:
        found = assistant.store.keys.find(str(made["secret"]))
        assert found is not None
        assert found.revoked_at is None
        assert assistant.store.jobs.get("j0001").state == "running"
        assert assistant.store.jobs.park() == 1
        assert assistant.store.jobs.claim() is not None
    assert nigao("audit", "verify").code == 0
