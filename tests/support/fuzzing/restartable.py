"""The bot in this process, stopped and started again as often as it takes."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from sqlalchemy import exists, select

from bot.budget import Budget
from bot.settings import Settings
from bot.spotter import Spotter
from simulator.server import Simulator
from storage.database import Database
from storage.models import WAITS, JournalRow
from tests.support.clock import FakeClock, ManualAlarm

_WITHIN = 60.0
"""Seconds after which something that was done should long have been answered."""

_BETWEEN = 0.001


class RestartableBot:
    """One bot at a time on one database. Messages leave as fast as they can: two lifters do the work of many."""

    def __init__(self, telegram: Simulator, settings: Settings, database: Database, clock: FakeClock) -> None:
        self._telegram = telegram
        self._settings = settings
        self._database = database
        self._clock = clock
        self._running = AsyncExitStack()

    async def starts(self) -> None:
        """Takes up what was left, and what comes."""
        budget, alarm = Budget(per_second=100_000, chat_burst=100_000), ManualAlarm()
        self._spotter = Spotter(
            self._settings, self._telegram.token, clock=self._clock, make_alarm=lambda _: alarm, budget=budget
        )
        await self._running.enter_async_context(self._spotter.running())
        await self.looks_at_the_clock()  # as it does itself in the first moments

    async def stops(self) -> None:
        """Ends what it is doing, and leaves what waits."""
        await self._running.aclose()

    async def looks_at_the_clock(self) -> None:
        """Does what it is time for."""
        await self._spotter.ring()
        for _ in range(2):  # one that was opened since the last time is only noticed by the first
            await self._spotter.look_after_idle()

    async def settles(self) -> None:
        """Returns when everything that happened so far is done and shown. Raises TimeoutError."""
        async with asyncio.timeout(_WITHIN):
            while not await self._is_settled():  # noqa: ASYNC110 -- the simulator tells nobody when it is polled
                await asyncio.sleep(_BETWEEN)

    async def _is_settled(self) -> bool:
        updates = self._telegram.updates
        if len(updates) or not updates.polled:
            return False
        await self._spotter.lanes.idle()
        async with self._database.reading() as session:  # what a restart has left is taken up only some time later
            return not await session.scalar(select(exists().where(JournalRow.id.is_not(None), WAITS)))
