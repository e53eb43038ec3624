"""Replicas that go, die or freeze while people train: others go on, and every set is logged once and in order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from simulator.server import Simulator
from storage.database import Database
from storage.models import Duty, Lane, Replica
from tests.support.audit import audit
from tests.support.fleets import behind_a_balancer, that_fetch
from tests.support.killing import training
from tests.support.mortal_bot import MortalBot
from tests.support.regulars import Crowd, Regular
from tests.support.waiting import until

DRAINED = 10.0
"""Seconds in which a replica that is told to stop has ended."""

TAKEN_OVER = 10.0
"""Seconds after which others do what a dead replica did."""


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    """Replicas share PostgreSQL only."""
    return postgresql_url


@pytest.fixture
def port(unused_tcp_port_factory: Callable[[], int]) -> Callable[[], int]:
    return unused_tcp_port_factory


@pytest.fixture
def crowd() -> Crowd:
    """Nobody has arrived yet."""
    return Crowd(Random(4))  # noqa: S311 -- the same order every time, no secret


@asynccontextmanager
async def busy(telegram: Simulator, database: Database, crowd: Crowd) -> AsyncIterator[None]:
    """Six people train within the block. At its end they have seen everything, and the data is as they remember it."""
    await crowd.welcomes([Regular(telegram, f"Lifter {number}", is_hasty=number % 2 == 0) for number in range(6)])
    async with training(crowd, rate=4):
        yield
    await crowd.sees_all()
    assert (await audit(database, crowd.everybody)).faults() == {}


async def replicas(database: Database) -> set[str]:
    """The ids of those that live, or have not been found dead yet."""
    async with database.reading() as session:
        return set(await session.scalars(select(Replica.id)))


async def lanes_of(database: Database, replica_id: str) -> Sequence[int]:
    """The lifters whose lanes the replica has."""
    async with database.reading() as session:
        return (await session.scalars(select(Lane.user_id).where(Lane.owner == replica_id))).all()


async def polling(database: Database) -> str | None:
    """The replica that fetches updates."""
    async with database.reading() as session:
        return await session.scalar(select(Duty.owner))


async def until_live(database: Database, number: int) -> None:
    async def enough() -> bool:
        return len(await replicas(database)) == number

    await until(enough)


async def starts(bot: MortalBot, database: Database) -> str:
    """The replica's id."""
    before = await replicas(database)
    await bot.starts()

    async def lives() -> bool:
        return bool(await replicas(database) - before)

    await until(lives)
    (replica_id,) = await replicas(database) - before
    return replica_id


async def test_a_rolling_restart_is_noticed_by_nobody(
    telegram: Simulator, database: Database, database_url: str, tmp_path: Path, port: Callable[[], int], crowd: Crowd
) -> None:
    async with (
        behind_a_balancer(telegram, database_url, tmp_path, port(), port()) as bots,
        busy(telegram, database, crowd),
    ):
        await until_live(database, 2)
        for bot in bots:
            ended = await bot.is_told_to_stop(within=DRAINED)
            assert ended.code == 0
            assert "Traceback" not in ended.err
            await starts(bot, database)
            await crowd.sees_all_so_far()


async def test_when_the_replica_that_polls_is_killed_another_polls_within_ten_seconds(
    telegram: Simulator, database: Database, database_url: str, tmp_path: Path, port: Callable[[], int]
) -> None:
    ann, random = Regular(telegram, "Ann", is_hasty=True), Random(1)  # noqa: S311 -- no secret
    async with that_fetch(telegram, database_url, tmp_path, port()) as (first,):
        await ann.arrives()
        killed = await polling(database)
        async with that_fetch(telegram, database_url, tmp_path, port()):
            await until_live(database, 2)
            assert await polling(database) == killed
            await ann.logs(random)
            await first.is_killed()
            await ann.logs(random)

            async def another_polls() -> bool:
                return await polling(database) != killed

            await until(another_polls, within=TAKEN_OVER)
            await ann.logs(random)
            await ann.sees_all()
            assert (await audit(database, [ann])).faults() == {}


async def test_a_replica_that_was_frozen_while_others_took_its_lanes_over_writes_nothing_that_they_have_written(
    telegram: Simulator, database: Database, database_url: str, tmp_path: Path, port: Callable[[], int], crowd: Crowd
) -> None:
    async with (
        behind_a_balancer(telegram, database_url, tmp_path, port(), port()) as bots,
        busy(telegram, database, crowd),
    ):
        await until_live(database, 2)
        await bots[0].is_killed()
        frozen = await starts(bots[0], database)

        async def is_frozen_with_a_lane() -> bool:
            bots[0].freezes()
            if await lanes_of(database, frozen):
                return True
            bots[0].thaws()
            return False

        telegram.faults.delay(0.3)  # so that lanes are under way for longer
        await until(is_frozen_with_a_lane)
        telegram.faults.delay(0)
        await crowd.sees_all_so_far()

        async def is_found_dead() -> bool:
            return frozen not in await replicas(database)

        async def lives_again() -> bool:
            return frozen in await replicas(database)

        await until(is_found_dead)
        bots[0].thaws()
        await until(lives_again)
        await crowd.sees_all_so_far()
