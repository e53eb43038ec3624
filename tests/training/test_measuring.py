from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.lifting import entries_of
from tests.support.rows import kg
from training.measuring import (
    FARTHEST_MILLIMETRES,
    LONGEST_SECONDS,
    LONGEST_SET_NOTE,
    MOST_MILLIGRAMS,
    MOST_REPS,
    SetFault,
    fault_of,
)
from training.notation import LineContext, Sets, examples_for, read_lines

WEIGHT = Weight.of(24, WeightUnit.KG)
HELP = Weight.of(-24, WeightUnit.KG)
METRES = Distance.of(30, DistanceUnit.METRE)

FITTING = {
    Measure.WEIGHT_REPS: [SetEntry(WEIGHT, 5), SetEntry(WEIGHT, 0, 2), SetEntry(WEIGHT, 5, 2, SetKind.DROP)],
    Measure.BODYWEIGHT_REPS: [SetEntry(None, 5), SetEntry(WEIGHT, 5), SetEntry(HELP, 5, 1)],
    Measure.REPS: [SetEntry(None, 5), SetEntry(None, 0, 3)],
    Measure.DURATION: [SetEntry(duration=60)],
    Measure.WEIGHT_DURATION: [SetEntry(WEIGHT, duration=60)],
    Measure.DISTANCE_DURATION: [
        SetEntry(distance=METRES),
        SetEntry(duration=60),
        SetEntry(distance=METRES, duration=60),
    ],
    Measure.WEIGHT_DISTANCE: [SetEntry(WEIGHT, distance=METRES)],
}


@pytest.mark.parametrize("measure", Measure)
def test_a_measure_takes_its_own_sets(measure: Measure) -> None:
    for entry in FITTING[measure]:
        assert fault_of(entry, measure) is None


@pytest.mark.parametrize("measure", Measure)
def test_whatever_the_notation_reads_for_a_measure_fits_it(measure: Measure) -> None:
    context = LineContext(measure, WeightUnit.KG, None, None)
    largest = ["100x9999+9999!", "99999kg x 9999!", "9999!", "999:59:59!", "999999mi!", "99999kg 999:59:59!"]
    readings = [read_lines(text, context) for text in (*examples_for(context), *largest, "99999kg 999999mi!")]
    read = [reading.entries for reading in readings if isinstance(reading, Sets)]
    assert len(read) > 2
    assert {fault_of(entry, measure) for entries in read for entry in entries} == {None}


@given(st.sampled_from(Measure).flatmap(lambda measure: st.tuples(st.just(measure), entries_of(measure))))
def test_sets_drawn_for_a_measure_fit_it(drawn: tuple[Measure, SetEntry]) -> None:
    measure, entry = drawn
    assert fault_of(entry, measure) is None


@pytest.mark.parametrize(
    ("measure", "entry", "fault"),
    [
        (Measure.WEIGHT_REPS, SetEntry(None, 5), SetFault.WEIGHT_MISSING),
        (Measure.WEIGHT_REPS, SetEntry(WEIGHT), SetFault.REPS_MISSING),
        (Measure.WEIGHT_REPS, SetEntry(WEIGHT, None, 2), SetFault.REPS_MISSING),
        (Measure.WEIGHT_REPS, SetEntry(HELP, 5), SetFault.ASSISTANCE_NOT_HERE),
        (Measure.WEIGHT_REPS, SetEntry(WEIGHT, 5, duration=60), SetFault.DURATION_NOT_HERE),
        (Measure.WEIGHT_REPS, SetEntry(WEIGHT, 5, distance=METRES), SetFault.DISTANCE_NOT_HERE),
        (Measure.BODYWEIGHT_REPS, SetEntry(WEIGHT), SetFault.REPS_MISSING),
        (Measure.BODYWEIGHT_REPS, SetEntry(None, 5, duration=60), SetFault.DURATION_NOT_HERE),
        (Measure.REPS, SetEntry(WEIGHT, 5), SetFault.WEIGHT_NOT_HERE),
        (Measure.REPS, SetEntry(), SetFault.REPS_MISSING),
        (Measure.DURATION, SetEntry(), SetFault.DURATION_MISSING),
        (Measure.DURATION, SetEntry(WEIGHT, duration=60), SetFault.WEIGHT_NOT_HERE),
        (Measure.DURATION, SetEntry(None, 5, duration=60), SetFault.REPS_NOT_HERE),
        (Measure.DURATION, SetEntry(None, None, 2, duration=60), SetFault.REPS_NOT_HERE),
        (Measure.DURATION, SetEntry(duration=60, distance=METRES), SetFault.DISTANCE_NOT_HERE),
        (Measure.WEIGHT_DURATION, SetEntry(duration=60), SetFault.WEIGHT_MISSING),
        (Measure.WEIGHT_DURATION, SetEntry(WEIGHT), SetFault.DURATION_MISSING),
        (Measure.WEIGHT_DURATION, SetEntry(HELP, duration=60), SetFault.ASSISTANCE_NOT_HERE),
        (Measure.WEIGHT_DURATION, SetEntry(WEIGHT, 5, duration=60), SetFault.REPS_NOT_HERE),
        (Measure.DISTANCE_DURATION, SetEntry(), SetFault.DISTANCE_MISSING),
        (Measure.DISTANCE_DURATION, SetEntry(WEIGHT, distance=METRES), SetFault.WEIGHT_NOT_HERE),
        (Measure.DISTANCE_DURATION, SetEntry(None, 5, distance=METRES), SetFault.REPS_NOT_HERE),
        (Measure.WEIGHT_DISTANCE, SetEntry(distance=METRES), SetFault.WEIGHT_MISSING),
        (Measure.WEIGHT_DISTANCE, SetEntry(WEIGHT), SetFault.DISTANCE_MISSING),
        (Measure.WEIGHT_DISTANCE, SetEntry(WEIGHT, distance=METRES, duration=60), SetFault.DURATION_NOT_HERE),
        (Measure.WEIGHT_DISTANCE, SetEntry(WEIGHT, 5, distance=METRES), SetFault.REPS_NOT_HERE),
    ],
)
def test_a_set_of_another_measure_is_refused_with_the_reason(
    measure: Measure, entry: SetEntry, fault: SetFault
) -> None:
    assert fault_of(entry, measure) is fault


