import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import changes
from storage.database import Database
from storage.models import (
    Change,
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    Target,
    User,
    Workout,
)
from storage.values.change import ChangeKind
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.finding import SearchFilter
from storage.values.quantity import Weight, WeightUnit
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_workout, how_many, kg
from training.errors import (
    BuiltInError,
    InUseError,
    InvalidValueError,
    MeasureMismatchError,
    NameTakenError,
    NotAllowedError,
    NotFoundError,
    TrainingError,
)
from training.exercise_detail import (
    LARGEST_STEP,
    LONGEST_HOW,
    LONGEST_REST,
    ExerciseChanges,
    ExerciseDetail,
    NewExercise,
    PreferenceChanges,
)
from training.gym import Gym
from training.matches import Choice
from training.naming import MOST_ALIASES
from training.seeding import SeedReport

KG, LB = WeightUnit.KG, WeightUnit.LB


def a_press(name: str, *aliases: str) -> NewExercise:
    return NewExercise(name, BodyPart.CHEST, Modality.MACHINE, Measure.WEIGHT_REPS, aliases)


async def taken_by(wish: Awaitable[object]) -> Choice:
    with pytest.raises(NameTakenError) as refused:
        await wish
    return refused.value.existing


async def undo(database: Database, lifter_id: int = LIFTER) -> None:
    async with database.writing() as session:
        change = await changes.latest(session, lifter_id)
        assert change is not None
        assert change.kind is ChangeKind.LIBRARY
        await changes.take_back(session, change)


async def finds(gym: Gym, lifter_id: int, text: str = "") -> list[str]:
    return [choice.name for choice in (await gym.library.search(lifter_id, text)).choices]


async def test_a_lifters_own_exercise_is_as_they_made_it_and_seen_by_nobody_else(
    database: Database, gym: Gym, everybody: None
) -> None:
    new = NewExercise(
        " My  press",
        BodyPart.SHOULDERS,
        Modality.CABLE,
        Measure.BODYWEIGHT_REPS,
        aliases=("mp", "MY PRESS"),
        default_rest=45,
        weight_step=Weight(1_250, KG),
        primary=(Muscle.SIDE_DELTS,),
        secondary=(Muscle.TRAPS, Muscle.TRICEPS),
        how="Press.",
    )
    made = await gym.exercises.create(LIFTER, new)
    assert made == ExerciseDetail(
        id=made.id,
        name="My press",
        aliases=("mp",),
        body_part=BodyPart.SHOULDERS,
        modality=Modality.CABLE,
        measure=Measure.BODYWEIGHT_REPS,
        primary=(Muscle.SIDE_DELTS,),
        secondary=(Muscle.TRAPS, Muscle.TRICEPS),
        how="Press.",
        unit=KG,
        step=Weight(1_250, KG),
        rest=45,
        is_system=False,
        is_archived=False,
    )
    assert await gym.exercises.get(LIFTER, made.id) == made
    assert (await finds(gym, LIFTER, "mp"), await finds(gym, STRANGER, "mp")) == (["My press"], [])
    assert (await gym.exercises.create(STRANGER, a_press("my press"))).id != made.id
    await undo(database)
    assert await finds(gym, LIFTER) == []


async def test_an_exercise_that_everybody_sees_is_made_by_admins_only(
    database: Database, gym: Gym, everybody: None
) -> None:
    with pytest.raises(NotAllowedError):
        await gym.exercises.create(LIFTER, a_press("Press"), system=True)
    made = await gym.exercises.create(ADMIN, a_press("Press"), system=True)
    assert made.is_system
    assert await finds(gym, STRANGER) == ["Press"]
    async with database.writing() as session:
        (await session.get_one(User, LIFTER)).is_admin = True
    assert (await gym.exercises.rename(LIFTER, made.id, "Bench")).name == "Bench"


