"""Timers that a lifter starts: countdowns, EMOM and intervals. Each is a row, and what it says are its beats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storage import flooding, journal, lifters, performing, rests, timers
from storage.changes import recording
from storage.database import Database, ReadSession, WriteSession
from storage.models import ExerciseExecution, Timer
from storage.values.change import ChangeKind
from storage.values.chat import Source
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import Weight
from storage.values.timer import TimerKind, TimerState
from training.card import Card, OpenWorkout, card_of, current_exercise, read_open
from training.clock import Alarm, Clock
from training.errors import NoOpenWorkoutError, NotFoundError, NothingToLogError, StaleButtonError
from training.open_workout import Logged, RestMessage, log, open_at, turn_to, use_rests
from training.rests import TOO_LATE, Rung
from training.timer_plan import Stage, TimerPlan, countable
from training.workouts import set_alarm

LEAD_IN = timedelta(seconds=5)
"""Between starting a timer and its "go": time to put the phone down."""

LATE_FROM = timedelta(seconds=10)
"""How late what a timer says at its end has to be for that to be said, too."""

_AT_ONCE = 500
"""How many timers one sweep claims."""


@dataclass(frozen=True, slots=True)
class TimedSet:
    """The set that a timer is for, with the time that was held, or is to be."""

    name: str
    measure: Measure
    entry: SetEntry


@dataclass(frozen=True, slots=True)
class Timing:
    """A timer as it stands: what it says now, in which round, and until when that holds.

    `held` is how many seconds it has run, once it is over; `late_since` is when it was over, if that is told late.
    `message_id` is the message that has shown it so far, which `is_below_card` or not.
    """

    timer_id: int
    plan: TimerPlan
    stage: Stage
    round: int
    until: datetime
    held: int
    late_since: datetime | None
    timed: TimedSet | None
    message_id: int | None
    is_below_card: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """A timer that is to leave the chat in silence."""

    timer_id: int
    message_id: int | None
    is_below_card: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A timer was started, unless it `goes_on` as it was.

    Where that has ended a rest, the `card` without it, and what should leave the chat.
    """

    timing: Timing
    card: Card | None = None
    outdated: tuple[RestMessage, ...] = ()
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class TimedLogged:
    """What was timed is logged, and the timer is to leave the chat."""

    logged: Logged
    leaving: Leaving


