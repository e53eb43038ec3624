"""What is asked before it is logged."""

from __future__ import annotations

import pytest

from storage.values.lifted import SetEntry
from tests.training.notation.lifts import (
    BENCH,
    CARRY,
    FIRST_BENCH,
    PLANK,
    PULL_UP,
    RUN,
    SIT_UP,
    SQUAT,
    WEIGHTED_PLANK,
    WEIGHTED_PULL_UP,
    after,
    lift,
    options,
    question,
    run,
    sets,
    unreadable,
)
from training.notation import LineContext, QuestionReason, UnreadableReason


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("100,5", ["100x5", "100.5x5"]),
        ("102,5,4", ["102x5,4", "102.5x4"]),
        ("102,5, 4", ["102x5,4", "102.5x4"]),
        ("1,000x5", ["1000x5", "1x5"]),
        ("1.000x5", ["1000x5", "1x5"]),
        ("1,125kg x 5", ["1125x5!", "1.125x5!"]),
        ("100,5 @8", ["100x5 @8", "100.5x5 @8"]),
        ("100,5, 95x6", ["100x5, 95x6", "100.5x5, 95x6"]),
        ("3x5@102,25", ["102.25x5x3", "102x5,5,5,25"]),
        ("100x5,102,5x5", ["100x5,102, 5x5!", "100x5, 102.5x5"]),
        ("8,8,7", ["100x8,8,7", "8x8,7!", "8.8x7"]),
        ("100, 5", ["100x5", "100x100,5"]),
        ("102,5,5x5", ["100x102, 5.5x5", "100x102,5, 5x5!"]),
        ("100x5,95kg x 3", ["100x5, 95x3", "5.95x100x3"]),
        ("100x5,95kg 3", ["100x5, 95x3", "5.95x100,3"]),
        ("3x5@62,25", ["62.25x5x3", "62x5,5,5,25"]),
        ("3x5@102,50", ["102.5x5x3", "102x5,5,5,50"]),
        ("3x5@102,75", ["102.75x5x3", "102x5,5,5,75!"]),
        ("100, 5, 4", ["100x5,4", "100x100,5,4"]),
        ("100, 5 @8", ["100x5 @8", "100x100, 100x5 @8"]),
        ("100, 5+2", ["100x5+2", "100x100,5+2"]),
        ("30,8", ["100x30,8", "30x8", "30.8x5"]),
        ("100x5,60kg", ["100x5, 60x5", "5.6x100"]),
        ("10,10,8 @60kg", ["100x10x2, 60x8", "60x10,10,8", "10x10, 60x8!"]),
        ("100 5,102kg", ["100x5, 102x5", "5.102x100!"]),
        ("31,8", ["31x8", "31.8x5"]),
    ],
)
def test_a_comma_that_can_be_read_in_several_ways_is_asked_about(text: str, offered: list[str]) -> None:
    assert question(text).reason is QuestionReason.COMMA
    assert options(text) == offered


def test_a_number_before_words_may_be_a_note_too_where_a_comma_is_asked_about() -> None:
    assert question("8,7 hard").reason is QuestionReason.COMMA
    assert options("8,7 hard") == ["100x8,7 # hard", "100x8 # 7 hard", "8x7! # hard", "8.7x5 # hard"]


def test_reps_at_an_added_load_may_also_be_a_load_and_reps() -> None:
    assert question("12,10,8", WEIGHTED_PULL_UP).reason is QuestionReason.COMMA
    assert options("12,10,8", WEIGHTED_PULL_UP) == ["+20x12,10,8", "+12x10,8", "+12.1x8"]


@pytest.mark.parametrize(("text", "offered"), [("10,500m", ["10500m", "10.5m"]), ("10,500km", ["10500km!", "10.5km"])])
def test_a_comma_in_a_distance_may_mark_thousands(text: str, offered: list[str]) -> None:
    assert question(text, RUN).reason is QuestionReason.COMMA
    assert options(text, RUN) == offered


