import asyncio
from datetime import timedelta

import pytest

from storage.catalogue import built_in
from storage.database import Database
from storage.models import ExerciseExecution
from storage.values.change import ChangeKind
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.name_key import name_key
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from tests.support.statements import counted
from training.basics import BASICS
from training.errors import (
    InvalidValueError,
    MeasureMismatchError,
    NameTakenError,
    NoOpenWorkoutError,
    NotFoundError,
    StaleButtonError,
    UnitNotChosenError,
    UnknownExerciseError,
)
from training.exercise_detail import NewExercise
from training.gym import Gym
from training.library import PAGE_SIZE
from training.making import usual_measure
from training.matches import Choice
from training.open_workout import Logged
from training.picking import MOST_SUGGESTED, UsualPage
from training.swapping import InsteadOf
from training.typed_line import Picked


async def swap_place(gym: Gym, lifter: int = LIFTER) -> InsteadOf:
    card = await gym.workouts.card(lifter)
    assert card.current is not None
    return InsteadOf(card.current.execution_id, card.revision)


async def current_name(gym: Gym) -> str | None:
    card = await gym.workouts.card(LIFTER)
    return None if card.current is None else card.current.name


def names(choices: tuple[Choice, ...]) -> list[str]:
    return [choice.name for choice in choices]


def test_the_basics_are_in_the_catalogue_and_of_every_body_part() -> None:
    catalogue = {name_key(entry.name): entry for entry in built_in()}
    assert set(BASICS) <= catalogue.keys()
    assert len(set(BASICS)) == len(BASICS)
    assert {catalogue[key].body_part for key in BASICS} == set(BodyPart)
    assert len({catalogue[key].body_part for key in BASICS[:3]}) == 3


@pytest.mark.stocked
async def test_a_beginner_is_offered_what_most_people_do(gym: Gym, lifter: int) -> None:
    suggested = await gym.picking.suggested(lifter)
    assert [name_key(name) for name in names(suggested.choices)] == list(BASICS[:MOST_SUGGESTED])
    assert not suggested.more
    legs = await gym.library.browse(lifter, BodyPart.LEGS, 0)
    assert names(legs.choices)[:3] == ["Squat (Barbell)", "Leg Press (Machine)", "Romanian Deadlift (Barbell)"]
    assert await gym.picking.usual(lifter, 0) == UsualPage((), 0, 1)


async def test_without_a_library_nothing_is_suggested(gym: Gym, lifter: int) -> None:
    assert (await gym.picking.suggested(lifter)).choices == ()


@pytest.mark.stocked
async def test_what_is_used_most_and_latest_is_suggested_first_and_what_is_in_the_workout_is_not(
    database: Database, gym: Gym, lifter: int
) -> None:
    a, b, c, old = [await add_exercise(database, name) for name in ("A", "B", "C", "Old")]
    for days, performed in ((2, [a, b]), (4, [a, b, c]), (7, [b]), *((200 + day, [old]) for day in range(9))):
        started_at = MONDAY_EVENING - timedelta(days=days)
        await add_workout(database, started_at=started_at, finished=True, performed={it: [] for it in performed})
    await gym.workouts.add_exercise(lifter, a)
    suggested = await gym.picking.suggested(lifter)
    assert names(suggested.choices) == ["B", "C", "Old", "Squat (Barbell)", "Bench Press (Barbell)"]
    assert names((await gym.picking.usual(lifter, 0)).choices) == ["A", "B", "C", "Old"]


async def test_all_that_is_used_is_listed_page_by_page(database: Database, gym: Gym, lifter: int) -> None:
    used = [await add_exercise(database, f"Press {number}") for number in range(PAGE_SIZE + 1)]
    await add_workout(database, finished=True, performed={it: [] for it in used})
    assert (await gym.picking.suggested(lifter)).more
    pages = [await gym.picking.usual(lifter, page) for page in (0, 1, 99)]
    assert [choice.id for page in pages[:2] for choice in page.choices] == used
    assert (pages[1].page, pages[1].pages) == (1, 2)
    assert pages[2] == pages[1]


async def test_what_shares_most_with_an_unknown_name_is_nearest(database: Database, gym: Gym, lifter: int) -> None:
    for name in ("Back squat", "Split squat", "Bench press"):
        await add_exercise(database, name)
    await add_exercise(database, "Zercher squat", owner=await add_lifter(database, STRANGER))
    assert names(await gym.library.nearest(lifter, "bulgarian splits")) == ["Split squat"]
    assert names(await gym.library.nearest(lifter, "Zercher squat")) == ["Back squat", "Split squat"]


@pytest.mark.parametrize("text", ["", "quidditch", "a b", "🔥🔥🔥", "\0\0\0\0", "x" * 5000, "%%% ___"])
async def test_what_shares_nothing_has_no_nearest(database: Database, gym: Gym, lifter: int, text: str) -> None:
    await add_exercise(database, "Back squat")
    assert await gym.library.nearest(lifter, text) == ()


