"""The alarm clock for rests, timers and announcements, on python-telegram-bot's job queue."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import Context
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.ext import CallbackContext, Job, JobQueue

_log = structlog.stdlib.get_logger(__name__)

_SWEEP = timedelta(seconds=5)
"""How often what is due is looked for anyway: an alarm lives in memory, what it rings for doesn't."""

_NEVER_TOO_LATE: dict[str, Any] = {"misfire_grace_time": None}


class JobQueueAlarm:
    """Rings at the earliest time set. What to do then is `ring`, which sets the next time."""

    def __init__(self, queue: JobQueue[Any], ring: Callable[[], Awaitable[None]]) -> None:
        self._queue = queue
        self._ring = ring
        self._next: tuple[datetime, Job[Any]] | None = None
        queue.run_repeating(self._wake, _SWEEP, name="sweep", job_kwargs=_NEVER_TOO_LATE)

    def set(self, due_at: datetime) -> None:
        """Ring no later than `due_at`; a later time changes nothing while an earlier one is set."""
        if self._next is not None:
            earliest, job = self._next
            if earliest <= due_at:
                return
            job.schedule_removal()
        # The alarm may be set while an update is handled, which what it does later has nothing to do with.
        job = Context().run(self._queue.run_once, self._wake_at_time, due_at, job_kwargs=_NEVER_TOO_LATE)
        self._next = (due_at, job)

    async def _wake_at_time(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        self._next = None
        await self._wake(context)

    async def _wake(self, _: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            await self._ring()
        except Exception:  # noqa: BLE001 -- the next sweep tries again; an exception here would only reach PTB's log
            _log.exception("what is due could not be claimed")
