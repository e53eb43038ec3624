from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.values.best import Best
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.lifting import entries_of
from tests.support.rows import kg
from training.records import Record, RecordKind, best_of, broken_by, estimated_1rm, value_of

KG = 1_000_000
"""Milligrams."""


def lift(
    weight: str | None, reps: int | None, forced: int = 0, *, rpe: str | None = None, kind: SetKind = SetKind.WORKING
) -> SetEntry:
    load = None if weight is None else Weight.of(weight, WeightUnit.KG)
    return SetEntry(load, reps, forced, kind, None if rpe is None else Decimal(rpe))


def timed(seconds: int, weight: str | None = None) -> SetEntry:
    return SetEntry(None if weight is None else Weight.of(weight, WeightUnit.KG), duration=seconds)


def rowed(metres: int, seconds: int) -> SetEntry:
    return SetEntry(duration=seconds, distance=Distance.of(metres, DistanceUnit.METRE))


def carried(metres: int, weight: str | None = None) -> SetEntry:
    return SetEntry(
        None if weight is None else Weight.of(weight, WeightUnit.KG), distance=Distance.of(metres, DistanceUnit.METRE)
    )


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (lift("100", 1), 100 * KG),
        (lift("100", 5), 112_500_000),
        (lift("100", 12), 144 * KG),
        (lift("100", 13), None),
        (lift("100", 10, rpe="8"), 144 * KG),
        (lift("100", 10, rpe="7.5"), None),
        (lift("100", 5, rpe="10"), 112_500_000),
        (lift("100", 5, rpe="8"), 120 * KG),
        (lift("100", 5, rpe="8.5"), 100 * KG * 72 // 61),
        (lift("100", 5, 2, rpe="8"), 112_500_000),
        (lift("100", 5, 2), 112_500_000),
        (lift("100", 0, 2), None),
        (lift("100", None), None),
        (lift(None, 5), None),
        (lift("0", 5), None),
        (lift("-20", 5), None),
        (lift("0.001", 1), 1_000),
    ],
)
def test_the_estimated_1rm_is_brzyckis(entry: SetEntry, expected: int | None) -> None:
    assert estimated_1rm(entry) == expected


@given(st.integers(1, 10**9), st.sampled_from(WeightUnit), st.integers(1, 12))
def test_the_estimated_1rm_is_the_formulas_value_rounded_down(thousandths: int, unit: WeightUnit, reps: int) -> None:
    weight = Weight(thousandths, unit)
    estimated = estimated_1rm(SetEntry(weight, reps))
    assert estimated is not None
    assert 0 <= Fraction(weight.milligrams * 36, 37 - reps) - estimated < 1


