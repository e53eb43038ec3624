"""Looking around in the library."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from storage import records
from storage.database import Database
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.lifted import SetEntry, SetKind
from storage.values.proposal import ProposalState
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import BOT, LIFTER, STRANGER, add_exercise, add_workout, kg
from tests.support.statements import counted
from training.browsing import Described, Shelves
from training.card import LastTime
from training.errors import NotFoundError
from training.exercise_detail import NewExercise
from training.gym import Gym
from training.summary import best_set


async def looked_up(gym: Gym, text: str, start: int = 0, limit: int = 50, lifter_id: int = LIFTER) -> list[str]:
    found = await gym.browsing.look_up(lifter_id, text, start, limit)
    return [exercise.name for exercise in found.exercises]


async def test_what_is_looked_up_comes_with_what_is_to_be_told_about_it(gym: Gym, everybody: None) -> None:
    new = NewExercise("Zercher", BodyPart.LEGS, Modality.BARBELL, Measure.WEIGHT_REPS, ("z",))
    made = await gym.exercises.create(LIFTER, new)
    await gym.exercises.change(LIFTER, made.id, primary=(Muscle.QUADS,), secondary=(Muscle.ABS,), how="Hug it.")
    (found,) = (await gym.browsing.look_up(LIFTER, "z", 0, 1)).exercises
    described = Described(
        made.id, "Zercher", new.body_part, new.modality, new.measure, (Muscle.QUADS,), (Muscle.ABS,), "Hug it."
    )
    assert found == described


async def test_looking_up_goes_on_where_the_last_answer_ended(database: Database, gym: Gym, everybody: None) -> None:
    for name in ("Row A", "Row B", "Row C"):
        await add_exercise(database, name)
    for text in ("row", ""):
        first = await gym.browsing.look_up(LIFTER, text, 0, 2)
        assert ([it.name for it in first.exercises], first.next) == (["Row A", "Row B"], 2)
        last = await gym.browsing.look_up(LIFTER, text, 2, 2)
        assert ([it.name for it in last.exercises], last.next) == (["Row C"], None)
    assert await looked_up(gym, "", start=-5) == ["Row A", "Row B", "Row C"]
    assert await looked_up(gym, "", start=2**70) == []


async def test_nobody_looks_up_what_is_somebody_elses(database: Database, gym: Gym, everybody: None) -> None:
    await add_exercise(database, "Secret press", owner=LIFTER, aliases=["hush"])
    for text in ("", "secret press", "hush"):
        assert await looked_up(gym, text, lifter_id=STRANGER) == []
        assert await looked_up(gym, text, lifter_id=404) == []


async def test_what_a_lifter_uses_is_looked_up_first(database: Database, gym: Gym, everybody: None) -> None:
    rows = [await add_exercise(database, name) for name in ("Row A", "Row B")]
    await add_workout(database, finished=True, performed={rows[1]: [kg(60, 8)]})
    for text in ("", "row"):
        assert await looked_up(gym, text) == ["Row B", "Row A"]
        assert await looked_up(gym, text, lifter_id=STRANGER) == ["Row A", "Row B"]


async def test_an_exercise_is_looked_at_with_what_this_lifter_has_done(
    database: Database, gym: Gym, everybody: None
) -> None:
    bench = await add_exercise(database, "Bench press")
    long_ago = MONDAY_EVENING - timedelta(days=70)
    await add_workout(database, started_at=long_ago, finished=True, performed={bench: [kg(100, 5), kg(120, 1)]})
    await add_workout(database, finished=True, performed={bench: [kg(100, 4)]})
    await add_workout(database, STRANGER, finished=True, performed={bench: [kg(200, 5)]})
    await gym.private_names.add(LIFTER, bench, "flat")
    look = await gym.browsing.look(LIFTER, bench)
    assert look.exercise == await gym.exercises.get(LIFTER, bench)
    assert look.best is not None
    assert (look.best.entry, look.best.on) == (kg(120, 1), MONDAY_EVENING)
    assert look.last == LastTime(MONDAY_EVENING, (kg(100, 4),))
    nobody = await gym.browsing.look(ADMIN, bench)
    assert (nobody.best, nobody.last, nobody.proposal) == (None, None, None)


async def test_hidden_and_archived_ones_are_looked_at_and_strangers_ones_are_not(
    database: Database, gym: Gym, everybody: None
) -> None:
    own = await add_exercise(database, "Mine", owner=LIFTER, archived=True)
    await gym.exercises.prefer(LIFTER, own, hidden=True)
    look = await gym.browsing.look(LIFTER, own)
    assert (look.exercise.is_archived, look.exercise.is_hidden) == (True, True)
    for lifter_id, exercise_id in ((STRANGER, own), (LIFTER, 404)):
        with pytest.raises(NotFoundError):
            await gym.browsing.look(lifter_id, exercise_id)


async def test_how_far_a_proposal_has_come_is_seen_on_it(database: Database, gym: Gym, everybody: None) -> None:
    own = await add_exercise(database, "Mine", owner=LIFTER)
    proposal = await gym.proposals.propose(LIFTER, own, BOT)
    assert (await gym.browsing.look(LIFTER, own)).proposal is ProposalState.WAITING
    await gym.proposals.decline(ADMIN, proposal.id, "Too special", BOT)
    look = await gym.browsing.look(LIFTER, own)
    assert (look.proposal, look.word) == (ProposalState.DECLINED, "Too special")


async def test_what_stands_where_is_counted(database: Database, gym: Gym, everybody: None) -> None:
    await add_exercise(database, "Bench press")
    hidden = await add_exercise(database, "Smith press")
    await gym.exercises.prefer(LIFTER, hidden, hidden=True)
    own = await add_exercise(database, "Mine", owner=LIFTER)
    await add_exercise(database, "Old", owner=LIFTER, archived=True)
    await add_exercise(database, "Long gone", archived=True)
    await add_exercise(database, "Hers", owner=STRANGER)
    assert await gym.browsing.shelves(LIFTER) == Shelves(listed=2, own=1, hidden=1, archived=1, proposals=None)
    await gym.proposals.propose(LIFTER, own, BOT)
    assert await gym.browsing.shelves(ADMIN) == Shelves(listed=2, own=0, hidden=0, archived=0, proposals=1)


async def test_looking_takes_few_statements(database: Database, gym: Gym, everybody: None) -> None:
    bench = await add_exercise(database, "Bench press")
    await add_workout(database, finished=True, performed={bench: [kg(100, 5)] * 5})
    for look, most in ((gym.browsing.look(LIFTER, bench), 9), (gym.browsing.look_up(LIFTER, "bench", 0, 50), 3)):
        with counted(database) as statements:
            await look
        assert 0 < len(statements) <= most, [statement.text for statement in statements]


def km(amount: int | None, seconds: int | None) -> SetEntry:
    distance = None if amount is None else Distance.of(amount, DistanceUnit.KILOMETRE)
    return SetEntry(distance=distance, duration=seconds)


_SETS = {
    Measure.WEIGHT_REPS: [kg(100, 5), kg(110, 1), kg(60, 30), kg(100, 5), SetEntry(clean_reps=20), kg(115, 0)],
    Measure.BODYWEIGHT_REPS: [kg(-20, 12), kg(10, 3), kg(10, 5), SetEntry(clean_reps=15), kg(0, 16)],
    Measure.REPS: [SetEntry(clean_reps=reps) for reps in (10, 30, 20)],
    Measure.DURATION: [SetEntry(duration=seconds) for seconds in (60, 95, 90)],
    Measure.DISTANCE_DURATION: [km(5, 1500), km(5, 1400), km(3, 600), km(None, 3600), km(5, None)],
    Measure.WEIGHT_DURATION: [SetEntry(weight=Weight.of(20, WeightUnit.LB), duration=90), SetEntry(duration=200)],
}


@pytest.mark.parametrize("measure", _SETS)
async def test_the_query_for_the_best_set_says_what_the_rule_says(
    database: Database, everybody: None, measure: Measure
) -> None:
    warm_up = SetEntry(weight=Weight.of(500, WeightUnit.KG), clean_reps=50, duration=9999, kind=SetKind.WARM_UP)
    for number, some in enumerate(permutations(_SETS[measure], 2)):
        entries = [warm_up, *some]
        exercise = await add_exercise(database, f"It {number}", measure=measure)
        await add_workout(database, finished=True, performed={exercise: entries})
        async with database.reading() as session:
            found = await records.best_set(session, LIFTER, exercise, measure)
        assert found is not None
        assert found.entry == best_set(entries, measure), entries