@pytest.mark.parametrize("part", BodyPart)
@pytest.mark.parametrize("modality", Modality)
def test_every_kind_of_exercise_has_a_usual_measure(part: BodyPart, modality: Modality) -> None:
    assert usual_measure(part, modality) in Measure


def test_the_usual_measure_is_the_catalogues_for_most_of_a_modality() -> None:
    for modality in Modality:
        entries = [entry for entry in built_in() if entry.modality is modality]
        as_usual = [it for it in entries if it.measure is usual_measure(it.body_part, modality)]
        assert 2 * len(as_usual) >= len(entries) or modality is Modality.OTHER


async def test_an_exercise_that_is_created_is_the_lifters_own_and_current(gym: Gym, lifter: int) -> None:
    made = await gym.picking.create(lifter, "  Zercher   squat ", BodyPart.LEGS, Modality.BARBELL)
    assert (made.exercise.name, made.exercise.measure, made.exercise.is_system) == (
        "Zercher squat",
        Measure.WEIGHT_REPS,
        False,
    )
    assert made.card == await gym.workouts.card(lifter)
    assert await current_name(gym) == "Zercher squat"


async def test_creating_adds_to_the_open_workout(gym: Gym, lifter: int, bench: int) -> None:
    before = await gym.workouts.add_exercise(lifter, bench)
    card = (await gym.picking.create(lifter, "Zercher squat", BodyPart.LEGS, Modality.BARBELL)).card
    assert (card.workout_id, card.exercises) == (before.workout_id, 2)


