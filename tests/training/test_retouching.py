"""Putting right what stands on the card."""

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from storage.database import Database
from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry, SetKind
from tests.support.rows import LIFTER, STRANGER, add_lifter, add_workout, kg
from tests.support.training import LAST_WEEK
from training.detail import DoneSet, Execution
from training.dials import Dial
from training.errors import (
    FrozenError,
    InvalidSetError,
    InvalidValueError,
    NoOpenWorkoutError,
    NotFoundError,
    StaleButtonError,
    UndecidedSetError,
    UnreadableSetError,
)
from training.gym import Gym
from training.notation import print_sets


@dataclass
class Benching:
    """Two sets at the bench are done, and so they can be told apart."""

    execution_id: int
    set_ids: tuple[int, int]


@pytest.fixture
async def benching(database: Database, gym: Gym, lifter: int, bench: int) -> Benching:
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed={bench: [kg(100, 5), kg(95, 6)]})
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5,4")
    done = await at_bench(gym)
    return Benching(done.id, (done.sets[0].id, done.sets[1].id))


async def at_bench(gym: Gym) -> Execution:
    current = (await gym.retouching.look(LIFTER)).current
    assert current is not None
    return current


async def entries(gym: Gym) -> list[SetEntry]:
    return [done.entry for done in (await at_bench(gym)).sets]


async def test_the_workout_at_hand_is_looked_at_whole(gym: Gym, benching: Benching) -> None:
    at_hand = await gym.retouching.look(LIFTER)
    assert at_hand.card == await gym.workouts.card(LIFTER)
    assert at_hand.set(benching.set_ids[1]) == (at_hand.current, DoneSet(benching.set_ids[1], kg(100, 4)))
    for find in (at_hand.execution, at_hand.set):
        with pytest.raises(StaleButtonError):
            find(0)


async def test_without_an_open_workout_nothing_is_at_hand(gym: Gym, lifter: int) -> None:
    with pytest.raises(NoOpenWorkoutError):
        await gym.retouching.look(lifter)


async def test_each_step_of_a_set_counts_and_one_too_far_changes_nothing(gym: Gym, benching: Benching) -> None:
    for steps in (-1, -1, 3):
        await gym.retouching.turn_set(LIFTER, benching.set_ids[1], Dial.REPS, steps)
    await gym.retouching.turn_set(LIFTER, benching.set_ids[1], Dial.WEIGHT, 1)
    await gym.retouching.turn_set(LIFTER, benching.set_ids[1], Dial.REPS, -5)
    assert await entries(gym) == [kg(100, 5), kg("102.5", 5)]
    latest = await gym.undo.latest(LIFTER)
    assert latest is not None
    assert latest.kind is ChangeKind.SET_CHANGED
    await gym.undo.undo(LIFTER)
    assert await entries(gym) == [kg(100, 5), kg(100, 5)]


async def test_a_set_gets_another_kind(gym: Gym, benching: Benching) -> None:
    await gym.retouching.change_kind(LIFTER, benching.set_ids[0])
    assert (await entries(gym))[0] == replace(kg(100, 5), kind=SetKind.WARM_UP)


async def test_a_set_is_typed_anew_and_a_number_alone_is_its_reps(gym: Gym, benching: Benching) -> None:
    await gym.retouching.retype_set(LIFTER, benching.set_ids[0], "105x5 @8 # belt")
    await gym.retouching.retype_set(LIFTER, benching.set_ids[1], "8")
    assert await entries(gym) == [replace(kg(105, 5), rpe=Decimal(8), note="belt"), kg(100, 8)]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("100x", UnreadableSetError),
        ("hello", UnreadableSetError),
        ("100,5", UndecidedSetError),
        ("5x100", UndecidedSetError),
        ("100x5,5", InvalidValueError),
    ],
)
async def test_what_is_not_one_set_changes_nothing(
    gym: Gym, benching: Benching, text: str, error: type[Exception]
) -> None:
    before = await gym.retouching.look(LIFTER)
    with pytest.raises(error):
        await gym.retouching.retype_set(LIFTER, benching.set_ids[0], text)
    assert await gym.retouching.look(LIFTER) == before


async def test_an_offered_reading_can_be_given_back(gym: Gym, benching: Benching) -> None:
    with pytest.raises(UndecidedSetError) as asked:
        await gym.retouching.retype_set(LIFTER, benching.set_ids[0], "1200x5")
    (option,) = asked.value.question.options
    await gym.retouching.retype_set(LIFTER, benching.set_ids[0], option.text, revision=asked.value.asked.revision)
    assert (await entries(gym))[0] == kg(1200, 5)


async def test_all_sets_are_typed_anew(gym: Gym, benching: Benching) -> None:
    await gym.retouching.retype_sets(LIFTER, benching.execution_id, "w 60x8\n100x5x3\n95x6 @9 # last one")
    assert await entries(gym) == [
        replace(kg(60, 8), kind=SetKind.WARM_UP),
        *[kg(100, 5)] * 3,
        replace(kg(95, 6), rpe=Decimal(9), note="last one"),
    ]
    await gym.undo.undo(LIFTER)
    assert await entries(gym) == [kg(100, 5), kg(100, 4)]


