"""What waits before it leaves, and what a refusal for coming too soon holds up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot, InputMediaPhoto
from telegram.error import RetryAfter

from bot.budget import Budget
from bot.priority import Priority, sending_as
from bot.sources import PRIORITIES
from bot.telegram_http import AiohttpRequest
from storage.values.chat import Source
from tests.bot.scripted_telegram import TOKEN, Pauses, Telegram, answers, too_soon
from tests.support.loop_time import FakeTime
from tests.support.waiting import until

ANN, BEN = 1, 2


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def request_(pauses: Pauses, time: FakeTime) -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(sleep=pauses, budget=Budget(2, time)) as request:
        yield request


@pytest.fixture
def bot(telegram: Telegram, request_: AiohttpRequest) -> Bot:
    return bot_with(request_, telegram)


def bot_with(request: AiohttpRequest, telegram: Telegram) -> Bot:
    return Bot(TOKEN, base_url=telegram.url("")[: -len(TOKEN) - 1], request=request)


@pytest.fixture(autouse=True)
def says_what_was_sent(telegram: Telegram) -> None:
    telegram.script = [sent]


async def sent(request: web.Request) -> web.Response:
    form = await request.post()
    message = {"message_id": 5, "date": 0, "chat": {"id": int(str(form.get("chat_id", 0))), "type": "private"}}
    listed = request.path.endswith("sendMediaGroup")
    return web.json_response({"ok": True, "result": [message] if listed else message})


async def test_a_send_leaves_when_the_budget_permits_it_and_nothing_else_waits(
    bot: Bot, telegram: Telegram, time: FakeTime
) -> None:
    await bot.send_message(ANN, "-")
    await bot.send_message(BEN, "-")
    waiting = asyncio.create_task(bot.send_message(3, "-"))
    telegram.script = [sent, answers()]
    await bot.edit_message_text("-", ANN, 5)
    await bot.delete_message(ANN, 5)
    await bot.set_message_reaction(ANN, 5, "👍")
    await bot.answer_callback_query("1")
    await bot.send_chat_action(ANN, "typing")
    assert telegram.asked.count("sendMessage") == 2
    assert not waiting.done()
    telegram.script = [sent]
    await time.passes(1.1)
    await waiting
    assert telegram.asked[-1] == "sendMessage"


async def test_a_media_group_counts_as_many_messages_as_it_has_pictures(
    bot: Bot, telegram: Telegram, time: FakeTime
) -> None:
    await bot.send_media_group(ANN, [InputMediaPhoto(f"https://example.com/{number}.png") for number in range(2)])
    waiting = asyncio.create_task(bot.send_message(BEN, "-"))
    await time.passes(0.5)
    assert telegram.asked == ["sendMediaGroup"]
    await time.passes(1)
    await waiting


async def test_the_priority_of_the_task_decides_who_leaves_first(bot: Bot, telegram: Telegram, time: FakeTime) -> None:
    chats: list[str] = []

    async def notes_the_chat(request: web.Request) -> web.Response:
        chats.append(str((await request.post())["chat_id"]))
        return await sent(request)

    telegram.script = [notes_the_chat]
    await bot.send_message(ANN, "-")
    await bot.send_message(BEN, "-")
    tasks = []
    for chat, priority in ((3, Priority.ANNOUNCEMENT), (4, Priority.REMINDER), (5, Priority.ANSWER)):
        with sending_as(priority):
            tasks.append(asyncio.create_task(bot.send_message(chat, "-")))
    await time.passes(1.1)
    await asyncio.gather(*tasks[1:])
    assert set(chats[2:]) == {"4", "5"}
    await time.passes(1.1)
    await tasks[0]
    assert chats[4:] == ["3"]


async def test_while_a_chat_must_be_left_alone_its_calls_are_refused_here_and_others_go_on(
    bot: Bot, telegram: Telegram, time: FakeTime
) -> None:
    telegram.script = [too_soon(7), sent]
    with pytest.raises(RetryAfter):
        await bot.edit_message_text("-", ANN, 5)
    asked = len(telegram.asked)
    for call in (bot.send_message(ANN, "-"), bot.edit_message_text("-", ANN, 5)):
        with pytest.raises(RetryAfter) as refused:
            await call
        assert refused.value.retry_after == timedelta(seconds=7)
    assert len(telegram.asked) == asked
    await bot.send_message(BEN, "-")
    await bot.edit_message_text("-", BEN, 5)
    await bot.answer_callback_query("1")
    await time.passes(7)
    await bot.send_message(ANN, "-")


async def test_a_call_waits_itself_for_a_chat_that_may_have_it_in_a_moment(
    bot: Bot, telegram: Telegram, time: FakeTime, pauses: Pauses
) -> None:
    telegram.script = [too_soon(2), sent]
    with pytest.raises(RetryAfter):
        await bot.edit_message_text("-", ANN, 5)
    await time.passes(1.5)
    await bot.edit_message_text("-", ANN, 5)
    assert pauses == [0.5]


async def test_a_send_that_was_told_to_wait_a_second_is_sent_after_it(
    bot: Bot, telegram: Telegram, time: FakeTime, pauses: Pauses
) -> None:
    telegram.script = [too_soon(1), sent]
    sending = asyncio.create_task(bot.send_message(ANN, "-"))

    async def was_told() -> bool:
        return bool(pauses)

    await until(was_told)
    assert telegram.asked == ["sendMessage"]
    await time.passes(1)
    await sending
    assert telegram.asked == ["sendMessage"] * 2


async def test_sends_refused_to_several_chats_pause_sends_and_nothing_else(
    bot: Bot, telegram: Telegram, time: FakeTime
) -> None:
    telegram.script = [too_soon(9)]
    for chat in (3, 4, 5):
        with pytest.raises(RetryAfter):
            await bot.send_message(chat, "-")
        await time.passes(0.6)
    asked = len(telegram.asked)
    telegram.script = [sent]
    waiting = asyncio.create_task(bot.send_message(ANN, "-"))
    await bot.edit_message_text("-", ANN, 5)
    await bot.answer_callback_query("1")
    await time.passes(5)
    assert telegram.asked[asked:] == ["editMessageText", "answerCallbackQuery"]
    await time.passes(5)
    await waiting


class Away:
    """Whoever makes a call, and what they do meanwhile."""

    def __init__(self) -> None:
        self.away = 0

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[None]:
        self.away += 1
        try:
            yield
        finally:
            self.away -= 1


async def test_who_makes_a_call_is_away_while_it_waits_for_the_budget_and_for_telegram(
    telegram: Telegram, time: FakeTime
) -> None:
    away = Away()
    in_the_network: list[int] = []

    async def notes(request: web.Request) -> web.StreamResponse:
        in_the_network.append(away.away)
        return await sent(request)

    telegram.script = [notes]
    async with AiohttpRequest(budget=Budget(1, time), waiting=away) as request:
        bot = bot_with(request, telegram)
        await bot.send_message(ANN, "-")
        assert (in_the_network, away.away) == ([1], 0)
        waiting = asyncio.create_task(bot.send_message(BEN, "-"))
        await time.passes(0.5)
        assert away.away == 1
        await time.passes(1)
        await waiting
        assert (in_the_network, away.away) == ([1, 1], 0)


def test_nothing_goes_among_the_answers_that_no_lifter_has_just_caused() -> None:
    assert set(Source) - PRIORITIES.keys() == {Source.TELEGRAM, Source.FLOOD}
    assert Priority.ANSWER not in PRIORITIES.values()
