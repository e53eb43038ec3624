"""Putting right what stands on the card: a set that was typed or tapped wrong, its remark, its effort, the order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal

from storage import editable, history, lifters
from storage.database import Database
from storage.models import ExerciseExecution, Set
from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry
from training.card import Card, line_context, read_card
from training.clock import Clock
from training.detail import DoneSet, Execution, WorkoutDetail, detail_of
from training.dials import Dial, Turned, is_possible, kind_after, with_turned
from training.edit import Edit, Edited, editing, move
from training.errors import (
    Asked,
    InvalidValueError,
    NoOpenWorkoutError,
    StaleButtonError,
    UndecidedSetError,
    UnreadableSetError,
)
from training.notation import LineContext, Option, Question, QuestionReason, Sets, examples_for, print_set, read_lines


@dataclass(frozen=True, slots=True)
class AtHand:
    """The open workout, whole, and its card."""

    card: Card
    workout: WorkoutDetail

    @property
    def current(self) -> Execution | None:
        """The exercise that is being logged."""
        return None if self.card.current is None else self.execution(self.card.current.execution_id)

    def execution(self, execution_id: int) -> Execution:
        """Raises StaleButtonError if the open workout doesn't have it (any more)."""
        found = next((done for done in self.workout.executions if done.id == execution_id), None)
        if found is None:
            raise StaleButtonError
        return found

    def partners(self, execution: Execution) -> tuple[Execution, ...]:
        """The other exercises of its superset."""
        if execution.superset is None:
            return ()
        others = (done for done in self.workout.executions if done.id != execution.id)
        return tuple(done for done in others if done.superset == execution.superset)

    def set(self, set_id: int) -> tuple[Execution, DoneSet]:
        """The set with its exercise. Raises StaleButtonError if the open workout doesn't have it (any more)."""
        for execution in self.workout.executions:
            for done in execution.sets:
                if done.id == set_id:
                    return execution, done
        raise StaleButtonError


