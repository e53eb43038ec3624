import asyncio
import contextlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from storage import at_hand
from storage.at_hand import UpdateAtHand
from storage.database import Database, ReadSession, WriteSession
from storage.models import Exercise, Workout
from storage.values.exercise import Measure
from tests.support.clock import MONDAY_EVENING, ManualAlarm
from tests.support.rows import LIFTER, add_exercise, add_journal_row, add_lifter, add_workout, how_many, kg
from tests.support.training import current_name
from training.card import OpenWorkout
from training.dials import Dial
from training.errors import (
    Asked,
    ChoiceNeededError,
    NoExerciseError,
    NoOpenWorkoutError,
    NotFoundError,
    StaleButtonError,
    TrainingError,
    UndecidedSetError,
    UnitNotChosenError,
    UnknownExerciseError,
    UnreadableSetError,
)
from training.gym import Gym
from training.library import search
from training.matches import Choice, Matches
from training.notation import LineContext, Reading, UnreadableReason, read_lines
from training.open_workout import Logged, open_or_start
from training.typed_line import Picked, Waiting

UNDECIDED = "1,000x5"
UNREADABLE = "100x-5"


async def test_a_set_is_logged_for_the_current_exercise(gym: Gym, lifter: int, bench: int, alarm: ManualAlarm) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    written = await gym.notebook.write(lifter, "100x5")
    assert isinstance(written, Logged)
    assert written.entries == (kg(100, 5),)
    assert written.card == await gym.workouts.card(lifter)
    assert alarm.due == [MONDAY_EVENING + timedelta(minutes=3)]


