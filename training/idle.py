"""Open workouts that were left idle: they are asked about, and closed in the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import changes, flooding, idle, journal, lifters, performing
from storage.database import Database, ReadSession, WriteSession
from storage.models import IdleWatch, Workout
from storage.values.change import ChangeKind
from storage.values.chat import Source, WatchState
from training.card import Card, OpenWorkout, card_of, read_card, read_open, rest_until
from training.clock import Clock
from training.errors import NoOpenWorkoutError
from training.workouts import Finished, finish_open, finished_again

ASKED_AFTER = timedelta(hours=1)
"""How long nothing is done in a workout before its lifter is asked whether they still train."""

CLOSED_AFTER = timedelta(hours=4)
"""How long nothing is done in it before it is closed."""

TIME_TO_ANSWER = timedelta(minutes=15)
"""How long a question stands at least: what a lifter did while the bot was away may still be on its way."""

_AT_ONCE = 500
"""How many watches one sweep begins, and claims."""


@dataclass(frozen=True, slots=True)
class StillTraining:
    """The lifter is to be asked about this workout, in which nothing was done since then."""

    card: Card
    quiet_since: datetime


@dataclass(frozen=True, slots=True)
class ClosedIdle:
    """The workout was closed at the time of its last set. `finished` has no summary if there were no sets to keep."""

    workout_id: int
    finished: Finished


Idle = StillTraining | ClosedIdle


class IdleWorkouts:
    """Looks after open workouts in which nothing is done."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def sweep(self, bot_id: int) -> frozenset[int]:
        """Watches whatever is open, and writes each watch that is due into its lifter's lane; whose lanes those are.

        All in one transaction. From there it is handled like an update, so that a set and a closing can't cross.
        """
        now = self._clock()
        async with self._database.writing() as session:
            await idle.watch_open(session, now, ASKED_AFTER, limit=_AT_ONCE)
            due = await idle.claim_due(session, now, limit=_AT_ONCE)
            incoming = [flooding.Incoming(Source.IDLE, watch.id, watch.user_id, {}) for watch in due]
            await journal.write_down(session, bot_id, incoming, now)
            return frozenset(watch.user_id for watch in due)

    async def look(self, lifter_id: int, watch_id: int) -> Idle | None:
        """Does what is due: asks, or closes the workout; None if something was done in it, or it is over."""
        now = self._clock()
        async with self._database.writing() as session:
            watch = await idle.watch_of(session, lifter_id, watch_id)
            if watch is None or watch.state is not WatchState.DUE:
                return None
            await idle.forget_others(session, lifter_id, watch_id)
            found = await performing.lifter_and_workout(session, lifter_id)
            if found is None or found[1].id != watch.workout_id:
                watch.state = WatchState.OVER
                return None
            opened = await read_open(session, *found)
            if opened.workout.revision != watch.revision:
                await _go_on(session, watch, opened, now)
                return None
            if not watch.has_asked:
                await _ask(session, watch, now)
                card = await card_of(session, opened, await rest_until(session, lifter_id))
                return StillTraining(card, watch.quiet_since)
            return await _close(session, watch, opened, now)

    async def looked(self, lifter_id: int, watch_id: int) -> Idle | None:
        """What `look` returned for this watch, once more."""
        async with self._database.reading() as session:
            watch = await idle.watch_of(session, lifter_id, watch_id)
            if watch is None:
                return ClosedIdle(0, await finished_again(session, lifter_id, 0))
            if watch.state is WatchState.CLOSED:
                finished = await finished_again(session, lifter_id, watch.workout_id)
                return ClosedIdle(watch.workout_id, finished)
            card = await read_card(session, await lifters.by_id(session, lifter_id))
            if watch.state is WatchState.ASKED and card is not None and card.workout_id == watch.workout_id:
                return StillTraining(card, watch.quiet_since)
            return None

    async def stay(self, lifter_id: int, workout_id: int) -> Card:
        """The lifter still trains: they are asked anew only after another quiet hour. Raises NoOpenWorkoutError."""
        now = self._clock()
        async with self._database.writing() as session:
            found = await performing.lifter_and_workout(session, lifter_id)
            if found is None:
                raise NoOpenWorkoutError
            opened = await read_open(session, *found)
            if opened.workout.id == workout_id:
                await idle.end(session, workout_id)
                session.add(_watch(opened.workout, now))
                await session.flush()
            return await card_of(session, opened, await rest_until(session, lifter_id))


async def _go_on(session: WriteSession, watch: IdleWatch, opened: OpenWorkout, now: datetime) -> None:
    """Something was done since: from then on the hour counts anew."""
    watch.state = WatchState.OVER
    await session.flush()
    session.add(_watch(opened.workout, await _last_action(session, watch, opened, now)))


async def _last_action(session: ReadSession, watch: IdleWatch, opened: OpenWorkout, now: datetime) -> datetime:
    latest = await changes.latest(session, opened.user.id)
    times = [*_logged_at(opened), *([] if latest is None else [latest.made_at])]
    known = max(times, default=now)
    # Of what leaves no time behind, such as an undoing, it is known only that it was since the watch began.
    return min(known, now) if known > watch.quiet_since else now


async def _ask(session: WriteSession, watch: IdleWatch, now: datetime) -> None:
    watch.state = WatchState.ASKED
    await session.flush()
    session.add(
        IdleWatch(
            user_id=watch.user_id,
            workout_id=watch.workout_id,
            revision=watch.revision,
            quiet_since=watch.quiet_since,
            due_at=max(watch.quiet_since + CLOSED_AFTER, now + TIME_TO_ANSWER),
            has_asked=True,
            state=WatchState.WATCHING,
        )
    )


async def _close(session: WriteSession, watch: IdleWatch, opened: OpenWorkout, now: datetime) -> ClosedIdle:
    workout_id, before = opened.workout.id, opened.workout.finished_before
    ended_at = max([*_logged_at(opened), *([] if before is None else [before])], default=opened.workout.started_at)
    watch.state = WatchState.CLOSED
    await session.flush()
    async with changes.recording(session, opened.user.id, ChangeKind.FINISHED, now):
        return ClosedIdle(workout_id, await finish_open(session, opened, ended_at))


def _watch(workout: Workout, quiet_since: datetime) -> IdleWatch:
    return IdleWatch(
        user_id=workout.user_id,
        workout_id=workout.id,
        revision=workout.revision,
        quiet_since=quiet_since,
        due_at=quiet_since + ASKED_AFTER,
        has_asked=False,
        state=WatchState.WATCHING,
    )


def _logged_at(opened: OpenWorkout) -> Iterator[datetime]:
    return (row.logged_at for execution in opened.executions for row in execution.sets)
