"""Telling the admins what was set aside: beside everything else, since their chats may be slow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any

import structlog

from bot.priority import Priority, sending_as

_log = structlog.stdlib.get_logger(__name__)


class Reports:
    """Reports that are on their way."""

    def __init__(self, tell: Callable[[str], Coroutine[Any, Any, None]]) -> None:
        """`tell` tells the admins a reference."""
        self._tell = tell
        self._telling: set[asyncio.Task[None]] = set()

    def put(self, reference: str) -> None:
        """Has the admins told, when there is room for it."""
        # It has nothing to do with the lifter's turn that it came from, nor with the worker of that.
        task = Context().run(asyncio.create_task, self._told(reference), name=f"report {reference}")
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def stop(self, seconds: float) -> None:
        """Lets what is on its way arrive, for at most that long; the log has the rest."""
        if tasks := list(self._telling):
            _, unfinished = await asyncio.wait(tasks, timeout=seconds)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def _told(self, reference: str) -> None:
        with sending_as(Priority.ANNOUNCEMENT):
            try:
                await self._tell(reference)
            except Exception:  # noqa: BLE001 -- whatever it is, nobody awaits this
                _log.exception("the admins could not be told", reference=reference)
