"""A note or an RPE for a set that is logged already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from storage import changes, editable, exercises, lifters, rests, typed, workouts
from storage.database import Database, ReadSession
from storage.models import ExerciseExecution, Set, User
from storage.values.change import ChangeKind
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.name_key import name_key
from storage.values.quantity import WeightUnit
from training.card import Card, read_card, read_open
from training.clock import Clock
from training.edit import Edit
from training.errors import FrozenError, NotFoundError, StaleButtonError, UnreadableSetError
from training.notation import LineContext, Question, Sets, Unreadable, may_be_sets, read_lines
from training.pasted import lines_of, looks_pasted

_SAYS_RPE = re.compile(r"\s*(?:@|rpe\b)", re.IGNORECASE)
_ANY_SET = LineContext(Measure.REPS, WeightUnit.KG, None, None)


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be kept about a set; None: as it is."""

    rpe: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """The set as it is now, and the card."""

    card: Card
    entry: SetEntry
    measure: Measure
    name: str


@dataclass(frozen=True, slots=True)
class OfFinished:
    """The remark is about a finished workout, as it is at this revision: what was lifted in it stays as it is."""

    workout_id: int
    revision: int
    another_open: bool


def read_remark(text: str) -> Remark | Unreadable:
    """An RPE such as "@8,5" or "rpe 9 slow", with a note behind it if there is one; anything else is a note."""
    line = " ".join(text.split())
    if not _SAYS_RPE.match(line):
        return Remark(note=line.removeprefix("#").strip())
    reading = read_lines(f"1 {line}", _ANY_SET)
    if isinstance(reading, Sets) and len(reading.entries) == 1 and reading.entries[0].rpe is not None:
        (entry,) = reading.entries
        return Remark(entry.rpe, entry.note or None)
    return reading if isinstance(reading, Unreadable) else Remark(note=line)


class Annotating:
    """Remarks about the sets of the open workout, each one change."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def reply(self, lifter_id: int, replied_id: int, text: str) -> Annotated | OfFinished | None:
        """Takes what was written in reply to this message about a set for a remark on that set.

        The message is one of the lifter's that logged it, the card, or the one that said that the rest after it was
        over. Nothing is done with one about a set of a finished workout, or about its summary. None, with nothing done,
        for a reply to anything else and for one that reads as a set itself. Raises UnreadableSetError for an RPE that
        there isn't.
        """
        async with self._database.reading() as session:  # first, as what is left alone must not count as handled
            user = await lifters.by_id(session, lifter_id)
            meant = await self._meant(session, user, replied_id)
            if meant is None or await self._reads_as_set(session, user, text):
                return None
        if isinstance(meant, OfFinished):
            return meant
        remark = read_remark(text)
        if isinstance(remark, Unreadable):
            # What was read had a set in front of it, which the lifter didn't write.
            shown = replace(remark, understood="", stopped_at="", rest="")
            raise UnreadableSetError(text, shown, Measure.REPS, ("@8", "@8.5"))
        return await self.annotate(lifter_id, meant, remark)

    async def annotate(self, lifter_id: int, set_id: int, remark: Remark, *, revision: int | None = None) -> Annotated:
        """Keeps the remark. Raises NotFoundError, FrozenError, InvalidSetError, and StaleButtonError where `revision`
        is given and the workout has changed since.
        """
        now = self._clock()
        async with self._database.writing() as session:
            user = await lifters.by_id(session, lifter_id)
            workout = await editable.workout(session, lifter_id, editable.Whose(set_id=set_id))
            if workout is None:
                raise NotFoundError
            if workout.finished_at is not None:
                raise FrozenError
            if revision is not None and workout.revision != revision:
                raise StaleButtonError
            async with changes.recording(session, lifter_id, ChangeKind.SET_CHANGED, now):
                edit = Edit(session, workout, now)
                execution, row = edit.set(set_id)
                edit.change(execution, row, _with(row.entry, remark))
                await edit.write()
            card = await read_card(session, user)
            assert card is not None
            return Annotated(card, row.entry, execution.exercise.measure, execution.exercise.name)

    async def _meant(self, session: ReadSession, user: User, replied_id: int) -> int | OfFinished | None:
        """The set that a reply to this message is about."""
        logged = await typed.last_set_in(session, user.id, replied_id)
        opened = await workouts.open_workout(session, user.id)
        if logged is None:
            finished = await workouts.summed_up_in(session, user.id, replied_id)
        else:
            finished = logged[1] if logged[1].finished_at is not None else None
        if finished is not None:
            return OfFinished(finished.id, finished.revision, another_open=opened is not None)
        if logged is not None:
            return logged[0]
        if opened is None or not (
            opened.card_message_id == replied_id or await rests.told_in(session, user.id, replied_id)
        ):
            return None
        last = _last_set((await read_open(session, user, opened)).executions)
        return None if last is None else last.id

    async def _reads_as_set(self, session: ReadSession, user: User, text: str) -> bool:
        """Whether the reply would be logged, or names exercises, if it were a message by itself."""
        if len(lines_of(text)) > 1 and looks_pasted(text):
            return True
        if await exercises.exactly_named(session, user.id, name_key(text)):
            return True
        card = await read_card(session, user)
        current = None if card is None else card.current
        if current is None:
            return may_be_sets(text) and not _SAYS_RPE.match(text)
        return isinstance(read_lines(text, current.context), Sets | Question)


def _last_set(executions: Iterable[ExerciseExecution]) -> Set | None:
    """The set that was logged last."""
    done = (row for execution in executions for row in execution.sets)
    return max(done, key=lambda row: (row.logged_at, row.id), default=None)


def _with(entry: SetEntry, remark: Remark) -> SetEntry:
    rpe = entry.rpe if remark.rpe is None else remark.rpe
    return replace(entry, rpe=rpe, note=entry.note if remark.note is None else remark.note)
