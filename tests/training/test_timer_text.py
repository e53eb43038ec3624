"""How timers are written."""

import pytest

from storage.values.timer import TimerKind
from training.timer_plan import TimerPlan
from training.timer_text import is_off, read_timer


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("60", 60),
        ("1:30", 90),
        ("0:45", 45),
        ("1:00:00", 3600),
        ("90s", 90),
        ("90 sec", 90),
        ("90″", 90),
        ("2m", 120),
        ("2 min", 120),
        ("2′", 120),
        ("1.5 min", 90),
        ("1,5m", 90),
        ("1m30", 90),
        ("1 min 30 s", 90),
        ("1h", 3600),
        (" 60  S ", 60),
        ("2", 2),
    ],
)
def test_a_length_of_time_is_a_countdown(text: str, seconds: int) -> None:
    assert read_timer(text) == TimerPlan.countdown(seconds)


@pytest.mark.parametrize(
    ("text", "rounds", "every"),
    [
        ("emom 10", 10, 60),
        ("EMOM 10 min", 10, 60),
        ("emom for 12 minutes", 12, 60),
        ("emom 10 rounds", 10, 60),
        ("emom 10x90", 10, 90),
        ("emom 10 × 1:30", 10, 90),
        ("e2mom 10", 10, 120),
        ("E3MOM 5", 5, 180),
    ],
)
def test_emom_has_rounds_of_a_minute_or_of_what_is_said(text: str, rounds: int, every: int) -> None:
    assert read_timer(text) == TimerPlan(TimerKind.EMOM, rounds, every, 0)


@pytest.mark.parametrize(
    ("text", "rounds", "work", "rest"),
    [
        ("8x20/10", 8, 20, 10),
        ("8 × 20 / 10", 8, 20, 10),
        ("8Х20/10", 8, 20, 10),
        ("5x1:00/0:30", 5, 60, 30),
        ("5x1m/30s", 5, 60, 30),
        ("8*20s/10s", 8, 20, 10),
        ("8x20", 8, 20, 0),
        ("8x20/0", 8, 20, 0),
        ("tabata", 8, 20, 10),
    ],
)
def test_intervals_are_rounds_of_work_and_rest(text: str, rounds: int, work: int, rest: int) -> None:
    assert read_timer(text) == TimerPlan(TimerKind.INTERVALS, rounds, work, rest)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "emom", "emom x", "e2mom 10x90", "8x", "x20/10", "8x20/", "8x20/10/5", "1:75", "-60", "60 kg", "1½m"],
)
def test_what_is_no_timer_is_none(text: str) -> None:
    assert read_timer(text) is None


@pytest.mark.parametrize("text", ["9" * 4000, "8x" + "9" * 4000, "emom " + "9" * 4000, "1" * 5 + "h", ":" * 4000])
def test_numbers_without_end_are_read_or_refused_and_never_fail(text: str) -> None:
    plan = read_timer(text)
    assert plan is None or plan.total > 3600


@pytest.mark.parametrize(("text", "expected"), [("off", True), (" STOP ", True), ("0", True), ("60", False)])
def test_a_timer_is_turned_off_by_a_word(text: str, *, expected: bool) -> None:
    assert is_off(text) is expected
