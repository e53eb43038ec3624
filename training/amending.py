"""Amending the sets that a message has logged, when its lifter edits it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage import changes, editable, lifters, typed
from storage.database import Database, WriteSession
from storage.models import ExerciseExecution, Set, User, Workout
from storage.values.change import ChangeKind
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import WeightUnit
from training.card import Card, OpenWorkout, has_begun, line_context, read_card, read_open
from training.clock import Clock
from training.edit import Edit
from training.errors import Asked
from training.notation import LineContext, Reading, Sets, print_sets, read_lines
from training.open_workout import RestMessage
from training.pasted import looks_pasted, read_pasted
from training.preferring import unit_of

_EDITABLE_FOR = timedelta(hours=48)
"""How long after it was sent Telegram lets a message be edited."""


@dataclass(frozen=True, slots=True)
class AmendedExercise:
    """What the message says of an exercise by now."""

    name: str
    measure: Measure
    entries: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class Amended:
    """The message's sets are what it says by now. `records` counts those that break records."""

    card: Card
    exercises: tuple[AmendedExercise, ...]
    records: int
    outdated: tuple[RestMessage, ...]


@dataclass(frozen=True, slots=True)
class Unamended:
    """The message can't be read any more, or not clearly: its sets stay. `reading` is None for one that names more."""

    card: Card
    text: str
    reading: Reading | None
    measure: Measure


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A later version of the message was handled before."""

    card: Card


@dataclass(frozen=True, slots=True)
class Frozen:
    """The sets belong to a finished workout, which is at this revision."""

    workout_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class NotLogged:
    """No set that is there was logged by the message.

    If it reads as sets of the current exercise, these can be logged: `asked` and `line` are what the button says.
    """

    card: Card | None
    entries: tuple[SetEntry, ...] = ()
    asked: Asked | None = None
    line: str = ""


Amendment = Amended | Unamended | Overtaken | Frozen | NotLogged


class Amending:
    """What becomes of the sets when their message is edited."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def amend(self, lifter_id: int, message_id: int, text: str, edited_at: datetime) -> Amendment:
        """Has the message's sets be what it says now; that is one change.

        These are the sets that it logged or said anew. Those that another message has said anew since are its own
        again: the last word counts. Raises InvalidValueError where an exercise would get too large.
        """
        async with self._database.writing() as session:
            user = await lifters.by_id(session, lifter_id)
            now = self._clock()
            anew = await typed.said_anew(session, lifter_id, message_id, now - _EDITABLE_FOR)
            workout = await _workout_of(session, lifter_id, message_id, anew.by_another)
            if workout is None:
                return await _not_logged(session, user, message_id, text)
            if workout.finished_at is not None:
                return Frozen(workout.id, workout.revision)
            message = _Message(session, user, workout, message_id, anew)
            if message.edited_at is not None and edited_at < message.edited_at:
                return Overtaken(await message.card())
            wanted = await message.read(text)
            if isinstance(wanted, Unamended):
                return wanted
            async with changes.recording(session, lifter_id, ChangeKind.SET_CHANGED, now):
                edit = Edit(session, workout, now)
                await message.rewrite(edit, wanted, edited_at)
                await edit.write()
            done = tuple(
                AmendedExercise(execution.exercise.name, execution.exercise.measure, wanted[execution.exercise_id])
                for execution in edit.executions
                if wanted.get(execution.exercise_id)
            )
            return Amended(await message.card(), done, len(edit.result.records), edit.result.outdated)


Wanted = Mapping[int, tuple[SetEntry, ...]]
"""By exercise, the sets that a message says."""


