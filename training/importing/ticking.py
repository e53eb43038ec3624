"""Work in a thread, and how far it has come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

_BETWEEN = 16
"""After how many steps others get the interpreter: they would wait for it milliseconds each time they need it."""

TOLD_EVERY = 2.0
"""Seconds between two words about how far it has come."""

_Result = TypeVar("_Result")


class Ticker:
    """Counts what is done, for who looks on from another thread, and lets others work in between."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0

    def tick(self) -> None:
        """One more is done."""
        self.done += 1
        if self.done % _BETWEEN == 0:
            time.sleep(0)


async def beside_the_loop(work: Callable[[Ticker], _Result], tell: Callable[[Ticker], Awaitable[None]]) -> _Result:
    """Does the work in a thread, and tells now and then how far it has come."""
    ticker = Ticker()
    working = asyncio.create_task(asyncio.to_thread(work, ticker))
    while not (await asyncio.wait({working}, timeout=TOLD_EVERY))[0]:
        await tell(ticker)
    return await working
