"""An event loop's time that stands still until a test moves it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from heapq import heappop, heappush

_ROUNDS = 50
"""How often others get the floor, so that what a callback has set off comes to its end."""


class FakeHandle:
    """A call to come."""

    def __init__(self, callback: Callable[[], object]) -> None:
        self.callback: Callable[[], object] | None = callback

    def cancel(self) -> None:
        self.callback = None


class FakeTime:
    """A `bot.budget.Time` that a test owns."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._numbers = itertools.count()
        self._calls: list[tuple[float, int, FakeHandle]] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, callback: Callable[[], object]) -> FakeHandle:
        handle = FakeHandle(callback)
        heappush(self._calls, (when, next(self._numbers), handle))
        return handle

    async def passes(self, seconds: float) -> None:
        """Moves on, stopping at each call that is due on the way."""
        until = self.now + seconds
        await settled()
        while self._calls and self._calls[0][0] <= until:
            when, _, handle = heappop(self._calls)
            self.now = max(self.now, when)
            if handle.callback is not None:
                handle.callback()
                await settled()
        self.now = until


async def settled() -> None:
    """Lets the other tasks run until they wait for something from outside."""
    for _ in range(_ROUNDS):
        await asyncio.sleep(0)
