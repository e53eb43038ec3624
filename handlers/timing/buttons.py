"""The buttons that start and stop timers, and log what was timed."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from storage.values.timer import TimerKind


@press("Tc")
@dataclass(frozen=True, slots=True)
class CountDownSet:
    """Starts the countdown for the suggested set."""

    workout_id: int
    revision: int


@press("Tb")
@dataclass(frozen=True, slots=True)
class BeginTimer:
    """Starts a timer of so many rounds, with seconds of work and rest."""

    rounds: int
    work: int
    rest: int
    kind: TimerKind


@press("Ts")
@dataclass(frozen=True, slots=True)
class StopTimer:
    """Stops the timer."""

    timer_id: int


@press("Ta")
@dataclass(frozen=True, slots=True)
class TimeAgain:
    """Starts a timer that is over anew."""

    timer_id: int


@press("Tl")
@dataclass(frozen=True, slots=True)
class LogTimed:
    """Logs the set that was timed."""

    timer_id: int
