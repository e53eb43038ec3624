"""What a person types behind the bot's name, and what the bot finds for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from simulator.driver import Lifter
from simulator.inline import Findings
from simulator.people import NotPossible
from simulator.server import Simulator
from tests.simulator.calling import Caller
from tests.support.clock import FakeClock

OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def article(name: str) -> dict[str, Any]:
    content = {"message_text": f"<b>{name}</b> it is", "parse_mode": "HTML"}
    return {"type": "article", "id": name, "title": name, "description": "d", "input_message_content": content}


async def query(call: Caller) -> dict[str, Any]:
    """The newest query that waits."""
    update: dict[str, Any] = (await call.updates(-1, timeout=5))[0]["inline_query"]
    return update


async def found(call: Caller, asking: Any, *names: str, **more: Any) -> tuple[dict[str, Any], Findings]:
    """What the bot is asked, and what the person sees of these results."""
    waiting = asyncio.ensure_future(asking)
    await asyncio.sleep(0)
    asked = await query(call)
    answer = await call(
        "answerInlineQuery", inline_query_id=asked["id"], results=[article(name) for name in names], **more
    )
    assert answer.result is True
    return asked, await asyncio.wait_for(waiting, 20)


async def test_what_is_typed_reaches_the_bot_and_what_it_finds_the_person(call: Caller, telegram: Simulator) -> None:
    ann = telegram.lifter("Ann")  # who never wrote to the bot
    asked, seen = await found(call, ann.asks("bench", offset="50"), "Bench", "Bench press", next_offset="100")
    assert (asked["query"], asked["offset"], asked["from"]["id"]) == ("bench", "50", ann.id)
    assert [result.title for result in seen.results] == ["Bench", "Bench press"]
    assert (seen.next_offset, seen.button) == ("100", None)


async def test_what_is_chosen_is_sent_by_the_person_with_the_bots_name(call: Caller, ann: Lifter) -> None:
    _, seen = await found(call, ann.asks("bench"), "Bench")
    await ann.chooses(seen.results[0])
    message = (await call.updates(-1))[0]["message"]
    assert (message["text"], message["via_bot"]["username"]) == ("Bench it is", "simulated_bot")
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert (ann.last.text, ann.last.from_bot) == ("Bench it is", False)


async def test_the_same_is_not_asked_again_while_the_answer_is_kept(
    call: Caller, ann: Lifter, telegram: Simulator, clock: FakeClock
) -> None:
    ben = telegram.lifter("Ben")
    _, hers = await found(call, ann.asks("row"), "Row", cache_time=60, is_personal=True)
    assert await ann.asks("row") == hers
    await found(call, ben.asks("row"), "Row", cache_time=0)  # it was hers alone
    clock.advance(timedelta(seconds=61))
    await found(call, ann.asks("row"), "Row", cache_time=60)
    assert await ben.asks("row") == hers


async def test_a_query_is_answered_once_and_in_time(call: Caller, ann: Lifter, clock: FakeClock) -> None:
    asked, _ = await found(call, ann.asks("row"), "Row", cache_time=0)
    assert (await call("answerInlineQuery", inline_query_id=asked["id"], results=[])).refusal == (400, OLD)
    waiting = asyncio.ensure_future(ann.asks("row"))
    await asyncio.sleep(0)
    late = await query(call)
    clock.advance(timedelta(seconds=16))
    assert (await call("answerInlineQuery", inline_query_id=late["id"], results=[])).refusal == (400, OLD)
    waiting.cancel()


async def test_a_query_that_nobody_fetches_is_forgotten_soon(call: Caller, ann: Lifter, clock: FakeClock) -> None:
    waiting = asyncio.ensure_future(ann.asks("row"))
    await asyncio.sleep(0)
    clock.advance(timedelta(seconds=31))
    assert [sorted(update) for update in await call.updates()] == [["message", "update_id"]]  # hers from before
    waiting.cancel()


async def test_a_phone_asks_no_longer_text_than_telegram_takes(ann: Lifter) -> None:
    with pytest.raises(NotPossible):
        await ann.asks("x" * 257)
