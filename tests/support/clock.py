"""Time that stands still until a test moves it, and an alarm that only remembers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MONDAY_EVENING = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)


class FakeClock:
    """A `training.clock.Clock` that a test owns."""

    def __init__(self, now: datetime = MONDAY_EVENING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, time: timedelta) -> datetime:
        """Moves on (or back) and says what time it is then."""
        self.now += time
        return self.now


class ManualAlarm:
    """A `training.clock.Alarm` that never rings by itself: a test looks at `due` and rings."""

    def __init__(self) -> None:
        self.due: list[datetime] = []

    def set(self, due_at: datetime) -> None:
        self.due.append(due_at)
