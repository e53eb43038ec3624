"""Reminders that are due: handed out by one sweep, and what each says when its lifter's turn comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage import flooding, history, journal, lifters, reminders, workouts
from storage.database import Database, ReadSession
from storage.depth import in_lanes
from storage.models import Reminder, ReminderPlan, User
from storage.values.chat import Source
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.name_key import name_key
from storage.values.reminder import ReminderKind
from training.alike import Past, latest_finished
from training.clock import Clock
from training.occurrences import day_of, quiet_until
from training.reminders import next_due, quiet_of
from training.week import Week, week_of

USEFUL_FOR = {ReminderKind.TRAINING: timedelta(hours=2), ReminderKind.SUMMARY: timedelta(hours=12)}
"""How late each may come, after an outage say; later it is dropped in silence."""

ASKED_AGAIN_AFTER = timedelta(minutes=15)
"""How long a summary waits at a time for the end of a workout, which belongs to the week."""

MOST_SHOWN = 3
"""Of how many exercises the last sets are shown."""

AT_ONCE = 60
"""How many reminders wait in lanes at most, as with announcements; the others stay where every replica finds them."""

_MINUTES_FIT_IN = 2**28
"""Minutes since 1970, for five hundred years."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with an exercise, without warm-ups."""

    name: str
    measure: Measure
    sets: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class LastTime:
    """The workout that would be done again, with its first exercises. Days are counted by the lifter's calendar."""

    workout_id: int
    title: str
    exercises: tuple[str, ...]
    days_ago: int
    done: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class TrainingDue:
    """It is a day to train; 0 is Monday. `title` is the name that the lifter has given the day, empty if none."""

    weekday: int
    title: str
    last: LastTime | None


@dataclass(frozen=True, slots=True)
class Swept:
    """Whose lanes have something to do, and whether there may be more that is due, for which there was no room."""

    lifter_ids: frozenset[int]
    more: bool


