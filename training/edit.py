"""One edit of an open workout, inside its transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from storage import changes, editable, exercises, lifters, records, timers, workouts
from storage.database import Database, WriteSession
from storage.models import Exercise, ExerciseExecution, ExercisePreference, Set, Workout
from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry
from storage.values.quantity import Weight, WeightUnit
from training.describing import note_of
from training.detail import WorkoutDetail, detail_of
from training.errors import (
    Asked,
    FrozenError,
    InvalidValueError,
    MeasureMismatchError,
    NotFoundError,
    StaleButtonError,
)
from training.fitting import check_set
from training.limits import MOST_EXECUTIONS, MOST_SETS
from training.open_workout import RestMessage, end_rests
from training.preferring import step_of, unit_of
from training.records import Record, broken_by
from training.supersets import dissolve_lone, numbered

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """What an exercise of a workout is to be.

    Those with the same `superset` number are done in turn; which number it is says nothing more.
    """

    exercise_id: int
    entries: tuple[SetEntry, ...] = ()
    note: str = ""
    superset: int | None = None


@dataclass(frozen=True, slots=True)
class BrokenBy:
    """The records, at least one, that a set breaks."""

    set_id: int
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """The workout as it is now, which records the sets break that were added or changed, and what should leave."""

    detail: WorkoutDetail
    records: tuple[BrokenBy, ...]
    outdated: tuple[RestMessage, ...]


async def open_for_editing(session: WriteSession, lifter_id: int, of: editable.Whose, revision: int | None) -> Workout:
    """The lifter's open workout that has this in it, held until the commit.

    Raises NotFoundError, FrozenError, and StaleButtonError if it isn't at the revision, where one is given.
    """
    workout = await editable.workout(session, lifter_id, of)
    if workout is None:
        raise NotFoundError
    if workout.finished_at is not None:
        raise FrozenError
    if revision is not None and workout.revision != revision:
        raise StaleButtonError
    return workout


@asynccontextmanager
async def editing(  # noqa: PLR0913 -- whose, what, where and when: a change is no less
    database: Database,
    now: datetime,
    lifter_id: int,
    kind: ChangeKind,
    of: editable.Whose,
    *,
    revision: int | None,
) -> AsyncIterator[Edit]:
    """One change of an open workout, in one transaction that can be taken back. Raises as `open_for_editing`."""
    async with database.writing() as session:
        workout = await open_for_editing(session, lifter_id, of, revision)
        async with changes.recording(session, lifter_id, kind, now):
            edit = Edit(session, workout, now)
            yield edit
            await edit.write()


class Edit:
    """What the workout is going to be: `executions` and `sets` are lists to change, which `write` then makes so."""

    def __init__(self, session: WriteSession, workout: Workout, now: datetime) -> None:
        self._session = session
        self._now = now
        self._workout = workout
        self._touched: list[Set] = []
        self._swapped: list[int] = []
        self.executions = list(workout.executions)
        self.sets = {execution: list(execution.sets) for execution in workout.executions}
        self.result: Edited

    @property
    def asked(self) -> Asked:
        """What a question about a change would refer to."""
        return Asked(self._workout.id, self._workout.revision)

    def execution(self, execution_id: int) -> ExerciseExecution:
        """Raises NotFoundError if the workout doesn't have it."""
        found = next((execution for execution in self.executions if execution.id == execution_id), None)
        if found is None:
            raise NotFoundError
        return found

    def set(self, set_id: int) -> tuple[ExerciseExecution, Set]:
        """The set with its execution. Raises NotFoundError."""
        found = ((execution, row) for execution, rows in self.sets.items() for row in rows if row.id == set_id)
        if (first := next(found, None)) is None:
            raise NotFoundError
        return first

    async def unit_and_step(self, exercise: Exercise) -> tuple[WeightUnit, Weight]:
        """In which unit the lifter logs the exercise, and what − and + change its weight by."""
        user = await lifters.by_id(self._session, self._workout.user_id)
        preference = await self._session.get(ExercisePreference, (user.id, exercise.id))
        return unit_of(user, preference), step_of(user, exercise, preference)

    async def last_time(self, exercise: Exercise) -> tuple[SetEntry, ...]:
        """The sets of the last finished workout that had the exercise."""
        last = await workouts.last_performance(self._session, self._workout.user_id, exercise.id)
        return () if last is None else tuple(row.entry for row in last[1])

    async def pickable(self, exercise_id: int) -> Exercise:
        """The exercise, if the lifter may pick it. Raises NotFoundError."""
        return (await self.all_pickable([exercise_id]))[exercise_id]

    async def all_pickable(self, exercise_ids: Collection[int]) -> dict[int, Exercise]:
        """The exercises by their ids, if the lifter may pick each of them. Raises NotFoundError."""
        found = await exercises.visible_all(self._session, self._workout.user_id, exercise_ids)
        if set(exercise_ids) - found.keys():
            raise NotFoundError
        return found

    def add_execution(self, exercise: Exercise, place: int | None = None) -> ExerciseExecution:
        """A new execution of this exercise in this place. It isn't the current one unless it is focused."""
        known = (*self._workout.executions, *self.executions)
        earliest = min((done.focused_at for done in known), default=self._workout.started_at)
        execution = ExerciseExecution(
            exercise=exercise, note="", focused_at=earliest - timedelta(microseconds=1), sets=[], targets=[]
        )
        self.executions.insert(place_in(self.executions, place), execution)
        self.sets[execution] = []
        return execution

    def focus(self, execution: ExerciseExecution) -> None:
        """Makes the execution the current one."""
        last = max(done.focused_at for done in self._workout.executions) if self._workout.executions else self._now
        execution.focused_at = max(self._now, last + timedelta(microseconds=1))

    async def swap(self, execution: ExerciseExecution, exercise_id: int) -> None:
        """Has the execution be of this exercise; its sets count as that one's from now on.

        Raises NotFoundError, and MeasureMismatchError if it has sets that the other exercise can't have.
        """
        exercise = await self.pickable(exercise_id)
        if execution.sets and execution.exercise.measure is not exercise.measure:
            raise MeasureMismatchError(execution.exercise.measure, exercise.measure)
        if execution.exercise_id != exercise.id:
            execution.exercise = exercise
            execution.targets.clear()
            execution.turned = None
            self._swapped.append(execution.id)
            self._touched.extend(self.sets[execution])

    def add_set(self, execution: ExerciseExecution, entry: SetEntry, place: int | None = None) -> Set:
        """Adds a set in this place. Raises InvalidSetError."""
        row = Set(logged_at=self._now)
        self.change(execution, row, entry)
        self.sets[execution].insert(place_in(self.sets[execution], place), row)
        return row

    def change(self, execution: ExerciseExecution, row: Set, entry: SetEntry) -> None:
        """Has the set be this one. Raises InvalidSetError."""
        check_set(entry, execution.exercise.measure)
        row.entry = entry
        self._touched.append(row)

    def replace_sets(self, execution: ExerciseExecution, entries: Sequence[SetEntry]) -> None:
        """Has the sets be exactly these: rows that are equal stay, others are changed, as far as they go."""
        left, equal = list(self.sets[execution]), dict[int, Set]()
        for place, entry in enumerate(entries):
            if (row := next((row for row in left if row.entry == entry), None)) is not None:
                left.remove(row)
                equal[place] = row
        rows = self.sets[execution] = []
        for place, entry in enumerate(entries):
            if place in equal:
                rows.append(equal[place])
            elif left:
                self.change(execution, left[0], entry)
                rows.append(left.pop(0))
            else:
                self.add_set(execution, entry)

    async def replace(self, planned: Sequence[PlannedExercise]) -> None:
        """Has the exercises be exactly these. Executions of the same exercise stay and keep their ids.

        Raises NotFoundError, InvalidSetError, and InvalidValueError for a note that can't be.
        """
        left, self.executions = self.executions, []
        current = max(left, key=lambda done: (done.focused_at, done.position), default=None)
        there, wanted = (Counter(it.exercise_id for it in many) for many in (left, planned))
        new = await self.all_pickable(wanted - there)
        supersets = numbered(plan.superset for plan in planned)
        for plan in planned:
            execution = next((done for done in left if done.exercise_id == plan.exercise_id), None)
            if execution is None:
                execution = self.add_execution(new[plan.exercise_id])
            else:
                left.remove(execution)
                self.executions.append(execution)
            execution.note, execution.superset = note_of(plan.note), supersets.get(plan.superset)
            self.replace_sets(execution, plan.entries)
        if self.executions and current not in self.executions:
            self.focus(self.executions[0])

    async def write(self) -> None:
        """Makes it so. Raises InvalidValueError where the workout or an execution would get too large."""
        self._check_sizes()
        gone = [execution.id for execution in self._workout.executions if execution not in self.executions]
        outdated = await end_rests(self._session, self._workout.user_id, gone) if gone else ()
        if untimed := [*gone, *self._swapped]:
            await timers.end_sets(self._session, self._workout.user_id, self._now, execution_ids=untimed)
        dissolve_lone(self.executions)
        self._workout.executions = self.executions
        for execution in self.executions:
            if execution.sets != self.sets[execution]:
                execution.sets = self.sets[execution]
        self._workout.revision += 1
        orders: list[Sequence[Set | ExerciseExecution]] = [self.executions]
        orders.extend(self.sets[execution] for execution in self.executions)
        await editable.settle(self._session, orders)
        self.result = Edited(detail_of(self._workout), await self._records(), outdated)

    def _check_sizes(self) -> None:
        if len(self.executions) > max(MOST_EXECUTIONS, len(self._workout.executions)):
            raise InvalidValueError("exercises", MOST_EXECUTIONS)
        if any(len(self.sets[done]) > max(MOST_SETS, len(done.sets)) for done in self.executions):
            raise InvalidValueError("sets", MOST_SETS)

    async def _records(self) -> tuple[BrokenBy, ...]:
        touched = {row.id for row in self._touched}
        done: dict[Exercise, list[Set]] = {}
        for execution in self.executions:
            done.setdefault(execution.exercise, []).extend(execution.sets)
        rows_of = {exercise: rows for exercise, rows in done.items() if any(row.id in touched for row in rows)}
        if not rows_of:
            return ()
        ids, user_id, workout_id = [exercise.id for exercise in rows_of], self._workout.user_id, self._workout.id
        elsewhere = await records.bests(self._session, user_id, ids, without_workout=workout_id)
        broken: list[BrokenBy] = []
        for exercise, rows in rows_of.items():
            changed = [row for row in rows if row.id in touched]
            beside = [row.entry for row in rows if row.id not in touched]
            entries = [row.entry for row in changed]
            by_set = broken_by(entries, exercise.measure, elsewhere.get(exercise.id, {}), beside)
            broken.extend(BrokenBy(row.id, found) for row, found in zip(changed, by_set, strict=True) if found)
        return tuple(broken)


def place_in(rows: Sequence[object], place: int | None) -> int:
    """The place that is meant; None and what is beyond the end are the end. Raises InvalidValueError below 0."""
    if place is not None and place < 0:
        raise InvalidValueError("place", 0)
    return len(rows) if place is None else min(place, len(rows))


def move(rows: list[Row], row: Row, place: int) -> None:
    """Moves the row to this place; those between make room."""
    rows.remove(row)
    rows.insert(place_in(rows, place), row)
