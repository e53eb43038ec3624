import asyncio

import pytest
from sqlalchemy import func, select

from storage import exercises
from storage.catalogue import built_in
from storage.database import Database
from storage.models import Exercise, ExerciseAlias, User
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.finding import Owned, SearchFilter
from storage.values.lifted import SetEntry
from storage.values.name_key import name_key
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from training.errors import NotAllowedError
from training.exercise_detail import NewExercise
from training.gym import Gym
from training.library import PAGE_SIZE, ExercisePage, SearchPage, search
from training.matches import Choice, Matches
from training.seeding import SeedReport

WHOLE = len(built_in())


async def found(database: Database, text: str) -> Matches:
    async with database.reading() as session:
        return await search(session, LIFTER, text)


async def names(database: Database, text: str) -> list[str]:
    return [choice.name for choice in (await found(database, text)).choices]


async def named(database: Database, name: str) -> Exercise:
    async with database.reading() as session:
        found = (await exercises.by_exact_keys(session, LIFTER, [name_key(name)]))[name_key(name)]
    assert len(found) == 1
    return found[0]


async def change(database: Database, exercise_name: str, **values: object) -> None:
    async with database.writing() as session:
        exercise = (await session.scalars(select(Exercise).where(Exercise.name == exercise_name))).one()
        for field, value in values.items():
            setattr(exercise, field, value)


async def test_seeding_loads_the_whole_catalogue(database: Database, gym: Gym) -> None:
    assert await gym.library.seed_built_in() == SeedReport(new=WHOLE, changed=0, same=0)
    for entry in built_in():
        exercise = await named(database, entry.name)
        assert (exercise.measure, exercise.default_rest, exercise.how) == (entry.measure, entry.rest, entry.how)
        assert exercise.user_id is None


async def test_seeding_again_changes_nothing(database: Database, gym: Gym) -> None:
    await gym.library.seed_built_in()
    assert await gym.library.seed_built_in() == SeedReport(new=0, changed=0, same=WHOLE)
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Exercise)) == WHOLE


async def test_replicas_that_seed_at_the_same_time_load_the_catalogue_once(database: Database, gym: Gym) -> None:
    reports = await asyncio.gather(*(gym.library.seed_built_in() for _ in range(4)))
    assert sum(report.new for report in reports) == WHOLE
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Exercise)) == WHOLE


@pytest.mark.stocked
async def test_seeding_brings_an_exercise_up_to_date_and_keeps_its_id(database: Database, gym: Gym) -> None:
    entry = built_in()[0]
    before = await named(database, entry.name)
    await change(database, entry.name, default_rest=1, how="Do it.", measure=Measure.DURATION)
    await change(database, built_in()[1].name, how="Do it.")
    assert await gym.library.seed_built_in() == SeedReport(new=0, changed=2, same=WHOLE - 2)
    after = await named(database, entry.name)
    assert (after.id, after.default_rest, after.measure) == (before.id, entry.rest, entry.measure)


@pytest.mark.stocked
async def test_an_exercise_that_was_renamed_is_found_again_and_not_made_anew(database: Database, gym: Gym) -> None:
    entry = built_in()[0]
    before = await named(database, entry.name)
    await change(database, entry.name, name="House speciality", name_key="house speciality")
    assert (await gym.library.seed_built_in()).new == 0
    assert (await named(database, entry.name)).id == before.id


async def test_an_exercise_that_an_admin_had_made_before_stays_the_admins(database: Database, gym: Gym) -> None:
    await add_lifter(database, ADMIN)
    entry, older = built_in()[:2]
    wanted = NewExercise(entry.name, BodyPart.CHEST, Modality.MACHINE, Measure.DISTANCE_DURATION, how="My way.")
    made = await gym.exercises.create(ADMIN, wanted, system=True)
    row = await add_exercise(database, older.name, measure=Measure.DISTANCE_DURATION)
    assert await gym.library.seed_built_in() == SeedReport(new=WHOLE - 2, changed=0, same=2)
    assert await gym.exercises.get(ADMIN, made.id) == made
    assert (await named(database, older.name)).id == row
    async with database.reading() as session:
        mine, not_recorded = [await session.get_one(Exercise, it) for it in (made.id, row)]
    assert mine.is_edited
    assert mine.catalogue_key is not_recorded.catalogue_key is None
    assert not_recorded.measure is Measure.DISTANCE_DURATION


