"""Taking back what was done last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from storage import changes, images, lifters, workouts
from storage.database import Database, WriteSession
from storage.models import Change, ExerciseExecution, Set, Workout
from storage.values.change import ChangeKind
from training.errors import AnotherOpenError, NotAllowedError, NothingToUndoError, StaleButtonError
from training.open_workout import RestMessage, end_rests
from training.permissions import may_administer


@dataclass(frozen=True, slots=True)
class LastChange:
    """What would be taken back."""

    id: int
    kind: ChangeKind
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back. `workout_id` is the workout it was in, if that is there now; None in the library.

    `outdated` are the messages of the rest that a taken back set had started.
    """

    kind: ChangeKind
    workout_id: int | None
    outdated: tuple[RestMessage, ...]


class Undo:
    """Takes back a lifter's changes, the latest first."""

    def __init__(self, database: Database, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the Telegram user ids of the host's admins."""
        self._database = database
        self._admin_ids = admin_ids

    async def latest(self, lifter_id: int) -> LastChange | None:
        """What `undo` would take back; None if nothing."""
        async with self._database.reading() as session:
            change = await changes.latest(session, lifter_id)
        return None if change is None else LastChange(change.id, change.kind, change.made_at)

    async def undo(self, lifter_id: int, change_id: int | None = None) -> Undone:
        """Takes back the lifter's latest change, which must be the one given, if one is.

        Raises NothingToUndoError, StaleButtonError, AnotherOpenError where a workout would be open again while another
        is, and NotAllowedError where what everybody sees would change and the lifter is no admin any more.
        """
        async with self._database.writing() as session:
            # What is going on in the open workout, and another undo, come before or after this one.
            await lifters.hold(session, lifter_id)
            opened = await workouts.open_workout(session, lifter_id)
            change = await changes.latest(session, lifter_id)
            if change_id is not None and (change is None or change.id != change_id):
                raise StaleButtonError
            if change is None:
                raise NothingToUndoError
            if opened is not None and _opens_another(change, opened):
                raise AnotherOpenError(opened.id)
            if await images.touches_system(session, change.rows) and not await may_administer(
                session, lifter_id, self._admin_ids
            ):
                raise NotAllowedError
            return await _take_back(session, change, opened)


def _opens_another(change: Change, opened: Workout) -> bool:
    """Whether a workout that was open before the change is not the one that is open now."""
    return any(
        row["table"] == Workout.__tablename__
        and row["was"] is not None
        and row["was"]["finished_at"] is None
        and row["key"] != [opened.id]
        for row in change.rows
    )


async def _take_back(session: WriteSession, change: Change, opened: Workout | None) -> Undone:
    kind, lifter_id, touched = change.kind, change.user_id, await images.workouts_of(session, change.rows)
    outdated = await _end_rests(session, change)
    if opened is not None and opened.id not in touched:
        await workouts.outdate_open(session, lifter_id)
    try:
        await changes.take_back(session, change)
    except IntegrityError as gone:
        raise NothingToUndoError from gone
    left = await workouts.touch(session, lifter_id, touched)
    return Undone(kind, left, outdated)


async def _end_rests(session: WriteSession, change: Change) -> tuple[RestMessage, ...]:
    """Ends the rest after the sets that are about to go, and whatever hangs on an execution that goes."""
    made = {row["table"] for row in change.rows if row["was"] is None}
    if made & {Workout.__tablename__, ExerciseExecution.__tablename__}:
        return await end_rests(session, change.user_id)
    # The sets' rest began when they were logged; one that began before goes on.
    return await end_rests(session, change.user_id, since=change.made_at) if Set.__tablename__ in made else ()
