"""Group chats: what a bot sees of them, and what it may do there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from simulator.driver import Lifter
from simulator.groups import Status
from simulator.people import NotPossible
from simulator.server import Simulator
from tests.simulator.calling import Caller
from tests.support.clock import FakeClock

ANN = 7
KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


@pytest.fixture
def ben(telegram: Simulator) -> Lifter:
    return telegram.lifter("Ben", id=8)


@pytest.fixture
def gym(telegram: Simulator, ann: Lifter, ben: Lifter) -> int:
    """A supergroup of Ann and Ben, to which Ann has brought the bot."""
    group = telegram.groups.create("Gym", [ANN, ben.id])
    telegram.groups.add_bot(group, by=ANN)
    return group


async def heard(call: Caller) -> list[str]:
    """The texts that the bot got to see, without Ann's first in private."""
    return [one["message"]["text"] for one in (await call.updates())[1:] if "text" in one.get("message", {})]


async def test_a_bot_hears_that_it_comes_and_goes(call: Caller, telegram: Simulator, gym: int) -> None:
    telegram.groups.remove_bot(gym, by=8)
    joined, welcome, kicked = (await call.updates())[1:]

    chat = {"id": gym, "type": "supergroup", "title": "Gym"}
    assert gym < -1_000_000_000_000
    change = joined["my_chat_member"]
    assert (change["chat"], change["from"]["id"]) == (chat, ANN)
    assert [change[which]["status"] for which in ("old_chat_member", "new_chat_member")] == ["left", "member"]
    assert change["new_chat_member"]["user"]["username"] == "simulated_bot"
    assert welcome["message"]["new_chat_members"] == [change["new_chat_member"]["user"]]
    assert welcome["message"]["chat"] == chat
    change = kicked["my_chat_member"]
    assert change["from"]["id"] == 8
    assert [change[which]["status"] for which in ("old_chat_member", "new_chat_member")] == ["member", "kicked"]


async def test_with_privacy_mode_a_bot_sees_what_is_meant_for_it(
    call: Caller, ann: Lifter, ben: Lifter, gym: int
) -> None:
    here = ben.in_group(gym)
    answer = (await call("sendMessage", chat_id=gym, text="hello")).result["message_id"]
    chatter = await here.sends("100x5")
    for text in (
        "/start",
        "/start@simulated_bot x",
        "/start@Other_bot",
        "hey @Simulated_Bot!",
        "@simulated_bots",
        "go /x",
    ):
        await here.sends(text)
    await here.sends("to the bot", reply_to=answer)
    await here.sends("to Ben", reply_to=chatter)
    await here.edits(chatter, "105x5")

    assert await heard(call) == ["/start", "/start@simulated_bot x", "hey @Simulated_Bot!", "to the bot"]
    assert not [one for one in await call.updates() if "edited_message" in one]


async def test_an_administrator_sees_everything(call: Caller, telegram: Simulator, ben: Lifter, gym: int) -> None:
    telegram.groups.add_bot(gym, by=ANN, status=Status.ADMINISTRATOR)
    message = await ben.in_group(gym).sends("100x5")
    await ben.in_group(gym).edits(message, "105x5")

    sent, edited = (await call.updates())[-2:]
    assert (sent["message"]["text"], edited["edited_message"]["text"]) == ("100x5", "105x5")
    assert sent["message"]["from"]["id"] == ben.id


async def test_every_bot_sees_who_joins(call: Caller, telegram: Simulator, gym: int) -> None:
    cid = telegram.lifter("Cid")
    with pytest.raises(NotPossible, match="no group of theirs"):
        await cid.in_group(gym).sends("/start")
    telegram.groups.join(gym, cid.id)

    assert (await call.updates())[-1]["message"]["new_chat_members"][0]["id"] == cid.id
    await cid.in_group(gym).sends("/start")


async def test_a_group_is_seen_by_its_members_and_its_answers_by_who_pressed(
    call: Caller, telegram: Simulator, ann: Lifter, ben: Lifter, gym: int
) -> None:
    anns, bens = ann.in_group(gym), ben.in_group(gym)
    await call("sendMessage", chat_id=gym, text="card", reply_markup=KEYBOARD)
    await bens.taps("Yes", answered=False)
    query = (await call.updates())[-1]["callback_query"]
    await call("answerCallbackQuery", callback_query_id=query["id"], text="Only you")

    assert (query["from"]["id"], query["message"]["chat"]["id"], query["data"]) == (ben.id, gym, "y")
    assert (bens.toasts, anns.toasts) == (["Only you"], [])
    assert anns.last.text == bens.last.text == "card"
    assert len(ann.chat) == 1


