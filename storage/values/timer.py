"""What is stored about timers that a lifter starts, and spoken of while they run."""

from __future__ import annotations

from enum import StrEnum


class TimerKind(StrEnum):
    """What a timer counts."""

    COUNTDOWN = "countdown"
    """One length of time: a plank, or an egg."""
    EMOM = "emom"
    """Every minute on the minute, or every so many seconds: rounds that follow each other without a rest."""
    INTERVALS = "intervals"
    """Work and rest in turn."""


class TimerState(StrEnum):
    """How far a timer has come."""

    RUNNING = "running"
    OVER = "over"
    """It is done or was stopped; its message may still offer what to do with it."""
    ENDED = "ended"
    """Something else has ended it: its message, if there is one, is to leave the chat."""
