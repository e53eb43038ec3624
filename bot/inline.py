"""Inline queries: what is typed behind the bot's name in any chat.

They have no effect on anything and are of no use a few seconds later, so they aren't written down: they part from the
other updates where these come in, and are answered beside them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextvars import Context
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.intake import Take, is_id
from bot.metrics import Metrics

_log = structlog.stdlib.get_logger(__name__)

_KIND = "inline_query"

_AT_ONCE = 4
"""How many are answered at a time: each takes a connection to the database, which those who train need more."""

_MOST_WAITING = 100
"""How many people may wait; of more, those who came first have given up already."""

_IN_TIME = 10.0
"""Seconds after which nobody looks at the answer any more, and Telegram soon refuses it."""

Answer = Callable[[dict[str, Any]], Awaitable[None]]
"""Answers a query as Telegram has sent it."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    query: dict[str, Any]
    until: float


class InlineQueries:
    """Answers inline queries, a few at a time. Of one person's only the newest waits, as they go on typing."""

    def __init__(self, answer: Answer, metrics: Metrics, now: Callable[[], float] = time.monotonic) -> None:
        """`now` gives seconds."""
        self._answer = answer
        self._metrics = metrics
        self._now = now
        self._waiting: dict[int, _Waiting] = {}
        self._answering: dict[int, asyncio.Task[None]] = {}

    def parting_from(self, take: Take) -> Take:
        """Like `take`, which writes updates down, but for inline queries: these are answered once it has."""

        async def taken(updates: Sequence[dict[str, Any]]) -> Collection[int]:
            others = [update for update in updates if _KIND not in update]
            crowded = await take(others) if others else ()
            for update in updates:
                if _KIND in update:
                    self._put(update[_KIND])
            return crowded

        return taken

    async def stop(self) -> None:
        """Answers nothing more: who still waits goes on typing after the start."""
        self._waiting.clear()
        tasks = list(self._answering.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _put(self, query: Any) -> None:
        asker = query.get("from") if isinstance(query, dict) else None
        user_id = asker.get("id") if isinstance(asker, dict) else None
        if not is_id(user_id):
            self._metrics.inline("unreadable")
            return
        if user_id in self._waiting:
            self._metrics.inline("outdated")  # the newer one takes its place in the queue too
        elif len(self._waiting) >= _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
            self._metrics.inline("crowded_out")
        self._waiting[user_id] = _Waiting(query, self._now() + _IN_TIME)
        self._go_on()

    def _go_on(self) -> None:
        """Begins with those who have waited longest, as many as there are places."""
        for user_id in [one for one in self._waiting if one not in self._answering]:
            if len(self._answering) >= _AT_ONCE:
                return
            waiting = self._waiting.pop(user_id)
            # It has nothing to do with whatever is handled by the task that this is called in.
            task = Context().run(asyncio.create_task, self._answered(user_id, waiting), name=f"inline {user_id}")
            self._answering[user_id] = task

    async def _answered(self, user_id: int, waiting: _Waiting) -> None:
        try:
            self._metrics.inline(await self._outcome(waiting))
        finally:
            del self._answering[user_id]
            self._go_on()

    async def _outcome(self, waiting: _Waiting) -> str:
        left = waiting.until - self._now()
        if left <= 0:
            return "late"
        try:
            async with asyncio.timeout(left):
                await self._answer(waiting.query)
        except TimeoutError:
            return "late"
        except (TelegramError, SQLAlchemyError, OSError) as error:
            # What the database says may quote the words that were looked for.
            _log.warning("an inline query could not be answered", why=type(error).__name__)
            return "failed"
        except Exception:  # noqa: BLE001 -- whatever it is, the next query is answered
            _log.exception("an inline query could not be answered")
            return "failed"
        return "answered"