@pytest.mark.stocked
async def test_seeding_leaves_the_measure_of_what_stands_in_a_workout(database: Database, gym: Gym) -> None:
    await add_lifter(database)
    done, begun, free = [await named(database, entry.name) for entry in built_in()[:3]]
    await add_workout(database, finished=True, performed={done.id: [SetEntry(duration=60)]})
    await add_workout(database, performed={begun.id: []})
    for exercise in (done, begun, free):
        await change(database, exercise.name, measure=Measure.DURATION, how="Hold it.")
    assert await gym.library.seed_built_in() == SeedReport(new=0, changed=3, same=WHOLE - 3)
    after = [await named(database, entry.name) for entry in built_in()[:3]]
    assert [exercise.measure for exercise in after] == [Measure.DURATION, Measure.DURATION, free.measure]
    assert [exercise.how for exercise in after] == [entry.how for entry in built_in()[:3]]
    assert await gym.library.seed_built_in() == SeedReport(new=0, changed=0, same=WHOLE)


@pytest.mark.stocked
async def test_an_alias_that_is_missing_is_added_and_others_stay(database: Database, gym: Gym) -> None:
    entry = next(entry for entry in built_in() if len(entry.aliases) > 1)
    exercise = await named(database, entry.name)
    async with database.writing() as session:
        gone = select(ExerciseAlias).where(ExerciseAlias.alias_key == name_key(entry.aliases[0]))
        await session.delete((await session.scalars(gone)).one())
        session.add(ExerciseAlias(exercise_id=exercise.id, alias="Mine", alias_key="mine of my own"))
    assert (await gym.library.seed_built_in()).changed == 1
    assert (await named(database, entry.aliases[0])).id == exercise.id
    assert (await named(database, "mine of my own")).id == exercise.id


async def test_a_name_that_an_admin_gave_another_exercise_leads_to_that_one_alone(database: Database, gym: Gym) -> None:
    await add_lifter(database, ADMIN)
    entry = next(entry for entry in built_in() if len(entry.aliases) > 1)
    made = NewExercise(entry.aliases[0], BodyPart.CHEST, Modality.BARBELL, Measure.REPS, aliases=(entry.aliases[1],))
    await gym.exercises.create(ADMIN, made, system=True)
    for _ in range(2):
        await gym.library.seed_built_in()
        for alias in entry.aliases[:2]:
            assert (await named(database, alias)).name == entry.aliases[0]
        assert (await named(database, entry.name)).name == entry.name


@pytest.mark.stocked
async def test_an_exercise_that_was_archived_stays_archived(database: Database, gym: Gym) -> None:
    entry = built_in()[0]
    await change(database, entry.name, archived_at=MONDAY_EVENING)
    assert await gym.library.seed_built_in() == SeedReport(new=0, changed=0, same=WHOLE)
    assert entry.name not in await names(database, entry.name)


async def test_only_admins_may_load_the_catalogue(database: Database, gym: Gym) -> None:
    with pytest.raises(NotAllowedError):
        await gym.library.seed(LIFTER)
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Exercise)) == 0
    assert (await gym.library.seed(ADMIN)).new == WHOLE


@pytest.mark.stocked
async def test_every_exercise_stands_on_some_page_of_its_body_part(gym: Gym) -> None:
    listed: list[str] = []
    for part in BodyPart:
        first = await gym.library.browse(LIFTER, part, 0)
        pages = [await gym.library.browse(LIFTER, part, number) for number in range(first.pages)]
        assert [page.page for page in pages] == list(range(first.pages))
        assert all(1 <= len(page.choices) <= PAGE_SIZE for page in pages)
        listed += [choice.name for page in pages for choice in page.choices]
    assert sorted(listed) == sorted(entry.name for entry in built_in())


