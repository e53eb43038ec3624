"""Looking back: one workout whole, and pages of those that are wanted."""

from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.models import ExerciseExecution, Target, Workout
from storage.values.exercise import BodyPart, Measure
from storage.values.history import HistoryFilter, WorkoutState
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg, set_row
from tests.support.statements import counted
from training.detail import DoneSet, Execution, WorkoutDetail
from training.errors import NotFoundError
from training.gym import Gym
from training.history import PAGE_SIZE, HistoryPage, WorkoutLine

DAY = timedelta(days=1)
EVERYTHING = HistoryFilter()
WARM_UP = SetEntry(Weight.of(60, WeightUnit.KG), 10, kind=SetKind.WARM_UP)


async def add_described(
    database: Database,
    exercise_id: int,
    day: int,
    *,
    title: str = "",
    note: str = "",
    execution_note: str = "",
    set_note: str = "",
) -> int:
    entry = SetEntry(Weight.of(100, WeightUnit.KG), 5, note=set_note)
    started_at = MONDAY_EVENING - day * DAY
    execution = ExerciseExecution(
        exercise_id=exercise_id, position=0, note=execution_note, focused_at=started_at, sets=[set_row(0, entry)]
    )
    workout = Workout(
        user_id=LIFTER, title=title, note=note, started_at=started_at, finished_at=started_at, executions=[execution]
    )
    async with database.writing() as session:
        session.add(workout)
    return workout.id


async def ids(gym: Gym, wanted: HistoryFilter, lifter_id: int = LIFTER) -> list[int]:
    return [line.id for line in (await gym.history.page(lifter_id, wanted, 0)).lines]


