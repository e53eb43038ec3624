"""Sets that were typed before it was known what they are of."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.values.change import ChangeKind
from storage.values.exercise import BodyPart, Measure, Modality
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import STRANGER, add_lifter
from training.amending import Amended
from training.errors import NotFoundError, StaleButtonError
from training.exercise_detail import NewExercise
from training.gym import Gym
from training.open_workout import Logged
from training.typed_line import Picked, Waiting


@pytest.fixture
async def latest(gym: Gym, lifter: int, bench: int) -> int:
    """A finished workout: the bench, then a run."""
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    run = NewExercise("Hill run", BodyPart.CARDIO, Modality.CARDIO, Measure.DISTANCE_DURATION)
    await gym.workouts.add_exercise(lifter, (await gym.exercises.create(lifter, run)).id)
    await gym.notebook.write(lifter, "5km 25:00")
    card = await gym.workouts.card(lifter)
    await gym.workouts.finish(lifter, card.workout_id, card.revision)
    return card.workout_id


@pytest.mark.parametrize("typed", [True, False])
async def test_they_are_logged_for_the_exercise_that_is_picked_which_is_one_change(
    gym: Gym, lifter: int, bench: int, *, typed: bool
) -> None:
    waiting = Waiting("100x5x2", 77)
    if typed:
        written = await gym.notebook.pick(lifter, "bench press", 78, waiting=waiting)
    else:
        written = await gym.notebook.write_for(lifter, bench, waiting)
    assert isinstance(written, Logged)
    assert written.card.sets == 2
    assert isinstance(await gym.amending.amend(lifter, 77, "100x4x2", MONDAY_EVENING), Amended)
    await gym.undo.undo(lifter)
    assert (await gym.undo.undo(lifter)).kind is ChangeKind.LOGGED
    assert (await gym.lifters.home(lifter)).card is None


@pytest.mark.parametrize("line", ["100,5", "5km 25:00"])
async def test_what_can_not_be_logged_as_it_stands_leaves_the_exercise_picked(
    gym: Gym, lifter: int, bench: int, line: str
) -> None:
    written = await gym.notebook.write_for(lifter, bench, Waiting(line))
    assert isinstance(written, Picked)
    assert (written.card.exercises, written.card.sets) == (1, 0)


async def test_nobody_elses_exercise_is_picked_for_them(gym: Gym, database: Database, lifter: int, latest: int) -> None:
    run = (await gym.library.search(lifter, "hill run")).choices[0].id
    await add_lifter(database, STRANGER)
    with pytest.raises(NotFoundError):
        await gym.notebook.write_for(STRANGER, run, Waiting("5km 25:00"))
    assert (await gym.lifters.home(STRANGER)).card is None


async def test_the_last_exercise_that_they_read_as_sets_of_is_offered(
    gym: Gym, lifter: int, bench: int, latest: int, clock: FakeClock
) -> None:
    for line, name in (
        ("5km 24:00", "Hill run"),
        ("102.5x5", "Bench press"),
        ("4", "Bench press"),
    ):
        places = await gym.starting.places(lifter, line)
        assert places.exercise is not None
        assert (places.exercise.name, places.latest_id) == (name, latest)
        assert places.over is not None
        assert places.goes_on is (name == "Hill run")
    clock.advance(timedelta(days=1))
    later = await gym.starting.places(lifter, "5km 24:00")
    assert (later.over, later.goes_on) == (None, False)
    assert (await gym.starting.places(lifter, "-20x5")).exercise is None


async def test_there_is_no_place_for_who_has_never_trained(gym: Gym, lifter: int) -> None:
    places = await gym.starting.places(lifter, "100x5")
    assert (places.over, places.exercise, places.latest_id) == (None, None, 0)


async def test_a_new_workout_is_begun_for_them_once(gym: Gym, lifter: int, bench: int, latest: int) -> None:
    async def begin() -> None:
        await gym.notebook.write_new(lifter, latest, bench, Waiting("100x5"))

    await begin()
    with pytest.raises(StaleButtonError):
        await begin()
    card = await gym.workouts.card(lifter)
    assert card.sets == 1
    await gym.workouts.finish(lifter, card.workout_id, card.revision)
    with pytest.raises(StaleButtonError):
        await begin()


@pytest.mark.parametrize("late", [False, True])
async def test_sets_of_several_messages_are_each_of_their_own(gym: Gym, lifter: int, bench: int, *, late: bool) -> None:
    waiting = Waiting("100x5,5", 77).joined_by(Waiting("95x6\n8", 78)).joined_by(Waiting("90x7", 79))
    if late:
        await gym.workouts.add_exercise(lifter, bench)
        await gym.notebook.write(lifter, "60x8")
        card = await gym.workouts.card(lifter)
        await gym.workouts.finish(lifter, card.workout_id, card.revision)
        over = await gym.starting.just_over(lifter)
        assert over is not None
        await gym.notebook.write_late(lifter, card.workout_id, over.revision, waiting)
    else:
        await gym.notebook.write_for(lifter, bench, waiting)
    for message_id, sets in ((77, "101x5,5"), (78, "96x6\n8"), (79, "91x7")):
        amended = await gym.amending.amend(lifter, message_id, sets, MONDAY_EVENING)
        assert isinstance(amended, Amended)
        assert len(amended.exercises[0].entries) == (1 if message_id == 79 else 2)
    current = (await gym.workouts.card(lifter)).current
    assert current is not None
    assert [entry.clean_reps for entry in current.today][-5:] == [5, 5, 6, 8, 7]


def test_what_a_message_says_anew_waits_in_its_place() -> None:
    waiting = Waiting("100x5", 77).joined_by(Waiting("95x6", 78))
    assert waiting.said_anew(77, "105x5\n4") == Waiting("105x5\n4", 77).joined_by(Waiting("95x6", 78))
    assert Waiting("100x5", 77).said_anew(77, "105x5") == Waiting("105x5", 77)
    assert waiting.said_anew(79, "105x5") is None
