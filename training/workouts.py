"""Workouts: starting, choosing what to do next, logging what was suggested, finishing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import changes, exercises, lifters, performing, timers, workouts
from storage.database import Database, ReadSession, WriteSession
from storage.models import Workout
from storage.values.change import ChangeKind
from training.card import Card, CardPlace, OpenWorkout, card_of, read_card, read_open, rest_until, suggested
from training.clock import Alarm, Clock
from training.errors import NoExerciseError, NoOpenWorkoutError, NotFoundError, NothingToLogError
from training.open_workout import (
    Logged,
    RestMessage,
    end_rests,
    focus_on,
    log,
    open_at,
    open_or_start,
    ready_lifter,
    rest_leftovers,
    turn_to,
)
from training.rest_lengths import WARNING
from training.summary import Summary, summary_of

GOES_ON = timedelta(hours=4)
"""A workout that is reopened within this time and finished again has gone on until then."""

KEPT_FOR = timedelta(days=30)
"""How long a change can be taken back."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The workout is over. `summary` is None if it had no sets and so wasn't kept."""

    summary: Summary | None
    place: CardPlace
    outdated: tuple[RestMessage, ...]


class Workouts:
    """What a lifter does with the open workout, apart from writing in it."""

    def __init__(self, database: Database, clock: Clock, alarm: Alarm) -> None:
        self._database = database
        self._clock = clock
        self._alarm = alarm

    async def card(self, lifter_id: int) -> Card:
        """The open workout. Raises NoOpenWorkoutError."""
        async with self._database.reading() as session:
            card = await read_card(session, await lifters.by_id(session, lifter_id))
        if card is None:
            raise NoOpenWorkoutError
        return card

    async def place(self, lifter_id: int, workout_id: int) -> CardPlace:
        """Where the workout's card, or its summary, stands by now. Raises NotFoundError."""
        async with self._database.reading() as session:
            place = await workouts.card_place(session, lifter_id, workout_id)
        if place is None:
            raise NotFoundError
        return CardPlace(*place)

    async def is_summary(self, lifter_id: int, message_id: int) -> bool:
        """Whether the message says what a finished workout came to: that stays, whatever is pressed on it."""
        async with self._database.reading() as session:
            return await workouts.summed_up_in(session, lifter_id, message_id) is not None

    async def start(self, lifter_id: int) -> Card:
        """Starts a workout, or comes back to the open one. Raises UnitNotChosenError."""
        now = self._clock()
        async with self._database.writing() as session:
            user = await ready_lifter(session, lifter_id)
            async with changes.recording(session, lifter_id, ChangeKind.STARTED, now):
                workout = await workouts.start(session, lifter_id, now)
            opened = await read_open(session, user, workout)
            return await card_of(session, opened, await rest_until(session, lifter_id))

    async def add_exercise(self, lifter_id: int, exercise_id: int) -> Card:
        """Makes this the current exercise, in a new workout if none is open.

        An exercise that the workout has already is returned to, not added again.
        Raises NotFoundError and UnitNotChosenError.
        """
        now = self._clock()
        async with self._database.writing() as session:
            user = await ready_lifter(session, lifter_id)
            async with changes.recording(session, lifter_id, ChangeKind.EXERCISE_ADDED, now) as change:
                opened = await open_or_start(session, user, now, change)
                exercise = await exercises.visible(session, lifter_id, exercise_id)
                if exercise is None:
                    raise NotFoundError
                await focus_on(session, opened, exercise, now)
            return await card_of(session, opened, await rest_until(session, lifter_id))

    async def log_suggested(
        self, lifter_id: int, workout_id: int, revision: int, execution_id: int | None = None
    ) -> Logged:
        """Logs the set that the card of this revision suggested, or suggested for this execution, which is next.

        Raises StaleButtonError, NoExerciseError and NothingToLogError.
        """
        now = self._clock()
        async with self._database.writing() as session:
            opened = await open_at(session, lifter_id, workout_id, revision)
            if execution_id is not None:
                turn_to(opened, execution_id, now)
            if opened.current is None:
                raise NoExerciseError
            suggestion = await suggested(session, opened, opened.current)
            if suggestion is None:
                raise NothingToLogError
            async with changes.recording(session, lifter_id, ChangeKind.LOGGED, now):
                logged = await log(session, opened, [suggestion], now, [None])
        set_alarm(self._alarm, logged.card)
        return logged

    async def finish(self, lifter_id: int, workout_id: int, revision: int) -> Finished:
        """Finishes the workout that the button showed; without sets it isn't kept. Raises StaleButtonError.

        From then on what was changed long ago can't be taken back.
        """
        now = self._clock()
        async with self._database.writing() as session:
            opened = await open_at(session, lifter_id, workout_id, revision)
            async with changes.recording(session, lifter_id, ChangeKind.FINISHED, now):
                finished = await finish_open(session, opened, now)
            await changes.forget(session, lifter_id, now - KEPT_FOR)
        return finished

    async def finished(self, lifter_id: int, workout_id: int) -> Finished:
        """What `finish` returned for this workout, once more; one that isn't there had no sets."""
        async with self._database.reading() as session:
            return await finished_again(session, lifter_id, workout_id)


def set_alarm(alarm: Alarm, card: Card) -> None:
    """Has the rest that was just committed rung in time, and its lifter warned of it."""
    if card.rest_until is not None:
        alarm.set(card.rest_until - WARNING if card.warns_of_rest else card.rest_until)


async def finished_again(session: ReadSession, lifter_id: int, workout_id: int) -> Finished:
    """What finishing this workout has returned; one that isn't there had no sets."""
    user = await lifters.by_id(session, lifter_id)
    outdated = await rest_leftovers(session, lifter_id)
    workout = await workouts.finished_one(session, lifter_id, workout_id)
    if workout is None:
        return Finished(None, CardPlace(None, 0), outdated)
    place = CardPlace(workout.card_message_id, workout.messages_below)
    executions = [done.execution for done in await performing.executions(session, workout.id)]
    return Finished(await summary_of(session, user, workout, executions, with_facts=True), place, outdated)


async def finish_open(session: WriteSession, opened: OpenWorkout, now: datetime) -> Finished:
    """Finishes the workout as of that time, or deletes it if it has no sets. To be recorded as a change."""
    workout = opened.workout
    place = CardPlace(workout.card_message_id, workout.messages_below)
    outdated = await end_rests(session, opened.user.id)
    await timers.end_sets(session, opened.user.id, now)
    if not any(execution.sets for execution in opened.executions):
        await session.delete(workout)
        return Finished(None, place, outdated)
    workout.finished_at = _end_of(workout, now)
    workout.finished_before = None
    workout.revision += 1
    summary = await summary_of(session, opened.user, workout, opened.executions, with_facts=True)
    return Finished(summary, place, outdated)


def _end_of(workout: Workout, now: datetime) -> datetime:
    """When the workout ended: as its lifter has said, or, reopened long after to put something right, as before."""
    if workout.ends_at is not None:
        return max(workout.started_at, workout.ends_at)
    before = workout.finished_before
    return max(workout.started_at, now if before is None or now - before < GOES_ON else before)
