"""The machine's clock is set while people rest, and the alarm goes by the time that really runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.waiting import until
from training.clock import utc_now

SWEEP = timedelta(seconds=0.1)
REST = timedelta(minutes=3)
SEVERAL_SWEEPS = 0.5


class SteppedClock:
    """The real time, but for the steps that it is set by."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
async def ann(
    telegram: Simulator, database_url: str, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Lifter]:
    """Rests after a set. The alarm is the real one, and goes by the time that the machine runs."""
    monkeypatch.setattr("bot.alarm._SWEEP", SWEEP)
    settings = Settings(bot_api_url=telegram.url, database_url=database_url, listen=None)
    async with Spotter(settings, telegram.token, clock=clock).running():
        ann = telegram.lifter("Ann")
        await ann.sends("/start")
        await ann.taps("Kilograms")
        await ann.sends("/set bench press (barbell) 100x5")
        await ann.sees("Today: 100 kg × 5")
        yield ann


def told(telegram: Simulator) -> int:
    return sum("Rest is over" in str(call.arguments.get("text")) for call in telegram.called("sendMessage"))


async def test_a_clock_that_is_set_back_tells_no_rest_again_and_ends_the_next_when_it_comes_there(
    telegram: Simulator, ann: Lifter, clock: SteppedClock
) -> None:
    clock.ahead = REST
    await ann.sees("Rest is over")
    clock.ahead = -REST
    await ann.sends("100x5")
    await ann.sees("Today: 100 kg × 5, 5")
    await asyncio.sleep(SEVERAL_SWEEPS)
    assert told(telegram) == 1
    clock.ahead = timedelta()

    async def is_told() -> bool:
        return told(telegram) == 2

    await until(is_told)
