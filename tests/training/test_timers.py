"""Timers that a lifter starts: what they say and when, and what ends them."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from storage import journal, timers
from storage.database import Database
from storage.models import JournalRow, Timer, User
from storage.values.chat import JournalStatus, Source
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from storage.values.timer import TimerKind
from tests.support import one_lane
from tests.support.clock import MONDAY_EVENING, FakeClock, ManualAlarm
from tests.support.rows import BOT, LIFTER, STRANGER, add_exercise, add_lifter
from training.dials import Dial
from training.errors import (
    InvalidValueError,
    NoOpenWorkoutError,
    NotFoundError,
    NothingToLogError,
    StaleButtonError,
)
from training.gym import Gym, open_gym
from training.rests import Rung
from training.timer_plan import Stage, TimerPlan
from training.timers import LEAD_IN, Leaving, TimedSet, Timing

MINUTE = TimerPlan.countdown(60)
EMOM = TimerPlan(TimerKind.EMOM, 3, 60, 0)
TABATA = TimerPlan(TimerKind.INTERVALS, 8, 20, 10)


@pytest.fixture
async def plank(database: Database) -> int:
    return await add_exercise(database, "Plank", aliases=["plank"], measure=Measure.DURATION, rest=90)


async def seconds_later(gym: Gym, clock: FakeClock, seconds: float) -> list[Timing | Leaving | None]:
    """What the lifter is told when so many seconds have passed and a sweep has come by."""
    clock.advance(timedelta(seconds=seconds))
    await gym.timers.ring(BOT)
    return await handed_out(gym)


async def handed_out(gym: Gym) -> list[Timing | Leaving | None]:
    return [await gym.timers.beat(LIFTER, *beat) for beat in await take(gym)]


async def take(gym: Gym, lifter_id: int = LIFTER) -> list[tuple[int, int]]:
    """The timers and beats that wait in the lane, which then wait no more."""
    database: Database = gym.timers._database  # noqa: SLF001 -- the one that the gym works on
    beats = []
    async with database.writing() as session:
        while (row := await one_lane.claim_next(session, BOT, lifter_id)) is not None:
            assert row.source is Source.TIMER
            beats.append(timers.timer_and_beat(row.source_id))
            await journal.close(session, [row.id], JournalStatus.DONE, MONDAY_EVENING)
    return beats


def stages(told: Sequence[Timing | Leaving | None]) -> list[tuple[Stage, int]]:
    return [(one.stage, one.round) for one in told if isinstance(one, Timing)]


async def shown_in(database: Database, message_id: int) -> None:
    """The timer's message is this one."""
    async with database.writing() as session:
        timer = (await session.scalars(select(Timer).where(Timer.user_id == LIFTER))).one()
        timer.message_id = message_id


async def timed(gym: Gym, plank: int, seconds: int = 60) -> tuple[int, int]:
    """A plank of a minute was logged and the next is suggested; the workout and its revision."""
    await gym.workouts.add_exercise(LIFTER, plank)
    card = (await gym.notebook.write(LIFTER, f"{seconds}s")).card
    return card.workout_id, card.revision


async def number_of_timers(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Timer)) or 0


async def test_a_countdown_gets_ready_and_says_go_half_and_done(
    gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int
) -> None:
    begun = (await gym.timers.begin(lifter, MINUTE)).timing
    go = clock() + LEAD_IN
    assert (begun.stage, begun.until, alarm.due) == (Stage.READY, go, [go])
    assert await seconds_later(gym, clock, 4.9) == []
    (said,) = await seconds_later(gym, clock, 0.1)
    assert isinstance(said, Timing)
    assert (said.stage, said.until, said.late_since) == (Stage.WORK, go + timedelta(seconds=60), None)
    assert await seconds_later(gym, clock, 29) == []
    assert stages(await seconds_later(gym, clock, 1)) == [(Stage.HALF, 1)]
    assert await seconds_later(gym, clock, 29) == []
    assert stages(await seconds_later(gym, clock, 1)) == [(Stage.DONE, 1)]
    assert await seconds_later(gym, clock, 600) == []