@pytest.mark.parametrize(("asked", "shown"), [(-1, 0), (0, 0), (1, 1), (2, 1), (10**6, 1)])
async def test_a_page_that_does_not_exist_gives_the_nearest_one(
    database: Database, gym: Gym, asked: int, shown: int
) -> None:
    for number in range(PAGE_SIZE + 1):
        await add_exercise(database, f"Press {number}")
    page = await gym.library.browse(LIFTER, BodyPart.CHEST, asked)
    assert (page.page, page.pages) == (shown, 2)
    assert len(page.choices) == (PAGE_SIZE, 1)[shown]


async def test_a_page_number_that_no_database_can_count_to_gives_the_last_page(database: Database, gym: Gym) -> None:
    await add_exercise(database, "Bench press")
    page = await gym.library.browse(LIFTER, BodyPart.CHEST, 2**63 - 1)
    assert (page.page, page.pages, len(page.choices)) == (0, 1, 1)


async def test_a_body_part_without_exercises_is_one_empty_page(gym: Gym) -> None:
    assert await gym.library.browse(LIFTER, BodyPart.CHEST, 3) == ExercisePage(BodyPart.CHEST, (), 0, 1)


async def test_a_lifters_own_exercises_stand_among_those_of_the_body_part(database: Database, gym: Gym) -> None:
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
        await add_exercise(database, f"Press of {lifter_id}", owner=lifter_id)
    for lifter_id in (LIFTER, STRANGER):
        page = await gym.library.browse(lifter_id, BodyPart.CHEST, 0)
        assert [choice.name for choice in page.choices] == [f"Press of {lifter_id}"]


async def test_the_likeliest_comes_first(database: Database) -> None:
    for name in ("Benched stretch", "Workbench", "Incline bench press", "Bench press machine", "Bench press"):
        await add_exercise(database, name)
    assert await names(database, "BENCH  press") == ["Bench press", "Bench press machine", "Incline bench press"]
    assert (await names(database, "bench"))[-1] == "Benched stretch"
    assert "Workbench" not in await names(database, "bench")


async def test_one_that_has_just_this_name_or_alias_is_exact(database: Database) -> None:
    bench = await add_exercise(database, "Bench press", aliases=["BP"])
    await add_exercise(database, "Bench press machine")
    for text in ("bench press", "Bench Press!", "bp"):
        matches = await found(database, text)
        assert (matches.exact, matches.text, matches.more) == (Choice(bench, "Bench press"), text, 0)


async def test_one_that_alone_was_found_is_as_good_as_exact_if_the_text_says_what_it_is(database: Database) -> None:
    flag = await add_exercise(database, "Dragon flag (mat)")
    for text in ("dragon flag", "drag fla"):
        assert (await found(database, text)).exact == Choice(flag, "Dragon flag (mat)")
    for text in ("dragon", "flag", "dragon mat"):
        assert await found(database, text) == Matches(text, (Choice(flag, "Dragon flag (mat)"),), 0, None)


async def test_nothing_is_exact_where_two_have_the_name(database: Database) -> None:
    await add_lifter(database)
    await add_exercise(database, "Press")
    await add_exercise(database, "Press", owner=LIFTER)
    matches = await found(database, "press")
    assert matches.exact is None
    assert len(matches.choices) == 2


@pytest.mark.parametrize("text", ["", "  ", "🔥", "%", "xyzzy", "bench xyzzy", "b " * 2048, "b" * 4096])
async def test_what_is_nowhere_is_not_found(database: Database, text: str) -> None:
    await add_exercise(database, "Bench press")
    assert await found(database, text) == Matches(text, (), 0, None)


async def test_a_long_list_says_how_many_are_left_out(database: Database) -> None:
    for number in range(PAGE_SIZE + 3):
        await add_exercise(database, f"Press {number}")
    matches = await found(database, "press")
    assert (len(matches.choices), matches.more) == (PAGE_SIZE, 3)