def test_a_comma_without_an_earlier_set_is_asked_about_too() -> None:
    assert options("100,5", FIRST_BENCH) == ["100x5"]


@pytest.mark.parametrize("text", ["100x5,3", "100x5,10", "100x5,5,25", "60,5x8", "3x5@62,5", "5x102,5kg"])
def test_a_comma_that_the_rules_settle_is_not_asked_about(text: str) -> None:
    assert sets(text)


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("5x100", BENCH, ["5x100!", "100x5"]),
        ("5 95", BENCH, ["5x95!", "95x5"]),
        ("100x5kg", BENCH, ["5x100!", "100x5"]),
        ("100x5lb", BENCH, ["5lb x100", "100lb x5"]),
        ("31x5kg", BENCH, ["5x31", "31x5"]),
        ("100x0kg", PULL_UP, ["bw x100", "+100x0"]),
        ("3x5x100", BENCH, ["3x5x100!", "100x5x3"]),
        ("20x5x100", BENCH, ["20x5x100!", "100x5x20"]),
        ("5x100, 5x95", BENCH, ["5x100,95!", "100x5, 95x5"]),
        ("5x100\n100x6", BENCH, ["5x100, 100x6!", "100x5,6"]),
        ("40x100", BENCH, ["40x100!", "100x40"]),
        ("50x100", BENCH, ["50x100!", "100x50"]),
        ("5x50", BENCH, ["5x50!", "50x5"]),
        ("5x100", after("50", 5), ["5x100!", "100x5"]),
        ("15x40", after("40", 20), ["15x40!", "40x15"]),
        ("3 sets of 8 70", SQUAT, ["8x70x3!", "70x8x3"]),
        ("3x100x5kg", BENCH, ["5x100x3!", "100x5x3"]),
    ],
)
def test_numbers_that_look_swapped_are_asked_about(text: str, context: LineContext, offered: list[str]) -> None:
    assert question(text, context).reason is QuestionReason.SWAPPED
    assert options(text, context) == offered


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("60x8", BENCH),
        ("20x20", BENCH),
        ("8x12", after("10", 8)),
        ("10x12", after("12", 10)),
        ("10x15", after("20", 15)),
        ("5kg x 100", BENCH),
        ("5x100!", BENCH),
        ("30x5kg", BENCH),
        ("100x2.5kg", BENCH),
        ("51x100", BENCH),
        ("5x49", BENCH),
        ("5x101", after("50", 5)),
        ("10x30", after("30", 20)),
        ("5x100", after("100")),
        ("10x12x3", FIRST_BENCH),
        ("5x8x3", PULL_UP),
        ("20x8x2", BENCH),
        ("12x10", FIRST_BENCH),
        ("5x31", FIRST_BENCH),
        ("3 12", FIRST_BENCH),
        ("3x12!", FIRST_BENCH),
        ("3x12@60", FIRST_BENCH),
        ("100x5!", PLANK),
        ("1x12", BENCH),
        ("11x12", BENCH),
        ("3 5 40", BENCH),
        ("3x31", BENCH),
        ("10x12", after("39", 12)),
        ("100 5 3", BENCH),
        ("20 10", BENCH),
        ("50 10 8", BENCH),
        ("21 8", SQUAT),
        ("13 8", after("60", 6)),
        ("8 31", after("70", 8)),
        ("8.5 8 8", SQUAT),
        ("w 8 8 8", SQUAT),
        ("8 8 d", SQUAT),
        ("8 8 8!", SQUAT),
        ("11 8 7", WEIGHTED_PULL_UP),
        ("11 11 11", WEIGHTED_PULL_UP),
        ("8 8", after("15", 8)),
        ("8 8 8", FIRST_BENCH),
        ("8 8 8", after("0", 8)),
        ("1x5 60", SQUAT),
        ("11x5 60", SQUAT),
        ("10x5 29", after("29", 5)),
        ("5x31 29", after("70", 8)),
        ("5x100 31", BENCH),
        ("3x8 70!", SQUAT),
        ("3 sets of 8 70!", SQUAT),
        ("20kg 8 70", SQUAT),
        ("1x40kg 8", SQUAT),
        ("11x40kg 8", SQUAT),
        ("2 40kg 8", SQUAT),
        ("2x40kg 8!", SQUAT),
        ("20 30m", CARRY),
        ("40x30m", CARRY),
        ("1x30m", CARRY),
        ("11x30", CARRY),
        ("2x40kg 30m!", CARRY),
        ("3x100x5!", BENCH),
        ("5x40x3", after("5", 30)),
        ("100 5 29", BENCH),
        ("40 30 50", after("40", 30)),
        ("100x5 49", BENCH),
        ("100x5 90!", BENCH),
        ("5 reps 8", BENCH),
        ("49+5", BENCH),
        ("20 60", WEIGHTED_PLANK),
    ],
)
def test_a_lighter_set_is_not_taken_for_a_slip(text: str, context: LineContext) -> None:
    assert sets(text, context)


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("3x12", BENCH, ["3x12!", "100x12x3"]),
        ("2x12", BENCH, ["2x12!", "100x12x2"]),
        ("10x12", after("40", 12), ["10x12!", "40x12x10"]),
        ("3x30", BENCH, ["3x30!", "100x30x3"]),
        ("5x5@8", BENCH, ["5x5 @8!", "100x5x5 @8"]),
        ("100x5, 4x3", BENCH, ["100x5, 4x3!", "100x5,3,3,3,3", "100x5,4,4,4"]),
        ("3x12", PULL_UP, ["+3x12", "bw x12x3"]),
        ("3x12", WEIGHTED_PULL_UP, ["+3x12", "+20x12x3"]),
        ("5x5 100", SQUAT, ["5x5,100!", "100x5x5"]),
        ("5x5 130 @8", SQUAT, ["5x5, 5x130 @8!", "130x5x5 @8"]),
        ("3x8 70", SQUAT, ["3x8,70!", "70x8x3"]),
        ("3 8 70", SQUAT, ["3x8,70!", "70x8x3"]),
        ("10x5 30", after("30", 5), ["10x5,30", "30x5x10"]),
        ("2x5 31", FIRST_BENCH, ["2x5,31!", "31x5x2"]),
        ("3x60 8", SQUAT, ["3x60,8!", "60x8x3"]),
        ("3x120 8", SQUAT, ["3x120,8!", "120x8x3"]),
        ("3x30 30", SQUAT, ["3x30x2!", "30x30x3"]),
        ("3x29 28", SQUAT, ["3x29,28!", "60x29,29,29,28"]),
        ("3x8 8 7", SQUAT, ["3x8,8,7!", "60x8,8,8,8,7"]),
        ("3x12 10", PULL_UP, ["+3x12,10", "bw x12,12,12,10"]),
        ("3x8 40", PULL_UP, ["+3x8,40!", "+40x8x3"]),
        ("3x30m", CARRY, ["3kg 30m", "40kg 30m x3"]),
        ("2x40 30m", CARRY, ["2kg 40m, 2kg 30m", "40kg 30m x2"]),
        ("2x100 30m", CARRY, ["2kg 100m, 2kg 30m", "100kg 30m x2"]),
        ("3x15 40", CARRY, ["3kg 15m, 3kg 40m", "40kg 15m x3"]),
        ("3x1:00", WEIGHTED_PLANK, ["3kg 1:00", "20kg 1:00 x3"]),
        ("3x20 60", WEIGHTED_PLANK, ["3kg 20s, 3kg 1:00", "20kg 1:00 x3"]),
        ("3x100x5", BENCH, ["3x100x5!", "100x5x3"]),
        ("3 x 100x5", FIRST_BENCH, ["3x100x5!", "100x5x3"]),
        ("3x12x10", after("12", 10), ["3x12x10!", "12x10x3"]),
        ("3x8 reps", SQUAT, ["3x8!", "60x8x3"]),
        ("3x8 reps 70", SQUAT, ["3x8,70!", "70x8x3"]),
        ("3x8+2", SQUAT, ["3x8+2!", "60x8+2x3"]),
        ("2x20x8", BENCH, ["2x20x8!", "20x8x2", "8x20x2!"]),
        ("3x5x20", BENCH, ["3x5x20!", "5x20x3!", "20x5x3"]),
        ("4x8x10", after("100", 8, PULL_UP.measure), ["+4x8x10", "+8x10x4", "+10x8x4"]),
        ("3x12x10", FIRST_BENCH, ["3x12x10!", "12x10x3", "10x12x3"]),
        ("3x12", FIRST_BENCH, ["3x12!"]),
        ("5x5", FIRST_BENCH, ["5x5!"]),
        ("10x12 15", FIRST_BENCH, ["10x12,15!"]),
        ("3x12, 10", FIRST_BENCH, ["3x12,10!"]),
        ("3x1:00", after(measure=WEIGHTED_PLANK.measure), ["3kg 1:00"]),
        ("2x40x30", CARRY, ["2kg 40m x30!", "40kg 30m x2"]),
    ],
)
def test_a_weight_that_looks_like_a_count_of_sets_is_asked_about(
    text: str, context: LineContext, offered: list[str]
) -> None:
    assert question(text, context).reason is QuestionReason.SETS_OR_WEIGHT
    assert options(text, context) == offered


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("8 8 8", SQUAT, ["8x8x2!", "60x8x3"]),
        ("8 8", SQUAT, ["8x8!", "60x8x2"]),
        ("8 8 8 @9", SQUAT, ["8x8, 8x8 @9!", "60x8x2, 60x8 @9"]),
        ("12 10 8", SQUAT, ["12x10,8", "60x12,10,8"]),
        ("12 10 8", BENCH, ["12x10,8", "100x12,10,8"]),
        ("16 8", after("60", 8), ["16x8", "60x16,8"]),
        ("8 30", after("70", 8), ["8x30!", "70x8,30"]),
        ("100x5, 8 8 8", BENCH, ["100x5, 8x8x2!", "100x5,8,8,8"]),
        ("8 8 8", PULL_UP, ["+8x8x2", "bw x8x3"]),
        ("8 8 8", WEIGHTED_PULL_UP, ["+8x8x2", "+20x8x3"]),
        ("10 10 10", WEIGHTED_PULL_UP, ["+10x10x2", "+20x10x3"]),
        ("8 8", after("-20", 8, PULL_UP.measure), ["+8x8", "-20x8x2"]),
    ],
)
def test_numbers_that_all_look_like_reps_are_asked_about(text: str, context: LineContext, offered: list[str]) -> None:
    assert question(text, context).reason is QuestionReason.ALL_REPS
    assert options(text, context) == offered


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("2x40kg 30m", CARRY, ["40kg 2m, 40kg 30m", "40kg 30m x2", "80kg 30m"]),
        ("10x40kg 30m", CARRY, ["40kg 10m, 40kg 30m", "40kg 30m x10"]),
        ("2x88lb 30m", CARRY, ["88lb 2m, 88lb 30m", "88lb 30m x2", "176lb 30m"]),
        ("3x20kg 1:00", WEIGHTED_PLANK, ["20kg 3s, 20kg 1:00", "20kg 1:00 x3"]),
        ("2x40kg 8", SQUAT, ["40x2,8", "40x8x2", "80x8"]),
    ],
)
def test_a_number_before_a_weight_and_an_effort_is_asked_about(
    text: str, context: LineContext, offered: list[str]
) -> None:
    assert question(text, context).reason is QuestionReason.SETS_OR_PAIR
    assert options(text, context) == offered


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("8 with 70", SQUAT, ["70x8", "60x8 # with 70"]),
        ("8 with 70!", SQUAT, ["70x8", "60x8 # with 70!"]),
        ("8 of 70", SQUAT, ["70x8", "60x8 # of 70"]),
        ("8 at 70 slow", SQUAT, ["70x8 # slow", "60x8 # at 70 slow"]),
        ("8 reps of 70 slow", SQUAT, ["70x8 # slow", "60x8 # of 70 slow"]),
        ("8 with 20kg vest", PULL_UP, ["+20x8 # vest", "bw x8 # with 20kg vest"]),
        ("30m with 45kg", CARRY, ["45kg 30m", "40kg 30m # with 45kg"]),
        ("12 at 7", after("8", 12), ["7x12", "8x12 @7", "8x12 # at 7"]),
        ("12 at 10", after("8", 12), ["10x12", "8x12 @10", "8x12 # at 10"]),
        ("12 reps of 7", after("8", 12), ["7x12", "8x12 # of 7"]),
        ("100x5 at 8", BENCH, ["100x5 @8", "100x5 # at 8"]),
        ("100x5, 4 felt heavy", BENCH, ["100x5,4 # felt heavy", "100x5 # 4 felt heavy"]),
        ("100x5,5 paused", BENCH, ["100x5x2 # paused", "100x5 # 5 paused"]),
        ("100x5,5,4 last one hard", BENCH, ["100x5,5,4 # last one hard", "100x5x2 # 4 last one hard"]),
        ("100x5, 60kg easy", BENCH, ["100x5, 60x5 # easy", "100x5 # 60kg easy"]),
        ("100x5 and 2 more with help", BENCH, ["100x5,2 # more with help", "100x5 # and 2 more with help"]),
        ("1:30, 45 easy", PLANK, ["1:30, 45s # easy", "1:30 # 45 easy"]),
        ("5km, 3 laps", RUN, ["5km, 3km # laps", "5km, 3mi # laps", "5km, 3:00 # laps", "5km # 3 laps"]),
        ("100x5 paused, 95x6 too", BENCH, ["100x5 # paused\n95x6 # too", "100x5 # paused, 95x6 too"]),
        ("100x5 hard and 95kg 6", BENCH, ["100x5 # hard\n95x6", "100x5 # hard and 95kg 6"]),
        ("100x5, hard 95 kg x 6", BENCH, ["100x5 # hard\n95x6", "100x5 # hard 95 kg x 6"]),
        ("100x5 paused, 4, 3", BENCH, ["100x5 # paused\n100x4,3", "100x5 # paused, 4, 3"]),
        ("100x5 then w 60x8", BENCH, ["100x5, w 60x8", "100x5 # then w 60x8"]),
        ("12 hard, -15x6", PULL_UP, ["bw x12 # hard\n-15x6", "bw x12 # hard, -15x6"]),
        ("12 hard, bw x 8", PULL_UP, ["bw x12 # hard\nbw x8", "bw x12 # hard, bw x 8"]),
        ("100x5 drop 80x8", BENCH, ["100x5, d 80x8", "d 100x5, 80x8", "100x5 # drop 80x8"]),
        ("60x8 w 100x5", BENCH, ["60x8, w 100x5", "w 60x8, 100x5", "60x8 # w 100x5"]),
        ("100x5 d 4", BENCH, ["100x5, d 100x4", "d 100x5, 100x4", "100x5 # d 4"]),
        ("12 d +20x8", PULL_UP, ["bw x12, d +20x8", "d bw x12, +20x8", "bw x12 # d +20x8"]),
        ("100x5, 4 at 8", BENCH, ["100x5, 8x4!", "100x5, 100x4 @8", "100x5 # 4 at 8"]),
        ("8 with 70", FIRST_BENCH, ["70x8"]),
    ],
)
def test_words_that_may_be_a_note_or_part_of_the_set_are_asked_about(
    text: str, context: LineContext, offered: list[str]
) -> None:
    assert question(text, context).reason is QuestionReason.PART_OR_NOTE
    assert options(text, context) == offered


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("100kg 3x8", BENCH, ["100x3x8", "100x8x3"]),
        ("3x100kg x 5", BENCH, ["100x3x5", "100x5x3"]),
        ("3x15", SIT_UP, ["15 reps x3", "3 reps x15"]),
        ("15x3", SIT_UP, ["3 reps x15", "15 reps x3"]),
        ("20x15", SIT_UP, ["15 reps x20", "20 reps x15"]),
        ("15x20", SIT_UP, ["20 reps x15", "15 reps x20"]),
        ("10x5", PLANK, ["5sx10", "10sx5"]),
    ],
)
def test_sets_and_reps_in_an_unclear_order_are_asked_about(text: str, context: LineContext, offered: list[str]) -> None:
    assert question(text, context).reason is QuestionReason.SETS_OR_REPS
    assert sorted(options(text, context)) == sorted(offered)


