"""A workout pasted as text, by mocked updates."""

import pytest

from handlers.callback_data import unpack
from handlers.paste.buttons import CreateFor, CreateWith
from handlers.screen import LONGEST_TEXT
from storage.values.exercise import BodyPart, Modality
from tests.support.phone import Phone, only, shown
from tests.support.recording_request import Call
from training.errors import NoOpenWorkoutError
from training.gym import Gym

WHOLE = "Bench\n100x5x3\n90x8\n\nSquat\n140x5\n140x5\n\nDeadlift: 180x3"


async def tap(phone: Phone, shown: Call, text: str, message_id: int = 501) -> list[Call]:
    labels = {button["text"]: button["callback_data"] for button in shown.buttons}
    (data,) = [labels[text]] if text in labels else [data for label, data in labels.items() if text in label]
    return await phone.presses_raw(data, message_id)


async def sets_logged(phone: Phone, gym: Gym) -> int:
    return (await gym.workouts.card(phone.lifter_id)).sets


async def test_a_whole_workout_is_previewed_and_logged_with_one_tap_once(ready: Phone, gym: Gym) -> None:
    preview = only(await ready.sends(WHOLE), "sendMessage")
    assert "3 exercises, 7 sets" in preview.text
    assert "<b>Squat (Barbell)</b>\n140 kg × 5, 5" in preview.text
    with pytest.raises(NoOpenWorkoutError):
        await sets_logged(ready, gym)
    card = shown(await tap(ready, preview, "✓ Log 3 exercises, 7 sets", 510))
    assert "✓ Logged: 3 exercises, 7 sets." in card.text
    calls = await tap(ready, preview, "✓ Log", 510)
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert await sets_logged(ready, gym) == 7


async def test_it_is_taken_while_an_exercise_is_being_picked(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    preview = shown(await ready.sends(WHOLE))
    await tap(ready, preview, "✓ Log")
    assert await sets_logged(ready, gym) == 7


async def test_lines_of_sets_alone_are_logged_at_once(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5\n95x6\n90x8")
    assert await sets_logged(lifting, gym) == 3


async def test_a_name_in_front_of_its_sets_is_previewed_too(lifting: Phone, gym: Gym) -> None:
    preview = shown(await lifting.sends("squat 140x5x3"))
    assert await sets_logged(lifting, gym) == 0
    assert "Squat (Barbell)" in shown(await tap(lifting, preview, "✓ Log 1 exercise, 3 sets")).text


async def test_an_unknown_name_offers_what_is_near_it(lifting: Phone, gym: Gym) -> None:
    asked = shown(await lifting.sends("Dedlift\n180x3"))
    assert "Which exercise is “Dedlift”?" in asked.text
    preview = shown(await tap(lifting, asked, "Deadlift (Barbell)"))
    await tap(lifting, preview, "✓ Log 1 exercise, 1 set")
    assert await sets_logged(lifting, gym) == 1


async def test_an_unknown_name_is_left_out(lifting: Phone) -> None:
    asked = shown(await lifting.sends("Leg day!\nsquat\n140x5"))
    assert [b["text"] for b in shown(await tap(lifting, asked, "Leave it out")).buttons] == [
        "✓ Log 1 exercise, 1 set",
        "✗ Don't log it",
    ]


async def test_an_unknown_name_becomes_an_exercise_with_two_taps(lifting: Phone, gym: Gym) -> None:
    asked = shown(await lifting.sends("Zorbler\n40x12\nsquat\n140x5"))
    parts = shown(await tap(lifting, asked, "Create “Zorbler”"))
    assert parts.text == "<b>New: Zorbler</b>\nWhich body part does it train most?"
    modalities = shown(await tap(lifting, parts, "Chest"))
    assert modalities.text == "<b>New: Zorbler</b> · Chest\nWhat is it done with?"
    preview = shown(await tap(lifting, modalities, "Machine"))
    assert "<b>Zorbler</b>\n40 kg × 12" in preview.text
    await tap(lifting, preview, "✓ Log 2 exercises, 2 sets")
    assert await sets_logged(lifting, gym) == 2


async def test_creating_twice_makes_one(lifting: Phone, gym: Gym) -> None:
    asked = shown(await lifting.sends("Zorbler\n40x12"))
    parts = shown(await tap(lifting, asked, "Create"))
    chest = unpack(next(b["callback_data"] for b in parts.buttons if b["text"] == "Chest"))
    assert isinstance(chest, CreateFor)
    press = CreateWith(chest.paste_id, chest.revision, BodyPart.CHEST, Modality.MACHINE)
    await lifting.presses(press)
    calls = await lifting.presses(press)
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.library.search(lifting.lifter_id, "zorbler")).total == 1


async def test_an_unclear_line_is_asked_about(lifting: Phone, gym: Gym) -> None:
    asked = shown(await lifting.sends("squat\n100,5"))
    assert "<b>100,5</b>" in asked.text
    preview = shown(await lifting.presses_raw(asked.buttons[0]["callback_data"]))
    await tap(lifting, preview, "✓ Log")
    assert await sets_logged(lifting, gym) == 1


async def test_a_line_that_can_not_be_read_is_shown_and_left_out(lifting: Phone, gym: Gym) -> None:
    asked = shown(await lifting.sends("squat\n140x5\n<b>100x-5"))
    assert "&lt;b&gt;100x-5" in asked.text
    preview = shown(await tap(lifting, asked, "Leave it out"))
    await tap(lifting, preview, "✓ Log 1 exercise, 1 set")
    assert await sets_logged(lifting, gym) == 1


async def test_nothing_is_logged_if_the_lifter_says_so(lifting: Phone, gym: Gym) -> None:
    preview = shown(await lifting.sends("squat\n140x5"))
    card = shown(await tap(lifting, preview, "Don't log it"))
    assert "nothing of that text is logged" in card.text
    assert "Bench Press (Barbell)" in card.text
    calls = await tap(lifting, preview, "✓ Log")
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert await sets_logged(lifting, gym) == 0


async def test_without_a_workout_it_is_let_go_as_well(ready: Phone) -> None:
    preview = shown(await ready.sends("squat\n140x5"))
    calls = await tap(ready, preview, "Don't log it", message_id=502)
    assert "Ready when you are" in shown(calls).text


@pytest.mark.parametrize("text", ["hello there\nhow are you", "100x5\n100x-5"])
async def test_what_is_no_workout_is_answered_like_any_line(lifting: Phone, gym: Gym, text: str) -> None:
    assert "Log this?" not in shown(await lifting.sends(text)).text
    assert await sets_logged(lifting, gym) == 0


async def test_chatter_while_an_exercise_is_being_picked_leaves_the_picker_open(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    await ready.sends("hello there\nhow are you")
    await ready.sends("press")  # part of several names: only the picker's search lists them and stays
    assert "Bench Press (Barbell)" in shown(await ready.sends("bench")).text


@pytest.mark.parametrize(
    "text",
    [
        "squat\n" + "140x5\n" * 680,
        "".join(f"exercise number {n}\n100x5\n" for n in range(140)),
        "squat\n" + "💪🏽\u202e<b>&\n" * 300,
        "squat\n140x5 # " + "<b>" * 1300,
    ],
)
async def test_as_much_as_a_message_holds_is_answered_with_less(lifting: Phone, text: str) -> None:
    answer = shown(await lifting.sends(text[:4096]))
    assert 0 < len(answer.text) <= LONGEST_TEXT
    assert answer.buttons or "<code>" in answer.text
