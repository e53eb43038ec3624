"""Records on the card."""

import pytest

from handlers.workout.buttons import LogSuggested
from tests.support.phone import Phone, shown
from training.gym import Gym


async def did(phone: Phone, gym: Gym, what: str) -> None:
    """There is something to beat from a workout before."""
    await gym.notebook.write_set(phone.lifter_id, what)
    card = await gym.workouts.card(phone.lifter_id)
    await gym.workouts.finish(phone.lifter_id, card.workout_id, card.revision)


@pytest.fixture
async def again(ready: Phone, gym: Gym) -> Phone:
    """Ann in a workout, at the bench, where she has lifted 100 kg five times before."""
    await did(ready, gym, "bench 100x5")
    await ready.sends("/set bench")
    return ready


@pytest.mark.parametrize(
    ("exercise", "lines", "said"),
    [
        ("bench", ["100x5", "102.5x5"], "heaviest, 102.5 kg · estimated 1RM, 115 kg"),
        ("bench", ["100x5", "100x6"], "most reps with 100 kg, 6 · estimated 1RM, 116 kg"),
        ("bench", ["100x5", "90x8"], "most volume in a set, 720 kg"),
        ("bench", ["100x5", "225lb x 6"], "heaviest, 225 lb · estimated 1RM, 119 kg"),
        ("pull-up", ["-20x5", "12"], "most reps with −20 kg, 12"),
        ("pull-up", ["-20x5", "bw 5"], "without assistance"),
        ("pull-up", ["5", "+10x5"], "heaviest, +10 kg"),
        ("push-up", ["10", "12"], "most reps"),
        ("plank", ["1:00", "1:30"], "longest, 1:30"),
        ("running", ["5km 25:00", "6km 30:00"], "farthest, 6 km"),
    ],
)
async def test_a_record_is_named_with_its_figures(
    ready: Phone, gym: Gym, exercise: str, lines: list[str], said: str
) -> None:
    await did(ready, gym, f"{exercise} {lines[0]}")
    await ready.sends(f"/set {exercise}")
    first, second = [shown(await ready.sends(line)).text for line in lines]
    assert "Record" not in first  # as much as before
    assert second.startswith("🏆 <b>Record:</b> ")
    assert said in second.split("\n")[0]


async def test_the_record_of_a_tap_is_named_too_and_gone_with_the_next_set(again: Phone, gym: Gym) -> None:
    for line in ("100x5", "105x3", "100x6"):
        last = shown(await again.sends(line)).text
    assert "Record" in last
    card = await gym.workouts.card(again.lifter_id)
    assert "Record" not in shown(await again.presses(LogSuggested(card.workout_id, card.revision))).text


@pytest.mark.parametrize("line", ["w 120x5", "90x3", "100x5+3"])
async def test_what_breaks_nothing_is_no_record(again: Phone, line: str) -> None:
    assert "Record" not in shown(await again.sends(line)).text


async def test_a_first_time_is_no_record(lifting: Phone) -> None:
    await lifting.sends("100x5")
    assert "Record" not in shown(await lifting.sends("105x5")).text


async def test_of_several_sets_at_once_the_best_is_named(again: Phone) -> None:
    assert "heaviest, 110 kg" in shown(await again.sends("102.5x3, 110x2")).text
