"""The bot as it runs and a simulated Telegram, in one process, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock, ManualAlarm

ADMIN = 900


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
async def spotter(
    telegram: Simulator, database_url: str, clock: FakeClock, alarm: ManualAlarm
) -> AsyncIterator[Spotter]:
    settings = Settings(bot_api_url=telegram.url, database_url=database_url, admin_ids=frozenset({ADMIN}), listen=None)
    bot = Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)
    async with bot.running():
        yield bot


@pytest.fixture
async def ann(telegram: Simulator, spotter: Spotter) -> Lifter:
    return telegram.lifter("Ann")
