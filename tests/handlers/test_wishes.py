"""How a lifter wants an exercise, by mocked updates."""

from __future__ import annotations

from html import unescape

import pytest

from handlers.creating.buttons import mark_of
from handlers.exercises.buttons import OpenExercise, list_exercises
from handlers.exercises.place import Place, Shelf
from handlers.screen import LONGEST_TEXT
from handlers.wishes.buttons import (
    DropName,
    Hide,
    NameAnyway,
    OpenNames,
    OpenRestOf,
    OpenStepOf,
    TakeRestOf,
    TakeStepOf,
    TakeUnitOf,
)
from storage.database import Database
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.quantity import WeightUnit
from tests.handlers.test_exercises import exercise_id
from tests.support.phone import Phone, labels, only, shown, tap
from tests.support.rows import add_exercise
from training.exercise_detail import ExerciseDetail, NewExercise
from training.gym import Gym
from training.naming import MOST_ALIASES


@pytest.fixture
async def bench(ready: Phone, gym: Gym) -> int:
    return await exercise_id(gym, "bench")


async def detail(gym: Gym, exercise: int) -> ExerciseDetail:
    return await gym.exercises.get(7, exercise)


async def test_rest_step_and_unit_are_two_taps_from_the_page(ready: Phone, gym: Gym, bench: int) -> None:
    page = shown(await ready.presses(OpenExercise(bench)))
    rested = await tap(ready, await tap(ready, page, "⏱ Rest"), "2:00")
    assert "Rest: 2:00" in rested.text
    stepped = await tap(ready, await tap(ready, rested, "− / + step"), "1.25 kg")
    assert "turn by 1.25 kg" in stepped.text
    pounds = await tap(ready, stepped, "In lb")
    assert "turn by 5 lb · in lb" in pounds.text
    assert "• 5 lb •" in labels(await tap(ready, pounds, "− / + step"))
    assert (await detail(gym, bench)).rest == 120


async def test_as_usual_ends_a_wish(ready: Phone, gym: Gym, bench: int) -> None:
    before = await detail(gym, bench)
    for press in (TakeRestOf(bench, 45), TakeStepOf(bench, 500, WeightUnit.KG), TakeUnitOf(bench, WeightUnit.LB)):
        await ready.presses(press)
    for press in (TakeUnitOf(bench, WeightUnit.KG), TakeStepOf(bench, 0, WeightUnit.KG), TakeRestOf(bench, -1)):
        await ready.presses(press)
    assert await detail(gym, bench) == before


@pytest.mark.parametrize(
    "press",
    [
        TakeRestOf(1, 10**6),
        TakeStepOf(1, -5, WeightUnit.KG),
        TakeStepOf(1, 2_500, WeightUnit.LB),
        TakeRestOf(40_404, 60),
    ],
)
async def test_a_wish_that_can_not_be_changes_nothing(ready: Phone, gym: Gym, press: object) -> None:
    before = await detail(gym, 1)
    assert shown(await ready.presses(press)).buttons
    assert await detail(gym, 1) == before


async def test_hidden_it_is_in_the_list_of_the_hidden_where_it_is_shown_again(
    ready: Phone, gym: Gym, bench: int
) -> None:
    page = shown(await ready.presses(OpenExercise(bench)))
    hidden = await tap(ready, page, "🙈 Hide")
    assert "🙈 Hidden" in hidden.text
    assert "Hidden (1)" in labels(only(await ready.sends("/exercises"), "sendMessage"))
    listed = shown(await ready.presses(list_exercises(Place(Shelf.HIDDEN))))
    again = await tap(ready, await tap(ready, listed, "Bench Press (Barbell)"), "👁 Show again")
    assert "🙈 Hidden" not in again.text
    assert not (await detail(gym, bench)).is_hidden


