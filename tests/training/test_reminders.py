"""What a lifter wants to be reminded of, and when that is due."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.models import Reminder
from storage.values.reminder import ReminderKind
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import LIFTER, STRANGER, add_lifter, add_workout, kg
from training.errors import InvalidValueError, NotFoundError
from training.gym import Gym
from training.occurrences import Quiet
from training.reminders import Plan, TrainingDay

MON, TUE, SUN = 0, 1, 6
TRAINING, SUMMARY = ReminderKind.TRAINING, ReminderKind.SUMMARY


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def due(database: Database) -> dict[tuple[ReminderKind, int], datetime]:
    async with database.reading() as session:
        rows = await session.scalars(select(Reminder))
        return {(row.kind, row.weekday): row.due_at for row in rows}


async def named_workout(database: Database, gym: Gym, exercise_id: int, title: str, *, lifter_id: int = LIFTER) -> int:
    workout_id = await add_workout(database, lifter_id, finished=True, performed={exercise_id: [kg(100, 5)]})
    await gym.history.describe(lifter_id, workout_id, title=title)
    return workout_id


async def test_a_lifter_begins_with_nothing_and_usual_times(gym: Gym, lifter: int) -> None:
    plan = await gym.reminders.plan(lifter)
    assert plan == Plan("UTC", False, MONDAY_EVENING, (), 18 * 60, None, 19 * 60, None)
    assert plan.is_empty


async def test_days_come_and_go_and_are_due_at_their_time_in_the_lifters_zone(
    database: Database, gym: Gym, lifter: int
) -> None:
    await gym.lifters.change_settings(lifter, time_zone="Europe/Berlin")
    await gym.reminders.set_day(lifter, TUE, on=True)
    await gym.reminders.set_day(lifter, TUE, on=True)
    plan = await gym.reminders.set_day(lifter, MON, on=True)
    assert plan.days == (TrainingDay(MON, ""), TrainingDay(TUE, ""))
    # It is Monday, 19:00 in Berlin: today's 18:00 has passed.
    assert await due(database) == {(TRAINING, MON): at("2026-01-12 17:00"), (TRAINING, TUE): at("2026-01-06 17:00")}
    plan = await gym.reminders.set_day(lifter, MON, on=False)
    assert plan.days == (TrainingDay(TUE, ""),)
    assert (await gym.reminders.set_day(lifter, MON, on=False)).days == plan.days


async def test_another_time_and_another_zone_put_everything_where_it_belongs(
    database: Database, gym: Gym, lifter: int
) -> None:
    await gym.reminders.set_day(lifter, TUE, on=True)
    await gym.reminders.set_summary(lifter, SUN)
    assert await due(database) == {(TRAINING, TUE): at("2026-01-06 18:00"), (SUMMARY, SUN): at("2026-01-11 19:00")}
    assert (await gym.reminders.set_time(lifter, TRAINING, 6 * 60 + 30)).training_at == 6 * 60 + 30
    assert (await gym.reminders.set_time(lifter, SUMMARY, 20 * 60)).summary_at == 20 * 60
    assert await due(database) == {(TRAINING, TUE): at("2026-01-06 06:30"), (SUMMARY, SUN): at("2026-01-11 20:00")}
    await gym.lifters.change_settings(lifter, time_zone="America/New_York")
    assert await due(database) == {(TRAINING, TUE): at("2026-01-06 11:30"), (SUMMARY, SUN): at("2026-01-12 01:00")}


async def test_who_has_said_where_they_are_is_not_asked_again_even_if_that_is_utc(gym: Gym, lifter: int) -> None:
    await gym.lifters.change_settings(lifter, default_rest=60)
    assert not (await gym.reminders.plan(lifter)).zone_known
    await gym.lifters.change_settings(lifter, time_zone="UTC")
    assert (await gym.reminders.plan(lifter)).zone_known


async def test_the_week_is_summed_up_on_one_day(database: Database, gym: Gym, lifter: int) -> None:
    await gym.reminders.set_summary(lifter, SUN)
    assert (await gym.reminders.set_summary(lifter, TUE)).summary_on == TUE
    assert set(await due(database)) == {(SUMMARY, TUE)}
    assert (await gym.reminders.set_summary(lifter, None)).summary_on is None
    assert await due(database) == {}


async def test_stopping_takes_one_kind_or_all_and_keeps_the_times(database: Database, gym: Gym, lifter: int) -> None:
    for stopped, left in ((TRAINING, {(SUMMARY, SUN)}), (SUMMARY, {(TRAINING, TUE)}), (None, set())):
        await gym.reminders.set_day(lifter, TUE, on=True)
        await gym.reminders.set_summary(lifter, SUN)
        await gym.reminders.set_time(lifter, TRAINING, 7 * 60)
        plan = await gym.reminders.stop(lifter, stopped)
        assert set(await due(database)) == left
        assert plan.training_at == 7 * 60


async def test_a_day_takes_the_name_of_a_finished_workout_of_ones_own(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_lifter(database, STRANGER)
    push = await named_workout(database, gym, bench, "Push")
    strangers = await named_workout(database, gym, bench, "Legs", lifter_id=STRANGER)
    nameless = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    await gym.reminders.set_day(lifter, TUE, on=True)
    assert [(one.workout_id, one.title) for one in await gym.reminders.names(lifter)] == [(push, "Push")]
    for weekday, workout_id in ((TUE, strangers), (TUE, nameless), (TUE, 404), (MON, push), (9, push)):
        with pytest.raises(NotFoundError):
            await gym.reminders.name_day(lifter, weekday, workout_id)
    assert (await gym.reminders.name_day(lifter, TUE, push)).days == (TrainingDay(TUE, "Push"),)
    assert (await gym.reminders.name_day(lifter, TUE, None)).days == (TrainingDay(TUE, ""),)


async def test_names_are_offered_once_each_the_latest_first(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    ids = [await named_workout(database, gym, bench, title) for title in ("Push", "Legs", "push", "Pull")]
    names = await gym.reminders.names(lifter)
    assert [(one.workout_id, one.title) for one in names] == [(ids[3], "Pull"), (ids[2], "push"), (ids[1], "Legs")]


async def test_what_no_clock_or_week_has_is_refused_and_nothing_changes(
    database: Database, gym: Gym, lifter: int
) -> None:
    before = await gym.reminders.set_day(lifter, TUE, on=True)
    for weekday in (-1, 7):
        with pytest.raises(InvalidValueError):
            await gym.reminders.set_day(lifter, weekday, on=True)
        with pytest.raises(InvalidValueError):
            await gym.reminders.set_summary(lifter, weekday)
    for minute in (-1, 1440):
        with pytest.raises(InvalidValueError):
            await gym.reminders.set_time(lifter, TRAINING, minute)
        with pytest.raises(InvalidValueError):
            await gym.reminders.set_quiet(lifter, Quiet(minute, 0))
    with pytest.raises(InvalidValueError):
        await gym.reminders.set_quiet(lifter, Quiet(60, 60))
    assert await gym.reminders.plan(lifter) == before


async def test_the_plan_says_when_something_is_really_sent(gym: Gym, lifter: int) -> None:
    await gym.reminders.set_time(lifter, TRAINING, 6 * 60)
    plan = await gym.reminders.set_time(lifter, SUMMARY, 23 * 60)
    assert (plan.sent_at(TRAINING), plan.sent_at(SUMMARY)) == (6 * 60, 23 * 60)
    plan = await gym.reminders.set_quiet(lifter, Quiet(22 * 60, 7 * 60))
    assert (plan.sent_at(TRAINING), plan.sent_at(SUMMARY)) == (7 * 60, 7 * 60)
    plan = await gym.reminders.set_time(lifter, TRAINING, 22 * 60)
    assert plan.sent_at(TRAINING) is None
    assert (await gym.reminders.set_quiet(lifter, None)).sent_at(TRAINING) == 22 * 60


async def test_a_plan_changes_nobody_elses(database: Database, gym: Gym, lifter: int, clock: FakeClock) -> None:
    await add_lifter(database, STRANGER)
    await gym.reminders.set_day(STRANGER, SUN, on=True)
    await asyncio.gather(gym.reminders.set_day(lifter, SUN, on=True), gym.reminders.set_quiet(lifter, Quiet(0, 60)))
    await gym.reminders.stop(lifter)
    plan = await gym.reminders.plan(STRANGER)
    assert (plan.days, plan.quiet) == ((TrainingDay(SUN, ""),), None)
