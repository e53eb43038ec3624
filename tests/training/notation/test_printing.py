"""Printing sets, and reading them back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.training.notation.lifts import (
    AMRAP,
    BENCH,
    CARRY,
    DROP,
    LB,
    PLANK,
    PULL_UP,
    RUN,
    SIT_UP,
    WARM_UP,
    WEIGHTED_PLANK,
    WEIGHTED_PULL_UP,
    carry,
    hold,
    lift,
    run,
)
from training.notation import LineContext, Sets, examples_for, print_set, print_sets, read_lines


@pytest.mark.parametrize(
    ("entry", "context", "text"),
    [
        (lift(100, 5), BENCH, "100x5"),
        (lift("102.50", 5), BENCH, "102.5x5"),
        (lift(225, 5, unit=LB), BENCH, "225lb x5"),
        (lift(100, 5, forced=2), BENCH, "100x5+2"),
        (lift(100, 5, rpe="8.5"), BENCH, "100x5 @8.5"),
        (lift(60, 8, kind=WARM_UP), BENCH, "w 60x8"),
        (lift(60, 8, kind=DROP), BENCH, "d 60x8"),
        (lift(60, 8, kind=AMRAP), BENCH, "a 60x8"),
        (lift(100, 5, note="paused"), BENCH, "100x5 # paused"),
        (lift(100, 5, note="paused\nbelt"), BENCH, "100x5 # paused belt"),
        (lift(1200, 5), BENCH, "1200x5!"),
        (lift(1200, 5, note="sled"), BENCH, "1200x5! # sled"),
        (lift(20, 8), PULL_UP, "+20x8"),
        (lift(-15, 6), PULL_UP, "-15x6"),
        (lift(0, 8), PULL_UP, "+0x8"),
        (lift(None, 12), PULL_UP, "bw x12"),
        (lift(45, 8, unit=LB), PULL_UP, "+45lb x8"),
        (lift(None, 15), SIT_UP, "15"),
        (hold(90), PLANK, "1:30"),
        (hold(45), PLANK, "45s"),
        (hold(3900), PLANK, "1:05:00"),
        (hold(60, 20), WEIGHTED_PLANK, "20kg 1:00"),
        (run("5", seconds=1500), RUN, "5km 25:00"),
        (run("5"), RUN, "5km"),
        (run(None, seconds=1500), RUN, "25:00"),
        (carry(40, 30), CARRY, "40kg 30m"),
    ],
)
def test_a_set_is_printed_as_a_lifter_writes_it(entry: SetEntry, context: LineContext, text: str) -> None:
    assert print_set(entry, context) == text


@pytest.mark.parametrize(
    ("entries", "context", "text"),
    [
        ([lift(100, 5)] * 3, BENCH, "100x5x3"),
        ([lift(100, 5), lift(100, 5), lift(100, 4, forced=1)], BENCH, "100x5,5,4+1"),
        ([lift(60, 8, kind=WARM_UP), lift(100, 5)], BENCH, "w 60x8, 100x5"),
        ([lift(100, 5), lift(205, 5, unit=LB)], BENCH, "100kg x5, 205lb x5"),
        ([lift(100, 5, note="easy"), lift(100, 5)], BENCH, "100x5 # easy\n100x5"),
        ([lift(100, 5), lift(100, 5, note="easy")], BENCH, "100x5x2 # easy"),
        ([lift(100, 5, rpe="8"), lift(100, 5, rpe="9")], BENCH, "100x5 @8, 100x5 @9"),
        ([lift(100, 5, rpe="8")] * 2, BENCH, "100x5x2 @8"),
        ([lift(None, 15)] * 3, SIT_UP, "15 reps x3"),
        ([lift(None, 15), lift(None, 12)], SIT_UP, "15, 12"),
        ([hold(90)] * 2, PLANK, "1:30x2"),
        ([run("5", seconds=1500)] * 2, RUN, "5km 25:00 x2"),
    ],
)
def test_several_sets_are_printed_shortly(entries: list[SetEntry], context: LineContext, text: str) -> None:
    assert print_sets(entries, context) == text


UNITS = st.sampled_from(WeightUnit)
LOADS = st.builds(Weight, st.integers(0, 1_500_000), UNITS)
ADDED = st.builds(Weight, st.integers(-100_000, 300_000).filter(bool), UNITS) | st.none()
REPS = st.integers(0, 300)
SECONDS = st.integers(0, 100_000)
DISTANCES = st.builds(Distance, st.integers(0, 2_000_000), st.sampled_from(DistanceUnit))
NOTES = st.just("") | st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20).map(
    lambda text: text.strip().lstrip("#").strip()
)
RPES = st.none() | st.integers(2, 20).map(lambda halves: Decimal(halves) / 2)
CONTEXTS = st.builds(LineContext, st.sampled_from(Measure), UNITS, LOADS | st.none(), st.none() | st.integers(1, 300))


REPS_AND_FORCED = {"clean_reps": REPS, "forced_reps": st.integers(0, 5)}
RUNS = st.tuples(DISTANCES, SECONDS | st.none()) | st.tuples(st.none(), SECONDS)
AMOUNTS: dict[Measure, st.SearchStrategy[SetEntry]] = {
    Measure.WEIGHT_REPS: st.builds(SetEntry, weight=LOADS, **REPS_AND_FORCED),
    Measure.BODYWEIGHT_REPS: st.builds(SetEntry, weight=ADDED, **REPS_AND_FORCED),
    Measure.REPS: st.builds(SetEntry, **REPS_AND_FORCED),
    Measure.DURATION: st.builds(SetEntry, duration=SECONDS),
    Measure.WEIGHT_DURATION: st.builds(SetEntry, weight=LOADS, duration=SECONDS),
    Measure.WEIGHT_DISTANCE: st.builds(SetEntry, weight=LOADS, distance=DISTANCES),
    Measure.DISTANCE_DURATION: RUNS.map(lambda run: SetEntry(distance=run[0], duration=run[1])),
}


@st.composite
def performed(draw: st.DrawFn, most: int = 6) -> tuple[LineContext, list[SetEntry]]:
    """A context and some sets that fit it, neighbours often alike."""
    context = draw(CONTEXTS)
    few = draw(st.lists(AMOUNTS[context.measure], min_size=1, max_size=3))
    entries = []
    for amounts in draw(st.lists(st.sampled_from(few), min_size=1, max_size=most)):
        kind, rpe, note = draw(st.sampled_from(SetKind)), draw(RPES), draw(NOTES)
        plain = draw(st.booleans())
        described = SetEntry(
            amounts.weight,
            amounts.clean_reps,
            amounts.forced_reps,
            SetKind.WORKING if plain else kind,
            None if plain else rpe,
            amounts.duration,
            amounts.distance,
            "" if plain else note,
        )
        entries.append(described)
    return context, entries


@given(performed(most=1))
def test_a_printed_set_reads_back_as_the_same_set(case: tuple[LineContext, list[SetEntry]]) -> None:
    context, (entry,) = case
    assert read_lines(print_set(entry, context), context) == Sets((entry,))


@given(performed())
def test_printed_sets_read_back_as_the_same_sets(case: tuple[LineContext, list[SetEntry]]) -> None:
    context, entries = case
    assert read_lines(print_sets(entries, context), context) == Sets(tuple(entries))


@given(CONTEXTS)
def test_the_examples_are_sets_of_the_exercise(context: LineContext) -> None:
    for example in examples_for(context):
        assert isinstance(read_lines(example, context), Sets)


def test_the_examples_use_the_last_weight_and_reps() -> None:
    assert examples_for(BENCH) == ("100x5", "100x5x3")
    assert examples_for(CARRY) == ("40kg 30m", "40kg 30m x3")
    assert examples_for(WEIGHTED_PULL_UP) == ("bw x8", "+20x8")


@pytest.mark.parametrize(
    ("measure", "unit", "examples"),
    [
        (Measure.WEIGHT_REPS, WeightUnit.KG, ("60x8", "60x8x3")),
        (Measure.WEIGHT_REPS, WeightUnit.LB, ("135x8", "135x8x3")),
        (Measure.BODYWEIGHT_REPS, WeightUnit.KG, ("bw x8", "+10x8")),
        (Measure.BODYWEIGHT_REPS, WeightUnit.LB, ("bw x8", "+25x8")),
        (Measure.REPS, WeightUnit.KG, ("8", "8 reps x3")),
        (Measure.DURATION, WeightUnit.KG, ("1:30", "45s")),
        (Measure.WEIGHT_DURATION, WeightUnit.KG, ("60kg 1:00", "60kg 45s x3")),
        (Measure.DISTANCE_DURATION, WeightUnit.KG, ("5km 25:00", "20:00")),
        (Measure.WEIGHT_DISTANCE, WeightUnit.LB, ("135lb 30m", "135lb 30m x3")),
    ],
)
def test_the_examples_are_usual_sets_for_who_begins(
    measure: Measure, unit: WeightUnit, examples: tuple[str, str]
) -> None:
    assert examples_for(LineContext(measure, unit, None, None)) == examples