async def test_a_sweep_says_when_the_next_beat_is_due(gym: Gym, clock: FakeClock, lifter: int) -> None:
    await gym.timers.begin(lifter, MINUTE)
    go = clock() + LEAD_IN
    rung = await gym.timers.ring(BOT)
    assert (rung.lifter_ids, rung.next_due) == ((), go)
    clock.advance(LEAD_IN + timedelta(seconds=1))
    rung = await gym.timers.ring(BOT)
    assert (rung.lifter_ids, rung.next_due, rung.late) == (
        (lifter,),
        go + timedelta(seconds=30),
        (timedelta(seconds=1),),
    )


async def test_an_emom_says_each_minute_and_the_end(gym: Gym, clock: FakeClock, lifter: int) -> None:
    await gym.timers.begin(lifter, EMOM)
    told = [stages(await seconds_later(gym, clock, seconds)) for seconds in (5, 60, 60, 60)]
    assert told == [[(Stage.WORK, 1)], [(Stage.WORK, 2)], [(Stage.WORK, 3)], [(Stage.DONE, 3)]]


async def test_intervals_say_work_and_rest_in_turn(gym: Gym, clock: FakeClock, lifter: int) -> None:
    await gym.timers.begin(lifter, TimerPlan(TimerKind.INTERVALS, 2, 20, 10))
    told = [stages(await seconds_later(gym, clock, seconds)) for seconds in (5, 20, 10, 20)]
    assert told == [[(Stage.WORK, 1)], [(Stage.REST, 1)], [(Stage.WORK, 2)], [(Stage.DONE, 2)]]


async def test_after_an_outage_a_timer_goes_on_with_what_would_run_now(
    database: Database, gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int
) -> None:
    await gym.timers.begin(lifter, TABATA)
    assert stages(await seconds_later(gym, clock, 5)) == [(Stage.WORK, 1)]
    restarted = open_gym(database, clock, alarm, admin_ids=())
    (said,) = await seconds_later(restarted, clock, 75)  # two rounds of work, two rests, and a quarter of the third
    assert isinstance(said, Timing)
    assert (said.stage, said.round) == (Stage.WORK, 3)
    assert said.until == MONDAY_EVENING + LEAD_IN + timedelta(seconds=80)
    assert stages(await seconds_later(restarted, clock, 5)) == [(Stage.REST, 3)]


async def test_of_beats_that_wait_in_the_lane_only_the_last_is_told(gym: Gym, clock: FakeClock, lifter: int) -> None:
    await gym.timers.begin(lifter, EMOM)
    for seconds in (5, 60, 60):
        clock.advance(timedelta(seconds=seconds))
        await gym.timers.ring(BOT)
    told = await handed_out(gym)
    assert told[:2] == [None, None]
    assert stages(told) == [(Stage.WORK, 3)]


@pytest.mark.parametrize(
    ("late", "expected"),
    [(9, "on time"), (10, "late"), (300, "late"), (301, "in silence")],
)
async def test_an_end_that_is_told_late_says_so_and_after_five_minutes_is_not_told(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, late: int, expected: str
) -> None:
    await gym.timers.begin(lifter, MINUTE)
    await shown_in(database, 501)
    (said,) = await seconds_later(gym, clock, 65 + late)
    if expected == "in silence":
        assert isinstance(said, Leaving)
        assert said.message_id == 501
    else:
        assert isinstance(said, Timing)
        ended = MONDAY_EVENING + LEAD_IN + timedelta(seconds=60)
        assert (said.stage, said.late_since) == (Stage.DONE, ended if expected == "late" else None)


async def test_a_new_timer_takes_the_place_and_the_message_of_the_one_before(
    database: Database, gym: Gym, clock: FakeClock, lifter: int
) -> None:
    first = (await gym.timers.begin(lifter, MINUTE)).timing
    await shown_in(database, 501)
    clock.advance(LEAD_IN)
    await gym.timers.ring(BOT)  # its "go" waits in the lane
    second = (await gym.timers.begin(lifter, EMOM)).timing
    assert (second.message_id, second.timer_id > first.timer_id) == (501, True)
    assert await handed_out(gym) == [None]
    assert await number_of_timers(database) == 1
    assert stages(await seconds_later(gym, clock, 5)) == [(Stage.WORK, 1)]


