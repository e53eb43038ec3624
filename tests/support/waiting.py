"""Waiting for what another process does: looked at again and again, never for longer than a bound."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

_WITHIN = 60.0
_BETWEEN = 0.05


async def until(condition: Callable[[], Awaitable[bool]], *, within: float = _WITHIN) -> None:
    """Returns as soon as the condition holds. Raises TimeoutError if it doesn't within so many seconds."""
    async with asyncio.timeout(within):
        while not await condition():  # noqa: ASYNC110 -- a database of another process tells nobody of its news
            await asyncio.sleep(_BETWEEN)
