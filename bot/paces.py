"""How fast messages may follow each other. Times are seconds of any one clock."""

from __future__ import annotations

from collections import deque
from typing import Protocol

_NEVER_BUSY = float("-inf")


class Pace(Protocol):
    """A limit for messages. Several at once, more than it ever lets pass, go when nothing is left to wait for."""

    def free_at(self, messages: int) -> float:
        """When so many messages may go at the earliest."""

    def take(self, now: float, messages: int) -> None:
        """Counts messages that go now."""

    def idle_at(self) -> float:
        """When it will have forgotten everything it has counted."""


class Window:
    """At most `count` messages in any `seconds`. Both may change; it remembers as many as `count` was at first."""

    def __init__(self, count: int, seconds: float) -> None:
        self.count = count
        self.seconds = seconds
        self._times: deque[float] = deque(maxlen=count)

    def free_at(self, messages: int) -> float:
        """When so many messages may go at the earliest."""
        too_many = len(self._times) + min(messages, self.count) - self.count
        return self._times[too_many - 1] + self.seconds if too_many > 0 else _NEVER_BUSY

    def take(self, now: float, messages: int) -> None:
        """Counts messages that go now."""
        self._times.extend([now] * messages)

    def idle_at(self) -> float:
        """When it will have forgotten everything it has counted."""
        return self._times[-1] + self.seconds if self._times else _NEVER_BUSY


class Bucket:
    """A burst of `size` messages, and then one every `interval` seconds; time without any gives the burst back."""

    def __init__(self, size: int, interval: float) -> None:
        self._size = size
        self._interval = interval
        # Counted, not summed up: sums of fractions would let a message wait that may go just now.
        self._since = _NEVER_BUSY
        self._taken = 0

    def free_at(self, messages: int) -> float:
        """When so many messages may go at the earliest."""
        return self._since + (self._taken + min(messages, self._size) - self._size) * self._interval

    def take(self, now: float, messages: int) -> None:
        """Counts messages that go now."""
        if self.idle_at() <= now:
            self._since, self._taken = now, 0
        self._taken += messages

    def idle_at(self) -> float:
        """When it will have forgotten everything it has counted."""
        return self._since + self._taken * self._interval
