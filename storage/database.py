"""The database: one engine, reading and writing transactions, the same code on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage import at_hand
from storage.applying import check_lane, mark_applied
from storage.rested_connections import ask_after_rest
from storage.sqlite_connection import connect
from storage.url import engine_url

_BUSY_TIMEOUT = 10_000
"""Milliseconds that SQLite waits for another process's write to end."""

_CONNECTIONS = 13
"""How many a `Database` has with PostgreSQL at most. It keeps them: to open one costs more than an update does."""

_LONGEST_CONNECTING = 10.0
_LONGEST_STATEMENT = 15.0
"""Seconds after which a PostgreSQL server that says nothing counts as gone, as one does whose machine has stopped. No
statement takes as long, and whoever waits for another's lock is better off trying again.
"""

_SERVER_SETTINGS = {
    # A process that was stopped in the middle of a transaction, or a machine that is gone, would keep others waiting
    # for what it holds. Nobody rests in a transaction: none is open while Telegram is called.
    "idle_in_transaction_session_timeout": "8s",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
}

_LONGEST_TRANSACTION = "30s"
"""Between preparing a statement and executing it a session doesn't count as idle, and a process may be stopped there
too. PostgreSQL has a bound for that since release 17."""

_WITHOUT_BOUND = text(
    "SELECT set_config('transaction_timeout', '0', true) WHERE current_setting('transaction_timeout', true) IS NOT NULL"
)
"""Until the transaction ends; servers that know no such bound find nothing to set."""

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
    """Opens transactions. Create one per process, and one for what must not queue up with it; close it at the end."""

    def __init__(self, url: str, *, connections: int = _CONNECTIONS) -> None:
        """Raises DatabaseUrlError if the URL can't be used. Nothing is opened yet."""
        self.engine = open_engine(url, longest_statement=_LONGEST_STATEMENT, connections=connections)
        self._reader = self.engine.execution_options(**_READING[self.engine.dialect.name])
        self._bare = self.engine.execution_options(bare=True)
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
    async def reading_long(self) -> AsyncIterator[ReadSession]:
        """The same for who reads page by page and gives way in between, which may take longer than others may."""
        async with self.reading() as session:
            if self.engine.dialect.name == "postgresql":
                await session.execute(_WITHOUT_BOUND)
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

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncConnection]:
        """A connection outside of any transaction, while this process writes nothing else. For SQLite's own upkeep."""
        async with self._write_turn, self._bare.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Closes every connection."""
        await self.engine.dispose()


def open_engine(
    url: str, *, foreign_keys: bool = True, longest_statement: float | None = None, connections: int = _CONNECTIONS
) -> AsyncEngine:
    """An engine for the URL, set up so that concurrent writers neither lose updates nor fail.

    On PostgreSQL a statement that takes longer than so many seconds raises TimeoutError. Parameters are hidden in error
    messages, since those reach the log. Only migrations on SQLite go without foreign keys: they rebuild tables, and
    cascades would empty the children.
    """
    parsed, arguments = engine_url(url)
    if parsed.get_backend_name() != "sqlite":
        arguments = {"timeout": _LONGEST_CONNECTING, "command_timeout": longest_statement} | arguments
        arguments["server_settings"] = _SERVER_SETTINGS | arguments.get("server_settings", {})
        engine = create_async_engine(
            parsed, connect_args=arguments, hide_parameters=True, pool_size=connections, max_overflow=0
        )
        ask_after_rest(engine)
        if longest_statement is not None:
            event.listen(engine.sync_engine, "connect", _bound_transactions)
        return engine
    engine = create_async_engine(parsed, connect_args={"async_creator_fn": connect}, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", partial(_set_pragmas, foreign_keys=foreign_keys))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _bound_transactions(connection: Any, _: ConnectionPoolEntry) -> None:
    if connection.driver_connection.get_server_version() >= (17,):
        connection.run_async(lambda driver: driver.execute(f"SET transaction_timeout = '{_LONGEST_TRANSACTION}'"))


def _set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry, *, foreign_keys: bool) -> None:
    connection.isolation_level = None  # the driver would begin late and deferred; _begin does it
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_TIMEOUT}",
        "synchronous=NORMAL",
        # What a lifter deletes or writes anew is nowhere in the file any more: see `remnants`.
        "secure_delete=ON",
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("bare", False):
        return
    reads = connection.get_execution_options().get("read_only", False)
    driver: Any = connection.connection.driver_connection
    driver.begin_with_next("BEGIN" if reads else "BEGIN IMMEDIATE")
