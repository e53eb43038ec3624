"""Taking back what was done last."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from storage import audit, changes, editable, exercises, keeping, lifters, performing, timers, touched, workouts
from storage.database import Database, WriteSession
from storage.images import ImageRow
from storage.models import Change, ExerciseExecution, Set, Workout
from storage.putting_back import NotAsLeftError
from storage.values.audit import AdminAction
from storage.values.change import ChangeKind
from training.accounts.undoing import is_going_back, take_import_back
from training.card import CardPlace
from training.clock import Clock
from training.errors import AnotherOpenError, NotAllowedError, NothingToUndoError, StaleButtonError, TrainingError
from training.open_workout import RestMessage, end_rests
from training.permissions import may_administer
from training.taking_back import remeasured, require_rules
from training.workouts import KEPT_FOR


@dataclass(frozen=True, slots=True)
class LastChange:
    """What would be taken back."""

    id: int
    kind: ChangeKind
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back. `workout_id` is the workout it was in, if that is there now; None in the library.

    `place` is where the card of the workout stands that was open, or is again; `outdated` are the messages of the rest
    that a taken back set had started.
    """

    kind: ChangeKind
    workout_id: int | None
    place: CardPlace
    outdated: tuple[RestMessage, ...]


class Undo:
    """Takes back a lifter's changes of the last 30 days, the latest first."""

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the Telegram user ids of the host's admins."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    async def latest(self, lifter_id: int) -> LastChange | None:
        """What `undo` would take back; None if nothing."""
        async with self._database.reading() as session:
            change = await changes.latest(session, lifter_id, self._clock() - KEPT_FOR)
        return None if change is None else LastChange(change.id, change.kind, change.made_at)

    async def undo(self, lifter_id: int, change_id: int | None = None) -> Undone:
        """Takes back the lifter's latest change, which must be the one given, if one is.

        Taking back a finish reopens the workout. Raises StaleButtonError, AnotherOpenError where a workout would be
        open again while another is, and NothingToUndoError. A change that can't be taken back any more is dropped for
        good, so that the one before it is the latest from then on: that raises NothingToUndoError too, or
        NotAllowedError where what everybody sees would change and the lifter is no admin any more.
        """
        return await self._undo(lifter_id, partial(_require_change, change_id))

    async def undo_at(self, lifter_id: int, workout_id: int, revision: int) -> Undone:
        """Takes back the latest change, if the open workout still is as the pressed button showed it.

        Raises StaleButtonError if it isn't, and whatever `undo` raises.
        """
        return await self._undo(lifter_id, partial(_require_workout, lifter_id, workout_id, revision))

    async def finish(self, lifter_id: int) -> None:
        """Goes on with taking back an import, if that was begun and cut short."""
        async with self._database.reading() as session:
            change = await changes.latest(session, lifter_id)
        if change is not None and is_going_back(change):
            await self._undo(lifter_id, partial(_require_change, change.id))

    async def _undo(self, lifter_id: int, require: _Require) -> Undone:
        """In one transaction; an import, which may have brought a great deal, in as many as keep nobody waiting."""
        outdated: tuple[RestMessage, ...] = ()
        place = CardPlace(None, 0)
        while True:
            async with self._database.writing() as session:
                change = await self._held_latest(session, lifter_id)
                await require(session, change)
                if change is None or change.kind is not ChangeKind.IMPORTED:
                    undone = await self._undo_or_drop(session, change)
                    break
                opened = await workouts.open_workout(session, lifter_id)
                taken = await take_import_back(session, change, self._clock())
                if opened is not None and opened.id in taken.workouts:
                    place = _place_of([opened])
                outdated += taken.outdated
                if taken.is_all:
                    undone = Undone(ChangeKind.IMPORTED, None, place, outdated)
                    break
                require = partial(_require_change, change.id)
            await asyncio.sleep(0)
        return _or_raise(undone)

    async def _held_latest(self, session: WriteSession, lifter_id: int) -> Change | None:
        """The latest change: what is going on in the open workout, and another undo, come before or after this one."""
        since = self._clock() - KEPT_FOR
        await lifters.hold(session, lifter_id)
        change = await changes.latest(session, lifter_id, since)
        if change is not None and change.kind in {ChangeKind.LIBRARY, ChangeKind.IMPORTED}:
            return change  # what it needs is held before any workout, and what is going on in one is apart from it
        await workouts.open_workout(session, lifter_id)
        return await changes.latest(session, lifter_id, since)

    async def _undo_or_drop(self, session: WriteSession, change: Change | None) -> Undone | TrainingError:
        """What was taken back, or why nothing was."""
        if change is None:
            return NothingToUndoError()
        latest_id, lifter_id, rows = change.id, change.user_id, change.rows
        try:
            systems = await self._hold_library(session, change)
            _refuse_second(rows, await workouts.open_workout(session, lifter_id))
            async with session.begin_nested():
                undone = await _take_back(session, change, self._clock())
            if systems:
                undo = AdminAction.LIBRARY_UNDONE
                await audit.note(session, lifter_id, undo, self._clock(), exercises=sorted(systems))
        except NotAllowedError as refusal:
            reason: TrainingError = refusal
        except NotAsLeftError:
            # Another replica may have opened a workout since.
            _refuse_second(rows, await workouts.open_workout(session, lifter_id))
            reason = NothingToUndoError()
        else:
            return undone
        await changes.drop(session, latest_id)
        return reason

    async def _hold_library(self, session: WriteSession, change: Change) -> frozenset[int]:
        """Holds what others write to as well, if the change was made there; the exercises, if all lifters see them.

        Raises NotAllowedError if the lifter may not change it any more, and NotAsLeftError if merging, which holds the
        same, has made the change be forgotten.
        """
        written = await touched.exercises_of(session, change.rows)
        if not written:
            return written
        is_system = await touched.any_system(session, change.rows, written)
        if not is_system:
            await exercises.await_catalogue(session)
        elif await may_administer(session, change.user_id, self._admin_ids):
            await exercises.hold_catalogue(session)
            now_latest = await changes.latest(session, change.user_id)
            if now_latest is None or now_latest.id != change.id:
                raise NotAsLeftError
        else:
            raise NotAllowedError
        if measures := remeasured(change.rows):
            await keeping.interrupt(session, measures)
        return written if is_system else frozenset()


