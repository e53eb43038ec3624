"""The lifter that tests drive."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from simulator.deeds import Deed, Doing
from simulator.driver import Lifter
from simulator.seen import Button
from simulator.server import Simulator
from tests.simulator.calling import Caller

ANN = 7
CARD = {
    "inline_keyboard": [
        [{"text": "Bench", "callback_data": "b"}, {"text": "Bench press", "callback_data": "p", "style": "primary"}],
        [{"text": "Squat", "callback_data": "s"}],
    ]
}


@pytest.fixture
async def card(call: Caller, ann: Lifter) -> None:
    """Message 2."""
    await call("sendMessage", chat_id=ANN, text="<b>Which</b> exercise?", parse_mode="HTML", reply_markup=CARD)


async def answering(call: Caller, text: str = "") -> list[str]:
    """Answers every press that waits; returns what the buttons said."""
    presses = [one["callback_query"] for one in await call.updates(-100, timeout=5) if "callback_query" in one]
    for press in presses:
        await call("answerCallbackQuery", callback_query_id=press["id"], text=text)
    return [press["data"] for press in presses]


async def both(call: Caller, tap: Awaitable[None], text: str = "") -> list[str]:
    """Taps, and answers the presses once they are there."""
    tapping = asyncio.ensure_future(tap)
    await asyncio.sleep(0)
    pressed = await answering(call, text)
    await asyncio.wait_for(tapping, 20)
    return pressed


@pytest.mark.usefixtures("card")
async def test_a_message_is_seen_as_it_stands(ann: Lifter) -> None:
    message = await ann.sees("exercise?")

    assert (message.id, message.text, message.from_bot, message.edited) == (2, "Which exercise?", True, False)
    assert message.entities == [("bold", "Which")]
    assert message.buttons[1] == Button("Bench press", 2, 0, 1, "p", "primary")
    assert ann.buttons == ["Bench", "Bench press", "Squat"]
    assert message == ann.last == ann.chat[-1]


async def test_a_message_that_comes_later_is_waited_for(call: Caller, ann: Lifter) -> None:
    seeing = asyncio.ensure_future(ann.sees("late"))
    await asyncio.sleep(0)

    await call("sendMessage", chat_id=ANN, text="later")

    assert (await asyncio.wait_for(seeing, 20)).text == "later"


@pytest.mark.usefixtures("card")
async def test_what_does_not_come_fails_with_the_chat(ann: Lifter) -> None:
    with pytest.raises(AssertionError) as failed:
        await ann.sees("hello", within=0.01)  # her own words don't count

    assert str(failed.value) == (
        "a message with “hello” did not come within 0.01 s.\n"
        "The chat:\n"
        "#1 person: hello\n"
        "#2 bot: Which exercise?\n"
        "    [Bench] [Bench press]\n"
        "    [Squat]\n"
        "Answers to buttons: []"
    )


@pytest.mark.usefixtures("card")
async def test_what_is_there_but_should_not_be_fails(ann: Lifter) -> None:
    ann.does_not_see("nothing")
    with pytest.raises(AssertionError, match="“Which” is there"):
        ann.does_not_see("Which")


@pytest.mark.usefixtures("card")
async def test_a_tap_presses_the_button_and_waits_for_its_answer(call: Caller, ann: Lifter) -> None:
    assert await both(call, ann.taps("Squ"), "Chosen") == ["s"]

    assert ann.toasts == ["Chosen"]
    assert await ann.sees_toast("Cho") == "Chosen"


@pytest.mark.usefixtures("card")
async def test_a_label_said_in_full_is_not_mistaken_for_a_longer_one(call: Caller, ann: Lifter) -> None:
    assert await both(call, ann.taps("Bench")) == ["b"]


@pytest.mark.usefixtures("card")
async def test_a_label_that_could_be_several_fails(ann: Lifter) -> None:
    with pytest.raises(AssertionError, match=r"“Ben” could be any of \['Bench', 'Bench press'\]"):
        await ann.taps("Ben")


@pytest.mark.usefixtures("card")
async def test_a_button_that_is_not_there_fails_with_those_that_are(ann: Lifter) -> None:
    with pytest.raises(AssertionError, match=r"a button with “Curl” did not come(.|\n)*\[Squat\]"):
        await ann.taps("Curl", within=0.01)


@pytest.mark.usefixtures("card")
async def test_an_older_message_can_be_tapped(call: Caller, ann: Lifter) -> None:
    await call("sendMessage", chat_id=ANN, text="newer", reply_markup=CARD)

    tapping = asyncio.ensure_future(ann.taps("Squat", message=2))
    await asyncio.sleep(0)
    (update,) = [one for one in await call.updates(-1) if "callback_query" in one]
    await call("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    await tapping

    assert update["callback_query"]["message"]["message_id"] == 2


@pytest.mark.usefixtures("card")
async def test_a_thumb_can_slip_twice(call: Caller, ann: Lifter) -> None:
    assert await both(call, ann.taps("Squat", times=2)) == ["s", "s"]


@pytest.mark.usefixtures("card")
async def test_a_button_can_be_forged(call: Caller, ann: Lifter) -> None:
    assert await both(call, ann.forges(2, "drop table")) == ["drop table"]


@pytest.mark.usefixtures("card")
async def test_a_tap_without_an_answer_fails(ann: Lifter) -> None:
    with pytest.raises(AssertionError, match=r"an answer to every pressed button did not come within 0.01 s"):
        await ann.taps("Squat", within=0.01)
    with pytest.raises(AssertionError, match=r"an answer to every pressed button did not come within 0.01 s"):
        await ann.forges(2, "s", within=0.01)


@pytest.mark.usefixtures("card")
async def test_a_tap_that_need_not_be_answered_is_over_at_once(call: Caller, ann: Lifter) -> None:
    await ann.taps("Squat", answered=False)
    await ann.forges(2, "forged", answered=False)

    assert await answering(call) == ["s", "forged"]


@pytest.mark.usefixtures("card")
async def test_of_two_taps_both_must_be_answered(call: Caller, ann: Lifter) -> None:
    tapping = asyncio.ensure_future(ann.taps("Squat", times=2, within=0.5))
    await asyncio.sleep(0)
    query = (await call.updates(-2))[0]["callback_query"]
    await call("answerCallbackQuery", callback_query_id=query["id"])

    with pytest.raises(AssertionError, match="an answer to every pressed button"):
        await tapping


async def test_a_reaction_is_waited_for(call: Caller, ann: Lifter) -> None:
    seeing = asyncio.ensure_future(ann.sees_reaction("👍", 1))
    await asyncio.sleep(0)

    await call("setMessageReaction", chat_id=ANN, message_id=1, reaction=[{"type": "emoji", "emoji": "👍"}])

    assert (await asyncio.wait_for(seeing, 20)).id == 1


async def test_the_latency_is_the_time_to_the_first_thing_the_bot_does(call: Caller, ann: Lifter) -> None:
    loop = asyncio.get_running_loop()
    before = loop.time()
    await ann.sends("more")
    assert ann.latency is None

    await call("sendMessage", chat_id=ANN, text="one")
    first, passed = ann.latency, loop.time() - before
    await call("sendMessage", chat_id=ANN, text="two")

    assert first is not None
    assert 0 < first <= passed
    assert ann.latency == first


async def test_that_the_bot_does_something_is_waited_for(call: Caller, ann: Lifter) -> None:
    with pytest.raises(AssertionError, match="anything from the bot did not come"):
        await ann.is_noticed(within=0.01)
    noticing = asyncio.ensure_future(ann.is_noticed())
    await asyncio.sleep(0)
    await call("sendMessage", chat_id=ANN, text="here")
    await asyncio.wait_for(noticing, 20)


@pytest.mark.usefixtures("card")
async def test_what_a_lifter_does_is_counted_in_taps_and_keys(ann: Lifter) -> None:
    ann.deeds.clear()
    await ann.taps("Squ", times=2, answered=False)
    message = await ann.sends("100x5")
    await ann.edits(message, "102.5x5")
    await ann.sends("@8", reply_to=message)

    assert ann.deeds == [
        Deed(Doing.TAP, "Squat"),
        Deed(Doing.TAP, "Squat"),
        Deed(Doing.TYPE, "100x5", keys=5),
        Deed(Doing.EDIT, "102.5x5", keys=4),  # one 0 taken away, 2.5 typed
        Deed(Doing.REPLY, "@8", keys=2),
    ]


async def test_replies_and_files_are_seen(call: Caller, ann: Lifter) -> None:
    await ann.sends("this one", reply_to=1)
    await call.upload("sendDocument", "document", b"x", chat_id=ANN, caption="Your sets")

    assert ann.chat[1].reply_to == 1
    seen = await ann.sees("Your sets")
    assert seen.file_id
    assert ann.printed().splitlines()[3] == "#3 bot [file]: Your sets"


async def test_lifters_have_chats_of_their_own(telegram: Simulator) -> None:
    ann, root, ben = telegram.lifter("Ann"), telegram.lifter("Root", id=1), telegram.lifter("Ben")
    await ann.sends("hi")

    assert (ann.id, root.id, ben.id) == (1001, 1, 1002)
    assert ben.chat == []
    assert ben.buttons == []
    assert ben.printed() == "The chat:\n(empty)\nAnswers to buttons: []"