async def test_a_workout_is_shown_whole_with_its_sets_and_targets_in_their_order(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    bench_sets, squat_sets, targets = [WARM_UP, kg(100, 5)], [kg(140, 3)], [kg(145, 3), kg("147.5", 3)]
    workout = Workout(user_id=lifter, title="Push", note="Cold", started_at=MONDAY_EVENING, revision=3)
    places = [(squat, squat_sets, targets, 1), (bench, bench_sets, [], None)]
    workout.executions = [
        ExerciseExecution(
            exercise_id=exercise_id,
            position=position,
            note=f"seat {position}",
            focused_at=MONDAY_EVENING,
            superset=superset,
            sets=[set_row(place, entry) for place, entry in enumerate(entries)],
            targets=[Target(position=place, entry=entry) for place, entry in enumerate(aims)],
        )
        for position, (exercise_id, entries, aims, superset) in enumerate(places)
    ]
    async with database.writing() as session:
        session.add(workout)
    first, second = workout.executions
    assert await gym.history.detail(lifter, workout.id) == WorkoutDetail(
        id=workout.id,
        revision=3,
        title="Push",
        note="Cold",
        started_at=MONDAY_EVENING,
        finished_at=None,
        executions=(
            Execution(
                id=first.id,
                exercise_id=squat,
                name="Back squat",
                measure=Measure.WEIGHT_REPS,
                note="seat 0",
                superset=1,
                sets=(DoneSet(first.sets[0].id, kg(140, 3)),),
                targets=tuple(targets),
            ),
            Execution(
                id=second.id,
                exercise_id=bench,
                name="Bench press",
                measure=Measure.WEIGHT_REPS,
                note="seat 1",
                superset=None,
                sets=tuple(DoneSet(row.id, row.entry) for row in second.sets),
                targets=(),
            ),
        ),
    )
    assert [row.entry for row in second.sets] == bench_sets


async def test_a_strangers_workout_is_as_missing_as_one_that_never_was(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_lifter(database, STRANGER)
    workout_id = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    for stranger, claimed in ((STRANGER, workout_id), (lifter, 404)):
        with pytest.raises(NotFoundError):
            await gym.history.detail(stranger, claimed)
    assert await gym.history.page(STRANGER, EVERYTHING, 0) == HistoryPage((), 0, more=False)
    assert await ids(gym, HistoryFilter(exercise_id=bench), STRANGER) == []
    assert await ids(gym, HistoryFilter(text="bench"), STRANGER) == []


async def test_a_line_says_when_and_how_much(database: Database, gym: Gym, lifter: int, bench: int, squat: int) -> None:
    performed = {bench: [WARM_UP, kg(100, 5)], squat: [kg(140, 3)], await add_exercise(database, "Dip"): []}
    workout_id = await add_workout(database, finished=True, performed=performed)
    still_open = await add_workout(database, started_at=MONDAY_EVENING + DAY)
    assert await gym.history.page(lifter, EVERYTHING, 0) == HistoryPage(
        (
            WorkoutLine(still_open, "", MONDAY_EVENING + DAY, None, exercises=0, sets=0, volume_mg=0),
            WorkoutLine(
                workout_id,
                "",
                MONDAY_EVENING,
                MONDAY_EVENING + timedelta(hours=1),
                exercises=2,
                sets=3,
                volume_mg=920_000_000,
                names=("Bench press", "Back squat", "Dip"),
            ),
        ),
        0,
        more=False,
    )


async def test_pages_run_from_the_newest_to_the_oldest_and_leave_none_out(
    database: Database, gym: Gym, lifter: int
) -> None:
    async with database.writing() as session:
        rows = [
            Workout(user_id=lifter, started_at=MONDAY_EVENING + day * DAY, finished_at=MONDAY_EVENING + day * DAY)
            for day in (*range(2 * PAGE_SIZE - 1), 3)  # two begin at the same moment: the one entered later comes first
        ]
        session.add_all(rows)
    newest_first = [row.id for row in sorted(rows, key=lambda row: (row.started_at, row.id), reverse=True)]
    pages = [await gym.history.page(lifter, EVERYTHING, page) for page in (-1, 0, 1, 2)]
    assert [(page.page, page.more) for page in pages] == [(0, True), (0, True), (1, False), (2, False)]
    assert pages[0] == pages[1]
    assert [line.id for page in pages[1:] for line in page.lines] == newest_first


async def test_workouts_are_found_by_when_they_began_and_whether_they_are_over(
    database: Database, gym: Gym, lifter: int
) -> None:
    days = [MONDAY_EVENING + day * DAY for day in range(3)]
    first, second = [await add_workout(database, started_at=day, finished=True) for day in days[:2]]
    third = await add_workout(database, started_at=days[2])
    assert await ids(gym, HistoryFilter(since=days[1])) == [third, second]
    assert await ids(gym, HistoryFilter(until=days[1])) == [first]
    assert await ids(gym, HistoryFilter(since=days[1], until=days[2])) == [second]
    assert await ids(gym, HistoryFilter(state=WorkoutState.OPEN)) == [third]
    assert await ids(gym, HistoryFilter(state=WorkoutState.FINISHED)) == [second, first]
    assert await ids(gym, HistoryFilter(state=WorkoutState.FINISHED, since=days[1])) == [second]


async def test_workouts_are_found_by_exercise_and_body_part(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    row = await add_exercise(database, "Row", part=BodyPart.BACK)
    planned = await add_workout(database, started_at=MONDAY_EVENING - 2 * DAY, performed={row: []})
    done = await add_workout(
        database, started_at=MONDAY_EVENING - DAY, finished=True, performed={bench: [kg(100, 5)], row: [kg(80, 8)]}
    )
    await add_workout(database, finished=True)
    assert await ids(gym, HistoryFilter(exercise_id=row)) == [done, planned]
    assert await ids(gym, HistoryFilter(exercise_id=bench)) == [done]
    assert await ids(gym, HistoryFilter(body_part=BodyPart.BACK)) == [done, planned]
    assert await ids(gym, HistoryFilter(body_part=BodyPart.CHEST)) == [done]
    assert await ids(gym, HistoryFilter(body_part=BodyPart.CORE)) == []


async def test_workouts_are_found_by_the_words_in_them(database: Database, gym: Gym, lifter: int, squat: int) -> None:
    press = await add_exercise(database, "Développé couché")
    titled = await add_described(database, press, 1, title="Übungen am Abend")
    noted = await add_described(database, press, 2, note="Slept badly, 100% tired")
    remarked = await add_described(database, squat, 3, execution_note="left ÉPAULE hurts")
    belted = await add_described(database, squat, 4, set_note="Belt_on")
    found = {
        "übung": [titled],
        "ABEND Übungen": [titled],
        "abend badly": [],
        "BADLY": [noted],
        "100%": [noted],
        "1%0": [],
        "épaule": [remarked],
        "belt_on": [belted],
        "belt-on": [],
        "squat": [remarked, belted],
        "belt squat back": [belted],
        "developpe": [titled, noted],
        "DÉVELOPPÉ tired": [noted],
        "u\N{COMBINING DIAERESIS}bungen": [titled],
        "  ": [titled, noted, remarked, belted],
        "squat nowhere": [],
        "squat " * 8 + "and whatever is said after that": [remarked, belted],
    }
    assert {text: await ids(gym, HistoryFilter(text=text)) for text in found} == found
    assert await ids(gym, HistoryFilter(text="squat", until=MONDAY_EVENING - 3 * DAY)) == [belted]


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\x1b"])
async def test_what_no_database_takes_is_left_out_of_a_search(
    database: Database, gym: Gym, lifter: int, bench: int, odd: str
) -> None:
    titled = await add_described(database, bench, 1, title="Push day")
    assert await ids(gym, HistoryFilter(text=f"push{odd}day")) == [titled]
    assert await ids(gym, HistoryFilter(text=f"{odd}pull")) == []


async def test_a_page_beyond_all_numbers_is_empty(gym: Gym, lifter: int) -> None:
    for page in (2**62, -(2**70)):
        assert (await gym.history.page(lifter, EVERYTHING, page)).lines == ()


async def test_a_page_costs_three_statements_however_much_is_on_it(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    for day in range(3):
        await add_described(database, bench, day, title="Push")
    everything = HistoryFilter("push", datetime.min.replace(tzinfo=MONDAY_EVENING.tzinfo), exercise_id=bench)
    with counted(database) as statements:
        assert len((await gym.history.page(lifter, everything, 0)).lines) == 3
    assert len(statements) == 3
