"""What a test can switch on, and floods.

The limits are those of https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this and of
`telegram.constants.FloodLimit`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from simulator.driver import Lifter
from simulator.errors import bad_request
from simulator.faults import EVERY_METHOD, Breaks
from simulator.server import Simulator
from tests.simulator.calling import Caller
from tests.support.clock import FakeClock

ANN = 7


async def test_a_failing_call_does_nothing_and_the_next_one_works(
    call: Caller, ann: Lifter, telegram: Simulator
) -> None:
    telegram.faults.fail("sendMessage", 502)

    assert (await call("sendMessage", chat_id=ANN, text="lost")).refusal == (502, "Bad Gateway")
    assert (await call("sendMessage", chat_id=ANN, text="sent")).status == 200

    assert [message.text for message in ann.chat] == ["hello", "sent"]
    assert telegram.refusals == []
    assert [one.planned for one in telegram.calls] == [True, False]


async def test_the_nth_call_fails(call: Caller, telegram: Simulator) -> None:
    telegram.faults.fail("getMe", 500, after=2, times=2)

    assert [(await call("getMe")).status for _ in range(5)] == [200, 200, 500, 500, 200]


async def test_a_flooded_call_says_how_long_to_wait(call: Caller, telegram: Simulator) -> None:
    telegram.faults.flood("getMe", 7)

    answer = await call("getMe")

    assert answer.refusal == (429, "Too Many Requests: retry after 7")
    assert answer.body["parameters"] == {"retry_after": 7}
    assert answer.headers["Retry-After"] == "7"


async def test_any_refusal_can_be_had(call: Caller, telegram: Simulator) -> None:
    telegram.faults.refuse("getMe", bad_request("EFFECT_ID_INVALID"))

    assert (await call("getMe")).refusal == (400, "Bad Request: EFFECT_ID_INVALID")


@pytest.mark.parametrize(("breaks", "arrived"), [(Breaks.BEFORE, False), (Breaks.AFTER, True)])
async def test_a_connection_breaks_before_or_after_the_call_is_done(
    call: Caller, ann: Lifter, telegram: Simulator, breaks: Breaks, arrived: bool
) -> None:
    telegram.faults.drop("sendMessage", breaks)

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call("sendMessage", chat_id=ANN, text="hi")

    assert (ann.last.text == "hi") is arrived
    (broken,) = telegram.calls
    assert (broken.status, broken.ended, broken.planned) == (None, True, True)


async def test_a_fault_can_strike_any_method(call: Caller, telegram: Simulator) -> None:
    telegram.faults.fail(EVERY_METHOD, 503)
    telegram.faults.fail("getMe", 504)

    assert [(await call("getMe")).status, (await call("getMe")).status] == [504, 503]


async def test_calls_take_as_long_as_they_are_told_to(call: Caller, telegram: Simulator) -> None:
    telegram.faults.delay(0.05)
    telegram.faults.delay(0.3, "getMe")
    loop = asyncio.get_running_loop()

    async def seconds(method: str) -> float:
        before = loop.time()
        assert (await call(method)).status == 200
        return loop.time() - before

    assert await seconds("getWebhookInfo") >= 0.05
    assert await seconds("getMe") >= 0.3


def test_a_fault_of_an_unknown_method_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no method sendMesage"):
        Simulator().faults.fail("sendMesage")


@pytest.fixture
async def strict(clock: FakeClock) -> AsyncIterator[Simulator]:
    async with Simulator(clock=lambda: clock().timestamp()) as telegram:
        yield telegram


@pytest.fixture
async def strict_call(strict: Simulator) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(strict, session)


async def messages(call: Caller, count: int, chat_id: int) -> list[int]:
    return [(await call("sendMessage", chat_id=chat_id, text="t")).status for _ in range(count)]


async def test_a_chat_takes_five_messages_at_once_and_then_one_a_second(
    strict: Simulator, strict_call: Caller, clock: FakeClock
) -> None:
    ann = strict.lifter("Ann")
    await ann.sends("hi")

    assert await messages(strict_call, 6, ann.id) == [200] * 5 + [429]
    assert strict.refusals[0].description == "Too Many Requests: retry after 1"
    clock.advance(timedelta(seconds=1))
    assert await messages(strict_call, 2, ann.id) == [200, 429]


async def test_all_chats_take_thirty_messages_a_second(
    strict: Simulator, strict_call: Caller, clock: FakeClock
) -> None:
    lifters = [strict.lifter(f"Lifter {number}") for number in range(7)]
    for lifter in lifters:
        await lifter.sends("hi")

    sent = [status for lifter in lifters for status in await messages(strict_call, 5, lifter.id)]

    assert sent == [200] * 30 + [429] * 5
    clock.advance(timedelta(seconds=0.5))
    assert await messages(strict_call, 1, lifters[-1].id) == [200]


async def test_a_test_that_needs_a_burst_can_have_it() -> None:
    async with Simulator(strict_floods=False) as telegram, aiohttp.ClientSession() as session:
        ann = telegram.lifter("Ann")
        await ann.sends("hi")

        assert await messages(Caller(telegram, session), 40, ann.id) == [200] * 40


async def test_edits_and_answers_are_not_counted(strict: Simulator, strict_call: Caller) -> None:
    ann = strict.lifter("Ann")
    await ann.sends("hi")
    await messages(strict_call, 5, ann.id)

    async def edit(text: str) -> Any:
        return (await strict_call("editMessageText", chat_id=ann.id, message_id=2, text=text)).status

    assert [await edit(str(number)) for number in range(9)] == [200] * 9
