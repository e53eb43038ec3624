"""Lets updates of a lifter for whom many wait already come slowly, so that taking or refusing them is no work that
others notice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Final

PAUSE: Final = 0.1
"""Seconds. Telegram delivers one lifter's updates one after the other, and the next when this one is answered."""

MOST_HELD: Final = 8
"""Answers at once, one of each lifter, of the 40 that Telegram waits for at most."""


class HoldingBack:
    """Holds answers back for a moment."""

    def __init__(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._held: set[int] = set()

    async def hold(self, lifter_ids: Collection[int]) -> None:
        """Returns after a moment, unless something of these lifters is held back already or there are no lifters."""
        fresh = set(lifter_ids) - self._held
        if not fresh or len(self._held) >= MOST_HELD:
            return
        self._held |= fresh
        try:
            await self._sleep(PAUSE)
        finally:
            self._held -= fresh