class Reminding:
    """Sees to it that reminders come in time, once, and only while they are of use."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def sweep(self, bot_id: int) -> Swept:
        """Writes each reminder that is due into its lifter's lane, and says when it is due the next time.

        All in one transaction. What isn't to be sent is only put ahead: what is too late, what falls into quiet hours
        that last until the next day (a summary, and what is still of use at their end, waits for that), and whatever is
        for a lifter who has blocked the bot. So nothing piles up. A summary waits for the end of an open workout.
        """
        now = self._clock()
        async with self._database.writing() as session:
            room = max(0, AT_ONCE - await in_lanes(session, bot_id, Source.REMINDER))
            due = await reminders.claim_due(session, now, limit=room)
            summed_up = [user.id for reminder, user, _ in due if reminder.kind is ReminderKind.SUMMARY]
            waiting = await workouts.who_trains(session, summed_up)
            handed_out: list[flooding.Incoming] = []
            for reminder, user, plan in due:
                due_at, waits = reminder.due_at, reminder.kind is ReminderKind.SUMMARY and user.id in waiting
                if _put_ahead(reminder, user, plan, now, waits=waits):
                    handed_out.append(_incoming(reminder, due_at))
            await journal.write_down(session, bot_id, handed_out, now)
        return Swept(frozenset(incoming.user_id for incoming in handed_out), more=len(due) == room)

    async def look(self, lifter_id: int, reminder_id: int, due_at: datetime) -> TrainingDue | Week | None:
        """What the reminder says that was due then.

        None if it was stopped, came too late or in quiet hours, or is for a lifter who has blocked the bot. There is no
        day to train either once a workout is open, or was done that day; for weeks without any, see `week_of`.
        """
        now = self._clock()
        async with self._database.reading() as session:
            reminder = await reminders.reminder_of(session, lifter_id, reminder_id)
            plan, user = await reminders.plan_of(session, lifter_id), await lifters.find(session, lifter_id)
            if reminder is None or plan is None or user is None or not _may_be_sent(reminder.kind, user, due_at, now):
                return None
            if quiet_until(ZoneInfo(user.time_zone), quiet_of(plan), now) is not None:
                return None
            if reminder.kind is ReminderKind.SUMMARY:
                return await week_of(session, user, due_at)
            return await _training(session, user, reminder, due_at)


def due_of(payload: dict[str, int]) -> tuple[int, datetime]:
    """Which reminder a journal row is about, and when it was due."""
    return payload.get("reminder", 0), datetime.fromtimestamp(60 * payload.get("due", 0), UTC)


def _put_ahead(reminder: Reminder, user: User, plan: ReminderPlan, now: datetime, *, waits: bool) -> bool:
    """Says when it is due next; whether it is to be sent now."""
    zone, sends = ZoneInfo(user.time_zone), _may_be_sent(reminder.kind, user, reminder.due_at, now)
    quiet_ends = quiet_until(zone, quiet_of(plan), now)
    if sends and quiet_ends is not None:
        if reminder.kind is ReminderKind.SUMMARY or day_of(zone, quiet_ends) == day_of(zone, reminder.due_at):
            reminder.due_at = quiet_ends
            return False
        sends = False
    if sends and waits:
        reminder.due_at = now + ASKED_AGAIN_AFTER
        return False
    reminder.due_at = next_due(user, plan, reminder.kind, reminder.weekday, now)
    return sends


def _may_be_sent(kind: ReminderKind, user: User, due_at: datetime, now: datetime) -> bool:
    is_there = user.unreachable_since is None and user.leaving_since is None
    return is_there and now - due_at <= USEFUL_FOR[kind]


def _incoming(reminder: Reminder, due_at: datetime) -> flooding.Incoming:
    # A reminder is never due twice in the same minute: whatever puts it ahead puts it after the present one.
    due = int(due_at.timestamp()) // 60
    source_id = reminder.id * _MINUTES_FIT_IN + due
    return flooding.Incoming(Source.REMINDER, source_id, reminder.user_id, {"reminder": reminder.id, "due": due})


async def _training(session: ReadSession, user: User, reminder: Reminder, due_at: datetime) -> TrainingDue | None:
    zone = ZoneInfo(user.time_zone)
    today = day_of(zone, due_at)
    if await workouts.open_workout(session, user.id) is not None:
        return None
    past = await latest_finished(session, user.id)
    if any(today in _days_of(one, zone) for one in past):
        return None
    again = _again(past, reminder, zone)
    last = None if again is None else await _last_time(session, user, again, today)
    return TrainingDue(reminder.weekday, reminder.title, last)


def _days_of(past: Past, zone: ZoneInfo) -> set[date]:
    workout = past.workout
    return {day_of(zone, moment) for moment in (workout.started_at, workout.finished_at) if moment is not None}


def _again(past: Sequence[Past], reminder: Reminder, zone: ZoneInfo) -> Past | None:
    """The last of the day's name; without one the last of this weekday, else of all kinds the one not done longest."""
    if reminder.title:
        return next((one for one in past if one.kind == name_key(reminder.title)), None)
    for one in past:
        if day_of(zone, one.workout.started_at).weekday() == reminder.weekday:
            return one
    newest: dict[str | frozenset[int], Past] = {}
    for one in past:
        newest.setdefault(one.kind, one)
    return next(reversed(newest.values()), None)


async def _last_time(session: ReadSession, user: User, past: Past, today: date) -> LastTime:
    workout = await history.workout_of(session, user.id, past.workout.id)
    assert workout is not None
    done = [
        Done(execution.exercise.name, execution.exercise.measure, worked)
        for execution in workout.executions
        if (worked := tuple(row.entry for row in execution.sets if row.kind is not SetKind.WARM_UP))
    ]
    return LastTime(
        workout_id=workout.id,
        title=workout.title,
        exercises=tuple(past.exercises.values()),
        days_ago=max(0, (today - day_of(ZoneInfo(user.time_zone), workout.started_at)).days),
        done=tuple(done[:MOST_SHOWN]),
    )
