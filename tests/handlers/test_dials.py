"""The buttons that turn the suggested set, and those that lead to another exercise."""

import pytest

from handlers.workout.buttons import ChangeKind, GoTo, LogSuggested, Turn
from storage.values.quantity import Weight, WeightUnit
from tests.support.phone import Phone, labels, only
from tests.support.recording_request import Call
from training.card import Card, CurrentExercise
from training.dials import Dial
from training.gym import Gym


async def card_of(phone: Phone, gym: Gym) -> tuple[Card, CurrentExercise]:
    card = await gym.workouts.card(phone.lifter_id)
    assert card.current is not None
    return card, card.current


def edited(calls: list[Call]) -> Call:
    return only(calls, "editMessageText")


async def test_the_card_offers_a_press_up_and_down_with_what_it_does(lifting: Phone) -> None:
    card = edited(await lifting.sends("100x5"))
    assert labels(card) == [
        "✓ Log 100 kg × 5",
        *("−2.5 kg", "+2.5 kg", "−1 rep", "+1 rep"),
        "Working set",
        *("⏱ −15 s", "⏱ +15 s", "⏭ Skip"),
        *("↶ Undo", "✎ Last set"),
        *("➕ Exercise", "🏁 Finish", "⋯ More"),
    ]


@pytest.mark.parametrize(
    ("exercise", "typed", "dials"),
    [
        ("plank", "1:30", ["−0:05", "+0:05"]),
        ("pull-up", "12", ["−2.5 kg", "+2.5 kg", "−1 rep", "+1 rep"]),
        ("running", "5km 25:00", ["−0.1 km", "+0.1 km", "−0:30", "+0:30"]),
    ],
)
async def test_each_measure_has_its_own(ready: Phone, exercise: str, typed: str, dials: list[str]) -> None:
    calls = await ready.sends(f"/set {exercise} {typed}")
    card = next(call for call in reversed(calls) if call.buttons)
    below_the_set = [label for label in labels(card)[1:] if not label.startswith("▶")]
    assert below_the_set[: len(dials)] == dials


async def test_a_weight_turns_by_the_exercises_step_in_its_unit_and_by_the_usual_one_in_another(
    lifting: Phone, gym: Gym
) -> None:
    await gym.lifters.change_settings(lifting.lifter_id, unit=WeightUnit.LB)
    _, bench = await card_of(lifting, gym)
    step = Weight.of("1.25", WeightUnit.LB)
    await gym.exercises.prefer(lifting.lifter_id, bench.exercise_id, weight_step=step)
    assert labels(edited(await lifting.sends("135x5")))[1:3] == ["−1.25 lb", "+1.25 lb"]
    foreign = next(call for call in await lifting.sends("60kg x5") if call.buttons)
    assert labels(foreign)[1:3] == ["−2.5 kg", "+2.5 kg"]
    turned = edited(await lifting.presses(Turn(bench.execution_id, 1, Dial.WEIGHT)))
    assert labels(turned)[0] == "✓ Log 62.5 kg × 5"


async def test_a_changed_weight_is_two_taps(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    _, current = await card_of(lifting, gym)
    card = edited(await lifting.presses(Turn(current.execution_id, 1, Dial.WEIGHT)))
    assert labels(card)[0] == "✓ Log 102.5 kg × 5"
    shown, _ = await card_of(lifting, gym)
    logged = edited(await lifting.presses(LogSuggested(shown.workout_id, shown.revision)))
    assert "Today: 100 kg × 5 · 102.5 kg × 5" in logged.text


async def test_the_kind_is_on_its_button_and_in_what_is_logged(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    _, current = await card_of(lifting, gym)
    card = edited(await lifting.presses(ChangeKind(current.execution_id)))
    assert labels(card)[0] == "✓ Log w 100 kg × 5"
    assert "Warm-up" in labels(card)


async def test_other_exercises_are_one_tap_away(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    _, bench = await card_of(lifting, gym)
    squat = [call for call in await lifting.sends("/set squat 60x8") if call.buttons][-1]
    assert "‹ Previous" in labels(squat)
    back = edited(await lifting.presses(GoTo(bench.execution_id)))
    assert "Bench Press (Barbell)" in back.text
    assert "Next ›" in labels(back)
    assert "‹ Previous" not in labels(back)


async def test_an_exercise_without_anything_to_repeat_can_be_left_too(lifting: Phone, gym: Gym) -> None:
    _, bench = await card_of(lifting, gym)
    squat = edited(await lifting.sends("squat"))
    assert labels(squat) == ["‹ Previous", "↶ Undo", "⏱ Rest", "➕ Exercise", "🏁 Finish", "⋯ More"]
    back = edited(await lifting.presses(GoTo(bench.execution_id)))
    assert labels(back) == ["Next ›", "↶ Undo", "⏱ Rest", "➕ Exercise", "🏁 Finish", "⋯ More"]


async def test_a_step_too_far_is_no_error(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x1")
    _, current = await card_of(lifting, gym)
    calls = await lifting.presses(Turn(current.execution_id, -1, Dial.REPS))
    only(calls, "answerCallbackQuery")
    assert (await card_of(lifting, gym))[1].suggestion == current.suggestion


async def test_a_button_of_yesterdays_card_shows_the_current_one(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    for press in (Turn(404, 1, Dial.WEIGHT), ChangeKind(404), GoTo(404)):
        lifting.meets_a_new_process()
        calls = await lifting.presses(press)
        assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
        assert "Bench Press (Barbell)" in edited(calls).text
