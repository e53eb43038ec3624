"""How a text that names exercises reads for its lifter, and in place of what it will stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from storage import history, lifters, workouts
from storage.database import ReadSession
from storage.models import Paste, User, Workout
from training.card import Card, OpenWorkout, read_card, read_open
from training.errors import NotFoundError, UnitNotChosenError
from training.pasted import Pasted, read_pasted, says_day


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A finished workout that a text is to be, or has become: what it was, or is now."""

    workout_id: int
    title: str
    started_at: datetime
    exercises: int
    sets: int


@dataclass(frozen=True, slots=True)
class Preview:
    """How a text that waits reads, and the card of the open workout, if one is open.

    The first of its problems is the one that `Pastes.name` or `Pastes.settle` answer. `rewrites` is the finished
    workout in whose place it will stand, as it is now, if it was typed for that.
    """

    paste_id: int
    revision: int
    pasted: Pasted
    card: Card | None
    rewrites: Rewritten | None = None


@dataclass(frozen=True)
class Reader:
    """Reads a text for its lifter, who may have a workout open, as of now; in place of `rewritten` if that is given."""

    session: ReadSession
    user: User
    opened: OpenWorkout | None
    rewritten: Workout | None
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """Where the lifter is."""
        return ZoneInfo(self.user.time_zone)

    @property
    def today(self) -> date:
        """The day that it is there."""
        return self.now.astimezone(self.zone).date()

    async def read(self, text: str, answers: Mapping[str, int] | None = None) -> Pasted:
        """How the text reads, with these answers to what was asked about it."""
        if self.rewritten is not None:
            there = [execution.exercise for execution in self.rewritten.executions]
            return await read_pasted(self.session, self.user, text, answers=answers, also=there)
        opened = None if says_day(text) else self.opened  # it goes on with what is done now only if it is of today
        return await read_pasted(self.session, self.user, text, opened, answers=answers, today=self.today)

    async def read_again(self, paste: Paste) -> Pasted:
        """How the text that waits reads by now."""
        return await self.read(paste.text, paste.answers)

    def digest(self, pasted: Pasted) -> str:
        """Stands for a reading: the same for the same sets of the same day, in place of the same."""
        place = None if self.rewritten is None else self.rewritten.revision
        return sha256(repr((pasted.exercises, pasted.day, place)).encode()).hexdigest()

    async def preview(self, paste: Paste, pasted: Pasted) -> Preview:
        """The text that waits, as it has just been read."""
        rewrites = None if self.rewritten is None else _rewrites(self.rewritten)
        return Preview(paste.id, paste.revision, pasted, await read_card(self.session, self.user), rewrites)


async def reader_for(session: ReadSession, lifter_id: int, now: datetime, workout_id: int | None = None) -> Reader:
    """Raises UnitNotChosenError, and NotFoundError for a workout to rewrite that isn't the lifter's, or isn't over."""
    workout = await workouts.open_workout(session, lifter_id)
    user = await lifters.by_id(session, lifter_id)
    if user.unit is None:
        raise UnitNotChosenError
    opened = None if workout is None else await read_open(session, user, workout)
    rewritten = None if workout_id is None else await history.workout_of(session, lifter_id, workout_id)
    if workout_id is not None and (rewritten is None or rewritten.finished_at is None):
        raise NotFoundError
    return Reader(session, user, opened, rewritten, now)


def _rewrites(workout: Workout) -> Rewritten:
    sets = sum(len(execution.sets) for execution in workout.executions)
    return Rewritten(workout.id, workout.title, workout.started_at, len(workout.executions), sets)
