"""What a lifter's training has come to: over the weeks, exercise by exercise, part by part, day by day.

Everything is derived from the sets whenever it is asked for, and nothing is kept: what is deleted is gone from it, and
days are those of the lifter's present time zone. A finished workout counts, and the open one once it has a set, with
what was done in it so far. Warm-ups count for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage import keeping, lifters, performed, progress, workouts
from storage.database import Database, ReadSession
from storage.models import Exercise, User
from storage.progress import Lately, Reached
from storage.values.exercise import BodyPart, Measure
from storage.values.figure import Figure
from storage.values.name_key import name_key
from storage.values.quantity import WeightUnit
from training.busy_days import BusyDay, busy_days
from training.clock import Clock
from training.errors import NotFoundError
from training.history import PerformedPage
from training.library import PAGE_SIZE, choices_of, search
from training.matches import Choice, Matches
from training.muscle_sets import halves_by_part
from training.occurrences import day_of
from training.preferring import unit_of
from training.streak import weeks_in_a_row
from training.trends import (
    FIGURES,
    Each,
    Mark,
    Span,
    begin_of,
    marks_of,
    marks_records,
    records_in,
    shown_since,
    thinned,
)
from training.weeks import (
    USUAL_OF,
    WEEK,
    WEEKS_SHOWN,
    Usual,
    WeekDone,
    begins,
    monday_of,
    usual_of,
    week_by_week,
)

RECORDS_OF = timedelta(days=30)
LATELY = timedelta(days=90)
"""What was done since then comes first where an exercise is chosen."""

MOST_WITH_RECORDS = 60
"""How many workouts are looked through for records, the newest."""

_LAST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Broken:
    """The records that fell in an exercise lately, as they are now: for each figure its value, in the figure's unit."""

    exercise: Choice
    measure: Measure
    unit: WeightUnit
    values: Mapping[Figure, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """The last weeks, oldest first, the running one last. `last_on` is the day of the last workout, None before any.

    `in_a_row` weeks with a workout follow each other up to now; `records` are those of the last 30 days, latest first;
    `in_workout` says whether a workout is open.
    """

    unit: WeightUnit
    today: date
    weeks: tuple[WeekDone, ...]
    usual: Usual | None
    in_a_row: int
    last_on: date | None
    records: tuple[Broken, ...]
    in_workout: bool


@dataclass(frozen=True, slots=True)
class ExerciseProgress:
    """How a figure of an exercise has gone in a time. `since` is the first day that a picture of it shows.

    `unit` is that of the exercise. Each of the `marks` is the best of its day, week or longer, as `each` says. `last`
    is the last of all time, None if there is none; `in_miles` says whether a distance was last entered in miles.
    """

    exercise: Choice
    measure: Measure
    is_archived: bool
    unit: WeightUnit
    lifters_unit: WeightUnit
    in_miles: bool
    figure: Figure
    span: Span
    today: date
    since: date
    marks: tuple[Mark, ...]
    each: Each
    last: Mark | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What else can be looked at about the exercise, this one included."""
        return FIGURES[self.measure]


@dataclass(frozen=True, slots=True)
class PartDone:
    """How many sets a part of the body got this week, and does in a usual one; None where nothing is usual yet."""

    part: BodyPart
    sets: float
    usual: float | None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the body that got any set in the weeks that are looked at, those that usually get most first.

    `weeks` with a workout, of those before the running one, say what is usual.
    """

    parts: tuple[PartDone, ...]
    weeks: int
    unit: WeightUnit


@dataclass(frozen=True, slots=True)
class TrainingYear:
    """The days of a year, or of the last twelve months where `year` is None. The first one was in `first_year`."""

    unit: WeightUnit
    today: date
    year: int | None
    first_year: int
    since: date
    until: date
    workouts: int
    days: tuple[BusyDay, ...]


class Progress:
    """What is there to be seen."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def overview(self, lifter_id: int) -> Overview:
        """The running week beside what is usual, and what else is good to know."""
        now = self._clock()
        async with self._database.reading() as session:
            user, zone, today = await self._who(session, lifter_id)
            since = begins(monday_of(today) - WEEK * (WEEKS_SHOWN - 1), zone)
            done = await progress.done_since(session, lifter_id, since)
            weeks = week_by_week(done, zone, today)
            last = done[-1].started_at if done else await _last_before(session, lifter_id, since)
            lately = await progress.lately(session, lifter_id, now - RECORDS_OF, MOST_WITH_RECORDS)
            return Overview(
                unit=unit_of(user),
                today=today,
                weeks=weeks,
                usual=usual_of(weeks),
                in_a_row=await weeks_in_a_row(
                    session,
                    user,
                    today,
                    days=[week.monday for week in weeks if week.workouts],
                    since=weeks[0].monday,
                ),
                last_on=None if last is None else day_of(zone, last),
                records=await _broken(session, user, lately),
                in_workout=bool(await workouts.who_trains(session, [lifter_id])),
            )

    async def exercise(
        self, lifter_id: int, exercise_id: int, figure: Figure | None = None, span: Span | None = None
    ) -> ExerciseProgress:
        """A figure of the exercise, or of the one into which it was merged, over a time that ends today.

        Without a figure it is the first of which there is anything, without a time three months, or as much more as
        two points take. A figure that its measure doesn't have is as if none was given. Raises NotFoundError.
        """
        async with self._database.reading() as session:
            user, zone, today = await self._who(session, lifter_id)
            exercise = await performed.followed(session, lifter_id, exercise_id)
            if exercise is None:
                raise NotFoundError
            measure, preference = exercise.measure, await keeping.preference(session, lifter_id, exercise.id)
            figure, reached = await _reached(session, lifter_id, exercise, figure)
        records = marks_records(figure, measure)
        marks = marks_of(reached, zone, of_one_set=figure.is_of_one_set, records=records)
        if span is None:
            span = _telling(marks, today)
        shown = [mark for mark in marks if mark.on >= begin_of(span, today)]
        kept, each = thinned(shown)
        return ExerciseProgress(
            exercise=Choice(exercise.id, exercise.name),
            measure=measure,
            is_archived=exercise.archived_at is not None,
            unit=unit_of(user, preference),
            lifters_unit=unit_of(user),
            in_miles=reached[-1].in_miles if reached else False,
            figure=figure,
            span=span,
            today=today,
            since=shown_since(span, shown, today),
            marks=kept,
            each=each,
            last=marks[-1] if marks else None,
        )

    async def performed(self, lifter_id: int, page: int) -> PerformedPage:
        """A page of the exercises that the lifter has sets of, what they do these days first."""
        shown = min(max(0, page), _LAST_PAGE)
        lately = self._clock() - LATELY
        async with self._database.reading() as session:
            found = await performed.page(session, lifter_id, lately, offset=shown * PAGE_SIZE, limit=PAGE_SIZE + 1)
        return PerformedPage(choices_of(found[:PAGE_SIZE]), shown, more=len(found) > PAGE_SIZE)

    async def find(self, lifter_id: int, text: str) -> Matches:
        """The exercises that may be meant by this text, and the one that is if there is no doubt.

        What the lifter has done comes first, and is found even where it is archived. Of several names that have the
        words the only one that was ever done is meant; a name that leads to one that never was leaves a doubt then.
        """
        lately = self._clock() - LATELY
        async with self._database.reading() as session:
            found = await search(session, lifter_id, text)
            done = choices_of(await performed.named(session, lifter_id, lately, text, PAGE_SIZE))
            exact = found.exact
            if exact is not None and done and not await performed.is_done(session, lifter_id, exact.id):
                done, exact = (*done, exact), None
            elif exact is None:
                exact = done[0] if len(done) == 1 else _named(done, text)
        choices = tuple(dict.fromkeys((*done, *found.choices)))[:PAGE_SIZE]
        return Matches(found.text, choices, found.more, exact, found.guessed and not done)

    async def parts(self, lifter_id: int) -> Parts:
        """The sets that each part of the body got this week, beside a usual one."""
        async with self._database.reading() as session:
            user, zone, today = await self._who(session, lifter_id)
            late, since = (begins(monday_of(today) - WEEK * ago, zone) for ago in (0, USUAL_OF))
            usual = usual_of(week_by_week(await progress.done_since(session, lifter_id, since), zone, today))
            trained = await progress.trained_since(session, lifter_id, since, late)
        now, before = (halves_by_part(one for one in trained if one.is_late is is_late) for is_late in (True, False))
        weeks = 0 if usual is None else usual.weeks
        parts = [
            PartDone(part, now.get(part, 0) / 2, before.get(part, 0) / 2 / weeks if weeks else None)
            for part in BodyPart
            if part in now or part in before
        ]
        return Parts(tuple(sorted(parts, key=lambda one: -(one.usual or one.sets))), weeks, unit_of(user))

    async def year(self, lifter_id: int, year: int | None = None) -> TrainingYear:
        """The days of a year on which something was done; of the last twelve months without one, or where there is
        none in it.
        """
        async with self._database.reading() as session:
            user, zone, today = await self._who(session, lifter_id)
            first = await progress.first_workout(session, lifter_id)
            first_year = today.year if first is None else min(day_of(zone, first).year, today.year)
            if year is None or not first_year <= year <= today.year:
                year, since, until = None, monday_of(today) - WEEK * 52, today
            else:
                since, until = date(year, 1, 1), min(date(year, 12, 31), today)
            done = await progress.done_since(
                session, lifter_id, begins(since, zone), begins(until + timedelta(days=1), zone)
            )
        return TrainingYear(
            unit=unit_of(user),
            today=today,
            year=year,
            first_year=first_year,
            since=since,
            until=until,
            workouts=len(done),
            days=busy_days(done, zone),
        )

    async def _who(self, session: ReadSession, lifter_id: int) -> tuple[User, ZoneInfo, date]:
        user = await lifters.by_id(session, lifter_id)
        zone = ZoneInfo(user.time_zone)
        return user, zone, day_of(zone, self._clock())


async def _reached(
    session: ReadSession, lifter_id: int, exercise: Exercise, figure: Figure | None
) -> tuple[Figure, Sequence[Reached]]:
    """What was reached by the figure, or by the first of which there is anything."""
    figures = FIGURES[exercise.measure]
    for wanted in (figure,) if figure in figures else figures:
        if found := await progress.reached(session, lifter_id, exercise, wanted):
            return wanted, found
    return figure if figure in figures else figures[0], ()


def _telling(marks: Sequence[Mark], today: date) -> Span:
    """Three months, or as much more as it takes to see how it goes."""
    spans = (Span.QUARTER, Span.YEAR)
    enough = (span for span in spans if sum(mark.on >= begin_of(span, today) for mark in marks) > 1)
    return next(enough, Span.ALL)


def _named(choices: Sequence[Choice], text: str) -> Choice | None:
    return next((choice for choice in choices if name_key(choice.name) == name_key(text)), None)


async def _last_before(session: ReadSession, lifter_id: int, moment: datetime) -> datetime | None:
    found = await progress.finished_before(session, lifter_id, moment, 1)
    return found[0] if found else None


async def _broken(session: ReadSession, user: User, lately: Sequence[Lately]) -> tuple[Broken, ...]:
    """What a picture of each exercise marks as records in that time, the latest first."""
    fallen = [(one, broken) for one in lately if (broken := records_in(one))]
    fallen.sort(key=lambda pair: max(on for on, _ in pair[1].values()), reverse=True)
    wishes = await progress.preferences(session, user.id, [one.exercise_id for one, _ in fallen])
    return tuple(
        Broken(
            Choice(one.exercise_id, one.name),
            one.measure,
            unit_of(user, wishes.get(one.exercise_id)),
            {figure: value for figure, (_, value) in broken.items()},
        )
        for one, broken in fallen
    )