async def test_a_name_is_taken_whatever_its_case_spacing_and_accents(gym: Gym, everybody: None) -> None:
    own = await gym.exercises.create(LIFTER, a_press("Développé couché", "dc"))
    other = await gym.exercises.create(LIFTER, a_press("Press"))
    here = Choice(own.id, own.name)
    for name in ("developpe  COUCHE", "DC"):
        for anyway in (False, True):
            assert await taken_by(gym.exercises.create(LIFTER, a_press(name), anyway=anyway)) == here
            assert await taken_by(gym.exercises.create(LIFTER, a_press("New", name), anyway=anyway)) == here
            assert await taken_by(gym.exercises.rename(LIFTER, other.id, name, anyway=anyway)) == here
            assert await taken_by(gym.exercises.add_alias(LIFTER, other.id, name, anyway=anyway)) == here
    await gym.exercises.archive(LIFTER, own.id)
    assert await taken_by(gym.exercises.create(LIFTER, a_press("DC"))) == here
    assert (await gym.exercises.rename(LIFTER, own.id, "developpe couche")).name == "developpe couche"
    with pytest.raises(InvalidValueError):
        await gym.exercises.rename(LIFTER, own.id, " ")


async def test_a_system_exercise_is_shadowed_only_on_purpose(database: Database, gym: Gym, everybody: None) -> None:
    bench = Choice(await add_exercise(database, "Bench press", aliases=["bench"]), "Bench press")
    own = await gym.exercises.create(LIFTER, a_press("Mine"))
    for name in ("bench PRESS", "Bench"):
        assert await taken_by(gym.exercises.create(LIFTER, a_press(name))) == bench
        assert await taken_by(gym.exercises.rename(LIFTER, own.id, name)) == bench
        assert await taken_by(gym.exercises.add_alias(LIFTER, own.id, name)) == bench
        assert await taken_by(gym.exercises.create(ADMIN, a_press(name), system=True, anyway=True)) == bench
    assert (await gym.exercises.add_alias(LIFTER, own.id, "bench", anyway=True)).aliases == ("bench",)
    assert (await gym.exercises.rename(LIFTER, own.id, "Bench", anyway=True)).aliases == ()
    made = await gym.exercises.create(LIFTER, a_press("Bench press"), anyway=True)
    assert sorted(await finds(gym, LIFTER)) == ["Bench", "Bench press", "Bench press"]
    assert (await gym.library.search(LIFTER, "bench press")).total == 2
    await gym.exercises.archive(ADMIN, bench.id)
    assert not (await gym.exercises.create(STRANGER, a_press("Bench press"))).is_system
    assert await taken_by(gym.exercises.create(ADMIN, a_press("Bench"), system=True)) == bench
    assert made.id != bench.id


async def test_a_name_that_leads_to_a_system_exercise_since_a_merging_is_taken_back_only_on_purpose(
    database: Database, gym: Gym, everybody: None
) -> None:
    bench = Choice(await add_exercise(database, "Bench press"), "Bench press")
    merged = await add_exercise(database, "My bench", owner=LIFTER, aliases=["mb", "my b"])
    await gym.exercises.merge(LIFTER, merged, bench.id)
    own = await gym.exercises.create(LIFTER, a_press("Mine"))
    for name in ("my BENCH", "mb"):
        assert await taken_by(gym.exercises.create(LIFTER, a_press(name))) == bench
        assert await taken_by(gym.exercises.rename(LIFTER, own.id, name)) == bench
        assert await taken_by(gym.exercises.add_alias(LIFTER, own.id, name)) == bench
    made = await gym.exercises.create(LIFTER, a_press("My bench", "MB"), anyway=True)
    assert (made.name, made.aliases, made.is_system) == ("My bench", ("MB",), False)
    assert await finds(gym, LIFTER, "my bench") == await finds(gym, LIFTER, "mb") == ["My bench"]
    assert await finds(gym, LIFTER, "my b") == ["Bench press", "My bench"]
    await undo(database)
    assert await finds(gym, LIFTER, "my bench") == await finds(gym, LIFTER, "mb") == []
    assert (await gym.exercises.add_alias(LIFTER, own.id, "mb")).aliases == ("mb",)
    assert (await gym.exercises.add_alias(LIFTER, own.id, "my b", anyway=True)).aliases == ("mb", "my b")
    await undo(database)
    assert await finds(gym, STRANGER, "my b") == []
    assert (await gym.exercises.get(STRANGER, bench.id)).aliases == ()
    assert (await gym.exercises.rename(LIFTER, own.id, "My B", anyway=True)).name == "My B"
    assert await finds(gym, LIFTER, "my b") == ["My B"]