async def test_a_timer_that_can_not_be_is_refused_and_the_one_that_runs_goes_on(gym: Gym, lifter: int) -> None:
    running = (await gym.timers.begin(lifter, MINUTE)).timing
    with pytest.raises(InvalidValueError):
        await gym.timers.begin(lifter, TimerPlan.countdown(4))
    assert await gym.timers.current(lifter) == running


async def test_a_stopped_timer_says_nothing_more_and_how_long_it_ran(gym: Gym, clock: FakeClock, lifter: int) -> None:
    timer_id = (await gym.timers.begin(lifter, EMOM)).timing.timer_id
    await seconds_later(gym, clock, 5)
    clock.advance(timedelta(seconds=60))
    await gym.timers.ring(BOT)  # the second round waits in the lane
    clock.advance(timedelta(seconds=12))
    stopped = await gym.timers.stop(lifter, timer_id)
    assert (stopped.stage, stopped.held) == (Stage.STOPPED, 72)
    assert await gym.timers.stop(lifter, timer_id) == stopped
    assert await handed_out(gym) == [None]
    assert await seconds_later(gym, clock, 600) == []


async def test_a_timer_is_stopped_by_word_if_one_runs(gym: Gym, clock: FakeClock, lifter: int) -> None:
    with pytest.raises(NotFoundError):
        await gym.timers.stop(lifter)
    await gym.timers.begin(lifter, MINUTE)
    assert (await gym.timers.stop(lifter)).held == 0  # before it said "go"
    with pytest.raises(NotFoundError):
        await gym.timers.stop(lifter)


async def test_a_timer_that_is_over_is_started_again_once(gym: Gym, clock: FakeClock, lifter: int) -> None:
    timer_id = (await gym.timers.begin(lifter, MINUTE)).timing.timer_id
    with pytest.raises(StaleButtonError):
        await gym.timers.again(lifter, timer_id)  # it runs
    await seconds_later(gym, clock, 65)
    again = (await gym.timers.again(lifter, timer_id)).timing
    assert (again.stage, again.plan, again.timed) == (Stage.READY, MINUTE, None)
    with pytest.raises(StaleButtonError):
        await gym.timers.again(lifter, timer_id)


async def test_the_suggested_set_is_counted_down_and_logged_once(
    gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int, plank: int
) -> None:
    workout_id, revision = await timed(gym, plank)
    begun = await gym.timers.begin_set(lifter, workout_id, revision)
    of_a_minute = TimedSet("Plank", Measure.DURATION, SetEntry(duration=60))
    assert (begun.timing.timed, begun.timing.plan) == (of_a_minute, MINUTE)
    assert stages(await seconds_later(gym, clock, 65)) == [(Stage.DONE, 1)]
    done = await gym.timers.log(lifter, begun.timing.timer_id)
    assert done.logged.entries == (SetEntry(duration=60),)
    assert done.logged.card.sets == 2
    assert done.logged.card.rest_until == clock() + timedelta(seconds=90) == alarm.due[-1]
    with pytest.raises(StaleButtonError):
        await gym.timers.log(lifter, begun.timing.timer_id)
    assert (await gym.workouts.card(lifter)).sets == 2
    await gym.undo.undo(lifter)
    assert (await gym.workouts.card(lifter)).sets == 1


async def test_what_is_logged_is_the_set_that_was_suggested_when_it_began(
    database: Database, gym: Gym, clock: FakeClock, lifter: int
) -> None:
    hold = await add_exercise(database, "Farmer hold", aliases=["hold"], measure=Measure.WEIGHT_DURATION)
    bench = await add_exercise(database, "Bench press")
    await gym.workouts.add_exercise(lifter, hold)
    card = (await gym.notebook.write(lifter, "40kg 30s")).card
    assert card.current is not None
    card = await gym.next_set.change_kind(lifter, card.current.execution_id)
    begun = await gym.timers.begin_set(lifter, card.workout_id, card.revision)
    assert card.current is not None
    await gym.next_set.turn(lifter, card.current.execution_id, Dial.WEIGHT, 4)
    await gym.workouts.add_exercise(lifter, bench)
    await seconds_later(gym, clock, 35)
    done = await gym.timers.log(lifter, begun.timing.timer_id)
    assert done.logged.entries == (SetEntry(Weight.of(40, WeightUnit.KG), kind=SetKind.WARM_UP, duration=30),)
    assert done.logged.card.current is not None
    assert done.logged.card.current.name == "Farmer hold"