@pytest.mark.parametrize(
    ("measure", "before", "entry", "expected"),
    [
        (
            Measure.WEIGHT_REPS,
            [lift("100", 5)],
            lift("102.5", 5),
            [
                Record(RecordKind.HEAVIEST, 102_500_000, 100 * KG),
                Record(RecordKind.ESTIMATED_1RM, 115_312_500, 112_500_000),
                Record(RecordKind.SET_VOLUME, 512_500_000, 500 * KG),
            ],
        ),
        (
            Measure.WEIGHT_REPS,
            [lift("100", 5), lift("110", 3)],
            lift("100", 6),
            [
                Record(RecordKind.MOST_REPS, 6, 5, Weight.of(100, WeightUnit.KG)),
                Record(RecordKind.SET_VOLUME, 600 * KG, 500 * KG),
            ],
        ),
        (Measure.WEIGHT_REPS, [lift("100", 5)], lift("100", 5), []),
        (Measure.WEIGHT_REPS, [lift("110", 5)], lift("100", 5), []),
        (Measure.WEIGHT_REPS, [], lift("100", 5), []),
        (Measure.WEIGHT_REPS, [lift("100", 5)], lift("200", 9, kind=SetKind.WARM_UP), []),
        (
            Measure.WEIGHT_REPS,
            [lift("200", 9, kind=SetKind.WARM_UP), lift("100", 1)],
            lift("101", 1),
            [
                Record(RecordKind.HEAVIEST, 101 * KG, 100 * KG),
                Record(RecordKind.ESTIMATED_1RM, 101 * KG, 100 * KG),
                Record(RecordKind.SET_VOLUME, 101 * KG, 100 * KG),
            ],
        ),
        (Measure.WEIGHT_REPS, [lift("100", 5)], lift("100", 5, 3), []),
        (Measure.WEIGHT_REPS, [lift("100", 5)], lift("140", 0, 3), []),
        (
            Measure.WEIGHT_REPS,
            [lift("80", 12)],
            lift("60", 15),
            [Record(RecordKind.MOST_REPS, 15, 12, Weight.of(60, WeightUnit.KG))],
        ),
        (
            Measure.BODYWEIGHT_REPS,
            [lift("-20", 8)],
            lift("-15", 8),
            [Record(RecordKind.HEAVIEST, -15 * KG, -20 * KG)],
        ),
        (Measure.BODYWEIGHT_REPS, [lift("-20", 8)], lift("-25", 8), []),
        (
            Measure.BODYWEIGHT_REPS,
            [lift("-20", 8)],
            lift(None, 9),
            [Record(RecordKind.HEAVIEST, 0, -20 * KG)],
        ),
        (Measure.BODYWEIGHT_REPS, [lift(None, 8)], lift(None, 9), [Record(RecordKind.MOST_REPS, 9, 8)]),
        (
            Measure.BODYWEIGHT_REPS,
            [lift("10", 5)],
            lift("20", 5),
            [Record(RecordKind.HEAVIEST, 20 * KG, 10 * KG), Record(RecordKind.SET_VOLUME, 100 * KG, 50 * KG)],
        ),
        (Measure.REPS, [lift(None, 20)], lift(None, 21), [Record(RecordKind.MOST_REPS, 21, 20)]),
        (Measure.DURATION, [timed(60)], timed(61), [Record(RecordKind.LONGEST, 61, 60)]),
        (
            Measure.WEIGHT_DURATION,
            [timed(60, "20"), timed(30, "30")],
            timed(45, "25"),
            [Record(RecordKind.LONGEST, 45, 30, Weight.of(25, WeightUnit.KG))],
        ),
        (Measure.WEIGHT_DURATION, [timed(60, "20")], timed(1, "21"), [Record(RecordKind.HEAVIEST, 21 * KG, 20 * KG)]),
        (
            Measure.DISTANCE_DURATION,
            [SetEntry(distance=Distance.of(5, DistanceUnit.KILOMETRE), duration=1500)],
            SetEntry(distance=Distance.of(4, DistanceUnit.MILE), duration=1800),
            [Record(RecordKind.FARTHEST, 6_437_376, 5_000_000), Record(RecordKind.LONGEST, 1800, 1500)],
        ),
        (Measure.DISTANCE_DURATION, [rowed(2000, 480)], rowed(2000, 490), []),
        (Measure.DISTANCE_DURATION, [rowed(2000, 480)], rowed(1900, 490), []),
        (Measure.DISTANCE_DURATION, [rowed(2000, 480)], timed(490), [Record(RecordKind.LONGEST, 490, 480)]),
        (Measure.DISTANCE_DURATION, [timed(480)], rowed(2000, 490), [Record(RecordKind.LONGEST, 490, 480)]),
        (
            Measure.DISTANCE_DURATION,
            [rowed(2000, 480)],
            rowed(2001, 470),
            [Record(RecordKind.FARTHEST, 2_001_000, 2_000_000)],
        ),
        (
            Measure.WEIGHT_DISTANCE,
            [carried(30, "40"), carried(20, "50")],
            carried(25, "45"),
            [Record(RecordKind.FARTHEST, 25_000, 20_000, Weight.of(45, WeightUnit.KG))],
        ),
        (
            Measure.WEIGHT_DISTANCE,
            [carried(30, "40")],
            carried(5, "41"),
            [Record(RecordKind.HEAVIEST, 41 * KG, 40 * KG)],
        ),
    ],
)
def test_a_set_breaks_the_records_that_it_betters(
    measure: Measure, before: list[SetEntry], entry: SetEntry, expected: list[Record]
) -> None:
    assert broken_by([entry], measure, best_of(before)) == (tuple(expected),)


