"""What is written, and what it means: weight and reps."""

from __future__ import annotations

import pytest

from storage.values.lifted import SetEntry
from storage.values.quantity import Weight
from tests.training.notation.lifts import (
    AMRAP,
    BENCH,
    DROP,
    FIRST_BENCH,
    KG,
    LB,
    WARM_UP,
    after,
    lift,
    question,
    sets,
    unreadable,
)
from training.notation import LineContext, QuestionReason, UnreadableReason, is_sets_alone

FIVE = lift(100, 5)


@pytest.mark.parametrize("text", ["100x5", "100 x 5", "100kg 5", "100 5", "100kgx5", "100kg for 5", "  100x5  "])
def test_weight_and_reps_are_written_in_many_ways(text: str) -> None:
    assert sets(text) == [FIVE]


@pytest.mark.parametrize("sign", ["×", "✕", "✖", "✖️", "*", "х", "Х", "X", "ｘ", "＊", " × "])
def test_every_times_sign_is_an_x(sign: str) -> None:
    assert sets(f"100{sign}5") == [FIVE]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("102,5x5", "102.5"),
        ("102,5 x 5", "102.5"),
        ("102,25kg 5", "102.25"),
        ("102.5x5", "102.5"),
        ("102½x5", "102.5"),
        ("102 ½ x 5", "102.5"),
        ("102¼x5", "102.25"),
        ("102¾x5", "102.75"),
        ("½x5", "0.5"),
        ("1½x5", "1.5"),
        ("１０２.５ｘ５", "102.5"),
        ("102.5\N{NO-BREAK SPACE}x\N{NO-BREAK SPACE}5", "102.5"),
        ("102.125x5", "102.125"),
        ("102,125x5", "102.125"),
        ("0,125x5", "0.125"),
        ("000000100x5", "100"),
        ("100.000000000000x5", "100"),
        ("100000x5!", "100000"),
        ("90\N{ZERO WIDTH SPACE}x\N{VARIATION SELECTOR-1}5", "90"),
        ("٩٠x5", "90"),
        ("0x5", "0"),
    ],
)
def test_weights_are_exact(text: str, weight: str) -> None:
    assert sets(text, FIRST_BENCH) == [lift(weight, 5)]


@pytest.mark.parametrize(
    "text", ["225lb x 5", "225 lbs x 5", "225lbx5", "225 pounds 5", "225LB 5", "5x225lb", "5 x 225 lb"]
)
def test_a_unit_that_is_written_wins(text: str) -> None:
    assert sets(text) == [lift(225, 5, unit=LB)]


@pytest.mark.parametrize("unit", ["kg", "kgs", "kilo", "kilos", "㎏", "KG"])
def test_kilograms_have_many_names(unit: str) -> None:
    lifter_in_lb = LineContext(BENCH.measure, LB, None, None)
    assert sets(f"100{unit} x 5", lifter_in_lb) == [FIVE]


def test_a_number_without_a_unit_is_in_the_lifters_unit() -> None:
    lifter_in_lb = LineContext(BENCH.measure, LB, None, None)
    assert sets("225x5", lifter_in_lb) == [lift(225, 5, unit=LB)]


