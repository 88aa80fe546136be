"""Bring a database to the newest schema, or say why that is impossible. Alembic is loaded only when there is work."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from nigao.errors import StoreError
from nigao.store.audit import AuditLog
from nigao.store.database import Database
from nigao.store.sealing import seal_all
from nigao.store.tables import SCHEMA_HEAD
from nigao.store.verifying import SEAL

# The schema from which on audit events seal the rows that they write.
_FIRST_SEALED = "0004"
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Create or upgrade the schema in one transaction; nothing happens to a database that is up to date.

    Raises StoreError when the database is of a newer nigao, of another program, or cannot be written.
    """
    with database.read() as connection:
        if _revision(connection, database) == SCHEMA_HEAD:
            return
    with database.write() as connection:
        # Another process may have migrated while this one waited for its turn.
        revision = _revision(connection, database)
        if revision != SCHEMA_HEAD:
            _upgrade(connection, revision, database)


def _revision(connection: Connection, database: Database) -> str:
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    if names:
        raise StoreError("这是别的程序的数据库", where=str(database.path), fix="换一个路径，或移走这个文件")
    return ""


def _upgrade(connection: Connection, revision: str, database: Database) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    # The value goes through configparser, where a percent sign is special.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision and revision not in known:
        raise StoreError(
            f"数据库由更新版本的拟稿建立（结构版本 {revision}，本程序到 {SCHEMA_HEAD}）",
            where=str(database.path),
            fix="升级拟稿后再打开",
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if revision and revision < _FIRST_SEALED:
        # What is there was written before rows were sealed: from here on a change to it shows.
        AuditLog(database).record(connection, SEAL, "store", "nigao", {"from": revision}, seal_all(connection))
