"""What a lifter wants to be reminded of, on which days and at what time, and when it shall be quiet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import lifters, reminders, workouts
from storage.database import Database, ReadSession, WriteSession
from storage.models import Reminder, ReminderPlan, User
from storage.values.reminder import ReminderKind
from training.alike import latest_finished
from training.clock import Clock
from training.errors import InvalidValueError, NotFoundError
from training.occurrences import DAYS, MINUTES, Quiet, next_time

USUAL_TIME = {ReminderKind.TRAINING: 18 * 60, ReminderKind.SUMMARY: 19 * 60}
"""When reminders come of a lifter who hasn't chosen, in minutes since midnight."""

MOST_NAMES = 8
"""How many names of workouts are offered for a day."""

_UNCHOSEN_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class TrainingDay:
    """A day of the week, 0 is Monday, and the name of the workout that is done then, empty if that isn't said."""

    weekday: int
    title: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the lifter wants. Times are minutes since midnight in `time_zone`, where it is `now`.

    `zone_known` is whether the lifter has ever said where they are, `summary_on` the day of the weekly summary.
    """

    time_zone: str
    zone_known: bool
    now: datetime
    days: tuple[TrainingDay, ...]
    training_at: int
    summary_on: int | None
    summary_at: int
    quiet: Quiet | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is sent at all."""
        return not self.days and self.summary_on is None

    def sent_at(self, kind: ReminderKind) -> int | None:
        """At what time it is sent. Quiet hours put it off to their end; None if the day to train is over by then."""
        wanted = self.training_at if kind is ReminderKind.TRAINING else self.summary_at
        if self.quiet is None or not self.quiet.holds_at(wanted):
            return wanted
        return self.quiet.ends if kind is ReminderKind.SUMMARY or wanted < self.quiet.ends else None


@dataclass(frozen=True, slots=True)
class NamedWorkout:
    """A name that the lifter gives workouts, and the latest workout that has it."""

    workout_id: int
    title: str