async def test_of_two_who_take_a_name_at_once_one_gets_it(database: Database, gym: Gym, everybody: None) -> None:
    wishes = [gym.exercises.create(LIFTER, a_press("Press")) for _ in range(3)]
    wishes += [gym.exercises.create(LIFTER, a_press(f"New {number}", "press")) for number in range(3)]
    wishes += [gym.exercises.create(ADMIN, a_press("Dip"), system=True) for _ in range(3)]
    results = await asyncio.gather(*wishes, return_exceptions=True)
    made = [result for result in results if isinstance(result, ExerciseDetail)]
    assert len(made) == 2
    assert all(isinstance(result, ExerciseDetail | NameTakenError) for result in results)
    assert await how_many(database, Exercise) == 2


async def test_aliases_come_and_go_and_so_do_names(database: Database, gym: Gym, everybody: None) -> None:
    own = await gym.exercises.create(LIFTER, a_press("Press", "first"))
    assert (await gym.exercises.add_alias(LIFTER, own.id, " Second  name ")).aliases == ("first", "Second name")
    for known in ("FIRST", "press"):
        assert len((await gym.exercises.add_alias(LIFTER, own.id, known)).aliases) == 2
    assert await finds(gym, LIFTER, "second") == ["Press"]
    with pytest.raises(NotFoundError):
        await gym.exercises.remove_alias(LIFTER, own.id, "press")
    assert (await gym.exercises.remove_alias(LIFTER, own.id, "First")).aliases == ("Second name",)
    renamed = await gym.exercises.rename(LIFTER, own.id, "Second name")
    assert (renamed.name, renamed.aliases) == ("Second name", ())
    assert await finds(gym, LIFTER, "press") == []
    await undo(database)
    await undo(database)
    undone = await gym.exercises.get(LIFTER, own.id)
    assert (undone.name, set(undone.aliases)) == ("Press", {"first", "Second name"})


async def test_an_exercise_has_so_many_aliases_at_most(gym: Gym, everybody: None) -> None:
    own = await gym.exercises.create(LIFTER, a_press("Press", *(f"p{number}" for number in range(MOST_ALIASES - 1))))
    assert len((await gym.exercises.add_alias(LIFTER, own.id, "last")).aliases) == MOST_ALIASES
    with pytest.raises(InvalidValueError) as refused:
        await gym.exercises.add_alias(LIFTER, own.id, "one more")
    assert (refused.value.field, refused.value.limit) == ("aliases", MOST_ALIASES)


async def test_what_an_exercise_is_can_be_changed_and_taken_back(database: Database, gym: Gym, everybody: None) -> None:
    own = await gym.exercises.create(LIFTER, a_press("Press"))
    changed = await gym.exercises.change(
        LIFTER,
        own.id,
        body_part=BodyPart.CORE,
        modality=Modality.BAND,
        measure=Measure.DURATION,
        default_rest=30,
        weight_step=Weight(500, KG),
        primary=[Muscle.ABS],
        secondary=[Muscle.OBLIQUES],
        how="Hold.",
    )
    assert (changed.body_part, changed.modality, changed.measure) == (BodyPart.CORE, Modality.BAND, Measure.DURATION)
    assert (changed.rest, changed.step, changed.how) == (30, Weight(500, KG), "Hold.")
    assert (changed.primary, changed.secondary) == ((Muscle.ABS,), (Muscle.OBLIQUES,))
    assert await gym.exercises.get(LIFTER, own.id) == changed
    lighter = await gym.exercises.change(LIFTER, own.id, default_rest=None, weight_step=None)
    assert (lighter.rest, lighter.step, lighter.how) == (120, Weight(2_500, KG), "Hold.")
    await undo(database)
    await undo(database)
    assert await gym.exercises.get(LIFTER, own.id) == own


