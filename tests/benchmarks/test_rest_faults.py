"""What becomes of rests while processes die and the database goes, around the moments at which they are over: `make
restfaults` prints the figures.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from simulator.server import Simulator
from storage.database import Database
from tests.benchmarks.given import given
from tests.benchmarks.prepared import prepare
from tests.benchmarks.resters import Heard, Resters
from tests.support.fleets import behind_a_balancer
from tests.support.mortal_bot import MortalBot
from tests.support.waiting import until
from tests.support.wire import wired

TIMES = int(given("TIMES", 100))
EACH_TIME = 10
"""Rests that are over around each fault."""

SPREAD = 2.0
"""Seconds within which they are."""

AROUND = 1.0
"""Seconds before the first and after the last of them in which the fault may come."""

STARTING = 3.0
"""Seconds that a process takes until it looks at its rests."""

SWEPT = 6.0
"""Seconds in which replicas that run have looked for what they don't know of."""

GONE = 1.0
"""Seconds that a database which starts anew is away."""

STANDING_STILL = 12.0
"""Seconds in which what is told twice would be, also by who takes over from the dead."""

_random = Random(int(given("SEED", 1)))  # noqa: S311 -- the same moments every time, no secret


class Round:
    """Rests of a few lifters, one such round after the other, each with other lifters."""

    def __init__(self, resters: Resters) -> None:
        self._resters = resters
        self._ids: Iterator[int] = iter(resters.ids)

    async def begins(self, after: float) -> float:
        """Sets rests that are over from so many seconds on; seconds from now until a fault."""
        first = time.time() + after
        ids = [next(self._ids) for _ in range(EACH_TIME)]
        await self._resters.rest_until({one: first + _random.uniform(0, SPREAD) for one in ids})
        return first - time.time() + _random.uniform(-AROUND, SPREAD + AROUND)


@asynccontextmanager
async def resting(url: str, database: Database) -> AsyncIterator[tuple[Simulator, Resters]]:
    """A Telegram with lifters for all rounds."""
    trainings = await prepare(url, TIMES * EACH_TIME)
    async with Simulator() as telegram:
        telegram.faults.delay(0.05)
        resters = Resters(telegram, database, trainings)
        yield telegram, resters


async def all_told(resters: Resters) -> None:
    """Returns when all rests have been told, and what is told twice would have been."""
    await until(resters.all_told)
    await asyncio.sleep(STANDING_STILL)


async def test_the_only_process_is_killed(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    async with resting(sqlite_url, database) as (telegram, resters):
        bot, rounds = MortalBot(telegram, sqlite_url, tmp_path), Round(resters)
        for _ in range(TIMES):
            until_fault = await rounds.begins(STARTING)
            await bot.starts()
            await asyncio.sleep(until_fault)
            await bot.is_killed()
        await bot.starts()
        await all_told(resters)
        await bot.is_killed()
    await database.close()
    report("SQLite, the only process is killed", resters.heard())


async def test_one_of_three_replicas_is_killed(
    postgresql_url: str, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]
) -> None:
    database = Database(postgresql_url)
    ports = [unused_tcp_port_factory() for _ in range(3)]
    async with (
        resting(postgresql_url, database) as (telegram, resters),
        behind_a_balancer(telegram, postgresql_url, tmp_path, *ports) as bots,
    ):
        rounds = Round(resters)
        await asyncio.sleep(STARTING)
        for _ in range(TIMES):
            await asyncio.sleep(await rounds.begins(SWEPT))
            bot = _random.choice(bots)
            await bot.is_killed()
            await bot.starts()
        await all_told(resters)
    await database.close()
    report("PostgreSQL, one of three replicas is killed", resters.heard())


async def test_the_database_starts_anew(postgresql_url: str, tmp_path: Path) -> None:
    database = Database(postgresql_url)
    async with resting(postgresql_url, database) as (telegram, resters), wired(postgresql_url) as wire:
        bot, rounds = MortalBot(telegram, wire.url, tmp_path), Round(resters)
        await bot.starts()
        await asyncio.sleep(STARTING)
        for _ in range(TIMES):
            await asyncio.sleep(await rounds.begins(SWEPT))
            wire.is_cut()
            await asyncio.sleep(GONE)
            wire.is_mended()
        await all_told(resters)
        await bot.is_killed()
    await database.close()
    report("PostgreSQL, the server starts anew", resters.heard())


def report(what: str, heard: Heard) -> None:
    """Prints it. Where a process dies between Telegram's yes and noting it a rest is told twice, but always once."""
    print(  # noqa: T201 -- what a benchmark is for
        f"\n| {TIMES} times: {what} | {len(heard.rests):,} | {heard.missing} | {heard.doubled} | "
        f"{heard.late(0.5):.2f} s | {heard.late(1):.2f} s |"
    )
    assert heard.missing == 0
