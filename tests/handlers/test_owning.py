"""Making and changing exercises of one's own in the library, by mocked updates."""

from __future__ import annotations

import pytest

from handlers.creating.buttons import mark_of
from handlers.exercises.buttons import OpenExercise
from handlers.owning.buttons import (
    AskHow,
    AskNewName,
    AskOwnName,
    ChooseTrait,
    DeleteOwn,
    OpenEdit,
    OwnModality,
    PutAway,
    RenameAnyway,
    TakeBackOut,
    TakeMeasure,
    TakePart,
    Trait,
)
from storage.database import Database
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.finding import Owned, SearchFilter
from tests.handlers.test_exercises import exercise_id
from tests.support.phone import Phone, labels, only, shown, tap
from tests.support.rows import add_workout, kg
from training.errors import NotFoundError
from training.exercise_detail import ExerciseDetail, NewExercise
from training.gym import Gym

OWN = NewExercise("Legless press", BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS)


@pytest.fixture
async def own(ready: Phone, gym: Gym) -> int:
    return (await gym.exercises.create(7, OWN)).id


async def detail(gym: Gym, exercise: int) -> ExerciseDetail:
    return await gym.exercises.get(7, exercise)


async def all_own(gym: Gym) -> list[str]:
    page = await gym.library.search(7, "", SearchFilter(owned=Owned.OWN))
    return [choice.name for choice in page.choices]


async def test_an_exercise_is_made_without_a_workout_in_two_taps_after_its_name(ready: Phone, gym: Gym) -> None:
    question = await tap(ready, only(await ready.sends("/exercises"), "sendMessage"), "➕ Make your own")
    assert "What is your exercise called?" in question.text
    parts = shown(await ready.sends("Steinborn squat"))
    page = await tap(ready, await tap(ready, parts, "Legs"), "Barbell")
    assert "✓ Created." in page.text
    assert "<b>Steinborn squat</b>\nLegs · Barbell · logged by weight and reps" in page.text
    assert (await gym.lifters.home(7)).card is None


async def test_from_a_search_that_finds_nothing_it_is_made_of_what_was_typed(ready: Phone, gym: Gym) -> None:
    await ready.sends("/exercises")
    parts = await tap(ready, shown(await ready.sends("Qqqq press")), "➕ Create “Qqqq press”")
    await tap(ready, await tap(ready, parts, "Chest"), "Cable")
    assert await all_own(gym) == ["Qqqq press"]


async def test_tapping_twice_makes_one_and_shows_it(ready: Phone, gym: Gym) -> None:
    await ready.presses(AskNewName())
    await ready.sends("Steinborn squat")
    press = OwnModality(mark_of("Steinborn squat"), BodyPart.LEGS, Modality.BARBELL)
    for _ in range(3):
        ready.meets_a_new_process()
        page = shown(await ready.presses(press))
    assert "<b>Steinborn squat</b>" in page.text
    assert await all_own(gym) == ["Steinborn squat"]


async def test_a_name_that_is_there_or_can_not_be_is_said(ready: Phone, gym: Gym) -> None:
    await ready.presses(AskNewName())
    assert "can't be a name" in shown(await ready.sends("#1")).text
    parts = shown(await ready.sends("Bench"))
    taken = await tap(ready, await tap(ready, parts, "Chest"), "Barbell")
    assert "“Bench” leads to <b>Bench Press (Barbell)</b> already." in taken.text
    assert await all_own(gym) == []


async def test_it_is_renamed_by_typing(ready: Phone, gym: Gym, own: int) -> None:
    page = shown(await ready.presses(OpenExercise(own)))
    await tap(ready, await tap(ready, page, "✎ Edit"), "Name")
    assert "<b>Legless bench</b>" in shown(await ready.sends("Legless  bench")).text
    assert (await detail(gym, own)).name == "Legless bench"


async def test_a_name_that_everybody_knows_is_asked_about(ready: Phone, gym: Gym, own: int) -> None:
    await ready.presses(AskOwnName(own))
    question = shown(await ready.sends("Bench Press (Barbell)"))
    assert (await detail(gym, own)).name == "Legless press"
    await tap(ready, question, "Yes, call it so")
    assert (await detail(gym, own)).name == "Bench Press (Barbell)"
    other = (await gym.exercises.create(7, NewExercise("Mine", OWN.body_part, OWN.modality, OWN.measure))).id
    await ready.presses(AskOwnName(own))
    assert "You have “mine” for Mine already." in shown(await ready.sends("mine")).text
    assert "can't be a name" in shown(await ready.sends("x" * 101)).text
    assert (await detail(gym, other)).name == "Mine"