async def test_no_muscle_is_trained_both_most_and_also(gym: Gym, everybody: None) -> None:
    both = [Muscle.CHEST, Muscle.TRICEPS]
    own = await gym.exercises.create(LIFTER, replace(a_press("Press"), primary=(Muscle.CHEST,), secondary=tuple(both)))
    assert (own.primary, own.secondary) == ((Muscle.CHEST,), (Muscle.TRICEPS,))
    more = await gym.exercises.change(LIFTER, own.id, primary=both)
    assert (more.primary, more.secondary) == (tuple(both), ())
    less = await gym.exercises.change(LIFTER, own.id, secondary=[Muscle.TRICEPS])
    assert (less.primary, less.secondary) == ((Muscle.CHEST,), (Muscle.TRICEPS,))
    same = await gym.exercises.change(LIFTER, own.id, primary=[Muscle.CHEST], secondary=both)
    assert (same.primary, same.secondary) == (less.primary, less.secondary)


async def test_what_an_exercise_can_not_be_is_refused_with_the_bound(
    database: Database, gym: Gym, everybody: None
) -> None:
    own = await gym.exercises.create(LIFTER, a_press("Press"))
    refused: list[tuple[ExerciseChanges, str, int | None]] = [
        ({"default_rest": -1}, "default_rest", 0),
        ({"default_rest": LONGEST_REST + 1}, "default_rest", LONGEST_REST),
        ({"weight_step": Weight(0, KG)}, "weight_step", 0),
        ({"weight_step": Weight(-1, KG)}, "weight_step", 0),
        ({"weight_step": Weight(LARGEST_STEP * 1_000 + 1, LB)}, "weight_step", LARGEST_STEP),
        ({"how": "x" * (LONGEST_HOW + 1)}, "how", LONGEST_HOW),
        ({"how": "x\0"}, "how", None),
    ]
    for wanted, field, limit in refused:
        with pytest.raises(InvalidValueError) as error:
            await gym.exercises.change(LIFTER, own.id, **wanted)
        assert (error.value.field, error.value.limit) == (field, limit)
    assert await gym.exercises.get(LIFTER, own.id) == own
    largest = Weight(LARGEST_STEP * 1_000, KG)
    changed = await gym.exercises.change(
        LIFTER, own.id, default_rest=LONGEST_REST, weight_step=largest, how=f" {'x' * LONGEST_HOW} "
    )
    assert (changed.rest, changed.step, changed.how) == (LONGEST_REST, largest, "x" * LONGEST_HOW)


async def test_a_step_is_preferred_in_the_unit_that_the_exercise_is_logged_in(
    database: Database, gym: Gym, everybody: None
) -> None:
    bench = await add_exercise(database, "Bench press")
    refused: list[PreferenceChanges] = [
        {"weight_step": Weight(5_000, LB)},
        {"unit": LB, "weight_step": Weight(2_500, KG)},
        {"weight_step": Weight(0, KG)},
    ]
    for wanted in refused:
        with pytest.raises(InvalidValueError) as error:
            await gym.exercises.prefer(LIFTER, bench, **wanted)
        assert error.value.field == "weight_step"
    preferred = await gym.exercises.prefer(LIFTER, bench, weight_step=Weight(1_250, KG))
    assert preferred.step == Weight(1_250, KG)
    assert (await gym.exercises.prefer(LIFTER, bench, unit=KG)).step == Weight(1_250, KG)
    assert (await gym.exercises.prefer(LIFTER, bench, unit=LB)).step == Weight(5_000, LB)
    assert (await gym.exercises.prefer(LIFTER, bench, unit=None)).step == Weight(2_500, KG)
    assert (await gym.exercises.prefer(LIFTER, bench, weight_step=None)).step == Weight(2_500, KG)


