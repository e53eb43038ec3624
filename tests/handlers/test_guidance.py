import pytest

from handlers.more.buttons import AskTitle
from handlers.workout.buttons import LogSuggested
from storage.database import Database
from storage.models import User
from tests.support.phone import Phone, only
from tests.support.recording_request import RecordingRequest
from tests.support.rows import kg
from training.gym import Gym
from training.limits import MOST_SETS


async def test_help_shows_how_to_write_sets(ann: Phone) -> None:
    answer = only(await ann.sends("/help"), "sendMessage")
    assert "<code>100x5</code>" in answer.text
    assert "/seed" not in answer.text


async def test_help_names_admin_commands_to_admins(admin: Phone) -> None:
    assert "/seed" in only(await admin.sends("/help"), "sendMessage").text


async def test_an_admin_whom_an_admin_has_made_is_shown_admin_commands_too(ann: Phone, admin: Phone, gym: Gym) -> None:
    await admin.sends("/start")
    await ann.sends("/start")
    await gym.admins.grant(admin.lifter_id, ann.lifter_id)
    assert "/seed" in only(await ann.sends("/help"), "sendMessage").text
    assert "seed" in str(only(await ann.sends("/start"), "setMyCommands").parameters["commands"])
    await gym.admins.revoke(admin.lifter_id, ann.lifter_id)
    assert "/seed" not in only(await ann.sends("/help"), "sendMessage").text


async def test_a_full_exercise_is_told_on_the_card_or_by_toast(lifting: Phone, gym: Gym) -> None:
    current = (await gym.workouts.card(lifting.lifter_id)).current
    assert current is not None
    await gym.editing.replace_sets(lifting.lifter_id, current.execution_id, [kg(100, 5)] * MOST_SETS)
    typed = only(await lifting.sends("100x5"), "editMessageText")
    assert "100 sets" in typed.text
    card = await gym.workouts.card(lifting.lifter_id)
    calls = await lifting.presses(LogSuggested(card.workout_id, card.revision))
    assert "100 sets" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.workouts.card(lifting.lifter_id)).sets == MOST_SETS


async def test_a_full_workout_is_told(lifting: Phone, gym: Gym, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.open_workout.MOST_EXECUTIONS", 1)
    assert "1 exercises" in only(await lifting.sends("back squat"), "editMessageText").text
    assert (await gym.workouts.card(lifting.lifter_id)).exercises == 1


async def test_a_set_that_can_not_be_kept_is_told(lifting: Phone, gym: Gym) -> None:
    assert "That set can" in only(await lifting.sends("100x5 # belt \x1b"), "editMessageText").text
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 0


@pytest.mark.parametrize("command", ["/frobnicate", "/seed", "/SET@other_bot x"])
async def test_an_unknown_command_gets_a_hint(ready: Phone, command: str) -> None:
    answer = only(await ready.sends(command), "sendMessage")
    assert "I don't know" in answer.text
    assert "/help" in answer.text


@pytest.mark.parametrize("text", ["hello\nworld", "/frobnicate", "/set", "100x-5"])
async def test_in_a_workout_a_hint_stands_on_the_card_until_the_next_thing_is_done(lifting: Phone, text: str) -> None:
    hint = only(await lifting.sends(text), "editMessageText")
    assert "<code>" in hint.text.partition("started")[0] or "/help" in hint.text.partition("started")[0]
    assert hint.text.endswith("Type what you did, like <code>60x8</code> or <code>60x8x3</code>.")
    assert "⋯ More" in [button["text"] for button in hint.buttons]
    calls = await lifting.sends("100x5")
    assert only(calls, "sendMessage").text.startswith("✓ Logged: 100 kg × 5\n<b>Workout</b>")
    assert str(hint.parameters["message_id"]) in only(calls, "deleteMessages").parameters["message_ids"]


async def test_a_hint_leaves_what_is_being_asked_for_open(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(AskTitle())
    hint = only(await lifting.sends("/frobnicate"), "editMessageText")
    assert [button["text"] for button in hint.buttons] == ["‹ Back to the workout"]
    await lifting.sends("Push day")
    assert (await gym.workouts.card(lifting.lifter_id)).title == "Push day"


async def test_a_hint_leaves_a_question_of_the_history_alone(lifting: Phone) -> None:
    await lifting.sends("/past")
    hint = only(await lifting.sends("/frobnicate"), "sendMessage")
    assert "⋯ More" in [button["text"] for button in hint.buttons]
    assert "24 Dec 2025" in only(await lifting.sends("2025-12-24"), "sendMessage").text


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
async def test_a_button_that_no_release_makes_shows_the_current_state(lifting: Phone, data: str) -> None:
    lifting.meets_a_new_process()
    calls = await lifting.presses_raw(data)
    assert "Bench Press" in only(calls, "editMessageText").text
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]


@pytest.mark.parametrize("data", ["nonsense", "1l:1:1"])
async def test_without_a_workout_such_a_button_says_so_and_its_message_turns_into_what_can_be_started(
    ready: Phone, data: str
) -> None:
    calls = await ready.presses_raw(data, 77)
    assert "No workout is open" in only(calls, "answerCallbackQuery").parameters["text"]
    assert "Start workout" in only(calls, "editMessageText").buttons[-1]["text"]


def group_command(lifter_id: int, text: str) -> dict[str, object]:
    person = {"id": lifter_id, "is_bot": False, "first_name": "Ann"}
    group = {"id": -100, "type": "supergroup", "title": "Gym"}
    command = {"type": "bot_command", "offset": 0, "length": len(text)}
    return {"message_id": 1, "date": 0, "chat": group, "from": person, "text": text, "entities": [command]}


async def test_in_a_group_only_the_way_to_the_private_chat_is_told(
    lifting: Phone, telegram: RecordingRequest, gym: Gym
) -> None:
    before = (await gym.workouts.card(lifting.lifter_id)).place
    message = group_command(lifting.lifter_id, "/start@Spotter_bot")
    answer = only(await lifting.gets({"update_id": 1, "message": message}), "sendMessage")
    assert answer.parameters["chat_id"] == "-100"
    assert "https://t.me/spotter_bot" in answer.text
    assert (await gym.workouts.card(lifting.lifter_id)).place == before


@pytest.mark.parametrize("text", ["/ban", "/start@other_bot"])
async def test_a_group_command_for_somebody_else_is_left_to_them(lifting: Phone, text: str) -> None:
    assert await lifting.gets({"update_id": 1, "message": group_command(lifting.lifter_id, text)}) == []


async def test_a_group_that_does_not_let_the_bot_write_is_no_concern_of_the_lifters(
    lifting: Phone, telegram: RecordingRequest, database: Database
) -> None:
    telegram.refuse("sendMessage", 403, "Forbidden: bot was kicked from the supergroup chat")
    message = group_command(lifting.lifter_id, "/start@spotter_bot")
    assert len(await lifting.gets({"update_id": 1, "message": message})) == 1
    async with database.reading() as session:
        assert (await session.get_one(User, lifting.lifter_id)).unreachable_since is None


async def test_what_telegram_itself_writes_into_the_chat_gets_no_hint(ready: Phone) -> None:
    assert await ready.sends_message(new_chat_title="Gym") == []