def test_a_unit_holds_for_the_rest_of_its_line() -> None:
    assert sets("225lb x 5, 205x6, 8\n100x5") == [
        lift(225, 5, unit=LB),
        lift(205, 6, unit=LB),
        lift(205, 8, unit=LB),
        FIVE,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "100x5x3",
        "100 x 5 x 3",
        "3x5@100",
        "3x5 @ 100kg",
        "100x5 3 sets",
        "100kg 5 3 sets",
        "5x100kg 3 sets",
        "3 sets of 5x100kg",
        "3 sets of 5",
        "3 sets of 5 @100",
        "3x5x100kg",
        "100x5,5,5",
        "3x5 at 100",
        "3x5 at 100kg",
        "3 sets of 5 at 100",
        "3 sets of 5 reps of 100",
        "5 at 100 x3",
    ],
)
def test_three_sets_are_written_in_many_ways(text: str) -> None:
    assert sets(text) == [FIVE] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100x5,5,4", [FIVE, FIVE, lift(100, 4)]),
        ("100x5, 5, 4", [FIVE, FIVE, lift(100, 4)]),
        ("100x5,3", [FIVE, lift(100, 3)]),
        ("100 5 3", [FIVE, lift(100, 3)]),
        ("100x5 3", [FIVE, lift(100, 3)]),
        ("100x5,95x6", [FIVE, lift(95, 6)]),
        ("100x5, 95x6", [FIVE, lift(95, 6)]),
        ("100x5, 97,5x6", [FIVE, lift("97.5", 6)]),
        ("100x5x2, 95x6x2", [FIVE, FIVE, lift(95, 6), lift(95, 6)]),
        ("100x5x2,4", [FIVE, FIVE, lift(100, 4)]),
        ("100x5,", [FIVE]),
        ("100x5\n95x6", [FIVE, lift(95, 6)]),
        ("100x5\r\n\r\n95x6\r\n", [FIVE, lift(95, 6)]),
        ("3x5@60", [lift(60, 5)] * 3),
        ("5@60", [lift(60, 5)]),
        ("1x5@60", [lift(60, 5)]),
        ("20x5@60", [lift(60, 5)] * 20),
        ("3x5x90kg", [lift(90, 5)] * 3),
        ("100x5x1", [FIVE]),
        ("100x5, 4,3", [FIVE, lift(100, 4), lift(100, 3)]),
        ("100 5,95x6", [FIVE, lift(95, 6)]),
        ("3x5@62,4kg", [lift("62.4", 5)] * 3),
        ("3x5@62,4", [*[lift(62, 5)] * 3, lift(62, 4)]),
        ("3x5@102,5,4", [*[lift("102.5", 5)] * 3, lift("102.5", 4)]),
        ("3x5@102,5", [lift("102.5", 5)] * 3),
        ("5 at 70", [lift(70, 5)]),
        ("5 reps at 155lb", [lift(155, 5, unit=LB)]),
        ("12 reps of 60", [lift(60, 12)]),
        ("12 reps of 60kg @8", [lift(60, 12, rpe="8")]),
        ("5 at 72,5", [lift("72.5", 5)]),
        ("5 at 72,5, 4", [lift("72.5", 5), lift("72.5", 4)]),
        ("5 at 70, 4 at 80", [lift(70, 5), lift(80, 4)]),
        ("5 at 10.5", [lift("10.5", 5)]),
        ("5 at 7kg", [lift(7, 5)]),
        ("5 at 70 w", [lift(70, 5, kind=WARM_UP)]),
        ("5 at 70 rpe 8", [lift(70, 5, rpe="8")]),
        ("5 at 70 # slow", [lift(70, 5, note="slow")]),
        ("5 at 70!", [lift(70, 5)]),
        ("3x10 at 60kg", [lift(60, 10)] * 3),
        ("3x10 at 60kg at rpe 8", [lift(60, 10, rpe="8")] * 3),
        ("100x5 at rpe 8,5", [lift(100, 5, rpe="8.5")]),
        ("100x5 at @8", [lift(100, 5, rpe="8")]),
        ("100x5 for 3 sets", [lift(100, 5)] * 3),
        ("100x5 and 95x6", [FIVE, lift(95, 6)]),
        ("100x5, 95x6 and 90x8 @9", [FIVE, lift(95, 6), lift(90, 8, rpe="9")]),
        ("100x5 and 4", [FIVE, lift(100, 4)]),
        ("100x5, 4 and 3", [FIVE, lift(100, 4), lift(100, 3)]),
        ("100x5 and 102,5x5", [FIVE, lift("102.5", 5)]),
        ("100x5, then 95x6", [FIVE, lift(95, 6)]),
        ("100x5 and then 95x6", [FIVE, lift(95, 6)]),
        ("100x5,,4", [FIVE, lift(100, 4)]),
        ("100x5; 95x6;8", [FIVE, lift(95, 6), lift(95, 8)]),
        ("100 kg × 5, 5, 4 · 90 kg × 8", [FIVE, FIVE, lift(100, 4), lift(90, 8)]),
        ("100 kg × 5 (paused) 🏆 · 90 kg × 8 🏆", [lift(100, 5, note="paused"), lift(90, 8)]),
        ("100x5.", [FIVE]),
        ("100x5, 4 .", [FIVE, lift(100, 4)]),
    ],
)
def test_lists_make_several_sets(text: str, expected: list[SetEntry]) -> None:
    assert sets(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100x5+2", [lift(100, 5, forced=2)]),
        ("100x5 + 2", [lift(100, 5, forced=2)]),
        ("5+2", [lift(100, 5, forced=2)]),
        ("100x5x3+2", [FIVE, FIVE, lift(100, 5, forced=2)]),
        ("100x5x1+2", [lift(100, 5, forced=2)]),
        ("100 5 4+", [FIVE, lift(100, 4, kind=AMRAP)]),
        ("100x9999+9999!", [lift(100, 9999, forced=9999)]),
        ("100x5+2x3", [lift(100, 5, forced=2)] * 3),
        ("100x5,4+1", [FIVE, lift(100, 4, forced=1)]),
        ("5+", [lift(100, 5, kind=AMRAP)]),
        ("100x5+", [lift(100, 5, kind=AMRAP)]),
        ("100x5+ @9", [lift(100, 5, kind=AMRAP, rpe="9")]),
        ("100x5x3+", [FIVE, FIVE, lift(100, 5, kind=AMRAP)]),
        ("100x5,5,5+", [FIVE, FIVE, lift(100, 5, kind=AMRAP)]),
    ],
)
def test_a_plus_is_forced_reps_or_as_many_as_possible(text: str, expected: list[SetEntry]) -> None:
    assert sets(text) == expected


