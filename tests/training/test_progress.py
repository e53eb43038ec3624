"""What training has come to: the numbers behind every picture, beside a plain recomputation from the sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.models import Exercise, Workout
from storage.values.exercise import BodyPart, Measure, Muscle
from storage.values.figure import Figure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.lifting import entries_of
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from training.errors import NotFoundError
from training.gym import Gym
from training.library import PAGE_SIZE
from training.matches import Choice
from training.records import RecordKind, best_of, value_of
from training.trends import FIGURES, Each, Mark, Span, marks_records, thinned
from training.volume import volume_mg
from training.weeks import in_a_row, monday_of

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
NEW_LIFTERS = count(10_000)
NEW_NAMES = count()
GENERATED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

ZONES = st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles"])
HOURS_AGO = st.lists(st.integers(0, 24 * 120), unique=True, max_size=8).map(sorted)
"""Moments of workouts, latest first."""

KIND_OF = {
    Figure.ESTIMATED_1RM: RecordKind.ESTIMATED_1RM,
    Figure.HEAVIEST: RecordKind.HEAVIEST,
    Figure.MOST_REPS: RecordKind.MOST_REPS,
    Figure.LONGEST: RecordKind.LONGEST,
    Figure.FARTHEST: RecordKind.FARTHEST,
}

Done = tuple[datetime, Sequence[SetEntry]]
"""When a workout began, and its sets."""


def warm_up(amount: int, reps: int) -> SetEntry:
    return SetEntry(weight=Weight.of(amount, WeightUnit.KG), clean_reps=reps, kind=SetKind.WARM_UP)


def plain_value(figure: Figure, entries: Sequence[SetEntry]) -> int | None:
    counted = [entry for entry in entries if entry.kind is not SetKind.WARM_UP]
    match figure:
        case Figure.VOLUME:
            return volume_mg(counted) or None
        case Figure.REPS:
            return sum((entry.clean_reps or 0) + entry.forced_reps for entry in counted) or None
        case Figure.TIME:
            return sum(entry.duration or 0 for entry in counted) or None
        case Figure.DISTANCE:
            return sum(entry.distance.millimetres for entry in counted if entry.distance) or None
        case _:
            return value_of(KIND_OF[figure], best_of(counted))


def plain_marks(done: Sequence[Done], figure: Figure, measure: Measure, zone: ZoneInfo, since: date) -> list[Mark]:
    """Day by day, looking through all that was done before for each workout."""
    marks = []
    for day in sorted({began.astimezone(zone).date() for began, _ in done}):
        values, is_record = [], False
        for place, (began, entries) in enumerate(done):
            value = plain_value(figure, entries)
            if began.astimezone(zone).date() != day or value is None:
                continue
            values.append(value)
            before = [had for _, some in done[:place] if (had := plain_value(figure, some)) is not None]
            is_record |= marks_records(figure, measure) and bool(before) and value > max(before)
        if values and day >= since:
            marks.append(Mark(day, max(values) if figure in KIND_OF else sum(values), is_record))
    return marks


def plain_records(done: Sequence[Done], measure: Measure) -> dict[Figure, int]:
    """What the last thirty days have beaten, as it is now."""
    broken = {}
    for figure in FIGURES[measure]:
        values = [(began, value) for began, some in done if (value := plain_value(figure, some)) is not None]
        for place, (began, value) in enumerate(values):
            best = max((had for _, had in values[:place]), default=value)
            if value > best and began >= MONDAY_EVENING - 30 * DAY and marks_records(figure, measure):
                broken[figure] = value
    return broken


@GENERATED
@given(data=st.data(), hours=HOURS_AGO, zone=ZONES, measure=st.sampled_from(Measure), span=st.sampled_from(Span))
async def test_a_trend_is_what_a_plain_recomputation_says(
    gym: Gym, database: Database, data: st.DataObject, hours: list[int], zone: str, measure: Measure, span: Span
) -> None:
    lifter = await add_lifter(database, next(NEW_LIFTERS))
    await gym.lifters.change_settings(lifter, time_zone=zone)
    exercise = await add_exercise(database, f"Exercise {next(NEW_NAMES)}", measure=measure)
    done: list[Done] = []
    for ago in reversed(hours):
        entries = data.draw(st.lists(entries_of(measure), max_size=4))
        done.append((MONDAY_EVENING - timedelta(hours=ago), entries))
        await add_workout(
            database, lifter, started_at=done[-1][0], finished=ago != hours[0], performed={exercise: entries}
        )
    months = {Span.MONTH: date(2025, 12, 6), Span.QUARTER: date(2025, 10, 6), Span.YEAR: date(2025, 1, 6)}
    today = MONDAY_EVENING.astimezone(ZoneInfo(zone)).date()
    since = months.get(span, date.min)
    if today.day != 6 and span is not Span.ALL:  # it is a day earlier than in Tokyo
        since -= DAY
    for figure in FIGURES[measure]:
        found = await gym.progress.exercise(lifter, exercise, figure, span)
        assert list(found.marks) == plain_marks(done, figure, measure, ZoneInfo(zone), since), figure
        assert (found.figure, found.span, found.each, found.today) == (figure, span, Each.DAY, today)
    told = {one.exercise.id: one.values for one in (await gym.progress.overview(lifter)).records}
    assert told.get(exercise, {}) == plain_records(done, measure)


@GENERATED
@given(hours=HOURS_AGO, sets=st.lists(st.integers(0, 5), min_size=8, max_size=8), zone=ZONES)
async def test_weeks_are_what_a_plain_recomputation_says(
    gym: Gym, database: Database, hours: list[int], sets: list[int], zone: str
) -> None:
    lifter = await add_lifter(database, next(NEW_LIFTERS))
    await gym.lifters.change_settings(lifter, time_zone=zone)
    exercise = await add_exercise(database, f"Exercise {next(NEW_NAMES)}")
    here = ZoneInfo(zone)
    weeks: dict[date, list[int]] = {}
    for ago, number in zip(hours, sets, strict=False):
        began = MONDAY_EVENING - timedelta(hours=ago)
        entries = [kg(100, 5)] * number + [warm_up(40, 10)]
        await add_workout(database, lifter, started_at=began, finished=True, performed={exercise: entries})
        day = began.astimezone(here).date()
        weeks.setdefault(day - DAY * day.weekday(), []).append(number)
    found = await gym.progress.overview(lifter)
    monday = found.weeks[-1].monday
    assert [week.monday for week in found.weeks] == [monday - WEEK * ago for ago in reversed(range(12))]
    for week in found.weeks:
        numbers = weeks.get(week.monday, [])
        assert (week.workouts, week.sets, week.volume_mg) == (len(numbers), sum(numbers), sum(numbers) * 500_000_000)
    usual = [done for ago in range(1, 9) if (done := weeks.get(monday - WEEK * ago))]
    if found.usual is None:
        assert not usual
    else:
        assert found.usual.weeks == len(usual)
        assert found.usual.sets == pytest.approx(sum(map(sum, usual)) / len(usual))
    gaps = (ago for ago in count(0 if monday in weeks else 1) if monday - WEEK * ago not in weeks)
    assert found.in_a_row == next(gaps) - (monday not in weeks)
    year = await gym.progress.year(lifter)
    assert year.workouts == sum(map(len, weeks.values()))
    assert sum(day.sets for day in year.days) == sum(map(sum, weeks.values()))


async def test_nothing_was_done_yet(gym: Gym, lifter: int, bench: int) -> None:
    overview = await gym.progress.overview(LIFTER)
    assert (overview.usual, overview.in_a_row, overview.last_on, overview.records) == (None, 0, None, ())
    assert all(week.workouts == 0 for week in overview.weeks)
    assert (await gym.progress.performed(LIFTER, 0)).choices == ()
    assert (await gym.progress.parts(LIFTER)).parts == ()
    assert (await gym.progress.year(LIFTER)).days == ()
    found = await gym.progress.exercise(LIFTER, bench)
    assert (found.figure, found.span, found.marks, found.last) == (Figure.ESTIMATED_1RM, Span.ALL, (), None)


async def test_a_long_row_of_weeks_is_counted_to_its_beginning(
    gym: Gym, database: Database, lifter: int, clock: FakeClock
) -> None:
    async with database.writing() as session:
        for week in range(1, 500):
            if week != 480:
                began = MONDAY_EVENING - WEEK * week
                session.add(Workout(user_id=LIFTER, started_at=began, finished_at=began))
    assert (await gym.progress.overview(LIFTER)).in_a_row == 479
    clock.advance(WEEK)
    assert (await gym.progress.overview(LIFTER)).in_a_row == 0


def test_the_running_week_breaks_nothing_until_it_is_over() -> None:
    monday = date(2026, 1, 5)
    weeks = {monday - WEEK, monday - 2 * WEEK, monday - 4 * WEEK}
    assert in_a_row(weeks, monday + 6 * DAY) == 2
    assert in_a_row(weeks | {monday}, monday) == 3
    assert in_a_row(weeks, monday + WEEK) == 0


@given(st.lists(st.dates(date(2025, 12, 1), date(2026, 3, 1)), max_size=30))
def test_weeks_in_a_row_are_counted_back_from_the_latest(days: list[date]) -> None:
    found = {day.isocalendar()[:2] for day in days}
    weeks, day = 0, max(days, default=date(2026, 3, 2))
    while day.isocalendar()[:2] in found:
        weeks, day = weeks + 1, day - 7 * DAY
    assert in_a_row({monday_of(day) for day in days}, max(days, default=date(2026, 3, 2))) == weeks


async def test_records_of_the_last_thirty_days_are_told_the_latest_first(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    for weeks, performed in (
        (10, {bench: [kg(100, 1)], squat: [kg(140, 1)]}),
        (3, {squat: [kg(150, 1)]}),
        (2, {bench: [kg(101, 1)]}),
    ):
        await add_workout(database, started_at=MONDAY_EVENING - WEEK * weeks, finished=True, performed=performed)
    told = (await gym.progress.overview(LIFTER)).records
    assert [(one.exercise.name, one.values) for one in told] == [
        ("Bench press", {Figure.ESTIMATED_1RM: 101_000_000, Figure.HEAVIEST: 101_000_000}),
        ("Back squat", {Figure.ESTIMATED_1RM: 150_000_000, Figure.HEAVIEST: 150_000_000}),
    ]


async def test_kilograms_and_pounds_are_compared_and_told_in_the_unit_of_the_exercise(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    pounds = SetEntry(weight=Weight(225_000, WeightUnit.LB), clean_reps=1)
    await add_workout(database, started_at=MONDAY_EVENING - DAY, finished=True, performed={bench: [pounds]})
    await add_workout(database, finished=True, performed={bench: [kg(103, 1)]})
    await gym.exercises.prefer(LIFTER, bench, unit=WeightUnit.LB)
    found = await gym.progress.exercise(LIFTER, bench, Figure.HEAVIEST)
    assert found.unit is WeightUnit.LB
    assert [(mark.value, mark.is_record) for mark in found.marks] == [(102_058_283, False), (103_000_000, True)]


async def test_without_a_figure_it_is_one_that_there_is_something_of(gym: Gym, database: Database, lifter: int) -> None:
    treadmill = await add_exercise(database, "Treadmill", measure=Measure.DISTANCE_DURATION)
    await add_workout(database, finished=True, performed={treadmill: [SetEntry(duration=600)]})
    found = await gym.progress.exercise(LIFTER, treadmill)
    assert (found.figure, found.marks[0].value, found.in_miles) == (Figure.LONGEST, 600, False)
    miles = SetEntry(duration=600, distance=Distance(1_000, DistanceUnit.MILE))
    await add_workout(database, started_at=MONDAY_EVENING - DAY, finished=True, performed={treadmill: [miles]})
    found = await gym.progress.exercise(LIFTER, treadmill)
    assert (found.figure, found.marks[0].value, found.in_miles) == (Figure.FARTHEST, 1_609_344, True)
    assert (await gym.progress.exercise(LIFTER, treadmill, Figure.VOLUME)).figure is Figure.FARTHEST


async def test_what_fits_the_measure_no_more_counts_as_little_as_in_the_book_of_records(
    gym: Gym, database: Database, lifter: int
) -> None:
    dip = await add_exercise(database, "Dip", owner=LIFTER, measure=Measure.BODYWEIGHT_REPS)
    for ago, weight in ((40, -20), (20, -10), (2, 5), (1, -5)):
        await add_workout(
            database, started_at=MONDAY_EVENING - ago * DAY, finished=True, performed={dip: [kg(weight, 5)]}
        )
    assert [mark.value for mark in (await gym.progress.exercise(LIFTER, dip, Figure.HEAVIEST, Span.ALL)).marks] == [
        10**6 * weight for weight in (-20, -10, 5, -5)
    ]
    (told,) = (await gym.progress.overview(LIFTER)).records
    assert told.values == {Figure.HEAVIEST: 5 * 10**6}
    async with database.writing() as session:
        (await session.get_one(Exercise, dip)).measure = Measure.WEIGHT_REPS
    found = await gym.progress.exercise(LIFTER, dip, Figure.HEAVIEST, Span.ALL)
    assert [(mark.value, mark.is_record) for mark in found.marks] == [(5 * 10**6, False)]
    assert (await gym.progress.overview(LIFTER)).records == ()
    held = (await gym.record_book.of(LIFTER, dip)).held[RecordKind.HEAVIEST]
    assert held.entry == kg(5, 5)


@pytest.mark.parametrize(("days", "span"), [((1, 50), Span.QUARTER), ((1, 200), Span.YEAR), ((400, 900), Span.ALL)])
async def test_without_a_time_it_is_long_enough_to_see_how_it_goes(
    gym: Gym, database: Database, lifter: int, bench: int, days: tuple[int, int], span: Span
) -> None:
    for ago in days:
        await add_workout(
            database, started_at=MONDAY_EVENING - DAY * ago, finished=True, performed={bench: [kg(100, 5)]}
        )
    assert (await gym.progress.exercise(LIFTER, bench)).span is span


async def test_an_archived_exercise_is_found_and_a_merged_one_leads_to_its_successor(
    gym: Gym, database: Database, lifter: int
) -> None:
    old, new = [await add_exercise(database, name, owner=LIFTER) for name in ("My old press", "My new press")]
    await add_workout(database, finished=True, performed={old: [kg(100, 5)]})
    await gym.exercises.archive(LIFTER, old)
    found = await gym.progress.exercise(LIFTER, old)
    assert (found.exercise.name, found.is_archived, len(found.marks)) == ("My old press", True, 1)
    assert [choice.id for choice in (await gym.progress.performed(LIFTER, 0)).choices] == [old]
    exact = (await gym.progress.find(LIFTER, "old press")).exact
    assert exact is not None
    assert exact.id == old
    await gym.exercises.merge(LIFTER, old, new)
    found = await gym.progress.exercise(LIFTER, old)
    assert (found.exercise.name, found.is_archived, len(found.marks)) == ("My new press", False, 1)


async def test_a_name_means_the_exercise_that_was_done_or_leaves_the_choice(
    gym: Gym, database: Database, lifter: int, squat: int
) -> None:
    hack = await add_exercise(database, "Hack squat")
    found = await gym.progress.find(LIFTER, "squat")
    assert found.exact == Choice(squat, "Back squat")  # its alias, and nothing was done yet
    await add_workout(database, finished=True, performed={hack: [kg(100, 5)]})
    found = await gym.progress.find(LIFTER, "squat")
    assert (found.exact, found.choices) == (None, (Choice(hack, "Hack squat"), Choice(squat, "Back squat")))
    await add_workout(database, finished=True, performed={squat: [kg(100, 5)]})
    assert (await gym.progress.find(LIFTER, "squat")).exact == Choice(squat, "Back squat")
    assert (await gym.progress.find(LIFTER, "hack")).exact == Choice(hack, "Hack squat")
    for text in ("", "\0", "x" * 200, "%_", "🏋️"):
        assert (await gym.progress.find(LIFTER, text)).choices == ()


async def test_an_exercise_that_is_not_theirs_is_as_one_that_does_not_exist(
    gym: Gym, database: Database, lifter: int
) -> None:
    await add_lifter(database, STRANGER)
    theirs = await add_exercise(database, "Secret press", owner=STRANGER)
    await add_workout(database, STRANGER, finished=True, performed={theirs: [kg(100, 5)]})
    for exercise_id in (theirs, 10**9, -1):
        with pytest.raises(NotFoundError):
            await gym.progress.exercise(LIFTER, exercise_id)
    assert (await gym.progress.find(LIFTER, "secret press")).choices == ()
    assert (await gym.progress.year(LIFTER)).days == ()


async def test_what_is_done_these_days_comes_first_page_by_page(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    row = await add_exercise(database, "Row")
    for ago in (400, 401, 402):
        await add_workout(database, started_at=MONDAY_EVENING - DAY * ago, finished=True, performed={row: [kg(80, 5)]})
    await add_workout(database, performed={bench: [kg(100, 5)], squat: []})  # open
    assert [choice.name for choice in (await gym.progress.performed(LIFTER, -1)).choices] == ["Bench press", "Row"]
    others = [await add_exercise(database, f"Curl {number}") for number in range(PAGE_SIZE)]
    await add_workout(database, finished=True, performed={other: [kg(1, 1)] for other in others})
    first, second = [await gym.progress.performed(LIFTER, page) for page in (0, 1)]
    assert {choice.id for choice in (*first.choices, *second.choices)} == {bench, row, *others}
    assert (len(first.choices), first.more, len(second.choices), second.more) == (PAGE_SIZE, True, 2, False)
    assert (await gym.progress.performed(LIFTER, 10**30)).choices == ()


async def test_a_set_counts_one_for_primary_and_a_half_for_secondary_muscles(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    row, run = await add_exercise(database, "Row"), await add_exercise(database, "Run", part=BodyPart.CARDIO)
    muscles = {
        bench: ([Muscle.CHEST], [Muscle.FRONT_DELTS, Muscle.SIDE_DELTS, Muscle.TRICEPS]),
        row: ([Muscle.LATS, Muscle.UPPER_BACK], [Muscle.TRAPS, Muscle.BICEPS]),
    }
    async with database.writing() as session:
        for exercise_id, (primary, secondary) in muscles.items():
            exercise = await session.get_one(Exercise, exercise_id)
            exercise.primary_muscles, exercise.secondary_muscles = list(primary), list(secondary)
    before = {bench: [kg(100, 5)] * 4, run: [kg(1, 1)]}
    for ago in (WEEK, 3 * WEEK):  # the week between had no workout, so it doesn't count
        await add_workout(database, started_at=MONDAY_EVENING - ago, finished=True, performed=before)
    await add_workout(database, performed={bench: [warm_up(40, 10), kg(100, 5)], row: [kg(80, 5)] * 3})
    found = await gym.progress.parts(LIFTER)
    assert found.weeks == 2
    assert {one.part: (one.sets, one.usual) for one in found.parts} == {
        BodyPart.CHEST: (1, 4),
        BodyPart.SHOULDERS: (0.5, 2),
        BodyPart.TRICEPS: (0.5, 2),
        BodyPart.CARDIO: (0, 1),
        BodyPart.BACK: (3, 0),
        BodyPart.BICEPS: (1.5, 0),
    }


async def test_days_follow_the_time_zone_that_is_set_now_and_deleted_workouts_are_gone(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    late = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    workout_id = await add_workout(database, started_at=late, finished=True, performed={bench: [kg(100, 5)]})
    assert (await gym.progress.year(LIFTER, 2025)).days[0].on == date(2025, 12, 31)
    await gym.lifters.change_settings(LIFTER, time_zone="Europe/Berlin")
    assert (await gym.progress.year(LIFTER, 2025)).year is None  # none that there is
    assert (await gym.progress.year(LIFTER, 2026)).days[0].on == date(2026, 1, 1)
    await gym.history.delete(LIFTER, workout_id)
    assert (await gym.progress.year(LIFTER, 2026)).days == ()


async def test_a_day_is_as_dark_as_it_was_much_by_what_is_usual(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    for ago, sets in enumerate((10, 5, 10, 15, 40)):
        await add_workout(
            database, started_at=MONDAY_EVENING - DAY * ago, finished=True, performed={bench: [kg(60, 5)] * sets}
        )
    days = (await gym.progress.year(LIFTER)).days
    assert [(day.sets, day.level) for day in days] == [(40, 4), (15, 3), (10, 2), (5, 1), (10, 2)]


@given(values=st.lists(st.integers(1, 300), min_size=1, max_size=400), step=st.integers(1, 9))
def test_many_points_become_few_and_the_best_with_its_record_stays(values: list[int], step: int) -> None:
    best = 0
    marks = []
    for place, value in enumerate(values):
        marks.append(Mark(date(2015, 1, 1) + DAY * place * step, value, 0 < best < value))
        best = max(best, value)
    kept, each = thinned(marks, 50)
    assert len(kept) <= 50
    assert (each is Each.DAY) == (len(marks) <= 50)
    assert set(kept) <= set(marks)
    assert max(mark.value for mark in kept) == best
    assert any(mark.is_record for mark in marks) == any(mark.is_record for mark in kept)
