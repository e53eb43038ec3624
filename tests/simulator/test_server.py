"""The server itself: where it listens, what it serves beside the API, how it ends."""

from __future__ import annotations

import asyncio
import signal
import socket

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from simulator.server import Simulator
from tests.simulator.calling import Answer, Caller, until


async def test_pages_are_served_beside_the_api() -> None:
    async def page(_request: Request) -> Response:
        return PlainTextResponse("the chat page")

    async with Simulator(pages=lambda _: [Route("/", page)]) as telegram, aiohttp.ClientSession() as session:
        async with session.get(telegram.url) as response:
            assert await response.text() == "the chat page"
        assert (await Caller(telegram, session)("getMe")).status == 200


async def test_a_port_can_be_chosen_and_is_free_again_afterwards() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    for _ in range(2):
        async with Simulator(port=port) as telegram:
            assert telegram.url == f"http://127.0.0.1:{port}"


async def test_a_taken_port_is_an_error_of_the_system() -> None:
    async with Simulator() as first:
        with pytest.raises(OSError, match="in use"):
            async with Simulator(port=int(first.url.rpartition(":")[2])):
                pass


async def test_signals_are_left_to_whoever_runs_the_loop() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)

    async with Simulator():
        assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


async def test_a_waiting_poll_gets_nothing_when_the_server_ends() -> None:
    async with aiohttp.ClientSession() as session:
        async with Simulator() as telegram:
            polling = asyncio.create_task(Caller(telegram, session).updates(timeout=50))
            await until(lambda: telegram.updates.polled)

        assert await asyncio.wait_for(polling, 20) == []


async def test_a_failure_of_the_simulator_itself_is_no_trouble_at_telegrams(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_file_id: str) -> None:
        raise ZeroDivisionError

    telegram = Simulator()
    monkeypatch.setattr(telegram.world.files, "find", fails)
    answers: list[Answer] = []

    async def run() -> None:
        async with telegram, aiohttp.ClientSession() as session:
            answers.append(await Caller(telegram, session)("getFile", file_id="x"))

    with pytest.raises(ExceptionGroup, match="the simulator failed") as failed:
        await run()

    assert answers[0].refusal == (500, "Internal Server Error: the simulator itself has failed")
    assert [(call.status, call.ended) for call in telegram.refusals] == [(500, True)]
    assert failed.group_contains(ZeroDivisionError)


async def test_a_caller_that_dies_while_it_speaks_is_no_failure() -> None:
    async with Simulator() as telegram:
        _, writer = await asyncio.open_connection(*telegram.url.removeprefix("http://").split(":"))
        head = f"POST /bot{telegram.token}/getMe HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
        writer.write(head.encode() + b"half")
        await writer.drain()
        await until(lambda: len(telegram.calls) == 1)
        writer.close()
        await until(lambda: telegram.calls[0].ended)

    assert telegram.calls[0].status is None


async def test_the_token_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with Simulator() as telegram, aiohttp.ClientSession() as session:
        await Caller(telegram, session)("getMe")

    assert telegram.token not in caplog.text
