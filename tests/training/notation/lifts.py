"""Short ways to say what a test is read against and what it expects."""

from __future__ import annotations

from decimal import Decimal

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from training.notation import LineContext, Question, Sets, Unreadable, read_lines

KG = WeightUnit.KG
LB = WeightUnit.LB
METRE = DistanceUnit.METRE
KM = DistanceUnit.KILOMETRE
MILE = DistanceUnit.MILE

WARM_UP = SetKind.WARM_UP
DROP = SetKind.DROP
AMRAP = SetKind.AMRAP


def after(weight: str | None = None, reps: int | None = None, measure: Measure = Measure.WEIGHT_REPS) -> LineContext:
    """The context of a lifter in kg whose last working set was this."""
    return LineContext(measure, KG, None if weight is None else Weight.of(weight, KG), reps)


BENCH = after("100", 5)
FIRST_BENCH = after()
SQUAT = after("60", 8)
PULL_UP = after(None, 8, Measure.BODYWEIGHT_REPS)
WEIGHTED_PULL_UP = after("20", 8, Measure.BODYWEIGHT_REPS)
SIT_UP = after(None, 15, Measure.REPS)
PLANK = after(measure=Measure.DURATION)
WEIGHTED_PLANK = after("20", measure=Measure.WEIGHT_DURATION)
RUN = after(measure=Measure.DISTANCE_DURATION)
CARRY = after("40", measure=Measure.WEIGHT_DISTANCE)


def lift(
    weight: str | int | None,
    reps: int,
    *,
    unit: WeightUnit = KG,
    forced: int = 0,
    kind: SetKind = SetKind.WORKING,
    rpe: str | None = None,
    note: str = "",
) -> SetEntry:
    """A set of reps."""
    return SetEntry(
        weight=None if weight is None else Weight.of(weight, unit),
        clean_reps=reps,
        forced_reps=forced,
        kind=kind,
        rpe=None if rpe is None else Decimal(rpe),
        note=note,
    )


def hold(seconds: int, weight: int | None = None, *, note: str = "") -> SetEntry:
    """A set of time."""
    return SetEntry(weight=None if weight is None else Weight.of(weight, KG), duration=seconds, note=note)


def run(distance: str | None, unit: DistanceUnit = KM, seconds: int | None = None) -> SetEntry:
    """A set of distance and time."""
    return SetEntry(distance=None if distance is None else Distance.of(distance, unit), duration=seconds)


def carry(weight: int, metres: int) -> SetEntry:
    """A set of weight and distance."""
    return SetEntry(weight=Weight.of(weight, KG), distance=Distance.of(metres, METRE))


def sets(text: str, context: LineContext = BENCH) -> list[SetEntry]:
    """The sets that a text is; fails if it is none."""
    reading = read_lines(text, context)
    assert isinstance(reading, Sets), reading
    return list(reading.entries)


def question(text: str, context: LineContext = BENCH) -> Question:
    """The question that a text leaves open; fails if there is none."""
    reading = read_lines(text, context)
    assert isinstance(reading, Question), reading
    return reading


def options(text: str, context: LineContext = BENCH) -> list[str]:
    """The readings that are offered for a text."""
    return [option.text for option in question(text, context).options]


def unreadable(text: str, context: LineContext = BENCH) -> Unreadable:
    """Why a text is no set; fails if it is one."""
    reading = read_lines(text, context)
    assert isinstance(reading, Unreadable), reading
    return reading