async def test_of_two_creations_at_once_one_makes_the_exercise(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    wanted = [gym.picking.create(lifter, name, BodyPart.LEGS, Modality.BARBELL) for name in ("Zercher", "zercher")]
    results = await asyncio.gather(*wanted, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Created", "NameTakenError"]
    assert (await gym.workouts.card(lifter)).exercises == 2


async def test_a_name_that_is_taken_creates_nothing_and_starts_nothing(gym: Gym, lifter: int, bench: int) -> None:
    with pytest.raises(NameTakenError) as refusal:
        await gym.picking.create(lifter, "BENCH  press", BodyPart.LEGS, Modality.BARBELL)
    assert refusal.value.existing == Choice(bench, "Bench press")
    with pytest.raises(NoOpenWorkoutError):
        await gym.workouts.card(lifter)


@pytest.mark.parametrize("name", ["", "x" * 101, "\0"])
async def test_a_name_that_can_not_be_creates_nothing(gym: Gym, lifter: int, name: str) -> None:
    with pytest.raises(InvalidValueError):
        await gym.picking.create(lifter, name, BodyPart.LEGS, Modality.BARBELL)


async def test_before_the_unit_is_chosen_nothing_is_created(database: Database, gym: Gym) -> None:
    await add_lifter(database, unit=None)
    with pytest.raises(UnitNotChosenError):
        await gym.picking.create(LIFTER, "Zercher", BodyPart.LEGS, Modality.BARBELL)
    assert (await gym.library.search(LIFTER, "zercher")).total == 0


async def test_a_creation_is_taken_back_in_two_steps(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.picking.create(lifter, "Zercher squat", BodyPart.LEGS, Modality.BARBELL)
    assert (await gym.undo.undo(lifter)).kind is ChangeKind.EXERCISE_ADDED
    assert await current_name(gym) == "Bench press"
    assert (await gym.library.search(lifter, "zercher")).total == 1
    assert (await gym.undo.undo(lifter)).kind is ChangeKind.LIBRARY
    assert (await gym.library.search(lifter, "zercher")).total == 0


async def test_what_is_created_for_a_swap_takes_that_place(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    place = await swap_place(gym)
    made = await gym.picking.create(lifter, "Larsen press", BodyPart.CHEST, Modality.BARBELL, place)
    assert (made.card.exercises, made.card.sets) == (1, 1)
    assert await current_name(gym) == "Larsen press"
    assert (await gym.undo.undo(lifter)).kind is ChangeKind.EXERCISE_CHANGED
    assert await current_name(gym) == "Bench press"


async def test_what_can_not_take_the_place_is_not_created_either(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    place = await swap_place(gym)
    await gym.notebook.write(lifter, "100x5")
    with pytest.raises(StaleButtonError):
        await gym.picking.create(lifter, "Larsen press", BodyPart.CHEST, Modality.BARBELL, place)
    with pytest.raises(MeasureMismatchError):
        await gym.picking.create(lifter, "Run", BodyPart.CARDIO, Modality.CARDIO, await swap_place(gym))
    assert (await gym.library.search(lifter, "")).total == 1


async def test_swapping_keeps_the_sets_and_drops_what_was_turned(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    place = await swap_place(gym)
    await gym.next_set.change_kind(lifter, place.execution_id)
    card = await gym.picking.swap(lifter, await swap_place(gym), squat)
    assert card.current is not None
    assert (card.current.name, card.current.today) == ("Back squat", (kg(100, 5),))
    assert card == await gym.workouts.card(lifter)
    async with database.reading() as session:
        assert (await session.get_one(ExerciseExecution, place.execution_id)).turned is None


async def test_a_swap_by_a_button_of_an_older_card_changes_nothing(
    gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    place = await swap_place(gym)
    await gym.picking.swap(lifter, place, squat)
    with pytest.raises(StaleButtonError):
        await gym.picking.swap(lifter, place, bench)
    await gym.notebook.write(lifter, "100x5")
    place, card = await swap_place(gym), await gym.workouts.card(lifter)
    await gym.workouts.finish(lifter, card.workout_id, card.revision)
    with pytest.raises(StaleButtonError):
        await gym.picking.swap(lifter, place, bench)
    with pytest.raises(NotFoundError):
        await gym.picking.swap_offer(lifter, place.execution_id)


async def test_a_stranger_swaps_nothing_and_is_shown_nothing(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await add_lifter(database, STRANGER)
    await gym.workouts.add_exercise(lifter, bench)
    place = await swap_place(gym)
    await gym.workouts.add_exercise(STRANGER, bench)
    for wrong in (place, InsteadOf(404, 1)):
        with pytest.raises(NotFoundError):
            await gym.picking.swap(STRANGER, wrong, squat)
        with pytest.raises(NotFoundError):
            await gym.picking.create(STRANGER, "Mine", BodyPart.LEGS, Modality.BARBELL, wrong)
        with pytest.raises(NotFoundError):
            await gym.picking.swap_offer(STRANGER, wrong.execution_id)
        with pytest.raises(NotFoundError):
            await gym.notebook.pick(STRANGER, "squat", instead_of=wrong)
    theirs = await add_exercise(database, "Theirs", owner=STRANGER)
    with pytest.raises(NotFoundError):
        await gym.picking.swap(lifter, place, theirs)
    assert await current_name(gym) == "Bench press"


async def test_what_is_offered_for_a_swap_is_of_the_same_body_part(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    dips = await add_exercise(database, "Dips")
    fly = await add_exercise(database, "Fly")
    await add_workout(
        database, started_at=MONDAY_EVENING - timedelta(days=3), finished=True, performed={fly: [], squat: []}
    )
    await gym.workouts.add_exercise(lifter, dips)
    card = await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    place = await swap_place(gym)
    offer = await gym.picking.swap_offer(lifter, place.execution_id)
    assert (offer.name, offer.part, offer.sets, offer.instead_of) == ("Bench press", BodyPart.CHEST, 1, place)
    assert offer.card == await gym.workouts.card(lifter) != card
    # The squat that is known here is of the chest by default, too.
    assert names(offer.suggested) == ["Back squat", "Fly"]


async def test_a_typed_name_takes_the_place_and_a_typed_set_is_logged(
    gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    place = await swap_place(gym)
    assert isinstance(await gym.notebook.pick(lifter, "back squa", instead_of=place), Picked)
    assert (await gym.workouts.card(lifter)).exercises == 1
    assert await current_name(gym) == "Back squat"
    assert isinstance(await gym.notebook.pick(lifter, "100x5", instead_of=place), Logged)
    with pytest.raises(StaleButtonError):
        await gym.notebook.pick(lifter, "bench", instead_of=place)


@pytest.mark.parametrize("text", ["quidditch", "zercher squats on one leg"])
async def test_words_that_name_nothing_are_an_unknown_exercise_and_no_unreadable_set(
    gym: Gym, lifter: int, bench: int, text: str
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    with pytest.raises(UnknownExerciseError) as refusal:
        await gym.notebook.write(lifter, text)
    assert refusal.value.text == text


async def test_an_archived_name_of_ones_own_is_taken(gym: Gym, lifter: int) -> None:
    made = await gym.exercises.create(
        lifter, NewExercise("Zercher", BodyPart.LEGS, Modality.BARBELL, Measure.WEIGHT_REPS)
    )
    await gym.exercises.archive(lifter, made.id)
    with pytest.raises(NameTakenError) as refusal:
        await gym.picking.create(lifter, "zercher", BodyPart.LEGS, Modality.BARBELL)
    assert refusal.value.existing.id == made.id


@pytest.mark.stocked
async def test_what_is_offered_first_takes_few_statements(database: Database, gym: Gym, lifter: int) -> None:
    card = await gym.workouts.add_exercise(lifter, (await gym.library.search(lifter, "bench")).choices[0].id)
    assert card.current is not None
    looks = [
        (gym.picking.suggested(lifter), 3),
        (gym.picking.usual(lifter, 0), 1),
        (gym.library.browse(lifter, BodyPart.CHEST, 0), 2),
        (gym.picking.swap_offer(lifter, card.current.execution_id), 8),
    ]
    for look, most in looks:
        with counted(database) as statements:
            await look
        assert 0 < len(statements) <= most, [statement.text for statement in statements]
