"""Editing the open workout, one exercise or set at a time, or all of them at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from storage import editable
from storage.database import Database
from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry
from training.clock import Clock
from training.describing import note_of
from training.edit import Edit, Edited, PlannedExercise, editing, move
from training.errors import InvalidValueError
from training.supersets import next_number


class Editing:
    """Changes to the exercises and sets of an open workout, each in one transaction that can be taken back.

    Places count from 0; one beyond the end is the end. What isn't the lifter's raises NotFoundError, a finished
    workout FrozenError, and StaleButtonError where `revision` is given and the workout has changed since. A set that
    doesn't fit raises InvalidSetError, anything else that can't be InvalidValueError.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add_exercise(
        self,
        lifter_id: int,
        workout_id: int,
        exercise_id: int,
        place: int | None = None,
        *,
        revision: int | None = None,
    ) -> Edited:
        """Adds the exercise, once more if the workout has it already, and makes it the current one."""
        of = editable.Whose(workout_id=workout_id)
        async with self._edit(lifter_id, ChangeKind.EXERCISE_ADDED, of, revision) as edit:
            edit.focus(edit.add_execution(await edit.pickable(exercise_id), place))
        return edit.result

    async def swap_exercise(
        self, lifter_id: int, execution_id: int, exercise_id: int, *, revision: int | None = None
    ) -> Edited:
        """Has the execution be one of another exercise, with its sets but without targets, which were for the old one.

        Raises MeasureMismatchError if it has sets that the other exercise can't have.
        """
        of = editable.Whose(execution_id=execution_id)
        async with self._edit(lifter_id, ChangeKind.EXERCISE_CHANGED, of, revision) as edit:
            await edit.swap(edit.execution(execution_id), exercise_id)
        return edit.result

    async def remove_exercise(self, lifter_id: int, execution_id: int, *, revision: int | None = None) -> Edited:
        """Removes the execution with its sets."""
        of = editable.Whose(execution_id=execution_id)
        async with self._edit(lifter_id, ChangeKind.EXERCISE_REMOVED, of, revision) as edit:
            edit.executions.remove(edit.execution(execution_id))
        return edit.result

    async def move_exercise(
        self, lifter_id: int, execution_id: int, place: int, *, revision: int | None = None
    ) -> Edited:
        """Moves the execution to this place; those between make room."""
        of = editable.Whose(execution_id=execution_id)
        async with self._edit(lifter_id, ChangeKind.EXERCISE_MOVED, of, revision) as edit:
            move(edit.executions, edit.execution(execution_id), place)
        return edit.result

    async def note_exercise(
        self, lifter_id: int, execution_id: int, note: str, *, revision: int | None = None
    ) -> Edited:
        """Writes the note of the execution; an empty one removes it."""
        of = editable.Whose(execution_id=execution_id)
        async with self._edit(lifter_id, ChangeKind.EXERCISE_CHANGED, of, revision) as edit:
            edit.execution(execution_id).note = note_of(note)
        return edit.result

    async def group(self, lifter_id: int, execution_ids: Sequence[int], *, revision: int | None = None) -> Edited:
        """Makes these executions, at least two of one workout, a superset; they leave those that they were in."""
        together = frozenset(execution_ids)
        if len(together) < 2:
            raise InvalidValueError("superset", 2)
        of = editable.Whose(execution_id=min(together))
        async with self._edit(lifter_id, ChangeKind.EXERCISE_CHANGED, of, revision) as edit:
            number = next_number(edit.executions)
            for execution_id in sorted(together):
                edit.execution(execution_id).superset = number
        return edit.result

    async def ungroup(self, lifter_id: int, execution_id: int, *, revision: int | None = None) -> Edited:
        """Takes the execution out of its superset."""
        of = editable.Whose(execution_id=execution_id)
        async with self._edit(lifter_id, ChangeKind.EXERCISE_CHANGED, of, revision) as edit:
            edit.execution(execution_id).superset = None
        return edit.result

    async def add_set(
        self,
        lifter_id: int,
        execution_id: int,
        entry: SetEntry,
        place: int | None = None,
        *,
        revision: int | None = None,
    ) -> Edited:
        """Adds a set, at the end unless a place is given. Starts no rest."""
        of = editable.Whose(execution_id=execution_id)
        async with self._edit(lifter_id, ChangeKind.LOGGED, of, revision) as edit:
            edit.add_set(edit.execution(execution_id), entry, place)
        return edit.result

    async def change_set(self, lifter_id: int, set_id: int, entry: SetEntry, *, revision: int | None = None) -> Edited:
        """Has the set be this one."""
        of = editable.Whose(set_id=set_id)
        async with self._edit(lifter_id, ChangeKind.SET_CHANGED, of, revision) as edit:
            execution, row = edit.set(set_id)
            edit.change(execution, row, entry)
        return edit.result

    async def remove_set(self, lifter_id: int, set_id: int, *, revision: int | None = None) -> Edited:
        """Removes the set."""
        of = editable.Whose(set_id=set_id)
        async with self._edit(lifter_id, ChangeKind.SET_REMOVED, of, revision) as edit:
            execution, row = edit.set(set_id)
            edit.sets[execution].remove(row)
        return edit.result

    async def move_set(self, lifter_id: int, set_id: int, place: int, *, revision: int | None = None) -> Edited:
        """Moves the set within its execution."""
        of = editable.Whose(set_id=set_id)
        async with self._edit(lifter_id, ChangeKind.SET_MOVED, of, revision) as edit:
            execution, row = edit.set(set_id)
            move(edit.sets[execution], row, place)
        return edit.result

    async def replace_sets(
        self, lifter_id: int, execution_id: int, entries: Sequence[SetEntry], *, revision: int | None = None
    ) -> Edited:
        """Has the execution's sets be exactly these. Sets that stay, or are only changed, keep their ids."""
        of = editable.Whose(execution_id=execution_id)
        async with self._edit(lifter_id, ChangeKind.SETS_REPLACED, of, revision) as edit:
            edit.replace_sets(edit.execution(execution_id), entries)
        return edit.result

    async def replace_exercises(
        self, lifter_id: int, workout_id: int, planned: Sequence[PlannedExercise], *, revision: int | None = None
    ) -> Edited:
        """Has the workout's exercises be exactly these. Executions of the same exercise stay and keep their ids."""
        of = editable.Whose(workout_id=workout_id)
        async with self._edit(lifter_id, ChangeKind.EXERCISES_REPLACED, of, revision) as edit:
            await edit.replace(planned)
        return edit.result

    @asynccontextmanager
    async def _edit(
        self, lifter_id: int, kind: ChangeKind, of: editable.Whose, revision: int | None
    ) -> AsyncIterator[Edit]:
        async with editing(self._database, self._clock(), lifter_id, kind, of, revision=revision) as edit:
            yield edit
