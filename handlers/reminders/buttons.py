"""The buttons of reminders. Those that choose say what is to hold from now on: pressing one twice is no harm."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from storage.values.reminder import ReminderKind


@press("ro")
@dataclass(frozen=True, slots=True)
class OpenReminders:
    """Shows what the lifter is reminded of."""


@press("rd")
@dataclass(frozen=True, slots=True)
class FlipDay:
    """The lifter trains on this day (1), or no more (0). 0 is Monday."""

    weekday: int
    on: int


@press("rt")
@dataclass(frozen=True, slots=True)
class OpenTimes:
    """Asks for the time of what is of this kind."""

    kind: ReminderKind


@press("rk")
@dataclass(frozen=True, slots=True)
class TakeTime:
    """It comes so many minutes after midnight."""

    kind: ReminderKind
    minute: int


@press("rn")
@dataclass(frozen=True, slots=True)
class OpenDays:
    """Shows which workout is done on which day."""


@press("rw")
@dataclass(frozen=True, slots=True)
class OpenNames:
    """Asks which workout is done on this day."""

    weekday: int


@press("rx")
@dataclass(frozen=True, slots=True)
class TakeName:
    """On this day it is what this workout is called; 0: not said."""

    weekday: int
    workout_id: int


@press("rs")
@dataclass(frozen=True, slots=True)
class OpenSummary:
    """Shows when the week is summed up."""


@press("ry")
@dataclass(frozen=True, slots=True)
class TakeSummary:
    """The week is summed up on this day; -1: no more."""

    weekday: int


@press("rq")
@dataclass(frozen=True, slots=True)
class OpenQuiet:
    """Asks when it shall be quiet."""


@press("ru")
@dataclass(frozen=True, slots=True)
class TakeQuiet:
    """It is quiet from so many minutes after midnight until so many; -1 for both: never."""

    begins: int
    ends: int


@press("ra")
@dataclass(frozen=True, slots=True)
class StopAll:
    """Nothing is sent any more."""


@press("rl")
@dataclass(frozen=True, slots=True)
class NotToday:
    """The reminder that carries the button leaves the chat."""


@press("rz")
@dataclass(frozen=True, slots=True)
class StopThese:
    """Nothing of this kind is sent any more; said where one of them stood."""

    kind: ReminderKind