async def test_the_measure_stays_once_there_are_sets(database: Database, gym: Gym, everybody: None) -> None:
    bench = await add_exercise(database, "Bench press")
    workout = await add_workout(database, STRANGER, performed={bench: []})
    assert (await gym.exercises.change(ADMIN, bench, measure=Measure.REPS)).measure is Measure.REPS
    async with database.reading() as session:
        assert (await session.get_one(Workout, workout)).revision == 1
    await gym.exercises.change(ADMIN, bench, measure=Measure.WEIGHT_REPS)
    await add_workout(database, performed={bench: [kg(100, 5)]})
    assert (await gym.exercises.change(ADMIN, bench, default_rest=8)).rest == 8
    with pytest.raises(MeasureMismatchError) as refused:
        await gym.exercises.change(ADMIN, bench, measure=Measure.REPS, how="Lost.")
    assert (refused.value.have, refused.value.wanted) == (Measure.WEIGHT_REPS, Measure.REPS)
    assert (await gym.exercises.change(ADMIN, bench, measure=Measure.WEIGHT_REPS, default_rest=9)).how == ""
    await undo(database, ADMIN)
    async with database.reading() as session:
        assert (await session.get_one(Workout, workout)).finished_at is None


async def test_a_set_that_is_only_suggested_keeps_the_measure_too(
    database: Database, gym: Gym, everybody: None
) -> None:
    own = await add_exercise(database, "Press", owner=LIFTER)
    await add_workout(database, performed={own: []})
    async with database.writing() as session:
        execution_id = (await session.scalars(select(ExerciseExecution.id))).one()
        session.add(Target(execution_id=execution_id, position=0, entry=kg(100, 5)))
    with pytest.raises(MeasureMismatchError):
        await gym.exercises.change(LIFTER, own, measure=Measure.REPS)


async def test_what_is_archived_is_in_no_list_can_not_be_picked_and_comes_back(
    database: Database, gym: Gym, clock: FakeClock, everybody: None
) -> None:
    own = await gym.exercises.create(LIFTER, a_press("Press"))
    for _ in range(2):
        assert (await gym.exercises.archive(LIFTER, own.id)).is_archived
        clock.advance(timedelta(days=1))
    async with database.reading() as session:
        assert (await session.get_one(Exercise, own.id)).archived_at == MONDAY_EVENING
    assert (await gym.exercises.get(LIFTER, own.id)).is_archived
    assert await finds(gym, LIFTER) == await finds(gym, LIFTER, "press") == []
    assert (await gym.library.browse(LIFTER, BodyPart.CHEST, 0)).choices == ()
    archived = SearchFilter(archived=True)
    assert (await gym.library.search(LIFTER, "press", archived)).choices == (Choice(own.id, "Press"),)
    with pytest.raises(NotFoundError):
        await gym.workouts.add_exercise(LIFTER, own.id)
    assert not (await gym.exercises.unarchive(LIFTER, own.id)).is_archived
    assert await finds(gym, LIFTER) == ["Press"]
    await undo(database)
    assert await finds(gym, LIFTER) == []


async def test_seeding_goes_on_with_an_exercise_that_was_only_archived_for_a_while(
    database: Database, gym: Gym, everybody: None
) -> None:
    await gym.library.seed(ADMIN)
    async with database.reading() as session:
        seeded = (await session.scalars(select(Exercise.id).order_by(Exercise.id).limit(1))).one()
    await gym.exercises.archive(ADMIN, seeded)
    await gym.exercises.unarchive(ADMIN, seeded)
    async with database.reading() as session:
        assert not (await session.get_one(Exercise, seeded)).is_edited
    await gym.exercises.change(ADMIN, seeded, how="Better.")
    async with database.reading() as session:
        assert (await session.get_one(Exercise, seeded)).is_edited