def test_as_many_sets_as_reps_have_only_one_order() -> None:
    assert sets("100kg 5x5") == sets("5x100kg x 5") == [lift(100, 5)] * 5


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("95", BENCH, ["100x95", "95x5"]),
        ("50", BENCH, ["100x50", "50x5"]),
        ("31", after("40", 5), ["40x31", "31x5"]),
        ("41", after("40", 20), ["40x41", "41x20"]),
        ("95", WEIGHTED_PULL_UP, ["+20x95", "+95x8"]),
        ("100x5,95", BENCH, ["100x5,95!", "100x5, 95x5"]),
        ("100,", BENCH, ["100x100", "100x5"]),
        ("100, paused", BENCH, ["100x100 # paused", "100x5 # paused"]),
        ("100, 5 4", BENCH, ["100x100, 5x4!", "100x5,5,4"]),
        ("100x5 90", BENCH, ["100x5,90!", "100x5, 90x5"]),
        ("100 5 90 6", BENCH, ["100x5,90,6!", "100x5, 90x6"]),
        ("5 reps 100", BENCH, ["100x5,100!", "100x5"]),
        ("100+5", BENCH, ["100x100+5", "100x5"]),
        ("100+", BENCH, ["a 100x100", "a 100x5"]),
    ],
)
def test_a_number_alone_that_looks_like_the_weight_is_asked_about(
    text: str, context: LineContext, offered: list[str]
) -> None:
    assert question(text, context).reason is QuestionReason.WEIGHT_OR_REPS
    assert options(text, context) == offered


