"""The database: one engine, reading and writing transactions, the same code on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage import at_hand
from storage.applying import check_lane, mark_applied
from storage.sqlite_connection import connect
from storage.url import engine_url

_BUSY_TIMEOUT = 10_000
"""Milliseconds that SQLite waits for another process's write to end."""

_CONNECTIONS = 15
"""How many one process has with PostgreSQL at most. It keeps them: to open one costs more than an update does."""

_LONGEST_STATEMENT = 30.0
"""Seconds until PostgreSQL counts as gone: a machine that has vanished never says so."""

_SERVER_SETTINGS = {
    # A process that was stopped in the middle of a transaction, or a machine that is gone, would keep others waiting
    # for what it holds. Nobody rests in a transaction: none is open while Telegram is called.
    "idle_in_transaction_session_timeout": "8s",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
}

_READING: dict[str, dict[str, Any]] = {
    "sqlite": {"read_only": True},
    # A card is read in several queries: as on SQLite, all of them see the same moment.
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


class ReadSession(AsyncSession):
    """A session that only reads; a function that asks for one can't write."""


class WriteSession(ReadSession):
    """A session inside a writing transaction."""


class Database:
    """Opens transactions. Create one per process and close it at the end."""

    def __init__(self, url: str) -> None:
        """Raises DatabaseUrlError if the URL can't be used. Nothing is opened yet."""
        self.engine = open_engine(url)
        self._reader = self.engine.execution_options(**_READING[self.engine.dialect.name])
        # SQLite has one writer at a time: queueing here is fair and cheap, its busy handler is neither.
        self._write_turn: AbstractAsyncContextManager[Any] = (
            asyncio.Lock() if self.engine.dialect.name == "sqlite" else nullcontext()
        )

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[ReadSession]:
        """A transaction that only reads, all of it at one moment."""
        async with ReadSession(self._reader, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[WriteSession]:
        """A transaction that commits at the end of the block and is rolled back by any exception.

        The first one while an update is being handled marks its journal row in the same commit, so that
        the effect happens exactly once. Raises AlreadyAppliedError if that has been done before, and LaneLostError if
        another replica handles the lifter's updates by now.
        """
        hand = at_hand.current()
        async with self._write_turn, WriteSession(self.engine, expire_on_commit=False) as session, session.begin():
            if hand is None:
                yield session
                return
            marks, step = not hand.applied, hand.step
            if marks:
                step = await mark_applied(session, hand)
            else:
                await check_lane(session, hand)
            yield session
        if marks:
            hand.applied, hand.step = True, step

    async def close(self) -> None:
        """Closes every connection."""
        await self.engine.dispose()


def open_engine(url: str, *, migrates: bool = False) -> AsyncEngine:
    """An engine for the URL, set up so that concurrent writers neither lose updates nor fail.

    Parameters are hidden in error messages, since those reach the log. A statement that takes too long on PostgreSQL
    raises TimeoutError, but not one of migrations, which wait for each other. On SQLite these go without foreign keys:
    they rebuild tables, and cascades would empty the children.
    """
    parsed, arguments = engine_url(url)
    if parsed.get_backend_name() != "sqlite":
        arguments["server_settings"] = _SERVER_SETTINGS | arguments.get("server_settings", {})
        arguments["command_timeout"] = None if migrates else _LONGEST_STATEMENT
        kept = {"pool_size": _CONNECTIONS, "max_overflow": 0}
        return create_async_engine(parsed, connect_args=arguments, hide_parameters=True, pool_pre_ping=True, **kept)
    engine = create_async_engine(parsed, connect_args={"async_creator_fn": connect}, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", partial(_set_pragmas, foreign_keys=not migrates))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry, *, foreign_keys: bool) -> None:
    connection.isolation_level = None  # the driver would begin late and deferred; _begin does it
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_TIMEOUT}",
        "synchronous=NORMAL",
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