async def test_a_misspelt_name_is_guessed_but_never_taken_for_exact(database: Database) -> None:
    await add_exercise(database, "Bench press", aliases=["flat bench"])
    matches = await found(database, "benhc pres")
    assert ([choice.name for choice in matches.choices], matches.exact, matches.guessed) == (
        ["Bench press"],
        None,
        True,
    )
    assert not (await found(database, "bench")).guessed


async def test_a_search_lists_exact_names_first_and_what_the_lifter_uses_before_the_rest(
    database: Database, gym: Gym, lifter: int
) -> None:
    presses = [await add_exercise(database, f"Press {number}") for number in range(PAGE_SIZE + 1)]
    used, press = presses[-1], await add_exercise(database, "Overhead lift", aliases=["press"])
    await add_workout(database, finished=True, performed={used: [kg(100, 5)]})
    first = await gym.library.search(lifter, " PRESS")
    second = await gym.library.search(lifter, " PRESS", page=1)
    assert [choice.id for choice in first.choices + second.choices] == [press, used, *presses[:-1]]
    assert (first.page, first.pages, first.total, first.guessed) == (0, 2, PAGE_SIZE + 2, False)
    assert await gym.library.search(lifter, " PRESS", page=9) == second
    assert (second.page, second.text) == (1, " PRESS")
    browsed = await gym.library.browse(lifter, BodyPart.CHEST, 0)
    assert [choice.id for choice in browsed.choices] == [used, press, *presses[: PAGE_SIZE - 2]]
    assert (await gym.library.browse(STRANGER, BodyPart.CHEST, 0)).choices[0].id == press
    assert (await gym.library.search(lifter, "")).choices[0].id == used
    assert (await gym.library.search(STRANGER, "")).choices[0].id == press
    guesses = await gym.library.search(lifter, "perss")
    assert guesses.guessed
    assert (await gym.library.search(STRANGER, "perss")).choices != guesses.choices


async def test_a_search_keeps_to_its_filters_and_a_blank_text_lists_whatever_passes_them(
    database: Database, gym: Gym, lifter: int
) -> None:
    await add_exercise(database, "Bench press")
    mine = await add_exercise(database, "Bench my way", owner=lifter)
    own = SearchFilter(owned=Owned.OWN)
    for text in ("bench", "benhc", "way bench", "", "  "):
        page = await gym.library.search(lifter, text, own)
        assert (page.choices, page.total, page.filters) == ((Choice(mine, "Bench my way"),), 1, own)
        assert page.guessed is (text == "benhc")
        assert (await gym.library.search(lifter, text)).total == (1 if "way" in text else 2)
        assert (await gym.library.search(lifter, text, SearchFilter(archived=True))).total == 0


@pytest.mark.parametrize("text", ["🔥", "%", "xyzzy", "bench xyzzy", "b " * 2048, "benhc" * 999, "\0", "\ud800"])
async def test_a_search_for_what_is_nowhere_is_one_empty_page(database: Database, gym: Gym, text: str) -> None:
    await add_exercise(database, "Bench press")
    nothing = SearchPage(text, SearchFilter(), (), page=0, pages=1, total=0, guessed=False)
    assert await gym.library.search(LIFTER, text) == nothing
    assert await found(database, text) == Matches(text, (), 0, None)


async def test_who_was_made_an_admin_may_load_the_catalogue(database: Database, gym: Gym, lifter: int) -> None:
    async with database.writing() as session:
        (await session.get_one(User, lifter)).is_admin = True
    assert (await gym.library.seed(lifter)).new == WHOLE


async def test_other_lifters_exercises_are_not_found(database: Database, gym: Gym) -> None:
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
    await add_exercise(database, "Secret press", owner=STRANGER, aliases=["hush"])
    assert await names(database, "secret") == await names(database, "hush") == []
    assert (await gym.library.browse(LIFTER, BodyPart.CHEST, 0)).choices == ()
