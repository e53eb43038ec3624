"""How far something has come that takes long enough to say so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from telegram.error import TelegramError

from handlers.context import SpotterContext
from handlers.screen import Screen
from handlers.showing import remove, show_in

Tell = Callable[[int, int], Awaitable[None]]


@asynccontextmanager
async def told(context: SpotterContext, screen: Callable[[int, int], Screen]) -> AsyncIterator[Tell]:
    """What is told within the block stands in a message that leaves with it."""
    message_id: int | None = None

    async def tell(done: int, total: int) -> None:
        nonlocal message_id
        with suppress(TelegramError):  # what comes of it is said at the end
            message_id = await show_in(context, screen(done, total), message_id)

    try:
        yield tell
    finally:
        if message_id is not None:
            await remove(context, message_id)
