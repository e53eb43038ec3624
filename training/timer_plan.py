"""What a timer will do: its rounds, and the beats at which it has something to say. Pure; times are whole seconds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.timer import TimerKind
from training.errors import InvalidValueError

SHORTEST = 5
"""Seconds of any part of a timer; what is over sooner can't be followed on a phone."""

LONGEST = 3_600
"""Seconds of a timer as a whole."""

MOST_ROUNDS = 60

_HALF_FROM = 20
"""Seconds from which on a countdown says when half of it is done."""


class Stage(StrEnum):
    """What a timer says at a beat, or what it shows before the first and when it was stopped."""

    READY = "ready"
    WORK = "work"
    HALF = "half"
    REST = "rest"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Beat:
    """Something to say, `at` so many seconds after "go". It holds `until` then; `round` counts from 1."""

    at: int
    until: int
    stage: Stage
    round: int


@dataclass(frozen=True, slots=True)
class TimerPlan:
    """So many rounds of work, with a rest between each two, in seconds. A countdown has one round."""

    kind: TimerKind
    rounds: int
    work: int
    rest: int

    @classmethod
    def countdown(cls, seconds: int) -> TimerPlan:
        """One length of time."""
        return cls(TimerKind.COUNTDOWN, 1, seconds, 0)

    @property
    def total(self) -> int:
        """From "go" to the end. The last round needs no rest after it."""
        return self.rounds * (self.work + self.rest) - self.rest

    def check(self) -> None:
        """Raises InvalidValueError where it is too short, too long, or has too many rounds."""
        if not 1 <= self.rounds <= MOST_ROUNDS or (self.kind is TimerKind.COUNTDOWN and self.rounds > 1):
            raise InvalidValueError("timer", MOST_ROUNDS)
        if self.rest and (self.kind is not TimerKind.INTERVALS or self.rest < SHORTEST):
            raise InvalidValueError("timer", SHORTEST)
        if self.work < SHORTEST:
            raise InvalidValueError("timer", SHORTEST)
        if self.total > LONGEST:
            raise InvalidValueError("timer", LONGEST)

    def beats(self) -> tuple[Beat, ...]:
        """In their order; the first says "go", the last that it is done."""
        beats: list[Beat] = []
        for number in range(1, self.rounds + 1):
            start = (number - 1) * (self.work + self.rest)
            beats.append(Beat(start, start + self.work, Stage.WORK, number))
            if self.kind is TimerKind.COUNTDOWN and self.work >= _HALF_FROM:
                beats.append(Beat(self.work // 2, self.work, Stage.HALF, number))
            if self.rest and number < self.rounds:
                beats.append(Beat(start + self.work, start + self.work + self.rest, Stage.REST, number))
        return (*beats, Beat(self.total, self.total, Stage.DONE, self.rounds))


TIMED = frozenset({Measure.DURATION, Measure.WEIGHT_DURATION})
"""Measures of sets that end when their time is over. A run ends at its distance."""


def countable(measure: Measure, suggestion: SetEntry | None) -> int | None:
    """How many seconds to count down for this set; None if that can't be done."""
    if suggestion is None or suggestion.duration is None or measure not in TIMED:
        return None
    return suggestion.duration if SHORTEST <= suggestion.duration <= LONGEST else None
