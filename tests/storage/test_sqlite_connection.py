from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import CursorResult, text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.sqlite_connection import OneTripConnection, connect


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = Database(sqlite_url)
    async with opened.writing() as session:
        await session.execute(text("CREATE TABLE plates (id INTEGER PRIMARY KEY, kg INTEGER UNIQUE)"))
    yield opened
    await opened.close()


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done in the connection's thread."""
    made: list[str] = []
    make: Any = OneTripConnection._execute  # noqa: SLF001 -- every trip of aiosqlite goes through it

    async def noted(connection: OneTripConnection, function: Any, *arguments: Any, **more: Any) -> Any:
        made.append(function.__name__)
        return await make(connection, function, *arguments, **more)

    monkeypatch.setattr(OneTripConnection, "_execute", noted)
    return made


async def test_a_statement_makes_one_trip(database: Database, trips: list[str]) -> None:
    async with database.reading() as session:
        await session.execute(text("SELECT 1"))
        trips.clear()
        assert (await session.execute(text("SELECT 1 UNION SELECT 2"))).all() == [(1,), (2,)]
        assert len(trips) == 1


async def test_a_transaction_begins_on_the_trip_of_its_first_statement_and_makes_one_to_end(
    database: Database, trips: list[str]
) -> None:
    for _ in range(2):
        trips.clear()
        async with database.writing() as session:
            await session.execute(text("INSERT INTO plates (kg) VALUES (20) ON CONFLICT DO NOTHING"))
    assert trips == ["_run", "commit"]


async def test_a_transaction_without_statements_makes_no_trip(database: Database, trips: list[str]) -> None:
    for _ in range(2):
        trips.clear()
        async with database.writing():
            pass
    assert trips == []


async def test_a_writing_transaction_is_alone_from_its_first_statement_on(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(text("SELECT 1"))
        other = connect(database.engine.url.database or "", timeout=0)
        async with other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                await other.execute("BEGIN IMMEDIATE")


async def test_what_fails_is_undone(database: Database, trips: list[str]) -> None:
    async def add_twice() -> None:
        async with database.writing() as session:
            for _ in range(2):
                await session.execute(text("INSERT INTO plates (kg) VALUES (20)"))

    with pytest.raises(IntegrityError):
        await add_twice()
    assert trips[-1] == "rollback"
    async with database.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM plates")) == 0


async def test_a_statement_says_what_it_did(database: Database) -> None:
    async with database.writing() as session:
        connection = await session.connection()
        many: CursorResult[Any] = await connection.execute(
            text("INSERT INTO plates (kg) VALUES (:kg)"), [{"kg": kg} for kg in (5, 10, 20)]
        )
        assert many.rowcount == 3
        changed: CursorResult[Any] = await connection.execute(text("UPDATE plates SET kg = kg + 1 WHERE kg > 5"))
        assert changed.rowcount == 2
        returned = await connection.execute(text("DELETE FROM plates WHERE kg > 5 RETURNING kg"))
        assert sorted(returned.scalars()) == [11, 21]
        added: CursorResult[Any] = await connection.execute(text("INSERT INTO plates (id, kg) VALUES (7, 25)"))
        assert added.lastrowid == 7
