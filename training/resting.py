"""Rests by hand: starting one, changing the one that runs, skipping it, and keeping a length for good."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storage import changes, performing, rests
from storage.database import Database, WriteSession
from storage.models import ExerciseExecution, ExercisePreference, RestTimer
from storage.values.change import ChangeKind
from storage.values.lifted import SetKind
from training.card import Card, OpenWorkout, card_of, read_open, rest_until
from training.clock import Alarm, Clock
from training.errors import InvalidValueError, NoExerciseError, NoOpenWorkoutError, StaleButtonError
from training.open_workout import RestMessage, end_rests, rest_messages, start_rest
from training.preferring import rest_after
from training.rest_habits import offered
from training.rest_lengths import LONGEST, SHORTEST, WARNED_FROM, WHEN_ASKED_FOR
from training.workouts import set_alarm


@dataclass(frozen=True, slots=True)
class Rested:
    """The card as it is now, and what should leave the chat."""

    card: Card
    outdated: tuple[RestMessage, ...]
    left: timedelta = timedelta(0)
    """How much longer the rest lasts after it was made longer or shorter."""


@dataclass(frozen=True, slots=True)
class RestKept:
    """From now on the rest after this exercise lasts so many seconds."""

    card: Card
    name: str
    seconds: int


class Resting:
    """Rests that a lifter starts, changes or skips. No change to take back: nothing was lifted.

    Raises NoOpenWorkoutError, and StaleButtonError if another workout than the given one is open.
    """

    def __init__(self, database: Database, clock: Clock, alarm: Alarm) -> None:
        self._database = database
        self._clock = clock
        self._alarm = alarm

    async def start(self, lifter_id: int, workout_id: int | None = None) -> Rested:
        """Starts the rest of the current exercise; one that runs goes on. Raises NoExerciseError."""
        async with self._opened(lifter_id, workout_id) as (session, opened):
            current = _current(opened)
            outdated: tuple[RestMessage, ...] = ()
            if await rests.running(session, lifter_id) is None:
                usual = _usual(opened, current)
                rest = timedelta(seconds=usual) if usual else WHEN_ASKED_FOR
                outdated = await _rest_anew(session, opened, self._clock(), rest)
            rested = await _rested(session, opened, outdated)
        return self._alarmed(rested)

    async def last(self, lifter_id: int, rest: timedelta) -> Rested:
        """Has the rest last so long from now on, whether one runs or not.

        Raises NoExerciseError, and InvalidValueError if it is shorter than `SHORTEST` or longer than `LONGEST`.
        """
        if not SHORTEST <= rest <= LONGEST:
            raise InvalidValueError("rest", int((SHORTEST if rest < SHORTEST else LONGEST).total_seconds()))
        async with self._opened(lifter_id, None) as (session, opened):
            rested = await _rested(session, opened, await _rest_anew(session, opened, self._clock(), rest))
        return self._alarmed(rested)

    async def shift(self, lifter_id: int, workout_id: int, by: timedelta) -> Rested:
        """Makes the rest that runs longer or shorter, each time; one that nothing is left of ends without a word.

        Where none runs any more, one of that length starts, which goes on with the last one. Raises NoExerciseError.
        """
        now = self._clock()
        async with self._opened(lifter_id, workout_id) as (session, opened):
            outdated: tuple[RestMessage, ...] = ()
            if (timer := await rests.held(session, lifter_id)) is not None:
                outdated = await _move(session, opened, timer, now, by)
            elif by > timedelta(0):
                outdated = await _go_on_resting(session, opened, now, by)
            rested = await _rested(session, opened, outdated)
        if rested.card.rest_until is not None:
            rested = replace(rested, left=rested.card.rest_until - now)
        return self._alarmed(rested)

    async def skip(self, lifter_id: int, workout_id: int) -> Rested:
        """Ends the rest that runs, or has run out."""
        async with self._opened(lifter_id, workout_id) as (session, opened):
            return await _rested(session, opened, await end_rests(session, lifter_id))

    async def off(self, lifter_id: int) -> Rested | None:
        """Ends the rest that runs, or has run out; None if there is none."""
        async with self._opened(lifter_id, None) as (session, opened):
            ended = await rests.end_all(session, lifter_id)
            if ended.latest is None:
                return None
            return await _rested(session, opened, rest_messages(ended.told))

    async def put_away(self, lifter_id: int, workout_id: int) -> Rested:
        """Takes what was said about rests that have run out from the chat; one that runs goes on."""
        async with self._opened(lifter_id, workout_id) as (session, opened):
            return await _rested(session, opened, rest_messages(await rests.end_rung(session, lifter_id)))

    async def keep(self, lifter_id: int, workout_id: int, exercise_id: int, seconds: int) -> RestKept:
        """Makes the length that was offered the lifter's own for this exercise, which can be taken back.

        Raises StaleButtonError if it isn't offered (any more).
        """
        async with self._opened(lifter_id, workout_id) as (session, opened):
            done = next((done for done in opened.executions if done.exercise_id == exercise_id), None)
            habit = None if done is None else opened.habits[exercise_id]
            if done is None or habit is None or offered(habit, _usual(opened, done)) != seconds:
                raise StaleButtonError
            async with changes.recording(session, lifter_id, ChangeKind.LIBRARY, self._clock()):
                preference = opened.preferences[exercise_id]
                if preference is None:
                    preference = ExercisePreference(user_id=lifter_id, exercise_id=exercise_id)
                    session.add(preference)
                    opened.preferences[exercise_id] = preference
                preference.rest = seconds
            await session.delete(habit)
            opened.habits[exercise_id] = None
            card = await card_of(session, opened, await rest_until(session, lifter_id))
            return RestKept(card, done.exercise.name, seconds)

    def _alarmed(self, rested: Rested) -> Rested:
        """To be called after the commit."""
        set_alarm(self._alarm, rested.card)
        return rested

    @asynccontextmanager
    async def _opened(self, lifter_id: int, workout_id: int | None) -> AsyncIterator[tuple[WriteSession, OpenWorkout]]:
        """Whichever is open, if no workout is given."""
        async with self._database.writing() as session:
            found = await performing.lifter_and_workout(session, lifter_id)
            if found is None:
                raise NoOpenWorkoutError
            if workout_id is not None and found[1].id != workout_id:
                raise StaleButtonError
            yield session, await read_open(session, *found)


def _current(opened: OpenWorkout) -> ExerciseExecution:
    if opened.current is None:
        raise NoExerciseError
    return opened.current


def _usual(opened: OpenWorkout, done: ExerciseExecution) -> int:
    """Seconds of rest after a working set."""
    return rest_after(opened.user, done.exercise, opened.preferences[done.exercise_id], SetKind.WORKING)


async def _rested(session: WriteSession, opened: OpenWorkout, outdated: tuple[RestMessage, ...]) -> Rested:
    await session.flush()
    return Rested(await card_of(session, opened, await rest_until(session, opened.user.id)), outdated)


async def _rest_anew(
    session: WriteSession, opened: OpenWorkout, now: datetime, rest: timedelta
) -> tuple[RestMessage, ...]:
    """Starts a rest of this length in place of the one that runs. What should leave the chat."""
    current, running = _current(opened), await rests.held(session, opened.user.id)
    ended = await rests.end_all(session, opened.user.id)
    last = ended.latest
    if running is not None and last is not None:
        await start_rest(session, opened, last.execution_id, now, rest, planned=last.planned)
    else:
        # Who rests on after a rest is over has rested for longer than either says.
        await start_rest(session, opened, current.id, now, rest, planned=None if last else _usual(opened, current))
    return rest_messages(ended.told)


async def _go_on_resting(
    session: WriteSession, opened: OpenWorkout, now: datetime, more: timedelta
) -> tuple[RestMessage, ...]:
    """Rests so much longer than the rest that has just run out, if one has."""
    current = _current(opened)
    ended = await rests.end_all(session, opened.user.id)
    last = ended.latest
    if last is None or last.wanted is None:
        await start_rest(session, opened, current.id, now, more, planned=None)
    else:
        wanted = last.wanted + int(more.total_seconds())
        await start_rest(session, opened, last.execution_id, now, more, planned=last.planned, wanted=wanted)
    return rest_messages(ended.told)


async def _move(
    session: WriteSession, opened: OpenWorkout, timer: RestTimer, now: datetime, by: timedelta
) -> tuple[RestMessage, ...]:
    """Has the timer that runs end later or sooner. What should leave the chat: the word that it was about to end."""
    due_at = min(max(timer.due_at, now) + by, now + LONGEST)
    if due_at <= now:
        return await end_rests(session, opened.user.id)
    wanted = None if timer.wanted is None else max(0, timer.wanted + int(by.total_seconds()))
    execution_id, started_at, planned = timer.execution_id, timer.started_at, timer.planned
    rest = due_at - started_at
    if timer.message_id is None:
        timer.due_at, timer.wanted = due_at, wanted
        timer.warns = opened.user.warns_of_rest and rest >= WARNED_FROM
        return ()
    # A timer warns once, since its id names the warning in the journal: another one takes its place.
    outdated = await end_rests(session, opened.user.id)
    await start_rest(session, opened, execution_id, started_at, rest, planned=planned, wanted=wanted)
    return outdated
