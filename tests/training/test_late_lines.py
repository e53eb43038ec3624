from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from storage.database import Database
from storage.values.change import ChangeKind
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import STRANGER, add_lifter
from training.errors import (
    ChoiceNeededError,
    NotFoundError,
    StaleButtonError,
    UndecidedSetError,
    UnknownExerciseError,
    UnreadableSetError,
)
from training.gym import Gym
from training.notebook import Unwritten
from training.open_workout import Logged
from training.starting import GOES_ON_FOR, JustOver
from training.typed_line import Waiting


@pytest.fixture
async def over(gym: Gym, lifter: int, bench: int) -> JustOver:
    """A workout with one set at the bench, finished just now."""
    card = await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    card = await gym.workouts.card(lifter)
    await gym.workouts.finish(lifter, card.workout_id, card.revision)
    last = await gym.starting.just_over(lifter)
    assert last is not None
    return last


async def test_a_line_opens_the_workout_again_and_is_written_in_it(gym: Gym, lifter: int, over: JustOver) -> None:
    written = await gym.notebook.write_late(lifter, over.workout.workout_id, over.revision, Waiting("102.5x5"))
    assert isinstance(written, Logged)
    assert (written.card.workout_id, written.card.sets) == (over.workout.workout_id, 2)
    undone = await gym.undo.undo(lifter)  # both at once
    assert undone.kind is ChangeKind.LOGGED
    detail = await gym.history.detail(lifter, over.workout.workout_id)
    assert detail.finished_at == over.finished_at
    assert len(detail.executions[0].sets) == 1


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("100,5", UndecidedSetError),
        ("100x", UnreadableSetError),
        ("press", ChoiceNeededError),
        ("hello", UnknownExerciseError),
    ],
)
async def test_what_can_not_be_written_opens_it_to_be_asked_about_there(
    gym: Gym, lifter: int, over: JustOver, *, line: str, error: type[Exception]
) -> None:
    late = await gym.notebook.write_late(lifter, over.workout.workout_id, over.revision, Waiting(line))
    assert isinstance(late, Unwritten)
    assert isinstance(late.refusal, error)
    assert (await gym.workouts.card(lifter)).workout_id == over.workout.workout_id
    assert (await gym.undo.undo(lifter)).kind is ChangeKind.REOPENED
    assert (await gym.lifters.home(lifter)).card is None


async def test_an_answer_is_written_in_the_workout_that_was_opened_for_it(
    gym: Gym, lifter: int, over: JustOver
) -> None:
    late = await gym.notebook.write_late(lifter, over.workout.workout_id, over.revision, Waiting("100,5", 11))
    assert isinstance(late, Unwritten)
    assert isinstance(late.refusal, UndecidedSetError)
    answer = late.refusal.question.options[0].text
    assert (await gym.notebook.write_answer(lifter, late.refusal.asked, answer)).card.sets > 1


async def test_it_is_refused_where_things_have_moved_on(
    gym: Gym, database: Database, lifter: int, over: JustOver
) -> None:
    async def late(whose: int, workout_id: int, revision: int) -> None:
        await gym.notebook.write_late(whose, workout_id, revision, Waiting("100x5"))

    await add_lifter(database, STRANGER)
    refused: list[tuple[type[Exception], Callable[[], Awaitable[None]]]] = [
        (StaleButtonError, lambda: late(lifter, over.workout.workout_id, over.revision + 1)),
        (NotFoundError, lambda: late(lifter, 404, over.revision)),
        (NotFoundError, lambda: late(STRANGER, over.workout.workout_id, over.revision)),
    ]
    for error, call in refused:
        with pytest.raises(error):
            await call()
    opened = await gym.workouts.start(lifter)
    with pytest.raises(StaleButtonError):
        await late(lifter, over.workout.workout_id, over.revision)
    assert (await gym.workouts.card(lifter)).workout_id == opened.workout_id


async def test_a_workout_is_just_over_for_half_a_day(gym: Gym, lifter: int, over: JustOver, clock: FakeClock) -> None:
    assert over.finished_at == MONDAY_EVENING
    clock.advance(GOES_ON_FOR)
    assert await gym.starting.just_over(lifter) is not None
    clock.advance(timedelta(seconds=1))
    assert await gym.starting.just_over(lifter) is None
