"""The webhook's answers, call by call, without a socket."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection, Sequence
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import Response

from bot.webhook import Webhook

SECRET = "s3cret_of-Telegram"
UPDATE = {"update_id": 7, "message": {"text": "100x5 squat-words"}}


class Hook:
    """A webhook, what it took and what it counted."""

    def __init__(self) -> None:
        self.counted: list[str] = []
        self.taken: list[dict[str, Any]] = []
        self.failure: BaseException | None = None
        self.crowded: Collection[int] = ()
        self.webhook = Webhook(SECRET, self.counted.append)

    async def take(self, updates: Sequence[dict[str, Any]]) -> Collection[int]:
        if self.failure is not None:
            raise self.failure
        self.taken.extend(updates)
        return self.crowded

    async def gets(self, body: bytes | list[bytes], secret: str | None = SECRET, **headers: str) -> int:
        """The status of the answer to a call."""
        return (await self.answers(body, secret, **headers)).status_code

    async def answers(self, body: bytes | list[bytes], secret: str | None = SECRET, **headers: str) -> Response:
        parts = [body] if isinstance(body, bytes) else list(body)
        with self.webhook.delivering_to(self.take):
            return await self.webhook.answer(_request(parts, secret, headers))


def _request(parts: list[bytes], secret: str | None, headers: dict[str, str]) -> Request:
    given = {**headers, **({} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret})}
    raw = [(name.lower().replace("_", "-").encode(), value.encode()) for name, value in given.items()]

    async def receive() -> dict[str, Any]:
        if not parts:
            await asyncio.Event().wait()
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts) or part == b"..."}

    scope = {"type": "http", "method": "POST", "path": "/hook", "query_string": b"", "headers": raw}
    return Request(scope, receive)


@pytest.fixture
def hook() -> Hook:
    return Hook()


async def test_an_update_is_taken_as_it_is(hook: Hook) -> None:
    assert await hook.gets(json.dumps(UPDATE).encode()) == 200
    assert hook.taken == [UPDATE]
    assert hook.counted == []


async def test_a_body_may_come_in_parts(hook: Hook) -> None:
    body = json.dumps(UPDATE).encode()
    assert await hook.gets([body[:9], body[9:20], body[20:]]) == 200
    assert hook.taken == [UPDATE]


@pytest.mark.parametrize(
    ("secret", "status", "reason"),
    [
        (None, 401, "no_secret"),
        ("", 403, "wrong_secret"),
        (SECRET + "x", 403, "wrong_secret"),
        ("é", 403, "wrong_secret"),
    ],
)
async def test_who_does_not_know_the_secret_is_refused_before_the_body_is_read(
    hook: Hook, secret: str | None, status: int, reason: str
) -> None:
    assert await hook.gets([], secret) == status  # a body that never comes is not waited for
    assert (hook.counted, hook.taken) == ([reason], [])


async def test_strangers_fill_no_log(hook: Hook, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(5):
        await hook.gets([], "wrong")
        await hook.gets([], None)
    assert len(caplog.records) == 2
    assert len(hook.counted) == 10


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'{"message": {"text": "squat-words"}}',
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 7.5}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": 7, "message": {"from": {"id": 99999999999999999999}}}',
        b'{"update_id": 7, "x": NaN}',
        b'{"update_id": 7, "x": 1e999}',
        b'{"update_id": 7, "x": "\xff squat-words"}',
        b'{"update_id": 7, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=lambda body: body[:40].decode(errors="replace"),
)
async def test_what_can_never_be_read_is_answered_so_that_it_does_not_come_again(
    hook: Hook, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    assert await hook.gets(body) == 200
    assert (hook.counted, hook.taken) == (["unreadable"], [])
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.exc_info is None
    assert "squat-words" not in str(record.__dict__)


async def test_a_kind_from_the_future_is_taken_like_any_other(hook: Hook) -> None:
    update = {"update_id": 8, "hologram": {"from": {"id": 7}}, "sent_by": None}
    assert await hook.gets(json.dumps(update).encode()) == 200
    assert hook.taken == [update]


async def test_a_body_that_says_it_is_too_large_is_not_read(hook: Hook) -> None:
    assert await hook.gets([], content_length="10000000") == 413
    assert hook.counted == ["too_large"]


async def test_a_body_that_turns_out_too_large_is_not_read_to_its_end(hook: Hook) -> None:
    assert await hook.gets([b" " * 600_000, b" " * 600_000, b"...", b"..."]) == 413
    assert (hook.counted, hook.taken) == (["too_large"], [])


async def test_the_largest_body_is_taken(hook: Hook) -> None:
    body = json.dumps(UPDATE).encode()
    assert await hook.gets(body + b" " * ((1 << 20) - len(body))) == 200
    assert hook.taken == [UPDATE]


async def test_a_body_that_does_not_come_to_its_end_is_given_up(hook: Hook) -> None:
    hook.webhook = Webhook(SECRET, hook.counted.append, body_time=0.01)
    assert await hook.gets([b"..."]) == 408
    assert (hook.counted, hook.taken) == (["incomplete"], [])


async def test_who_hangs_up_in_the_middle_is_no_failure(hook: Hook) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    headers = [(b"x-telegram-bot-api-secret-token", SECRET.encode())]
    request = Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, receive)
    assert (await hook.webhook.answer(request)).status_code == 408


@pytest.mark.parametrize("failure", [OperationalError("INSERT squat-words", {}, Exception("gone")), ConnectionError()])
async def test_without_a_database_telegram_is_asked_to_come_again(
    hook: Hook, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    hook.failure = failure
    answer = await hook.answers(json.dumps(UPDATE).encode())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert hook.counted == ["database"]
    assert "squat-words" not in caplog.text


async def test_a_bug_is_logged_with_the_update_it_met_and_telegram_comes_again(
    hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    hook.failure = ValueError("a bug")
    assert await hook.gets(json.dumps(UPDATE).encode()) == 503
    assert hook.counted == ["failed"]
    (told,) = [record for record in caplog.records if record.exc_info]
    assert told.__dict__["update_id"] == 7


async def test_the_answer_to_a_lifter_who_floods_is_held_back(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[Collection[int]] = []

    async def hold(lifter_ids: Collection[int]) -> None:
        held.append(lifter_ids)

    monkeypatch.setattr("bot.webhook.HoldingBack.hold", lambda _, lifter_ids: hold(lifter_ids))
    hook.crowded = {7}
    assert await hook.gets(json.dumps(UPDATE).encode()) == 200
    assert held == [{7}]


async def test_before_and_after_the_bot_works_telegram_is_asked_to_come_again(hook: Hook) -> None:
    request = _request([json.dumps(UPDATE).encode()], SECRET, {})
    assert not hook.webhook.delivers
    assert (await hook.webhook.answer(request)).status_code == 503
    assert hook.counted == ["not_yet"]
    with hook.webhook.delivering_to(hook.take):
        assert hook.webhook.delivers
