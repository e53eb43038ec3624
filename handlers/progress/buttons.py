"""The buttons of /progress."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.callback_data import press
from storage.values.figure import Figure
from training.trends import Span


class OfWeeks(StrEnum):
    """What of the weeks is drawn."""

    SETS = "s"
    VOLUME = "v"
    WORKOUTS = "w"


@press("vo")
@dataclass(frozen=True, slots=True)
class ShowProgress:
    """Shows the last weeks."""

    drawn: OfWeeks = OfWeeks.SETS


@press("vl")
@dataclass(frozen=True, slots=True)
class ChooseExercise:
    """Shows a page of the exercises that can be looked at."""

    page: int = 0


@press("vx")
@dataclass(frozen=True, slots=True)
class OpenProgress:
    """Shows how an exercise goes, by what says most about it."""

    exercise_id: int


@press("vf")
@dataclass(frozen=True, slots=True)
class ShowFigure:
    """Shows how this figure of an exercise goes over this time."""

    exercise_id: int
    figure: Figure
    span: Span


@press("vp")
@dataclass(frozen=True, slots=True)
class ShowParts:
    """Shows what each part of the body got."""


@press("vy")
@dataclass(frozen=True, slots=True)
class ShowYear:
    """Shows the days of a year; 0: of the last twelve months."""

    year: int = 0


@press("vz")
@dataclass(frozen=True, slots=True)
class LeaveProgress:
    """Back to where the lifter stands."""
