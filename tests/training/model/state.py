"""What the plain model remembers: lists of dataclasses, and for each lifter a stack of how things were before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from storage.values.change import ChangeKind
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from tests.support.clock import FakeClock
from training.errors import NotFoundError
from training.workouts import KEPT_FOR

UNKNOWN = -1
"""The id of a row that the model has made, until the real one is known."""


@dataclass(frozen=True)
class ModelExercise:
    id: int
    name: str = field(compare=False)
    measure: Measure = field(compare=False)
    owner: int | None = field(compare=False, default=None)
    archived: bool = field(compare=False, default=False)


@dataclass
class ModelSet:
    entry: SetEntry
    id: int = UNKNOWN


@dataclass
class ModelExecution:
    exercise: ModelExercise
    focused: int = field(compare=False)
    """The higher the later it was chosen. How things are shown is no part of what a change changes."""
    note: str = ""
    superset: int | None = None
    sets: list[ModelSet] = field(default_factory=list)
    targets: tuple[SetEntry, ...] = ()
    id: int = UNKNOWN

    @property
    def entries(self) -> list[SetEntry]:
        return [row.entry for row in self.sets]


@dataclass
class ModelWorkout:
    started_at: datetime
    finished_at: datetime | None = None
    ended_before: datetime | None = None
    """When it was finished before it was reopened."""
    title: str = ""
    note: str = ""
    executions: list[ModelExecution] = field(default_factory=list)
    ends_at: datetime | None = None
    """When its lifter has said that it ended."""
    id: int = UNKNOWN
    revision: int = field(default=0, compare=False)

    @property
    def current(self) -> ModelExecution | None:
        places = {id(done): place for place, done in enumerate(self.executions)}
        return max(self.executions, key=lambda done: (done.focused, places[id(done)]), default=None)

    @property
    def entries(self) -> list[SetEntry]:
        return [entry for done in self.executions for entry in done.entries]


@dataclass
class ModelChange:
    kind: ChangeKind
    made_at: datetime
    before: list[ModelWorkout]


@dataclass
class ModelLifter:
    id: int
    workouts: list[ModelWorkout] = field(default_factory=list)
    changes: list[ModelChange] = field(default_factory=list)
    """What can be taken back, the latest last."""

    @property
    def open(self) -> ModelWorkout | None:
        opened = [workout for workout in self.workouts if workout.finished_at is None]
        assert len(opened) <= 1
        return opened[0] if opened else None

    def workout(self, workout_id: int) -> ModelWorkout:
        """Raises NotFoundError, also for what is another lifter's."""
        return _the(workout for workout in self.workouts if workout.id == workout_id)

    def workout_with(self, execution_id: int) -> ModelWorkout:
        return _the(it for it in self.workouts for done in it.executions if done.id == execution_id)

    def workout_with_set(self, set_id: int) -> ModelWorkout:
        return _the(it for it in self.workouts for done in it.executions for row in done.sets if row.id == set_id)

    def entries_of(self, exercise: ModelExercise) -> list[SetEntry]:
        """Every set of the exercise that the lifter has done."""
        executions = (done for workout in self.workouts for done in workout.executions)
        return [entry for done in executions if done.exercise == exercise for entry in done.entries]

    def last_time(self, exercise: ModelExercise) -> list[SetEntry]:
        """All sets of the exercise in the latest finished workout that has any, in their order."""
        times = [
            (workout.started_at, workout.id, entries)
            for workout in self.workouts
            if workout.finished_at is not None
            if (
                entries := [entry for done in workout.executions if done.exercise == exercise for entry in done.entries]
            )
        ]
        return max(times, key=lambda time: time[:2])[2] if times else []


@dataclass
class ModelState:
    """Everything, with the clock that the real gym has too."""

    clock: FakeClock
    exercises: dict[int, ModelExercise] = field(default_factory=dict)
    lifters: dict[int, ModelLifter] = field(default_factory=dict)
    focuses: int = 0

    def add_lifter(self, lifter_id: int, own: ModelExercise) -> None:
        self.lifters[lifter_id] = ModelLifter(lifter_id)
        self.exercises[own.id] = own

    def pickable(self, lifter_id: int, exercise_id: int) -> ModelExercise:
        exercise = self.exercises.get(exercise_id)
        if exercise is None or exercise.archived or exercise.owner not in {None, lifter_id}:
            raise NotFoundError
        return exercise

    def latest(self, lifter: ModelLifter) -> ModelChange | None:
        """The change that would be taken back."""
        last = lifter.changes[-1] if lifter.changes else None
        return None if last is None or last.made_at < self.clock() - KEPT_FOR else last

    def next_focus(self) -> int:
        """Later than every focus before."""
        self.focuses += 1
        return self.focuses

    @contextmanager
    def changing(self, lifter_id: int, kind: ChangeKind) -> Iterator[ModelLifter]:
        """What happens within the block is one change that can be taken back; an error takes it back at once."""
        lifter = self.lifters[lifter_id]
        before = copy_of(lifter.workouts)
        change = ModelChange(kind, self.clock(), before)
        lifter.changes.append(change)
        try:
            yield lifter
        except BaseException:
            lifter.workouts = before
            lifter.changes.pop()
            raise
        if lifter.workouts == before:
            lifter.changes.pop()


def copy_of(workouts: list[ModelWorkout]) -> list[ModelWorkout]:
    """The workouts as they are, whatever becomes of these."""
    return [replace(workout, executions=[_copy(done) for done in workout.executions]) for workout in workouts]


def _copy(done: ModelExecution) -> ModelExecution:
    return replace(done, sets=[replace(row) for row in done.sets])


Found = TypeVar("Found")


def _the(found: Iterator[Found]) -> Found:
    first = next(found, None)
    if first is None:
        raise NotFoundError
    return first
