"""The webhook.

Sources: https://core.telegram.org/bots/api#setwebhook; tdlib/telegram-bot-api, Client.cpp,
`process_set_webhook_query`, and WebhookActor.cpp.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from simulator.driver import Lifter
from simulator.server import Simulator
from tests.simulator.calling import Caller, until
from tests.simulator.conftest import ANN
from tests.support.clock import FakeClock

ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Receiver:
    """Where a bot would take its updates; answers with the statuses given, then with 200."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.headers: list[dict[str, str]] = []
        self.texts: list[str] = []
        self.open = 0
        self.most_open = 0
        self.retry_after: str | None = None
        self.holding = asyncio.Event()
        self.holding.set()
        app = web.Application()
        app.router.add_post("/hook", self._take)
        self.server = TestServer(app, skip_url_asserts=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/hook"

    async def _take(self, request: web.Request) -> web.Response:
        update: dict[str, Any] = await request.json()
        self.headers.append(dict(request.headers))
        self.open += 1
        self.most_open = max(self.open, self.most_open)
        await self.holding.wait()
        self.open -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            content: dict[str, Any] = update.get("message") or update["callback_query"]
            self.texts.append(content.get("text") or content["data"])
        return web.Response(status=status, headers={"Retry-After": self.retry_after} if self.retry_after else None)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    await receiver.server.start_server(shutdown_timeout=0.1)
    yield receiver
    receiver.holding.set()
    await receiver.server.close()


@pytest.fixture
async def telegram(clock: FakeClock) -> AsyncIterator[Simulator]:
    async with Simulator(clock=lambda: clock().timestamp(), redelivery_pause=0.01) as running:
        yield running


async def test_what_waits_and_what_comes_is_posted_with_the_secret(
    call: Caller, ann: Lifter, receiver: Receiver, telegram: Simulator
) -> None:
    answer = await call("setWebhook", url=receiver.url, secret_token="s-3_T")
    assert (answer.result, answer.body["description"]) == (True, "Webhook was set")
    await ann.sends("two")
    await until(lambda: receiver.texts == ["hello", "two"])
    await until(lambda: len(telegram.updates) == 0)
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s-3_T"
    assert receiver.headers[0]["Content-Type"] == "application/json"


async def test_without_a_secret_there_is_no_header(call: Caller, ann: Lifter, receiver: Receiver) -> None:
    await call("setWebhook", url=receiver.url)
    await until(lambda: receiver.texts == ["hello"])
    assert "X-Telegram-Bot-Api-Secret-Token" not in receiver.headers[0]


async def test_what_is_not_taken_comes_again_before_anything_else_of_its_chat(
    call: Caller, ann: Lifter, receiver: Receiver, clock: FakeClock
) -> None:
    receiver.statuses = [503, 403, 302]
    await ann.sends("two")
    await call("setWebhook", url=receiver.url)
    await until(lambda: receiver.texts == ["hello", "two"])
    info = (await call("getWebhookInfo")).result
    assert info["last_error_message"].startswith("Wrong response from the webhook: 302 ")
    assert info["last_error_date"] == int(clock().timestamp())


async def test_chats_go_in_parallel_and_one_chat_in_order(
    call: Caller, ann: Lifter, receiver: Receiver, telegram: Simulator
) -> None:
    await ann.sends("two")
    ben, eve = telegram.lifter("Ben"), telegram.lifter("Eve")
    await ben.sends("hi")
    await eve.sends("hey")
    receiver.holding.clear()
    await call("setWebhook", url=receiver.url)
    await until(lambda: receiver.open == 3)
    receiver.holding.set()
    await until(lambda: len(receiver.texts) == 4)
    assert receiver.texts.index("hello") < receiver.texts.index("two")


async def test_a_press_can_overtake_the_message_before_it(
    call: Caller, ann: Lifter, receiver: Receiver, telegram: Simulator
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "b", "callback_data": "pressed"}]]}
    await call("sendMessage", chat_id=ANN, text="t", reply_markup=keyboard)
    await telegram.people.press(ANN, 2, 0, 0)
    receiver.holding.clear()
    await call("setWebhook", url=receiver.url)
    await until(lambda: receiver.open == 2)
    receiver.holding.set()
    await until(lambda: sorted(receiver.texts) == ["hello", "pressed"])


async def test_who_asks_for_a_time_is_given_it(call: Caller, ann: Lifter, receiver: Receiver) -> None:
    loop = asyncio.get_running_loop()
    receiver.statuses, receiver.retry_after = [503], "20"  # of the simulator's seconds, which are hundredths here
    before = loop.time()
    await call("setWebhook", url=receiver.url)
    await until(lambda: receiver.texts == ["hello"])
    assert loop.time() - before >= 0.15