async def test_what_history_refers_to_is_not_deleted(database: Database, gym: Gym, everybody: None) -> None:
    bench = await add_exercise(database, "Bench press")
    await add_workout(database, performed={bench: [kg(100, 5)]}, finished=True)
    await add_workout(database, STRANGER, performed={bench: []})
    with pytest.raises(InUseError) as refused:
        await gym.exercises.delete(ADMIN, bench)
    assert refused.value.executions == 2
    assert (await gym.exercises.get(LIFTER, bench)).name == "Bench press"


async def test_a_system_exercise_that_others_were_merged_into_is_not_deleted(
    database: Database, gym: Gym, everybody: None
) -> None:
    press = await gym.exercises.create(ADMIN, a_press("Press"), system=True)
    own = await add_exercise(database, "My press", owner=STRANGER)
    await gym.exercises.merge(STRANGER, own, press.id)
    with pytest.raises(InUseError) as refused:
        await gym.exercises.delete(ADMIN, press.id)
    assert (refused.value.executions, refused.value.merged) == (0, 1)
    assert await finds(gym, STRANGER, "my press") == ["Press"]


async def test_an_own_exercise_is_deleted_with_what_was_merged_into_it(
    database: Database, gym: Gym, everybody: None
) -> None:
    old, new = [await add_exercise(database, name, owner=LIFTER) for name in ("Press 2", "Press")]
    await gym.exercises.merge(LIFTER, old, new)
    await gym.exercises.delete(LIFTER, new)
    assert await how_many(database, Exercise) == 0


async def test_what_nobody_used_is_deleted_with_what_hangs_on_it_and_comes_back_whole(
    database: Database, gym: Gym, everybody: None
) -> None:
    made = await gym.exercises.create(ADMIN, a_press("Press", "p"), system=True)
    for lifter_id in (LIFTER, STRANGER):
        await gym.exercises.prefer(lifter_id, made.id, unit=LB)
    await gym.exercises.delete(ADMIN, made.id)
    for model in (Exercise, ExerciseAlias, ExercisePreference):
        assert await how_many(database, model) == 0
    await undo(database, ADMIN)
    assert await gym.exercises.get(ADMIN, made.id) == made
    for lifter_id in (LIFTER, STRANGER):
        assert (await gym.exercises.get(lifter_id, made.id)).unit is LB


async def test_what_was_merged_into_an_own_exercise_that_comes_back_leads_to_it_again(
    database: Database, gym: Gym, everybody: None
) -> None:
    old, new = [await add_exercise(database, name, owner=LIFTER) for name in ("Press 2", "Press")]
    workout_id = await add_workout(database, finished=True, performed={old: [kg(100, 5)]})
    await gym.history.delete(LIFTER, workout_id)
    await gym.exercises.merge(LIFTER, old, new)
    await gym.exercises.delete(LIFTER, new)
    for _ in range(2):
        await gym.undo.undo(LIFTER)
    assert [done.exercise_id for done in (await gym.history.detail(LIFTER, workout_id)).executions] == [new]
    assert await finds(gym, LIFTER, "press 2") == ["Press"]


@pytest.mark.stocked
async def test_a_built_in_exercise_is_not_deleted_and_stays_as_admins_change_it(
    database: Database, gym: Gym, everybody: None
) -> None:
    bench = (await gym.library.search(ADMIN, "bench")).choices[0]
    with pytest.raises(BuiltInError):
        await gym.exercises.delete(ADMIN, bench.id)
    before = await gym.exercises.get(ADMIN, bench.id)
    for alias in before.aliases[:2]:
        await gym.exercises.remove_alias(ADMIN, bench.id, alias)
    await gym.exercises.rename(ADMIN, bench.id, "House bench")
    edited = await gym.exercises.change(ADMIN, bench.id, default_rest=1)
    squat = (await gym.library.search(ADMIN, "squat")).choices[0]
    merged = await gym.exercises.merge(ADMIN, squat.id, bench.id)
    other = (await gym.library.search(ADMIN, "bicep curl")).choices[0]
    await gym.exercises.archive(ADMIN, other.id)
    async with database.reading() as session:
        assert not (await session.get_one(Exercise, other.id)).is_edited
    report = await gym.library.seed_built_in()
    assert report == SeedReport(new=0, changed=0, same=report.same)
    assert await gym.exercises.get(ADMIN, bench.id) == merged
    assert (merged.name, merged.rest) == (edited.name, edited.rest) == ("House bench", 1)
    assert (await gym.library.search(LIFTER, "squat")).choices[0].id == bench.id