@pytest.mark.parametrize(
    ("text", "context", "entry"),
    [
        ("49", BENCH, lift(100, 49)),
        ("30", after("40", 5), lift(40, 30)),
        ("40", after("40", 20), lift(40, 40)),
        ("95", after("0", 5), lift(0, 95)),
        ("95", PULL_UP, lift(None, 95)),
        ("95 reps", BENCH, lift(100, 95)),
    ],
)
def test_a_number_alone_is_reps_where_it_can_hardly_be_the_weight(
    text: str, context: LineContext, entry: SetEntry
) -> None:
    assert sets(text, context) == [entry]


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("10, 10, 8 at 60kg", BENCH, ["100x10x2, 60x8", "60x10,10,8"]),
        ("10 reps, 8 @60", BENCH, ["100x10, 60x8", "60x10,8"]),
        ("12, 10 8kg", CARRY, ["40kg 12m, 8kg 10m", "8kg 12m, 8kg 10m"]),
        ("12, 10 @20kg", PULL_UP, ["bw x12, +20x10", "+20x12,10"]),
    ],
)
def test_a_weight_behind_the_last_of_several_reps_may_be_that_of_all(
    text: str, context: LineContext, offered: list[str]
) -> None:
    assert question(text, context).reason is QuestionReason.WEIGHT_OF_ALL
    assert options(text, context) == offered
    assert sets(f"{text}!", context) == list(question(text, context).options[0].entries)


