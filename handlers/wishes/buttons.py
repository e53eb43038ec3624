"""The buttons of what a lifter wants with one exercise. Each says what is to hold, so pressing it twice is no harm."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from storage.values.quantity import WeightUnit


@press("br")
@dataclass(frozen=True, slots=True)
class OpenRestOf:
    """Shows rests for the exercise."""

    exercise_id: int


@press("bk")
@dataclass(frozen=True, slots=True)
class TakeRestOf:
    """So many seconds of rest after its sets; -1: as usual."""

    exercise_id: int
    seconds: int


@press("bs")
@dataclass(frozen=True, slots=True)
class OpenStepOf:
    """Shows weight steps for the exercise."""

    exercise_id: int


@press("bt")
@dataclass(frozen=True, slots=True)
class TakeStepOf:
    """− and + turn by so many thousandths of the unit; 0: as usual."""

    exercise_id: int
    thousandths: int
    unit: WeightUnit


@press("bu")
@dataclass(frozen=True, slots=True)
class TakeUnitOf:
    """Its weights without a unit are in this one."""

    exercise_id: int
    unit: WeightUnit


@press("bx")
@dataclass(frozen=True, slots=True)
class Hide:
    """The exercise is in none of the lifter's lists (1), or is again (0)."""

    exercise_id: int
    hidden: int


@press("bn")
@dataclass(frozen=True, slots=True)
class OpenNames:
    """Shows the other names of the exercise, and asks for one more."""

    exercise_id: int
    page: int = 0


@press("bd")
@dataclass(frozen=True, slots=True)
class DropName:
    """Takes the name with this mark away."""

    exercise_id: int
    mark: int


@press("ba")
@dataclass(frozen=True, slots=True)
class NameAnyway:
    """The name that waits, with this mark, leads here for the lifter, whatever else is called so."""

    exercise_id: int
    mark: int