async def test_no_more_connections_are_opened_than_allowed(
    call: Caller, ann: Lifter, receiver: Receiver, telegram: Simulator
) -> None:
    for name in ("Ben", "Eve"):
        await telegram.lifter(name).sends(name)
    receiver.holding.clear()
    await call("setWebhook", url=receiver.url, max_connections=2)
    await until(lambda: receiver.open == 2)
    receiver.holding.set()
    await until(lambda: len(receiver.texts) == 3)
    assert receiver.most_open == 2


async def test_where_nobody_listens_it_is_tried_again_and_said(call: Caller, ann: Lifter, unused_tcp_port: int) -> None:
    await call("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/hook")
    info: dict[str, Any] = {}
    while "last_error_message" not in info:
        info = (await call("getWebhookInfo")).result
    assert "refused" in info["last_error_message"].lower()
    assert info["pending_update_count"] == 1


async def test_the_info_says_what_was_set(call: Caller, receiver: Receiver) -> None:
    given = {"max_connections": 1000, "allowed_updates": ["message", "callback_query"], "ip_address": "127.0.0.1"}
    await call("setWebhook", url=receiver.url, **given)
    assert (await call("getWebhookInfo")).result == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "ip_address": "127.0.0.1",
        "max_connections": 100,
        "allowed_updates": ["callback_query", "message"],
    }


async def test_the_info_of_a_plain_webhook_names_no_kinds(call: Caller, receiver: Receiver) -> None:
    await call("setWebhook", url=receiver.url)
    info = (await call("getWebhookInfo")).result
    assert info["max_connections"] == 40
    assert not info.keys() & {"allowed_updates", "ip_address", "last_error_message"}


async def test_nobody_fetches_while_a_webhook_is_set(call: Caller, receiver: Receiver) -> None:
    await call("setWebhook", url=receiver.url)
    assert (await call("getUpdates")).refusal == (409, ACTIVE)


async def test_setting_the_webhook_ends_a_poll(call: Caller, telegram: Simulator, receiver: Receiver) -> None:
    polling = asyncio.create_task(call("getUpdates", timeout=20))
    await until(lambda: telegram.updates.polled)
    await call("setWebhook", url=receiver.url)
    refusal = (await asyncio.wait_for(polling, 20)).refusal
    assert refusal == (409, "Conflict: terminated by setWebhook request")


@pytest.mark.parametrize("method", ["deleteWebhook", "setWebhook"])
async def test_what_was_not_taken_waits_for_who_fetches(
    call: Caller, ann: Lifter, receiver: Receiver, method: str
) -> None:
    receiver.holding.clear()
    await call("setWebhook", url=receiver.url)
    await until(lambda: receiver.open == 1)
    assert (await call(method)).body["description"] == "Webhook was deleted"
    assert [one["message"]["text"] for one in await call.updates()] == ["hello"]
    assert (await call("deleteWebhook")).body["description"] == "Webhook is already deleted"


async def test_what_waits_can_be_dropped(call: Caller, ann: Lifter, receiver: Receiver, telegram: Simulator) -> None:
    await call("setWebhook", url=receiver.url, drop_pending_updates=True)
    await ann.sends("two")
    await until(lambda: receiver.texts == ["two"])
    receiver.holding.clear()
    await ann.sends("three")
    await call("deleteWebhook", drop_pending_updates=True)
    assert len(telegram.updates) == 0


async def test_the_same_again_changes_nothing(call: Caller, receiver: Receiver, clock: FakeClock) -> None:
    await call("setWebhook", url=receiver.url, allowed_updates=["message"])
    clock.advance(timedelta(seconds=1))
    assert (await call("setWebhook", url=receiver.url)).body["description"] == "Webhook is already set"
    assert (await call("getWebhookInfo")).result["allowed_updates"] == ["message"]
    clock.advance(timedelta(seconds=1))
    other = await call("setWebhook", url=receiver.url, secret_token="other")
    assert other.body["description"] == "Webhook was set"


async def test_it_can_be_set_once_a_second(call: Caller, receiver: Receiver) -> None:
    await call("setWebhook", url=receiver.url)
    again = await call("setWebhook", url=receiver.url)
    assert again.refusal == (429, "Too Many Requests: retry after 1")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"url": "http://spotter.example/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://spotter.example:8080/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "https://[::1"}, "invalid webhook URL specified"),
        ({"url": "https://spotter.example/", "secret_token": "s" * 257}, "secret token is too long"),
        (
            {"url": "https://spotter.example/", "secret_token": "with space"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_what_telegram_refuses(call: Caller, given: dict[str, Any], refusal: str) -> None:
    assert (await call("setWebhook", **given)).refusal == (400, f"Bad Request: {refusal}")


async def test_an_update_that_was_taken_can_be_delivered_again(
    call: Caller, ann: Lifter, receiver: Receiver, telegram: Simulator
) -> None:
    await call("setWebhook", url=receiver.url)
    await until(lambda: len(telegram.updates) == 0)
    telegram.updates.deliver_again(1)
    await until(lambda: receiver.texts == ["hello", "hello"])
