"""What − and + make of a suggested set."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.lifting import entries_of
from tests.support.rows import kg
from training.dials import Dial, Turned, as_turned, dials_of, is_possible, kind_after, with_turned
from training.measuring import fault_of

STEP = Weight.of(Decimal("2.5"), WeightUnit.KG)
RUN = SetEntry(distance=Distance.of(5, DistanceUnit.KILOMETRE), duration=1500)
CARRY = SetEntry(Weight.of(40, WeightUnit.KG), distance=Distance.of(30, DistanceUnit.METRE))


def turned(entry: SetEntry, measure: Measure, **steps: int) -> SetEntry:
    return with_turned(entry, measure, Turned({Dial(name): number for name, number in steps.items()}), STEP)


@pytest.mark.parametrize(
    ("entry", "measure", "steps", "expected"),
    [
        (kg(100, 5), Measure.WEIGHT_REPS, {"weight": 1}, kg("102.5", 5)),
        (kg(100, 5), Measure.WEIGHT_REPS, {"weight": -2, "reps": 3}, kg(95, 8)),
        (
            SetEntry(Weight.of(225, WeightUnit.LB), 5),
            Measure.WEIGHT_REPS,
            {"weight": 1},
            SetEntry(Weight.of(230, WeightUnit.LB), 5),
        ),
        (SetEntry(clean_reps=12), Measure.BODYWEIGHT_REPS, {"weight": 1}, kg("2.5", 12)),
        (SetEntry(clean_reps=12), Measure.BODYWEIGHT_REPS, {"weight": -2}, kg(-5, 12)),
        (kg("2.5", 12), Measure.BODYWEIGHT_REPS, {"weight": -1}, SetEntry(clean_reps=12)),
        (SetEntry(clean_reps=12), Measure.REPS, {"reps": -2}, SetEntry(clean_reps=10)),
        (SetEntry(duration=60), Measure.DURATION, {"duration": 3}, SetEntry(duration=75)),
        (RUN, Measure.DISTANCE_DURATION, {"distance": -1, "duration": 2}, SetEntry(
            distance=Distance.of(Decimal("4.9"), DistanceUnit.KILOMETRE), duration=1560
        )),
        (CARRY, Measure.WEIGHT_DISTANCE, {"distance": 2, "weight": 1}, SetEntry(
            Weight.of(Decimal("42.5"), WeightUnit.KG), distance=Distance.of(40, DistanceUnit.METRE)
        )),
        (SetEntry(Weight.of(20, WeightUnit.KG), duration=60), Measure.WEIGHT_DURATION, {"duration": -1},
         SetEntry(Weight.of(20, WeightUnit.KG), duration=55)),
    ],
)  # fmt: skip
def test_a_dial_changes_its_part_by_its_step(
    entry: SetEntry, measure: Measure, steps: dict[str, int], expected: SetEntry
) -> None:
    assert turned(entry, measure, **steps) == expected


def test_what_a_set_does_not_have_can_not_be_turned() -> None:
    assert dials_of(SetEntry(duration=1500), Measure.DISTANCE_DURATION) == (Dial.DURATION,)
    assert dials_of(SetEntry(distance=RUN.distance), Measure.DISTANCE_DURATION) == (Dial.DISTANCE,)
    assert turned(kg(100, 5), Measure.WEIGHT_REPS, duration=1, distance=1) == kg(100, 5)


@pytest.mark.parametrize(
    ("entry", "measure", "possible"),
    [
        (kg(0, 5), Measure.WEIGHT_REPS, True),
        (kg("-2.5", 5), Measure.WEIGHT_REPS, False),
        (kg("-2.5", 5), Measure.BODYWEIGHT_REPS, True),
        (kg(100, 0), Measure.WEIGHT_REPS, False),
        (SetEntry(duration=0), Measure.DURATION, False),
        (SetEntry(distance=Distance.of(0, DistanceUnit.METRE)), Measure.DISTANCE_DURATION, False),
        (kg(100_001, 1), Measure.WEIGHT_REPS, False),
        (kg(100, 10_000), Measure.WEIGHT_REPS, False),
    ],
)
def test_a_set_is_suggested_while_something_of_it_is_left_to_do(
    entry: SetEntry, measure: Measure, possible: bool
) -> None:
    assert is_possible(entry, measure) is possible


def test_what_leaves_no_set_is_let_go() -> None:
    stored: dict[str, int | str] = {"weight": -50, "kind": "drop"}
    assert as_turned(kg(100, 5), Measure.WEIGHT_REPS, stored, STEP) == kg(100, 5)
    assert as_turned(kg(200, 5), Measure.WEIGHT_REPS, stored, STEP).kind is SetKind.DROP


def test_kinds_go_around() -> None:
    seen = [SetKind.WORKING]
    while (kind := kind_after(seen[-1])) is not SetKind.WORKING:
        seen.append(kind)
    assert seen == [SetKind.WORKING, SetKind.WARM_UP, SetKind.DROP, SetKind.AMRAP]


@given(st.dictionaries(st.sampled_from(Dial), st.integers(-99, 99)), st.none() | st.sampled_from(SetKind))
def test_what_is_stored_is_read_back(steps: dict[Dial, int], kind: SetKind | None) -> None:
    read = Turned.read(Turned(steps, kind).stored())
    assert read == Turned({dial: number for dial, number in steps.items() if number}, kind)
    assert (read.stored() is None) == (read == Turned())


@given(st.sampled_from(Measure).flatmap(lambda measure: st.tuples(st.just(measure), entries_of(measure))), st.data())
def test_whatever_is_turned_fits_its_exercise(drawn: tuple[Measure, SetEntry], data: st.DataObject) -> None:
    measure, entry = drawn
    steps = data.draw(st.dictionaries(st.sampled_from(dials_of(entry, measure)), st.integers(-30, 30)))
    changed = as_turned(entry, measure, Turned(steps).stored(), STEP)
    assert fault_of(changed, measure) == fault_of(entry, measure) or fault_of(changed, measure) is None