def test_pounds_and_kilograms_are_compared_by_what_they_weigh() -> None:
    pounds = SetEntry(Weight.of(225, WeightUnit.LB), 1)
    (records,) = broken_by([pounds], Measure.WEIGHT_REPS, best_of([kg(102, 1)]))
    assert records[0] == Record(RecordKind.HEAVIEST, 102_058_283, 102 * KG)
    assert broken_by([pounds], Measure.WEIGHT_REPS, best_of([kg(103, 1)])) == ((),)


def test_each_set_counts_for_the_next() -> None:
    broken = broken_by([lift("102", 1), lift("102", 1), lift("103", 1)], Measure.WEIGHT_REPS, best_of([lift("100", 1)]))
    assert [[record.before for record in records][:1] for records in broken] == [[100 * KG], [], [102 * KG]]


def test_the_first_workout_with_an_exercise_has_nothing_to_beat() -> None:
    assert broken_by([lift("100", 1), lift("102", 1)], Measure.WEIGHT_REPS, {}) == ((), ())
    assert broken_by([lift("102", 1)], Measure.WEIGHT_REPS, {}, [lift("100", 1)]) == ((),)


def test_other_sets_of_the_workout_count_too() -> None:
    (records,) = broken_by([lift("103", 1)], Measure.WEIGHT_REPS, best_of([lift("100", 1)]), [lift("102", 1)])
    assert records[0] == Record(RecordKind.HEAVIEST, 103 * KG, 102 * KG)


WITH_LOAD = {Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS, Measure.WEIGHT_DURATION, Measure.WEIGHT_DISTANCE}
AT_LOAD_OR_MORE = {RecordKind.MOST_REPS, RecordKind.LONGEST, RecordKind.FARTHEST}


@given(st.sampled_from(Measure).flatmap(lambda measure: st.tuples(st.just(measure), st.lists(entries_of(measure)))))
@example((Measure.BODYWEIGHT_REPS, [SetEntry(None, 1), SetEntry(Weight.of(-1, WeightUnit.KG), 3), SetEntry(None, 2)]))
def test_what_a_record_claims_is_the_best_of_all_sets_until_then(drawn: tuple[Measure, list[SetEntry]]) -> None:
    measure, entries = drawn
    earlier, today = entries[:1], entries[1:]
    for done, records in enumerate(broken_by(today, measure, best_of(earlier)), start=2):
        for record in records:
            load = 0 if record.load is None else record.load.milligrams  # of the body's own weight nothing is added
            at = load if measure in WITH_LOAD and record.kind in AT_LOAD_OR_MORE else None
            assert value_of(record.kind, best_of(entries[:done]), at) == record.value
            assert value_of(record.kind, best_of(entries[: done - 1]), at) == record.before < record.value


@given(st.sampled_from(Measure).flatmap(lambda measure: st.lists(entries_of(measure), max_size=8)))
def test_bests_do_not_depend_on_the_order(entries: list[SetEntry]) -> None:
    assert best_of(entries) == best_of(reversed(entries))


def test_bests_stand_per_load() -> None:
    assert best_of([lift("100", 5), lift("100", 3, rpe="6"), lift("60", 0)]) == {
        100 * KG: Best(clean_reps=5, estimated_1rm=120 * KG, set_volume=500 * KG),
        60 * KG: Best(),
    }
    assert value_of(RecordKind.HEAVIEST, best_of([lift("60", 0)])) is None
    assert value_of(RecordKind.MOST_REPS, best_of([lift("100", 5), lift("60", 9)]), 60 * KG) == 9
    assert value_of(RecordKind.MOST_REPS, best_of([lift("100", 5), lift("60", 9)]), 60 * KG + 1) == 5
