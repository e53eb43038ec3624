"""What people do, and what they are told."""

from __future__ import annotations

import asyncio
import gc
import weakref
from datetime import timedelta
from typing import Any

import pytest

from simulator.chats import Person
from simulator.driver import Lifter
from simulator.people import NotPossible
from simulator.server import Simulator
from tests.simulator.calling import Caller
from tests.support.clock import FakeClock

ANN = 7
KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "Look", "url": "https://a.io"}]]}


async def test_a_feed_tells_everything_that_happens_in_the_chat(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    feed = telegram.people.subscribe(ANN)
    await telegram.people.send_text(ANN, "hi")
    await call("sendMessage", chat_id=ANN, text="card", reply_markup=KEYBOARD)
    await call("setMessageReaction", chat_id=ANN, message_id=2, reaction=[{"type": "emoji", "emoji": "👍"}])
    await call("editMessageText", chat_id=ANN, message_id=3, text="new card", reply_markup=KEYBOARD)
    query_id = await telegram.people.press(ANN, 3, 0, 0)
    await call("answerCallbackQuery", callback_query_id=query_id, text="Logged", show_alert=True)
    await call("deleteMessages", chat_id=ANN, message_ids=[2, 3, 50])
    await call("setMyCommands", commands=[{"command": "help", "description": "Help"}])

    said, card, reaction, edited, answer, deleted, commands = [await anext(feed) for _ in range(7)]

    assert (said["type"], said["message"]["text"], said["message"]["reactions"]) == ("message", "hi", [])
    assert (card["type"], card["message"]["reply_markup"]) == ("message", KEYBOARD)
    assert reaction == {"type": "reaction", "message_id": 2, "reactions": ["👍"]}
    assert (edited["type"], edited["message"]["text"]) == ("edited", "new card")
    assert answer == {"type": "answer", "query_id": query_id, "text": "Logged", "show_alert": True}
    assert deleted == {"type": "deleted", "message_ids": [2, 3]}
    assert commands == {"type": "commands", "commands": [{"command": "help", "description": "Help"}]}


async def test_a_feed_starts_when_it_is_asked_for_and_tells_only_of_its_chat(ann: Lifter, telegram: Simulator) -> None:
    feed = telegram.people.subscribe(ANN)
    await telegram.lifter("Ben").sends("not here")
    await ann.sends("here")

    assert (await anext(feed))["message"]["text"] == "here"


async def test_feeds_end_with_the_simulator() -> None:
    async with Simulator() as telegram:
        telegram.people.add(ANN, "Ann")
        before = telegram.people.subscribe(ANN)
        waiting = asyncio.ensure_future(anext(before, None))

    assert await waiting is None
    assert [event async for event in telegram.people.subscribe(ANN)] == []


async def test_a_feed_that_nobody_reads_any_more_costs_nothing(ann: Lifter, telegram: Simulator) -> None:
    feed = telegram.people.subscribe(ANN)
    gone: list[Any] = []

    weakref.finalize(feed, gone.append, True)
    del feed
    gc.collect()

    await ann.sends("hi")

    assert gone == [True]


async def test_a_press_tells_the_bot_who_where_and_what(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    sent = (await call("sendMessage", chat_id=ANN, text="card", reply_markup=KEYBOARD)).result
    query_id = await telegram.people.press(ANN, 2, 0, 0)

    query = (await call.updates())[-1]["callback_query"]

    assert query == {
        "id": query_id,
        "from": {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "en"},
        "message": sent,
        "data": "y",
        "chat_instance": query["chat_instance"],
    }


async def test_a_button_of_a_deleted_message_can_still_be_pressed(
    call: Caller, ann: Lifter, telegram: Simulator
) -> None:
    """https://core.telegram.org/bots/api#inaccessiblemessage: a slow phone still shows it."""
    await call("sendMessage", chat_id=ANN, text="card", reply_markup=KEYBOARD)
    await call("deleteMessages", chat_id=ANN, message_ids=[1, 2])
    await telegram.people.press_with(ANN, 2, "y")

    query = (await call.updates())[-1]["callback_query"]

    chat = {"id": ANN, "type": "private", "first_name": "Ann"}
    assert (query["data"], query["message"]) == ("y", {"message_id": 2, "chat": chat, "date": 0})
    for message_id in (1, 99):  # her own, and none
        with pytest.raises(NotPossible, match="The message is gone"):
            await telegram.people.press_with(ANN, message_id, "y")


async def test_who_has_deleted_the_account_does_nothing_more(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    await call("sendMessage", chat_id=ANN, text="card", reply_markup=KEYBOARD)
    ann.deletes_account()

    for attempt in (ann.sends("hi"), ann.edits(1, "bye"), telegram.people.press(ANN, 2, 0, 0)):
        with pytest.raises(NotPossible, match="The account is deleted"):
            await attempt


async def test_a_press_is_answered_once_and_in_time(
    call: Caller, ann: Lifter, telegram: Simulator, clock: FakeClock
) -> None:
    await call("sendMessage", chat_id=ANN, text="card", reply_markup=KEYBOARD)
    too_old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")

    answered = await telegram.people.press(ANN, 2, 0, 0)
    assert (await call("answerCallbackQuery", callback_query_id=answered)).result is True
    assert (await call("answerCallbackQuery", callback_query_id=answered)).refusal == too_old

    late = await telegram.people.press(ANN, 2, 0, 0)
    clock.advance(timedelta(seconds=15.1))
    assert (await call("answerCallbackQuery", callback_query_id=late)).refusal == too_old


async def test_what_a_phone_would_not_allow_is_not_possible(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    await call("sendMessage", chat_id=ANN, text="card", reply_markup=KEYBOARD)
    people = telegram.people
    ann.blocks_bot()

    for attempt, why in [
        (people.press(ANN, 2, 0, 2), "no such button"),
        (people.press(ANN, 2, 1, 0), "no such button"),
        (people.press(ANN, 2, 0, 1), "“Look” tells the bot nothing"),
        (people.press_with(ANN, 1, "forged"), "Only the bot's messages"),
        (people.press(ANN, 99, 0, 0), "The message is gone"),
        (people.edit_text(ANN, 2, "mine"), "Only texts of one's own"),
        (people.send_text(ANN, "hi", reply_to=99), "The message is gone"),
        (people.send_text(ANN, "hi"), "The bot is blocked"),
        (people.send_text(ANN, " \u200b\n"), "nothing to send"),
        (people.send_text(ANN, "x" * 4097), "at most 4096 characters"),
        (people.edit_text(ANN, 1, ""), "nothing to send"),
        (people.edit_text(ANN, 1, "x" * 4097), "at most 4096 characters"),
    ]:
        with pytest.raises(NotPossible, match=why):
            await attempt


async def test_nobody_is_found_under_a_strange_id(telegram: Simulator) -> None:
    with pytest.raises(LookupError, match="Nobody has the id 5"):
        telegram.people.chat(5)
    with pytest.raises(LookupError, match="no such file"):
        telegram.people.file("nothing")


async def test_people_are_listed_in_their_order_and_can_be_renamed(ann: Lifter, telegram: Simulator) -> None:
    telegram.people.add(1, "Root", admin=True)
    telegram.people.add(ANN, "Anna")

    assert telegram.people.everyone() == [Person(ANN, "Anna"), Person(1, "Root", admin=True)]
    assert len(ann.chat) == 1


async def test_an_edited_text_comes_to_the_bot_as_an_edit(call: Caller, ann: Lifter, clock: FakeClock) -> None:
    clock.advance(timedelta(seconds=5))
    await ann.edits(1, "/help")

    edited = (await call.updates())[-1]["edited_message"]

    assert (edited["message_id"], edited["text"], edited["edit_date"] - edited["date"]) == (1, "/help", 5)
    assert edited["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]


async def test_what_a_person_writes_comes_to_the_bot_cleaned(call: Caller, ann: Lifter) -> None:
    await ann.sends("\n \x07/help\u202e\r x\t ")
    await ann.edits(1, " bye\x00 ")

    sent, edited = (await call.updates())[1:]

    assert sent["message"]["text"] == "/help x"
    assert sent["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
    assert edited["edited_message"]["text"] == "bye"


async def test_a_sticker_comes_to_the_bot_as_a_sticker(call: Caller, ann: Lifter) -> None:
    await ann.sends_sticker()

    assert (await call.updates())[-1]["message"]["sticker"]["emoji"] == "💪"