_Require = Callable[[WriteSession, Change | None], Awaitable[None]]
"""Raises StaleButtonError unless the latest change is the one that is meant."""


async def _require_change(change_id: int | None, _: WriteSession, change: Change | None) -> None:
    if change_id is not None and (change is None or change.id != change_id):
        raise StaleButtonError


async def _require_workout(
    lifter_id: int, workout_id: int, revision: int, session: WriteSession, _: Change | None
) -> None:
    opened = await workouts.open_workout(session, lifter_id)
    if opened is None or (opened.id, opened.revision) != (workout_id, revision):
        raise StaleButtonError


def _or_raise(undone: Undone | TrainingError) -> Undone:
    """To be called after the commit: an error before would bring a dropped change back."""
    if not isinstance(undone, Undone):
        raise undone
    return undone


def _refuse_second(rows: Sequence[ImageRow], opened: Workout | None) -> None:
    """Raises AnotherOpenError if a workout that the change had ended or removed is not the one that is open now."""
    if opened is not None and any(_reopens(row) and row["key"] != [opened.id] for row in rows):
        raise AnotherOpenError(opened.id)


def _reopens(row: ImageRow) -> bool:
    """Whether this is a workout that the change finished, or removed while it was open."""
    if row["table"] != Workout.__tablename__ or row["was"] is None or row["was"]["finished_at"] is not None:
        return False
    written = row.get("is") or row["was"]
    return "finished_at" in written


async def _take_back(session: WriteSession, change: Change, now: datetime) -> Undone:
    kind, lifter_id, rows = change.kind, change.user_id, change.rows
    within = await touched.workouts_of(session, rows)
    opened = await workouts.open_workout(session, lifter_id)
    reopened = await workouts.finished_ones(session, lifter_id, [row["key"][0] for row in rows if _reopens(row)])
    ends = {workout: workout.finished_at for workout in reopened}
    place = _place_of([*([] if opened is None else [opened]), *reopened])
    outdated = await _end_rests(session, change)
    await _end_countdown(session, rows, lifter_id, now)
    if opened is not None and opened.id not in within:
        opened.revision += 1
    await changes.take_back(session, change)
    await require_rules(session, lifter_id, rows)
    # What was added after it may still be there, if taking that back was no longer possible.
    await editable.close_gaps(session, lifter_id, within)
    if opened is not None and kind is ChangeKind.LOGGED:
        await _give_turn_back(session, opened.id, rows)
    left = await workouts.touch(session, lifter_id, within)
    for workout, ended_at in ends.items():
        workout.finished_before = ended_at  # as when it is reopened
    return Undone(kind, left, place, outdated)


async def _give_turn_back(session: WriteSession, workout_id: int, rows: Sequence[ImageRow]) -> None:
    """In a superset it is the turn of the exercise again whose set has gone."""
    gone = [row.get("is") for row in rows if row["table"] == Set.__tablename__ and row["was"] is None]
    without = {image["execution_id"] for image in gone if image is not None}
    if not without:
        return
    executions = await performing.bare_executions(session, workout_id)
    current = max(executions, key=lambda done: (done.focused_at, done.position), default=None)
    waiting = next((done for done in executions if done.id in without), None)
    if current is None or waiting is None or current.superset is None or current.superset != waiting.superset:
        return
    if waiting is not current:
        waiting.focused_at = current.focused_at + timedelta(microseconds=1)


def _place_of(shown: Sequence[Workout]) -> CardPlace:
    return CardPlace(shown[0].card_message_id, shown[0].messages_below) if shown else CardPlace(None, 0)


async def _end_rests(session: WriteSession, change: Change) -> tuple[RestMessage, ...]:
    """Ends the rest after the sets that are about to go, and whatever hangs on an execution that goes."""
    lifter_id, made = change.user_id, [row for row in change.rows if row["was"] is None]
    tables = {row["table"] for row in made}
    if Workout.__tablename__ in tables:
        return await end_rests(session, lifter_id)
    executions = {row["key"][0] for row in made if row["table"] == ExerciseExecution.__tablename__}
    outdated = await end_rests(session, lifter_id, executions) if executions else ()
    # The sets' rest began when they were logged; one that began before goes on.
    if Set.__tablename__ in tables:
        outdated += await end_rests(session, lifter_id, since=change.made_at)
    return tuple(dict.fromkeys(outdated))


async def _end_countdown(session: WriteSession, rows: Sequence[ImageRow], lifter_id: int, now: datetime) -> None:
    """Ends what counts down a set of an execution that is about to go, or to be of another exercise."""
    executions = [row for row in rows if row["table"] == ExerciseExecution.__tablename__]
    if others := [row["key"][0] for row in executions if "exercise_id" in (row.get("is") or row["was"] or {})]:
        await timers.end_sets(session, lifter_id, now, execution_ids=others)
