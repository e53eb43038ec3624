"""SQLite's connection in a thread of its own, to which each statement makes one trip."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Self

import aiosqlite

_ROWS_AT_ONCE = 64
"""How many rows aiosqlite's own cursors fetch in one trip; ours fetch all."""


def connect(database: str, **options: Any) -> OneTripConnection:
    """To be awaited, as what `aiosqlite.connect` returns."""
    return OneTripConnection(lambda: sqlite3.connect(database, **options), _ROWS_AT_ONCE)


class OneTripConnection(aiosqlite.Connection):
    """Makes a cursor, executes, fetches and closes in one trip.

    aiosqlite makes four of these. Each costs more than most statements do: two threads take turns with the interpreter,
    and the event loop is woken.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        """See `aiosqlite.Connection`."""
        super().__init__(*arguments, **more)
        self._thread.daemon = True  # as SQLAlchemy has it: a connection that nobody closes keeps no process alive
        self._begin: str | None = None

    def begin_with_next(self, sql: str) -> None:
        """Begins a transaction on the trip of the next statement, by this one."""
        self._begin = sql

    def cursor(self) -> OneTripCursor:  # type: ignore[override] # SQLAlchemy needs no more of one
        """A cursor that holds nothing open."""
        return OneTripCursor(self)

    async def commit(self) -> None:
        """Makes no trip if nothing was executed."""
        self._begin = None
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Makes no trip if there is nothing to roll back, as with every connection that goes back to the pool."""
        self._begin = None
        if self.in_transaction:
            await super().rollback()

    async def run(self, sql: str, parameters: Any, *, many: bool) -> _Outcome:
        """Executes the statement, for each of the parameters if they are many."""
        trip: Any = self._execute  # aiosqlite gives it no type
        begin, self._begin = self._begin, None
        outcome: _Outcome = await trip(_run, self._conn, begin, sql, parameters, many=many)
        return outcome


class _Outcome:
    """What is left of a cursor that was read to its end."""

    __slots__ = ("description", "lastrowid", "rowcount", "rows")

    def __init__(self, cursor: sqlite3.Cursor, rows: list[Any]) -> None:
        self.rows = rows
        self.description = cursor.description
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


class OneTripCursor:
    """What SQLAlchemy asks of an asynchronous cursor, all rows of which it takes at once."""

    def __init__(self, connection: OneTripConnection) -> None:
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._connection = connection
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        """Nothing has to be opened."""
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> None:
        """Executes one statement."""
        self._keep(await self._connection.run(sql, parameters, many=False))

    async def executemany(self, sql: str, parameters: Sequence[Any]) -> None:
        """Executes the statement for each of the parameters."""
        self._keep(await self._connection.run(sql, parameters, many=True))

    async def fetchall(self) -> list[Any]:
        """What the statement has returned."""
        return self._rows

    async def close(self) -> None:
        """Nothing is open."""

    def _keep(self, outcome: _Outcome) -> None:
        self._rows = outcome.rows
        self.description = outcome.description
        self.rowcount = outcome.rowcount
        self.lastrowid = outcome.lastrowid


def _run(connection: sqlite3.Connection, begin: str | None, sql: str, parameters: Any, *, many: bool) -> _Outcome:
    cursor = connection.cursor()
    try:
        if begin is not None:
            cursor.execute(begin)
        if many:
            cursor.executemany(sql, parameters)
        else:
            cursor.execute(sql, parameters)
        return _Outcome(cursor, cursor.fetchall() if cursor.description else [])
    finally:
        cursor.close()
