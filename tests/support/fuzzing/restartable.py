"""The bot in this process, stopped and started again as often as it takes."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from bot.budget import Budget
from bot.settings import Settings
from bot.spotter import Spotter
from simulator.server import Simulator
from tests.support.clock import FakeClock, ManualAlarm

_WITHIN = 30.0
"""Seconds after which something that was done should long have been answered."""


class RestartableBot:
    """One bot at a time on one database. Messages leave as fast as they can: two lifters do the work of many."""

    def __init__(self, telegram: Simulator, settings: Settings, clock: FakeClock) -> None:
        self._telegram = telegram
        self._settings = settings
        self._clock = clock
        self._running = AsyncExitStack()

    async def starts(self) -> None:
        budget = Budget(per_second=100_000, chat_burst=100_000)
        alarm = ManualAlarm()
        self._spotter = Spotter(
            self._settings, self._telegram.token, clock=self._clock, make_alarm=lambda _: alarm, budget=budget
        )
        await self._running.enter_async_context(self._spotter.running())

    async def stops(self) -> None:
        """Ends what it is doing, and leaves what waits."""
        await self._running.aclose()

    async def looks_at_the_clock(self) -> None:
        """Does what it is time for."""
        await self._spotter.ring()
        await self._spotter.look_after_idle()

    async def settles(self) -> None:
        """Returns when everything that happened so far is done and shown. Raises TimeoutError."""
        async with asyncio.timeout(_WITHIN):
            while len(self._telegram.updates) or not self._telegram.updates.polled:  # noqa: ASYNC110 -- it tells nobody
                await asyncio.sleep(0.001)
            await self._spotter.lanes.idle()
