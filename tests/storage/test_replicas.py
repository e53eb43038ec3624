from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage import replicas
from storage.database import Database
from storage.database_clock import DatabaseNow
from storage.models import Replica
from tests.support.rows import BOT

DUTY = "polling"


async def beat(database: Database, *replica_ids: str, bot_id: int = BOT) -> None:
    async with database.writing() as session:
        for replica_id in replica_ids:
            await replicas.beat(session, bot_id, replica_id)


async def falls_silent(database: Database, replica_id: str, ago: timedelta = timedelta(milliseconds=1)) -> None:
    """As if its last word were so long ago that it is thought dead since then."""
    until = DatabaseNow() - ago // timedelta(milliseconds=1)
    async with database.writing() as session:
        await session.execute(update(Replica).where(Replica.id == replica_id).values(lives_until=until))


async def alive(database: Database, bot_id: int = BOT) -> int:
    async with database.reading() as session:
        return await replicas.how_many(session, bot_id)


async def takes(database: Database, replica_id: str, name: str = DUTY) -> bool:
    async with database.writing() as session:
        return await replicas.take_duty(session, BOT, replica_id, name)


async def test_replicas_live_as_long_as_they_say_so(database: Database) -> None:
    assert await alive(database) == 0
    await beat(database, "a", "b")
    await beat(database, "c", bot_id=1)
    assert (await alive(database), await alive(database, 1)) == (2, 1)
    await falls_silent(database, "a")
    assert await alive(database) == 1
    await beat(database, "a")
    assert await alive(database) == 2


async def test_the_dead_are_forgotten(database: Database) -> None:
    await beat(database, "a")
    await falls_silent(database, "a")
    await beat(database, "b")
    async with database.reading() as session:
        assert await session.get(Replica, "a") is None


async def test_a_sign_of_life_holds_for_some_seconds_by_the_databases_clock(database: Database) -> None:
    await beat(database, "a")
    async with database.reading() as session:
        until = (await session.get_one(Replica, "a")).lives_until
        assert until is not None
        now = await session.scalar(select(DatabaseNow()))
    assert now is not None
    assert 0 < until - now <= replicas.LIVES_FOR


async def test_a_duty_is_one_replicas_until_it_dies_or_leaves_it(database: Database) -> None:
    await beat(database, "a", "b")
    assert await takes(database, "a")
    assert not await takes(database, "b")
    assert await takes(database, "a")
    assert await takes(database, "b", "another")
    await falls_silent(database, "a")
    assert await takes(database, "b")
    await beat(database, "a")
    assert not await takes(database, "a")
    async with database.writing() as session:
        await replicas.leave_duties(session, "b")
    assert await takes(database, "a")


async def test_who_leaves_owns_nothing_any_more(database: Database) -> None:
    await beat(database, "a", "b")
    assert await takes(database, "a")
    async with database.writing() as session:
        await replicas.leave(session, "a")
    assert await alive(database) == 1
    assert await takes(database, "b")


@pytest.mark.parametrize("silent", [timedelta(0), timedelta(days=400)])
async def test_who_lives_alone_is_taken_for_alive_until_the_next_one_comes(
    database: Database, silent: timedelta
) -> None:
    for replica_id in ("a", "b"):
        async with database.writing() as session:
            await replicas.live_alone(session, BOT, replica_id)
        assert await takes(database, replica_id)
    assert await alive(database) == 1
    assert not await takes(database, "a")