class Timers:
    """One timer for each lifter: a new one takes the place of the one before. None is a change to take back."""

    def __init__(self, database: Database, clock: Clock, alarm: Alarm) -> None:
        self._database = database
        self._clock = clock
        self._alarm = alarm

    async def begin(self, lifter_id: int, plan: TimerPlan) -> Begun:
        """Starts the timer. A countdown while a timed exercise is current is for its next set, and ends the rest.

        Raises InvalidValueError.
        """
        plan.check()
        async with self._database.writing() as session:
            found = await performing.lifter_and_workout(session, lifter_id)
            opened = None if found is None else await read_open(session, *found)
            entry = await _next_timed(session, opened, plan.work) if plan.kind is TimerKind.COUNTDOWN else None
            begun = await self._begin(session, lifter_id, plan, opened, entry)
        return self._awaited(begun)

    async def begin_set(self, lifter_id: int, workout_id: int, revision: int) -> Begun:
        """Starts the countdown for the set that the card of this revision suggested, which ends the rest.

        Pressed again before it says "go" it goes on. Raises StaleButtonError, and NothingToLogError where the set has
        no time that can be counted down.
        """
        async with self._database.writing() as session:
            opened = await open_at(session, lifter_id, workout_id, revision)
            current = opened.current
            shown = None if current is None else await current_exercise(session, opened, current)
            seconds = None if shown is None else countable(shown.measure, shown.suggestion)
            if current is None or shown is None or seconds is None:
                raise NothingToLogError
            before = await timers.of_lifter(session, lifter_id)
            if before is not None and self._gets_ready(before, current, seconds):
                return Begun(await _timing(session, before, Stage.READY, self._clock()), goes_on=True)
            plan = TimerPlan.countdown(seconds)
            begun = await self._begin(session, lifter_id, plan, opened, shown.suggestion)
        return self._awaited(begun)

    async def again(self, lifter_id: int, timer_id: int) -> Begun:
        """Starts the timer, which is over, anew; for the same set if its exercise is still current.

        Raises StaleButtonError.
        """
        async with self._database.writing() as session:
            found = await performing.lifter_and_workout(session, lifter_id)
            opened = None if found is None else await read_open(session, *found)
            over = await _of(session, lifter_id, timer_id)
            if over.state is not TimerState.OVER:
                raise StaleButtonError
            plan, current = _plan(over), None if opened is None else opened.current
            goes_on = current is not None and current.id == over.execution_id
            begun = await self._begin(session, lifter_id, plan, opened, _entry(over, plan.work) if goes_on else None)
        return self._awaited(begun)

    async def current(self, lifter_id: int) -> Timing | None:
        """The lifter's timer, if it runs, or is over and still shown."""
        async with self._database.reading() as session:
            timer = await timers.of_lifter(session, lifter_id)
            if timer is None or timer.state is TimerState.ENDED:
                return None
            return await _timing(session, timer, _stage(timer), self._clock())

    async def stop(self, lifter_id: int, timer_id: int | None = None) -> Timing:
        """Stops the timer, which must be this one, if one is given; one that is over stays so.

        Raises StaleButtonError, and NotFoundError if there is nothing to stop.
        """
        now = self._clock()
        async with self._database.writing() as session:
            timer = await timers.of_lifter(session, lifter_id)
            if timer_id is not None and (timer is None or timer.id != timer_id or timer.state is TimerState.ENDED):
                raise StaleButtonError
            if timer is None or (timer_id is None and timer.state is not TimerState.RUNNING):
                raise NotFoundError
            if timer.state is TimerState.RUNNING:
                timer.state, timer.due_at = TimerState.OVER, None
                ran = int((now - timer.starts_at).total_seconds())
                timer.held = max(0, min(ran, _plan(timer).total))
            return await _timing(session, timer, _stage(timer), now)

    async def log(self, lifter_id: int, timer_id: int) -> TimedLogged:
        """Logs the set that was timed, once, and makes its exercise the current one.

        Raises NoOpenWorkoutError if its workout was finished, StaleButtonError if there is no such timer any more or
        its exercise is gone, and InvalidValueError if it has too many sets.
        """
        now = self._clock()
        async with self._database.writing() as session:
            found = await performing.lifter_and_workout(session, lifter_id)
            if found is None:
                raise NoOpenWorkoutError
            timer = await _of(session, lifter_id, timer_id)
            entry = _entry(timer, timer.held or 0)
            if entry is None or not timer.held or timer.execution_id is None:
                raise StaleButtonError
            opened = await read_open(session, *found)
            async with recording(session, lifter_id, ChangeKind.LOGGED, now):
                turn_to(opened, timer.execution_id, now)
                logged = await log(session, opened, [entry], now, [None])
            leaving = await _leaving(session, timer)
        set_alarm(self._alarm, logged.card)
        return TimedLogged(logged, leaving)

    async def beat(self, lifter_id: int, timer_id: int, beat: int) -> Timing | Leaving | None:
        """What to say at this beat of the timer: nothing if a later one was handed out, or it was stopped.

        It leaves the chat if something has ended it, if what was timed isn't there any more, or if it was over long
        ago. For who has blocked the bot it ends.
        """
        now = self._clock()
        async with self._database.reading() as session:
            timer = await timers.of_lifter(session, lifter_id)
            if timer is None or timer.id != timer_id:
                return None
            user = await lifters.by_id(session, lifter_id)
            is_blocked = user.unreachable_since is not None
            if not is_blocked:
                return await _said(session, timer, beat, now)
        async with self._database.writing() as session:
            await timers.forget(session, timer_id)
        return None

    async def ring(self, bot_id: int, at_most: int = _AT_ONCE) -> Rung:
        """Claims what is due, oldest first, and writes each timer's beat into its lifter's lane, in one transaction.

        Of several beats that are due only the last is handed out: after an outage the timer goes on with what would
        run now.
        """
        now = self._clock()
        async with self._database.reading() as session:
            next_due = await timers.next_due(session)
        if next_due is None or next_due > now or not at_most:
            return Rung((), next_due, ())
        async with self._database.writing() as session:
            due = await timers.claim_due(session, now, limit=min(at_most, _AT_ONCE))
            late = tuple(now - (timer.due_at or now) for timer in due)
            await journal.write_down(session, bot_id, [_handed_out(timer, now) for timer in due], now)
            await session.flush()
            return Rung(tuple(timer.user_id for timer in due), await timers.next_due(session), late)

    def _gets_ready(self, timer: Timer, current: ExerciseExecution, seconds: int) -> bool:
        of_this = (timer.state, timer.execution_id, timer.work) == (TimerState.RUNNING, current.id, seconds)
        return of_this and timer.beat < 0 and self._clock() < timer.starts_at

    async def _begin(
        self, session: WriteSession, lifter_id: int, plan: TimerPlan, opened: OpenWorkout | None, entry: SetEntry | None
    ) -> Begun:
        now = self._clock()
        weight = None if entry is None else entry.weight
        timer = Timer(
            user_id=lifter_id,
            execution_id=None if opened is None or opened.current is None or entry is None else opened.current.id,
            kind=plan.kind,
            rounds=plan.rounds,
            work=plan.work,
            rest=plan.rest,
            set_kind=None if entry is None else entry.kind,
            weight=None if weight is None else weight.thousandths,
            unit=None if weight is None else weight.unit,
            starts_at=now + LEAD_IN,
            beat=-1,
            due_at=now + LEAD_IN,
            state=TimerState.RUNNING,
        )
        card: Card | None = None
        outdated: tuple[RestMessage, ...] = ()
        if entry is not None and opened is not None:
            rested = await rests.running(session, lifter_id) is not None
            outdated = await use_rests(session, opened)
            if rested or outdated:
                card = await card_of(session, opened, None)
        await timers.replace(session, timer)
        return Begun(await _timing(session, timer, Stage.READY, now), card, outdated)

    def _awaited(self, begun: Begun) -> Begun:
        self._alarm.set(begun.timing.until)
        return begun


