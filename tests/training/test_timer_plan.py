"""What a timer will do."""

import pytest

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.timer import TimerKind
from training.errors import InvalidValueError
from training.timer_plan import Beat, Stage, TimerPlan, countable


def said(plan: TimerPlan) -> list[tuple[int, int, Stage, int]]:
    return [(beat.at, beat.until, beat.stage, beat.round) for beat in plan.beats()]


def test_a_countdown_says_go_half_and_done() -> None:
    assert said(TimerPlan.countdown(60)) == [(0, 60, Stage.WORK, 1), (30, 60, Stage.HALF, 1), (60, 60, Stage.DONE, 1)]


def test_half_of_a_countdown_is_told_from_twenty_seconds_on() -> None:
    stages = {seconds: [beat.stage for beat in TimerPlan.countdown(seconds).beats()] for seconds in (19, 20)}
    assert stages == {19: [Stage.WORK, Stage.DONE], 20: [Stage.WORK, Stage.HALF, Stage.DONE]}


def test_an_emom_says_each_round_and_done() -> None:
    assert said(TimerPlan(TimerKind.EMOM, 3, 60, 0)) == [
        (0, 60, Stage.WORK, 1),
        (60, 120, Stage.WORK, 2),
        (120, 180, Stage.WORK, 3),
        (180, 180, Stage.DONE, 3),
    ]


def test_intervals_rest_between_rounds_and_not_after_the_last() -> None:
    plan = TimerPlan(TimerKind.INTERVALS, 2, 20, 10)
    assert said(plan) == [
        (0, 20, Stage.WORK, 1),
        (20, 30, Stage.REST, 1),
        (30, 50, Stage.WORK, 2),
        (50, 50, Stage.DONE, 2),
    ]
    assert plan.total == 50


def test_the_longest_timer_has_fewer_beats_than_names_for_them() -> None:
    plan = TimerPlan(TimerKind.INTERVALS, 60, 30, 30)
    plan.check()
    assert len(plan.beats()) < 999
    assert plan.beats()[-1] == Beat(3570, 3570, Stage.DONE, 60)


@pytest.mark.parametrize(
    "plan",
    [
        TimerPlan.countdown(5),
        TimerPlan.countdown(3600),
        TimerPlan(TimerKind.EMOM, 60, 60, 0),
        TimerPlan(TimerKind.INTERVALS, 1, 5, 5),
    ],
)
def test_what_lies_within_the_bounds_is_taken(plan: TimerPlan) -> None:
    plan.check()


@pytest.mark.parametrize(
    "plan",
    [
        TimerPlan.countdown(4),
        TimerPlan.countdown(0),
        TimerPlan.countdown(-60),
        TimerPlan.countdown(3601),
        TimerPlan(TimerKind.COUNTDOWN, 2, 60, 0),
        TimerPlan(TimerKind.COUNTDOWN, 1, 60, 10),
        TimerPlan(TimerKind.EMOM, 61, 5, 0),
        TimerPlan(TimerKind.EMOM, 0, 60, 0),
        TimerPlan(TimerKind.EMOM, 10, 60, 5),
        TimerPlan(TimerKind.INTERVALS, 8, 20, 4),
        TimerPlan(TimerKind.INTERVALS, 8, 20, -10),
        TimerPlan(TimerKind.INTERVALS, 60, 40, 30),
        TimerPlan(TimerKind.INTERVALS, -1, 20, 10),
    ],
)
def test_what_is_too_short_too_long_or_nonsense_is_refused(plan: TimerPlan) -> None:
    with pytest.raises(InvalidValueError):
        plan.check()


@pytest.mark.parametrize(
    ("measure", "duration", "expected"),
    [
        (Measure.DURATION, 60, 60),
        (Measure.WEIGHT_DURATION, 60, 60),
        (Measure.DISTANCE_DURATION, 60, None),
        (Measure.DURATION, 4, None),
        (Measure.DURATION, 3601, None),
        (Measure.REPS, None, None),
    ],
)
def test_a_set_that_ends_with_its_time_is_counted_down(
    measure: Measure, duration: int | None, expected: int | None
) -> None:
    assert countable(measure, SetEntry(duration=duration)) == expected
    assert countable(measure, None) is None
