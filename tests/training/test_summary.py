from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from storage.database import Database
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import STRANGER, add_lifter, add_workout, kg
from tests.support.statements import counted
from tests.support.training import LAST_WEEK
from training.gym import Gym
from training.records import RecordKind
from training.summary import Before, Summary, best_set


async def summary(gym: Gym, lifter: int) -> Summary:
    card = await gym.workouts.card(lifter)
    finished = await gym.workouts.finish(lifter, card.workout_id, card.revision)
    assert finished.summary is not None
    return finished.summary


async def bench_day(gym: Gym, lifter: int, title: str, *lines: str) -> None:
    card = await gym.workouts.start(lifter)
    await gym.history.describe(lifter, card.workout_id, title=title)
    await gym.notebook.write(lifter, "bench")
    for line in lines:
        await gym.notebook.write(lifter, line)


async def marks(gym: Gym, lifter: int, line: str) -> tuple[bool, ...]:
    """Which of today's sets the card marks as records after this line."""
    current = (await gym.notebook.write(lifter, line)).card.current
    assert current is not None
    return current.broke_record


async def test_the_summary_says_which_records_were_broken_and_by_which_set(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed={bench: [kg(100, 5)]})
    await bench_day(gym, lifter, "", "102.5x3", "105x3", "60x5")
    (performed,) = (await summary(gym, lifter)).performed
    held = {broken.record.kind: broken.entry for broken in performed.records}
    assert held == {RecordKind.HEAVIEST: kg(105, 3)}
    assert performed.best == kg(105, 3)


async def test_a_first_time_breaks_no_record_and_marks_none_on_the_card(gym: Gym, lifter: int, bench: int) -> None:
    await bench_day(gym, lifter, "", "100x5")
    assert await marks(gym, lifter, "105x5") == (False, False)
    (performed,) = (await summary(gym, lifter)).performed
    assert performed.records == ()
    await bench_day(gym, lifter, "", "105x5")
    assert await marks(gym, lifter, "110x5") == (False, True)
    (performed,) = (await summary(gym, lifter)).performed
    assert {broken.entry for broken in performed.records} == {kg(110, 5)}


async def test_an_exercise_that_stands_there_twice_breaks_a_record_once(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed={bench: [kg(100, 5)]})
    await bench_day(gym, lifter, "", "105x5")
    card = await gym.workouts.card(lifter)
    await gym.editing.add_exercise(lifter, card.workout_id, bench)
    await gym.notebook.write(lifter, "105x5")
    first, second = (await summary(gym, lifter)).performed
    assert first.records
    assert second.records == ()


async def test_a_workout_is_compared_with_the_last_of_its_name(
    database: Database, gym: Gym, lifter: int, bench: int, *, clock: FakeClock
) -> None:
    clock.now = LAST_WEEK
    await bench_day(gym, lifter, "Push", "100x5", "100x5")
    clock.advance(timedelta(minutes=40))
    await summary(gym, lifter)
    clock.advance(timedelta(days=2))
    await bench_day(gym, lifter, "Pull", "100x5")
    await summary(gym, lifter)
    clock.now = MONDAY_EVENING
    await bench_day(gym, lifter, " push ", "100x5")
    assert (await summary(gym, lifter)).before == Before(LAST_WEEK, timedelta(minutes=40), 2, 1_000_000_000)


async def test_without_a_name_it_is_compared_with_the_last_of_the_same_exercises(
    database: Database, gym: Gym, lifter: int, bench: int, *, squat: int, clock: FakeClock
) -> None:
    both, one = {squat: [kg(100, 5)], bench: [kg(60, 5)]}, {bench: [kg(60, 5)]}
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed=both)
    await add_workout(database, started_at=LAST_WEEK + timedelta(days=1), finished=True, performed=one)
    await bench_day(gym, lifter, "", "60x5")
    await gym.notebook.write(lifter, "squat")
    await gym.notebook.write(lifter, "100x5")
    before = (await summary(gym, lifter)).before
    assert before is not None
    assert before.on == LAST_WEEK


async def test_there_is_nothing_to_compare_a_first_workout_with(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, await add_lifter(database, STRANGER), finished=True, performed={bench: [kg(200, 5)]})
    await bench_day(gym, lifter, "", "100x5")
    done = await summary(gym, lifter)
    assert done.before is None
    assert done.performed[0].records == ()


def reps(load: str, number: int, **more: object) -> SetEntry:
    entry = kg(load, number)
    return SetEntry(entry.weight, entry.clean_reps, **more)  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize(
    ("measure", "entries", "best"),
    [
        (Measure.WEIGHT_REPS, [kg(100, 5), kg(110, 1), kg(90, 8)], 0),
        (Measure.WEIGHT_REPS, [kg(100, 5), reps("100", 5, rpe=Decimal(8))], 1),
        (Measure.WEIGHT_REPS, [kg(40, 30), kg(45, 25)], 1),
        (Measure.WEIGHT_REPS, [reps("150", 1, kind=SetKind.WARM_UP), kg(100, 5)], 1),
        (Measure.BODYWEIGHT_REPS, [SetEntry(clean_reps=12), kg(10, 5)], 1),
        (Measure.BODYWEIGHT_REPS, [kg(-20, 8), SetEntry(clean_reps=4)], 1),
        (Measure.DURATION, [SetEntry(duration=60), SetEntry(duration=90)], 1),
        (
            Measure.DISTANCE_DURATION,
            [
                SetEntry(distance=Distance.of(5, DistanceUnit.KILOMETRE), duration=1500),
                SetEntry(distance=Distance.of(5, DistanceUnit.KILOMETRE), duration=1400),
            ],
            1,
        ),
        (
            Measure.WEIGHT_DURATION,
            [
                SetEntry(Weight.of(20, WeightUnit.KG), duration=90),
                SetEntry(Weight.of(25, WeightUnit.KG), duration=30),
            ],
            1,
        ),
    ],
)
def test_the_best_set_is_the_one_with_the_highest_estimate_or_the_most(
    measure: Measure, entries: Sequence[SetEntry], best: int
) -> None:
    assert best_set(entries, measure) == entries[best]


def test_of_warm_ups_none_is_the_best() -> None:
    assert best_set([reps("60", 5, kind=SetKind.WARM_UP)], Measure.WEIGHT_REPS) is None


async def test_finishing_takes_few_statements_however_long_the_history(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    for week in range(1, 60):
        await add_workout(
            database,
            started_at=MONDAY_EVENING - timedelta(weeks=week),
            finished=True,
            performed={bench: [kg(100, 5)]},
        )
    await bench_day(gym, lifter, "", "100x5")
    with counted(database) as statements:
        await summary(gym, lifter)
    assert len(statements) <= 26
