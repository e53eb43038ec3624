"""The small HTTP server beside the bot: is it alive, is it ready, what does it count; and the webhook."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.ending import TO_ANSWER
from bot.host_port import HostPort
from bot.start_error import StartError


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to whoever runs the loop."""
        yield


KEPT_OPEN = 75
"""Seconds that an idle connection stays open: longer than a reverse proxy's, so that none is closed while in use."""

Endpoint = Callable[[Request], Awaitable[Response]]


def http_app(
    what_is_missing: Callable[[], Awaitable[Sequence[str]]],
    metrics: Callable[[], Awaitable[bytes]],
    webhook: tuple[str, Endpoint] | None = None,
) -> Starlette:
    """/healthz: 200 while the process answers. /readyz: 200 while nothing is missing, else 503 and what is.

    /metrics: for Prometheus. `webhook` is the path at which Telegram posts, and what answers there.
    """

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_: Request) -> Response:
        missing = await what_is_missing()
        return PlainTextResponse("; ".join(missing) or "ok", status_code=503 if missing else 200)

    async def measured(_: Request) -> Response:
        return Response(await metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", measured)]
    if webhook is not None:
        path, answer = webhook
        routes.append(Route(path, answer, methods=["POST"]))
    return Starlette(routes=routes)


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
        server = _Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                timeout_keep_alive=KEPT_OPEN,
                timeout_graceful_shutdown=TO_ANSWER,
            )
        )
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
