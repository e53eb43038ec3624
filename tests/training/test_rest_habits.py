"""A lifter who keeps changing the rest of an exercise is offered the new length, once."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from storage.database import Database
from storage.models import RestHabit
from storage.rests import Lasted
from storage.values.exercise import Measure
from tests.support.clock import FakeClock
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, how_many
from training.errors import StaleButtonError
from training.gym import Gym
from training.rest_habits import noted, offered
from training.rest_lengths import MORE, STEP

USUAL = 180


async def set_and_rest(gym: Gym, *presses: timedelta, text: str = "100x5") -> int | None:
    """A set, and the rest after it as changed by these presses; what the card offers once the set is logged."""
    card = (await gym.notebook.write(LIFTER, text)).card
    for by in presses:
        await gym.resting.shift(LIFTER, card.workout_id, by)
    assert card.current is not None
    return card.current.rest_offer


@pytest.fixture
async def workout_id(gym: Gym, lifter: int, bench: int) -> int:
    return (await gym.workouts.add_exercise(lifter, bench)).workout_id


async def test_the_third_rest_in_a_row_that_is_changed_to_the_same_makes_an_offer_which_is_made_once(
    gym: Gym, workout_id: int
) -> None:
    offers = [await set_and_rest(gym, -STEP, -STEP) for _ in range(7)]
    assert offers == [None, None, None, 150, None, None, None]


async def test_an_offer_that_is_taken_holds_for_this_exercise_and_can_be_taken_back(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int, workout_id: int
) -> None:
    for _ in range(4):
        await set_and_rest(gym, MORE)
    kept = await gym.resting.keep(lifter, workout_id, bench, 210)
    assert (kept.name, kept.seconds) == ("Bench press", 210)
    assert kept.card.current is not None
    assert kept.card.current.rest_offer is None
    assert (await gym.exercises.get(lifter, bench)).rest == 210
    assert (await gym.exercises.get(lifter, squat)).rest == 120
    assert await how_many(database, RestHabit) == 0
    with pytest.raises(StaleButtonError):
        await gym.resting.keep(lifter, workout_id, bench, 210)
    await gym.undo.undo(lifter)
    assert (await gym.exercises.get(lifter, bench)).rest == USUAL


async def test_only_what_is_offered_is_kept_and_only_by_who_it_is_offered_to(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int, workout_id: int
) -> None:
    for _ in range(4):
        await set_and_rest(gym, MORE)
    await add_lifter(database, STRANGER)
    await gym.workouts.add_exercise(STRANGER, bench)
    for lifter_id, exercise_id, seconds in ((lifter, bench, 225), (lifter, squat, 210), (STRANGER, bench, 210)):
        with pytest.raises(StaleButtonError):
            await gym.resting.keep(lifter_id, workout_id, exercise_id, seconds)
    assert (await gym.exercises.get(lifter, bench)).rest == USUAL


async def test_a_rest_that_goes_on_once_it_is_over_counts_as_a_longer_one(
    gym: Gym, clock: FakeClock, workout_id: int
) -> None:
    for offer in (None, None, None, 210):
        assert await set_and_rest(gym) == offer
        clock.advance(timedelta(seconds=USUAL))
        await gym.rests.ring(1)
        await gym.resting.shift(LIFTER, workout_id, MORE)


async def test_a_rest_that_a_countdown_ends_counts_as_one_that_a_set_ends(
    database: Database, gym: Gym, lifter: int
) -> None:
    plank = await add_exercise(database, "Plank", measure=Measure.DURATION, rest=90)
    await gym.workouts.add_exercise(lifter, plank)
    await gym.notebook.write(lifter, "60s")
    for _ in range(3):
        card = await gym.workouts.card(LIFTER)
        await gym.resting.shift(LIFTER, card.workout_id, MORE)
        timing = (await gym.timers.begin_set(LIFTER, card.workout_id, card.revision)).timing
        await gym.timers.stop(LIFTER, timing.timer_id)
        await gym.notebook.write(LIFTER, "60s")
    current = (await gym.workouts.card(LIFTER)).current
    assert current is not None
    assert current.rest_offer == 120


async def test_a_length_that_is_typed_counts_from_when_it_was_typed(
    gym: Gym, clock: FakeClock, lifter: int, workout_id: int
) -> None:
    for offer in (None, None, None, 90):
        assert await set_and_rest(gym) == offer
        clock.advance(timedelta(seconds=20))
        await gym.resting.last(lifter, timedelta(seconds=90))


async def test_skipped_rests_and_those_after_warm_ups_and_by_another_exercise_say_nothing(
    gym: Gym, lifter: int, bench: int, squat: int, workout_id: int
) -> None:
    await gym.lifters.change_settings(lifter, warm_up_rest=60)
    for _ in range(4):
        await set_and_rest(gym, MORE)
        await gym.resting.skip(lifter, workout_id)
        assert await set_and_rest(gym, MORE, text="w 60x5") is None
        await gym.resting.skip(lifter, workout_id)
    for offer in (None, None, None, 210):
        await gym.workouts.add_exercise(lifter, squat)
        await set_and_rest(gym)
        await gym.workouts.add_exercise(lifter, bench)
        assert await set_and_rest(gym, MORE) == offer


async def test_who_wants_no_rest_and_asks_for_one_each_time_is_offered_that(
    gym: Gym, lifter: int, bench: int, workout_id: int
) -> None:
    await gym.exercises.prefer(lifter, bench, rest=0)
    for offer in (None, None, None, 120):
        assert await set_and_rest(gym) == offer
        await gym.resting.start(lifter)


def offers(rests: Sequence[int | None], planned: int = USUAL) -> list[int | None]:
    """What is offered after each of these rests, None among which says nothing."""
    habit: RestHabit | None = None
    made = []
    for wanted in rests:
        habit = noted(habit, Lasted(1, 1, None if wanted is None else planned, wanted), LIFTER, 1)
        made.append(offered(habit, planned))
    return made


@pytest.mark.parametrize(
    ("rests", "made"),
    [
        ([150, 150], [None, None]),
        ([150, 165, 150], [None, None, 150]),
        ([150, 165, 165], [None, None, 165]),
        ([150, 150, 120, 120, 120], [None, None, None, None, 120]),
        ([150, 150, 180, 150, 150], [None] * 5),
        ([150, 150, None, 150], [None, None, None, 150]),
        ([170, 185, 185], [None] * 3),
        ([150, 150, 150, 180, 150, 150, 150], [None, None, 150, None, None, None, None]),
        ([150, 150, 150, 90, 90, 90, 90], [None, None, 150, None, None, 90, None]),
    ],
)
def test_what_makes_a_habit(rests: list[int | None], made: list[int | None]) -> None:
    assert offers(rests) == made
