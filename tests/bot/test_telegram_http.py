from __future__ import annotations

import asyncio
import json
import traceback
from time import monotonic
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError

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
from tests.support.loop_time import settled


@pytest.fixture
def bot(telegram: Telegram, request_: AiohttpRequest) -> Bot:
    return Bot(TOKEN, base_url=telegram.url("")[: -len(TOKEN) - 1], request=request_)


def everything_said_about(error: BaseException) -> str:
    """The error with all it hangs on to, whether or not a traceback would print it."""
    said = "".join(traceback.format_exception(error, chain=False)) + repr(error)
    return said + "".join(everything_said_about(other) for other in (error.__cause__, error.__context__) if other)


async def test_parameters_arrive_as_a_form(bot: Bot, telegram: Telegram) -> None:
    received: dict[str, Any] = {}

    async def answer(request: web.Request) -> web.Response:
        received.update(await request.post(), kind=request.content_type)
        return web.json_response({"ok": True, "result": True})

    telegram.script = [answer]
    assert await bot.set_message_reaction(7, 8, "👍")
    assert received["kind"] == "application/x-www-form-urlencoded"
    assert received["chat_id"] == "7"
    assert json.loads(received["reaction"]) == [{"type": "emoji", "emoji": "👍"}]


async def test_every_character_arrives_as_it_was_sent(bot: Bot, telegram: Telegram) -> None:
    received: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        received.append(str((await request.post())["text"]))
        return web.json_response({"ok": True, "result": True})

    texts = [
        "".join(map(chr, range(1, 0x250))),
        "a+b c%20d&e=f;g#h?i/j\\k\r\n\t",
        "тяга 懸垂 ١٠٠ 💪🏽 👩‍👩‍👧 🇩🇪 \u200f\u2028",
        "x" * 4096,
    ]
    telegram.script = [answer] * len(texts)
    for text in texts:
        await bot.answer_callback_query("1", text)
    assert received == texts


async def test_an_edited_message_is_not_parsed_and_an_edit_that_failed_still_fails(
    bot: Bot, telegram: Telegram
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": {"message_id": 8}})  # no message: it lacks what each has

    telegram.script = [answer]
    assert await bot.edit_message_text("100 kg × 5", 7, 8) is True
    telegram.script = [answers(None, 400, description="Bad Request: message to edit not found")]
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_text("100 kg × 5", 7, 8)


async def test_a_file_arrives_whole_with_its_name_and_beside_its_parameters(bot: Bot, telegram: Telegram) -> None:
    content = bytes(range(256)) * 8192
    received: dict[str, Any] = {}

    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        received.update(form)
        document = form["document"]
        assert isinstance(document, web.FileField)
        received.update(content=document.file.read(), filename=document.filename)
        message = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}
        return web.json_response({"ok": True, "result": message})

    telegram.script = [too_soon(1), answer]
    await bot.send_document(7, InputFile(content, filename="Übung “1”.csv"), caption="× 5")
    assert received["content"] == content
    assert received["filename"] == "Übung “1”.csv"
    assert received["caption"] == "× 5"


async def test_a_file_is_fetched(bot: Bot, telegram: Telegram, request_: AiohttpRequest) -> None:
    async def content(_: web.Request) -> web.Response:
        return web.Response(body=b"Date,Exercise")

    telegram.script = [answers(status=502), content]
    assert await request_.retrieve(telegram.url("imports/strong.csv")) == b"Date,Exercise"


async def test_one_connection_serves_one_call_after_the_other(bot: Bot, telegram: Telegram) -> None:
    for _ in range(5):
        await bot.delete_message(7, 8)
    assert len(telegram.connections) == 1


async def test_a_connection_is_kept_while_a_lifter_rests(
    bot: Bot, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.delete_message(7, 8)
    monkeypatch.setattr("aiohttp.connector.monotonic", lambda: monotonic() + 180)
    await bot.delete_message(7, 8)
    assert len(telegram.connections) == 1


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_a_kept_connection_that_telegram_has_closed_costs_no_call(
    method: str, telegram: Telegram, request_: AiohttpRequest, pauses: Pauses
) -> None:
    await request_.post(telegram.url("getMe"))
    (kept,) = telegram.connections
    assert isinstance(kept, asyncio.Transport)
    kept.close()
    await settled()
    assert await request_.post(telegram.url(method)) is True
    assert telegram.asked == ["getMe", method]
    assert len(telegram.connections) == 2
    assert pauses == []


async def test_a_send_that_meets_the_end_of_a_kept_connection_is_not_repeated_but_an_edit_is(
    telegram: Telegram, request_: AiohttpRequest
) -> None:
    telegram.script = [answers(), hangs_up, answers(), hangs_up, answers()]
    await request_.post(telegram.url("getMe"))
    with pytest.raises(NetworkError) as unknown:
        await request_.post(telegram.url("sendMessage"))
    assert not isinstance(unknown.value, NeverSentError)
    await request_.post(telegram.url("getMe"))
    assert await request_.post(telegram.url("editMessageText")) is True
    assert telegram.asked == ["getMe", "sendMessage", "getMe", "editMessageText", "editMessageText"]


async def test_a_redirection_is_not_followed(telegram: Telegram, request_: AiohttpRequest) -> None:
    async def elsewhere(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": telegram.url("elsewhere")})

    telegram.script = [elsewhere, answers()]
    with pytest.raises(NetworkError):
        await request_.post(telegram.url("getMe"))
    assert telegram.asked == ["getMe"]


async def test_it_can_be_closed_and_opened_again(telegram: Telegram) -> None:
    request = AiohttpRequest()
    await request.shutdown()
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert await request.post(telegram.url("getMe")) is True
        await request.shutdown()
        await request.shutdown()
    with pytest.raises(NetworkError, match="not initialized"):
        await request.post(telegram.url("getMe"))


async def test_no_error_carries_the_token(telegram: Telegram, request_: AiohttpRequest, closed_port: int) -> None:
    calls: list[tuple[Answer, str, dict[str, Any]]] = [
        (hangs_up, telegram.url("sendMessage"), {}),
        (hangs_up_in_the_middle, telegram.url("sendMessage"), {}),
        (never_answers, telegram.url("sendMessage"), {"read_timeout": 1.0}),
        (answers(), telegram.url("sendMessage"), {"connect_timeout": 1e-9, "pool_timeout": 0}),
        (answers(), f"http://127.0.0.1:{closed_port}/bot{TOKEN}/sendMessage", {}),
        (answers(), f"ftp://127.0.0.1/bot{TOKEN}/sendMessage", {}),
        (answers(), f"http:///bot{TOKEN}/sendMessage", {}),
    ]
    for answer, url, limits in calls:
        telegram.script = [answer]
        with pytest.raises(NetworkError) as failed:
            await request_.post(url, **limits)
        assert TOKEN.partition(":")[2] not in everything_said_about(failed.value)


def test_it_says_how_long_telegram_may_stay_silent() -> None:
    assert AiohttpRequest().read_timeout == 10
