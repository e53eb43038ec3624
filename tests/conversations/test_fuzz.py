"""Whatever two lifters send, tap, forge and edit, and however often the bot is restarted meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings

from bot.settings import Settings
from simulator.server import Simulator
from storage.database import Database
from tests.benchmarks.given import given as given_figure
from tests.support.clock import FakeClock
from tests.support.fuzzing.floor import Floor
from tests.support.fuzzing.restartable import RestartableBot
from tests.support.fuzzing.steps import Step, days

EXAMPLES = int(given_figure("EXAMPLES", 0))
"""How many sequences `make fuzz` tries on each database, others each time."""

ALWAYS = 4
"""How many are tried in every test run, the same each time; in the first two hardly anything happens."""

AT_ONCE = 10
"""Of more than these hypothesis makes most by repeating steps within the one before; so they are drawn anew."""

STEPS = 80
"""At most, in each; half as many at least."""


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator(strict_floods=False) as simulator:
        yield simulator


@pytest.fixture
async def bot(
    telegram: Simulator, settings: Settings, database: Database, clock: FakeClock
) -> AsyncIterator[RestartableBot]:
    restartable = RestartableBot(telegram, settings, database, clock)
    await restartable.starts()
    yield restartable
    await restartable.stops()


@pytest.mark.parametrize("draw", range(max(1, EXAMPLES // AT_ONCE)))
@settings(
    max_examples=min(EXAMPLES, AT_ONCE) or ALWAYS,
    derandomize=not EXAMPLES,
    print_blob=bool(EXAMPLES),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=days(STEPS))
async def test_whatever_happens_is_answered_and_breaks_nothing(
    telegram: Simulator,
    bot: RestartableBot,
    database: Database,
    clock: FakeClock,
    draw: int,
    *,
    steps: Sequence[Step],
) -> None:
    floor = Floor(telegram, bot, database, clock)
    async with floor.opened():
        for step in steps:
            await floor.does(step)
        await floor.ends()
