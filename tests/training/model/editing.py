"""The rules of editing an open workout, on plain lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry
from tests.training.model.state import (
    ModelExecution,
    ModelExercise,
    ModelLifter,
    ModelSet,
    ModelState,
    ModelWorkout,
)
from training.edit import PlannedExercise
from training.errors import (
    FrozenError,
    InvalidValueError,
    MeasureMismatchError,
    NotFoundError,
    StaleButtonError,
)
from training.fitting import check_set
from training.records import Record, best_of, broken_by

Broken = list[tuple[int, tuple[Record, ...]]]
"""The ids of sets, and the records that each breaks."""

Row = TypeVar("Row")


class ModelEditing:
    """As `training.editing.Editing`. Every method returns the sets that were added or changed, in their order."""

    def __init__(self, state: ModelState) -> None:
        self._state = state

    def add_exercise(
        self,
        lifter_id: int,
        workout_id: int,
        exercise_id: int,
        place: int | None = None,
        *,
        revision: int | None = None,
    ) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.EXERCISE_ADDED, revision, workout_id=workout_id) as workout:
            added = ModelExecution(self._state.pickable(lifter_id, exercise_id), self._state.next_focus())
            _insert(workout.executions, added, place)
        return []

    def swap_exercise(
        self, lifter_id: int, execution_id: int, exercise_id: int, *, revision: int | None = None
    ) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.EXERCISE_CHANGED, revision, execution_id=execution_id) as workout:
            done, exercise = _execution(workout, execution_id), self._state.pickable(lifter_id, exercise_id)
            if done.sets and done.exercise.measure is not exercise.measure:
                raise MeasureMismatchError(done.exercise.measure, exercise.measure)
            if done.exercise == exercise:
                return []
            done.exercise, done.targets = exercise, ()
            return done.sets

    def remove_exercise(self, lifter_id: int, execution_id: int, *, revision: int | None = None) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.EXERCISE_REMOVED, revision, execution_id=execution_id) as workout:
            workout.executions.remove(_execution(workout, execution_id))
        return []

    def move_exercise(
        self, lifter_id: int, execution_id: int, place: int, *, revision: int | None = None
    ) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.EXERCISE_MOVED, revision, execution_id=execution_id) as workout:
            _move(workout.executions, _execution(workout, execution_id), place)
        return []

    def note_exercise(
        self, lifter_id: int, execution_id: int, note: str, *, revision: int | None = None
    ) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.EXERCISE_CHANGED, revision, execution_id=execution_id) as workout:
            _execution(workout, execution_id).note = note.strip()
        return []

    def group(self, lifter_id: int, execution_ids: Sequence[int], *, revision: int | None = None) -> list[ModelSet]:
        if len(set(execution_ids)) < 2:
            raise InvalidValueError("superset", 2)
        of = min(execution_ids)
        with self._edit(lifter_id, ChangeKind.EXERCISE_CHANGED, revision, execution_id=of) as workout:
            number = 1 + max(done.superset or 0 for done in workout.executions)
            for execution_id in execution_ids:
                _execution(workout, execution_id).superset = number
        return []

    def ungroup(self, lifter_id: int, execution_id: int, *, revision: int | None = None) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.EXERCISE_CHANGED, revision, execution_id=execution_id) as workout:
            _execution(workout, execution_id).superset = None
        return []

    def add_set(
        self,
        lifter_id: int,
        execution_id: int,
        entry: SetEntry,
        place: int | None = None,
        *,
        revision: int | None = None,
    ) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.LOGGED, revision, execution_id=execution_id) as workout:
            done, added = _execution(workout, execution_id), ModelSet(entry)
            check_set(entry, done.exercise.measure)
            _insert(done.sets, added, place)
        return [added]

    def change_set(
        self, lifter_id: int, set_id: int, entry: SetEntry, *, revision: int | None = None
    ) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.SET_CHANGED, revision, set_id=set_id) as workout:
            done, row = _set(workout, set_id)
            check_set(entry, done.exercise.measure)
            row.entry = entry
        return [row]

    def remove_set(self, lifter_id: int, set_id: int, *, revision: int | None = None) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.SET_REMOVED, revision, set_id=set_id) as workout:
            done, row = _set(workout, set_id)
            done.sets.remove(row)
        return []

    def move_set(self, lifter_id: int, set_id: int, place: int, *, revision: int | None = None) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.SET_MOVED, revision, set_id=set_id) as workout:
            done, row = _set(workout, set_id)
            _move(done.sets, row, place)
        return []

    def replace_sets(
        self, lifter_id: int, execution_id: int, entries: Sequence[SetEntry], *, revision: int | None = None
    ) -> list[ModelSet]:
        with self._edit(lifter_id, ChangeKind.SETS_REPLACED, revision, execution_id=execution_id) as workout:
            return _replace_sets(_execution(workout, execution_id), entries)

    def replace_exercises(
        self, lifter_id: int, workout_id: int, planned: Sequence[PlannedExercise], *, revision: int | None = None
    ) -> list[ModelSet]:
        touched: list[ModelSet] = []
        with self._edit(lifter_id, ChangeKind.EXERCISES_REPLACED, revision, workout_id=workout_id) as workout:
            current, left, workout.executions = workout.current, workout.executions, []
            wished = list(dict.fromkeys(plan.superset for plan in planned if plan.superset is not None))
            for plan in planned:
                done = next((it for it in left if it.exercise.id == plan.exercise_id), None)
                if done is None:
                    # Nobody has chosen it, so all that were there before are chosen rather.
                    lowest = min((it.focused for it in (*left, *workout.executions)), default=0)
                    done = ModelExecution(self._state.pickable(lifter_id, plan.exercise_id), lowest - 1)
                else:
                    left.remove(done)
                workout.executions.append(done)
                done.note, done.superset = plan.note.strip(), None
                if plan.superset is not None:
                    done.superset = 1 + wished.index(plan.superset)
                touched += _replace_sets(done, plan.entries)
            if workout.executions and not any(done is current for done in workout.executions):
                workout.executions[0].focused = self._state.next_focus()
        return touched

    @contextmanager
    def _edit(
        self,
        lifter_id: int,
        kind: ChangeKind,
        revision: int | None,
        *,
        workout_id: int | None = None,
        execution_id: int | None = None,
        set_id: int | None = None,
    ) -> Iterator[ModelWorkout]:
        with self._state.changing(lifter_id, kind) as lifter:
            workout = _meant(lifter, workout_id, execution_id, set_id)
            if workout.finished_at is not None:
                raise FrozenError
            if revision is not None and workout.revision != revision:
                raise StaleButtonError
            yield workout
            members = Counter(done.superset for done in workout.executions)
            for done in workout.executions:
                if members[done.superset] == 1:
                    done.superset = None


def records_of(lifter: ModelLifter, touched: Sequence[ModelSet]) -> Broken:
    """The records that these sets of the open workout break, derived from every other set of the lifter."""
    if not touched or lifter.open is None:
        return []
    done: dict[ModelExercise, list[ModelSet]] = {}
    for execution in lifter.open.executions:
        done.setdefault(execution.exercise, []).extend(execution.sets)
    broken: Broken = []
    for exercise, all_rows in done.items():
        elsewhere = lifter.entries_of(exercise)
        for row in all_rows:
            elsewhere.remove(row.entry)
        rows = [row for row in all_rows if any(row is one for one in touched)]
        beside = [row.entry for row in all_rows if not any(row is one for one in touched)]
        found = broken_by([row.entry for row in rows], exercise.measure, best_of(elsewhere), beside)
        broken += [(row.id, records) for row, records in zip(rows, found, strict=True) if records]
    return broken


def _meant(lifter: ModelLifter, workout_id: int | None, execution_id: int | None, set_id: int | None) -> ModelWorkout:
    if workout_id is not None:
        return lifter.workout(workout_id)
    return lifter.workout_with_set(set_id or 0) if execution_id is None else lifter.workout_with(execution_id)


def _execution(workout: ModelWorkout, execution_id: int) -> ModelExecution:
    found = next((done for done in workout.executions if done.id == execution_id), None)
    if found is None:
        raise NotFoundError
    return found


def _set(workout: ModelWorkout, set_id: int) -> tuple[ModelExecution, ModelSet]:
    return next((done, row) for done in workout.executions for row in done.sets if row.id == set_id)


def _insert(rows: list[Row], row: Row, place: int | None) -> None:
    if place is not None and place < 0:
        raise InvalidValueError("place", 0)
    rows.insert(len(rows) if place is None else place, row)


def _move(rows: list[Row], row: Row, place: int) -> None:
    rows.remove(row)
    _insert(rows, row, place)


def _replace_sets(done: ModelExecution, entries: Sequence[SetEntry]) -> list[ModelSet]:
    """Equal sets stay, others are changed as far as they go; returns those that were added or changed."""
    left, touched = list(done.sets), list[ModelSet]()
    wanted: list[ModelSet | None] = []
    for entry in entries:
        wanted.append(next((row for row in left if row.entry == entry), None))
        if wanted[-1] is not None:
            left.remove(wanted[-1])
    done.sets = []
    for entry, equal in zip(entries, wanted, strict=True):
        check_set(entry, done.exercise.measure)
        row = equal
        if row is None:
            row = left.pop(0) if left else ModelSet(entry)
            row.entry = entry
            touched.append(row)
        done.sets.append(row)
    return touched