@pytest.fixture
def looked_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What has been looked for, which nobody else has to wait for with what they write."""
    names: list[str] = []

    async def looking(session: ReadSession, lifter_id: int, text: str) -> Matches:
        assert not isinstance(session, WriteSession)
        names.append(text)
        async with asyncio.timeout(5), database.writing():
            return await search(session, lifter_id, text)

    monkeypatch.setattr("training.notebook.search", looking)
    return names


async def test_nobody_is_kept_from_writing_while_an_exercise_is_looked_for(
    gym: Gym, lifter: int, bench: int, looked_for: list[str]
) -> None:
    with pytest.raises(ChoiceNeededError):
        await gym.notebook.write(lifter, "Bench press")
    await gym.workouts.add_exercise(lifter, bench)
    for text in ("press", "zzz"):
        for take in (gym.notebook.write, gym.notebook.pick):
            with contextlib.suppress(ChoiceNeededError, UnknownExerciseError):
                await take(lifter, text)
    with pytest.raises(UnknownExerciseError):
        await gym.notebook.write_set(lifter, "incline 100x5")
    card = (await gym.notebook.write(lifter, "100x5")).card
    await gym.workouts.finish(lifter, card.workout_id, card.revision)
    last = await gym.starting.just_over(lifter)
    assert last is not None
    await gym.notebook.write_late(lifter, card.workout_id, last.revision, Waiting("benhc"))
    assert looked_for == ["Bench press", "press", "press", "zzz", "zzz", "incline", "benhc"]


async def test_what_is_no_part_of_a_name_is_not_looked_for(
    gym: Gym, database: Database, lifter: int, bench: int, looked_for: list[str]
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    for text in ("100x5", "100kg", "Bench press", "?!"):
        with contextlib.suppress(UndecidedSetError, UnreadableSetError):
            await gym.notebook.write(lifter, text)
    pull_up = await add_exercise(database, "Pull-up", measure=Measure.BODYWEIGHT_REPS)
    await gym.workouts.add_exercise(lifter, pull_up)
    for text in ("8", "+5", "bw"):
        for take in (gym.notebook.write, gym.notebook.pick):
            with contextlib.suppress(UndecidedSetError):
                await take(lifter, text)
    assert looked_for == []


@pytest.mark.parametrize("text", ["hello 5 " * 500, "hello", "100x5"])
async def test_a_line_is_read_once(
    gym: Gym, lifter: int, bench: int, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    readings: list[str] = []

    def read(text: str, context: LineContext) -> Reading:
        readings.append(text)
        return read_lines(text, context)

    for module in ("training.typed_line", "training.notation.likely"):
        monkeypatch.setattr(f"{module}.read_lines", read)
    await gym.workouts.add_exercise(lifter, bench)
    with contextlib.suppress(UnknownExerciseError, UnreadableSetError):
        await gym.notebook.write(lifter, text)
    assert readings == [text]


async def test_several_sets_in_a_line_are_logged_in_their_order_and_rest_once(
    gym: Gym, lifter: int, bench: int, alarm: ManualAlarm
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    written = await gym.notebook.write(lifter, "100x5x3")
    assert written.card.current is not None
    assert written.card.current.today == (kg(100, 5),) * 3
    assert len(alarm.due) == 1


async def test_reps_alone_take_the_weight_of_the_set_before(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    written = await gym.notebook.write(lifter, "4")
    assert isinstance(written, Logged)
    assert written.entries == (kg(100, 4),)


async def test_reps_alone_take_last_times_weight_before_the_first_set(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(95, 6)]})
    await gym.workouts.add_exercise(lifter, bench)
    written = await gym.notebook.write(lifter, "7")
    assert isinstance(written, Logged)
    assert written.entries == (kg(95, 7),)


async def test_reps_alone_before_the_first_set_take_the_weight_that_the_card_suggests(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(60, 8), kg(100, 5)]})
    opened = await gym.workouts.add_exercise(lifter, bench)
    assert opened.current is not None
    assert opened.current.suggestion == kg(60, 8)
    written = await gym.notebook.write(lifter, "7")
    assert isinstance(written, Logged)
    assert written.entries == (kg(60, 7),)


async def test_reps_alone_take_the_weight_that_the_card_was_turned_to(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(60, 8), kg(100, 5)]})
    opened = await gym.workouts.add_exercise(lifter, bench)
    assert opened.current is not None
    await gym.next_set.turn(lifter, opened.current.execution_id, Dial.WEIGHT, 1)
    written = await gym.notebook.write(lifter, "7")
    assert isinstance(written, Logged)
    assert written.entries == (kg("62.5", 7),)


@pytest.mark.parametrize("text", ["Back squat", "squat", " BACK  SQUAT "])
async def test_an_exact_name_picks_the_exercise(gym: Gym, lifter: int, bench: int, squat: int, text: str) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    written = await gym.notebook.write(lifter, text)
    assert isinstance(written, Picked)
    assert current_name(written) == "Back squat"


@pytest.mark.parametrize("text", ["8", "100x5", "w 60x8, 100x5 @8"])
async def test_what_reads_as_sets_alone_is_sets_whatever_an_exercise_is_called(
    database: Database, gym: Gym, lifter: int, bench: int, text: str
) -> None:
    await add_exercise(database, "Squat", aliases=[text])
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    for write in (gym.notebook.write, gym.notebook.pick):
        assert isinstance(await write(lifter, text), Logged)


async def test_what_is_no_set_of_the_current_exercise_may_be_a_name(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_exercise(database, "Biceps curl", aliases=["21s"])
    await gym.workouts.add_exercise(lifter, bench)
    assert isinstance(await gym.notebook.write(lifter, "21s"), Picked)


async def test_part_of_a_name_offers_what_has_it(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    with pytest.raises(ChoiceNeededError) as asked:
        await gym.notebook.write(lifter, "ben")
    assert [choice.id for choice in asked.value.matches.choices] == [bench]


@pytest.mark.parametrize("text", ["1:30", "12:30"])
async def test_a_time_that_does_not_fit_is_no_part_of_a_name(
    database: Database, gym: Gym, lifter: int, bench: int, text: str
) -> None:
    treadmill = await add_exercise(database, "12-30 walk", aliases=["1-30-3"])
    assert (await gym.library.find(lifter, text)).choices == (Choice(treadmill, "12-30 walk"),)
    await gym.workouts.add_exercise(lifter, bench)
    for write in (gym.notebook.write, gym.notebook.pick):
        with pytest.raises(UnreadableSetError) as refused:
            await write(lifter, text)
        assert refused.value.reading.reason is UnreadableReason.DURATION_NOT_HERE
    assert isinstance(await gym.notebook.write(lifter, "1-30-3"), Picked)


async def test_numbers_alone_without_a_workout_are_kept_as_a_set(database: Database, gym: Gym, lifter: int) -> None:
    await add_exercise(database, "45° back extension")
    with pytest.raises(NoOpenWorkoutError):
        await gym.notebook.write(lifter, "45")


async def test_a_name_that_two_exercises_have_is_asked_about(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    mine = await add_exercise(database, "Bench press", owner=lifter)
    await gym.workouts.start(lifter)
    for write in (gym.notebook.write, gym.notebook.pick, gym.notebook.write_set):
        with pytest.raises(ChoiceNeededError) as asked:
            await write(lifter, "bench press")
        assert {choice.id for choice in asked.value.matches.choices} == {bench, mine}


async def test_a_message_alone_starts_no_workout_but_offers_the_exercise(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    with pytest.raises(ChoiceNeededError) as asked:
        await gym.notebook.write(lifter, "bench press")
    assert asked.value.matches.exact is not None
    assert asked.value.matches.exact.id == bench
    assert await how_many(database, Workout) == 0


async def test_a_set_without_a_workout_is_refused(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    for write in (gym.notebook.write, gym.notebook.write_set):
        with pytest.raises(NoOpenWorkoutError):
            await write(lifter, "100x5")
    assert await how_many(database, Workout) == 0


async def test_a_set_without_an_exercise_is_refused(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.start(lifter)
    for write in (gym.notebook.write, gym.notebook.write_set):
        with pytest.raises(NoExerciseError):
            await write(lifter, "100 5")


async def test_a_word_that_is_no_exercise_is_said_to_be_unknown_while_none_is_current(gym: Gym, lifter: int) -> None:
    await gym.workouts.start(lifter)
    with pytest.raises(UnknownExerciseError) as refused:
        await gym.notebook.write(lifter, "xyzzy")
    assert refused.value.text == "xyzzy"


async def test_an_unreadable_line_is_refused_with_examples_that_fit(gym: Gym, lifter: int, bench: int) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    for write in (gym.notebook.write, gym.notebook.write_set):
        with pytest.raises(UnreadableSetError) as refused:
            await write(lifter, UNREADABLE)
        assert (refused.value.text, refused.value.measure) == (UNREADABLE, Measure.WEIGHT_REPS)
        assert len(refused.value.examples) == 2
    assert await gym.workouts.card(lifter) == card


async def test_a_line_with_two_readings_is_asked_about_and_logs_nothing(gym: Gym, lifter: int, bench: int) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    with pytest.raises(UndecidedSetError) as asked:
        await gym.notebook.write(lifter, UNDECIDED)
    assert (asked.value.text, asked.value.asked) == (UNDECIDED, Asked(card.workout_id, card.revision))
    assert len(asked.value.question.options) == 2
    assert await gym.workouts.card(lifter) == card


async def test_the_answer_to_a_question_is_logged_once(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    with pytest.raises(UndecidedSetError) as asked:
        await gym.notebook.write(lifter, UNDECIDED)
    question = asked.value
    answers = (gym.notebook.write_answer(lifter, question.asked, "100x5") for _ in range(20))
    results = await asyncio.gather(*answers, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Logged"] + ["StaleButtonError"] * 19
    assert (await gym.workouts.card(lifter)).sets == 1


async def test_an_answer_to_a_question_about_an_older_card_logs_nothing(
    gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    await gym.workouts.add_exercise(lifter, squat)
    with pytest.raises(StaleButtonError):
        await gym.notebook.write_answer(lifter, Asked(card.workout_id, card.revision), "100x5")


async def test_an_answer_without_an_exercise_logs_nothing(gym: Gym, lifter: int) -> None:
    card = await gym.workouts.start(lifter)
    with pytest.raises(NoExerciseError):
        await gym.notebook.write_answer(lifter, Asked(card.workout_id, card.revision), "100x5")


async def test_an_answer_without_a_workout_logs_nothing(gym: Gym, lifter: int) -> None:
    with pytest.raises(StaleButtonError):
        await gym.notebook.write_answer(lifter, Asked(0, 0), "100x5")


@pytest.mark.parametrize("text", ["bench", "press bench", "Bench press"])
async def test_while_picking_a_name_or_the_only_match_is_picked_and_starts_a_workout(
    gym: Gym, lifter: int, bench: int, squat: int, text: str
) -> None:
    written = await gym.notebook.pick(lifter, text)
    assert isinstance(written, Picked)
    assert current_name(written) == "Bench press"


async def test_an_exercise_that_is_archived_while_it_is_looked_up_is_not_picked(
    database: Database, gym: Gym, lifter: int, bench: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow_search(session: ReadSession, lifter_id: int, text: str) -> Matches:
        found = await search(session, lifter_id, text)
        async with database.writing() as admins:
            await admins.execute(update(Exercise).values(archived_at=MONDAY_EVENING))
        return found

    monkeypatch.setattr("training.notebook.search", slow_search)
    for take, text in ((gym.notebook.pick, "press bench"), (gym.notebook.write_set, "press bench 100x5")):
        async with database.writing() as session:
            await session.execute(update(Exercise).values(archived_at=None))
        with pytest.raises(NotFoundError):
            await take(lifter, text)
    assert await how_many(database, Workout) == 0


async def test_an_exercise_that_is_archived_while_the_workout_is_read_is_not_picked(
    database: Database, gym: Gym, lifter: int, bench: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow_start(session: WriteSession, *which: Any) -> OpenWorkout:
        await session.execute(update(Exercise).values(archived_at=MONDAY_EVENING))
        return await open_or_start(session, *which)

    monkeypatch.setattr("training.typed_line.open_or_start", slow_start)
    for text in ("bench", "bench 100x5", "press bench 100x5"):
        with pytest.raises(NotFoundError):
            await gym.notebook.write_set(lifter, text)
    with pytest.raises(NotFoundError):
        await gym.notebook.pick(lifter, "bench")
    assert await how_many(database, Workout) == 0


async def test_while_picking_several_matches_are_asked_about(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_exercise(database, "Bench dip")
    with pytest.raises(ChoiceNeededError) as asked:
        await gym.notebook.pick(lifter, "ben")
    assert len(asked.value.matches.choices) == 2
    assert await how_many(database, Workout) == 0


async def test_while_picking_a_set_of_the_current_exercise_is_logged(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    written = await gym.notebook.pick(lifter, "100x5")
    assert isinstance(written, Logged)


@pytest.mark.parametrize("text", ["xyzzy", UNREADABLE, "🔥"])
async def test_while_picking_what_is_nothing_is_an_unknown_exercise(
    gym: Gym, lifter: int, bench: int, text: str
) -> None:
    for _ in range(2):
        with pytest.raises(UnknownExerciseError):
            await gym.notebook.pick(lifter, text)
        await gym.workouts.add_exercise(lifter, bench)


async def test_a_refused_line_leaves_its_update_without_effect(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    hand = UpdateAtHand(await add_journal_row(database), lifter, step=None, next_step=None)
    with at_hand.holding(hand), pytest.raises(TrainingError):
        await gym.notebook.write_set(lifter, f"bench {UNDECIDED}")
    assert not hand.applied
    assert await how_many(database, Workout) == 0


async def test_nothing_is_written_before_a_unit_is_chosen(database: Database, gym: Gym, bench: int) -> None:
    await add_lifter(database, unit=None)
    for write in (gym.notebook.write, gym.notebook.pick, gym.notebook.write_set):
        with pytest.raises(UnitNotChosenError):
            await write(LIFTER, "bench")
    assert await how_many(database, Workout) == 0


@pytest.mark.parametrize(
    "text",
    [
        "99999999999999999999x5",
        "100x99999999999999999999",
        "100x99999999999999999999!",
        "99999999999999999999x5!",
        "100x5+99999999999999999999!",
        "1:99999999999999999999",
        "100x5 # " + "n" * 4000,
        "x" * 4096,
        "1 " * 2048,
        "nul \x00",
    ],
)
async def test_a_line_that_no_column_could_hold_is_logged_or_refused_but_breaks_nothing(
    gym: Gym, lifter: int, bench: int, text: str
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    for write in (gym.notebook.write, gym.notebook.write_set, gym.notebook.pick):
        try:
            await write(lifter, text)
        except TrainingError:
            continue
    assert (await gym.workouts.card(lifter)).current is not None
