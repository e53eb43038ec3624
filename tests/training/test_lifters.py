from datetime import timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from storage.database import Database
from storage.models import User
from storage.values.quantity import Weight, WeightUnit
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, add_lifter, add_workout, kg
from training.errors import StaleButtonError
from training.gym import Gym
from training.lifters import Home
from training.open_workout import Logged


async def test_a_lifter_who_has_not_chosen_a_unit_stands_before_that_question(database: Database, gym: Gym) -> None:
    await add_lifter(database, unit=None)
    assert await gym.lifters.home(LIFTER) == Home("Lifter 7", None, None, is_admin=False)


async def test_choosing_a_unit_is_kept(gym: Gym, lifter: int) -> None:
    home = await gym.lifters.choose_unit(lifter, WeightUnit.LB)
    assert home.unit is WeightUnit.LB
    assert await gym.lifters.home(lifter) == home


async def test_a_lifter_in_a_workout_stands_at_its_card(gym: Gym, lifter: int, bench: int) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    assert (await gym.lifters.home(lifter)).card == card


async def test_another_unit_is_for_sets_to_come_and_leaves_those_logged_as_they_were(
    gym: Gym, lifter: int, bench: int
) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5")
    home = await gym.lifters.choose_unit(lifter, WeightUnit.LB)
    assert home.card is not None
    assert home.card.unit is WeightUnit.LB
    written = await gym.notebook.write(lifter, "225x5")
    assert isinstance(written, Logged)
    assert written.card.current is not None
    assert [entry.weight for entry in written.card.current.today] == [
        Weight.of(100, WeightUnit.KG),
        Weight.of(225, WeightUnit.LB),
    ]


async def test_a_button_that_offers_a_weight_in_the_old_unit_is_stale(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    last_week = MONDAY_EVENING - timedelta(days=7)
    await add_workout(database, started_at=last_week, finished=True, performed={bench: [kg(100, 5)]})
    await gym.workouts.add_exercise(lifter, bench)
    card = await gym.workouts.card(lifter)
    for unit in (WeightUnit.LB, WeightUnit.KG):
        await gym.lifters.choose_unit(lifter, unit)
        with pytest.raises(StaleButtonError):
            await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
    assert (await gym.workouts.card(lifter)).revision == card.revision + 2


async def test_admins_are_known_by_their_ids(database: Database, gym: Gym) -> None:
    await add_lifter(database, ADMIN)
    await add_lifter(database, LIFTER)
    assert (await gym.lifters.home(ADMIN)).is_admin
    assert not (await gym.lifters.home(LIFTER)).is_admin


async def test_a_lifter_who_blocks_the_bot_is_remembered_as_unreachable(
    database: Database, gym: Gym, lifter: int
) -> None:
    await gym.lifters.mark_unreachable(lifter)
    async with database.reading() as session:
        assert (await session.get_one(User, lifter)).unreachable_since == MONDAY_EVENING


async def test_who_never_wrote_stands_nowhere(gym: Gym) -> None:
    with pytest.raises(NoResultFound):
        await gym.lifters.home(404)
