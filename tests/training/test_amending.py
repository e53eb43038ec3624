"""What becomes of sets when the message that logged them is edited."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.values.lifted import SetEntry
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_lifter, add_workout, kg
from training.amending import Amended, Frozen, NotLogged, Overtaken, Unamended
from training.errors import Asked
from training.gym import Gym

MESSAGE = 77
LATER = MONDAY_EVENING + timedelta(minutes=1)


@pytest.fixture
async def typed(gym: Gym, lifter: int, bench: int) -> None:
    """Three sets of the bench, the second and third of them typed in one message."""
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "60x8", MESSAGE - 1)
    await gym.notebook.write(lifter, "100x5,4", MESSAGE)


async def sets(gym: Gym) -> list[SetEntry]:
    return [entry for entries in (await by_exercise(gym)).values() for entry in entries]


async def by_exercise(gym: Gym) -> dict[str, list[SetEntry]]:
    detail = await gym.history.detail(LIFTER, (await gym.workouts.card(LIFTER)).workout_id)
    return {done.name: [row.entry for row in done.sets] for done in detail.executions}


@pytest.mark.usefixtures("typed")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("100x5,3", [kg(100, 5), kg(100, 3)]),
        ("105x5", [kg(105, 5)]),
        ("100x5,4,4,3", [kg(100, 5), kg(100, 4), kg(100, 4), kg(100, 3)]),
        ("12", [kg(60, 12)]),
        ("100x5,4", [kg(100, 5), kg(100, 4)]),
    ],
)
async def test_the_messages_sets_are_what_it_says_now_and_others_stay(
    gym: Gym, text: str, left: list[SetEntry]
) -> None:
    await gym.notebook.write(LIFTER, "50x10", MESSAGE + 1)
    amended = await gym.amending.amend(LIFTER, MESSAGE, text, LATER)
    assert isinstance(amended, Amended)
    assert [done.entries for done in amended.exercises] == [tuple(left)]
    assert await sets(gym) == [kg(60, 8), *left, kg(50, 10)]
    assert amended.card == await gym.workouts.card(LIFTER)


@pytest.mark.usefixtures("typed")
async def test_amending_is_one_change_and_goes_on_after_it_was_taken_back(gym: Gym) -> None:
    await gym.amending.amend(LIFTER, MESSAGE, "105x5", LATER)
    await gym.undo.undo(LIFTER)
    assert await sets(gym) == [kg(60, 8), kg(100, 5), kg(100, 4)]
    await gym.amending.amend(LIFTER, MESSAGE, "110x2", LATER)
    assert await sets(gym) == [kg(60, 8), kg(110, 2)]


@pytest.mark.usefixtures("typed")
async def test_the_same_edit_twice_changes_nothing_more(gym: Gym) -> None:
    for _ in range(2):
        await gym.amending.amend(LIFTER, MESSAGE, "105x5", LATER)
    assert await sets(gym) == [kg(60, 8), kg(105, 5)]
    await gym.undo.undo(LIFTER)
    assert await sets(gym) == [kg(60, 8), kg(100, 5), kg(100, 4)]


@pytest.mark.usefixtures("typed")
async def test_an_older_version_of_the_message_comes_too_late(gym: Gym) -> None:
    await gym.amending.amend(LIFTER, MESSAGE, "105x5", LATER)
    late = await gym.amending.amend(LIFTER, MESSAGE, "999x5", LATER - timedelta(seconds=1))
    assert isinstance(late, Overtaken)
    assert await sets(gym) == [kg(60, 8), kg(105, 5)]


@pytest.mark.usefixtures("typed")
@pytest.mark.parametrize("text", ["100x-5", "what a day", "100,5", "Nobody knows\n100x5", "<b>"])
async def test_what_can_not_be_read_any_more_leaves_the_sets(gym: Gym, text: str) -> None:
    assert isinstance(await gym.amending.amend(LIFTER, MESSAGE, text, LATER), Unamended)
    assert await sets(gym) == [kg(60, 8), kg(100, 5), kg(100, 4)]


@pytest.mark.usefixtures("typed")
async def test_a_message_that_names_another_exercise_by_now_moves_its_sets(gym: Gym, squat: int) -> None:
    await gym.amending.amend(LIFTER, MESSAGE, "squat 140x5", LATER)
    assert await by_exercise(gym) == {"Bench press": [kg(60, 8)], "Back squat": [kg(140, 5)]}
    await gym.amending.amend(LIFTER, MESSAGE, "bench 105x5", LATER)
    assert await by_exercise(gym) == {"Bench press": [kg(60, 8), kg(105, 5)]}


async def test_a_pasted_workout_is_amended_as_a_whole(gym: Gym, lifter: int, bench: int, squat: int) -> None:
    preview = await gym.pastes.offer(lifter, "bench\n100x5\nsquat\n140x5,5", MESSAGE)
    assert preview is not None
    await gym.pastes.log(lifter, preview.paste_id, preview.revision)
    await gym.amending.amend(lifter, MESSAGE, "bench\n102.5x5\n90x8\nsquat\n140x5", LATER)
    assert await by_exercise(gym) == {"Bench press": [kg("102.5", 5), kg(90, 8)], "Back squat": [kg(140, 5)]}


@pytest.mark.usefixtures("typed")
async def test_sets_of_a_finished_workout_stay(gym: Gym) -> None:
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    assert await gym.amending.amend(LIFTER, MESSAGE, "105x5", LATER) == Frozen(card.workout_id, card.revision + 1)
    await gym.history.reopen(LIFTER, card.workout_id)
    assert isinstance(await gym.amending.amend(LIFTER, MESSAGE, "105x5", LATER), Amended)


@pytest.mark.usefixtures("typed")
async def test_a_message_that_logged_nothing_may_be_logged_now(gym: Gym) -> None:
    nothing = await gym.amending.amend(LIFTER, 5, "105x5", LATER)
    card = await gym.workouts.card(LIFTER)
    assert nothing == NotLogged(card, (kg(105, 5),), Asked(card.workout_id, card.revision, message_id=5), "105x5")
    assert await gym.amending.amend(LIFTER, 5, "felt strong", LATER) == NotLogged(card)


@pytest.mark.usefixtures("typed")
async def test_what_was_taken_back_is_not_brought_back_by_an_edit(gym: Gym) -> None:
    await gym.undo.undo(LIFTER)
    assert isinstance(await gym.amending.amend(LIFTER, MESSAGE, "105x5", LATER), NotLogged)
    assert await sets(gym) == [kg(60, 8)]


@pytest.mark.usefixtures("typed")
async def test_the_answer_to_a_question_belongs_to_the_message_that_was_asked_about(gym: Gym) -> None:
    card = await gym.workouts.card(LIFTER)
    await gym.notebook.write_answer(LIFTER, Asked(card.workout_id, card.revision, message_id=90), "70x5")
    await gym.amending.amend(LIFTER, 90, "75x5", LATER)
    assert (await sets(gym))[-1] == kg(75, 5)


@pytest.mark.usefixtures("typed")
async def test_another_lifters_message_of_the_same_number_is_another(gym: Gym, database: Database) -> None:
    await add_lifter(database, STRANGER)
    assert await gym.amending.amend(STRANGER, MESSAGE, "1x1", LATER) == NotLogged(None)
    assert await sets(gym) == [kg(60, 8), kg(100, 5), kg(100, 4)]


@pytest.mark.usefixtures("typed")
async def test_a_set_whose_removal_was_taken_back_is_still_its_messages(gym: Gym) -> None:
    card = await gym.workouts.card(LIFTER)
    rows = (await gym.history.detail(LIFTER, card.workout_id)).executions[0].sets
    await gym.editing.remove_set(LIFTER, rows[1].id)
    await gym.undo.undo(LIFTER)
    await gym.amending.amend(LIFTER, MESSAGE, "70x5", LATER)
    assert await sets(gym) == [kg(60, 8), kg(70, 5)]


@pytest.mark.usefixtures("typed")
async def test_sets_that_are_left_of_a_message_are_amended(gym: Gym) -> None:
    card = await gym.workouts.card(LIFTER)
    rows = (await gym.history.detail(LIFTER, card.workout_id)).executions[0].sets
    await gym.editing.remove_set(LIFTER, rows[2].id)
    await gym.amending.amend(LIFTER, MESSAGE, "100x5,3", LATER)
    assert await sets(gym) == [kg(60, 8), kg(100, 5), kg(100, 3)]


@pytest.mark.usefixtures("typed")
async def test_a_set_is_of_the_message_that_said_it_last_and_of_the_first_again_once_that_is_taken_back(
    gym: Gym,
) -> None:
    last = (await gym.retouching.look(LIFTER)).workout.executions[0].sets[-1].id
    await gym.retouching.retype_set(LIFTER, last, "100x3", MESSAGE + 1)
    await gym.amending.amend(LIFTER, MESSAGE + 1, "100x2", LATER)
    assert await sets(gym) == [kg(60, 8), kg(100, 5), kg(100, 2)]
    await gym.amending.amend(LIFTER, MESSAGE, "100x5,6", LATER - timedelta(seconds=30))
    assert await sets(gym) == [kg(60, 8), kg(100, 5), kg(100, 6)]
    for _ in range(3):
        await gym.undo.undo(LIFTER)
    assert isinstance(await gym.amending.amend(LIFTER, MESSAGE + 1, "100x2", LATER), NotLogged)
    await gym.amending.amend(LIFTER, MESSAGE, "110x5,4", LATER)
    assert await sets(gym) == [kg(60, 8), kg(110, 5), kg(110, 4)]


@pytest.mark.usefixtures("typed")
async def test_the_message_of_a_set_that_another_one_has_said_anew_is_frozen_with_it(gym: Gym) -> None:
    execution = (await gym.retouching.look(LIFTER)).workout.executions[0]
    await gym.retouching.retype_sets(LIFTER, execution.id, "100x3", MESSAGE + 1)
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    for message_id in (MESSAGE + 1, MESSAGE - 1):
        assert await gym.amending.amend(LIFTER, message_id, "1x1", LATER) == Frozen(card.workout_id, card.revision + 1)


@pytest.mark.usefixtures("typed")
async def test_a_number_alone_that_put_a_set_right_is_of_its_weight_in_an_edit_too(gym: Gym) -> None:
    await gym.notebook.write(LIFTER, "60x3", MESSAGE + 1)  # under heavier ones
    last = (await gym.retouching.look(LIFTER)).workout.executions[0].sets[-1].id
    await gym.retouching.retype_set(LIFTER, last, "6", MESSAGE + 2)
    await gym.amending.amend(LIFTER, MESSAGE + 2, "7", LATER)
    assert await sets(gym) == [kg(60, 8), kg(100, 5), kg(100, 4), kg(60, 7)]


async def test_a_number_alone_that_was_the_first_set_keeps_its_weight_in_an_edit(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_workout(database, finished=True, performed={bench: [kg(60, 8), kg(100, 5)]})
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "8", MESSAGE)
    await gym.amending.amend(LIFTER, MESSAGE, "7", LATER)
    assert await sets(gym) == [kg(60, 7)]


@pytest.mark.usefixtures("typed")
async def test_reps_alone_that_said_all_sets_anew_are_of_their_weight_in_an_edit_too(gym: Gym) -> None:
    execution = (await gym.retouching.look(LIFTER)).workout.executions[0]
    await gym.retouching.retype_sets(LIFTER, execution.id, "100x5 5 5", MESSAGE + 1)
    await gym.retouching.retype_sets(LIFTER, execution.id, "6", MESSAGE + 2)
    assert await sets(gym) == [kg(100, 6)]
    await gym.amending.amend(LIFTER, MESSAGE + 2, "4", LATER)
    assert await sets(gym) == [kg(100, 4)]
