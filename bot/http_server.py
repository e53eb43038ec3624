"""The small HTTP server beside the bot: it answers whether the bot is well."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.host_port import HostPort
from bot.start_error import StartError


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to whoever runs the loop."""
        yield


def health_app(is_well: Callable[[], Awaitable[bool]]) -> Starlette:
    """/healthz: 200 while the bot is well, 503 while it isn't."""

    async def healthz(_: Request) -> PlainTextResponse:
        well = await is_well()
        return PlainTextResponse("ok" if well else "not well", status_code=200 if well else 503)

    return Starlette(routes=[Route("/healthz", healthz)])


@asynccontextmanager
async def serving(app: Starlette, address: HostPort, variable: str) -> AsyncIterator[HostPort]:
    """Serves the app within the block; gives the address with the port that was taken.

    Raises StartError naming `variable` if the address can't be listened at.
    """
    try:
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        listener = socket.create_server((address.host, address.port), family=family)
    except OSError as error:
        raise cant_listen(variable, address, error) from None
    with listener:
        server = _Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        task = asyncio.create_task(server.serve([listener]))
        try:
            yield HostPort(address.host, listener.getsockname()[1])
        finally:
            server.should_exit = True
            await task


def cant_listen(variable: str, address: HostPort, error: OSError) -> StartError:
    """What to tell a host who gave an address that can't be listened at."""
    why = os.strerror(error.errno) if error.errno else type(error).__name__
    return StartError(f"{variable}: can't listen at {address} ({why}); choose another host or port")
