"""The update queue.

Sources: https://core.telegram.org/bots/api#getting-updates; tdlib/telegram-bot-api, Client.cpp:
`process_get_updates_query`, `do_get_updates`, `abort_long_poll`, `fail_query_conflict`, `add_update`.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from simulator.driver import Lifter
from simulator.server import Simulator
from tests.simulator.calling import Caller, until
from tests.support.clock import FakeClock

ANN = 7
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def texts(updates: list[dict[str, object]]) -> list[str]:
    return [update["message"]["text"] for update in updates]  # type: ignore[index]  # a message is JSON


@pytest.fixture
async def three(ann: Lifter) -> None:
    """Three updates wait: hello, two, three."""
    await ann.sends("two")
    await ann.sends("three")


async def test_a_message_comes_as_telegram_describes_it(call: Caller, ann: Lifter, clock: FakeClock) -> None:
    await ann.sends("/start now", reply_to=1)
    person = {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    common = {
        "from": person,
        "chat": {"id": ANN, "type": "private", "first_name": "Ann"},
        "date": int(clock().timestamp()),
    }

    first, second = await call.updates()

    assert first["message"] == {"message_id": 1, **common, "text": "hello"}
    assert second["update_id"] == first["update_id"] + 1
    assert second["message"] == {
        "message_id": 2,
        **common,
        "text": "/start now",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        "reply_to_message": first["message"],
    }


@pytest.mark.usefixtures("three")
async def test_an_update_comes_again_until_it_is_confirmed(call: Caller, telegram: Simulator) -> None:
    first, second, third = await call.updates(0)
    assert await call.updates(first["update_id"], limit=2) == [first, second]
    assert await call.updates(second["update_id"]) == [second, third]

    assert len(telegram.updates) == 2
    assert await call.updates(third["update_id"] + 1) == []
    assert len(telegram.updates) == 0


@pytest.mark.usefixtures("three")
async def test_an_offset_in_the_past_starts_at_the_first_that_waits(call: Caller) -> None:
    assert texts(await call.updates(5)) == ["hello", "two", "three"]


@pytest.mark.usefixtures("three")
async def test_a_negative_offset_keeps_only_the_last(call: Caller) -> None:
    assert texts(await call.updates(-2)) == ["two", "three"]
    assert texts(await call.updates(-9)) == ["two", "three"]


@pytest.mark.usefixtures("three")
async def test_a_limit_beyond_the_bounds_is_moved_into_them(call: Caller) -> None:
    assert len(await call.updates(1, limit=0)) == 1
    assert len(await call.updates(2, limit=1000)) == 3


@pytest.mark.usefixtures("three")
async def test_who_asks_for_the_same_again_at_once_gets_a_single_update(call: Caller) -> None:
    assert len(await call.updates(1)) == 3
    assert len(await call.updates(1)) == 1


async def test_who_asks_for_the_same_again_at_once_is_held_back(call: Caller) -> None:
    loop = asyncio.get_running_loop()
    await call.updates(1)
    before = loop.time()

    await call.updates(1)

    assert loop.time() - before >= 0.2


async def test_a_long_poll_ends_when_something_comes(call: Caller, telegram: Simulator) -> None:
    polling = asyncio.create_task(call.updates(timeout=20))
    ben = telegram.lifter("Ben")
    await until(lambda: telegram.updates.polled)

    await ben.sends("hi")

    assert texts(await asyncio.wait_for(polling, 20)) == ["hi"]


async def test_a_second_poller_sends_the_first_away(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    await call.updates(-1)
    first = asyncio.create_task(call("getUpdates", offset=2**31, timeout=20))
    await polls(telegram, 2)
    second = asyncio.create_task(call("getUpdates", offset=1, timeout=20))

    assert (await asyncio.wait_for(first, 20)).refusal == (409, OTHER_POLLER)
    await ann.sends("two")
    assert texts((await asyncio.wait_for(second, 20)).result) == ["two"]


async def test_a_call_that_need_not_wait_sends_nobody_away(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    await call.updates(-1)
    waiting = asyncio.create_task(call("getUpdates", offset=2**31 - 1, timeout=20))
    await polls(telegram, 2)

    assert await call.updates(1) == []
    await ann.sends("two")

    assert texts((await asyncio.wait_for(waiting, 20)).result) == ["two"]


async def test_who_goes_on_fighting_over_the_queue_is_held_back(call: Caller, telegram: Simulator) -> None:
    loop = asyncio.get_running_loop()
    answers = []
    before = loop.time()
    for number in range(1, 4):
        before = loop.time()
        answers.append(asyncio.create_task(call("getUpdates", offset=number, timeout=20)))
        await polls(telegram, number)
    await asyncio.wait_for(answers[0], 20)

    answer = await asyncio.wait_for(answers[1], 20)

    assert answer.status == 409
    assert loop.time() - before >= 0.2
    answers[2].cancel()


async def test_a_poller_that_went_away_is_no_rival(call: Caller, telegram: Simulator) -> None:
    gone = asyncio.create_task(call("getUpdates", timeout=20))
    await until(lambda: telegram.updates.polled)
    gone.cancel()
    await until(lambda: not telegram.updates.polled)

    await call.updates(1)

    assert not telegram.refusals


async def test_only_asked_for_kinds_come(call: Caller, ann: Lifter) -> None:
    await call.updates(-1, allowed_updates=["callback_query", "edited_message"])
    await ann.sends("unheard")
    await ann.edits(1, "changed")

    updates = await call.updates(1)

    assert [kind for update in updates for kind in update if kind != "update_id"] == ["message", "edited_message"]


@pytest.mark.parametrize("given", [[], ["nothing known"]])
async def test_asking_for_nothing_known_means_everything(call: Caller, ann: Lifter, given: list[str]) -> None:
    await call.updates(-1, allowed_updates=["callback_query"])
    await call.updates(1, allowed_updates=given)

    await ann.sends("heard")

    assert texts(await call.updates(2)) == ["hello", "heard"]


@pytest.mark.parametrize("given", [["inline_query"], ["message_reaction", "nothing known"]])
async def test_asking_for_what_nobody_does_here_means_nothing_else(call: Caller, ann: Lifter, given: list[str]) -> None:
    await call.updates(-1, allowed_updates=given)

    await ann.sends("unheard")

    assert texts(await call.updates(1)) == ["hello"]


async def test_kinds_are_the_same_in_capital_letters(call: Caller, ann: Lifter) -> None:
    await call.updates(-1, allowed_updates=["callback_query"])
    await call.updates(1, allowed_updates=["MESSAGE"])

    await ann.sends("heard")

    assert texts(await call.updates(2)) == ["hello", "heard"]


@pytest.mark.parametrize(
    "given", [{}, {"allowed_updates": "["}, {"allowed_updates": 5}, {"allowed_updates": ["message", 5]}]
)
async def test_what_cannot_be_read_keeps_the_kinds_as_they_are(
    call: Caller, ann: Lifter, given: dict[str, object]
) -> None:
    await call.updates(-1, allowed_updates=["callback_query"])
    await call.updates(1, **given)

    await ann.sends("unheard")

    assert texts(await call.updates(2)) == ["hello"]


async def test_messages_wait_a_day_and_presses_150_seconds(
    call: Caller, ann: Lifter, telegram: Simulator, clock: FakeClock
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}
    await call("sendMessage", chat_id=ANN, text="t", reply_markup=keyboard)
    await telegram.people.press(ANN, 2, 0, 0)
    assert len(telegram.updates) == 2

    clock.advance(timedelta(seconds=150))
    assert texts(await call.updates()) == ["hello"]

    clock.advance(timedelta(days=1))
    assert len(telegram.updates) == 0


async def test_a_blocked_bot_is_told(call: Caller, ann: Lifter) -> None:
    ann.blocks_bot()
    ann.blocks_bot()
    ann.unblocks_bot()

    _, blocked, unblocked = await call.updates()

    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_confirmed_updates_can_be_delivered_again_once(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    (first,) = await call.updates()
    await ann.sends("two")
    assert texts(await call.updates(first["update_id"] + 1)) == ["two"]

    telegram.updates.deliver_again(1)

    assert texts(await call.updates(first["update_id"] + 1, limit=2)) == ["hello"]  # asked again at once: one only
    assert await call.updates(first["update_id"] + 2) == []


@pytest.mark.usefixtures("three")
async def test_what_is_delivered_again_is_kept_until_there_is_room(call: Caller, telegram: Simulator) -> None:
    after = (await call.updates())[-1]["update_id"] + 1
    assert await call.updates(after) == []

    telegram.updates.deliver_again(2)

    assert texts(await call.updates(after + 1, limit=1)) == ["two"]
    assert texts(await call.updates(after + 2, limit=1)) == ["three"]


@pytest.mark.usefixtures("three")
async def test_deleting_the_webhook_can_drop_what_waits(call: Caller) -> None:
    deleted = await call("deleteWebhook")
    assert (deleted.result, deleted.body["description"]) == (True, "Webhook is already deleted")
    assert (await call("getWebhookInfo")).result == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 3,
    }

    assert (await call("deleteWebhook", drop_pending_updates=True)).result is True

    assert await call.updates() == []


async def polls(telegram: Simulator, number: int) -> None:
    """Waits until so many polls have come in and wait for news."""
    await until(lambda: len(telegram.called("getUpdates")) == number and telegram.updates.polled)
