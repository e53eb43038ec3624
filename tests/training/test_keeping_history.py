"""Titles, notes and times put right, workouts opened again, and workouts that go."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from storage import changes
from storage.database import Database
from storage.models import Change, ExerciseExecution, RestTimer, Set, Target, Workout
from storage.values.change import ChangeKind
from storage.values.chat import RestState
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import LIFTER, STRANGER, add_lifter, add_rest, add_workout, how_many, kg
from tests.support.training import ready_to_log, told
from training.card import CardPlace
from training.detail import WorkoutDetail
from training.errors import (
    AnotherOpenError,
    FrozenError,
    InvalidValueError,
    NotFoundError,
    StaleButtonError,
    TrainingError,
)
from training.gym import Gym
from training.history import Removed
from training.open_workout import RestMessage
from training.past import PastExercise, PastWorkout

HOUR = timedelta(hours=1)


async def take_back(database: Database, kind: ChangeKind) -> None:
    """Takes back the lifter's last change, which is of this kind."""
    async with database.writing() as session:
        change = await changes.latest(session, LIFTER)
        assert change is not None
        assert change.kind is kind
        await changes.take_back(session, change)


@pytest.fixture
async def finished(database: Database, lifter: int, bench: int) -> int:
    """Two sets of a finished workout."""
    return await add_workout(database, finished=True, performed={bench: [kg(100, 5), kg(95, 6)]})


async def refusal(call: Awaitable[object]) -> object:
    """The error that the call ends with."""
    with pytest.raises(TrainingError) as refused:
        await call
    return refused.value


async def test_a_finished_workout_is_renamed_and_noted_and_that_can_be_taken_back(
    database: Database, gym: Gym, lifter: int, finished: int
) -> None:
    before = await gym.history.detail(lifter, finished)
    described = await gym.history.describe(lifter, finished, title=" Push \n day ", note=" Slept badly.\nCold. ")
    assert (described.title, described.note) == ("Push day", "Slept badly.\nCold.")
    assert described.revision == before.revision + 1
    assert described.executions == before.executions
    assert await gym.history.detail(lifter, finished) == described
    retitled = await gym.history.describe(lifter, finished, title="Pull day")
    assert (retitled.title, retitled.note) == ("Pull day", described.note)
    unnoted = await gym.history.describe(lifter, finished, note="")
    assert (unnoted.title, unnoted.note) == ("Pull day", "")
    await take_back(database, ChangeKind.DESCRIBED)
    assert (await gym.history.detail(lifter, finished)).note == described.note


async def test_titles_and_notes_have_their_longest(gym: Gym, lifter: int, finished: int) -> None:
    longest = await gym.history.describe(lifter, finished, title="x" * 100, note="y" * 1000)
    assert (len(longest.title), len(longest.note)) == (100, 1000)
    for field, limit, call in (
        ("title", 100, gym.history.describe(lifter, finished, title="x" * 101)),
        ("note", 1000, gym.history.describe(lifter, finished, title="Short", note="y" * 1001)),
    ):
        error = await refusal(call)
        assert isinstance(error, InvalidValueError)
        assert (error.field, error.limit) == (field, limit)
    assert await gym.history.detail(lifter, finished) == longest


async def test_a_workout_is_described_only_as_the_pressed_button_showed_it(
    gym: Gym, lifter: int, finished: int
) -> None:
    before = await gym.history.detail(lifter, finished)
    with pytest.raises(StaleButtonError):
        await gym.history.describe(lifter, finished, title="", revision=before.revision - 1)
    assert await gym.history.detail(lifter, finished) == before
    assert (await gym.history.describe(lifter, finished, title="Push", revision=before.revision)).title == "Push"


@pytest.mark.parametrize("text", ["x\0y", "x\ud800y", "x\x1by"])
async def test_what_no_database_takes_is_refused_in_titles_and_notes(
    gym: Gym, lifter: int, finished: int, text: str
) -> None:
    before = await gym.history.detail(lifter, finished)
    for field, call in (
        ("title", gym.history.describe(lifter, finished, title=text)),
        ("note", gym.history.describe(lifter, finished, note=text)),
    ):
        error = await refusal(call)
        assert isinstance(error, InvalidValueError)
        assert (error.field, error.limit) == (field, None)
    assert await gym.history.detail(lifter, finished) == before


async def test_the_times_of_a_finished_workout_are_frozen(gym: Gym, lifter: int, finished: int) -> None:
    before = await gym.history.detail(lifter, finished)
    assert isinstance(await refusal(gym.history.retime(lifter, finished, MONDAY_EVENING - HOUR)), FrozenError)
    assert await gym.history.detail(lifter, finished) == before


