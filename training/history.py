"""A lifter's workouts as a history: looking back, putting right, entering what is past, and starting again from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from storage import history, keeping, lifters, timers, workouts
from storage.changes import Recording, recording
from storage.database import Database, ReadSession, WriteSession
from storage.models import Workout
from storage.values.change import ChangeKind
from storage.values.history import HistoryFilter, WorkoutState
from storage.values.quantity import WeightUnit
from storage.workouts import Totals
from training.card import CardPlace
from training.clock import Clock
from training.describing import note_of, title_of
from training.detail import WorkoutDetail, detail_of
from training.errors import AnotherOpenError, FrozenError, NotFoundError, StaleButtonError
from training.library import choices_of
from training.matches import Choice
from training.open_workout import RestMessage, end_rests, open_at, ready_lifter
from training.past import PastWorkout, check_times, past_workout
from training.pasted import print_exercises
from training.preferring import unit_of
from training.repeating import repeated
from training.summary import Summary, summary_of
from training.workouts import Finished, finish_open

PAGE_SIZE = 8
"""How many workouts a page of the history shows."""

_LAST_PAGE = 1_000_000
"""Farther than any lifter gets; what is skipped before it is a number that both databases take."""

_NOTHING = Totals(0, 0, 0)


@dataclass(frozen=True, slots=True)
class WorkoutLine:
    """A workout in a list; open while `finished_at` is None. `volume_mg` is in milligrams."""

    id: int
    title: str
    started_at: datetime
    finished_at: datetime | None
    exercises: int
    sets: int
    volume_mg: int
    names: tuple[str, ...] = ()
    """Those of its exercises, in their order."""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of a history, newest first. Pages count from 0; `more` says whether there is a next one."""

    lines: tuple[WorkoutLine, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar."""

    year: int
    month: int

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From when to when it lasts there, in UTC."""
        after = Month(self.year + self.month // 12, self.month % 12 + 1)
        began, ends = (datetime(of.year, of.month, 1, tzinfo=zone).astimezone(UTC) for of in (self, after))
        return began, ends


@dataclass(frozen=True, slots=True)
class Diary:
    """A page of the finished workouts of an exercise and a month, of all where these are None, `total` in all.

    `in_workout` says whether another one is open.
    """

    page: HistoryPage
    total: int
    exercise: Choice | None
    month: Month | None
    zone: ZoneInfo
    unit: WeightUnit
    in_workout: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished workout, whole. `text` is what was done, as a lifter would type it, and reads back as the same."""

    workout: WorkoutDetail
    summary: Summary
    zone: ZoneInfo
    text: str


@dataclass(frozen=True, slots=True)
class PerformedPage:
    """Exercises that the lifter has done, what they do most first. Pages count from 0."""

    choices: tuple[Choice, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """A workout is gone: where its card stands in the chat, and what else should leave it."""

    place: CardPlace
    outdated: tuple[RestMessage, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A workout was started from an earlier one, without the exercises in `skipped`, which are archived."""

    workout: WorkoutDetail
    skipped: tuple[str, ...]


class History:
    """What a lifter does with workouts as a whole. Of several that are held, the open one is first, as in undoing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def detail(self, lifter_id: int, workout_id: int) -> WorkoutDetail:
        """The workout, open or finished, with everything under it. Raises NotFoundError."""
        async with self._database.reading() as session:
            workout = await history.workout_of(session, lifter_id, workout_id)
            if workout is None:
                raise NotFoundError
            return detail_of(workout)

    async def page(self, lifter_id: int, wanted: HistoryFilter, page: int) -> HistoryPage:
        """A page of the workouts that are wanted; one past the last is empty."""
        async with self._database.reading() as session:
            return await _page(session, lifter_id, wanted, min(max(0, page), _LAST_PAGE))

    async def today(self, lifter_id: int) -> date:
        """Which day it is by the lifter's calendar."""
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
        return self._clock().astimezone(ZoneInfo(user.time_zone)).date()

    async def diary(
        self, lifter_id: int, page: int, *, exercise_id: int | None = None, month: Month | None = None
    ) -> Diary:
        """A page of the finished workouts that had this exercise and began in this month by the lifter's calendar.

        A page that doesn't exist gives the nearest one. Raises NotFoundError for an exercise that isn't the lifter's to
        see.
        """
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            zone = ZoneInfo(user.time_zone)
            exercise = None if exercise_id is None else await keeping.seen(session, lifter_id, exercise_id)
            if exercise_id is not None and exercise is None:
                raise NotFoundError
            since, until = (None, None) if month is None else month.span(zone)
            wanted = HistoryFilter(exercise_id=exercise_id, since=since, until=until, state=WorkoutState.FINISHED)
            total = await history.how_many(session, lifter_id, wanted)
            shown = min(max(0, page), max(0, total - 1) // PAGE_SIZE)
            lines = await _page(session, lifter_id, wanted, shown)
            in_workout = bool(await workouts.who_trains(session, [lifter_id]))
        choice = None if exercise is None else Choice(exercise.id, exercise.name)
        return Diary(lines, total, choice, month, zone, unit_of(user), in_workout)

    async def months(self, lifter_id: int) -> tuple[tuple[Month, int], ...]:
        """The months in which workouts began that are finished, and how many, newest first."""
        async with self._database.reading() as session:
            zone = ZoneInfo((await lifters.by_id(session, lifter_id)).time_zone)
            local = (began.astimezone(zone) for began in await history.beginnings(session, lifter_id))
            return tuple(Counter(Month(began.year, began.month) for began in local).items())

    async def performed(self, lifter_id: int, page: int) -> PerformedPage:
        """A page of the exercises that stand in finished workouts."""
        shown = min(max(0, page), _LAST_PAGE)
        async with self._database.reading() as session:
            found = await history.performed(session, lifter_id, offset=shown * PAGE_SIZE, limit=PAGE_SIZE + 1)
        return PerformedPage(choices_of(found[:PAGE_SIZE]), shown, more=len(found) > PAGE_SIZE)

    async def entry(self, lifter_id: int, workout_id: int) -> Entry:
        """A finished workout, whole. Raises NotFoundError, also if it is open."""
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            workout = await history.workout_of(session, lifter_id, workout_id)
            if workout is None or workout.finished_at is None:
                raise NotFoundError
            return Entry(
                workout=detail_of(workout),
                summary=await summary_of(session, user, workout, workout.executions),
                zone=ZoneInfo(user.time_zone),
                text=await print_exercises(session, user, workout.executions),
            )

    async def describe(
        self,
        lifter_id: int,
        workout_id: int,
        *,
        title: str | None = None,
        note: str | None = None,
        revision: int | None = None,
    ) -> WorkoutDetail:
        """Gives the workout, open or finished, this title and note; None leaves one as it is.

        Raises NotFoundError, StaleButtonError where `revision` is given and the workout has changed since, and
        InvalidValueError for more than 100 characters of title or 1,000 of note.
        """
        async with self._changing(lifter_id, workout_id, ChangeKind.DESCRIBED) as workout:
            if revision is not None and workout.revision != revision:
                raise StaleButtonError
            workout.title = workout.title if title is None else title_of(title)
            workout.note = workout.note if note is None else note_of(note)
            workout.revision += 1
            return detail_of(workout)

    async def retime(
        self, lifter_id: int, workout_id: int, started_at: datetime, finished_at: datetime | None = None
    ) -> WorkoutDetail:
        """Puts right when an open workout began, and if it should have been finished long ago, when it ended.

        That end is kept for finishing it. Raises NotFoundError, FrozenError while it is finished, and InvalidValueError
        for a time in the future or an end before the start.
        """
        async with self._changing(lifter_id, workout_id, ChangeKind.DESCRIBED) as workout:
            if workout.finished_at is not None:
                raise FrozenError
            ends_at = workout.ends_at if finished_at is None else finished_at
            check_times(started_at, ends_at or workout.finished_before, self._clock())
            workout.started_at, workout.ends_at = started_at, ends_at
            workout.revision += 1
            return detail_of(workout)

    async def reopen(self, lifter_id: int, workout_id: int, *, revision: int | None = None) -> WorkoutDetail:
        """Opens a finished workout again; one that is open stays so.

        Raises NotFoundError, AnotherOpenError, and StaleButtonError if a revision is given and it has changed since.
        """
        async with self._writing(lifter_id) as session:
            another = await workouts.open_workout(session, lifter_id)
            workout = await _held(session, lifter_id, workout_id)
            if workout.finished_at is None:
                return detail_of(workout)
            _refuse_second(another)
            if revision is not None and workout.revision != revision:
                raise StaleButtonError
            async with one_open(session, lifter_id), self._recording(session, lifter_id, ChangeKind.REOPENED):
                open_again(workout)
            return detail_of(workout)

    async def reopen_instead(
        self, lifter_id: int, workout_id: int, revision: int, *, open_id: int, open_revision: int
    ) -> Finished:
        """Finishes the open workout and opens this one again, both as the button showed them; what was finished.

        Raises NotFoundError and StaleButtonError.
        """
        now = self._clock()
        async with self._writing(lifter_id) as session:
            opened = await open_at(session, lifter_id, open_id, open_revision)
            workout = await _held(session, lifter_id, workout_id)
            if workout.finished_at is None or workout.revision != revision:
                raise StaleButtonError
            async with self._recording(session, lifter_id, ChangeKind.FINISHED):
                finished = await finish_open(session, opened, now)
            async with one_open(session, lifter_id), self._recording(session, lifter_id, ChangeKind.REOPENED):
                open_again(workout)
        return finished

    async def discard(self, lifter_id: int, workout_id: int, revision: int) -> Removed:
        """Deletes the open workout that the button showed, with everything in it. Raises StaleButtonError."""
        async with self._writing(lifter_id) as session:
            workout = await history.workout_of(session, lifter_id, workout_id)
            if workout is None or workout.finished_at is not None or workout.revision != revision:
                raise StaleButtonError
            return await self._remove(session, workout)

    async def delete(self, lifter_id: int, workout_id: int, *, revision: int | None = None) -> Removed:
        """Deletes the workout, open or finished, with everything in it.

        Raises NotFoundError, and StaleButtonError if a revision is given and it has changed since.
        """
        async with self._writing(lifter_id) as session:
            await workouts.outdate_open(session, lifter_id)
            workout = await _held(session, lifter_id, workout_id)
            if revision is not None and workout.revision != revision:
                raise StaleButtonError
            # Merging writes to executions of finished workouts, in an order of its own, with their exercise held.
            await history.hold_successors(session, {execution.exercise_id for execution in workout.executions})
            return await self._remove(session, workout)

    async def enter_past(self, lifter_id: int, past: PastWorkout) -> WorkoutDetail:
        """Stores the workout whole and finished; without an end it ends as it starts.

        Raises InvalidValueError for `started_at` or `finished_at` in the future or the wrong way round, for `exercises`
        without any set or more than 50, more than 100 `sets` of one, and a `title` or `note` that is too long; also
        InvalidSetError, and NotFoundError for an exercise that the lifter can't pick.
        """
        async with self._writing(lifter_id) as session:
            await workouts.outdate_open(session, lifter_id)
            workout = await past_workout(session, lifter_id, past, self._clock())
            async with self._recording(session, lifter_id, ChangeKind.ENTERED):
                session.add(workout)
            return detail_of(workout)

    async def start_from(self, lifter_id: int, workout_id: int) -> Repeated:
        """Starts a workout with the exercises of an earlier one, its sets as targets.

        Raises NotFoundError, AnotherOpenError and UnitNotChosenError.
        """
        async with self._writing(lifter_id) as session:
            await ready_lifter(session, lifter_id)
            another = await workouts.open_workout(session, lifter_id)
            earlier = await _held(session, lifter_id, workout_id)
            _refuse_second(another)
            workout, skipped = await repeated(session, earlier, self._clock())
            async with one_open(session, lifter_id), self._recording(session, lifter_id, ChangeKind.STARTED):
                session.add(workout)
            return Repeated(detail_of(workout), skipped)

    @asynccontextmanager
    async def _writing(self, lifter_id: int) -> AsyncIterator[WriteSession]:
        """A transaction in which the lifter's workouts are changed as wholes: one after the other, as undoing is."""
        async with self._database.writing() as session:
            await lifters.hold(session, lifter_id)
            yield session

    @asynccontextmanager
    async def _changing(self, lifter_id: int, workout_id: int, kind: ChangeKind) -> AsyncIterator[Workout]:
        async with self._writing(lifter_id) as session:
            workout = await _held(session, lifter_id, workout_id)
            async with self._recording(session, lifter_id, kind):
                yield workout

    def _recording(
        self, session: WriteSession, lifter_id: int, kind: ChangeKind
    ) -> AbstractAsyncContextManager[Recording]:
        return recording(session, lifter_id, kind, self._clock())

    async def _remove(self, session: WriteSession, workout: Workout) -> Removed:
        place = CardPlace(workout.card_message_id, workout.messages_below)
        outdated: tuple[RestMessage, ...] = ()
        if workout.finished_at is None:
            outdated = await end_rests(session, workout.user_id)
            await timers.end_sets(session, workout.user_id, self._clock())
        async with self._recording(session, workout.user_id, ChangeKind.DELETED):
            await session.delete(workout)
        return Removed(place, outdated)


def open_again(workout: Workout) -> None:
    """Opens a finished workout; that no other is open is to be seen to before."""
    workout.finished_at, workout.finished_before = None, workout.finished_at
    workout.ends_at = None  # it may go on now
    workout.revision += 1


async def _held(session: WriteSession, lifter_id: int, workout_id: int) -> Workout:
    workout = await history.workout_of(session, lifter_id, workout_id)
    if workout is None:
        raise NotFoundError
    return workout


def _refuse_second(another: Workout | None) -> None:
    if another is not None:
        raise AnotherOpenError(another.id)


@asynccontextmanager
async def one_open(session: WriteSession, lifter_id: int) -> AsyncIterator[None]:
    """What is written within the block opens a workout. Raises AnotherOpenError if another replica was quicker."""
    try:
        async with history.one_open(session, lifter_id):
            yield
    except history.SecondOpenError as second:
        raise AnotherOpenError(second.workout_id) from second


async def _page(session: ReadSession, lifter_id: int, wanted: HistoryFilter, page: int) -> HistoryPage:
    found = await history.page(session, lifter_id, wanted, offset=page * PAGE_SIZE, limit=PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    ids = [workout.id for workout in shown]
    totals, names = await workouts.totals_of(session, ids), await history.exercise_names(session, ids)
    lines = (
        _line(workout, totals.get(workout.id, _NOTHING), tuple(names.get(workout.id, {}).values())) for workout in shown
    )
    return HistoryPage(tuple(lines), page, more=len(found) > PAGE_SIZE)


def _line(workout: Workout, totals: Totals, names: tuple[str, ...]) -> WorkoutLine:
    return WorkoutLine(
        id=workout.id,
        title=workout.title,
        started_at=workout.started_at,
        finished_at=workout.finished_at,
        exercises=totals.exercises,
        sets=totals.sets,
        volume_mg=totals.volume_mg,
        names=names,
    )