async def test_what_the_card_prints_of_the_sets_reads_back_as_them(gym: Gym, benching: Benching) -> None:
    await gym.retouching.retype_sets(LIFTER, benching.execution_id, "100x5x25, 8")
    card, before = await gym.workouts.card(LIFTER), await entries(gym)
    assert card.current is not None
    printed = print_sets(before, card.current.context)
    await gym.retouching.retype_sets(LIFTER, benching.execution_id, printed)
    assert await entries(gym) == before


async def test_a_set_is_noted_on_one_line_and_the_note_goes_again(gym: Gym, benching: Benching) -> None:
    await gym.retouching.note_set(LIFTER, benching.set_ids[0], " felt\nlight ")
    assert (await entries(gym))[0].note == "felt light"
    await gym.retouching.note_set(LIFTER, benching.set_ids[0], "")
    assert (await entries(gym))[0] == kg(100, 5)


async def test_a_set_is_rated_and_the_rating_goes_again(gym: Gym, benching: Benching) -> None:
    await gym.retouching.rate_set(LIFTER, benching.set_ids[0], Decimal("8.5"))
    assert (await entries(gym))[0].rpe == Decimal("8.5")
    with pytest.raises(InvalidSetError):
        await gym.retouching.rate_set(LIFTER, benching.set_ids[0], Decimal(11))
    await gym.retouching.rate_set(LIFTER, benching.set_ids[0], None)
    assert (await entries(gym))[0] == kg(100, 5)


async def test_an_exercise_moves_as_far_as_there_are_places(gym: Gym, benching: Benching, squat: int) -> None:
    await gym.workouts.add_exercise(LIFTER, squat)

    async def order() -> list[int]:
        return [done.exercise_id for done in (await gym.retouching.look(LIFTER)).workout.executions]

    before = await order()
    await gym.retouching.shift_exercise(LIFTER, benching.execution_id, 1)
    assert await order() == before[::-1]
    await gym.retouching.shift_exercise(LIFTER, benching.execution_id, 5)
    assert await order() == before[::-1]
    await gym.retouching.shift_exercise(LIFTER, benching.execution_id, -7)
    assert await order() == before


async def test_nothing_of_a_stranger_or_an_older_card_or_a_finished_workout_changes(
    database: Database, gym: Gym, benching: Benching
) -> None:
    await add_lifter(database, STRANGER)
    set_id, touch = benching.set_ids[0], gym.retouching
    card = await gym.workouts.card(LIFTER)

    async def refused(error: type[Exception], lifter_id: int, revision: int | None) -> None:
        with pytest.raises(error):
            await touch.retype_set(lifter_id, set_id, "8", revision=revision)
        with pytest.raises(error):
            await touch.retype_sets(lifter_id, benching.execution_id, "8", revision=revision)
        with pytest.raises(error):
            await touch.note_set(lifter_id, set_id, "x", revision=revision)
        with pytest.raises(error):
            await touch.rate_set(lifter_id, set_id, Decimal(8), revision=revision)

    await refused(NotFoundError, STRANGER, None)
    await refused(StaleButtonError, LIFTER, card.revision - 1)
    with pytest.raises(NotFoundError):
        await touch.turn_set(STRANGER, set_id, Dial.REPS, 1)
    with pytest.raises(NotFoundError):
        await touch.change_kind(STRANGER, set_id)
    with pytest.raises(NotFoundError):
        await touch.shift_exercise(STRANGER, benching.execution_id, 1)
    assert await gym.workouts.card(LIFTER) == card
    await gym.workouts.finish(LIFTER, card.workout_id, card.revision)
    await refused(FrozenError, LIFTER, None)


async def test_the_card_marks_the_sets_that_broke_records_whatever_comes_after(
    gym: Gym, benching: Benching, squat: int
) -> None:
    await gym.notebook.write(LIFTER, "105x5")
    await gym.notebook.write(LIFTER, "90x3")
    await gym.workouts.add_exercise(LIFTER, squat)
    await gym.notebook.write(LIFTER, "140x5")
    card = await gym.next_set.go_to(LIFTER, benching.execution_id)
    assert card.current is not None
    assert card.current.broke_record == (False, False, True, False)


async def test_the_card_says_the_note_and_what_is_done_in_turn(gym: Gym, benching: Benching, squat: int) -> None:
    await gym.editing.note_exercise(LIFTER, benching.execution_id, "elbows in")
    other = (await gym.workouts.add_exercise(LIFTER, squat)).current
    assert other is not None
    await gym.editing.group(LIFTER, [benching.execution_id, other.execution_id])
    card = await gym.next_set.go_to(LIFTER, benching.execution_id)
    assert card.current is not None
    assert (card.current.note, card.current.superset) == ("elbows in", ("Back squat",))
