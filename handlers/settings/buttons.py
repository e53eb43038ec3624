"""The buttons of the settings. Each says what is to hold from now on, so that pressing it twice is no harm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.callback_data import press
from storage.values.quantity import WeightUnit


class RestAfter(StrEnum):
    """Where a rest comes: after which sets, or before one."""

    WORKING = "w"
    WARM_UP = "u"
    BEFORE_DROP = "d"


class Switch(StrEnum):
    """What can be turned on and off."""

    RPE = "r"
    CLEANING = "c"
    WARNING = "w"


@press("o")
@dataclass(frozen=True, slots=True)
class OpenSettings:
    """Back to all settings."""


@press("ou")
@dataclass(frozen=True, slots=True)
class TakeUnit:
    """Weights without a unit are in this one."""

    unit: WeightUnit


@press("os")
@dataclass(frozen=True, slots=True)
class OpenSteps:
    """Shows weight steps for an exercise; 0: for all that have none of their own."""

    exercise_id: int


@press("ot")
@dataclass(frozen=True, slots=True)
class TakeStep:
    """− and + turn by so many thousandths of the unit; 0: by what is usual for the exercise."""

    exercise_id: int
    thousandths: int
    unit: WeightUnit


@press("or")
@dataclass(frozen=True, slots=True)
class OpenRests:
    """Shows rests."""

    after: RestAfter


@press("op")
@dataclass(frozen=True, slots=True)
class TakeRest:
    """So many seconds of rest; -1: as each exercise says."""

    after: RestAfter
    seconds: int


@press("oz")
@dataclass(frozen=True, slots=True)
class OpenZones:
    """Asks what time it is."""


@press("oo")
@dataclass(frozen=True, slots=True)
class OpenZonesAt:
    """Shows the zones so many minutes east of Greenwich."""

    offset: int


@press("oc")
@dataclass(frozen=True, slots=True)
class TakeZone:
    """The lifter is in this zone."""

    zone: str


@press("ow")
@dataclass(frozen=True, slots=True)
class Flip:
    """Turns something on (1) or off (0)."""

    switch: Switch
    on: int


@press("od")
@dataclass(frozen=True, slots=True)
class LeaveSettings:
    """Back to where the lifter stands."""
