"""Taking back what was done last."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Table, select

from storage import changes
from storage.database import Database
from storage.images import RECORDED
from storage.models import Change, Exercise, ExerciseExecution, RestTimer, Set, Workout
from storage.values.change import ChangeKind
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.locks import one_after_the_other
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, how_many, kg
from tests.support.tables import Contents, contents
from tests.support.training import ready_to_log, told
from training.card import CardPlace
from training.errors import AnotherOpenError, NotAllowedError, NothingToUndoError, StaleButtonError
from training.gym import Gym
from training.open_workout import RestMessage
from training.typed_line import Waiting
from training.undo import LastChange, Undone


async def finish(gym: Gym) -> int:
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    return card.workout_id


async def kind_of_latest(gym: Gym) -> ChangeKind | None:
    last = await gym.undo.latest(LIFTER)
    return None if last is None else last.kind


async def test_a_whole_evening_is_taken_back_step_by_step(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    states: list[tuple[ChangeKind | None, Contents]] = []

    async def remember() -> None:
        states.append((await kind_of_latest(gym), await contents(database)))

    await remember()
    await gym.workouts.start(lifter)
    await remember()
    await gym.workouts.add_exercise(lifter, bench)
    await remember()
    await gym.notebook.write(lifter, "100x5x3")
    await remember()
    card = await gym.workouts.card(lifter)
    await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    await remember()
    await gym.notebook.write(lifter, "squat")
    await remember()
    await gym.notebook.write_set(lifter, "bench 90x8")
    await remember()
    await finish(gym)
    await remember()
    await gym.notebook.write_set(lifter, "squat 140x5")
    await remember()
    assert [kind for kind, _ in states] == [
        None,
        ChangeKind.STARTED,
        ChangeKind.EXERCISE_ADDED,
        ChangeKind.LOGGED,
        ChangeKind.LOGGED,
        ChangeKind.EXERCISE_ADDED,
        ChangeKind.LOGGED,
        ChangeKind.FINISHED,
        ChangeKind.LOGGED,
    ]
    while len(states) > 1:
        kind, _ = states.pop()
        undone = await gym.undo.undo(lifter)
        assert (undone.kind, await kind_of_latest(gym)) == (kind, states[-1][0])
        now, before = await contents(database), states[-1][1]
        if ChangeKind.FINISHED not in {kind for kind, _ in states} and (workout := now.get(("workouts", (1,)))):
            assert workout.pop("finished_before") == MONDAY_EVENING  # as after a reopening
            assert before["workouts", (1,)].pop("finished_before") is None
        assert now == before
    assert await how_many(database, RestTimer) == 0
    with pytest.raises(NothingToUndoError):
        await gym.undo.undo(lifter)


async def test_what_only_looks_is_no_change(gym: Gym, lifter: int, bench: int, squat: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.workouts.add_exercise(lifter, squat)
    last = await gym.undo.latest(lifter)
    await gym.workouts.start(lifter)
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "squat")
    assert last is not None
    assert await gym.undo.latest(lifter) == last


async def test_taking_back_a_set_ends_the_rest_that_it_started_and_makes_buttons_stale(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    card = await ready_to_log(database, gym, bench)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    timer_id = await told(database, message_id=501)
    undone = await gym.undo.undo(lifter)
    assert undone == Undone(ChangeKind.LOGGED, card.workout_id, card.place, (RestMessage(timer_id, 501),))
    now = await gym.workouts.card(lifter)
    assert (now.sets, now.rest_until, now.revision) == (0, None, logged.card.revision + 1)
    with pytest.raises(StaleButtonError):
        await gym.workouts.log_suggested(lifter, card.workout_id, logged.card.revision)


async def test_taking_back_another_exercise_keeps_the_rest_that_is_owed(
    gym: Gym, lifter: int, bench: int, squat: int, clock: FakeClock
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    clock.advance(timedelta(minutes=1))
    await gym.workouts.add_exercise(lifter, squat)
    assert (await gym.undo.undo(lifter)).outdated == ()
    assert (await gym.workouts.card(lifter)).rest_until == MONDAY_EVENING + timedelta(minutes=3)


async def test_taking_back_an_exercise_with_its_set_ends_the_rest_after_it(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write_for(lifter, squat, Waiting("140x5"))
    timer_id = await told(database, message_id=501)
    assert (await gym.undo.undo(lifter)).outdated == (RestMessage(timer_id, 501),)
    assert (await gym.workouts.card(lifter)).rest_until is None


async def test_taking_back_what_started_no_rest_leaves_it_running(
    gym: Gym, lifter: int, bench: int, clock: FakeClock
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    current = (await gym.workouts.card(lifter)).current
    assert current is not None
    clock.advance(timedelta(minutes=1))
    await gym.editing.note_exercise(lifter, current.execution_id, "slow")
    await gym.editing.add_set(lifter, current.execution_id, kg(60, 5), 0)
    for _ in range(2):
        assert (await gym.undo.undo(lifter)).outdated == ()
        assert (await gym.workouts.card(lifter)).rest_until == MONDAY_EVENING + timedelta(minutes=3)
    await gym.undo.undo(lifter)
    assert (await gym.workouts.card(lifter)).rest_until is None


async def test_taking_back_a_finish_reopens_unless_another_workout_is_open(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    workout_id = await finish(gym)
    another = await add_workout(database)
    before = await contents(database)
    with pytest.raises(AnotherOpenError) as refused:
        await gym.undo.undo(lifter)
    assert refused.value.workout_id == another
    assert await contents(database) == before
    async with database.writing() as session:
        await session.delete(await session.get_one(Workout, another))
    undone = await gym.undo.undo(lifter)
    assert (undone.kind, undone.workout_id) == (ChangeKind.FINISHED, workout_id)
    assert (await gym.workouts.card(lifter)).workout_id == workout_id


@pytest.mark.parametrize(("later", "lasted"), [(timedelta(days=3), 1), (timedelta(hours=2), 3)])
async def test_what_is_finished_again_after_taking_back_a_finish_ends_as_after_a_reopening(
    gym: Gym, lifter: int, bench: int, clock: FakeClock, *, later: timedelta, lasted: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    clock.advance(timedelta(hours=1))
    await finish(gym)
    clock.advance(later)
    await gym.undo.undo(lifter)
    await gym.notebook.write(lifter, "100x4")
    await gym.undo.undo(lifter)
    card = await gym.workouts.card(lifter)
    again = await gym.workouts.finish(lifter, card.workout_id, card.revision)
    assert again.summary is not None
    assert again.summary.duration == timedelta(hours=lasted)


async def test_a_reopening_is_taken_back_after_a_finish_was(
    database: Database, gym: Gym, lifter: int, bench: int, clock: FakeClock
) -> None:
    workout_id = await add_workout(database, finished=True, performed={bench: [kg(100, 5)]})
    before = await gym.history.detail(lifter, workout_id)
    clock.advance(timedelta(hours=2))
    await gym.history.reopen(lifter, workout_id)
    await gym.notebook.write(lifter, "100x4")
    await finish(gym)
    for _ in range(3):
        await gym.undo.undo(lifter)
    after = await gym.history.detail(lifter, workout_id)
    assert (after.finished_at, after.executions) == (before.finished_at, before.executions)


async def test_what_comes_back_says_where_its_card_stands(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    workout_id = await finish(gym)
    async with database.writing() as session:
        workout = await session.get_one(Workout, workout_id)
        workout.card_message_id, workout.messages_below = 501, 2
    assert (await gym.undo.undo(lifter)).place == CardPlace(501, 2)
    for _ in range(2):
        assert (await gym.undo.undo(lifter)).place == CardPlace(501, 2)
    async with database.reading() as session:
        assert await session.get(Workout, workout_id) is None


async def test_a_workout_that_was_not_kept_comes_back_open(gym: Gym, lifter: int, bench: int) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    await finish(gym)
    assert (await gym.undo.undo(lifter)).workout_id == card.workout_id
    again = await gym.workouts.card(lifter)
    assert (again.workout_id, again.current) == (card.workout_id, card.current)
    assert again.revision > card.revision


async def test_only_the_latest_change_is_taken_back_and_only_by_its_lifter(
    database: Database, gym: Gym, lifter: int, bench: int, clock: FakeClock
) -> None:
    await add_lifter(database, STRANGER)
    await gym.workouts.add_exercise(lifter, bench)
    first = await gym.undo.latest(lifter)
    clock.advance(timedelta(minutes=1))
    await gym.notebook.write(lifter, "100x5")
    second = await gym.undo.latest(lifter)
    assert first is not None
    assert second is not None
    assert second == LastChange(second.id, ChangeKind.LOGGED, MONDAY_EVENING + timedelta(minutes=1))
    with pytest.raises(StaleButtonError):
        await gym.undo.undo(lifter, first.id)
    for change_id in (None, second.id, 404):
        with pytest.raises(NothingToUndoError if change_id is None else StaleButtonError):
            await gym.undo.undo(STRANGER, change_id)
    assert await gym.undo.latest(STRANGER) is None
    assert await how_many(database, Set) == 1
    await gym.undo.undo(lifter, second.id)
    assert await how_many(database, Set) == 0
    with pytest.raises(StaleButtonError):
        await gym.undo.undo(lifter, second.id)


async def test_what_was_removed_comes_back_with_the_exercise_that_it_was_merged_into(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    workout_id = await add_workout(database, performed={bench: [kg(100, 5)], squat: [kg(140, 5)]})
    async with database.reading() as session:
        execution_id = (await session.get_one(ExerciseExecution, 1)).id
    await gym.editing.remove_exercise(lifter, execution_id)
    async with database.writing() as session:
        merged = await session.get_one(Exercise, bench)
        merged.merged_into_id, merged.archived_at = squat, MONDAY_EVENING
    assert (await gym.undo.undo(lifter)).workout_id == workout_id
    async with database.reading() as session:
        assert (await session.get_one(ExerciseExecution, execution_id)).exercise_id == squat


async def test_finishing_forgets_what_was_changed_over_thirty_days_ago(
    database: Database, gym: Gym, lifter: int, bench: int, clock: FakeClock
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    clock.advance(timedelta(days=1))
    await gym.notebook.write(lifter, "100x5")
    clock.advance(timedelta(days=30))
    await finish(gym)
    async with database.reading() as session:
        assert await changes.latest(session, lifter) is not None
    assert await how_many(database, Change) == 2
    assert [(await gym.undo.undo(lifter)).kind for _ in range(2)] == [ChangeKind.FINISHED, ChangeKind.LOGGED]


async def test_what_was_changed_over_thirty_days_ago_is_not_taken_back(
    gym: Gym, lifter: int, bench: int, clock: FakeClock
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    clock.advance(timedelta(days=30))
    last = await gym.undo.latest(lifter)
    assert last is not None
    clock.advance(timedelta(seconds=1))
    assert await gym.undo.latest(lifter) is None
    with pytest.raises(NothingToUndoError):
        await gym.undo.undo(lifter)
    with pytest.raises(StaleButtonError):
        await gym.undo.undo(lifter, last.id)
    assert (await gym.workouts.card(lifter)).exercises == 1


async def test_presses_at_the_same_time_take_one_change_back(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    for line in ("100x5", "100x4", "100x3"):
        await gym.notebook.write(lifter, line)
    card = await gym.workouts.card(lifter)
    presses = (gym.undo.undo_at(lifter, card.workout_id, card.revision) for _ in range(10))
    ended = await asyncio.gather(*presses, return_exceptions=True)
    assert [one.kind for one in ended if isinstance(one, Undone)] == [ChangeKind.LOGGED]
    assert sum(isinstance(one, StaleButtonError) for one in ended) == 9
    assert (await gym.workouts.card(lifter)).sets == 2


async def test_a_button_without_its_workout_takes_nothing_back(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_lifter(database, STRANGER)
    card = await gym.workouts.add_exercise(lifter, bench)
    for who, workout_id, revision in (
        (lifter, card.workout_id, card.revision + 1),
        (lifter, 404, card.revision),
        (STRANGER, card.workout_id, card.revision),
    ):
        with pytest.raises(StaleButtonError):
            await gym.undo.undo_at(who, workout_id, revision)
    assert await gym.workouts.card(lifter) == card


async def test_undoing_and_logging_at_once_loses_nothing_and_takes_nothing_back_twice(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    for _ in range(5):
        await gym.notebook.write(lifter, "100x5")
    acts = [act for _ in range(5) for act in (gym.undo.undo(lifter), gym.notebook.write(lifter, "90x5"))]
    await asyncio.gather(*acts)
    assert await how_many(database, Set) == 5
    assert await how_many(database, Change) == 6


async def test_what_was_being_logged_when_undoing_began_is_what_it_takes_back(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    workout_id = (await gym.workouts.add_exercise(lifter, bench)).workout_id
    await gym.notebook.write(lifter, "100x5")
    results = await one_after_the_other(
        database,
        select(Workout).where(Workout.id == workout_id),
        gym.notebook.write(lifter, "90x5"),
        gym.undo.undo(lifter),
    )
    assert [it for it in results if isinstance(it, BaseException)] == []
    detail = await gym.history.detail(lifter, workout_id)
    assert [row.entry for row in detail.executions[0].sets] == [kg(100, 5)]


async def test_what_everybody_sees_is_taken_back_only_by_who_may_change_it(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await gym.admins.grant(ADMIN, lifter)
    await gym.exercises.rename(lifter, bench, "Chest press")
    await gym.exercises.add_alias(lifter, bench, "pushing")
    await gym.admins.revoke(ADMIN, lifter)
    with pytest.raises(NotAllowedError):
        await gym.undo.undo(lifter)
    assert (await gym.exercises.get(lifter, bench)).aliases == ("bench", "pushing")
    await gym.admins.grant(ADMIN, lifter)
    await gym.undo.undo(lifter)
    assert (await gym.exercises.get(lifter, bench)).name == "Bench press"


async def test_who_is_no_admin_any_more_still_takes_back_what_is_their_own(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.start(lifter)
    await gym.admins.grant(ADMIN, lifter)
    await gym.exercises.rename(lifter, bench, "Chest press")
    await gym.admins.revoke(ADMIN, lifter)
    with pytest.raises(NotAllowedError):
        await gym.undo.undo(lifter)
    assert (await gym.undo.undo(lifter)).kind is ChangeKind.STARTED


async def test_an_alias_that_comes_back_takes_no_other_ones_place(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_lifter(database, STRANGER)
    mine = await add_exercise(database, "Mine", owner=lifter, aliases=["curl of mine"])
    theirs = await add_exercise(database, "Theirs", owner=STRANGER)
    await gym.exercises.remove_alias(lifter, mine, "curl of mine")
    await gym.exercises.add_alias(STRANGER, theirs, "pendlay of theirs")
    await gym.undo.undo(lifter)
    assert (await gym.exercises.get(lifter, mine)).aliases == ("curl of mine",)
    assert (await gym.exercises.get(STRANGER, theirs)).aliases == ("pendlay of theirs",)


@pytest.mark.parametrize("name", [name for name, model in RECORDED.items() if "id" in model.__table__.columns])
def test_no_row_that_can_come_back_leaves_its_id_to_another(name: str) -> None:
    table = RECORDED[name].__table__
    assert isinstance(table, Table)
    assert table.dialect_options["sqlite"]["autoincrement"] is True