class _Message:
    """A message and the sets of the open workout that it said, also those of them that another one said anew."""

    def __init__(
        self, session: WriteSession, user: User, workout: Workout, message_id: int, anew: typed.SaidAnew
    ) -> None:
        self._session = session
        self._user = user
        self._workout = workout
        self._id = message_id
        self._anew = anew
        self._rows = {execution: self._logged(execution) for execution in workout.executions}

    @property
    def edited_at(self) -> datetime | None:
        """When the version of the message that the sets are of was written; None if it is the first one."""
        logged = (row for rows in self._rows.values() for row in rows)
        times = [row.message_edited_at for row in logged if row.message_id == self._id]
        return max((time for time in times if time is not None), default=None)

    async def card(self) -> Card:
        card = await read_card(self._session, self._user)
        assert card is not None
        return card

    async def read(self, text: str) -> Wanted | Unamended:
        """What the text says: sets of the exercise that the message was about, or of exercises that it names."""
        opened = await read_open(self._session, self._user, self._workout)
        execution = next(execution for execution, rows in self._rows.items() if rows)
        if looks_pasted(text):
            first = self._rows[execution][0]
            that_day = first.logged_at.astimezone(ZoneInfo(self._user.time_zone)).date()
            pasted = await read_pasted(
                self._session, self._user, text, opened, without_message=self._id, today=that_day
            )
            if pasted.exercises and not pasted.problems and pasted.day is None:
                return {done.exercise_id: done.entries for done in pasted.exercises}
            return Unamended(await self.card(), text, None, execution.exercise.measure)
        reading = self._read_sets(text, opened, execution)
        if isinstance(reading, Sets):
            return {execution.exercise_id: reading.entries}
        return Unamended(await self.card(), text, reading, execution.exercise.measure)

    async def rewrite(self, edit: Edit, wanted: Wanted, edited_at: datetime) -> None:
        """Changes the sets, and takes away or adds as many as the message has less or more than before."""
        left = dict(wanted)
        for execution, rows in self._rows.items():
            if rows:
                self._replace(edit, execution, rows, left.pop(execution.exercise_id, ()), edited_at)
        new = await edit.all_pickable(left.keys() - {execution.exercise_id for execution in edit.executions})
        for exercise_id, entries in left.items():
            there = next((done for done in edit.executions if done.exercise_id == exercise_id), None)
            execution = edit.add_execution(new[exercise_id]) if there is None else there
            self._replace(edit, execution, [], entries, edited_at)
        for execution, rows in self._rows.items():
            if rows and not edit.sets[execution] and not execution.targets:
                edit.executions.remove(execution)

    def _replace(
        self,
        edit: Edit,
        execution: ExerciseExecution,
        rows: Sequence[Set],
        entries: Sequence[SetEntry],
        edited_at: datetime,
    ) -> None:
        done = edit.sets[execution]
        for row, entry in zip(rows, entries, strict=False):
            if row.entry != entry:
                edit.change(execution, row, entry)
            row.message_id, row.message_edited_at = self._id, edited_at
        place = done.index(rows[min(len(rows), len(entries)) - 1]) + 1 if rows and entries else len(done)
        for row in rows[len(entries) :]:
            done.remove(row)
        for number, entry in enumerate(entries[len(rows) :]):
            row = edit.add_set(execution, entry, place + number)
            row.message_id, row.message_edited_at = self._id, edited_at

    def _read_sets(self, text: str, opened: OpenWorkout, execution: ExerciseExecution) -> Reading:
        unit = unit_of(self._user, opened.preferences[execution.exercise_id])
        put_right = [row.entry for row in self._rows[execution] if row.id in self._anew.by_itself]
        if put_right:  # as when the message put them right, a number alone is of the weight that was there
            return read_lines(text, _context_of(put_right[-1], execution.exercise.measure, unit))
        first = self._rows[execution][0]
        before = [row.entry for row in execution.sets if row.position < first.position]
        if not has_begun(before):  # what was suggested is gone: a number alone is of the weight that was done
            return read_lines(text, _context_of(first.entry, execution.exercise.measure, unit))
        return read_lines(text, line_context(execution.exercise.measure, unit, before, ()))

    def _logged(self, execution: ExerciseExecution) -> list[Set]:
        return [row for row in execution.sets if row.message_id == self._id or row.id in self._anew.by_another]


def _context_of(entry: SetEntry, measure: Measure, unit: WeightUnit) -> LineContext:
    return LineContext(measure, unit, entry.weight, entry.clean_reps)


async def _workout_of(
    session: WriteSession, lifter_id: int, message_id: int, before: Collection[int]
) -> Workout | None:
    """The workout that has the message's sets, if any are there."""
    named = [editable.Whose(message_id=message_id), *(editable.Whose(set_id=set_id) for set_id in sorted(before))]
    for of in named:
        if (workout := await editable.workout(session, lifter_id, of)) is not None:
            return workout
    return None


async def _not_logged(session: WriteSession, user: User, message_id: int, text: str) -> NotLogged:
    card = await read_card(session, user)
    if card is None or card.current is None:
        return NotLogged(card)
    reading = read_lines(text, card.current.context)
    if not isinstance(reading, Sets):
        return NotLogged(card)
    asked = Asked(card.workout_id, card.revision, message_id=message_id)
    return NotLogged(card, reading.entries, asked, print_sets(reading.entries, card.current.context))
