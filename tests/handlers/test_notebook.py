import pytest

from handlers.callback_data import unpack
from handlers.notebook.buttons import AnswerLine
from tests.support.phone import Phone, only
from training.errors import NoOpenWorkoutError
from training.gym import Gym


async def sets_logged(phone: Phone, gym: Gym) -> int:
    return (await gym.workouts.card(phone.lifter_id)).sets


@pytest.mark.parametrize(("line", "sets"), [("100x5", 1), ("100 x 5", 1), ("100x5x3", 3), ("100x5\n95x6", 2)])
async def test_typed_sets_are_logged(lifting: Phone, gym: Gym, line: str, sets: int) -> None:
    only(await lifting.sends(line), "editMessageText")
    assert await sets_logged(lifting, gym) == sets


async def test_a_number_alone_repeats_the_weight(lifting: Phone) -> None:
    await lifting.sends("100x5")
    assert "Today: 100 kg × 5, 4" in only(await lifting.sends("4"), "sendMessage").text


async def test_an_exercise_name_switches_to_it(lifting: Phone) -> None:
    card = only(await lifting.sends("squat"), "editMessageText")
    assert "Squat (Barbell)" in card.text
    assert "2 of 2" in card.text


async def test_part_of_a_name_offers_what_has_it(lifting: Phone) -> None:
    assert "Which one for “row”?" in only(await lifting.sends("row"), "editMessageText").text


async def test_a_first_set_that_looks_like_a_count_is_told_how_to_say_its_weight(lifting: Phone, gym: Gym) -> None:
    asked = only(await lifting.sends("3x12"), "editMessageText")
    assert "<code>3x12 @20</code>" in asked.text
    assert asked.buttons[0]["text"] == "✓ Log 3 kg × 12"
    assert await sets_logged(lifting, gym) == 0


async def test_what_can_not_be_read_gets_the_short_help(lifting: Phone, gym: Gym) -> None:
    answer = only(await lifting.sends("100x-5"), "editMessageText")
    assert "I understood <b>100x</b>, but not <b>-5</b>." in answer.text
    assert answer.text.count("<code>") >= 2
    assert await sets_logged(lifting, gym) == 0


async def test_five_thousand_characters_are_answered_shortly(lifting: Phone) -> None:
    answer = only(await lifting.sends("1x" * 2048), "editMessageText")
    assert len(answer.text) < 1000


async def test_a_question_about_a_line_too_long_for_its_buttons_is_asked_shortly(lifting: Phone) -> None:
    asked = only(await lifting.sends("1,000x5 # " + "belt " * 700), "editMessageText")
    assert "too long for a button" in asked.text
    assert len(asked.text) < 1000


async def test_a_line_with_two_readings_is_asked_about_and_a_tap_logs_one(lifting: Phone, gym: Gym) -> None:
    asked = only(await lifting.sends("100,5"), "editMessageText")
    press = unpack(asked.buttons[0]["callback_data"])
    assert isinstance(press, AnswerLine)
    assert await sets_logged(lifting, gym) == 0
    await lifting.presses(press)
    assert await sets_logged(lifting, gym) == 1
    await lifting.presses(press)
    assert await sets_logged(lifting, gym) == 1


async def test_an_implausible_weight_is_logged_once_confirmed(lifting: Phone, gym: Gym) -> None:
    asked = only(await lifting.sends("1500x5"), "editMessageText")
    await lifting.presses_raw(asked.buttons[0]["callback_data"])
    assert await sets_logged(lifting, gym) == 1


async def test_set_logs_for_the_exercise_named_first(ready: Phone, gym: Gym) -> None:
    await ready.sends("/set bench 100x5x3")
    current = (await gym.workouts.card(ready.lifter_id)).current
    assert current is not None
    assert (current.name, len(current.today)) == ("Bench Press (Barbell)", 3)


async def test_a_question_about_a_named_exercise_picks_it_only_with_the_answer(ready: Phone, gym: Gym) -> None:
    asked = only(await ready.sends("/set deadlift 1200x5"), "sendMessage")
    with pytest.raises(NoOpenWorkoutError):
        await gym.workouts.card(ready.lifter_id)
    (confirm,) = asked.buttons
    await ready.presses_raw(confirm["callback_data"])
    current = (await gym.workouts.card(ready.lifter_id)).current
    assert current is not None
    assert (current.name, len(current.today)) == ("Deadlift (Barbell)", 1)


async def test_set_logs_for_the_current_exercise(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("/set 100x5")
    assert await sets_logged(lifting, gym) == 1


async def test_set_alone_says_how_it_is_used(ready: Phone) -> None:
    assert "/set bench 100x5" in only(await ready.sends("/set"), "sendMessage").text


@pytest.mark.parametrize("picking", [True, False])
async def test_a_set_without_an_exercise_asks_for_one(ready: Phone, *, picking: bool) -> None:
    await ready.sends("/workout")
    if not picking:
        await ready.sends("/cancel")
    assert "Which exercise is <b>100x5</b> for?" in only(await ready.sends("100x5"), "editMessageText").text


async def test_an_edited_message_logs_nothing_twice(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    person = {"id": lifting.lifter_id, "is_bot": False, "first_name": "Ann"}
    chat = {"id": lifting.lifter_id, "type": "private"}
    edited = {"message_id": 3, "date": 0, "edit_date": 1, "chat": chat, "from": person, "text": "100x6"}
    await lifting.gets({"update_id": 777, "edited_message": edited})
    assert await sets_logged(lifting, gym) == 1


async def test_a_first_weight_with_a_decimal_comma_is_told_how_to_be_written(lifting: Phone) -> None:
    asked = only(await lifting.sends("15,5"), "editMessageText")
    assert asked.buttons[0]["text"] == "✓ Log 15 kg × 5"
    assert "If it is 15.5, say the reps too: <code>15.5x8</code>." in asked.text
    await lifting.sends("15.5x8")
    asked = next(call for call in await lifting.sends("15,5") if call.method in {"editMessageText", "sendMessage"})
    assert "say the reps too" not in asked.text
    assert "15.5 kg × 8" in [button["text"] for button in asked.buttons]


async def test_sets_behind_a_name_that_may_be_several_are_logged_for_the_one_that_is_chosen(
    lifting: Phone, gym: Gym
) -> None:
    asked = next(call for call in await lifting.sends("/set press 110x5") if call.buttons)
    assert "<b>110x5</b> is logged once you choose." in asked.text
    chosen = next(button for button in asked.buttons if button["text"] == "Leg Press (Machine)")
    card = only(await lifting.presses_raw(chosen["callback_data"]), "editMessageText")
    assert "<b>Leg Press (Machine)</b>" in card.text
    assert "Today: 110 kg × 5" in card.text
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


async def test_sets_behind_an_unknown_name_are_logged_for_the_one_that_is_typed_or_made(
    lifting: Phone, gym: Gym
) -> None:
    await lifting.sends("/set zorgle 40x12")
    asked = next(call for call in await lifting.sends("/set zzyzx 50x5") if call.buttons)
    assert "<b>50x5</b> is logged once you choose." in asked.text
    await lifting.sends("leg press")
    current = (await gym.workouts.card(lifting.lifter_id)).current
    assert current is not None
    assert current.name == "Leg Press (Machine)"
    assert [entry.clean_reps for entry in current.today] == [5]
