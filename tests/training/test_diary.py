"""The history as its lifter pages through it, and finished workouts written anew or entered by text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from storage.database import Database
from storage.models import Exercise, ExerciseExecution, Set
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.lifting import entries_of
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, how_many, kg
from training.days import Day
from training.errors import InvalidValueError, NotFoundError, StaleButtonError
from training.gym import Gym
from training.history import PAGE_SIZE, Month
from training.matches import Choice
from training.paste_logging import PasteKept, PasteLogged
from training.paste_reading import Preview
from training.pasted import UnclearDay
from training.pasting import DaySaid

DAY = timedelta(days=1)

DONE = st.sampled_from(Measure).flatmap(
    lambda measure: st.tuples(st.just(measure), st.lists(entries_of(measure), min_size=1, max_size=6))
)
"""A measure, and sets of an exercise that is logged by it."""


async def kept(gym: Gym, preview: Preview) -> PasteKept:
    done = await gym.pastes.log(LIFTER, preview.paste_id, preview.revision)
    assert isinstance(done, PasteKept)
    return done


async def offered(gym: Gym, text: str, *, instead_of: int | None = None) -> Preview:
    if instead_of is None:
        preview = await gym.pastes.offer(LIFTER, text, 77)
    else:
        preview = await gym.pastes.offer_instead(LIFTER, instead_of, text)
    assert preview is not None
    return preview


async def test_finished_workouts_are_listed_with_what_was_in_them_newest_first(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    older = await add_workout(database, started_at=MONDAY_EVENING - DAY, finished=True, performed={bench: [kg(100, 5)]})
    both = {squat: [kg(140, 5)], bench: [kg(100, 5), kg(90, 8)]}
    newer = await add_workout(database, finished=True, performed=both)
    await add_workout(database, started_at=MONDAY_EVENING + DAY, performed=both)  # open
    diary = await gym.history.diary(LIFTER, 0)
    assert [(line.id, line.names, line.sets) for line in diary.page.lines] == [
        (newer, ("Back squat", "Bench press"), 3),
        (older, ("Bench press",), 1),
    ]
    assert (diary.total, diary.exercise, diary.month) == (2, None, None)


async def test_it_is_narrowed_to_an_exercise_and_a_month_by_the_lifters_calendar(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    await gym.lifters.change_settings(LIFTER, time_zone="Asia/Tokyo")
    last_evening_of_july = datetime(2025, 7, 31, 20, tzinfo=UTC)  # already August in Tokyo
    august = await add_workout(
        database, started_at=last_evening_of_july, finished=True, performed={bench: [kg(100, 5)]}
    )
    await add_workout(database, started_at=last_evening_of_july - DAY, finished=True, performed={bench: [kg(95, 5)]})
    await add_workout(database, started_at=last_evening_of_july + DAY, finished=True, performed={squat: [kg(140, 5)]})
    assert await gym.history.months(LIFTER) == ((Month(2025, 8), 2), (Month(2025, 7), 1))
    diary = await gym.history.diary(LIFTER, 0, exercise_id=bench, month=Month(2025, 8))
    assert [line.id for line in diary.page.lines] == [august]
    assert (diary.total, diary.exercise) == (1, Choice(bench, "Bench press"))
    assert (await gym.history.diary(LIFTER, 0, month=Month(2024, 12))).total == 0


async def test_a_page_that_is_not_there_gives_the_nearest(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    for day in range(PAGE_SIZE + 1):
        await add_workout(
            database, started_at=MONDAY_EVENING - day * DAY, finished=True, performed={bench: [kg(100, 5)]}
        )
    last = await gym.history.diary(LIFTER, 99)
    assert (last.page.page, len(last.page.lines), last.page.more) == (1, 1, False)
    assert (await gym.history.diary(LIFTER, -3)).page.page == 0


async def test_what_it_can_be_narrowed_to_is_what_was_done_the_most_frequent_first(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    archived = await add_exercise(database, "Old machine", owner=LIFTER, archived=True)
    for day in range(2):
        await add_workout(database, started_at=MONDAY_EVENING - day * DAY, finished=True, performed={squat: []})
    await add_workout(database, started_at=MONDAY_EVENING - 3 * DAY, finished=True, performed={bench: [], archived: []})
    await add_workout(database, performed={await add_exercise(database, "Curl"): []})
    page = await gym.history.performed(LIFTER, 0)
    assert [choice.name for choice in page.choices] == ["Back squat", "Bench press", "Old machine"]
    assert not page.more
    assert (await gym.history.performed(LIFTER, 1)).choices == ()


async def test_strangers_and_open_workouts_have_no_entry(gym: Gym, database: Database, lifter: int, bench: int) -> None:
    done = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    still_open = await add_workout(database, started_at=MONDAY_EVENING + DAY)
    await add_lifter(database, STRANGER)
    own = await add_exercise(database, "Mine", owner=STRANGER)
    with pytest.raises(NotFoundError):
        await gym.history.entry(STRANGER, done)
    with pytest.raises(NotFoundError):
        await gym.history.entry(LIFTER, still_open)
    with pytest.raises(NotFoundError):
        await gym.history.diary(LIFTER, 0, exercise_id=own)
    assert (await gym.history.diary(STRANGER, 0)).total == 0
    for text in ("bench\n100x5",):
        with pytest.raises(NotFoundError):
            await gym.pastes.offer_instead(STRANGER, done, text)
        with pytest.raises(NotFoundError):
            await gym.pastes.offer_instead(LIFTER, still_open, text)


async def test_a_dated_text_is_a_past_workout_stored_finished_while_another_is_open(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    await gym.lifters.change_settings(LIFTER, time_zone="Europe/Berlin")
    await gym.workouts.add_exercise(LIFTER, squat)
    card = await gym.workouts.card(LIFTER)
    preview = await offered(gym, "1 March 2024 18:30-19:15\nBench press\n100x5x3\nsquat 140x5")
    assert preview.pasted.day is not None
    done = await kept(gym, preview)
    assert (done.exercises, done.sets) == (2, 4)
    workout = (await gym.history.entry(LIFTER, done.workout_id)).workout
    assert (workout.started_at, workout.finished_at) == (
        datetime(2024, 3, 1, 17, 30, tzinfo=UTC),
        datetime(2024, 3, 1, 18, 15, tzinfo=UTC),
    )
    assert done.card is not None
    assert (done.card.workout_id, done.card.sets) == (card.workout_id, 0)
    with pytest.raises(StaleButtonError):
        await gym.pastes.log(LIFTER, preview.paste_id, preview.revision)
    await gym.undo.undo(LIFTER)
    with pytest.raises(NotFoundError):
        await gym.history.entry(LIFTER, done.workout_id)


async def test_what_ended_later_than_now_ends_now(gym: Gym, clock: FakeClock, lifter: int, bench: int) -> None:
    done = await kept(gym, await offered(gym, f"{clock().date()} 00:00-23:59\nbench\n100x5"))
    workout = (await gym.history.entry(LIFTER, done.workout_id)).workout
    assert workout.finished_at == clock()


async def test_todays_date_is_logged_now(gym: Gym, clock: FakeClock, lifter: int, bench: int) -> None:
    preview = await offered(gym, f"{clock().date()}\nbench\n100x5")
    assert isinstance(await gym.pastes.log(LIFTER, preview.paste_id, preview.revision), PasteLogged)


async def test_sets_of_another_day_are_not_those_of_the_exercise_at_hand(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(LIFTER, bench)
    preview = await offered(gym, "2024-03-01\n100x5")
    assert preview.pasted.exercises == ()
    assert len(preview.pasted.problems) == 1


async def test_a_day_that_may_be_two_is_settled_and_one_too_many_left_out(gym: Gym, lifter: int, bench: int) -> None:
    preview = await offered(gym, "3/4/2024\nbench\n100x5\n2024-05-01\n100x5")
    first, second = preview.pasted.problems
    assert isinstance(first, UnclearDay)
    assert isinstance(second, UnclearDay)
    assert ([day.date for day in first.days], second.again) == ([date(2024, 4, 3), date(2024, 3, 4)], True)
    with pytest.raises(StaleButtonError):
        await gym.pastes.settle(LIFTER, preview.paste_id, preview.revision, 2)
    preview = await gym.pastes.settle(LIFTER, preview.paste_id, preview.revision, 1)
    preview = await gym.pastes.settle(LIFTER, preview.paste_id, preview.revision, None)
    assert (preview.pasted.problems, preview.pasted.sets) == ((), 2)
    done = await kept(gym, preview)
    assert (await gym.history.entry(LIFTER, done.workout_id)).workout.started_at.date() == date(2024, 3, 4)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 March 2024", DaySaid(somewhere=False, alone=(Day(date(2024, 3, 1)),))),
        ("2024-03-01\nbench\n100x5", DaySaid(somewhere=True)),
        ("bench\n100x5", DaySaid(somewhere=False)),
        ("1 March 18:30", DaySaid(somewhere=False, alone=(Day(date(2025, 3, 1), time(18, 30)),))),
        ("3/4/2024", DaySaid(somewhere=False, alone=(Day(date(2024, 4, 3)), Day(date(2024, 3, 4))))),
        ("2124-01-01", DaySaid(somewhere=False, alone=())),
        ("", DaySaid(somewhere=False)),
    ],
)
async def test_whether_a_text_says_its_day(gym: Gym, lifter: int, text: str, said: DaySaid) -> None:
    assert await gym.pastes.day_said(LIFTER, text) == said


async def test_a_finished_workout_written_anew_has_those_sets_and_ends_when_it_had(
    gym: Gym, database: Database, clock: FakeClock, lifter: int, bench: int, squat: int
) -> None:
    workout_id = await add_workout(
        database, finished=True, performed={bench: [kg(100, 5), kg(100, 4)], squat: [kg(140, 5)]}
    )
    before = await gym.history.entry(LIFTER, workout_id)
    clock.advance(30 * DAY)
    preview = await offered(gym, "Squat\n150x3\nBench\n100x5", instead_of=workout_id)
    assert preview.rewrites is not None
    assert (preview.rewrites.exercises, preview.rewrites.sets) == (2, 3)
    done = await kept(gym, preview)
    after = (await gym.history.entry(LIFTER, workout_id)).workout
    assert [(it.name, [row.entry for row in it.sets]) for it in after.executions] == [
        ("Back squat", [kg(150, 3)]),
        ("Bench press", [kg(100, 5)]),
    ]
    assert (after.started_at, after.finished_at) == (before.workout.started_at, before.workout.finished_at)
    assert (done.day, done.card) == (None, None)
    assert after.executions[1].sets[0].id == before.workout.executions[0].sets[0].id  # what stays keeps its row
    await gym.undo.undo(LIFTER)
    back = (await gym.history.entry(LIFTER, workout_id)).workout
    assert back.executions == before.workout.executions
    assert back.finished_at == before.workout.finished_at


async def test_notes_and_supersets_stay_and_archived_exercises_are_known(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    archived = await add_exercise(database, "Old machine", archived=True)
    workout_id = await add_workout(database, finished=True, performed={bench: [kg(100, 5)], archived: [kg(40, 12)]})
    async with database.writing() as session:
        for execution in await session.scalars(select(ExerciseExecution)):
            execution.note, execution.superset = f"seat {execution.position}", 1
    entry = await gym.history.entry(LIFTER, workout_id)
    assert entry.text == "Bench press\n100x5\n\nOld machine\n40x12"
    done = await kept(gym, await offered(gym, entry.text.replace("x12", "x10"), instead_of=workout_id))
    assert (done.exercises, done.sets) == (2, 2)
    after = (await gym.history.entry(LIFTER, workout_id)).workout.executions
    assert [(it.note, it.superset) for it in after] == [("seat 0", after[0].superset), ("seat 1", after[0].superset)]
    assert after[0].superset is not None
    assert after[1].sets[0].entry == kg(40, 10)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(done=st.lists(DONE, min_size=1, max_size=4, unique_by=lambda it: it[0]))
async def test_a_workout_as_text_reads_back_as_the_same(
    gym: Gym, database: Database, lifter: int, done: list[tuple[Measure, list[SetEntry]]]
) -> None:
    async with database.reading() as session:
        known = {exercise.measure: exercise.id for exercise in await session.scalars(select(Exercise))}
    for measure in Measure:
        if measure not in known:
            known[measure] = await add_exercise(database, f"Exercise by {measure.value}", measure=measure)
    performed = {known[measure]: entries for measure, entries in done}
    workout_id = await add_workout(database, finished=True, performed=performed)
    text = (await gym.history.entry(LIFTER, workout_id)).text
    pasted = (await offered(gym, text, instead_of=workout_id)).pasted
    assert {it.exercise_id: list(it.entries) for it in pasted.exercises} == performed
    assert pasted.problems == ()
    await gym.history.delete(LIFTER, workout_id)


async def test_notes_of_an_exercise_that_stood_twice_are_kept_together(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    for exercise_id in (bench, squat, bench):
        await gym.workouts.start(LIFTER)
        card = await gym.workouts.card(LIFTER)
        await gym.editing.add_exercise(LIFTER, card.workout_id, exercise_id)
        await gym.notebook.write(LIFTER, "100x5")
    opened = await gym.history.detail(LIFTER, card.workout_id)
    for execution, note in zip(opened.executions, ("seat 4", "", "slow"), strict=True):
        await gym.editing.note_exercise(LIFTER, execution.id, note)
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    text = (await gym.history.entry(LIFTER, card.workout_id)).text
    await kept(gym, await offered(gym, text, instead_of=card.workout_id))
    after = (await gym.history.entry(LIFTER, card.workout_id)).workout.executions
    assert [(it.name, it.note, len(it.sets)) for it in after] == [
        ("Bench press", "seat 4\nslow", 2),
        ("Back squat", "", 1),
    ]


async def test_a_name_that_reads_as_a_time_is_a_name_when_it_is_written_anew(
    gym: Gym, database: Database, lifter: int
) -> None:
    plank = await add_exercise(database, "Plank", measure=Measure.DURATION)
    curls = await add_exercise(database, "21s", measure=Measure.WEIGHT_REPS)
    done = {plank: [SetEntry(duration=60)], curls: [kg(20, 21)]}
    workout_id = await add_workout(database, finished=True, performed=done)
    text = (await gym.history.entry(LIFTER, workout_id)).text
    pasted = (await offered(gym, text, instead_of=workout_id)).pasted
    assert {it.exercise_id: list(it.entries) for it in pasted.exercises} == done


async def test_the_open_workout_is_finished_and_another_reopened_at_once_or_not_at_all(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    earlier = await add_workout(
        database, started_at=MONDAY_EVENING - DAY, finished=True, performed={bench: [kg(90, 5)]}
    )
    await gym.workouts.add_exercise(LIFTER, bench)
    await gym.notebook.write(LIFTER, "100x5")
    now_open = await gym.workouts.card(LIFTER)
    revision = (await gym.history.entry(LIFTER, earlier)).workout.revision
    as_shown = {"open_id": now_open.workout_id, "open_revision": now_open.revision}
    with pytest.raises(StaleButtonError):
        await gym.history.reopen_instead(LIFTER, earlier, revision + 1, **as_shown)
    assert (await gym.workouts.card(LIFTER)).workout_id == now_open.workout_id
    finished = await gym.history.reopen_instead(LIFTER, earlier, revision, **as_shown)
    assert finished.summary is not None
    assert finished.summary.workout_id == now_open.workout_id
    assert (await gym.workouts.card(LIFTER)).workout_id == earlier
    with pytest.raises(StaleButtonError):
        await gym.history.reopen_instead(LIFTER, earlier, revision, **as_shown)


@pytest.mark.parametrize(
    "text",
    [
        "10/10/10\n100x5",
        "1.30\n1.15",
        "bench\n100x5\ndecline 12",
        "bench\n100x5\nmay 12",
    ],
)
async def test_sets_are_not_taken_for_dates(gym: Gym, lifter: int, bench: int, text: str) -> None:
    await gym.workouts.add_exercise(LIFTER, bench)
    preview = await gym.pastes.offer(LIFTER, text)
    assert preview is None or preview.pasted.day is None


async def test_a_date_left_out_makes_no_other_line_one(gym: Gym, lifter: int, bench: int) -> None:
    preview = await offered(gym, "2124-01-01\n10.10\nbench\n100x5")
    preview = await gym.pastes.settle(LIFTER, preview.paste_id, preview.revision, None)
    assert preview.pasted.day is None


async def test_yesterday_is_the_same_day_tomorrow(gym: Gym, clock: FakeClock, lifter: int, bench: int) -> None:
    preview = await offered(gym, "yesterday\nbench\n100x5")
    clock.advance(DAY)
    done = await kept(gym, preview)
    assert (await gym.history.entry(LIFTER, done.workout_id)).workout.started_at.date() == (clock() - 2 * DAY).date()


@pytest.mark.parametrize("finished", [True, False])
async def test_more_lines_than_any_workout_has_are_refused(
    gym: Gym, database: Database, lifter: int, bench: int, finished: bool
) -> None:
    workout_id = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    text = "\n".join(f"a{number}\n5" for number in range(151))
    with pytest.raises(InvalidValueError):
        await (gym.pastes.offer_instead(LIFTER, workout_id, text) if finished else gym.pastes.offer(LIFTER, text))


async def test_what_changed_meanwhile_is_shown_again(gym: Gym, database: Database, lifter: int, bench: int) -> None:
    workout_id = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    preview = await offered(gym, "bench\n90x5", instead_of=workout_id)
    await gym.history.describe(LIFTER, workout_id, note="meanwhile")
    again = await gym.pastes.log(LIFTER, preview.paste_id, preview.revision)
    assert isinstance(again, Preview)
    await gym.history.reopen(LIFTER, workout_id)
    with pytest.raises(StaleButtonError):
        await gym.pastes.log(LIFTER, again.paste_id, again.revision)
    with pytest.raises(StaleButtonError):
        await gym.pastes.look(LIFTER, again.paste_id, again.revision)
    assert await how_many(database, Set) == 1