async def test_who_lets_go_early_is_offered_what_was_held(gym: Gym, clock: FakeClock, lifter: int, plank: int) -> None:
    timer_id = (await gym.timers.begin_set(lifter, *await timed(gym, plank))).timing.timer_id
    with pytest.raises(StaleButtonError):
        await gym.timers.log(lifter, timer_id)  # it still runs
    await seconds_later(gym, clock, 5)
    clock.advance(timedelta(seconds=47))
    stopped = await gym.timers.stop(lifter, timer_id)
    assert stopped.timed == TimedSet("Plank", Measure.DURATION, SetEntry(duration=47))
    assert (await gym.timers.log(lifter, timer_id)).logged.entries == (SetEntry(duration=47),)


async def test_the_first_plank_is_timed_by_a_countdown_that_was_typed(
    gym: Gym, clock: FakeClock, lifter: int, plank: int
) -> None:
    await gym.workouts.add_exercise(lifter, plank)
    begun = await gym.timers.begin(lifter, TimerPlan.countdown(45))
    await seconds_later(gym, clock, 50)
    assert (await gym.timers.log(lifter, begun.timing.timer_id)).logged.entries == (SetEntry(duration=45),)


async def test_other_timers_and_other_exercises_time_no_set(gym: Gym, lifter: int, plank: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, plank)
    assert (await gym.timers.begin(lifter, EMOM)).timing.timed is None
    await gym.workouts.add_exercise(lifter, bench)
    timing = (await gym.timers.begin(lifter, MINUTE)).timing
    assert timing.timed is None
    with pytest.raises(StaleButtonError):
        await gym.timers.log(lifter, timing.timer_id)


async def test_only_what_ends_with_its_time_is_counted_down_and_only_as_it_was_shown(
    gym: Gym, lifter: int, plank: int, bench: int
) -> None:
    workout_id, revision = await timed(gym, plank)
    with pytest.raises(StaleButtonError):
        await gym.timers.begin_set(lifter, workout_id, revision - 1)
    card = await gym.workouts.add_exercise(lifter, bench)
    with pytest.raises(NothingToLogError):
        await gym.timers.begin_set(lifter, workout_id, card.revision)
    assert await gym.timers.current(lifter) is None


async def test_a_countdown_that_gets_ready_goes_on_when_its_button_is_pressed_again(
    gym: Gym, clock: FakeClock, lifter: int, plank: int
) -> None:
    shown = await timed(gym, plank)
    first = await gym.timers.begin_set(lifter, *shown)
    clock.advance(timedelta(seconds=2))
    second = await gym.timers.begin_set(lifter, *shown)
    assert (second.timing, second.goes_on, first.goes_on) == (first.timing, True, False)
    clock.advance(timedelta(seconds=3))
    await gym.timers.ring(BOT)
    assert (await gym.timers.begin_set(lifter, *shown)).timing.timer_id > first.timing.timer_id


async def test_a_sets_countdown_ends_the_rest_and_other_timers_leave_it(
    gym: Gym, lifter: int, plank: int, clock: FakeClock
) -> None:
    shown = await timed(gym, plank)
    assert (await gym.timers.begin(lifter, EMOM)).card is None
    assert (await gym.workouts.card(lifter)).rest_until is not None
    begun = await gym.timers.begin_set(lifter, *shown)
    assert begun.card == await gym.workouts.card(lifter)
    assert begun.card.rest_until is None
    clock.advance(timedelta(minutes=5))
    assert not (await gym.rests.ring(BOT)).lifter_ids