@pytest.mark.parametrize(
    ("text", "rpe"),
    [
        ("100x5 @8.5", "8.5"),
        ("100x5@8,5", "8.5"),
        ("100x5 @8½", "8.5"),
        ("100x5 @ 8", "8"),
        ("100x5 rpe 8,5", "8.5"),
        ("100x5 rpe8", "8"),
        ("100x5 RPE 8", "8"),
        ("100x5 @rpe 8", "8"),
        ("100x5 @10", "10"),
        ("100x5 @1", "1"),
        ("100kg 5 @8,0", "8.0"),
    ],
)
def test_rpe_stands_behind_the_reps(text: str, rpe: str) -> None:
    assert sets(text) == [lift(100, 5, rpe=rpe)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100x5,4 @9", [FIVE, lift(100, 4, rpe="9")]),
        ("100 5 4 @9", [FIVE, lift(100, 4, rpe="9")]),
        ("100x5x2 @8", [lift(100, 5, rpe="8")] * 2),
        ("100x5 @8 x2", [lift(100, 5, rpe="8")] * 2),
        ("100x5@8, 5", [lift(100, 5, rpe="8"), FIVE]),
        ("100x5@8,4", [lift(100, 5, rpe="8"), lift(100, 4)]),
        ("100x5@8,25", [lift(100, 5, rpe="8"), lift(100, 25)]),
        ("100x5@8,5,4", [lift(100, 5, rpe="8.5"), lift(100, 4)]),
        ("100x5 @8, 95x6 @9", [lift(100, 5, rpe="8"), lift(95, 6, rpe="9")]),
        ("3x5@60 @8", [lift(60, 5, rpe="8")] * 3),
    ],
)
def test_an_rpe_is_all_sets_after_a_count_and_the_last_ones_after_a_list(text: str, expected: list[SetEntry]) -> None:
    assert sets(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "100x5 rpe 12",
        "100x5 @12",
        "100x5@10,5",
        "100kg x 5 @11",
        "100x5x3 @12",
        "100kg @60",
        "21x5@60",
        "3 sets of 5 4 @60",
    ],
)
def test_an_rpe_over_ten_is_refused_after_a_weight(text: str) -> None:
    assert unreadable(text).reason is UnreadableReason.RPE_OUT_OF_RANGE


