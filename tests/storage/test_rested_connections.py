from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database


@pytest.fixture
async def database(postgresql_url: str) -> AsyncIterator[Database]:
    opened = Database(postgresql_url)
    yield opened
    await opened.close()


@pytest.fixture
def asked(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The connections that were asked whether they live."""
    found: list[object] = []
    dialect = database.engine.sync_engine.dialect
    ask = dialect.do_ping

    def noted(connection: object) -> bool:
        found.append(connection)
        return ask(connection)  # type: ignore[arg-type] # whatever the pool holds

    monkeypatch.setattr(dialect, "do_ping", noted)
    return found


async def answers(database: Database) -> bool:
    async with database.reading() as session:
        return await session.scalar(text("SELECT true")) is True


async def cut(database: Database, postgresql_url: str) -> None:
    """Ends all connections of the database from outside."""
    outside = Database(postgresql_url)
    async with outside.reading() as session:
        mine = "datname = current_database() AND pid <> pg_backend_pid()"
        await session.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}"))  # noqa: S608 -- written here
    await outside.close()


async def test_a_connection_in_use_is_not_asked(database: Database, asked: list[object]) -> None:
    for _ in range(3):
        assert await answers(database)
    assert asked == []


async def test_a_dead_connection_that_has_rested_is_replaced(
    database: Database, postgresql_url: str, asked: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.rested_connections.RESTED", 0.0)
    assert await answers(database)
    await cut(database, postgresql_url)
    assert await answers(database)
    assert len(asked) == 1


async def test_after_a_dead_connection_in_use_the_next_transaction_has_one_that_lives(
    database: Database, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.rested_connections.RESTED", 60.0)
    assert await answers(database)
    await cut(database, postgresql_url)
    with pytest.raises(DBAPIError):
        await answers(database)
    assert await answers(database)
