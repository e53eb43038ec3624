"""The rules of a history and of taking back, on plain lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry
from tests.training.model.state import ModelExecution, ModelLifter, ModelSet, ModelState, ModelWorkout, copy_of
from training.errors import (
    AnotherOpenError,
    FrozenError,
    InvalidValueError,
    NothingToUndoError,
    StaleButtonError,
)
from training.fitting import check_set
from training.limits import LONGEST_TITLE
from training.past import PastWorkout


class ModelHistory:
    """As `training.history.History` and `training.undo.Undo`."""

    def __init__(self, state: ModelState) -> None:
        self._state = state

    def describe(self, lifter_id: int, workout_id: int, *, title: str | None = None, note: str | None = None) -> None:
        with self._state.changing(lifter_id, ChangeKind.DESCRIBED) as lifter:
            workout = lifter.workout(workout_id)
            if title is not None and len(title) > LONGEST_TITLE:
                raise InvalidValueError("title", LONGEST_TITLE)
            workout.title = workout.title if title is None else title
            workout.note = workout.note if note is None else note

    def retime(
        self, lifter_id: int, workout_id: int, started_at: datetime, finished_at: datetime | None = None
    ) -> None:
        with self._state.changing(lifter_id, ChangeKind.DESCRIBED) as lifter:
            workout = lifter.workout(workout_id)
            if workout.finished_at is not None:
                raise FrozenError
            ends_at = workout.ends_at if finished_at is None else finished_at
            self._check_times(started_at, ends_at or workout.ended_before)
            workout.started_at, workout.ends_at = started_at, ends_at

    def reopen(self, lifter_id: int, workout_id: int) -> None:
        with self._state.changing(lifter_id, ChangeKind.REOPENED) as lifter:
            workout = lifter.workout(workout_id)
            if workout.finished_at is not None:
                _refuse_second(lifter)
                workout.finished_at, workout.ended_before = None, workout.finished_at
                workout.ends_at = None

    def discard(self, lifter_id: int, workout_id: int, revision: int) -> None:
        with self._state.changing(lifter_id, ChangeKind.DELETED) as lifter:
            workout = lifter.open
            if workout is None or (workout.id, workout.revision) != (workout_id, revision):
                raise StaleButtonError
            lifter.workouts.remove(workout)

    def delete(self, lifter_id: int, workout_id: int) -> None:
        with self._state.changing(lifter_id, ChangeKind.DELETED) as lifter:
            lifter.workouts.remove(lifter.workout(workout_id))

    def enter_past(self, lifter_id: int, past: PastWorkout) -> None:
        with self._state.changing(lifter_id, ChangeKind.ENTERED) as lifter:
            self._check_times(past.started_at, past.finished_at)
            if not any(done.entries for done in past.exercises):
                raise InvalidValueError("exercises")
            exercises = [self._state.pickable(lifter_id, done.exercise_id) for done in past.exercises]
            for done, exercise in zip(past.exercises, exercises, strict=True):
                for entry in done.entries:
                    check_set(entry, exercise.measure)
            executions = [
                ModelExecution(exercise, self._state.next_focus(), done.note, sets=list(map(ModelSet, done.entries)))
                for done, exercise in zip(past.exercises, exercises, strict=True)
            ]
            finished_at = past.finished_at or past.started_at
            lifter.workouts.append(ModelWorkout(past.started_at, finished_at, None, past.title, past.note, executions))

    def start_from(self, lifter_id: int, workout_id: int) -> None:
        with self._state.changing(lifter_id, ChangeKind.STARTED) as lifter:
            earlier = lifter.workout(workout_id)
            _refuse_second(lifter)
            kept = [done for done in earlier.executions if not self._state.exercises[done.exercise.id].archived]
            together = Counter(done.superset for done in kept)
            executions = [
                ModelExecution(
                    self._state.exercises[done.exercise.id],
                    focused=0,
                    superset=done.superset if together[done.superset] > 1 else None,
                    targets=tuple(_aims(done)),
                )
                for done in kept
            ]
            for execution in reversed(executions):
                execution.focused = self._state.next_focus()
            lifter.workouts.append(ModelWorkout(self._state.clock(), title=earlier.title, executions=executions))

    def undo(self, lifter_id: int) -> None:
        lifter = self._state.lifters[lifter_id]
        if self._state.latest(lifter) is None:
            raise NothingToUndoError
        now = {workout.id: workout for workout in lifter.workouts}
        focused = {done.id: done.focused for workout in lifter.workouts for done in workout.executions}
        change = lifter.changes.pop()
        lifter.workouts = copy_of(change.before)
        for workout in lifter.workouts:
            if workout.finished_at is None and workout.id in now:
                # Taking back a finish reopens; what stays open had ended when it had.
                workout.ended_before = now[workout.id].finished_at or now[workout.id].ended_before
            for done in workout.executions:
                done.focused = focused.get(done.id, done.focused)
            if change.kind is ChangeKind.LOGGED and workout.finished_at is None and workout.id in now:
                self._give_turn_back(workout, now[workout.id])

    def _give_turn_back(self, workout: ModelWorkout, before: ModelWorkout) -> None:
        """In a superset the exercise whose set has gone is next again."""
        had, current = {done.id: len(done.sets) for done in before.executions}, workout.current
        for done in workout.executions:
            within = current is not None and done.superset is not None and done.superset == current.superset
            if within and done is not current and len(done.sets) < had.get(done.id, 0):
                done.focused = self._state.next_focus()

    def _check_times(self, started_at: datetime, finished_at: datetime | None) -> None:
        if started_at > self._state.clock():
            raise InvalidValueError("started_at")
        if finished_at is not None and not started_at <= finished_at <= self._state.clock():
            raise InvalidValueError("finished_at")


def _refuse_second(lifter: ModelLifter) -> None:
    if lifter.open is not None:
        raise AnotherOpenError(lifter.open.id)


def _aims(done: ModelExecution) -> list[SetEntry]:
    """What was done, or where nothing was, what had been aimed for."""
    entries = done.entries or list(done.targets)
    return [replace(entry, forced_reps=0, rpe=None, note="") for entry in entries]
