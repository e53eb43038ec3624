"""How reading a set ends early."""

from __future__ import annotations

from training.notation.reading import UnreadableReason


class StoppedError(Exception):
    """The line is no set. `start` and `end` are where the offending part stands in the folded line."""

    def __init__(self, reason: UnreadableReason, start: int, end: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.start = start
        self.end = end
