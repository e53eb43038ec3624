"""Whatever several lifters do, in whatever order, the gym does what a plain model of its rules does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.values.exercise import Measure
from tests.support.clock import FakeClock
from tests.support.rows import add_exercise, add_lifter
from tests.training.model.calls import Call, Caller
from tests.training.model.comparing import Comparison
from tests.training.model.editing import Broken, ModelEditing, records_of
from tests.training.model.history import ModelHistory
from tests.training.model.state import ModelExercise, ModelSet, ModelState
from tests.training.model.workouts import ModelWorkouts
from training.edit import Edited
from training.errors import (
    AnotherOpenError,
    InvalidSetError,
    InvalidValueError,
    MeasureMismatchError,
    TrainingError,
)
from training.gym import Gym
from training.open_workout import Logged

EXAMPLES = 12
"""Sequences that a run tries on each database. To look for what these don't find, try hundreds by hand."""

STEPS = 40

NEW_LIFTERS = count(100_000)

SAID_WITH_FIELDS = (AnotherOpenError, InvalidSetError, InvalidValueError, MeasureMismatchError)

PAUSES = [timedelta(seconds=1), timedelta(minutes=2), timedelta(hours=3), timedelta(days=2), timedelta(days=31)]
OFTEN_SHORT = [*PAUSES[:2] * 10, *PAUSES]


@dataclass(frozen=True)
class Model:
    """The gym's services as far as the model has them."""

    workouts: ModelWorkouts
    notebook: ModelWorkouts
    editing: ModelEditing
    history: ModelHistory
    undo: ModelHistory


def model_of(state: ModelState) -> Model:
    workouts, history = ModelWorkouts(state), ModelHistory(state)
    return Model(workouts, workouts, ModelEditing(state), history, history)


@pytest.fixture
async def shared(database: Database) -> list[ModelExercise]:
    """System exercises; the last one is archived."""
    found = []
    for name, measure, archived in (
        ("Bench press", Measure.WEIGHT_REPS, False),
        ("Squat", Measure.WEIGHT_REPS, False),
        ("Chin-up", Measure.BODYWEIGHT_REPS, False),
        ("Plank", Measure.DURATION, False),
        ("Abandoned", Measure.WEIGHT_REPS, True),
    ):
        exercise_id = await add_exercise(database, name, measure=measure, archived=archived)
        found.append(ModelExercise(exercise_id, name, measure, archived=archived))
    return found


async def new_state(database: Database, clock: FakeClock, shared: list[ModelExercise], lifters: int) -> ModelState:
    """Lifters who have done nothing yet, each with an exercise of their own."""
    state = ModelState(clock, {exercise.id: exercise for exercise in shared})
    for _, name in zip(range(lifters), ("Zercher", "Landmine", "Jefferson"), strict=False):
        lifter_id = await add_lifter(database, next(NEW_LIFTERS))
        exercise_id = await add_exercise(database, name, owner=lifter_id)
        state.add_lifter(lifter_id, ModelExercise(exercise_id, name, Measure.WEIGHT_REPS, lifter_id))
    return state


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(random=st.randoms(use_true_random=False), lifters=st.integers(2, 3), steps=st.integers(STEPS // 2, STEPS))
async def test_the_gym_does_what_the_model_does(
    database: Database,
    gym: Gym,
    clock: FakeClock,
    *,
    shared: list[ModelExercise],
    random: Random,
    lifters: int,
    steps: int,
) -> None:
    state = await new_state(database, clock, shared, lifters)
    model, comparison = model_of(state), Comparison(database, gym, state)
    for step in range(steps):
        clock.advance(random.choice(OFTEN_SHORT))
        lifter = state.lifters[random.choice(list(state.lifters))]
        call = Caller(random, state, lifter.id).next_call()
        note(f"{clock.now:%d %H:%M:%S} {call}")
        rows, result = await in_both(call, gym, model)
        await comparison.lines(lifter)
        await comparison.card(lifter)
        assert says_records(result, records_of(lifter, rows))
        if call.service == "undo" or step % 10 == 0:
            await comparison.everything(lifter)
    for lifter in state.lifters.values():
        await comparison.everything(lifter)


async def in_both(call: Call, gym: Gym, model: Model) -> tuple[list[ModelSet], Any]:
    """The sets that the model has added or changed, and what the gym returns. Both refuse the same, or neither."""
    rows: list[ModelSet] = []
    expected: TrainingError | None = None
    try:
        rows = call.of(model) or []
    except TrainingError as error:
        expected = error
    result: Any = None
    refusal: TrainingError | None = None
    try:
        result = await call.of(gym)
    except TrainingError as error:
        refusal = error
    assert said(refusal) == said(expected)
    return rows, result


def said(error: TrainingError | None) -> object:
    """What is refused, with its fields as far as they don't quote text."""
    return type(error), vars(error) if isinstance(error, SAID_WITH_FIELDS) else None


def says_records(result: Any, expected: Broken) -> bool:
    """Whether the answer tells of these records."""
    match result:
        case Edited():
            return [(broken.set_id, broken.records) for broken in result.records] == expected
        case Logged():
            return [records for records in result.records if records] == [records for _, records in expected]
        case _:
            return not expected