async def test_a_preference_holds_for_one_lifter_and_one_exercise(
    database: Database, gym: Gym, everybody: None
) -> None:
    bench = await add_exercise(database, "Bench press", rest=180)
    other = await add_exercise(database, "Back squat")
    before = await gym.exercises.get(LIFTER, bench)
    assert (before.unit, before.step, before.rest) == (KG, Weight(2_500, KG), 180)
    preferred = await gym.exercises.prefer(LIFTER, bench, unit=LB, weight_step=Weight(10_000, LB), rest=60)
    assert (preferred.unit, preferred.step, preferred.rest) == (LB, Weight(10_000, LB), 60)
    assert await gym.exercises.get(LIFTER, bench) == preferred
    assert await gym.exercises.get(STRANGER, bench) == before
    assert (await gym.exercises.get(LIFTER, other)).unit is KG
    own = await gym.exercises.create(LIFTER, a_press("Own press"))
    assert (await gym.exercises.prefer(LIFTER, own.id, unit=LB)).unit is LB
    assert (await gym.exercises.rename(LIFTER, own.id, "Mine")).unit is LB
    await undo(database)
    assert (await gym.exercises.prefer(LIFTER, bench, rest=None)).rest == 180
    with pytest.raises(InvalidValueError):
        await gym.exercises.prefer(LIFTER, bench, rest=-1)
    await undo(database)
    assert await gym.exercises.get(LIFTER, bench) == preferred
    await asyncio.gather(*(gym.exercises.prefer(STRANGER, bench, rest=rest) for rest in (1, 2, 3)))
    assert (await gym.exercises.get(STRANGER, bench)).rest in {1, 2, 3}


async def refusals(gym: Gym, lifter_id: int, exercise_id: int) -> set[type[BaseException] | None]:
    """How each wish to change the exercise ends."""
    keeping = gym.exercises
    wishes: list[Awaitable[object]] = [
        keeping.rename(lifter_id, exercise_id, "Stolen"),
        keeping.change(lifter_id, exercise_id, how="Stolen."),
        keeping.change(lifter_id, exercise_id, measure=Measure.REPS),
        keeping.add_alias(lifter_id, exercise_id, "stolen"),
        keeping.remove_alias(lifter_id, exercise_id, "hush"),
        keeping.archive(lifter_id, exercise_id),
        keeping.unarchive(lifter_id, exercise_id),
        keeping.delete(lifter_id, exercise_id),
    ]
    results = [await asyncio.gather(wish, return_exceptions=True) for wish in wishes]
    return {type(result) if isinstance(result, TrainingError) else None for (result,) in results}


async def test_what_is_not_theirs_is_not_found_and_what_is_everybodys_is_only_for_admins_to_change(
    database: Database, gym: Gym, everybody: None
) -> None:
    own = await gym.exercises.create(LIFTER, a_press("Secret press", "hush"))
    bench = await gym.exercises.create(ADMIN, a_press("Bench press", "hush"), system=True)
    recorded = await how_many(database, Change)
    for lifter_id, exercise_id in ((STRANGER, own.id), (ADMIN, own.id), (STRANGER, 404), (ADMIN, 404)):
        assert await refusals(gym, lifter_id, exercise_id) == {NotFoundError}
        for wish in (gym.exercises.get, gym.exercises.prefer):
            with pytest.raises(NotFoundError):
                await wish(lifter_id, exercise_id)
    assert await refusals(gym, STRANGER, bench.id) == {NotAllowedError}
    assert await gym.exercises.get(LIFTER, own.id) == own
    assert await gym.exercises.get(LIFTER, bench.id) == bench
    assert await how_many(database, Change) == recorded
