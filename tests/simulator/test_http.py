"""The envelope: paths, tokens, encodings.

Sources: https://core.telegram.org/bots/api#making-requests; tdlib/telegram-bot-api, Query.cpp,
HttpConnection.cpp, ClientManager.cpp.
"""

from __future__ import annotations

import io
import json
from http import HTTPMethod

import aiohttp
import pytest

from simulator.arguments import Upload
from simulator.driver import Lifter
from simulator.multipart import read_multipart
from simulator.server import Simulator
from tests.simulator.calling import Caller

ANN = 7
TEXT = "5 % & = ü 💪"


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        (HTTPMethod.GET, {"params": {"chat_id": ANN, "text": TEXT}}),
        (HTTPMethod.POST, {"params": {"chat_id": ANN, "text": TEXT}}),
        (HTTPMethod.POST, {"data": {"chat_id": ANN, "text": TEXT}}),
        (HTTPMethod.POST, {"json": {"chat_id": ANN, "text": TEXT, "reply_markup": None}}),
        (HTTPMethod.POST, {"params": {"text": "overruled"}, "json": {"chat_id": str(ANN), "text": TEXT}}),
    ],
    ids=["query", "query of a post", "form", "JSON", "body before query"],
)
async def test_arguments_come_in_any_encoding(
    call: Caller, ann: Lifter, method: HTTPMethod, request_: dict[str, object]
) -> None:
    async with call.session.request(method, f"{call.address}/sendMessage", **request_) as response:  # type: ignore[arg-type]  # as given above
        assert response.status == 200
        assert response.content_type == "application/json"

    assert ann.last.text == TEXT


async def test_arguments_come_as_multipart(call: Caller, ann: Lifter) -> None:
    form = aiohttp.FormData({"chat_id": str(ANN), "text": TEXT}, default_to_multipart=True)

    assert (await call.post("sendMessage", data=form)).status == 200

    assert ann.last.text == TEXT


async def test_method_names_are_the_same_in_small_letters(call: Caller, telegram: Simulator) -> None:
    assert (await call("GETME")).result["username"] == "simulated_bot"
    assert [one.method for one in telegram.calls] == ["getMe"]


@pytest.mark.parametrize("method", ["sendVenue", "sendDice", "nothing"])
async def test_a_method_that_is_not_there_is_not_found(call: Caller, method: str) -> None:
    assert (await call(method)).refusal == (404, "Not Found: method not found")


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("/botgarbage/getMe", (401, "Unauthorized: invalid token specified")),
        ("/bot110201543:another-token-in-the-right-form/getMe", (401, "Unauthorized")),
        ("/bot110201543:another-token-in-the-right-form", (404, "Not Found")),
        ("/bot1/getMe/more", (404, "Not Found")),
        ("/file/bot110201543:another-token-in-the-right-form/x", (401, "Unauthorized")),
    ],
)
async def test_a_wrong_path_is_refused(call: Caller, telegram: Simulator, path: str, refusal: tuple[int, str]) -> None:
    async with call.session.get(telegram.url + path) as response:
        body = await response.json()

    assert (response.status, body["description"]) == refusal
    assert body == {"ok": False, "error_code": refusal[0], "description": refusal[1]}


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"{", "application/json", "can't parse the request body"),
        (b"[]", "application/json", "can't parse the request body"),
        (b'{"text": "\\ud83d"}', "application/json", "strings must be encoded in UTF-8"),
        (b"text=%ff", "application/x-www-form-urlencoded", "strings must be encoded in UTF-8"),
        (b"", "multipart/form-data", "can't parse the request body"),
        (b"--b\r\nno headers\r\n--b--", "multipart/form-data; boundary=b", "can't parse the request body"),
        (b"--b\r\nA: b\r\n\r\nno name\r\n--b--", "multipart/form-data; boundary=b", "can't parse the request body"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(call: Caller, body: bytes, kind: str, words: str) -> None:
    answer = await call.post("sendMessage", data=body, headers={"Content-Type": kind})

    assert answer.refusal == (400, f"Bad Request: {words}")


async def test_a_body_that_is_too_large_is_refused(call: Caller) -> None:
    """The limit is that of https://core.telegram.org/bots/api#sending-files."""
    answer = await call.post("sendDocument", data=io.BytesIO(bytes(50_000_001)))

    assert answer.refusal == (413, "Request Entity Too Large")


def test_a_multipart_body_keeps_every_byte_of_a_file() -> None:
    content = bytes(range(256)) + b"\r\n--not the boundary\r\n\r\n"
    body = (
        b'--b\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n7\r\n'
        b'--b\r\nContent-Disposition: form-data; name="document"; filename="a b.bin"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n--b--\r\n"
    )

    texts, uploads = read_multipart('multipart/form-data; boundary="b"', body)

    assert texts == {"chat_id": "7"}
    assert uploads == {"document": Upload("a b.bin", "application/pdf", content)}


async def test_every_call_is_recorded(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    await call("sendMessage", chat_id=ANN, text="hi", reply_markup={"inline_keyboard": []})
    await call("sendMessage", chat_id=ANN)

    good, bad = telegram.called("sendMessage")
    assert (good.status, good.description) == (200, None)
    assert {**good.arguments, "reply_markup": json.loads(good.arguments["reply_markup"])} == {
        "chat_id": str(ANN),
        "text": "hi",
        "reply_markup": {"inline_keyboard": []},
    }
    assert (bad.status, bad.description) == (400, "Bad Request: message text is empty")
    assert telegram.refusals == [bad]
