"""A Telegram that answers as a test tells it to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "123456789:AAE-secret_secret_secret_secret_secr"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answers(result: object = True, status: int = 200, **extra: object) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"ok": status == 200, "result": result, **extra}, status=status)

    return answer


def too_soon(seconds: int) -> Answer:
    return answers(status=429, description="Too Many Requests", parameters={"retry_after": seconds})


async def hangs_up(request: web.Request) -> web.StreamResponse:
    await request.read()
    assert request.transport
    request.transport.abort()
    return web.Response()


async def hangs_up_in_the_middle(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"ok": true, ')
    assert request.transport
    request.transport.close()
    return response


async def never_answers(request: web.Request) -> web.StreamResponse:
    await request.read()
    await asyncio.Event().wait()
    raise AssertionError


class Telegram:
    """Answers as told, one after the other, and the last one for ever; remembers what it was asked."""

    def __init__(self) -> None:
        self.script: list[Answer] = [answers()]
        self.asked: list[str] = []
        self.connections: set[object] = set()
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self.server = TestServer(app, skip_url_asserts=True)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path.rpartition("/")[2])
        self.connections.add(request.transport)
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return await answer(request)

    def url(self, method: str) -> str:
        return f"http://127.0.0.1:{self.server.port}/bot{TOKEN}/{method}"


class Pauses(list[float]):
    """A sleep that takes no time and remembers how long it would have been."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
        await asyncio.sleep(0)
