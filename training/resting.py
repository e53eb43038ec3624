"""Starting, prolonging and skipping a rest by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from storage import performing, rests
from storage.database import Database, WriteSession
from storage.values.lifted import SetKind
from training.card import Card, OpenWorkout, card_of, read_open, rest_until
from training.clock import Alarm, Clock
from training.errors import NoExerciseError, NoOpenWorkoutError, StaleButtonError
from training.open_workout import RestMessage, end_rests, start_rest
from training.preferring import rest_after
from training.workouts import set_alarm

_WHEN_ASKED_FOR = 120
"""Seconds for who wants no rest by itself, and asks for one."""


MORE = timedelta(seconds=30)
"""What one press gives to a rest."""

_LONGEST = timedelta(hours=1)
"""From now on; whoever rests longer has left."""


@dataclass(frozen=True, slots=True)
class Rested:
    """The card as it is now, and what should leave the chat."""

    card: Card
    outdated: tuple[RestMessage, ...]


class Resting:
    """Rests that a lifter starts, prolongs or skips. No change to take back: nothing was lifted.

    Raises NoOpenWorkoutError, and StaleButtonError if another workout is open.
    """

    def __init__(self, database: Database, clock: Clock, alarm: Alarm) -> None:
        self._database = database
        self._clock = clock
        self._alarm = alarm

    async def start(self, lifter_id: int, workout_id: int) -> Rested:
        """Starts the rest of the current exercise; one that runs goes on. Raises NoExerciseError."""
        async with self._opened(lifter_id, workout_id) as (session, opened):
            if opened.current is None:
                raise NoExerciseError
            outdated: tuple[RestMessage, ...] = ()
            if await rests.running(session, lifter_id) is None:
                outdated = await end_rests(session, lifter_id)
                exercise = opened.current.exercise
                seconds = rest_after(opened.user, exercise, opened.preferences[exercise.id], SetKind.WORKING)
                rest = timedelta(seconds=seconds or _WHEN_ASKED_FOR)
                start_rest(session, opened.current, self._clock(), rest)
                await session.flush()
            card = await card_of(session, opened, await rest_until(session, lifter_id))
        set_alarm(self._alarm, card)
        return Rested(card, outdated)

    async def prolong(self, lifter_id: int, workout_id: int) -> Rested:
        """Adds `MORE` to the rest that runs, each time; where none does any more, one of that length starts.

        Raises NoExerciseError.
        """
        async with self._opened(lifter_id, workout_id) as (session, opened):
            if opened.current is None:
                raise NoExerciseError
            now = self._clock()
            outdated: tuple[RestMessage, ...] = ()
            if (timer := await rests.held(session, lifter_id)) is None:
                outdated = await end_rests(session, lifter_id)
                start_rest(session, opened.current, now, MORE)
            else:
                timer.due_at = min(max(timer.due_at, now) + MORE, now + _LONGEST)
            await session.flush()
            card = await card_of(session, opened, await rest_until(session, lifter_id))
        set_alarm(self._alarm, card)
        return Rested(card, outdated)

    async def skip(self, lifter_id: int, workout_id: int) -> Rested:
        """Ends the rest that runs, or has run out."""
        async with self._opened(lifter_id, workout_id) as (session, opened):
            outdated = await end_rests(session, lifter_id)
            return Rested(await card_of(session, opened, None), outdated)

    @asynccontextmanager
    async def _opened(self, lifter_id: int, workout_id: int) -> AsyncIterator[tuple[WriteSession, OpenWorkout]]:
        async with self._database.writing() as session:
            found = await performing.lifter_and_workout(session, lifter_id)
            if found is None:
                raise NoOpenWorkoutError
            if found[1].id != workout_id:
                raise StaleButtonError
            yield session, await read_open(session, *found)
