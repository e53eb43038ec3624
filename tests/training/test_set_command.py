import pytest

from storage.database import Database
from storage.models import Workout
from storage.values.lifted import SetKind
from tests.support.rows import add_exercise, how_many
from tests.support.training import current_name
from training.errors import (
    ChoiceNeededError,
    StaleButtonError,
    UndecidedSetError,
    UnknownExerciseError,
    UnreadableSetError,
)
from training.gym import Gym
from training.open_workout import Logged
from training.typed_line import Picked

UNDECIDED = "1,000x5"
UNREADABLE = "100x-5"


async def test_the_set_command_logs_for_the_exercise_named_first_and_starts_a_workout_for_it(
    gym: Gym, lifter: int, bench: int
) -> None:
    written = await gym.notebook.write_set(lifter, "bench 100x5x3")
    assert isinstance(written, Logged)
    assert (current_name(written), written.card.sets) == ("Bench press", 3)


async def test_the_set_command_switches_to_the_exercise_named(gym: Gym, lifter: int, bench: int, squat: int) -> None:
    await gym.workouts.add_exercise(lifter, squat)
    written = await gym.notebook.write_set(lifter, "bench press 100x5")
    assert (current_name(written), written.card.exercises) == ("Bench press", 2)


async def test_the_set_command_takes_the_longest_name(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    await add_exercise(database, "Bench dip")
    await add_exercise(database, "Bench", aliases=["b"])
    assert current_name(await gym.notebook.write_set(lifter, "bench press 100x5")) == "Bench press"


async def test_the_set_command_without_a_name_logs_for_the_current_exercise(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    written = await gym.notebook.write_set(lifter, "100x5")
    assert isinstance(written, Logged)


async def test_the_set_command_with_a_name_alone_picks_it(gym: Gym, lifter: int, bench: int) -> None:
    written = await gym.notebook.write_set(lifter, "bench")
    assert isinstance(written, Picked)
    assert current_name(written) == "Bench press"


@pytest.mark.parametrize("text", ["ben 100x5", "press 100 x 5", "ben: w 60x8, 100x5"])
async def test_the_set_command_asks_about_part_of_a_name_though_only_one_exercise_has_it(
    gym: Gym, lifter: int, bench: int, squat: int, text: str
) -> None:
    await gym.workouts.add_exercise(lifter, squat)
    with pytest.raises(ChoiceNeededError) as asked:
        await gym.notebook.write_set(lifter, text)
    assert [choice.id for choice in asked.value.matches.choices] == [bench]


@pytest.mark.parametrize("text", ["press bench 100x5", "BENCHPRESS 100 x 5", "press bench: w 60x8, 100x5"])
async def test_the_set_command_takes_a_name_that_is_written_otherwise(
    gym: Gym, lifter: int, bench: int, squat: int, text: str
) -> None:
    await gym.workouts.add_exercise(lifter, squat)
    written = await gym.notebook.write_set(lifter, text)
    assert isinstance(written, Logged)
    assert current_name(written) == "Bench press"


async def test_the_set_command_asks_which_exercise_is_meant(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_exercise(database, "Bench dip")
    with pytest.raises(ChoiceNeededError) as asked:
        await gym.notebook.write_set(lifter, "ben 100x5")
    assert len(asked.value.matches.choices) == 2


async def test_the_set_command_says_which_name_it_does_not_know(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    with pytest.raises(UnknownExerciseError) as refused:
        await gym.notebook.write_set(lifter, "xyzzy 100x5")
    assert refused.value.text == "xyzzy"


async def test_a_kind_before_a_set_is_no_name(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    written = await gym.notebook.write_set(lifter, "w 60x8")
    assert isinstance(written, Logged)
    assert [entry.kind for entry in written.entries] == [SetKind.WARM_UP]


async def test_the_set_command_changes_nothing_where_the_set_is_unreadable(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    with pytest.raises(UnreadableSetError):
        await gym.notebook.write_set(lifter, f"bench {UNREADABLE}")
    assert await how_many(database, Workout) == 0


@pytest.mark.parametrize("is_open", [False, True])
async def test_a_question_about_sets_of_a_named_exercise_can_be_answered_once(
    gym: Gym, lifter: int, bench: int, squat: int, *, is_open: bool
) -> None:
    if is_open:
        await gym.workouts.add_exercise(lifter, squat)
    with pytest.raises(UndecidedSetError) as question:
        await gym.notebook.write_set(lifter, f"bench {UNDECIDED}")
    assert (question.value.text, question.value.asked.exercise_id) == (UNDECIDED, bench)
    answered = await gym.notebook.write_answer(lifter, question.value.asked, "100x5")
    assert (current_name(answered), answered.card.sets) == ("Bench press", 1)
    with pytest.raises(StaleButtonError):
        await gym.notebook.write_answer(lifter, question.value.asked, "100x5")