async def test_a_typed_name_leads_to_the_exercise_for_this_lifter(ready: Phone, gym: Gym, bench: int) -> None:
    await ready.presses(OpenNames(bench))
    named = shown(await ready.sends("flat  <one>"))
    assert "✓ “flat &lt;one&gt;” leads here now." in named.text
    assert "✕ flat &lt;one&gt;" not in labels(named)  # a button is plain text
    await ready.sends("another")  # the question stays open
    assert (await detail(gym, bench)).private_aliases == ("flat <one>", "another")
    gone = await tap(ready, named, "✕ flat <one>")
    assert "leads here no more" in gone.text
    assert (await detail(gym, bench)).private_aliases == ("another",)


async def test_however_many_names_there_are_a_message_takes_them_page_by_page(
    ready: Phone, gym: Gym, bench: int, database: Database
) -> None:
    long = await add_exercise(database, "Long one", aliases=[f"{it:02} {'&' * 90}" for it in range(MOST_ALIASES)])
    for number in range(9):
        await gym.private_names.add(7, long, f"mine {number}")
    page = shown(await ready.presses(OpenNames(long)))
    assert len(unescape(page.text)) < LONGEST_TEXT
    assert "✕ mine 8" not in labels(page)
    assert "✕ mine 8" in labels(shown(await ready.presses(OpenNames(long, 1), 701)))
    gone = shown(await ready.presses(DropName(long, mark_of("mine 0")), 702))
    assert "✕ mine 8" in labels(gone)


async def test_a_name_of_something_else_is_asked_about(ready: Phone, gym: Gym, bench: int) -> None:
    dumbbells = await exercise_id(gym, "db bench")
    await ready.presses(OpenNames(dumbbells))
    question = shown(await ready.sends("bench"))
    assert "“bench” leads to <b>Bench Press (Barbell)</b>" in question.text
    assert (await detail(gym, dumbbells)).private_aliases == ()
    assert "✓ “bench” leads here now." in (await tap(ready, question, "Yes, for me")).text
    await ready.presses(OpenNames(bench))
    assert "“bench” leads to Bench Press (Dumbbell) already." in shown(await ready.sends("bench")).text
    await ready.sends("/cancel")
    await ready.sends("/set bench 30x8")
    current = (await gym.workouts.card(7)).current
    assert current is not None
    assert current.name == "Bench Press (Dumbbell)"


async def test_ones_own_has_aliases_of_its_own(ready: Phone, gym: Gym) -> None:
    own = NewExercise("Legless press", BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS, ("feetup",))
    made = await gym.exercises.create(7, own)
    await ready.presses(OpenNames(made.id))
    await ready.sends("legless")
    assert (await detail(gym, made.id)).aliases == ("feetup", "legless")
    assert "“bench” leads to Bench Press (Barbell) already." in shown(await ready.sends("bench")).text


@pytest.mark.parametrize("name", ["x" * 101, "\x07"])
async def test_what_can_be_no_name_is_said(ready: Phone, gym: Gym, bench: int, name: str) -> None:
    await ready.presses(OpenNames(bench))
    assert "can't be a name" in shown(await ready.sends(name)).text.replace("&#x27;", "'")
    assert (await detail(gym, bench)).private_aliases == ()


async def test_a_set_is_no_name(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(OpenNames(await exercise_id(gym, "bench")))
    await lifting.sends("100x5")
    assert (await gym.workouts.card(7)).sets == 1


async def test_a_stale_or_forged_press_leads_back_to_the_page(ready: Phone, gym: Gym, bench: int) -> None:
    await ready.presses(OpenExercise(bench))
    for press in (NameAnyway(bench, 5), DropName(bench, 5), OpenStepOf(40_404), OpenRestOf(40_404), Hide(40_404, 1)):
        ready.meets_a_new_process()
        calls = await ready.presses(press)
        assert only(calls, "answerCallbackQuery").parameters["text"]
        assert "<b>Bench Press (Barbell)</b>" in shown(calls).text