class Retouching:
    """Small changes to an open workout, each in one transaction that can be taken back.

    What isn't the lifter's raises NotFoundError, a finished workout FrozenError, and StaleButtonError where `revision`
    is given and the workout has changed since. A text that is no set raises UnreadableSetError, one that can be read in
    several ways, or looks like a slip, UndecidedSetError: each reading that it offers can be given back as the text.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def look(self, lifter_id: int) -> AtHand:
        """The open workout. Raises NoOpenWorkoutError."""
        async with self._database.reading() as session:
            card = await read_card(session, await lifters.by_id(session, lifter_id))
            workout = None if card is None else await history.workout_of(session, lifter_id, card.workout_id)
            if card is None or workout is None:
                raise NoOpenWorkoutError
            return AtHand(card, detail_of(workout))

    async def turn_set(self, lifter_id: int, set_id: int, dial: Dial, steps: int) -> Edited:
        """Turns a part of the set by so many steps, as far as a set goes: a step too far changes nothing."""
        async with self._set(lifter_id, set_id, None) as (edit, execution, row):
            _, step = await edit.unit_and_step(execution.exercise)
            turned = with_turned(row.entry, execution.exercise.measure, Turned().by(dial, steps), step)
            if is_possible(turned, execution.exercise.measure):
                edit.change(execution, row, turned)
        return edit.result

    async def change_kind(self, lifter_id: int, set_id: int) -> Edited:
        """Makes the set one of the next kind: working, warm-up, drop, AMRAP, and around again."""
        async with self._set(lifter_id, set_id, None) as (edit, execution, row):
            edit.change(execution, row, replace(row.entry, kind=kind_after(row.entry.kind)))
        return edit.result

    async def retype_set(
        self, lifter_id: int, set_id: int, text: str, message_id: int | None = None, *, revision: int | None = None
    ) -> Edited:
        """Has the set be what the text says: a number alone is other reps at its weight.

        Editing the lifter's message with the text amends the set from now on. Raises InvalidValueError for `one_set` if
        the text says several.
        """
        async with self._set(lifter_id, set_id, revision) as (edit, execution, row):
            unit, _ = await edit.unit_and_step(execution.exercise)
            context = LineContext(execution.exercise.measure, unit, row.entry.weight, row.entry.clean_reps)
            entries = _read(text, context, edit.asked, _examples(row.entry, context))
            if len(entries) > 1:
                raise InvalidValueError("one_set", 1)
            edit.change(execution, row, entries[0])
            _say_in(message_id, [row])
        return edit.result

    async def retype_sets(
        self,
        lifter_id: int,
        execution_id: int,
        text: str,
        message_id: int | None = None,
        *,
        revision: int | None = None,
    ) -> Edited:
        """Has the exercise's sets be exactly those that the text says, however many: who sends them all means them.

        Editing the lifter's message with the text amends them from now on.
        """
        of = editable.Whose(execution_id=execution_id)
        async with self._editing(lifter_id, ChangeKind.SETS_REPLACED, of, revision) as edit:
            execution = edit.execution(execution_id)
            context = await _context(edit, execution)
            edit.replace_sets(execution, _read(text, context, edit.asked, examples_for(context), many=True))
            _say_in(message_id, edit.sets[execution])
        return edit.result

    async def note_set(self, lifter_id: int, set_id: int, note: str, *, revision: int | None = None) -> Edited:
        """Writes the set's note, on one line; an empty one removes it."""
        async with self._set(lifter_id, set_id, revision) as (edit, execution, row):
            edit.change(execution, row, replace(row.entry, note=" ".join(note.split())))
        return edit.result

    async def rate_set(
        self, lifter_id: int, set_id: int, rpe: Decimal | None, *, revision: int | None = None
    ) -> Edited:
        """Says how hard the set was; None takes that back."""
        async with self._set(lifter_id, set_id, revision) as (edit, execution, row):
            edit.change(execution, row, replace(row.entry, rpe=rpe))
        return edit.result

    async def shift_exercise(self, lifter_id: int, execution_id: int, by: int) -> Edited:
        """Moves the exercise by so many places towards the end, or the beginning, as far as that goes."""
        of = editable.Whose(execution_id=execution_id)
        async with self._editing(lifter_id, ChangeKind.EXERCISE_MOVED, of, None) as edit:
            execution = edit.execution(execution_id)
            move(edit.executions, execution, max(0, edit.executions.index(execution) + by))
        return edit.result

    @asynccontextmanager
    async def _set(
        self, lifter_id: int, set_id: int, revision: int | None
    ) -> AsyncIterator[tuple[Edit, ExerciseExecution, Set]]:
        of = editable.Whose(set_id=set_id)
        async with self._editing(lifter_id, ChangeKind.SET_CHANGED, of, revision) as edit:
            execution, row = edit.set(set_id)
            yield edit, execution, row

    @asynccontextmanager
    async def _editing(
        self, lifter_id: int, kind: ChangeKind, of: editable.Whose, revision: int | None
    ) -> AsyncIterator[Edit]:
        async with editing(self._database, self._clock(), lifter_id, kind, of, revision=revision) as edit:
            yield edit


def _say_in(message_id: int | None, rows: Iterable[Set]) -> None:
    """The sets are what this message of the lifter's says, if it is known."""
    for row in rows if message_id is not None else ():
        row.message_id, row.message_edited_at = message_id, None


async def _context(edit: Edit, execution: ExerciseExecution) -> LineContext:
    """As the card's, so that what is printed for it reads back."""
    exercise = execution.exercise
    unit, _ = await edit.unit_and_step(exercise)
    today = [row.entry for row in execution.sets]
    return line_context(exercise.measure, unit, today, await edit.last_time(exercise))


def _examples(entry: SetEntry, context: LineContext) -> tuple[str, str]:
    """Two texts that are one set each, much like the one that is there."""
    plain = replace(entry, rpe=None, note="")
    return print_set(plain, context), print_set(replace(plain, rpe=Decimal(8)), context)


def _read(
    text: str, context: LineContext, asked: Asked, examples: tuple[str, str], *, many: bool = False
) -> tuple[SetEntry, ...]:
    """The sets; with `many`, that they are a lot is no question."""
    match read_lines(text, context):
        case Sets(entries):
            return entries
        case Question(QuestionReason.MANY_SETS, (Option(entries=entries),)) if many:
            return entries
        case Question() as question:
            raise UndecidedSetError(text, question, context.measure, asked)
        case unreadable:
            raise UnreadableSetError(text, unreadable, context.measure, examples)
