"""What people ask the bot, pressing a button or typing its name in some chat, and wait to be answered."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from simulator.errors import QUERY_TOO_OLD, bad_request


@dataclass(frozen=True)
class _Open:
    user_id: int
    asked_at: float


class Queries:
    """Queries of one kind that were not answered yet. Each may be answered once, within `window` seconds."""

    def __init__(self, clock: Callable[[], float], window: float, first_id: int) -> None:
        self._clock = clock
        self._window = window
        self._open: dict[str, _Open] = {}
        self._ids = itertools.count(first_id)

    def ask(self, user_id: int) -> str:
        """Opens a query; returns its id."""
        query_id = str(next(self._ids))
        self._open[query_id] = _Open(user_id, self._clock())
        return query_id

    def answer(self, query_id: str) -> int:
        """Closes a query; returns whose it was. Refused when it is late, unknown or answered already."""
        query = self._open.pop(query_id, None)
        if query is None or self._clock() - query.asked_at > self._window:
            raise bad_request(QUERY_TOO_OLD)
        return query.user_id
