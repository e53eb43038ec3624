"""Where a lifter stands who has no workout open, and what they can start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage import exercises, history, lifters, workouts
from storage.database import Database, ReadSession
from storage.models import ExercisePreference, User
from storage.values.history import HistoryFilter, WorkoutState
from storage.values.name_key import name_key
from storage.values.quantity import WeightUnit
from storage.workouts import Totals
from training.alike import Past, latest_finished, with_exercises
from training.card import current_exercise, line_context, read_open
from training.clock import Clock
from training.library import choices_of
from training.matches import Choice
from training.notation import Question, Sets, read_lines
from training.preferring import unit_of

MOST_REPEATED = 4
"""How many of the lifter's workouts are offered at once."""

EARLIER_AT_ONCE = 6
"""How many workouts a page of earlier ones has."""

POPULAR = ("Bench press", "Squat", "Deadlift", "Overhead press", "Lat pulldown", "Pull up")
"""Exercises that a first workout begins with, as lifters call them."""

GOES_ON_FOR = timedelta(hours=12)
"""How long after the end of a workout a set may be meant for it."""

_LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finished workout that can be started again. `exercises` are the names of its exercises in their order.

    `days_ago` counts by the calendar in the lifter's time zone.
    """

    workout_id: int
    title: str
    exercises: tuple[str, ...]
    started_at: datetime
    days_ago: int


@dataclass(frozen=True, slots=True)
class Last:
    """The lifter's last workout. `volume_mg` is in milligrams."""

    workout: Earlier
    sets: int
    volume_mg: int


@dataclass(frozen=True, slots=True)
class JustOver:
    """A workout that is over, but not for so long that it couldn't go on; `revision` is what reopening it takes."""

    workout: Earlier
    revision: int
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class Places:
    """Where a line can go that was typed while no workout is open.

    `goes_on` says whether the line reads as sets, without a question, of the exercise at which `over` was finished.
    `exercise` is what was done last, if the line reads as sets of it, and `latest_id` the latest workout: with these a
    new workout is begun for the line. 0: there is none yet.
    """

    over: JustOver | None
    goes_on: bool
    exercise: Choice | None
    latest_id: int


@dataclass(frozen=True, slots=True)
class Start:
    """What can be started: `again` has the newest of each kind of workout, `popular` helps who has no `last` yet."""

    name: str
    unit: WeightUnit
    last: Last | None
    again: tuple[Earlier, ...]
    popular: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class EarlierPage:
    """A page of finished workouts, newest first. Pages count from 0; `more` says whether there is a next one."""

    workouts: tuple[Earlier, ...]
    page: int
    more: bool


class Starting:
    """Says what can be started. Starting is done by `Workouts.start` and `History.start_from`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def offers(self, lifter_id: int) -> Start:
        """What the lifter can start now."""
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            past = await latest_finished(session, lifter_id)
            if not past:
                return Start(user.name, unit_of(user), None, (), await _popular(session, lifter_id))
            newest = past[0].workout.id
            totals = (await workouts.totals_of(session, [newest])).get(newest, Totals(0, 0, 0))
        earlier = self._earlier(user, past)
        return Start(
            name=user.name,
            unit=unit_of(user),
            last=Last(earlier[newest], totals.sets, totals.volume_mg),
            again=tuple(earlier[one.workout.id] for one in _newest_of_each(past))[:MOST_REPEATED],
            popular=(),
        )

    async def earlier(self, lifter_id: int, page: int) -> EarlierPage:
        """A page of what can be started again; one past the last is empty."""
        shown = min(max(0, page), _LAST_PAGE)
        wanted = HistoryFilter(state=WorkoutState.FINISHED)
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            found = await history.page(
                session, lifter_id, wanted, offset=shown * EARLIER_AT_ONCE, limit=EARLIER_AT_ONCE + 1
            )
            past = await with_exercises(session, found[:EARLIER_AT_ONCE])
        return EarlierPage(tuple(self._earlier(user, past).values()), shown, more=len(found) > EARLIER_AT_ONCE)

    async def just_over(self, lifter_id: int) -> JustOver | None:
        """The lifter's last workout, if a set that is typed now may be meant for it."""
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            past = await latest_finished(session, lifter_id, limit=1)
        return self._just_over(user, past)

    async def places(self, lifter_id: int, line: str) -> Places:
        """Where the line can go while no workout is open."""
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            past = await latest_finished(session, lifter_id, limit=1)
            exercise = await _read_last(session, user, past[0], line) if past else None
            over = self._just_over(user, past)
            goes_on = over is not None and await _goes_on(session, user, over.workout.workout_id, line)
        return Places(over, goes_on, exercise, past[0].workout.id if past else 0)

    def _just_over(self, user: User, past: Sequence[Past]) -> JustOver | None:
        for one in past:
            workout = one.workout
            if workout.finished_at is not None and self._clock() - workout.finished_at <= GOES_ON_FOR:
                return JustOver(self._earlier(user, past)[workout.id], workout.revision, workout.finished_at)
        return None

    def _earlier(self, user: User, past: Iterable[Past]) -> dict[int, Earlier]:
        zone = ZoneInfo(user.time_zone)
        today = self._clock().astimezone(zone).date()
        return {
            one.workout.id: Earlier(
                workout_id=one.workout.id,
                title=one.workout.title,
                exercises=tuple(one.exercises.values()),
                started_at=one.workout.started_at,
                days_ago=max(0, (today - one.workout.started_at.astimezone(zone).date()).days),
            )
            for one in past
        }


def _newest_of_each(past: Sequence[Past]) -> list[Past]:
    newest: dict[str | frozenset[int], Past] = {}
    for one in past:
        newest.setdefault(one.kind, one)
    return list(newest.values())


async def _read_last(session: ReadSession, user: User, past: Past, line: str) -> Choice | None:
    """The last exercise of the workout that can be picked and has the line read as sets, best without a question."""
    asked: Choice | None = None
    there = await exercises.visible_all(session, user.id, past.exercises)
    for exercise in (there[exercise_id] for exercise_id in reversed([*past.exercises]) if exercise_id in there):
        last = await workouts.last_performance(session, user.id, exercise.id)
        done = [] if last is None else [row.entry for row in last[1]]
        unit = unit_of(user, await session.get(ExercisePreference, (user.id, exercise.id)))
        reading = read_lines(line, line_context(exercise.measure, unit, [], done))
        if isinstance(reading, Sets):
            return Choice(exercise.id, exercise.name)
        if isinstance(reading, Question) and asked is None:
            asked = Choice(exercise.id, exercise.name)
    return asked


async def _goes_on(session: ReadSession, user: User, workout_id: int, line: str) -> bool:
    """Whether the line could be logged at once if the workout were open again."""
    workout = await history.workout_of(session, user.id, workout_id)
    opened = None if workout is None else await read_open(session, user, workout)
    if opened is None or opened.current is None:
        return False
    context = (await current_exercise(session, opened, opened.current)).context
    return isinstance(read_lines(line, context), Sets)


async def _popular(session: ReadSession, lifter_id: int) -> tuple[Choice, ...]:
    keys = [name_key(name) for name in POPULAR]
    found = await exercises.by_exact_keys(session, lifter_id, keys)
    return choices_of([found[key][0] for key in keys if key in found])