@pytest.mark.parametrize("text", ["100x5, 8 at 60kg", "5 at 70, 4 at 80", "10, 60x8", "10, 8"])
def test_a_list_with_a_weight_of_its_own_before_shares_none(text: str) -> None:
    assert sets(text)


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("95kg", BENCH, ["95x5"]),
        ("97.5", BENCH, ["97.5x5"]),
        ("90x8\n85kg", BENCH, ["90x8, 85x8"]),
        ("90x8, 85kg", BENCH, ["90x8, 85x8"]),
        ("20.5, 5", BENCH, ["20.5x5x2"]),
        ("+25", WEIGHTED_PULL_UP, ["+25x8"]),
        ("bw", WEIGHTED_PULL_UP, ["bw x8"]),
    ],
)
def test_a_weight_alone_offers_the_last_reps(text: str, context: LineContext, offered: list[str]) -> None:
    assert question(text, context).reason is QuestionReason.REPS_MISSING
    assert options(text, context) == offered


def test_a_weight_alone_needs_reps_at_first() -> None:
    assert unreadable("100kg", FIRST_BENCH).reason is UnreadableReason.REPS_MISSING


@pytest.mark.parametrize(
    ("text", "context", "offered"),
    [
        ("12.03", BENCH, ["12.03x5"]),
        ("2024", BENCH, ["100x2024!"]),
        ("2024", SIT_UP, ["2024!"]),
        ("2024", PLANK, ["33:44"]),
    ],
)
def test_what_looks_like_a_date_is_asked_about(text: str, context: LineContext, offered: list[str]) -> None:
    assert question(text, context).reason is QuestionReason.LOOKS_LIKE_DATE
    assert options(text, context) == offered


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("5km 25", ["5km 25:00", "5km 25s"]),
        ("5 25:00", ["5km 25:00", "5mi 25:00"]),
        ("2000 7:30", ["2000m 7:30", "2000km 7:30!"]),
        ("5", ["5km", "5mi", "5:00"]),
        ("5,5", ["5.5km", "5.5mi", "5:30"]),
        ("5,3,2", ["5km, 3km, 2km", "5mi, 3mi, 2mi", "5:00, 3:00, 2:00"]),
        ("100 0:20", ["100m 20s", "100km 20s"]),
        ("99 7:30", ["99km 7:30", "99mi 7:30"]),
    ],
)
def test_a_missing_unit_of_distance_or_time_is_asked_about(text: str, offered: list[str]) -> None:
    assert question(text, RUN).reason is QuestionReason.UNIT_MISSING
    assert options(text, RUN) == offered


