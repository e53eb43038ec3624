"""What is written, and what it means: everything but weight and reps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import Distance, DistanceUnit, Weight
from tests.training.notation.lifts import (
    AMRAP,
    CARRY,
    LB,
    METRE,
    MILE,
    PLANK,
    PULL_UP,
    RUN,
    SIT_UP,
    WARM_UP,
    WEIGHTED_PLANK,
    WEIGHTED_PULL_UP,
    after,
    carry,
    hold,
    lift,
    run,
    sets,
    unreadable,
)
from training.notation import LineContext, UnreadableReason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+20x8", [lift(20, 8)]),
        ("20x8", [lift(20, 8)]),
        ("20kg x 8", [lift(20, 8)]),
        ("bw+20x8", [lift(20, 8)]),
        ("BW + 20 x 8", [lift(20, 8)]),
        ("+22,5x8", [lift("22.5", 8)]),
        ("-15x6", [lift(-15, 6)]),
        ("−15 x 6", [lift(-15, 6)]),
        ("bw-15x6", [lift(-15, 6)]),
        ("- 15x6", [lift(15, 6)]),
        ("bw x 12", [lift(None, 12)]),
        ("bw 12", [lift(None, 12)]),
        ("bwx12", [lift(None, 12)]),
        ("12 x bw", [lift(None, 12)]),
        ("+0x12", [lift(None, 12)]),
        ("12", [lift(None, 12)]),
        ("12+2", [lift(None, 12, forced=2)]),
        ("12,10,8", [lift(None, 12), lift(None, 10), lift(None, 8)]),
        ("bw 12,10", [lift(None, 12), lift(None, 10)]),
        ("-15x6, 8", [lift(-15, 6), lift(-15, 8)]),
        ("w +22,5x8", [lift("22.5", 8, kind=WARM_UP)]),
        ("3x12@bw", [lift(None, 12)] * 3),
        ("3x8@+20", [lift(20, 8)] * 3),
        ("8 at 20", [lift(20, 8)]),
        ("8 at +20", [lift(20, 8)]),
        ("3x12 at bw", [lift(None, 12)] * 3),
    ],
)
def test_bodyweight_exercises_take_added_and_assisting_load(text: str, expected: list[SetEntry]) -> None:
    assert sets(text, PULL_UP) == expected


def test_a_number_alone_repeats_the_last_added_load() -> None:
    assert sets("12", WEIGHTED_PULL_UP) == [lift(20, 12)]


def test_an_added_load_of_nothing_is_none() -> None:
    assert sets("12", after("0", 8, Measure.BODYWEIGHT_REPS)) == [lift(None, 12)]


@pytest.mark.parametrize("text", ["12x-15", "12 +20", "+ 20x8"])
def test_a_sign_must_touch_its_number_and_stand_before_the_reps(text: str) -> None:
    unreadable(text, PULL_UP)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15", [lift(None, 15)]),
        ("15 reps", [lift(None, 15)]),
        ("15,12,10", [lift(None, 15), lift(None, 12), lift(None, 10)]),
        ("20,15", [lift(None, 20), lift(None, 15)]),
        ("15 12 10 @9", [lift(None, 15), lift(None, 12), lift(None, 10, rpe="9")]),
        ("3 sets of 15", [lift(None, 15)] * 3),
        ("15 reps x3", [lift(None, 15)] * 3),
        ("3x15 reps", [lift(None, 15)] * 3),
        ("3x30", [lift(None, 30)] * 3),
        ("30x3", [lift(None, 30)] * 3),
        ("21x20", [lift(None, 21)] * 20),
        ("20x21", [lift(None, 21)] * 20),
        ("20x20", [lift(None, 20)] * 20),
        ("15+2x3", [lift(None, 15, forced=2)] * 3),
        ("3x15+2", [lift(None, 15, forced=2)] * 3),
        ("3x15+", [lift(None, 15, kind=AMRAP)] * 3),
        ("3 sets 15 12", [*[lift(None, 15)] * 3, lift(None, 12)]),
        ("15+2", [lift(None, 15, forced=2)]),
        ("15 slow", [lift(None, 15, note="slow")]),
        ("15 at 20kg", [lift(None, 15, note="at 20kg")]),
    ],
)
def test_exercises_of_reps_take_numbers_alone(text: str, expected: list[SetEntry]) -> None:
    assert sets(text, SIT_UP) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:30", 90),
        ("90s", 90),
        ("90 sec", 90),
        ("90", 90),
        ('90"', 90),
        ("1'30\"", 90),
        ("1\N{PRIME}30\N{DOUBLE PRIME}", 90),
        ("1\N{RIGHT SINGLE QUOTATION MARK}30\N{RIGHT DOUBLE QUOTATION MARK}", 90),
        ("1m30s", 90),
        ("1m30", 90),
        ("1 min 30 s", 90),
        ("1 min 30", 90),
        ("1,5 min", 90),
        ("1.5m", 90),
        ("2m", 120),
        ("2'", 120),
        ("2 minutes", 120),
        ("1:05:00", 3900),
        ("1h 5m", 3900),
        ("1h05", 3900),
        ("1 h 5 min 10 s", 3910),
        ("0:45", 45),
        ("21s", 21),
        ("90:00", 5400),
        ("1h 30", 5400),
        ("1:59:59", 7199),
        ("1m59", 119),
        ("1.0000000000 s", 1),
        ("100000 s!", 100_000),
        ("1000h!", 3_600_000),
        ("059999:00!", 3_599_940),
    ],
)
def test_times_are_written_in_many_ways(text: str, seconds: int) -> None:
    assert sets(text, PLANK) == [hold(seconds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:30x3", [hold(90)] * 3),
        ("30s x 3", [hold(30)] * 3),
        ("3x30s", [hold(30)] * 3),
        ("3x30", [hold(30)] * 3),
        ("1:30,1:20", [hold(90), hold(80)]),
        ("1:30,45s", [hold(90), hold(45)]),
        ("90, 80", [hold(90), hold(80)]),
        ("90,1:20", [hold(90), hold(80)]),
        ("1:30 1:20", [hold(90), hold(80)]),
        ("2 min 1 min", [hold(120), hold(60)]),
        ("1 min 5 h", [hold(60), hold(18_000)]),
        ("1h 2h", [hold(3600), hold(7200)]),
        ("1 min 1:30", [hold(60), hold(90)]),
        ("1 min 60", [hold(60), hold(60)]),
        ("1 min 030", [hold(60), hold(30)]),
        ("1 min 30 easy", [hold(60), hold(30, note="easy")]),
        ("1:30, 2 min easy", [hold(90), hold(120, note="easy")]),
    ],
)
def test_several_times_are_several_sets(text: str, expected: list[SetEntry]) -> None:
    assert sets(text, PLANK) == expected


@pytest.mark.parametrize(
    "text",
    [
        "20kg 1:00",
        "20 1:00",
        "20x1:00",
        "20kg x 60s",
        "20 60",
        "1:00",
        "60",
        "1:00 @ 20kg",
        "1:00 20kg",
        "1:00 at 20kg",
    ],
)
def test_weight_and_time_are_written_in_many_ways(text: str) -> None:
    assert sets(text, WEIGHTED_PLANK) == [hold(60, 20)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20kg 1:00 x3", [hold(60, 20)] * 3),
        ("3x1:00@20kg", [hold(60, 20)] * 3),
        ("20kg 1:00, 0:50", [hold(60, 20), hold(50, 20)]),
        ("20kg 1:00, 25kg 0:50", [hold(60, 20), hold(50, 25)]),
        ("45,1:00", [hold(45, 20), hold(60, 20)]),
    ],
)
def test_several_times_at_a_weight_are_several_sets(text: str, expected: list[SetEntry]) -> None:
    assert sets(text, WEIGHTED_PLANK) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5km 25:00", [run("5", seconds=1500)]),
        ("5 km in 25:00", [run("5", seconds=1500)]),
        ("25:00 5km", [run("5", seconds=1500)]),
        ("5km 25min", [run("5", seconds=1500)]),
        ("5km 25'", [run("5", seconds=1500)]),
        ("5km 1h 5m", [run("5", seconds=3900)]),
        ("5km", [run("5")]),
        ("5k", [run("5")]),
        ("1,5km", [run("1.5")]),
        ("25:00", [run(None, seconds=1500)]),
        ("400m", [run("400", METRE)]),
        ("400m 90s", [run("400", METRE, 90)]),
        ("400 metres 1m30s", [run("400", METRE, 90)]),
        ("3mi 24:00", [run("3", MILE, 1440)]),
        ("3 miles", [run("3", MILE)]),
        ("4x400m 1:30", [run("400", METRE, 90)] * 4),
        ("400m 1:30 x 4", [run("400", METRE, 90)] * 4),
        ("4 sets of 400m", [run("400", METRE)] * 4),
        ("4x400m", [run("400", METRE)] * 4),
        ("400m x4", [run("400", METRE)] * 4),
        ("1000000km!", [run("1000000")]),
        ("25:00+", [replace(run(None, seconds=1500), kind=AMRAP)]),
        ("5km, 3km", [run("5"), run("3")]),
    ],
)
def test_distance_and_time_are_written_in_many_ways(text: str, expected: list[SetEntry]) -> None:
    assert sets(text, RUN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40kg 30m", [carry(40, 30)]),
        ("40 30m", [carry(40, 30)]),
        ("40x30m", [carry(40, 30)]),
        ("40x30", [carry(40, 30)]),
        ("30m", [carry(40, 30)]),
        ("30", [carry(40, 30)]),
        ("40kg 30m x3", [carry(40, 30)] * 3),
        ("30m at 40kg", [carry(40, 30)]),
        ("3x30m at 40", [carry(40, 30)] * 3),
        ("40kg 30m, 20m", [carry(40, 30), carry(40, 20)]),
    ],
)
def test_weight_and_distance_are_written_in_many_ways(text: str, expected: list[SetEntry]) -> None:
    assert sets(text, CARRY) == expected


def test_a_unit_of_weight_holds_for_the_rest_of_a_line_of_carries() -> None:
    assert [entry.weight for entry in sets("88lb 30m, 40 20m", CARRY)] == [Weight.of(88, LB), Weight.of(40, LB)]


def test_a_distance_behind_a_weight_takes_a_decimal_comma() -> None:
    (far,) = sets("40kg 0,03km", CARRY)
    assert far.distance == Distance.of("0.03", DistanceUnit.KILOMETRE)


@pytest.mark.parametrize(
    ("text", "context", "reason"),
    [
        ("1:30", SIT_UP, UnreadableReason.DURATION_NOT_HERE),
        ("1:30", PULL_UP, UnreadableReason.DURATION_NOT_HERE),
        ("20kg x 8", SIT_UP, UnreadableReason.WEIGHT_NOT_HERE),
        ("+15", SIT_UP, UnreadableReason.SIGN_NOT_HERE),
        ("15@12", SIT_UP, UnreadableReason.RPE_OUT_OF_RANGE),
        ("15@20kg", SIT_UP, UnreadableReason.WEIGHT_NOT_HERE),
        ("15.5", SIT_UP, UnreadableReason.NOT_WHOLE),
        ("15x3x2", SIT_UP, UnreadableReason.UNEXPECTED),
        ("3 sets of 5 3 sets", SIT_UP, UnreadableReason.UNEXPECTED),
        ("3 sets of 15x2", SIT_UP, UnreadableReason.UNEXPECTED),
        ("3 sets", RUN, UnreadableReason.NOT_A_SET),
        ("1:60", PLANK, UnreadableReason.UNEXPECTED),
        ("1:60:00", PLANK, UnreadableReason.UNEXPECTED),
        ('90 "', PLANK, UnreadableReason.UNEXPECTED),
        ("2 '", PLANK, UnreadableReason.UNEXPECTED),
        ("1.5:30", PLANK, UnreadableReason.UNEXPECTED),
        ("1:02:03:04", PLANK, UnreadableReason.UNEXPECTED),
        ("1 min 30.5", PLANK, UnreadableReason.NOT_WHOLE),
        ("1000h1s", PLANK, UnreadableReason.TOO_LARGE),
        ("1000001km!", RUN, UnreadableReason.TOO_LARGE),
        ("0000090 s", PLANK, UnreadableReason.TOO_LARGE),
        ("1.00000000000 s", PLANK, UnreadableReason.TOO_LARGE),
        ("3 sets", SIT_UP, UnreadableReason.NOT_A_SET),
        ("100kg 1:00", PLANK, UnreadableReason.WEIGHT_NOT_HERE),
        ("5km", PLANK, UnreadableReason.DISTANCE_NOT_HERE),
        ("8 reps", PLANK, UnreadableReason.REPS_NOT_HERE),
        ("90.5", PLANK, UnreadableReason.NOT_WHOLE),
        ("1:75", PLANK, UnreadableReason.UNEXPECTED),
        ("1:20 1:30+2", PLANK, UnreadableReason.UNEXPECTED),
        ("2000h", PLANK, UnreadableReason.TOO_LARGE),
        ("99999999:00", PLANK, UnreadableReason.TOO_LARGE),
        ("20kg", WEIGHTED_PLANK, UnreadableReason.INCOMPLETE),
        ("20kg 5km", WEIGHTED_PLANK, UnreadableReason.DISTANCE_NOT_HERE),
        ("100kg 5km", RUN, UnreadableReason.WEIGHT_NOT_HERE),
        ("5km @12", RUN, UnreadableReason.RPE_OUT_OF_RANGE),
        ("8 reps", RUN, UnreadableReason.REPS_NOT_HERE),
        ("-5 25:00", RUN, UnreadableReason.SIGN_NOT_HERE),
        ("5km 6km", RUN, UnreadableReason.UNEXPECTED),
        ("5 6", RUN, UnreadableReason.UNEXPECTED),
        ("5km 25:00 3 sets 2 sets", RUN, UnreadableReason.UNEXPECTED),
        ("9999999 min", PLANK, UnreadableReason.TOO_LARGE),
        ("1.5.5 min", PLANK, UnreadableReason.NOT_A_SET),
        ("90 s\n1:2:3:4", PLANK, UnreadableReason.UNEXPECTED),
        ("1.2345km", RUN, UnreadableReason.TOO_PRECISE),
        ("9999999km", RUN, UnreadableReason.TOO_LARGE),
        ("40kg 1:00", CARRY, UnreadableReason.DURATION_NOT_HERE),
    ],
)
def test_what_does_not_belong_to_the_exercise_is_refused_with_a_reason(
    text: str, context: LineContext, reason: UnreadableReason
) -> None:
    assert unreadable(text, context).reason is reason


@pytest.mark.parametrize(
    ("text", "context", "stopped_at"),
    [
        ("15x3x2", SIT_UP, "2"),
        ("400m 90s 80s", RUN, "80s"),
        ("1h 5m 8 reps", PLANK, "8 reps"),
        ("20kgx8", SIT_UP, "20kg"),
        ("1:2:30", PLANK, "30"),
        ("1000000:00", PLANK, "1000000"),
    ],
)
def test_a_refusal_shows_the_amount_that_does_not_belong_there(
    text: str, context: LineContext, stopped_at: str
) -> None:
    assert unreadable(text, context).stopped_at == stopped_at