class Reminders:
    """A lifter's own choice. `Reminding` sends what is due."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def plan(self, lifter_id: int) -> Plan:
        """What the lifter wants now."""
        async with self._database.reading() as session:
            return await self._plan(session, await lifters.by_id(session, lifter_id))

    async def names(self, lifter_id: int) -> tuple[NamedWorkout, ...]:
        """The names of the lifter's latest workouts, the one done last first."""
        async with self._database.reading() as session:
            past = await latest_finished(session, lifter_id)
        newest: dict[str | frozenset[int], NamedWorkout] = {}
        for one in past:
            if one.workout.title:
                newest.setdefault(one.kind, NamedWorkout(one.workout.id, one.workout.title))
        return tuple(newest.values())[:MOST_NAMES]

    async def set_day(self, lifter_id: int, weekday: int, *, on: bool) -> Plan:
        """The lifter trains on this day of the week, or no more. Raises InvalidValueError."""
        _check_weekday(weekday)
        async with self._changing(lifter_id) as (session, user, plan):
            if not on:
                await reminders.remove(session, lifter_id, ReminderKind.TRAINING, weekday)
            elif not any(day.weekday == weekday for day in await _days(session, lifter_id)):
                session.add(self._reminder(user, plan, ReminderKind.TRAINING, weekday))
            await session.flush()
            return await self._plan(session, user)

    async def name_day(self, lifter_id: int, weekday: int, workout_id: int | None) -> Plan:
        """On this day the lifter does workouts of that one's name; None: whatever it was the last time.

        Raises NotFoundError if it isn't the lifter's, isn't finished or has no name, or if they don't train that day.
        """
        async with self._changing(lifter_id) as (session, user, _):
            day = next((day for day in await _days(session, lifter_id) if day.weekday == weekday), None)
            workout = None if workout_id is None else await workouts.finished_one(session, lifter_id, workout_id)
            if day is None or (workout_id is not None and (workout is None or not workout.title)):
                raise NotFoundError
            day.title = "" if workout is None else workout.title
            await session.flush()
            return await self._plan(session, user)

    async def set_time(self, lifter_id: int, kind: ReminderKind, minute: int) -> Plan:
        """What comes of this kind comes at that time. Raises InvalidValueError."""
        _check_minute(minute)
        async with self._changing(lifter_id) as (session, user, plan):
            if kind is ReminderKind.TRAINING:
                plan.training_at = minute
            else:
                plan.summary_at = minute
            await self._put_ahead(session, user, plan, kind)
            return await self._plan(session, user)

    async def set_summary(self, lifter_id: int, weekday: int | None) -> Plan:
        """The week is summed up on this day, or no more. Raises InvalidValueError."""
        if weekday is not None:
            _check_weekday(weekday)
        async with self._changing(lifter_id) as (session, user, plan):
            held = await reminders.of_lifter(session, lifter_id, ReminderKind.SUMMARY)
            if [one.weekday for one in held] != [weekday]:
                await reminders.remove(session, lifter_id, ReminderKind.SUMMARY)
                if weekday is not None:
                    session.add(self._reminder(user, plan, ReminderKind.SUMMARY, weekday))
            await session.flush()
            return await self._plan(session, user)

    async def set_quiet(self, lifter_id: int, quiet: Quiet | None) -> Plan:
        """Nothing is sent while it is quiet. Raises InvalidValueError."""
        if quiet is not None:
            _check_minute(quiet.begins)
            _check_minute(quiet.ends)
            if quiet.begins == quiet.ends:
                raise InvalidValueError("time")
        async with self._changing(lifter_id) as (session, user, plan):
            plan.quiet_from, plan.quiet_until = (None, None) if quiet is None else (quiet.begins, quiet.ends)
            return await self._plan(session, user)

    async def stop(self, lifter_id: int, kind: ReminderKind | None = None) -> Plan:
        """Nothing is sent any more, or nothing of this kind. Times and quiet hours are kept."""
        async with self._changing(lifter_id) as (session, user, _):
            await reminders.remove(session, lifter_id, kind)
            return await self._plan(session, user)

    @asynccontextmanager
    async def _changing(self, lifter_id: int) -> AsyncIterator[tuple[WriteSession, User, ReminderPlan]]:
        async with self._database.writing() as session:
            user = await lifters.hold(session, lifter_id)
            yield session, user, await _begun(session, user)

    def _reminder(self, user: User, plan: ReminderPlan, kind: ReminderKind, weekday: int) -> Reminder:
        due_at = next_due(user, plan, kind, weekday, self._clock())
        return Reminder(user_id=user.id, kind=kind, weekday=weekday, title="", due_at=due_at)

    async def _put_ahead(self, session: WriteSession, user: User, plan: ReminderPlan, kind: ReminderKind) -> None:
        for one in await reminders.of_lifter(session, user.id, kind):
            one.due_at = next_due(user, plan, kind, one.weekday, self._clock())
        await session.flush()

    async def _plan(self, session: ReadSession, user: User) -> Plan:
        held, every = await reminders.plan_of(session, user.id), await reminders.of_lifter(session, user.id)
        summary = next((one.weekday for one in every if one.kind is ReminderKind.SUMMARY), None)
        days = [TrainingDay(one.weekday, one.title) for one in every if one.kind is ReminderKind.TRAINING]
        return Plan(
            time_zone=user.time_zone,
            zone_known=held is not None or user.time_zone != _UNCHOSEN_ZONE,
            now=self._clock().astimezone(ZoneInfo(user.time_zone)),
            days=tuple(days),
            training_at=USUAL_TIME[ReminderKind.TRAINING] if held is None else held.training_at,
            summary_on=summary,
            summary_at=USUAL_TIME[ReminderKind.SUMMARY] if held is None else held.summary_at,
            quiet=None if held is None else quiet_of(held),
        )


async def follow_zone(session: WriteSession, user: User, now: datetime) -> None:
    """The lifter has said where they are: from now on everything comes by the clock there."""
    plan = await _begun(session, user)
    for one in await reminders.of_lifter(session, user.id):
        one.due_at = next_due(user, plan, one.kind, one.weekday, now)


def next_due(user: User, plan: ReminderPlan, kind: ReminderKind, weekday: int, after: datetime) -> datetime:
    """When it comes the next time, quiet or not."""
    minute = plan.training_at if kind is ReminderKind.TRAINING else plan.summary_at
    return next_time(ZoneInfo(user.time_zone), weekday, minute, after)


def quiet_of(plan: ReminderPlan) -> Quiet | None:
    """When it shall be quiet."""
    if plan.quiet_from is None or plan.quiet_until is None:
        return None
    return Quiet(plan.quiet_from, plan.quiet_until)


async def _begun(session: WriteSession, user: User) -> ReminderPlan:
    """The lifter's plan, made if there is none yet."""
    plan = await reminders.plan_of(session, user.id)
    if plan is None:
        training_at, summary_at = USUAL_TIME[ReminderKind.TRAINING], USUAL_TIME[ReminderKind.SUMMARY]
        plan = ReminderPlan(user_id=user.id, training_at=training_at, summary_at=summary_at)
        session.add(plan)
        await session.flush()
    return plan


async def _days(session: ReadSession, lifter_id: int) -> Sequence[Reminder]:
    return await reminders.of_lifter(session, lifter_id, ReminderKind.TRAINING)


def _check_weekday(weekday: int) -> None:
    if not 0 <= weekday < DAYS:
        raise InvalidValueError("weekday")


def _check_minute(minute: int) -> None:
    if not 0 <= minute < MINUTES:
        raise InvalidValueError("time")