async def test_how_it_is_done_is_typed_and_removed(ready: Phone, gym: Gym, own: int) -> None:
    await ready.presses(AskHow(own))
    assert "Legs straight." in shown(await ready.sends("Legs straight.\nPause.")).text
    assert (await detail(gym, own)).how == "Legs straight.\nPause."
    await ready.presses(AskHow(own))
    assert "at most 1000" in shown(await ready.sends("x" * 1001)).text
    ready.meets_a_new_process()
    await tap(ready, shown(await ready.presses(AskHow(own))), "✕ Say nothing")
    assert (await detail(gym, own)).how == ""


async def test_body_part_equipment_and_measure_are_chosen_from_lists(ready: Phone, gym: Gym, own: int) -> None:
    for trait, choice in ((Trait.PART, "Triceps"), (Trait.MODALITY, "Machine"), (Trait.MEASURE, "Time")):
        question = shown(await ready.presses(ChooseTrait(own, trait)))
        assert sum(label.startswith("• ") for label in labels(question)) == 1
        assert "✓ Changed." in (await tap(ready, question, choice)).text
    it = await detail(gym, own)
    assert (it.body_part, it.modality, it.measure) == (BodyPart.TRICEPS, Modality.MACHINE, Measure.DURATION)


async def test_with_sets_the_measure_stays_and_that_is_said(
    ready: Phone, gym: Gym, own: int, database: Database
) -> None:
    await add_workout(database, finished=True, performed={own: [kg(100, 5)]})
    page = shown(await ready.presses(TakeMeasure(own, Measure.DURATION)))
    assert "It stays logged by weight and reps" in page.text


async def test_archived_it_is_listed_as_such_and_comes_back(ready: Phone, gym: Gym, own: int) -> None:
    archived = shown(await ready.presses(PutAway(own)))
    assert "🗄 Archived" in archived.text
    assert labels(archived) == ["↺ Bring it back", "‹ Back"]
    shelf = await tap(ready, only(await ready.sends("/exercises"), "sendMessage"), "Archived (1)")
    back = await tap(ready, await tap(ready, shelf, "Legless press"), "↺ Bring it back")
    assert "It is in your lists again." in back.text
    assert not (await detail(gym, own)).is_archived


async def test_deleting_asks_and_can_be_taken_back(ready: Phone, gym: Gym, own: int) -> None:
    question = await tap(ready, shown(await ready.presses(OpenEdit(own))), "🗑 Delete")
    assert (await detail(gym, own)).name == "Legless press"
    assert "is deleted" in (await tap(ready, question, "🗑 Delete it")).text
    with pytest.raises(NotFoundError):
        await detail(gym, own)
    await ready.sends("/undo")
    assert (await detail(gym, own)).name == "Legless press"


async def test_what_history_refers_to_is_not_deleted_and_archiving_is_offered(
    ready: Phone, gym: Gym, own: int, database: Database
) -> None:
    await add_workout(database, finished=True, performed={own: [kg(100, 5)]})
    refused = shown(await ready.presses(DeleteOwn(own)))
    assert "stands in one of your workouts" in refused.text
    assert labels(refused)[0] == "🗄 Archive it"


async def test_what_everybody_sees_is_not_edited(ready: Phone, gym: Gym) -> None:
    bench = await exercise_id(gym, "bench")
    before = await detail(gym, bench)
    assert "✎ Edit" not in labels(shown(await ready.presses(OpenExercise(bench))))
    for press in (
        OpenEdit(bench),
        TakePart(bench, BodyPart.CORE),
        PutAway(bench),
        TakeBackOut(bench),
        DeleteOwn(bench),
        AskHow(bench),
        RenameAnyway(bench, 1),
    ):
        ready.meets_a_new_process()
        calls = await ready.presses(press)
        assert only(calls, "answerCallbackQuery").parameters["text"]
        assert "<b>Bench Press (Barbell)</b>" in shown(calls).text
    assert await detail(gym, bench) == before
