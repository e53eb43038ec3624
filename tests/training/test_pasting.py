"""A workout pasted as text."""

import pytest

from storage.database import Database
from storage.models import Paste, Set, Workout
from storage.values.lifted import SetEntry
from storage.values.quantity import Weight, WeightUnit
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, how_many, kg
from training.errors import NoOpenWorkoutError, NotFoundError, StaleButtonError
from training.gym import Gym
from training.paste_logging import PasteLogged
from training.paste_reading import Preview
from training.pasted import LEFT_OUT, UnknownName, UnreadLine, looks_pasted

WHOLE = "Bench press\n100x5x3\n- 90x8\n\nSquat: 140x5,5"


async def logged_from(gym: Gym, preview: Preview) -> PasteLogged:
    logged = await gym.pastes.log(LIFTER, preview.paste_id, preview.revision)
    assert isinstance(logged, PasteLogged)
    return logged


async def offered(gym: Gym, text: str) -> Preview:
    preview = await gym.pastes.offer(LIFTER, text, 77)
    assert preview is not None
    return preview


def read(preview: Preview) -> list[tuple[str, int]]:
    return [(done.name, len(done.entries)) for done in preview.pasted.exercises]


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        (WHOLE, True),
        ("bench 100x5", True),
        ("Bench: 100x5", True),
        ("100x5", False),
        ("100x5\n95x6", False),
        ("w 60x8\n100x5", False),
        ("bench", False),
        ("", False),
        ("100x5 paused, belt", False),
    ],
)
def test_what_looks_pasted(text: str, looks: bool) -> None:
    assert looks_pasted(text) is looks