def millimetres(amount: int) -> Distance:
    return Distance(amount, DistanceUnit.METRE)


@pytest.mark.parametrize(
    ("entry", "measure", "fault"),
    [
        (SetEntry(WEIGHT, MOST_REPS), Measure.WEIGHT_REPS, None),
        (SetEntry(WEIGHT, MOST_REPS + 1), Measure.WEIGHT_REPS, SetFault.TOO_LARGE),
        (SetEntry(WEIGHT, -1), Measure.WEIGHT_REPS, SetFault.NEGATIVE),
        (SetEntry(WEIGHT, 1, MOST_REPS), Measure.WEIGHT_REPS, None),
        (SetEntry(WEIGHT, 1, MOST_REPS + 1), Measure.WEIGHT_REPS, SetFault.TOO_LARGE),
        (SetEntry(WEIGHT, 1, -1), Measure.WEIGHT_REPS, SetFault.NEGATIVE),
        (SetEntry(Weight(MOST_MILLIGRAMS // 1000, WeightUnit.KG), 1), Measure.WEIGHT_REPS, None),
        (SetEntry(Weight(MOST_MILLIGRAMS // 1000 + 1, WeightUnit.KG), 1), Measure.WEIGHT_REPS, SetFault.TOO_LARGE),
        (SetEntry(Weight(-MOST_MILLIGRAMS // 1000, WeightUnit.KG), 1), Measure.BODYWEIGHT_REPS, None),
        (SetEntry(Weight(-MOST_MILLIGRAMS, WeightUnit.KG), 1), Measure.BODYWEIGHT_REPS, SetFault.TOO_LARGE),
        (SetEntry(Weight(0, WeightUnit.KG), 1), Measure.WEIGHT_REPS, None),
        (SetEntry(duration=LONGEST_SECONDS), Measure.DURATION, None),
        (SetEntry(duration=LONGEST_SECONDS + 1), Measure.DURATION, SetFault.TOO_LARGE),
        (SetEntry(duration=-1), Measure.DURATION, SetFault.NEGATIVE),
        (SetEntry(distance=millimetres(FARTHEST_MILLIMETRES)), Measure.DISTANCE_DURATION, None),
        (SetEntry(distance=millimetres(FARTHEST_MILLIMETRES + 1)), Measure.DISTANCE_DURATION, SetFault.TOO_LARGE),
        (SetEntry(distance=millimetres(-1)), Measure.DISTANCE_DURATION, SetFault.NEGATIVE),
        (replace(kg(60, 5), note="x" * LONGEST_SET_NOTE), Measure.WEIGHT_REPS, None),
        (replace(kg(60, 5), note="x" * (LONGEST_SET_NOTE + 1)), Measure.WEIGHT_REPS, SetFault.NOTE_TOO_LONG),
        (replace(kg(60, 5), note="belt\n\ton"), Measure.WEIGHT_REPS, None),
        *(
            (replace(kg(60, 5), note=f"belt{odd}"), Measure.WEIGHT_REPS, SetFault.NOTE_NOT_STORABLE)
            for odd in ("\0", "\ud800", "\x1b")
        ),
        *((replace(kg(60, 5), rpe=Decimal(rpe)), Measure.WEIGHT_REPS, None) for rpe in ("1", "1.5", "9.5", "10")),
        *(
            (replace(kg(60, 5), rpe=Decimal(rpe)), Measure.WEIGHT_REPS, SetFault.RPE_OUT_OF_RANGE)
            for rpe in ("0.5", "0", "-1", "10.5", "8.25", "8.75")
        ),
    ],
)
def test_amounts_have_bounds(entry: SetEntry, measure: Measure, fault: SetFault | None) -> None:
    assert fault_of(entry, measure) is fault