async def test_the_start_of_an_open_workout_is_put_right_within_what_can_be(
    database: Database, gym: Gym, clock: FakeClock, lifter: int
) -> None:
    workout_id = await add_workout(database)
    now = clock.advance(2 * HOUR)
    assert (await gym.history.retime(lifter, workout_id, now)).started_at == now
    retimed = await gym.history.retime(lifter, workout_id, MONDAY_EVENING - HOUR, MONDAY_EVENING)
    assert (retimed.started_at, retimed.finished_at, retimed.revision) == (MONDAY_EVENING - HOUR, None, 2)
    for field, started_at, finished_at in (
        ("started_at", now + timedelta(seconds=1), None),
        ("finished_at", now, now + timedelta(seconds=1)),
        ("finished_at", now, now - timedelta(seconds=1)),
        ("finished_at", MONDAY_EVENING + HOUR, None),  # it has been said before that it ended earlier
    ):
        error = await refusal(gym.history.retime(lifter, workout_id, started_at, finished_at))
        assert isinstance(error, InvalidValueError)
        assert error.field == field
    assert await gym.history.detail(lifter, workout_id) == retimed
    async with database.reading() as session:
        assert (await session.get_one(Workout, workout_id)).ends_at == MONDAY_EVENING
    await take_back(database, ChangeKind.DESCRIBED)
    assert (await gym.history.detail(lifter, workout_id)).started_at == now


@pytest.mark.parametrize("reopened", [False, True])
async def test_an_end_that_the_lifter_has_said_is_kept_for_finishing(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, bench: int, reopened: bool
) -> None:
    workout_id = await add_workout(database, finished=reopened, performed={bench: [kg(100, 5)]})
    now = clock.advance(2 * HOUR)
    if reopened:
        await gym.history.reopen(lifter, workout_id)
    ended_at = MONDAY_EVENING + timedelta(minutes=90)
    retimed = await gym.history.retime(lifter, workout_id, MONDAY_EVENING, ended_at)
    retimed = await gym.history.retime(lifter, workout_id, MONDAY_EVENING + timedelta(minutes=30))
    await gym.workouts.finish(lifter, workout_id, retimed.revision)
    finished = await gym.history.detail(lifter, workout_id)
    assert (finished.started_at, finished.finished_at) == (retimed.started_at, ended_at)
    again = await gym.history.reopen(lifter, workout_id)
    await gym.workouts.finish(lifter, workout_id, again.revision)
    assert (await gym.history.detail(lifter, workout_id)).finished_at == now


async def test_a_finished_workout_is_reopened_as_it_was_and_remembers_its_end(
    database: Database, gym: Gym, lifter: int, finished: int
) -> None:
    before = await gym.history.detail(lifter, finished)
    reopened = await gym.history.reopen(lifter, finished)
    assert reopened.finished_at is None
    assert reopened.revision == before.revision + 1
    assert (reopened.started_at, reopened.executions) == (before.started_at, before.executions)
    assert await gym.history.reopen(lifter, finished) == reopened
    assert (await gym.workouts.card(lifter)).workout_id == finished
    async with database.reading() as session:
        assert (await session.get_one(Workout, finished)).finished_before == before.finished_at
    assert await how_many(database, Change) == 1
    await take_back(database, ChangeKind.REOPENED)
    assert (await gym.history.detail(lifter, finished)).finished_at == before.finished_at


async def test_a_workout_is_not_reopened_while_another_is_open(
    database: Database, gym: Gym, lifter: int, finished: int
) -> None:
    another = await add_workout(database)
    before = await gym.history.detail(lifter, finished)
    error = await refusal(gym.history.reopen(lifter, finished))
    assert isinstance(error, AnotherOpenError)
    assert error.workout_id == another
    assert await gym.history.detail(lifter, finished) == before


async def test_of_reopenings_at_the_same_time_one_wins_and_the_others_are_told_which(
    database: Database, gym: Gym, lifter: int
) -> None:
    ids = [await add_workout(database, finished=True) for _ in range(6)]
    answers = await asyncio.gather(
        *(gym.history.reopen(lifter, workout_id) for workout_id in ids), return_exceptions=True
    )
    (opened,) = [answer for answer in answers if isinstance(answer, WorkoutDetail)]
    told_of = [answer.workout_id for answer in answers if isinstance(answer, AnotherOpenError)]
    assert told_of == [opened.id] * 5
    assert await how_many(database, Change) == 1


