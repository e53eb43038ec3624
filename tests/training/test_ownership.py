"""Whatever id a stranger sends, the answer is that of an id that doesn't exist, and nothing changes."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.values.chat import RestState
from storage.values.exercise import BodyPart
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_execution, add_exercise, add_lifter, add_rest, add_workout, kg
from training.card import Card, CardPlace
from training.errors import Asked, NoOpenWorkoutError, NotFoundError, StaleButtonError
from training.gym import Gym
from training.workouts import Finished


@pytest.fixture
async def owners_card(database: Database, gym: Gym, lifter: int, bench: int) -> Card:
    """The open workout of the lifter, with a suggestion; the stranger has none."""
    await add_lifter(database, STRANGER)
    last_week = MONDAY_EVENING - timedelta(days=7)
    await add_workout(database, started_at=last_week, finished=True, performed={bench: [kg(100, 5)]})
    return await gym.workouts.add_exercise(lifter, bench)


@pytest.fixture(params=[False, True])
async def stranger(request: pytest.FixtureRequest, gym: Gym, owners_card: Card, bench: int) -> int:
    """Once without and once with an open workout of their own."""
    if request.param:
        await gym.workouts.add_exercise(STRANGER, bench)
    return STRANGER


async def test_a_stranger_can_not_log_the_suggestion(gym: Gym, owners_card: Card, stranger: int) -> None:
    with pytest.raises(StaleButtonError):
        await gym.workouts.log_suggested(stranger, owners_card.workout_id, owners_card.revision)
    assert await gym.workouts.card(LIFTER) == owners_card


async def test_a_stranger_can_not_finish(gym: Gym, owners_card: Card, stranger: int) -> None:
    with pytest.raises(StaleButtonError):
        await gym.workouts.finish(stranger, owners_card.workout_id, owners_card.revision)
    assert await gym.workouts.card(LIFTER) == owners_card


async def test_a_stranger_can_not_answer_a_question(gym: Gym, owners_card: Card, stranger: int) -> None:
    with pytest.raises(StaleButtonError):
        await gym.notebook.write_answer(stranger, Asked(owners_card.workout_id, owners_card.revision), "100x5")
    assert await gym.workouts.card(LIFTER) == owners_card


async def test_a_stranger_can_not_be_told_about_a_finished_workout(
    gym: Gym, lifter: int, owners_card: Card, stranger: int
) -> None:
    await gym.workouts.log_suggested(lifter, owners_card.workout_id, owners_card.revision)
    card = await gym.workouts.card(lifter)
    await gym.workouts.finish(lifter, card.workout_id, card.revision)
    nothing = Finished(None, CardPlace(None, 0), ())
    assert await gym.workouts.finished(stranger, card.workout_id) == nothing
    assert await gym.workouts.finished(stranger, 404) == nothing


async def test_where_somebody_elses_card_stands_is_not_told(gym: Gym, stranger: int, owners_card: Card) -> None:
    for workout_id in (owners_card.workout_id, 404):
        with pytest.raises(NotFoundError):
            await gym.workouts.place(stranger, workout_id)


async def test_a_stranger_has_no_card_of_the_lifters(gym: Gym, owners_card: Card) -> None:
    with pytest.raises(NoOpenWorkoutError):
        await gym.workouts.card(STRANGER)
    assert (await gym.lifters.home(STRANGER)).card is None


async def test_a_strangers_card_shows_nothing_of_the_lifters_last_time(gym: Gym, owners_card: Card, bench: int) -> None:
    current = (await gym.workouts.add_exercise(STRANGER, bench)).current
    assert current is not None
    assert (current.last_time, current.suggestion) == (None, None)


async def test_a_stranger_can_neither_pick_nor_find_an_exercise_that_is_the_lifters_own(
    database: Database, gym: Gym, owners_card: Card, stranger: int
) -> None:
    own = await add_exercise(database, "Secret press", owner=LIFTER, aliases=["hush"])
    with pytest.raises(NotFoundError):
        await gym.workouts.add_exercise(stranger, own)
    for write in (gym.notebook.write, gym.notebook.pick, gym.notebook.write_set):
        for text in ("secret press", "hush"):
            with pytest.raises(Exception) as refused:  # noqa: PT011 -- which one is compared below
                await write(stranger, text)
            with pytest.raises(type(refused.value)):
                await write(stranger, "no such press")
    names = [choice.name for choice in (await gym.library.browse(stranger, BodyPart.CHEST, 0)).choices]
    assert names == ["Bench press"]


async def test_a_stranger_is_told_nothing_of_the_lifters_rests(
    database: Database, gym: Gym, owners_card: Card, stranger: int
) -> None:
    execution = await add_execution(database, name="Curl")
    timer_id = await add_rest(database, execution, state=RestState.RUNG)
    await add_rest(database, execution, state=RestState.ENDED, message_id=501)
    assert await gym.rests.over(LIFTER, timer_id) is not None
    assert await gym.rests.over(stranger, timer_id) is None
    assert await gym.rests.outdated(stranger) == ()
