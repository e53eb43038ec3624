"""The bot in a group: it tells the way to the private chat, and nobody's business."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.spotter import Spotter
from handlers.callback_data import pack
from handlers.workout.buttons import AskToFinish, LogSuggested, ShowCard
from simulator.driver import Lifter
from simulator.groups import Status
from simulator.server import Simulator
from storage.database import Database
from storage.models import JournalRow, User
from training.gym import Gym


@pytest.fixture
async def lifting(ann: Lifter, spotter: Spotter) -> Lifter:
    """Ann at the bench after a set."""
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("/set bench 100x5")
    await ann.sees("Today: 100 kg × 5")
    await spotter.lanes.idle()
    return ann


@pytest.fixture
def ben(telegram: Simulator) -> Lifter:
    """Who has never written to the bot."""
    return telegram.lifter("Ben")


@pytest.fixture
async def group(telegram: Simulator, lifting: Lifter, ben: Lifter) -> int:
    """Ann's and Ben's, to which she has brought the bot."""
    created = telegram.groups.create("Gym <3", [lifting.id, ben.id])
    telegram.groups.add_bot(created, by=lifting.id)
    return created


@pytest.fixture(autouse=True)
def refuses_nothing(telegram: Simulator) -> Iterator[None]:
    yield
    assert not telegram.refusals


async def known(database: Database) -> set[int]:
    async with database.reading() as session:
        return set(await session.scalars(select(User.id)))


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_command_is_answered_with_a_link_to_the_private_chat(
    lifting: Lifter, ben: Lifter, group: int, spotter: Spotter, gym: Gym, database: Database
) -> None:
    before = await gym.workouts.card(lifting.id)
    private = len(lifting.chat)
    for somebody, text in ((lifting, "/workout"), (lifting, "/set@simulated_bot bench 100x5"), (ben, "/start")):
        here = somebody.in_group(group)
        command = await here.sends(text)
        await here.is_noticed()
        await spotter.lanes.idle()
        answer = here.last
        assert (answer.from_bot, answer.reply_to) == (True, command)
        assert "https://t.me/simulated_bot?start=" in answer.text
        assert here.buttons == ["💬 Open Spotter"]
        for theirs in ("Ann", "Ben", "Bench", "100 kg", "Today"):
            here.does_not_see(theirs)
    assert len(lifting.chat) == private
    assert not ben.chat
    assert await gym.workouts.card(lifting.id) == before
    assert ben.id not in await known(database)  # who has only been seen in a group is no lifter yet


async def test_the_link_leads_to_where_the_lifter_stands(lifting: Lifter, group: int) -> None:
    here = lifting.in_group(group)
    await here.sends("/start")
    link = (await here.sees("https://t.me/")).text.rpartition("?start=")[2]
    await lifting.sends(f"/start {link}")
    await lifting.sees("Today: 100 kg × 5")


async def test_a_button_pressed_in_a_group_is_answered_and_does_nothing(
    lifting: Lifter, ben: Lifter, group: int, spotter: Spotter, telegram: Simulator, gym: Gym
) -> None:
    await lifting.in_group(group).sends("/start")
    answer = await lifting.in_group(group).sees("https://t.me/")
    await spotter.lanes.idle()
    before = await gym.workouts.card(lifting.id)
    messages, private = len(lifting.in_group(group).chat), lifting.chat
    made = len(telegram.calls)
    for somebody in (ben, lifting):
        here = somebody.in_group(group)
        for press in (LogSuggested(before.workout_id, before.revision), ShowCard(), AskToFinish()):
            await here.forges(answer.id, pack(press))
        assert here.toasts == []
    await spotter.lanes.idle()
    methods = {call.method for call in telegram.calls[made:]}
    assert methods <= {"answerCallbackQuery", "getUpdates"}
    assert len(lifting.in_group(group).chat) == messages
    assert lifting.chat == private
    assert await gym.workouts.card(lifting.id) == before


async def test_coming_talking_moving_and_going_is_harmless(
    lifting: Lifter, ben: Lifter, group: int, spotter: Spotter, telegram: Simulator, gym: Gym, database: Database
) -> None:
    before = await gym.workouts.card(lifting.id)
    cid = telegram.lifter("Cid")
    telegram.groups.join(group, cid.id)
    telegram.groups.add_bot(group, by=lifting.id, status=Status.ADMINISTRATOR)  # so that it hears everything
    said = await ben.in_group(group).sends("I did 100x5 <today>")
    await ben.in_group(group).edits(said, "/set 100x5")
    await lifting.in_group(group).sends("105x5")
    await ben.in_group(group).sends_sticker()
    basic = telegram.groups.create("Old", [lifting.id], supergroup=False)
    telegram.groups.add_bot(basic, by=lifting.id)
    telegram.groups.upgrade(basic, by=lifting.id)
    telegram.groups.remove_bot(group, by=ben.id)
    await lifting.sends("110x5")
    await lifting.sees("110 kg × 5")
    await spotter.lanes.idle()
    assert all(not call.arguments.get("chat_id", "").startswith("-") for call in telegram.calls)
    assert (await gym.workouts.card(lifting.id)).sets == before.sets + 1
    assert await known(database) == {lifting.id}
    async with database.reading() as session:
        kept = [str(row.payload) for row in await session.scalars(select(JournalRow))]
    assert kept
    assert not [payload for payload in kept if "supergroup" in payload]  # what a group talks about is not kept


async def test_where_it_may_not_write_a_command_is_passed_over(
    lifting: Lifter, group: int, spotter: Spotter, telegram: Simulator
) -> None:
    telegram.groups.silence_bot(group)
    await lifting.in_group(group).sends("/start")
    await lifting.sends("102.5x5")
    await lifting.sees("102.5 kg × 5")
    await spotter.lanes.idle()
    (refusal,) = telegram.refusals
    assert "not enough rights" in str(refusal.description)
    assert not [message for message in lifting.chat if "Sorry" in message.text]
    telegram.calls.remove(refusal)