async def test_in_a_group_messages_are_counted_for_themselves(call: Caller, gym: int, telegram: Simulator) -> None:
    assert (await call("sendMessage", chat_id=gym, text="second")).result[
        "message_id"
    ] == 2  # the first says who joined
    basic = telegram.groups.create("Old", [ANN], supergroup=False)
    telegram.groups.add_bot(basic, by=ANN)
    assert (await call("sendMessage", chat_id=basic, text="x")).result["message_id"] == 3  # Ann's private one was 1


async def test_a_bot_deletes_its_own_messages_and_as_administrator_all(
    call: Caller, telegram: Simulator, ben: Lifter, gym: int
) -> None:
    own = (await call("sendMessage", chat_id=gym, text="hello")).result["message_id"]
    other = await ben.in_group(gym).sends("100x5")
    refused = (400, "Bad Request: message can't be deleted")
    assert (await call("deleteMessage", chat_id=gym, message_id=other)).refusal == refused
    assert (await call("deleteMessages", chat_id=gym, message_ids=[own, other])).refusal == refused
    assert (await call("deleteMessage", chat_id=gym, message_id=own)).result is True
    telegram.groups.add_bot(gym, by=ANN, status=Status.ADMINISTRATOR)
    assert (await call("deleteMessage", chat_id=gym, message_id=other)).result is True


@pytest.mark.parametrize(
    ("extra", "refusal"),
    [
        ({"message_effect_id": "5046509860389126442"}, "EFFECT_ID_INVALID"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "App", "web_app": {"url": "https://a.io"}}]]}},
            "BUTTON_TYPE_INVALID",
        ),
    ],
)
async def test_what_is_for_private_chats_is_refused(
    call: Caller, gym: int, extra: dict[str, Any], refusal: str
) -> None:
    assert (await call("sendMessage", chat_id=gym, text="x", **extra)).refusal == (400, f"Bad Request: {refusal}")
    assert (await call("sendMessage", chat_id=ANN, text="x", **extra)).status == 200


async def test_a_bot_that_may_not_write_is_told_why(call: Caller, telegram: Simulator, gym: int) -> None:
    async def refusal(group: int = gym) -> tuple[int, str]:
        return (await call("sendMessage", chat_id=group, text="x")).refusal

    assert await refusal(-5) == (400, "Bad Request: chat not found")
    telegram.groups.silence_bot(gym)
    assert await refusal() == (400, "Bad Request: not enough rights to send text messages to the chat")
    telegram.groups.remove_bot(gym, by=ANN)
    assert await refusal() == (403, "Forbidden: bot was kicked from the supergroup chat")
    basic = telegram.groups.create("Old", [ANN], supergroup=False)
    assert await refusal(basic) == (403, "Forbidden: bot is not a member of the group chat")


async def test_a_group_that_has_become_a_supergroup_says_where_it_is(
    call: Caller, telegram: Simulator, ann: Lifter
) -> None:
    basic = telegram.groups.create("Old", [ANN], supergroup=False)
    telegram.groups.add_bot(basic, by=ANN)
    moved_to = telegram.groups.upgrade(basic, by=ANN)

    answer = await call("sendMessage", chat_id=basic, text="x")
    assert answer.refusal == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert answer.body["parameters"] == {"migrate_to_chat_id": moved_to}
    assert (await call("sendMessage", chat_id=moved_to, text="x")).result["chat"]["type"] == "supergroup"
    leaving, coming = (await call.updates())[-2:]
    assert leaving["message"]["migrate_to_chat_id"] == moved_to
    assert coming["message"]["migrate_from_chat_id"] == basic


async def test_a_group_takes_twenty_messages_a_minute(call: Caller, gym: int, clock: FakeClock) -> None:
    for _ in range(20):
        assert (await call("sendMessage", chat_id=gym, text="x")).status == 200
    assert (await call("sendMessage", chat_id=gym, text="x")).refusal == (429, "Too Many Requests: retry after 3")
    clock.advance(timedelta(seconds=3))
    assert (await call("sendMessage", chat_id=gym, text="x")).status == 200