@pytest.mark.parametrize("text", ["100x5 @0.5", "100x5 @8.3", "100x5 rpe 0"])
def test_an_rpe_runs_from_one_in_halves(text: str) -> None:
    assert unreadable(text).reason is UnreadableReason.RPE_OUT_OF_RANGE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w 60x8", [lift(60, 8, kind=WARM_UP)]),
        ("W 60x8", [lift(60, 8, kind=WARM_UP)]),
        ("w60x8", [lift(60, 8, kind=WARM_UP)]),
        ("60x8 w", [lift(60, 8, kind=WARM_UP)]),
        ("60x8w", [lift(60, 8, kind=WARM_UP)]),
        ("warmup 60x8", [lift(60, 8, kind=WARM_UP)]),
        ("warm-up 60x8", [lift(60, 8, kind=WARM_UP)]),
        ("60x8 warm up", [lift(60, 8, kind=WARM_UP)]),
        ("d 60x8", [lift(60, 8, kind=DROP)]),
        ("60x8 drop set", [lift(60, 8, kind=DROP)]),
        ("a 60x8", [lift(60, 8, kind=AMRAP)]),
        ("60x8 amrap", [lift(60, 8, kind=AMRAP)]),
        ("60x8 w @7", [lift(60, 8, kind=WARM_UP, rpe="7")]),
        ("60x8 @7 w", [lift(60, 8, kind=WARM_UP, rpe="7")]),
        ("60x8 w rpe 7", [lift(60, 8, kind=WARM_UP, rpe="7")]),
        ("60x8 w # belt", [lift(60, 8, kind=WARM_UP, note="belt")]),
        ("60x8 w, belt", [lift(60, 8, kind=WARM_UP, note="belt")]),
        ("60x8 w, 100x5", [lift(60, 8, kind=WARM_UP), FIVE]),
        ("w 60x8, 100x5", [lift(60, 8, kind=WARM_UP), FIVE]),
        ("w 60x8,6", [lift(60, 8, kind=WARM_UP), lift(60, 6, kind=WARM_UP)]),
        ("60x8,6 w", [lift(60, 8), lift(60, 6, kind=WARM_UP)]),
        ("60x8 6 w", [lift(60, 8), lift(60, 6, kind=WARM_UP)]),
        ("60x8 w!", [lift(60, 8, kind=WARM_UP)]),
        ("60x8x2 w", [lift(60, 8, kind=WARM_UP)] * 2),
        ("60x8 w/ belt", [lift(60, 8, note="w/ belt")]),
        ("60x8 a bit hard", [lift(60, 8, note="a bit hard")]),
        ("60x8 warm up was easy", [lift(60, 8, note="warm up was easy")]),
        ("60x8, a bit hard", [lift(60, 8, note="a bit hard")]),
    ],
)
def test_a_kind_counts_only_where_it_stands_alone(text: str, expected: list[SetEntry]) -> None:
    assert sets(text) == expected


