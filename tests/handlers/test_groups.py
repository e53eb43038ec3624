"""In a group nothing is told but the way to the private chat."""

from typing import Any

import pytest
from sqlalchemy import select

from handlers.callback_data import pack
from handlers.workout.buttons import AskToFinish
from storage.database import Database
from storage.models import JournalRow, User
from storage.values.chat import JournalStatus
from tests.support.phone import Phone, only
from tests.support.recording_request import RecordingRequest
from training.gym import Gym

GROUP = {"id": -100, "type": "supergroup", "title": "Gym"}


def message(lifter_id: int, text: str) -> dict[str, Any]:
    person = {"id": lifter_id, "is_bot": False, "first_name": "Ann"}
    length = len(text.split(maxsplit=1)[0])
    entities = [{"type": "bot_command", "offset": 0, "length": length}] if text[0] == "/" else []
    return {"message_id": 1, "date": 0, "chat": GROUP, "from": person, "text": text, "entities": entities}


@pytest.mark.parametrize(
    "text", ["/start", "/start@spotter_bot", "/set@Spotter_Bot bench 100x5", "/finish", "/workout@spotter_bot x"]
)
async def test_a_command_is_answered_with_a_link(lifting: Phone, gym: Gym, text: str) -> None:
    before = await gym.workouts.card(lifting.lifter_id)
    answer = only(await lifting.gets({"update_id": 1, "message": message(lifting.lifter_id, text)}), "sendMessage")
    assert answer.parameters["chat_id"] == "-100"
    assert "https://t.me/spotter_bot?start=" in answer.text
    assert answer.buttons[0]["url"].startswith("https://t.me/spotter_bot?start=")
    assert "Bench" not in answer.text
    assert await gym.workouts.card(lifting.lifter_id) == before


async def test_who_has_blocked_the_bot_is_not_back_because_of_what_they_do_in_a_group(
    lifting: Phone, gym: Gym, database: Database
) -> None:
    await gym.lifters.mark_unreachable(lifting.lifter_id)
    only(await lifting.gets({"update_id": 1, "message": message(lifting.lifter_id, "/start")}), "sendMessage")
    async with database.reading() as session:
        assert (await session.get_one(User, lifting.lifter_id)).unreachable_since is not None


@pytest.mark.parametrize(
    "text", ["100x5", "bench", "/ban", "/start@other_bot", "hello @spotter_bot", "kg", "/", "spotter /start"]
)
async def test_whatever_else_is_said_there_is_not_for_the_bot(lifting: Phone, gym: Gym, text: str) -> None:
    assert await lifting.gets({"update_id": 1, "message": message(lifting.lifter_id, text)}) == []
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 0


async def test_a_group_that_takes_no_more_messages_just_now_keeps_nobody_waiting_in_private(
    lifting: Phone, telegram: RecordingRequest, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.groups.flow._PATIENCE", 0.01)
    telegram.hold("sendMessage")
    only(await lifting.gets({"update_id": 1, "message": message(lifting.lifter_id, "/start")}), "sendMessage")
    assert "Today: 100 kg × 5" in only(await lifting.sends("100x5"), "editMessageText").text
    async with database.reading() as session:
        assert set(await session.scalars(select(JournalRow.status))) == {JournalStatus.DONE}


async def test_a_button_pressed_there_is_answered_without_a_word(lifting: Phone, gym: Gym) -> None:
    query = {
        "id": "1",
        "from": {"id": lifting.lifter_id, "is_bot": False, "first_name": "Ann"},
        "chat_instance": "1",
        "data": pack(AskToFinish()),
        "message": {"message_id": 9, "date": 1, "chat": GROUP, "text": "-"},
    }
    (answer,) = await lifting.gets({"update_id": 1, "callback_query": query})
    assert answer.method == "answerCallbackQuery"
    assert not answer.parameters.get("text")


async def test_what_the_link_sends_comes_home(lifting: Phone) -> None:
    assert "Bench Press (Barbell)" in only(await lifting.sends("/start group"), "sendMessage").text
