"""Opening a database: new, again, damaged, foreign, too new."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from nigao.corpus.model import Document, Role
from nigao.errors import StoreError
from nigao.store import Store
from nigao.store.migrate import MIGRATIONS
from nigao.store.tables import SCHEMA_HEAD, metadata


def _schema(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    connection.close()
    return rows


def test_a_new_file_gets_the_schema_and_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "新 文件夹" / "100%?.db"
    Store.open(path).close()
    first = _schema(path)
    assert {"documents", "passages", "vectors", "revisions", "audit"} <= {name for name, _ in first}
    with Store.open(path) as store:
        assert store.path == path
        assert store.documents.all() == []
    assert _schema(path) == first


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "nigao.db"
    path.touch()
    with Store.open(path) as store:
        assert store.audit.verify() == 0


def test_migrations_lead_to_the_tables_in_use(tmp_path: Path) -> None:
    path = tmp_path / "nigao.db"
    Store.open(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_known_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA_HEAD]


def test_the_file_is_in_wal_mode_with_foreign_keys(tmp_path: Path) -> None:
    path = tmp_path / "nigao.db"
    with Store.open(path):
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()


@pytest.mark.parametrize("content", [b"not a database, but long enough", b"SQLite format 3\0" + b"\xff" * 200])
def test_rubbish_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "nigao.db"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.fix
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="别的程序"):
        Store.open(path)
    assert [name for name, _ in _schema(path)] == ["songs"]


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nigao.db"
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="更新版本") as caught:
        Store.open(path)
    assert "升级" in caught.value.fix


def test_a_folder_cannot_be_a_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Store.open(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        Store.open(tmp_path / "file" / "nigao.db")


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_threads_share_a_store(tmp_path: Path, kind: str) -> None:
    store = Store.open(tmp_path / "nigao.db") if kind == "file" else Store.in_memory()
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                id = f"d{number}-{turn}"
                store.documents.put(Document(id, id, Role.BASIS, "0"), "文", [], "清单")
                store.documents.all()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(store.documents.all()) == 20
    assert store.audit.verify() == 20
    store.close()


def test_two_stores_on_one_file_keep_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "nigao.db"
    with Store.open(path) as one, Store.open(path) as two:
        one.audit.append("note", "a", "甲")
        two.audit.append("note", "b", "乙")
        one.audit.append("note", "c", "甲")
        assert two.audit.verify() == 3