@pytest.mark.parametrize("text", ["d 60x8+", "w 60x8x3+", "w 60x8 d", "60x8 w @8 d"])
def test_kinds_that_contradict_each_other_are_refused(text: str) -> None:
    assert unreadable(text).reason is UnreadableReason.UNEXPECTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100x5 paused, belt", [lift(100, 5, note="paused, belt")]),
        ("100x5 # 2 min rest", [lift(100, 5, note="2 min rest")]),
        ("100x5 #belt", [lift(100, 5, note="belt")]),
        ("100x5, 2 min rest", [lift(100, 5, note="2 min rest")]),
        ("100x5,2min rest", [lift(100, 5, note="2min rest")]),
        ("100x5, 💪", [lift(100, 5, note="💪")]),
        ("100x5,, heavy", [lift(100, 5, note="heavy")]),
        ("100x5, 4 @8 heavy", [FIVE, lift(100, 4, rpe="8", note="heavy")]),
        ("100x5, 4@60 heavy", [FIVE, lift(60, 4, note="heavy")]),
        ("100x5, w 4 easy", [FIVE, lift(100, 4, kind=WARM_UP, note="easy")]),
        ("100x5, 3rd one felt heavy", [lift(100, 5, note="3rd one felt heavy")]),
        ("100x5, 4! hard", [FIVE, lift(100, 4, note="hard")]),
        ("100x5 then rest", [lift(100, 5, note="then rest")]),
        ("100x5 (paused)", [lift(100, 5, note="paused")]),
        ("100x5 (2 min rest)", [lift(100, 5, note="2 min rest")]),
        ("100x5 (paused) ok", [lift(100, 5, note="(paused) ok")]),
        ("100x5 (paused), 4", [lift(100, 5, note="paused"), lift(100, 4)]),
        ("100x5 (paused), hard", [lift(100, 5, note="paused, hard")]),
        ("60x8 w (easy)", [lift(60, 8, kind=WARM_UP, note="easy")]),
        ("100x5 👍", [lift(100, 5, note="👍")]),
        ("100x5💪", [lift(100, 5, note="💪")]),
        ("60x8 w 👍", [lift(60, 8, kind=WARM_UP, note="👍")]),
        ("100x5 paused.", [lift(100, 5, note="paused.")]),
        ("100x5 # 95x6 next, 4", [lift(100, 5, note="95x6 next, 4")]),
        ("100x5 paused # then 95x6", [lift(100, 5, note="paused # then 95x6")]),
        ("100x5,4, Beltless", [FIVE, lift(100, 4, note="Beltless")]),
        ("100x5, 95x6 paused, 3 s", [FIVE, lift(95, 6, note="paused, 3 s")]),
        ("100x5x2 Пауза × 2", [FIVE, lift(100, 5, note="Пауза × 2")]),
        ("100x5 хорошо", [lift(100, 5, note="хорошо")]),
        ("8 close grip", [lift(100, 8, note="close grip")]),
        ("100x5 @8 good, 1,000 more", [lift(100, 5, rpe="8", note="good, 1,000 more")]),
        ("100x5 # 1,000x5 next", [lift(100, 5, note="1,000x5 next")]),
        ("100x5 #", [FIVE]),
        ("100x5 # at 8", [lift(100, 5, note="at 8")]),
        ("8 # at 70", [lift(100, 8, note="at 70")]),
        ("100x5 at 60kg", [lift(100, 5, note="at 60kg")]),
        ("100x5 and done", [lift(100, 5, note="and done")]),
        ("100x5 and 20 s pause, hard", [lift(100, 5, note="and 20 s pause, hard")]),
        ("100x5 with 20kg", [lift(100, 5, note="with 20kg")]),
        ("100x5 with 8", [lift(100, 5, note="with 8")]),
        ("100x5 at 8.3", [lift(100, 5, note="at 8.3")]),
        ("100x5 @9 at 8", [lift(100, 5, rpe="9", note="at 8")]),
        ("8 at 70%", [lift(100, 8, note="at 70%")]),
        ("8 at 6 in the morning", [lift(100, 8, note="at 6 in the morning")]),
        ("8 at 6:30", [lift(100, 8, note="at 6:30")]),
        ("8 at -5", [lift(100, 8, note="at -5")]),
        ("8 at", [lift(100, 8, note="at")]),
        ("8 with 2 min rest", [lift(100, 8, note="with 2 min rest")]),
        ("8 with belt", [lift(100, 8, note="with belt")]),
        ("100x5, 4 with 20 (x", [lift(100, 5, note="4 with 20 (x")]),
        ("100x5 paused\n95x6 # ½ ROM", [lift(100, 5, note="paused"), lift(95, 6, note="½ ROM")]),
    ],
)
def test_the_rest_is_the_last_sets_note_as_it_was_written(text: str, expected: list[SetEntry]) -> None:
    assert sets(text) == expected


