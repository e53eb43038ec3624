"""The time, and being woken at a time: both are handed in, so that tests own them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

Clock = Callable[[], datetime]
"""Says what time it is, aware."""


def utc_now() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)


class Alarm(Protocol):
    """Wakes whoever looks after timers. What is due stands in the database, not here."""

    def set(self, due_at: datetime) -> None:
        """Ring no later than `due_at`; a later time changes nothing while an earlier one is set."""