@pytest.mark.parametrize("way", ["finished", "discarded", "logged"])
async def test_what_ends_the_set_or_its_workout_ends_its_countdown(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, plank: int, way: str
) -> None:
    workout_id, revision = await timed(gym, plank)
    timer_id = (await gym.timers.begin_set(lifter, workout_id, revision)).timing.timer_id
    await shown_in(database, 501)
    if way == "finished":
        await gym.workouts.finish(lifter, workout_id, revision)
    elif way == "discarded":
        await gym.history.discard(lifter, workout_id, revision)
    else:
        await gym.workouts.log_suggested(lifter, workout_id, revision)
    assert await gym.timers.current(lifter) is None
    with pytest.raises(StaleButtonError if way == "logged" else NoOpenWorkoutError):
        await gym.timers.log(lifter, timer_id)
    for press in (gym.timers.stop, gym.timers.again):
        with pytest.raises(StaleButtonError):
            await press(lifter, timer_id)
    (said,) = await seconds_later(gym, clock, 0)
    assert isinstance(said, Leaving)
    assert (said.timer_id, said.message_id) == (timer_id, 501)
    assert await seconds_later(gym, clock, 600) == []


async def test_finishing_leaves_a_timer_that_is_for_no_set(gym: Gym, clock: FakeClock, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    card = (await gym.notebook.write(lifter, "100x5")).card
    await gym.timers.begin(lifter, MINUTE)
    await gym.workouts.finish(lifter, card.workout_id, card.revision)
    assert stages(await seconds_later(gym, clock, 65)) == [(Stage.DONE, 1)]


async def test_a_countdown_whose_exercise_is_gone_leaves_and_logs_nothing(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, plank: int
) -> None:
    await gym.workouts.add_exercise(lifter, plank)
    timer_id = (await gym.timers.begin(lifter, MINUTE)).timing.timer_id
    await gym.undo.undo(lifter)  # starting the workout with it
    (said,) = await seconds_later(gym, clock, 65)
    assert isinstance(said, Leaving)
    with pytest.raises(NoOpenWorkoutError):
        await gym.timers.log(lifter, timer_id)
    await gym.workouts.start(lifter)
    with pytest.raises(StaleButtonError):
        await gym.timers.log(lifter, timer_id)


@pytest.mark.parametrize("way", ["removed", "swapped", "swap taken back", "taken back"])
async def test_what_takes_a_timed_sets_exercise_away_ends_its_countdown_though_it_is_over(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, bench: int, plank: int, way: str
) -> None:
    workout_id = (await gym.workouts.add_exercise(lifter, bench)).workout_id
    if way == "swap taken back":
        wall = await add_exercise(database, "Wall sit", measure=Measure.DURATION)
        await gym.workouts.add_exercise(lifter, wall)
        (_, wall_sit) = (await gym.history.detail(lifter, workout_id)).executions
        await gym.editing.swap_exercise(lifter, wall_sit.id, plank)
    else:
        await gym.workouts.add_exercise(lifter, plank)
    await gym.timers.begin(lifter, MINUTE)
    await seconds_later(gym, clock, 65)
    await shown_in(database, 501)
    (_, timed_one) = (await gym.history.detail(lifter, workout_id)).executions
    if way == "removed":
        await gym.editing.remove_exercise(lifter, timed_one.id)
    elif way == "swapped":
        squat = await add_exercise(database, "Squat")
        await gym.editing.swap_exercise(lifter, timed_one.id, squat)
    else:
        await gym.undo.undo(lifter)
    assert await gym.timers.current(lifter) is None
    (said,) = await seconds_later(gym, clock, 0)
    assert isinstance(said, Leaving)
    assert said.message_id == 501


async def test_a_change_of_another_exercise_leaves_the_countdown(
    gym: Gym, clock: FakeClock, lifter: int, bench: int, plank: int
) -> None:
    workout_id = (await gym.workouts.add_exercise(lifter, bench)).workout_id
    await gym.workouts.add_exercise(lifter, plank)
    await gym.timers.begin(lifter, MINUTE)
    (other, _) = (await gym.history.detail(lifter, workout_id)).executions
    await gym.editing.remove_exercise(lifter, other.id)
    await gym.undo.undo(lifter)
    assert stages(await seconds_later(gym, clock, 5)) == [(Stage.WORK, 1)]


async def test_of_an_exercise_that_is_there_twice_the_one_that_was_timed_has_the_set_once(
    gym: Gym, clock: FakeClock, lifter: int, plank: int
) -> None:
    workout_id = (await gym.workouts.add_exercise(lifter, plank)).workout_id
    await gym.editing.add_exercise(lifter, workout_id, plank)
    timer_id = (await gym.timers.begin(lifter, MINUTE)).timing.timer_id
    await seconds_later(gym, clock, 65)
    await gym.timers.log(lifter, timer_id)
    with pytest.raises(StaleButtonError):
        await gym.timers.log(lifter, timer_id)
    executions = (await gym.history.detail(lifter, workout_id)).executions
    assert [len(execution.sets) for execution in executions] == [0, 1]


async def test_sets_of_the_timed_exercise_that_are_pasted_end_its_countdown(gym: Gym, lifter: int, plank: int) -> None:
    await gym.timers.begin_set(lifter, *(await timed(gym, plank)))
    preview = await gym.pastes.offer(lifter, "plank\n1:00\n0:45")
    assert preview is not None
    await gym.pastes.log(lifter, preview.paste_id, preview.revision)
    assert await gym.timers.current(lifter) is None


async def test_who_has_blocked_the_bot_has_no_timer_any_more(
    database: Database, gym: Gym, clock: FakeClock, lifter: int
) -> None:
    await gym.timers.begin(lifter, EMOM)
    await gym.lifters.mark_unreachable(lifter)
    assert await seconds_later(gym, clock, 5) == [None]
    assert await number_of_timers(database) == 0


async def test_a_timer_goes_with_its_lifter(database: Database, gym: Gym, lifter: int) -> None:
    await gym.timers.begin(lifter, EMOM)
    async with database.writing() as session:
        await session.execute(delete(User).where(User.id == lifter))
    assert await number_of_timers(database) == 0


async def test_a_strangers_timer_is_as_one_that_is_not_there(
    database: Database, gym: Gym, clock: FakeClock, lifter: int
) -> None:
    await add_lifter(database, STRANGER)
    await gym.workouts.start(STRANGER)
    timer_id = (await gym.timers.begin(lifter, MINUTE)).timing.timer_id
    clock.advance(timedelta(seconds=65))
    await gym.timers.ring(BOT)
    for press in (gym.timers.log, gym.timers.stop, gym.timers.again):
        with pytest.raises(StaleButtonError):
            await press(STRANGER, timer_id)
    ((_, beat),) = await take(gym)
    assert await gym.timers.beat(STRANGER, timer_id, beat) is None
    assert await gym.timers.current(STRANGER) is None


async def test_replicas_that_sweep_at_once_hand_each_beat_out_once(
    database: Database, gym: Gym, clock: FakeClock, alarm: ManualAlarm, lifter: int
) -> None:
    others = range(100, 112)
    for lifter_id in others:
        await add_lifter(database, lifter_id)
    for lifter_id in (lifter, *others):
        await gym.timers.begin(lifter_id, TABATA)
    replicas = [gym, open_gym(database, clock, alarm, admin_ids=())]
    for seconds in (5, 20, 10, 20):
        clock.advance(timedelta(seconds=seconds))
        await asyncio.gather(*(replica.timers.ring(BOT) for replica in replicas * 3))
    async with database.reading() as session:
        found = await session.execute(select(JournalRow.user_id, JournalRow.source_id))
        beats = sorted((row.user_id, timers.timer_and_beat(row.source_id)[1]) for row in found)
    assert beats == [(lifter_id, beat) for lifter_id in sorted((lifter, *others)) for beat in range(4)]


async def test_no_more_beats_are_claimed_than_could_be_sent_and_the_oldest_come_first(
    database: Database, gym: Gym, clock: FakeClock, lifter: int
) -> None:
    go = clock() + LEAD_IN
    for lifter_id in (100, 101):
        await add_lifter(database, lifter_id)
        await gym.timers.begin(lifter_id, EMOM)
        clock.advance(timedelta(seconds=1))
    clock.advance(LEAD_IN)
    assert await gym.timers.ring(BOT, 0) == Rung((), go, ())
    first = await gym.timers.ring(BOT, 1)
    assert (first.lifter_ids, first.next_due) == ((100,), go + timedelta(seconds=1))
    assert (await gym.timers.ring(BOT, 1)).lifter_ids == (101,)