@pytest.mark.parametrize(
    ("text", "stopped_at"),
    [
        ("100x5 2 min rest", "2 min"),
        ("100x5 2 left in the tank", "2"),
        ("100x5 (x3)", "("),
        ("100x5 (3 sets)", "("),
        ("100x5 (95x6 next)", "95"),
        ("100x5 paused, 102,5x5", "5"),
        ("100x5, 95x6x hard", "95"),
        ("100x5..", "."),
        ("100·5", "·"),
        ("100x5#belt", "#"),
        ("225# x 5", "#"),
        ("100x5, 3-4", "-"),
        ("100x5, 3 sets", "3 sets"),
        ("100x5 +2", "+"),
    ],
)
def test_what_could_be_numbers_is_no_note_without_a_mark(text: str, stopped_at: str) -> None:
    assert unreadable(text).stopped_at == stopped_at


@pytest.mark.parametrize(
    "text",
    ["- 95x6", "– 95x6", "* 95x6", "• 95x6", "1) 95x6", "1)95x6", "12. 95x6", " -  95x6"],
)
def test_a_bullet_or_number_before_a_set_says_nothing(text: str) -> None:
    assert sets(text) == [lift(95, 6)]


def test_a_unit_of_last_time_holds_for_last_times_weight_alone() -> None:
    last_in_lb = LineContext(BENCH.measure, KG, Weight.of(225, LB), 5)
    assert sets("8, 100x5", last_in_lb) == [lift(225, 8, unit=LB), FIVE]


@pytest.mark.parametrize("text", ["8", "8 reps", "x8", "x 8"])
def test_a_number_alone_is_reps_at_the_last_weight(text: str) -> None:
    assert sets(text) == [lift(100, 8)]


def test_a_number_alone_takes_the_weight_of_the_working_set_above() -> None:
    assert sets("w 60x8\n3\n90x5\n4") == [lift(60, 8, kind=WARM_UP), lift(100, 3), lift(90, 5), lift(90, 4)]


@pytest.mark.parametrize("text", ["8", "8, 8, 7", "3 sets of 8", "8+2"])
def test_reps_alone_need_a_weight_at_first(text: str) -> None:
    assert unreadable(text, FIRST_BENCH).reason is UnreadableReason.WEIGHT_MISSING


def test_spaced_commas_part_reps_at_the_last_weight() -> None:
    assert sets("8, 8, 7") == [lift(100, 8), lift(100, 8), lift(100, 7)]


