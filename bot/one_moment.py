"""Asking lifters for patience while the database is gone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Coroutine, Sequence
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.intake import Take, is_overheard, sender_id
from bot.lanes import Held, Showing, TakeTurn, Turn
from bot.priority import Priority, sending_as
from storage.values.chat import NOBODY

_log = structlog.stdlib.get_logger(__name__)

_FAILURES = 2
"""In a row, until a lifter is told: a connection that broke is another one a second later."""

Tell = Callable[[int, str | None], Coroutine[Any, Any, None]]
"""Asks a lifter for patience, in answer to a pressed button if its query is given."""


class OneMoment:
    """Tells each lifter once, and again only when something of theirs has been handled in between.

    Who has been told is known to this process alone, since the database could not keep it. So of several replicas one
    speaks, which they agreed on while there was a database.
    """

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._failures: Counter[int] = Counter()
        self._telling: set[asyncio.Task[None]] = set()
        self._speaks = False

    def speaks(self, speaks: bool) -> None:
        """Whether this process is the one of the bot's that tells."""
        self._speaks = speaks

    def taking(self, take: Take) -> Take:
        """Like `take`, which writes updates down; what it raises its lifters are told."""

        async def taken(updates: Sequence[dict[str, Any]]) -> Collection[int]:
            try:
                return await take(updates)
            except (SQLAlchemyError, OSError):
                queries = {sender_id(update): _query_id(update) for update in updates if not is_overheard(update)}
                for lifter_id, query_id in queries.items():
                    self._failed(lifter_id, query_id)
                raise

        return taken

    def turning(self, take_turn: TakeTurn) -> TakeTurn:
        """Like `take_turn`; its lifter is told if the database is what holds the lane."""

        async def turned(lifter_id: int) -> Turn | Held | Showing:
            turn = await take_turn(lifter_id)
            if not isinstance(turn, Held):
                self._failures.pop(lifter_id, None)
            elif turn.without_database:
                self._failed(lifter_id, None)
            return turn

        return turned

    def _failed(self, lifter_id: int, query_id: str | None) -> None:
        if not self._speaks or lifter_id == NOBODY:
            return
        self._failures[lifter_id] += 1
        if self._failures[lifter_id] == _FAILURES:
            with sending_as(Priority.REMINDER):
                task = asyncio.create_task(self._told(lifter_id, query_id), name=f"one moment {lifter_id}")
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _told(self, lifter_id: int, query_id: str | None) -> None:
        try:
            await self._tell(lifter_id, query_id)
        except TelegramError as error:
            _log.info("a lifter is not asked for patience", why=type(error).__name__, lifter_id=lifter_id)


def _query_id(update: dict[str, Any]) -> str | None:
    query = update.get("callback_query")
    query_id = query.get("id") if isinstance(query, dict) else None
    return query_id if isinstance(query_id, str) else None
