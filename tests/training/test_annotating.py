"""A note or an RPE for a set that is logged already."""

from decimal import Decimal

import pytest
from sqlalchemy import update

from storage.database import Database
from storage.models import Workout
from tests.support.rows import LIFTER, STRANGER, add_lifter
from tests.support.training import told
from training.annotating import Annotated, OfFinished, Remark, read_remark
from training.errors import FrozenError, NotFoundError, StaleButtonError, UnreadableSetError
from training.gym import Gym
from training.notation import Unreadable

CARD, MESSAGE = 501, 77


@pytest.fixture
async def done(gym: Gym, database: Database, lifter: int, bench: int) -> int:
    """Two sets of the bench, the first of them with a note; the id of the workout."""
    card = await gym.workouts.add_exercise(lifter, bench)
    await gym.notebook.write(lifter, "100x5 # belt", MESSAGE)
    await gym.notebook.write(lifter, "95x6", MESSAGE + 1)
    async with database.writing() as session:
        await session.execute(update(Workout).values(card_message_id=CARD))
    return card.workout_id


async def remarks(gym: Gym) -> list[tuple[Decimal | None, str]]:
    current = (await gym.workouts.card(LIFTER)).current
    assert current is not None
    return [(entry.rpe, entry.note) for entry in current.today]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("@8", Remark(Decimal(8))),
        ("@8,5", Remark(Decimal("8.5"))),
        ("rpe 8.5", Remark(Decimal("8.5"))),
        ("RPE 9 slow", Remark(Decimal(9), "slow")),
        ("@9 # grinder", Remark(Decimal(9), "grinder")),
        ("slow", Remark(note="slow")),
        ("# 2 min rest", Remark(note="2 min rest")),
        ("left knee\nhurts", Remark(note="left knee hurts")),
        ("💪 <b>", Remark(note="💪 <b>")),
        ("rpeat that", Remark(note="rpeat that")),
    ],
)
def test_what_a_remark_says(text: str, remark: Remark) -> None:
    assert read_remark(text) == remark


@pytest.mark.parametrize("text", ["@11", "rpe 8.3", "@"])
def test_an_rpe_that_there_is_not(text: str) -> None:
    assert isinstance(read_remark(text), Unreadable)


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize(("replied", "number"), [(CARD, 1), (MESSAGE, 0), (MESSAGE + 1, 1)])
async def test_a_reply_annotates_the_set_that_it_is_about(gym: Gym, replied: int, number: int) -> None:
    await gym.annotating.reply(LIFTER, replied, "@8.5")
    assert (await remarks(gym))[number][0] == Decimal("8.5")
    await gym.annotating.reply(LIFTER, replied, "slow")
    assert (await remarks(gym))[number] == (Decimal("8.5"), "slow")
    await gym.undo.undo(LIFTER)
    await gym.undo.undo(LIFTER)
    assert await remarks(gym) == [(None, "belt"), (None, "")]


@pytest.mark.usefixtures("done")
async def test_a_reply_to_the_end_of_a_rest_is_about_the_set_before_it(gym: Gym, database: Database) -> None:
    await told(database, 600)
    annotated = await gym.annotating.reply(LIFTER, 600, "@9")
    assert isinstance(annotated, Annotated)
    assert (annotated.entry.rpe, annotated.name) == (Decimal(9), "Bench press")


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize(
    ("replied", "text"), [(999, "slow"), (CARD, "100x5"), (CARD, "8"), (MESSAGE, "100x5"), (CARD, "bench")]
)
async def test_other_replies_are_messages_like_any(gym: Gym, replied: int, text: str) -> None:
    assert await gym.annotating.reply(LIFTER, replied, text) is None
    assert await remarks(gym) == [(None, "belt"), (None, "")]


@pytest.mark.usefixtures("done")
async def test_an_rpe_that_there_is_not_is_refused(gym: Gym) -> None:
    with pytest.raises(UnreadableSetError):
        await gym.annotating.reply(LIFTER, CARD, "@11")


@pytest.mark.parametrize("another_open", [False, True])
@pytest.mark.parametrize("replied", [MESSAGE, CARD])
async def test_a_finished_workouts_set_stays_as_it_is(
    gym: Gym, done: int, squat: int, replied: int, *, another_open: bool
) -> None:
    card = await gym.workouts.card(LIFTER)
    await gym.workouts.finish(LIFTER, done, card.revision)
    if another_open:
        await gym.workouts.add_exercise(LIFTER, squat)
    for text in ("slow", "@8"):
        left = await gym.annotating.reply(LIFTER, replied, text)
        assert left == OfFinished(done, card.revision + 1, another_open=another_open)
    assert await gym.annotating.reply(LIFTER, replied, "100x5") is None
    detail = await gym.history.detail(LIFTER, done)
    assert [row.entry.note for row in detail.executions[0].sets] == ["belt", ""]
    with pytest.raises(FrozenError):
        await gym.annotating.annotate(LIFTER, detail.executions[0].sets[0].id, Remark(note="slow"))


@pytest.mark.usefixtures("done")
async def test_a_button_rates_the_set_that_it_showed_once(gym: Gym) -> None:
    card = await gym.workouts.card(LIFTER)
    detail = await gym.history.detail(LIFTER, card.workout_id)
    set_id = detail.executions[0].sets[1].id
    await gym.annotating.annotate(LIFTER, set_id, Remark(Decimal(8)), revision=card.revision)
    with pytest.raises(StaleButtonError):
        await gym.annotating.annotate(LIFTER, set_id, Remark(Decimal(9)), revision=card.revision)
    assert await remarks(gym) == [(None, "belt"), (Decimal(8), "")]


@pytest.mark.usefixtures("done")
async def test_a_strangers_set_is_not_there(gym: Gym, database: Database) -> None:
    card = await gym.workouts.card(LIFTER)
    set_id = (await gym.history.detail(LIFTER, card.workout_id)).executions[0].sets[0].id
    await add_lifter(database, STRANGER)
    with pytest.raises(NotFoundError):
        await gym.annotating.annotate(STRANGER, set_id, Remark(note="mine"))
    assert await gym.annotating.reply(STRANGER, MESSAGE, "mine") is None
    assert await remarks(gym) == [(None, "belt"), (None, "")]


@pytest.mark.usefixtures("done")
async def test_the_rpe_is_asked_for_only_where_it_is_wanted_and_missing(gym: Gym) -> None:
    async def asked() -> bool:
        current = (await gym.workouts.card(LIFTER)).current
        assert current is not None
        return current.unrated is not None

    assert not await asked()
    await gym.lifters.change_settings(LIFTER, asks_rpe=True)
    assert await asked()
    await gym.annotating.reply(LIFTER, CARD, "@9")
    assert not await asked()
    await gym.notebook.write(LIFTER, "w 60x5")
    assert not await asked()
    await gym.notebook.write(LIFTER, "100x5 @8")
    assert not await asked()