@pytest.mark.parametrize("text", ["-100x5", "+20x8", "bw x 12", "bw+20x8"])
def test_a_sign_before_the_weight_is_refused_with_its_own_hint(text: str) -> None:
    assert unreadable(text).reason is UnreadableReason.SIGN_NOT_HERE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("100x-5", UnreadableReason.UNEXPECTED),
        ("100x", UnreadableReason.INCOMPLETE),
        ("100x5 @", UnreadableReason.INCOMPLETE),
        ("100x5x0", UnreadableReason.UNEXPECTED),
        ("100x5x3x2", UnreadableReason.UNEXPECTED),
        ("100x5.5", UnreadableReason.NOT_WHOLE),
        ("100x5+1.5", UnreadableReason.NOT_WHOLE),
        ("100 x Foo", UnreadableReason.UNEXPECTED),
        ("100x5x1.5", UnreadableReason.NOT_WHOLE),
        ("100.1234x5", UnreadableReason.TOO_PRECISE),
        ("99999999999x5", UnreadableReason.TOO_LARGE),
        ("100x99999", UnreadableReason.TOO_LARGE),
        ("100x5x101", UnreadableReason.TOO_MANY_SETS),
        ("100x5" + ",5" * 100, UnreadableReason.TOO_MANY_SETS),
        ("100x5x60\n100x5x60", UnreadableReason.TOO_MANY_SETS),
        ("1:30", UnreadableReason.DURATION_NOT_HERE),
        ("100kg 1:30", UnreadableReason.DURATION_NOT_HERE),
        ("21s", UnreadableReason.DURATION_NOT_HERE),
        ("5km", UnreadableReason.DISTANCE_NOT_HERE),
        ("100x5 @8 @9", UnreadableReason.UNEXPECTED),
        ("100kg x 5 @60kg", UnreadableReason.UNEXPECTED),
        ("100kg 60kg", UnreadableReason.UNEXPECTED),
        ("5 100kg 60kg", UnreadableReason.UNEXPECTED),
        ("3 sets", UnreadableReason.NOT_A_SET),
        ("w 100+2x5", UnreadableReason.UNEXPECTED),
        ("3 sets of 5 3 sets", UnreadableReason.UNEXPECTED),
        ("3x5x100kgx2", UnreadableReason.UNEXPECTED),
        ("100x5x3 3 sets", UnreadableReason.UNEXPECTED),
        ("100x5@8x3kg", UnreadableReason.UNEXPECTED),
        ("3x5@60 @70", UnreadableReason.UNEXPECTED),
        ("100x5 @8 reps", UnreadableReason.UNEXPECTED),
        ("100x5 rpe 8kg", UnreadableReason.UNEXPECTED),
        ("100²x5", UnreadableReason.UNEXPECTED),
        ("100⅛x5", UnreadableReason.UNEXPECTED),
        ("100.12345678901234x5", UnreadableReason.TOO_PRECISE),
        ("100.0000000000000x5", UnreadableReason.TOO_PRECISE),
        ("0000000100x5", UnreadableReason.TOO_LARGE),
        ("100001x5!", UnreadableReason.TOO_LARGE),
        ("100x10000!", UnreadableReason.TOO_LARGE),
        ("12.03.2024", UnreadableReason.NOT_A_SET),
        ("bench", UnreadableReason.NOT_A_SET),
        ("@8", UnreadableReason.NOT_A_SET),
        ("", UnreadableReason.NOT_A_SET),
        (" \n ", UnreadableReason.NOT_A_SET),
    ],
)
def test_what_is_no_set_is_refused_with_a_reason(text: str, reason: UnreadableReason) -> None:
    assert unreadable(text).reason is reason


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("100x5 % paused ok", ("100x5", "%", "paused ok")),
        ("100 × Foo bar", ("100 ×", "Foo", "bar")),
        ("100x5\n95x6\nBench 5", ("100x5\n95x6", "Bench", "5")),
        ("- 100x−5", ("- 100x", "−", "5")),
        ("22½ x 8½", ("22½ x", "8½", "")),
        ("100x", ("100x", "", "")),
        ("bench 100x5", ("", "bench", "100x5")),
        ("102,5555x5", ("", "102,5555", "x5")),
        ("bw+20x8", ("", "bw+20", "x8")),
        ("100x5x60\n95x5x60\n8", ("100x5x60", "95x5x60", "8")),
        ("100x5x60, 95x5x60", ("100x5x60,", "95", "x5x60")),
    ],
)
def test_a_refusal_shows_how_far_it_got_in_the_lifters_own_words(text: str, parts: tuple[str, str, str]) -> None:
    refused = unreadable(text)
    assert (refused.understood, refused.stopped_at, refused.rest) == parts


def test_zero_reps_are_a_failed_attempt() -> None:
    assert sets("100x0") == [lift(100, 0)]


@pytest.mark.parametrize("mark", ["!", " !", "!!"])
def test_an_exclamation_mark_on_a_plain_set_changes_nothing(mark: str) -> None:
    assert sets(f"100x5{mark}") == [FIVE]


def test_an_exclamation_mark_in_a_note_confirms_nothing() -> None:
    assert question("1200x5 new best!").reason is QuestionReason.IMPLAUSIBLE


def test_a_first_set_has_nothing_to_look_swapped_against() -> None:
    assert sets("5x100", after()) == [lift(5, 100)]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("100x5", True),
        ("8", True),
        ("100,5", True),
        ("1:30", True),
        ("2 min rest", False),
        ("8 left", False),
        ("x", False),
    ],
)
def test_sets_with_words_of_their_own_are_not_sets_alone(text: str, *, alone: bool) -> None:
    assert is_sets_alone(text) is alone
    if ":" not in text:  # which is no set at the bench
        assert is_sets_alone(text, BENCH) is alone
