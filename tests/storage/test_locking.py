import asyncio

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.locking import Lock, alone
from tests.support.waiting import until


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    """SQLite has a single process."""
    return postgresql_url


async def holders(database: Database) -> int:
    async with database.reading() as session:
        held = await session.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
    return int(held.scalar_one())


async def until_asked_for(database: Database, number: int) -> None:
    """Waits until so many hold a lock or wait for one; the server learns of a closed connection in its own time."""

    async def asked_for() -> bool:
        return await holders(database) == number

    await until(asked_for)


async def test_a_second_one_waits_for_the_end_of_the_first(database: Database) -> None:
    entered: list[int] = []

    async def enter() -> None:
        async with alone(database.engine, Lock.WEBHOOK):
            entered.append(1)

    async with asyncio.timeout(30):
        async with alone(database.engine, Lock.WEBHOOK):
            second = asyncio.create_task(enter())
            await until_asked_for(database, 2)
            assert entered == []
        await second
    assert entered == [1]
    await until_asked_for(database, 0)


async def test_different_locks_do_not_wait_for_each_other(database: Database) -> None:
    async with asyncio.timeout(30), alone(database.engine, Lock.WEBHOOK), alone(database.engine, Lock.SCHEMA):
        assert await holders(database) == 2


async def test_whoever_gives_up_waiting_holds_nothing(database: Database) -> None:
    async def enter() -> None:
        async with alone(database.engine, Lock.WEBHOOK):
            raise AssertionError

    async with asyncio.timeout(30):
        async with alone(database.engine, Lock.WEBHOOK):
            second = asyncio.create_task(enter())
            await until_asked_for(database, 2)
            second.cancel()
            await asyncio.gather(second, return_exceptions=True)
        await until_asked_for(database, 0)
        async with alone(database.engine, Lock.WEBHOOK):
            pass


async def test_no_transaction_is_open_meanwhile(database: Database) -> None:
    async with alone(database.engine, Lock.WEBHOOK), database.reading() as session:
        idle = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
        assert (await session.execute(text(idle))).scalar_one() == 0
