"""What is due is handed out once, in time or not at all, and says what helps on that day."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage import journal, lifters
from storage.database import Database
from storage.models import JournalRow, Reminder
from storage.values.chat import JournalStatus, Source
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import WeightUnit
from storage.values.reminder import ReminderKind
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.rows import BOT, STRANGER, add_exercise, add_lifter, add_workout, kg
from training.gym import Gym, open_gym
from training.occurrences import Quiet
from training.records import RecordKind
from training.reminding import USEFUL_FOR, Done, Swept, TrainingDue, due_of
from training.week import Amount, Week

TUE, SUN = 1, 6
TRAINING, SUMMARY = ReminderKind.TRAINING, ReminderKind.SUMMARY
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


TUESDAY = at("2026-01-06 17:00")
"""18:00 in Berlin."""


async def handed_out(database: Database) -> Sequence[JournalRow]:
    async with database.reading() as session:
        rows = select(JournalRow).where(JournalRow.source == Source.REMINDER).order_by(JournalRow.id)
        return (await session.scalars(rows)).all()


async def told(database: Database, gym: Gym, clock: FakeClock, now: datetime) -> list[TrainingDue | Week]:
    """What lifters are told at that time, as their lanes would come to it."""
    clock.now = now
    before = len(await handed_out(database))
    await gym.reminding.sweep(BOT)
    new = (await handed_out(database))[before:]
    looked = [await gym.reminding.look(row.user_id, *due_of(row.payload)) for row in new]
    return [one for one in looked if one is not None]


async def due_at(database: Database) -> list[datetime]:
    async with database.reading() as session:
        return list(await session.scalars(select(Reminder.due_at).order_by(Reminder.due_at)))


@pytest.fixture
async def tuesdays(gym: Gym, lifter: int) -> int:
    """A lifter in Berlin who trains on Tuesdays at 18:00. It is Monday evening."""
    await gym.lifters.change_settings(lifter, time_zone="Europe/Berlin")
    await gym.reminders.set_day(lifter, TUE, on=True)
    return lifter


async def test_a_reminder_comes_when_it_is_due_and_once_and_again_next_week(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int
) -> None:
    assert await told(database, gym, clock, TUESDAY - MINUTE) == []
    assert await told(database, gym, clock, TUESDAY) == [TrainingDue(TUE, "", None)]
    assert await told(database, gym, clock, TUESDAY) == []
    assert await told(database, gym, clock, TUESDAY + 7 * DAY - MINUTE) == []
    assert await told(database, gym, clock, TUESDAY + 7 * DAY) == [TrainingDue(TUE, "", None)]
    assert len(await handed_out(database)) == 2


@pytest.mark.parametrize(
    ("zone", "moments"),
    [
        # Sundays at 18:00, with the clock put forward and put back between them.
        ("Europe/Berlin", ("2026-03-22 17:00", "2026-03-29 16:00", "2026-04-05 16:00")),
        ("Europe/Berlin", ("2026-10-18 16:00", "2026-10-25 17:00", "2026-11-01 17:00")),
        ("America/New_York", ("2026-03-01 23:00", "2026-03-08 22:00", "2026-03-15 22:00")),
        ("America/New_York", ("2026-10-25 22:00", "2026-11-01 23:00", "2026-11-08 23:00")),
        ("Australia/Lord_Howe", ("2026-03-29 07:00", "2026-04-05 07:30", "2026-04-12 07:30")),
        ("Australia/Lord_Howe", ("2026-09-27 07:30", "2026-10-04 07:00", "2026-10-11 07:00")),
    ],
)
async def test_it_comes_at_the_same_time_by_the_clock_when_that_is_changed(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, zone: str, moments: Sequence[str]
) -> None:
    clock.now = at(moments[0]) - DAY
    await gym.lifters.change_settings(lifter, time_zone=zone)
    await gym.reminders.set_day(lifter, SUN, on=True)
    for moment in map(at, moments):
        assert await told(database, gym, clock, moment - MINUTE) == []
        assert len(await told(database, gym, clock, moment)) == 1


async def test_a_time_that_comes_twice_that_night_reminds_once(
    database: Database, gym: Gym, clock: FakeClock, lifter: int
) -> None:
    clock.now = at("2026-10-24 12:00")
    await gym.lifters.change_settings(lifter, time_zone="Europe/Berlin")
    await gym.reminders.set_day(lifter, SUN, on=True)
    await gym.reminders.set_time(lifter, TRAINING, 2 * 60 + 30)
    assert len(await told(database, gym, clock, at("2026-10-25 00:30"))) == 1
    assert await told(database, gym, clock, at("2026-10-25 01:30")) == []
    assert await due_at(database) == [at("2026-11-01 01:30")]


async def test_a_lifter_who_travels_is_reminded_by_the_clock_where_they_are(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int
) -> None:
    await gym.lifters.change_settings(tuesdays, time_zone="America/New_York")
    assert await told(database, gym, clock, TUESDAY) == []
    assert len(await told(database, gym, clock, at("2026-01-06 23:00"))) == 1


@pytest.mark.parametrize("kind", list(ReminderKind))
async def test_what_comes_too_late_is_dropped_and_the_next_one_comes(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, bench: int, kind: ReminderKind
) -> None:
    await add_workout(database, started_at=at("2026-01-01 18:00"), finished=True, performed={bench: [kg(100, 5)]})
    await gym.reminders.set_day(lifter, TUE, on=True)
    await gym.reminders.set_summary(lifter, TUE)
    await gym.reminders.set_time(lifter, SUMMARY, 18 * 60)
    await gym.reminders.stop(lifter, SUMMARY if kind is TRAINING else TRAINING)
    (due,) = await due_at(database)
    assert await told(database, gym, clock, due + USEFUL_FOR[kind] + timedelta(seconds=1)) == []
    assert await handed_out(database) == []
    assert await due_at(database) == [due + 7 * DAY]
    assert len(await told(database, gym, clock, due + 7 * DAY + USEFUL_FOR[kind])) == 1


async def test_what_is_told_too_late_because_telegram_was_away_is_not_told(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int
) -> None:
    clock.now = TUESDAY
    await gym.reminding.sweep(BOT)
    (row,) = await handed_out(database)
    clock.now = TUESDAY + 2 * HOUR
    assert await gym.reminding.look(tuesdays, *due_of(row.payload)) is not None
    clock.advance(timedelta(seconds=1))
    assert await gym.reminding.look(tuesdays, *due_of(row.payload)) is None


async def test_a_new_process_goes_on_where_the_old_one_ended(
    database: Database, database_url: str, gym: Gym, clock: FakeClock, tuesdays: int
) -> None:
    assert len(await told(database, gym, clock, TUESDAY)) == 1
    other = Database(database_url)
    restarted = open_gym(other, clock, ManualAlarm(), ())
    assert await told(database, restarted, clock, TUESDAY + MINUTE) == []
    assert len(await told(database, restarted, clock, TUESDAY + 7 * DAY)) == 1
    await other.close()


async def waiting_for(database: Database, gym: Gym, lifter_ids: Sequence[int]) -> None:
    """Each of them is to be reminded on Tuesday at 18:00, in UTC."""
    for one in lifter_ids:
        await add_lifter(database, one)
        await gym.reminders.set_day(one, TUE, on=True)


async def test_replicas_that_sweep_at_once_hand_each_out_once(
    database: Database, database_url: str, gym: Gym, clock: FakeClock
) -> None:
    lifter_ids = range(100, 130)
    await waiting_for(database, gym, lifter_ids)
    other = Database(database_url)
    replica = open_gym(other, clock, ManualAlarm(), ())
    clock.now = at("2026-01-06 18:00")
    swept = await asyncio.gather(*(one.reminding.sweep(BOT) for one in (gym, replica, gym, replica)))
    assert sorted(lifter_id for one in swept for lifter_id in one.lifter_ids) == list(lifter_ids)
    assert sorted(row.user_id for row in await handed_out(database)) == list(lifter_ids)
    assert await due_at(database) == [at("2026-01-13 18:00")] * len(lifter_ids)
    await other.close()


async def test_only_so_many_wait_in_lanes_at_once_and_the_next_follow_as_these_go(
    database: Database, gym: Gym, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.reminding.AT_ONCE", 2)
    await waiting_for(database, gym, range(100, 105))
    clock.now = at("2026-01-06 18:00")
    assert await gym.reminding.sweep(BOT) == Swept(frozenset({100, 101}), more=True)
    assert await gym.reminding.sweep(BOT) == Swept(frozenset(), more=True)
    async with database.writing() as session:
        await journal.close(session, [(await handed_out(database))[0].id], JournalStatus.DONE, clock())
    assert await gym.reminding.sweep(BOT) == Swept(frozenset({102}), more=True)
    for row in await handed_out(database):
        async with database.writing() as session:
            await journal.close(session, [row.id], JournalStatus.DONE, clock())
    assert await gym.reminding.sweep(BOT) == Swept(frozenset({103, 104}), more=True)
    for row in await handed_out(database):
        async with database.writing() as session:
            await journal.close(session, [row.id], JournalStatus.DONE, clock())
    assert await gym.reminding.sweep(BOT) == Swept(frozenset(), more=False)


async def test_it_is_silent_while_a_workout_is_open_and_when_one_was_done_that_day(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int, bench: int
) -> None:
    early = await add_workout(database, started_at=TUESDAY - 12 * HOUR, finished=True, performed={bench: [kg(100, 5)]})
    assert await told(database, gym, clock, TUESDAY) == []
    await add_workout(database, started_at=TUESDAY + 7 * DAY - HOUR, performed={bench: [kg(100, 5)]})
    assert await told(database, gym, clock, TUESDAY + 7 * DAY) == []
    open_one = await gym.workouts.card(tuesdays)
    await gym.workouts.finish(tuesdays, open_one.workout_id, open_one.revision)
    # Berlin's Monday evening, though it is Tuesday in Auckland by then.
    await add_workout(
        database, started_at=TUESDAY + 14 * DAY - 20 * HOUR, finished=True, performed={bench: [kg(90, 5)]}
    )
    (one,) = await told(database, gym, clock, TUESDAY + 14 * DAY)
    assert isinstance(one, TrainingDue)
    assert one.last is not None
    assert one.last.workout_id != early
    assert one.last.days_ago == 7


async def test_what_was_stopped_meanwhile_or_is_somebody_elses_says_nothing(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int
) -> None:
    await add_lifter(database, STRANGER)
    clock.now = TUESDAY
    await gym.reminding.sweep(BOT)
    (row,) = await handed_out(database)
    reminder_id, due = due_of(row.payload)
    assert await gym.reminding.look(STRANGER, reminder_id, due) is None
    assert await gym.reminding.look(tuesdays, 404, due) is None
    assert await gym.reminding.look(999, reminder_id, due) is None
    assert await gym.reminding.look(tuesdays, *due_of({})) is None
    assert await gym.reminding.look(tuesdays, reminder_id, due) is not None
    await gym.reminders.stop(tuesdays)
    assert await gym.reminding.look(tuesdays, reminder_id, due) is None


async def test_who_has_blocked_the_bot_gets_nothing_and_after_their_return_only_what_is_to_come(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int
) -> None:
    await gym.lifters.mark_unreachable(tuesdays)
    for week in range(4):
        assert await told(database, gym, clock, TUESDAY + 7 * week * DAY) == []
    assert await handed_out(database) == []
    async with database.writing() as session:
        await lifters.ensure(session, tuesdays, "Ann", clock())
    assert await told(database, gym, clock, TUESDAY + 22 * DAY) == []
    assert len(await told(database, gym, clock, TUESDAY + 28 * DAY)) == 1


async def test_who_blocks_the_bot_before_their_turn_gets_nothing(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int
) -> None:
    clock.now = TUESDAY
    await gym.reminding.sweep(BOT)
    await gym.lifters.mark_unreachable(tuesdays)
    (row,) = await handed_out(database)
    assert await gym.reminding.look(tuesdays, *due_of(row.payload)) is None


async def test_quiet_hours_put_a_morning_off_until_they_end(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int
) -> None:
    await gym.reminders.set_time(tuesdays, TRAINING, 6 * 60)
    await gym.reminders.set_quiet(tuesdays, Quiet(22 * 60, 7 * 60))
    assert await told(database, gym, clock, at("2026-01-06 05:00")) == []
    assert await told(database, gym, clock, at("2026-01-06 05:59")) == []
    assert len(await told(database, gym, clock, at("2026-01-06 06:00"))) == 1
    assert await due_at(database) == [at("2026-01-13 05:00")]


async def test_quiet_hours_that_end_tomorrow_drop_todays_training_and_keep_the_summary(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int, bench: int
) -> None:
    await add_workout(database, started_at=at("2026-01-04 18:00"), finished=True, performed={bench: [kg(100, 5)]})
    await gym.reminders.set_time(tuesdays, TRAINING, 23 * 60)
    await gym.reminders.set_summary(tuesdays, TUE)
    await gym.reminders.set_time(tuesdays, SUMMARY, 23 * 60)
    await gym.reminders.set_quiet(tuesdays, Quiet(22 * 60, 7 * 60))
    assert await told(database, gym, clock, at("2026-01-06 22:00")) == []
    assert await due_at(database) == [at("2026-01-07 06:00"), at("2026-01-13 22:00")]
    (week,) = await told(database, gym, clock, at("2026-01-07 06:00"))
    assert isinstance(week, Week)
    assert await due_at(database) == [at("2026-01-13 22:00")] * 2


async def test_what_an_outage_has_delayed_into_quiet_hours_keeps_them(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int
) -> None:
    await gym.reminders.set_quiet(tuesdays, Quiet(19 * 60, 7 * 60))
    assert await told(database, gym, clock, TUESDAY + 90 * MINUTE) == []
    assert await due_at(database) == [TUESDAY + 7 * DAY]
    clock.now = TUESDAY + 7 * DAY
    await gym.reminding.sweep(BOT)
    (row,) = await handed_out(database)
    clock.advance(90 * MINUTE)  # its turn came late
    assert await gym.reminding.look(tuesdays, *due_of(row.payload)) is None


async def test_a_training_day_says_what_was_done_last_time(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int, bench: int, squat: int
) -> None:
    warm_up = SetEntry(weight=kg(40).weight, clean_reps=10, kind=SetKind.WARM_UP)
    others = {await add_exercise(database, f"Other {number}"): [kg(20, 8)] for number in range(3)}
    monday = TUESDAY - 8 * DAY
    push = await add_workout(
        database,
        started_at=monday,
        finished=True,
        performed={squat: [warm_up], bench: [warm_up, kg("82.5", 5), kg("82.5", 5)], **others},
    )
    await gym.history.describe(tuesdays, push, title="Push")
    await add_workout(database, started_at=TUESDAY - 4 * DAY, finished=True, performed={squat: [kg(100, 5)]})
    await gym.reminders.name_day(tuesdays, TUE, push)
    (due,) = await told(database, gym, clock, TUESDAY)
    assert isinstance(due, TrainingDue)
    assert (due.title, due.last is not None) == ("Push", True)
    assert due.last is not None
    assert (due.last.workout_id, due.last.days_ago) == (push, 8)
    # Three exercises at most, and none that was only warmed up for.
    bench_done = Done("Bench press", Measure.WEIGHT_REPS, (kg("82.5", 5), kg("82.5", 5)))
    assert [done.name for done in due.last.done] == ["Bench press", "Other 0", "Other 1"]
    assert due.last.done[0] == bench_done


async def test_without_a_name_it_is_what_was_done_on_that_weekday_else_what_was_not_done_longest(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int, bench: int, squat: int
) -> None:
    for days, exercise_id in ((20, squat), (13, bench), (12, squat), (5, bench)):  # never a Tuesday
        await add_workout(
            database, started_at=TUESDAY - days * DAY, finished=True, performed={exercise_id: [kg(100, 5)]}
        )
    (due,) = await told(database, gym, clock, TUESDAY)
    assert isinstance(due, TrainingDue)
    assert due.last is not None
    assert (due.last.exercises, due.last.days_ago) == (("Back squat",), 12)
    for weeks in (3, 2):
        exercise_id = bench if weeks == 2 else squat
        started_at = TUESDAY - weeks * 7 * DAY
        await add_workout(database, started_at=started_at, finished=True, performed={exercise_id: [kg(90, 5)]})
    (due,) = await told(database, gym, clock, TUESDAY + 7 * DAY)
    assert isinstance(due, TrainingDue)
    assert due.last is not None
    assert (due.last.exercises, due.last.days_ago) == (("Bench press",), 21)


async def test_a_name_whose_workouts_are_gone_stays_the_days_name(
    database: Database, gym: Gym, clock: FakeClock, tuesdays: int, bench: int
) -> None:
    push = await add_workout(database, started_at=TUESDAY - 8 * DAY, finished=True, performed={bench: [kg(100, 5)]})
    await gym.history.describe(tuesdays, push, title="Push")
    await gym.reminders.name_day(tuesdays, TUE, push)
    await gym.history.delete(tuesdays, push)
    assert await told(database, gym, clock, TUESDAY) == [TrainingDue(TUE, "Push", None)]


SUNDAY = at("2026-02-01 19:00")


@pytest.fixture
async def sundays(gym: Gym, lifter: int) -> int:
    """A lifter, in UTC, whose week is summed up on Sundays at 19:00."""
    await gym.reminders.set_summary(lifter, SUN)
    return lifter


async def test_a_week_is_summed_up_beside_the_four_before_with_its_records(
    database: Database, gym: Gym, clock: FakeClock, sundays: int, bench: int, squat: int
) -> None:
    async def did(ago: timedelta, exercise_id: int, *entries: SetEntry) -> None:
        await add_workout(database, started_at=SUNDAY - ago, finished=True, performed={exercise_id: entries})

    await did(36 * DAY, bench, kg(200, 1))  # a record of long ago, and not of the four weeks
    await did(20 * DAY, bench, kg(100, 5), kg(100, 5))
    await did(7 * DAY + MINUTE, bench, kg(100, 5))
    await did(7 * DAY, bench, kg(100, 6))
    await did(3 * DAY, bench, kg(100, 8), kg(105, 5))
    await did(2 * DAY, squat, kg(50, 5))  # never done before: nothing to beat
    await did(timedelta(0), bench, kg(300, 5))  # next week's
    await add_lifter(database, STRANGER)
    await add_workout(database, STRANGER, started_at=SUNDAY - DAY, finished=True, performed={bench: [kg(100, 5)]})
    clock.now = SUNDAY - DAY
    await gym.reminders.set_summary(sundays, None)
    await gym.reminders.set_summary(sundays, SUN)
    (week,) = await told(database, gym, clock, SUNDAY)
    assert isinstance(week, Week)
    assert week.unit is WeightUnit.KG
    assert week.done == Amount(3, 4, 10**6 * (600 + 800 + 525 + 250))
    assert (week.before, week.weeks) == (Amount(2, 3, 10**6 * 1500), 2)
    assert week.in_a_row == 3
    assert [(one.since.isoformat(), one.sets) for one in week.seen] == [
        ("2025-12-22", 1),
        ("2025-12-29", 0),
        ("2026-01-05", 0),
        ("2026-01-12", 2),
        ("2026-01-19", 1),
        ("2026-01-26", 4),
    ]
    (fell,) = week.records
    assert fell.name == "Bench press"
    held = {broken.record.kind: (broken.entry, broken.record.value) for broken in fell.records}
    assert held[RecordKind.MOST_REPS] == (kg(105, 5), 5)
    assert held[RecordKind.SET_VOLUME] == (kg(100, 8), 800 * 10**6)
    assert RecordKind.HEAVIEST not in held


async def test_a_record_within_the_week_with_an_exercise_new_in_it_counts(
    database: Database, gym: Gym, clock: FakeClock, sundays: int, bench: int
) -> None:
    clock.now = SUNDAY - DAY
    await gym.reminders.set_summary(sundays, None)
    await gym.reminders.set_summary(sundays, SUN)
    for days, weight in ((4, 100), (2, 110)):
        await add_workout(
            database,
            started_at=SUNDAY - days * DAY,
            finished=True,
            performed={bench: [kg(weight - 5, 5), kg(weight, 5)]},
        )
    (week,) = await told(database, gym, clock, SUNDAY)
    assert isinstance(week, Week)
    assert week.weeks == 0
    (fell,) = week.records
    assert (RecordKind.HEAVIEST, kg(110, 5)) in {(one.record.kind, one.entry) for one in fell.records}


async def test_empty_weeks_are_told_three_times_and_then_it_is_silent(
    database: Database, gym: Gym, clock: FakeClock, sundays: int, bench: int
) -> None:
    first = at("2026-01-11 19:00")
    await add_workout(database, started_at=first - DAY, finished=True, performed={bench: [kg(100, 5)]})
    workouts = []
    for week in range(6):
        found = await told(database, gym, clock, first + 7 * week * DAY)
        workouts.append([one.done.workouts for one in found if isinstance(one, Week)])
    assert workouts == [[1], [0], [0], [0], [], []]


async def test_a_summary_waits_for_the_end_of_a_workout_which_belongs_to_the_week(
    database: Database, gym: Gym, clock: FakeClock, sundays: int, bench: int
) -> None:
    due = at("2026-01-11 19:00")
    await add_workout(database, started_at=due - HOUR, performed={bench: [kg(100, 5)]})
    assert await told(database, gym, clock, due) == []
    assert await told(database, gym, clock, due + 15 * MINUTE) == []
    open_one = await gym.workouts.card(sundays)
    await gym.workouts.finish(sundays, open_one.workout_id, open_one.revision)
    assert await told(database, gym, clock, due + 29 * MINUTE) == []
    (week,) = await told(database, gym, clock, due + 30 * MINUTE)
    assert isinstance(week, Week)
    assert week.done == Amount(1, 1, 500 * 10**6)
    assert await due_at(database) == [due + 7 * DAY]


async def test_who_has_never_trained_gets_no_summary(
    database: Database, gym: Gym, clock: FakeClock, sundays: int
) -> None:
    assert await told(database, gym, clock, at("2026-01-11 19:00")) == []


def test_the_name_of_a_reminder_in_the_journal_is_read_as_it_was_written() -> None:
    assert due_of({"reminder": 5, "due": int(TUESDAY.timestamp()) // 60}) == (5, TUESDAY)
