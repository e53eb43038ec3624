"""Workouts: starting, choosing what to do next, logging what was suggested, finishing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import exercises, lifters, workouts
from storage.database import Database, ReadSession, WriteSession
from storage.models import User, Workout
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import WeightUnit
from training.card import Card, CardPlace, card_of, current_execution, current_exercise, read_card, unit_of
from training.clock import Alarm, Clock
from training.errors import NoExerciseError, NoOpenWorkoutError, NotFoundError, NothingToLogError
from training.open_workout import (
    Logged,
    RestMessage,
    end_rests,
    focus_on,
    log,
    ready_lifter,
    rest_leftovers,
    workout_at,
)


@dataclass(frozen=True, slots=True)
class Performed:
    """One exercise of a finished workout."""

    name: str
    measure: Measure
    sets: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished workout. `volume_mg` is in milligrams."""

    title: str
    started_at: datetime
    finished_at: datetime
    unit: WeightUnit
    sets: int
    volume_mg: int
    performed: tuple[Performed, ...]

    @property
    def duration(self) -> timedelta:
        """From the start to the finish."""
        return self.finished_at - self.started_at


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

    async def start(self, lifter_id: int) -> Card:
        """Starts a workout, or comes back to the open one. Raises UnitNotChosenError."""
        async with self._database.writing() as session:
            user = await ready_lifter(session, lifter_id)
            workout = await workouts.start(session, lifter_id, self._clock())
            return await card_of(session, user, workout)

    async def add_exercise(self, lifter_id: int, exercise_id: int) -> Card:
        """Makes this the current exercise, in a new workout if none is open.

        An exercise that the workout has already is returned to, not added again.
        Raises NotFoundError and UnitNotChosenError.
        """
        async with self._database.writing() as session:
            user = await ready_lifter(session, lifter_id)
            exercise = await exercises.visible(session, lifter_id, exercise_id)
            if exercise is None:
                raise NotFoundError
            workout = await workouts.start(session, lifter_id, self._clock())
            await focus_on(session, workout, exercise, self._clock())
            return await card_of(session, user, workout)

    async def log_suggested(self, lifter_id: int, workout_id: int, revision: int) -> Logged:
        """Logs the set that the card of this revision suggested.

        Raises StaleButtonError, NoExerciseError and NothingToLogError.
        """
        async with self._database.writing() as session:
            user = await lifters.by_id(session, lifter_id)
            workout = await workout_at(session, lifter_id, workout_id, revision)
            execution = current_execution(await workouts.executions(session, workout.id))
            if execution is None:
                raise NoExerciseError
            shown = await current_exercise(session, user, execution)
            if shown.suggestion is None:
                raise NothingToLogError
            logged = await log(session, user, workout, execution, entries=[shown.suggestion], now=self._clock())
        set_alarm(self._alarm, logged.card)
        return logged

    async def finish(self, lifter_id: int, workout_id: int, revision: int) -> Finished:
        """Finishes the workout that the button showed; without sets it isn't kept. Raises StaleButtonError."""
        async with self._database.writing() as session:
            user = await lifters.by_id(session, lifter_id)
            workout = await workout_at(session, lifter_id, workout_id, revision)
            return await self._finish(session, user, workout)

    async def finished(self, lifter_id: int, workout_id: int) -> Finished:
        """What `finish` returned for this workout, once more; one that isn't there had no sets."""
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            outdated = await rest_leftovers(session, lifter_id)
            workout = await workouts.finished_one(session, lifter_id, workout_id)
            if workout is None:
                return Finished(None, CardPlace(None, 0), outdated)
            place = CardPlace(workout.card_message_id, workout.messages_below)
            return Finished(await _summary(session, user, workout), place, outdated)

    async def _finish(self, session: WriteSession, user: User, workout: Workout) -> Finished:
        place = CardPlace(workout.card_message_id, workout.messages_below)
        outdated = await end_rests(session, user.id)
        if (await workouts.totals(session, workout.id)).sets == 0:
            await session.delete(workout)
            return Finished(None, place, outdated)
        workout.finished_at = max(self._clock(), workout.started_at)
        workout.revision += 1
        await session.flush()
        return Finished(await _summary(session, user, workout), place, outdated)


def set_alarm(alarm: Alarm, card: Card) -> None:
    """Has the rest that was just committed rung in time."""
    if card.rest_until is not None:
        alarm.set(card.rest_until)


async def _summary(session: ReadSession, user: User, workout: Workout) -> Summary:
    executions = await workouts.whole(session, workout.id)
    totals = await workouts.totals(session, workout.id)
    performed = tuple(
        Performed(done.exercise.name, done.exercise.measure, tuple(row.entry for row in done.sets))
        for done in executions
        if done.sets
    )
    return Summary(
        title=workout.title,
        started_at=workout.started_at,
        finished_at=workout.finished_at or workout.started_at,
        unit=unit_of(user),
        sets=totals.sets,
        volume_mg=totals.volume_mg,
        performed=performed,
    )
