"""Connections that can be cut, which no HTTP framework offers by itself."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

_TRANSPORT = "simulator.transport"


class Connection(H11Protocol):
    """Uvicorn's connection; its requests know the transport they came over, and nothing is written to the access log.

    The log would show the bot's token.
    """

    def __init__(self, config: Config, server_state: ServerState) -> None:
        super().__init__(config, server_state, app_state={})
        self.access_log = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self.app_state = {_TRANSPORT: transport}


async def drop_connection(request: Request) -> Response:
    """Cuts the connection before a byte is answered. The response it returns reaches nobody."""
    transport: asyncio.Transport = request.scope["state"][_TRANSPORT]
    transport.abort()
    await until_disconnected(request)
    return Response()


async def until_disconnected(request: Request) -> None:
    """Waits until nobody listens any more; the body must have been read."""
    message: dict[str, Any] = {}
    while message.get("type") != "http.disconnect":
        message = dict(await request.receive())
