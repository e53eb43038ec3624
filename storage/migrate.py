"""Brings a database's schema up to this release, safely beside other processes that do the same."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database, open_engine
from storage.locking import Lock, alone
from storage.url import engine_url, make_folder

_COUNTS = text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'")
_LAST_IDS = text("SELECT name, seq FROM sqlite_sequence")
_COUNTED = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
_COUNTED_ON = text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name")
"""What SQLite keeps of a table whose ids are never given twice."""

_LONGEST_WAIT = 10.0
_PAUSE = 0.02
"""Seconds."""


class SchemaError(Exception):
    """The schema can't be brought to this release; the message says why."""


async def migrate(url: str) -> str:
    """Applies every missing migration in one transaction and returns the revision reached.

    Raises SchemaError if rows would lose what they refer to, or if the database is newer than this release, and OSError
    if a SQLite file can't be used.
    """
    make_folder(url)
    await asyncio.to_thread(_use_write_ahead_log, url)
    engine = open_engine(url, foreign_keys=False)
    try:
        # On SQLite the writing transaction itself keeps other processes waiting.
        async with alone(engine, Lock.SCHEMA), engine.begin() as connection:
            return await upgrade(connection)
    finally:
        await engine.dispose()


async def upgrade(connection: AsyncConnection) -> str:
    """Does what `migrate` does within the transaction of a connection whose caller keeps other processes away."""
    if connection.dialect.name != "sqlite":
        return await connection.run_sync(_run)
    revision = await connection.run_sync(_run_on_sqlite)
    if (await connection.execute(text("PRAGMA foreign_key_check"))).first() is not None:
        raise SchemaError("the migration would leave rows that refer to nothing; nothing was changed")
    return revision


async def is_up_to_date(database: Database) -> bool:
    """Whether the schema is this release's, or that of a newer one, which stays compatible with it.

    Raises what the database raises.
    """
    async with database.reading() as session:
        present = await (await session.connection()).run_sync(_present)
    known, head = await asyncio.to_thread(_revisions)
    return present is not None and (present == head or present not in known)


def known_revisions() -> frozenset[str]:
    """The schemas that this release can work with, or bring up to its own."""
    known, _ = _revisions()
    return known


def _use_write_ahead_log(url: str) -> None:
    """Has a SQLite file keep its writes beside it, so that reading and writing don't wait for each other.

    The file remembers that. SQLite itself doesn't wait where two processes want it of a new file at once.
    """
    parsed, _ = engine_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database is None:
        return
    give_up_at = time.monotonic() + _LONGEST_WAIT
    try:
        with closing(sqlite3.connect(parsed.database)) as file:
            while not _switched(file, may_wait=time.monotonic() < give_up_at):
                time.sleep(_PAUSE)
    except sqlite3.Error as error:
        raise OSError(str(error)) from None


def _switched(file: sqlite3.Connection, *, may_wait: bool) -> bool:
    try:
        file.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY and may_wait:
            return False
        raise
    return True


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for this connection: no ini file is needed."""
    config = _config()
    config.attributes["connection"] = connection
    return config


def _run(connection: Connection) -> str:
    known, head = _revisions()
    present = _present(connection)
    if present is not None and present not in known:
        raise SchemaError(f"the database has schema {present}, which is newer than this release; install that release")
    command.upgrade(alembic_config(connection), "head")
    return head


def _run_on_sqlite(connection: Connection) -> str:
    """A migration that writes a table anew has SQLite forget which ids were given to rows that are gone. None may be
    given twice: buttons in chats, references in logs and rows of the journal still name them.
    """
    given = last_ids(connection)
    revision = _run(connection)
    kept = last_ids(connection)
    for table in given.keys() & inspect(connection).get_table_names():
        if table not in kept:
            connection.execute(_COUNTED, {"name": table, "last": given[table]})
        elif kept[table] < given[table]:
            connection.execute(_COUNTED_ON, {"name": table, "last": given[table]})
    return revision


def last_ids(connection: Connection) -> dict[str, int]:
    """For each table of a SQLite file the largest id that was ever given there, also to a row that is gone."""
    if not connection.scalar(_COUNTS):
        return {}
    return dict(connection.execute(_LAST_IDS).all())


def _present(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _revisions() -> tuple[frozenset[str], str]:
    """The revisions that this release knows, and the newest of them."""
    scripts = ScriptDirectory.from_config(_config())
    return frozenset(script.revision for script in scripts.walk_revisions()), scripts.get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
