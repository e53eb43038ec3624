import pytest

from tests.support.phone import Phone, only
from training.gym import Gym


async def test_help_shows_how_to_write_sets(ann: Phone) -> None:
    answer = only(await ann.sends("/help"), "sendMessage")
    assert "<code>100x5</code>" in answer.text
    assert "/seed" not in answer.text


async def test_help_names_admin_commands_to_admins(admin: Phone) -> None:
    assert "/seed" in only(await admin.sends("/help"), "sendMessage").text


@pytest.mark.parametrize("command", ["/frobnicate", "/seed", "/SET@other_bot x"])
async def test_an_unknown_command_gets_a_hint(ready: Phone, command: str) -> None:
    answer = only(await ready.sends(command), "sendMessage")
    assert "I don't know" in answer.text
    assert "/help" in answer.text


STICKER = {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1, "is_animated": False, "is_video": False}


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {**STICKER, "type": "regular"}},
        {"location": {"latitude": 1.0, "longitude": 1.0}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ],
)
async def test_what_is_no_text_gets_a_hint(ready: Phone, content: dict[str, object]) -> None:
    assert "only read text" in only(await ready.sends_message(**content), "sendMessage").text


@pytest.mark.parametrize("data", ["", "nonsense", "0c", "1l:1", "1l:x:y", "1e:99999999999999999999999999"])
async def test_a_button_that_no_release_makes_shows_the_current_state(ready: Phone, data: str) -> None:
    calls = await ready.presses_raw(data)
    assert "Ready when you are" in only(calls, "editMessageText").text
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]


async def test_in_a_group_only_the_way_to_the_private_chat_is_told(lifting: Phone, gym: Gym) -> None:
    before = (await gym.workouts.card(lifting.lifter_id)).place
    person = {"id": lifting.lifter_id, "is_bot": False, "first_name": "Ann"}
    group = {"id": -100, "type": "supergroup", "title": "Gym"}
    command = {"type": "bot_command", "offset": 0, "length": 6}
    message = {"message_id": 1, "date": 0, "chat": group, "from": person, "text": "/start", "entities": [command]}
    answer = only(await lifting.gets({"update_id": 1, "message": message}), "sendMessage")
    assert answer.parameters["chat_id"] == "-100"
    assert "https://t.me/spotter_bot" in answer.text
    assert (await gym.workouts.card(lifting.lifter_id)).place == before
