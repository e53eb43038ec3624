"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Sequence
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from simulator import errors
from simulator.arguments import Arguments
from simulator.calls import Call
from simulator.connections import drop_connection, until_disconnected
from simulator.described import Described
from simulator.errors import ApiError
from simulator.faults import Breaks, Faults
from simulator.methods import LONG_METHODS, METHODS
from simulator.requests import read_arguments
from simulator.world import World

_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]{10,}")
_NAMES: Final = {name.lower(): name for name in (*METHODS, *LONG_METHODS)}


class Api:
    """Answers calls, with faults if there are any, and records them; `failures` are mistakes of the simulator's own."""

    def __init__(self, world: World, token: str, faults: Faults, calls: list[Call]) -> None:
        self.failures: list[Exception] = []
        self._world = world
        self._token = token
        self._faults = faults
        self._calls = calls

    def routes(self) -> Sequence[BaseRoute]:
        """What the server answers as Telegram."""
        both = ["GET", "POST"]
        return [
            Route("/file/bot{token}/{path:path}", self._download),
            Route("/bot{token}/{method}", self._call, methods=both),
            Route("/bot{rest:path}", self._nothing, methods=both),
        ]

    async def _call(self, request: Request) -> Response:
        method = _NAMES.get(request.path_params["method"].lower(), request.path_params["method"])
        call = Call(method, {}, self._world.clock())
        self._calls.append(call)
        try:
            self._check_token(request)
            arguments = await read_arguments(request)
            call.arguments = arguments.texts
            response = await self._handle(request, call, arguments)
        except ApiError as error:
            response = _refusal(error)
            call.description = error.description
        except ClientDisconnect:
            response = None
        except Exception as failure:  # noqa: BLE001 -- a bot would take it for trouble at Telegram's and hide it
            self.failures.append(failure)
            response = _refusal(ApiError(500, errors.BROKEN))
            call.description = errors.BROKEN
        call.status = response.status_code if response else None
        call.ended = True
        return response or await drop_connection(request)

    async def _handle(self, request: Request, call: Call, arguments: Arguments) -> Response | None:
        """The answer; None if the connection is to be lost instead."""
        await asyncio.sleep(self._faults.latency(call.method))
        fault = self._faults.next(call.method)
        call.planned = fault is not None
        if isinstance(fault, ApiError):
            raise fault
        if fault is Breaks.BEFORE:
            return None
        answer = await self._answer(request, call.method, arguments)
        return None if fault is Breaks.AFTER else answer

    async def _answer(self, request: Request, method: str, arguments: Arguments) -> Response | None:
        if method in METHODS:
            return _success(METHODS[method](self._world, arguments))
        if method in LONG_METHODS:
            return await _unless_gone(request, LONG_METHODS[method](self._world, arguments))
        raise ApiError(404, errors.METHOD_NOT_FOUND)

    async def _download(self, request: Request) -> Response:
        try:
            self._check_token(request)
        except ApiError as error:
            return _refusal(error)
        file = self._world.files.at(request.path_params["path"])
        if file is None:
            return _refusal(ApiError(404, errors.NOT_FOUND))
        return Response(file.content, media_type="application/octet-stream")

    async def _nothing(self, _request: Request) -> Response:
        return _refusal(ApiError(404, errors.NOT_FOUND))

    def _check_token(self, request: Request) -> None:
        token = request.path_params["token"]
        if not _TOKEN.fullmatch(token):
            raise ApiError(401, errors.MALFORMED)
        if token != self._token:
            raise ApiError(401, errors.REVOKED)


async def _unless_gone(request: Request, answer: Awaitable[Any]) -> Response | None:
    """The answer; None if nobody waits for it any more."""
    answering = asyncio.ensure_future(answer)
    leaving = asyncio.ensure_future(until_disconnected(request))
    try:
        await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
        return _success(answering.result()) if answering.done() else None
    finally:
        answering.cancel()
        leaving.cancel()


def _success(answer: Any) -> Response:
    if isinstance(answer, Described):
        return JSONResponse({"ok": True, "result": answer.result, "description": answer.description})
    return JSONResponse({"ok": True, "result": answer})


def _refusal(error: ApiError) -> Response:
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return JSONResponse(error.envelope(), error.code, headers)