async def test_discarding_deletes_the_open_workout_with_everything_and_ends_its_rest(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    timer_id = await told(database, 501)
    async with database.writing() as session:
        workout = await session.get_one(Workout, card.workout_id)
        workout.card_message_id, workout.messages_below = 77, 2
        execution_id = logged.card.current.execution_id if logged.card.current else 0
        session.add(Target(execution_id=execution_id, position=0, entry=kg(100, 5)))
    whole = await gym.history.detail(lifter, card.workout_id)
    removed = await gym.history.discard(lifter, card.workout_id, logged.card.revision)
    assert removed == Removed(CardPlace(77, 2), (RestMessage(timer_id, 501),))
    left = [await how_many(database, model) for model in (Workout, ExerciseExecution, Set, Target, RestTimer)]
    assert left == [1, 1, 2, 0, 0]
    await take_back(database, ChangeKind.DELETED)
    back = await gym.history.detail(lifter, card.workout_id)
    assert (back.started_at, back.finished_at, back.executions) == (whole.started_at, None, whole.executions)


async def test_discarding_needs_the_button_of_the_open_workout_as_it_is(
    database: Database, gym: Gym, lifter: int, finished: int
) -> None:
    await add_lifter(database, STRANGER)
    workout_id = await add_workout(database)
    for who, which, revision in (
        (lifter, workout_id, 1),
        (lifter, finished, 0),
        (lifter, 404, 0),
        (STRANGER, workout_id, 0),
    ):
        assert isinstance(await refusal(gym.history.discard(who, which, revision)), StaleButtonError)
    assert await how_many(database, Workout) == 2
    await gym.history.discard(lifter, workout_id, 0)
    assert isinstance(await refusal(gym.history.discard(lifter, workout_id, 0)), StaleButtonError)


async def test_deleting_a_finished_workout_takes_its_sets_and_leaves_the_rest_of_the_open_one(
    database: Database, gym: Gym, lifter: int, finished: int, squat: int
) -> None:
    whole = await gym.history.detail(lifter, finished)
    open_id = await add_workout(database, performed={squat: [kg(140, 3)]})
    open_one = await gym.history.detail(lifter, open_id)
    await add_rest(database, open_one.executions[0].id)
    assert await gym.history.delete(lifter, finished) == Removed(CardPlace(None, 0), ())
    assert isinstance(await refusal(gym.history.detail(lifter, finished)), NotFoundError)
    assert await gym.history.detail(lifter, open_id) == replace(open_one, revision=1)
    assert [await how_many(database, model) for model in (Workout, ExerciseExecution, Set, RestTimer)] == [1, 1, 1, 1]
    await take_back(database, ChangeKind.DELETED)
    assert await gym.history.detail(lifter, finished) == whole


async def test_deleting_the_open_workout_ends_its_rest(database: Database, gym: Gym, lifter: int, squat: int) -> None:
    workout_id = await add_workout(database, performed={squat: [kg(140, 3)]})
    execution_id = (await gym.history.detail(lifter, workout_id)).executions[0].id
    timer_id = await add_rest(database, execution_id, state=RestState.RUNG, message_id=501)
    assert (await gym.history.delete(lifter, workout_id)).outdated == (RestMessage(timer_id, 501),)
    assert [await how_many(database, model) for model in (Workout, Set, RestTimer)] == [0, 0, 0]


async def test_what_happens_to_several_workouts_at_once_never_blocks_itself(
    gym: Gym, clock: FakeClock, lifter: int, bench: int
) -> None:
    past = PastWorkout(clock(), [PastExercise(bench, [kg(60, 8)])])
    for number in range(20):
        if number % 2:
            await gym.workouts.start(lifter)
        entered = await gym.history.enter_past(lifter, past)
        await gym.history.describe(lifter, entered.id, note="tired")
        for outcome in await asyncio.gather(
            gym.undo.undo(lifter),
            gym.history.reopen(lifter, entered.id),
            gym.history.start_from(lifter, entered.id),
            gym.history.delete(lifter, entered.id),
            return_exceptions=True,
        ):
            assert isinstance(outcome, TrainingError) or not isinstance(outcome, BaseException)


async def test_a_button_logs_what_it_showed_or_nothing_when_another_workout_comes_or_goes(
    gym: Gym, clock: FakeClock, lifter: int, bench: int, finished: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    past = PastWorkout(clock.advance(timedelta(hours=2)), [PastExercise(bench, [kg(60, 8)])])

    async def assert_outdated(change: Awaitable[object]) -> None:
        nonlocal card
        await change
        now = await gym.workouts.card(lifter)
        assert (card.current and card.current.suggestion) != (now.current and now.current.suggestion)
        with pytest.raises(StaleButtonError):
            await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
        card = now

    await assert_outdated(gym.history.enter_past(lifter, past))
    await assert_outdated(gym.undo.undo(lifter))
    await assert_outdated(gym.history.delete(lifter, finished))


@pytest.mark.parametrize("missing", [False, True])
async def test_nobody_changes_a_workout_that_is_not_theirs(
    database: Database, gym: Gym, lifter: int, finished: int, missing: bool
) -> None:
    await add_lifter(database, STRANGER)
    who, which = (lifter, 404) if missing else (STRANGER, finished)
    before = await gym.history.detail(lifter, finished)
    calls: list[Callable[[], Awaitable[object]]] = [
        lambda: gym.history.describe(who, which, title="Mine"),
        lambda: gym.history.retime(who, which, MONDAY_EVENING),
        lambda: gym.history.reopen(who, which),
        lambda: gym.history.delete(who, which),
        lambda: gym.history.start_from(who, which),
    ]
    for call in calls:
        assert isinstance(await refusal(call()), NotFoundError)
    assert await gym.history.detail(lifter, finished) == before
    assert await how_many(database, Change) == 0
    assert await how_many(database, Workout) == 1