async def _next_timed(session: WriteSession, opened: OpenWorkout | None, seconds: int) -> SetEntry | None:
    """The next set of the current exercise, with this duration; None if no such set is to be done."""
    if opened is None or opened.current is None:
        return None
    shown = await current_exercise(session, opened, opened.current)
    if shown.measure is Measure.DURATION:
        return replace(shown.suggestion or SetEntry(), duration=seconds)
    if shown.measure is Measure.WEIGHT_DURATION and shown.suggestion is not None:
        return replace(shown.suggestion, duration=seconds)
    return None


async def _of(session: WriteSession, lifter_id: int, timer_id: int) -> Timer:
    timer = await timers.of_lifter(session, lifter_id)
    if timer is None or timer.id != timer_id or timer.state is TimerState.ENDED:
        raise StaleButtonError
    return timer


def _plan(timer: Timer) -> TimerPlan:
    return TimerPlan(timer.kind, timer.rounds, timer.work, timer.rest)


def _entry(timer: Timer, seconds: int) -> SetEntry | None:
    if timer.set_kind is None:
        return None
    weight = None if timer.weight is None or timer.unit is None else Weight(timer.weight, timer.unit)
    return SetEntry(weight=weight, kind=timer.set_kind, duration=seconds)


def _ends_at(timer: Timer) -> datetime:
    return timer.starts_at + timedelta(seconds=_plan(timer).total)


def _stage(timer: Timer) -> Stage:
    plan = _plan(timer)
    if timer.state is not TimerState.RUNNING:
        return Stage.DONE if timer.held == plan.total else Stage.STOPPED
    return Stage.READY if timer.beat < 0 else plan.beats()[timer.beat].stage


def _handed_out(timer: Timer, now: datetime) -> flooding.Incoming:
    """The beat of a timer that is due, which then waits for its next one."""
    if timer.state is TimerState.ENDED:
        timer.due_at, beat = None, timers.TO_LEAVE
    else:
        beats = _plan(timer).beats()
        times = [timer.starts_at + timedelta(seconds=one.at) for one in beats]
        beat = max(place for place, at in enumerate(times) if at <= now)
        timer.beat = beat
        timer.due_at = times[beat + 1] if beat + 1 < len(times) else None
        if timer.due_at is None:
            timer.state, timer.held = TimerState.OVER, _plan(timer).total
    return flooding.Incoming(Source.TIMER, timers.beat_id(timer.id, beat), timer.user_id, {})


async def _said(session: ReadSession, timer: Timer, beat: int, now: datetime) -> Timing | Leaving | None:
    if timer.state is TimerState.ENDED:
        return await _leaving(session, timer)
    stage = _stage(timer)
    if timer.beat != beat or stage is Stage.STOPPED:
        return None
    is_gone = timer.set_kind is not None and await timers.exercise_of(session, timer) is None
    if is_gone or (stage is Stage.DONE and now - _ends_at(timer) > TOO_LATE):
        return await _leaving(session, timer)
    return await _timing(session, timer, stage, now)


async def _timing(session: ReadSession, timer: Timer, stage: Stage, now: datetime) -> Timing:
    plan, ends_at = _plan(timer), _ends_at(timer)
    told = plan.beats()[max(timer.beat, 0)]
    until = timer.starts_at if stage is Stage.READY else timer.starts_at + timedelta(seconds=told.until)
    is_late = stage is Stage.DONE and now - ends_at >= LATE_FROM
    return Timing(
        timer_id=timer.id,
        plan=plan,
        stage=stage,
        round=told.round,
        until=until,
        held=timer.held or 0,
        late_since=ends_at if is_late else None,
        timed=await _timed(session, timer),
        message_id=timer.message_id,
        is_below_card=await _is_below_card(session, timer),
    )


async def _timed(session: ReadSession, timer: Timer) -> TimedSet | None:
    """What the timer is for; while it runs, with the time that is to be held."""
    entry = _entry(timer, timer.work if timer.held is None else timer.held)
    found = None if entry is None else await timers.exercise_of(session, timer)
    return None if entry is None or found is None else TimedSet(found.name, found.measure, entry)


async def _leaving(session: ReadSession, timer: Timer) -> Leaving:
    return Leaving(timer.id, timer.message_id, await _is_below_card(session, timer))


async def _is_below_card(session: ReadSession, timer: Timer) -> bool:
    card = await timers.card_of(session, timer.user_id)
    return card is not None and timer.message_id is not None and timer.message_id > card
