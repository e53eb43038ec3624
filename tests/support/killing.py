"""Killing bots while people train, and counting what became of their sets."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random

from simulator.server import Simulator
from storage.database import Database
from tests.support.audit import Audit, audit
from tests.support.mortal_bot import MortalBot
from tests.support.regulars import Crowd, Regular


@dataclass(frozen=True)
class Kills:
    """So many deaths, each at most so many `seconds` after the one before, while `lifters` log `rate` sets a second."""

    number: int
    seconds: float
    rate: float
    lifters: int
    seed: int = 1


async def survived(telegram: Simulator, database: Database, bots: Sequence[MortalBot], kills: Kills) -> Audit:
    """Kills one bot after the other at random moments; what its lifters find afterwards."""
    random = Random(kills.seed)  # noqa: S311 -- the same moments every time, no secret
    crowd = Crowd(random)
    await crowd.welcomes(
        [Regular(telegram, f"Lifter {number}", is_hasty=number % 2 == 0) for number in range(kills.lifters)]
    )
    async with training(crowd, kills.rate):
        for number in range(kills.number):
            await asyncio.sleep(random.uniform(0, kills.seconds))
            bot = random.choice(bots)
            ended = await bot.is_killed()
            await bot.starts()
            assert ended.code == -signal.SIGKILL, ended.err  # it did not end by itself before
            assert "Traceback" not in ended.err, ended.err
            # What is being handled at three deaths counts as their cause and is set aside: rightly, but not today.
            if number % 2:
                await crowd.sees_all_so_far()
    await crowd.sees_all()
    return await audit(database, crowd.everybody)


@asynccontextmanager
async def training(crowd: Crowd, rate: float) -> AsyncIterator[None]:
    """The crowd trains within the block."""
    going_on = asyncio.create_task(crowd.trains(rate))
    try:
        yield
    finally:
        going_on.cancel()
        failures = await asyncio.gather(going_on, return_exceptions=True)
    for failure in failures:
        if isinstance(failure, Exception):
            raise failure
