from __future__ import annotations

import asyncio
import socket
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.repeating import NeverSentError
from bot.telegram_http import AiohttpRequest
from tests.bot.scripted_telegram import (
    TOKEN,
    Answer,
    Pauses,
    Telegram,
    answers,
    hangs_up,
    hangs_up_in_the_middle,
    never_answers,
    too_soon,
)

ONCE_ONLY = [
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendMediaGroup",
    "forwardMessage",
    "copyMessage",
    "getUpdates",
]
REPEATABLE = [
    "getMe",
    "getFile",
    "setMyCommands",
    "setMessageReaction",
    "editMessageText",
    "editMessageReplyMarkup",
    "deleteMessage",
    "deleteMessages",
    "answerCallbackQuery",
    "sendChatAction",
]

FAILURES = pytest.mark.parametrize(
    "failure",
    [
        answers(status=500),
        answers(status=502),
        answers(status=503),
        answers(status=504),
        hangs_up,
        hangs_up_in_the_middle,
    ],
    ids=["500", "502", "503", "504", "cut", "cut in the middle"],
)


@pytest.mark.parametrize("method", REPEATABLE)
@FAILURES
async def test_what_can_be_made_twice_without_harm_is_made_again(
    method: str, failure: Answer, telegram: Telegram, request_: AiohttpRequest, pauses: Pauses
) -> None:
    telegram.script = [failure, failure, answers(result="done")]
    result: object = await request_.post(telegram.url(method))
    assert result == (True if method.startswith("edit") else "done")
    assert telegram.asked == [method] * 3
    assert pauses == sorted(pauses)


@pytest.mark.parametrize("method", ONCE_ONLY)
@FAILURES
async def test_what_may_have_been_sent_is_not_sent_again(
    method: str, failure: Answer, telegram: Telegram, request_: AiohttpRequest
) -> None:
    telegram.script = [failure, answers()]
    with pytest.raises(NetworkError) as unknown:
        await request_.post(telegram.url(method))
    assert not isinstance(unknown.value, NeverSentError)
    assert telegram.asked == [method]


async def test_a_send_that_gets_no_answer_times_out_and_is_not_sent_again(
    telegram: Telegram, request_: AiohttpRequest
) -> None:
    telegram.script = [never_answers]
    with pytest.raises(TimedOut):
        await request_.post(telegram.url("sendMessage"), read_timeout=1.0)
    assert telegram.asked == ["sendMessage"]


async def test_an_edit_that_gets_no_answer_is_made_again(telegram: Telegram, request_: AiohttpRequest) -> None:
    telegram.script = [never_answers, answers()]
    result: object = await request_.post(telegram.url("editMessageText"), read_timeout=1.0)
    assert result is True


async def test_a_failure_that_stays_is_reported_after_four_attempts(
    telegram: Telegram, request_: AiohttpRequest, pauses: Pauses
) -> None:
    telegram.script = [answers(status=500, description="Internal Server Error: sorry")]
    with pytest.raises(NetworkError, match="sorry"):
        await request_.post(telegram.url("getMe"))
    assert len(telegram.asked) == 4
    assert pauses == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("status", [400, 403, 404, 409])
async def test_a_refusal_is_not_asked_twice(status: int, telegram: Telegram, request_: AiohttpRequest) -> None:
    telegram.script = [answers(status=status, description="no")]
    answer = await request_.do_request(telegram.url("editMessageText"), "POST")
    assert answer[0] == status
    assert len(telegram.asked) == 1


@pytest.mark.parametrize("method", ["sendMessage", "getMe"])
async def test_a_call_that_never_left_is_made_again_whatever_it_is(
    method: str, closed_port: int, pauses: Pauses, request_: AiohttpRequest
) -> None:
    with pytest.raises(NeverSentError, match="can't connect"):
        await request_.post(f"http://127.0.0.1:{closed_port}/bot{TOKEN}/{method}")
    assert len(pauses) == 3


async def test_a_send_gets_through_once_telegram_can_be_reached(reserved: socket.socket, closed_port: int) -> None:
    telegram = Telegram()

    async def meanwhile(_: float) -> None:
        telegram.server = TestServer(telegram.server.app, socket_factory=lambda *_: reserved, skip_url_asserts=True)
        await telegram.server.start_server()

    async with AiohttpRequest(sleep=meanwhile) as request:
        assert await request.post(f"http://127.0.0.1:{closed_port}/bot{TOKEN}/sendMessage") is True
    await telegram.server.close()
    assert telegram.asked == ["sendMessage"]


async def test_a_send_refused_for_coming_too_soon_waits_as_told_and_is_sent(
    telegram: Telegram, request_: AiohttpRequest, pauses: Pauses
) -> None:
    telegram.script = [too_soon(1), answers(result="sent")]
    result: object = await request_.post(telegram.url("sendMessage"))
    assert result == "sent"
    assert pauses == [1]


@pytest.mark.parametrize("waits", [[2], [3600], [1, 1]])
async def test_no_call_waits_longer_than_a_second_in_all(
    waits: list[int], telegram: Telegram, request_: AiohttpRequest, pauses: Pauses
) -> None:
    telegram.script = [too_soon(seconds) for seconds in waits]
    with pytest.raises(RetryAfter) as refused:
        await request_.post(telegram.url("sendMessage"))
    assert refused.value.retry_after == timedelta(seconds=waits[-1])
    assert pauses == waits[:-1]


async def test_a_refusal_without_a_number_waits_a_second(
    telegram: Telegram, request_: AiohttpRequest, pauses: Pauses
) -> None:
    async def proxy(_: web.Request) -> web.Response:
        return web.Response(status=429, text="slow down")

    telegram.script = [proxy, answers()]
    await request_.post(telegram.url("sendMessage"))
    assert pauses == [1]


async def test_a_call_that_waits_keeps_no_other_waiting(telegram: Telegram) -> None:
    asleep, awake = asyncio.Event(), asyncio.Event()

    async def sleep(_: float) -> None:
        asleep.set()
        await awake.wait()

    async with AiohttpRequest(sleep=sleep) as request:
        telegram.script = [too_soon(1), answers()]
        waiting = asyncio.create_task(request.do_request(telegram.url("sendMessage"), "POST"))
        await asyncio.wait_for(asleep.wait(), timeout=20)
        assert await request.post(telegram.url("sendMessage")) is True
        assert not waiting.done()
        awake.set()
        assert (await waiting)[0] == 200