async def test_names_and_sets_are_read_and_nothing_is_logged_yet(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    preview = await offered(gym, WHOLE)
    assert [(done.exercise_id, done.entries) for done in preview.pasted.exercises] == [
        (bench, (kg(100, 5), kg(100, 5), kg(100, 5), kg(90, 8))),
        (squat, (kg(140, 5), kg(140, 5))),
    ]
    assert preview.pasted.problems == ()
    assert preview.card is None
    assert [await how_many(database, model) for model in (Set, Workout)] == [0, 0]


async def test_it_is_logged_once_and_taken_back_as_one(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    preview = await offered(gym, WHOLE)
    logged = await logged_from(gym, preview)
    assert (logged.exercises, logged.sets, logged.card.sets, logged.card.exercises) == (2, 6, 6, 2)
    with pytest.raises(StaleButtonError):
        await gym.pastes.log(LIFTER, preview.paste_id, preview.revision)
    assert (await gym.workouts.card(LIFTER)).sets == 6
    await gym.undo.undo(LIFTER)
    with pytest.raises(NoOpenWorkoutError):
        await gym.workouts.card(LIFTER)
    assert await how_many(database, Paste) == 0


async def test_it_goes_on_in_the_open_workout_and_keeps_what_was_done(
    gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await gym.workouts.add_exercise(LIFTER, bench)
    await gym.notebook.write(LIFTER, "100x5")
    preview = await offered(gym, "8\nsquat\n100x5\nbench\n4")
    assert read(preview) == [("Bench press", 2), ("Back squat", 1)]
    await gym.pastes.log(LIFTER, preview.paste_id, preview.revision)
    (first, second) = (await gym.history.detail(LIFTER, (await gym.workouts.card(LIFTER)).workout_id)).executions
    assert [done.entry for done in first.sets] == [kg(100, 5), kg(100, 8), kg(100, 4)]
    assert [done.entry for done in second.sets] == [kg(100, 5)]


async def test_an_unknown_name_is_asked_about_and_means_what_the_lifter_says(
    gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    preview = await offered(gym, "Bnech press\n100x5\nSquat\n60x5")
    (problem,) = preview.pasted.problems
    assert isinstance(problem, UnknownName)
    assert [choice.id for choice in problem.matches.choices] == [bench]
    named = await gym.pastes.name(LIFTER, preview.paste_id, preview.revision, bench)
    assert (read(named), named.pasted.problems) == ([("Bench press", 1), ("Back squat", 1)], ())
    with pytest.raises(StaleButtonError):
        await gym.pastes.name(LIFTER, preview.paste_id, preview.revision, squat)


async def test_a_name_that_is_left_out_takes_its_sets_along(gym: Gym, lifter: int, bench: int) -> None:
    preview = await offered(gym, "Push day\nbench\n100x5\nZercher thing\n40x5")
    preview = await gym.pastes.name(LIFTER, preview.paste_id, preview.revision, LEFT_OUT)
    preview = await gym.pastes.name(LIFTER, preview.paste_id, preview.revision, LEFT_OUT)
    assert (read(preview), preview.pasted.problems) == ([("Bench press", 1)], ())


async def test_an_unclear_line_is_settled_or_left_out(gym: Gym, lifter: int, bench: int) -> None:
    preview = await offered(gym, "bench 100,5\n100x-5")
    first, second = preview.pasted.problems
    assert isinstance(first, UnreadLine)
    assert isinstance(second, UnreadLine)
    preview = await gym.pastes.settle(LIFTER, preview.paste_id, preview.revision, 0)
    preview = await gym.pastes.settle(LIFTER, preview.paste_id, preview.revision, None)
    assert (read(preview), preview.pasted.problems) == ([("Bench press", 1)], ())
    assert (await logged_from(gym, preview)).sets == 1


async def test_what_is_left_open_is_not_logged(gym: Gym, lifter: int, bench: int) -> None:
    preview = await offered(gym, "bench 100x5\n100x-5")
    with pytest.raises(StaleButtonError):
        await gym.pastes.log(LIFTER, preview.paste_id, preview.revision)
    with pytest.raises(StaleButtonError):
        await gym.pastes.settle(LIFTER, preview.paste_id, preview.revision, 5)


async def test_a_new_text_takes_the_old_ones_place(gym: Gym, database: Database, lifter: int, bench: int) -> None:
    old = await offered(gym, "bench 100x5")
    new = await offered(gym, "bench 95x6")
    with pytest.raises(StaleButtonError):
        await gym.pastes.log(LIFTER, old.paste_id, old.revision)
    assert await gym.pastes.drop(LIFTER, new.paste_id, new.revision) is None
    assert await how_many(database, Paste) == 0


async def test_what_reads_otherwise_by_now_is_shown_again_before_it_is_logged(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    preview = await offered(gym, "bench 225x5")
    await gym.lifters.change_settings(lifter, unit=WeightUnit.LB)
    again = await gym.pastes.log(lifter, preview.paste_id, preview.revision)
    assert isinstance(again, Preview)
    assert await how_many(database, Set) == 0
    logged = await logged_from(gym, again)
    assert logged.card.current is not None
    assert logged.card.current.today == (SetEntry(Weight.of(225, WeightUnit.LB), 5),)


async def test_a_text_that_was_cut_by_the_phone_is_read_as_one(
    gym: Gym, database: Database, lifter: int, bench: int, squat: int
) -> None:
    first = "Bench press\n" + "\n".join(f"100x5 # {'long note ' * 9}" for _ in range(40))
    await gym.pastes.offer(LIFTER, first[:4096], 10)
    both = await gym.pastes.offer(LIFTER, "Squat\n140x5", 11)
    assert both is not None
    assert [name for name, _ in read(both)] == ["Bench press", "Back squat"]
    await gym.pastes.offer(LIFTER, first[:4096], 20)
    anew = await gym.pastes.offer(LIFTER, "Bench press\n140x5", 22)
    assert anew is not None
    assert read(anew) == [("Bench press", 1)]
    await gym.pastes.offer(LIFTER, first[:4096], 30)
    later = await gym.pastes.offer(LIFTER, "Squat\n140x5", 40)
    assert later is not None
    assert read(later) == [("Back squat", 1)]


async def test_a_strangers_text_is_not_there(gym: Gym, database: Database, lifter: int, bench: int) -> None:
    preview = await offered(gym, "bench 100x5")
    await add_lifter(database, STRANGER)
    own = await add_exercise(database, "Mine", owner=STRANGER)
    with pytest.raises(StaleButtonError):
        await gym.pastes.log(STRANGER, preview.paste_id, preview.revision)
    unknown = await offered(gym, "bemch 100x5\nfoo\n100x5")
    with pytest.raises(NotFoundError):
        await gym.pastes.name(LIFTER, unknown.paste_id, unknown.revision, own)


@pytest.mark.parametrize("text", ["hello\nhow are you", "bench\nsquat", "100x5\n100x-5", "nobody knows 5", "<b>\n</b>"])
async def test_what_is_no_workout_is_left_alone(gym: Gym, lifter: int, bench: int, squat: int, text: str) -> None:
    assert await gym.pastes.offer(LIFTER, text) is None


@pytest.mark.parametrize(
    ("text", "known"),
    [("Bench press\n100x5", True), ("bench press 100x5", True), ("next time 105x5", False), ("felt good\nlong", False)],
)
async def test_a_text_asked_for_otherwise_is_a_workout_only_by_names_that_are_known(
    gym: Gym, lifter: int, bench: int, *, text: str, known: bool
) -> None:
    assert bench
    assert await gym.pastes.names_known(lifter, text) is known


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("2024-03-01 bench 100x5", "2024-03-01\nbench 100x5"),
        ("1 March 2024, 18:00-19:15: bench 100x5\n90x8", "1 March 2024, 18:00-19:15:\nbench 100x5\n90x8"),
        ("yesterday squat 140x5", "yesterday\nsquat 140x5"),
        ("Tuesday bench 100x5\n90x8", "2025-12-30\nbench 100x5\n90x8"),
        ("2 days ago\nbench 100x5", "2026-01-03\nbench 100x5"),
        ("sun salutation 100x5", "sun salutation 100x5"),
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01 100x5", "2024-03-01 100x5"),
        ("5/3/1 bench 100x5", "5/3/1 bench 100x5"),
        ("bench 100x5", "bench 100x5"),
        ("", ""),
    ],
)
async def test_a_day_in_front_of_a_name_gets_a_line_of_its_own(gym: Gym, lifter: int, text: str, apart: str) -> None:
    assert await gym.pastes.with_day_apart(lifter, text) == apart
