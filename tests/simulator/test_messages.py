"""What calls do to the chat (https://core.telegram.org/bots/api#available-methods)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.driver import Lifter
from simulator.server import Simulator
from tests.simulator.calling import Caller
from tests.support.clock import FakeClock

ANN = 7
YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


async def test_a_sent_message_is_returned_as_telegram_describes_it(
    call: Caller, ann: Lifter, telegram: Simulator, clock: FakeClock
) -> None:
    answer = await call(
        "sendMessage",
        chat_id=ANN,
        text="<b>hi</b>",
        parse_mode="HTML",
        reply_markup=YES,
        reply_parameters={"message_id": 1},
    )

    assert answer.result == {
        "message_id": 2,
        "from": {"id": 110201543, "is_bot": True, "first_name": "Simulated bot", "username": "simulated_bot"},
        "chat": {"id": ANN, "type": "private", "first_name": "Ann"},
        "date": int(clock().timestamp()),
        "text": "hi",
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
        "reply_to_message": {
            "message_id": 1,
            "from": {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "en"},
            "chat": {"id": ANN, "type": "private", "first_name": "Ann"},
            "date": int(clock().timestamp()),
            "text": "hello",
        },
        "reply_markup": YES,
    }


async def test_a_reply_may_be_sent_even_if_what_it_answers_is_gone(call: Caller, ann: Lifter) -> None:
    parameters = {"message_id": 99, "allow_sending_without_reply": True}

    answer = await call("sendMessage", chat_id=ANN, text="hi", reply_parameters=parameters)

    assert "reply_to_message" not in answer.result


async def test_an_effect_is_kept(call: Caller, ann: Lifter) -> None:
    answer = await call("sendMessage", chat_id=ANN, text="record", message_effect_id="5046509860389126442")

    assert answer.result["effect_id"] == "5046509860389126442"


@pytest.mark.parametrize("markup", [{"inline_keyboard": []}, {"inline_keyboard": [[]]}, {"remove_keyboard": True}, {}])
async def test_a_keyboard_without_buttons_is_none(call: Caller, ann: Lifter, markup: object) -> None:
    assert "reply_markup" not in (await call("sendMessage", chat_id=ANN, text="t", reply_markup=markup)).result


async def test_a_button_without_a_label_is_left_out(call: Caller, ann: Lifter) -> None:
    buttons = [{"text": "", "callback_data": "x"}, {"text": "b", "callback_data": "d", "style": "success"}]

    await call("sendMessage", chat_id=ANN, text="t", reply_markup={"inline_keyboard": [buttons]})

    (button,) = ann.last.buttons
    assert (button.label, button.data, button.style) == ("b", "d", "success")


async def test_of_several_actions_the_first_in_telegrams_order_counts(call: Caller, ann: Lifter) -> None:
    button = {"text": "b", "callback_data": "d", "url": "https://a.io"}

    answer = await call("sendMessage", chat_id=ANN, text="t", reply_markup={"inline_keyboard": [[button]]})

    assert answer.result["reply_markup"]["inline_keyboard"] == [[{"text": "b", "url": "https://a.io"}]]


async def test_the_largest_keyboard_passes(call: Caller, ann: Lifter) -> None:
    row = [{"text": "b", "callback_data": "é" * 32}] * 5

    answer = await call("sendMessage", chat_id=ANN, text="t", reply_markup={"inline_keyboard": [row] * 20})

    assert len(answer.result["reply_markup"]["inline_keyboard"]) == 20


async def test_an_edit_replaces_text_entities_and_keyboard(call: Caller, ann: Lifter, clock: FakeClock) -> None:
    await call("sendMessage", chat_id=ANN, text="<b>hi</b>", parse_mode="HTML", reply_markup=YES)
    clock.advance(timedelta(seconds=9))

    edited = (await call("editMessageText", chat_id=ANN, message_id=2, text="done")).result

    assert edited["text"] == "done"
    assert "entities" not in edited
    assert "reply_markup" not in edited
    assert edited["edit_date"] - edited["date"] == 9
    assert ann.last.text == "done"


async def test_an_edit_of_only_the_keyboard_counts_as_a_change(call: Caller, ann: Lifter) -> None:
    await call("sendMessage", chat_id=ANN, text="hi")

    await call("editMessageText", chat_id=ANN, message_id=2, text="hi", reply_markup=YES)
    assert ann.buttons == ["Yes"]
    await call("editMessageReplyMarkup", chat_id=ANN, message_id=2)

    assert ann.last.text == "hi"
    assert ann.buttons == []


async def test_a_bot_deletes_messages_of_both_sides(call: Caller, ann: Lifter) -> None:
    await call("sendMessage", chat_id=ANN, text="one")
    await call("sendMessage", chat_id=ANN, text="two")

    assert (await call("deleteMessage", chat_id=ANN, message_id=1)).result is True
    assert (await call("deleteMessages", chat_id=ANN, message_ids=[2, 98, 99])).result is True

    assert [message.text for message in ann.chat] == ["two"]


@pytest.mark.parametrize(
    ("method", "ids"), [("deleteMessage", {"message_id": 1}), ("deleteMessages", {"message_ids": [1]})]
)
async def test_after_two_days_nothing_can_be_deleted(
    call: Caller, ann: Lifter, clock: FakeClock, method: str, ids: dict[str, object]
) -> None:
    clock.advance(timedelta(hours=48, seconds=1))

    answer = await call(method, chat_id=ANN, **ids)

    assert answer.refusal == (400, "Bad Request: message can't be deleted")
    assert [message.id for message in ann.chat] == [1]


@pytest.mark.parametrize("emoji", ["👍", "❤️", "🤷‍♂️", "❤️‍🔥", "🏆"])
async def test_a_reaction_replaces_the_one_before(call: Caller, ann: Lifter, emoji: str) -> None:
    await call("setMessageReaction", chat_id=ANN, message_id=1, reaction=[{"type": "emoji", "emoji": "👀"}])
    await call("setMessageReaction", chat_id=ANN, message_id=1, reaction=[{"type": "emoji", "emoji": emoji}])
    assert ann.last.reactions == [emoji]

    await call("setMessageReaction", chat_id=ANN, message_id=1, reaction=[])
    assert ann.last.reactions == []


async def test_what_the_bot_is_doing_can_be_said(call: Caller, ann: Lifter) -> None:
    assert (await call("sendChatAction", chat_id=ANN, action="upload_photo")).result is True


async def test_message_ids_are_counted_across_chats(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    ben = telegram.lifter("Ben")

    assert await ben.sends("hi") == 2
    assert await ann.sends("hi") == 3
    assert (await call("deleteMessage", chat_id=ANN, message_id=2)).status == 400