def test_minutes_with_decimals_cannot_be_seconds() -> None:
    assert sets("5km 25.5", RUN) == [run("5", seconds=1530)]


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("1001x5", BENCH),
        ("2205lb x 5", BENCH),
        ("100x201", BENCH),
        ("100x5+201", BENCH),
        ("25h", PLANK),
        ("1001km", RUN),
    ],
)
def test_implausible_values_are_asked_about_and_can_be_confirmed(text: str, context: LineContext) -> None:
    asked = question(text, context)
    assert asked.reason is QuestionReason.IMPLAUSIBLE
    (confirmed,) = asked.options
    assert confirmed.text.endswith("!")
    assert sets(confirmed.text, context) == list(confirmed.entries) == sets(f"{text}!", context)


@pytest.mark.parametrize(
    ("text", "context"),
    [("1000x5", BENCH), ("2204lb x 5", BENCH), ("100x200", after()), ("24h", PLANK), ("1000km", RUN)],
)
def test_values_at_the_limit_are_not_asked_about(text: str, context: LineContext) -> None:
    assert sets(text, context)


def test_three_numbers_are_not_swapped_for_more_sets_than_are_likely() -> None:
    assert question("21x5x100").reason is QuestionReason.MANY_SETS


@pytest.mark.parametrize(("text", "offered"), [("100x5", "1:40x5"), ("60x3", "1:00x3"), ("21x20", "21sx20")])
def test_what_looks_like_weight_and_reps_is_asked_about_before_it_is_sets_of_time(text: str, offered: str) -> None:
    assert question(text, PLANK).reason is QuestionReason.TIME_OR_WEIGHT
    assert options(text, PLANK) == [offered]


def test_more_than_twenty_sets_at_once_are_asked_about_and_can_be_confirmed() -> None:
    asked = question("100x5x21")
    assert asked.reason is QuestionReason.MANY_SETS
    assert options("100x5x21") == ["100x5x21!"]
    assert sets("100x5x21!") == [lift(100, 5)] * 21
    assert len(sets("100x5x20")) == 20
