"""How far work in a thread has come."""

from __future__ import annotations

import time

_BETWEEN = 16
"""After how many steps others get the interpreter: they would wait for it milliseconds each time they need it."""


class Ticker:
    """Counts what is done, for who looks on from another thread, and lets others work in between."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0

    def tick(self) -> None:
        """One more is done."""
        self.done += 1
        if self.done % _BETWEEN == 0:
            time.sleep(0)
