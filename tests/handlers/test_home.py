import pytest

from bot.turns import Turns
from handlers.home.buttons import ChooseUnit
from storage.values.quantity import WeightUnit
from tests.support.phone import Phone, only
from tests.support.recording_request import RecordingRequest
from training.gym import Gym


async def test_start_greets_by_name_and_asks_for_the_unit_once(ann: Phone) -> None:
    sent = only(await ann.sends("/start"), "sendMessage")
    assert "Hi Ann!" in sent.text
    assert [button["text"] for button in sent.buttons] == ["Kilograms (kg)", "Pounds (lb)"]


async def test_a_name_is_shown_as_it_is_written(turns: Turns, telegram: RecordingRequest) -> None:
    sent = only(await Phone(turns, telegram, 8, "<b>Zoë</b> 💪").sends("/start"), "sendMessage")
    assert "Hi &lt;b&gt;Zoë&lt;/b&gt; 💪!" in sent.text


async def test_a_pressed_unit_is_kept_and_a_workout_offered(ann: Phone, gym: Gym) -> None:
    await ann.sends("/start")
    calls = await ann.presses(ChooseUnit(WeightUnit.LB))
    assert [button["text"] for button in only(calls, "editMessageText").buttons] == ["💪 Start workout"]
    only(calls, "answerCallbackQuery")
    assert (await gym.lifters.home(ann.lifter_id)).unit is WeightUnit.LB


@pytest.mark.parametrize(
    ("typed", "unit"), [("kg", WeightUnit.KG), (" LBS ", WeightUnit.LB), ("pounds", WeightUnit.LB)]
)
async def test_a_typed_unit_does_as_well(ann: Phone, gym: Gym, typed: str, unit: WeightUnit) -> None:
    await ann.sends("/start")
    await ann.sends(typed)
    assert (await gym.lifters.home(ann.lifter_id)).unit is unit


async def test_anything_else_typed_asks_for_the_unit_again(ann: Phone) -> None:
    await ann.sends("/start")
    assert "kilograms or pounds" in only(await ann.sends("100x5"), "sendMessage").text


async def test_start_comes_back_to_the_open_workout(lifting: Phone) -> None:
    calls = await lifting.sends("/start")
    assert "Bench Press (Barbell)" in only(calls, "editMessageText").text


async def test_cancel_leaves_the_picker(ready: Phone) -> None:
    await ready.sends("/workout")
    calls = await ready.sends("/cancel")
    assert "Workout" in only(calls, "editMessageText").text
    assert "Which one" not in only(calls, "editMessageText").text


async def test_cancel_with_nothing_open_says_so(ready: Phone) -> None:
    assert "Nothing to cancel" in only(await ready.sends("/cancel"), "sendMessage").text


async def test_an_admin_gets_a_menu_of_their_own(admin: Phone, ann: Phone) -> None:
    menu = only(await admin.sends("/start"), "setMyCommands")
    assert "seed" in str(menu.parameters["commands"])
    assert not [call for call in await ann.sends("/start") if call.method == "setMyCommands"]
