"""A balancer before the webhooks of several replicas, as a host has one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus

import aiohttp
from aiohttp import web

_BETWEEN_CHECKS = 0.25
_PATIENCE = 2.0
"""Seconds after which a replica that doesn't answer counts as dead."""

_PASSED_ON = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")


@asynccontextmanager
async def balancing(ports: Sequence[int]) -> AsyncIterator[str]:
    """Passes requests on to those at these ports that are ready, in turn; gives the address to post to."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE)) as session:
        balancer = _Balancer(session, [f"http://127.0.0.1:{port}" for port in ports])
        runner = web.ServerRunner(web.Server(balancer.answer), shutdown_timeout=_PATIENCE)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        checking = asyncio.create_task(balancer.check())
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            checking.cancel()
            await asyncio.gather(checking, return_exceptions=True)
            await runner.cleanup()


class _Balancer:
    def __init__(self, session: aiohttp.ClientSession, backends: Sequence[str]) -> None:
        self._session = session
        self._backends = backends
        self._ready: set[str] = set()
        self._turn = 0

    async def check(self) -> None:
        """Asks all again and again whether they are ready."""
        while True:
            await asyncio.gather(*(self._check(backend) for backend in self._backends))
            await asyncio.sleep(_BETWEEN_CHECKS)

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """The answer of the next that is ready."""
        body = await request.read()
        for backend in self._in_turn():
            try:
                return await self._pass_on(request, body, backend)
            except aiohttp.ClientConnectorError:
                self._ready.discard(backend)  # nothing has reached it, so another may have it
            except (aiohttp.ClientError, TimeoutError, OSError):
                self._ready.discard(backend)
                return web.Response(status=HTTPStatus.BAD_GATEWAY)
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)

    def _in_turn(self) -> Iterator[str]:
        self._turn += 1
        first = self._turn % len(self._backends)
        return (one for one in (*self._backends[first:], *self._backends[:first]) if one in self._ready)

    async def _pass_on(self, request: web.BaseRequest, body: bytes, backend: str) -> web.Response:
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        url = f"{backend}{request.path_qs}"
        async with self._session.request(request.method, url, data=body, headers=headers) as response:
            told = {"Retry-After": response.headers["Retry-After"]} if "Retry-After" in response.headers else {}
            return web.Response(status=response.status, body=await response.read(), headers=told)

    async def _check(self, backend: str) -> None:
        try:
            async with self._session.get(f"{backend}/readyz") as response:
                is_ready = response.ok
        except (aiohttp.ClientError, TimeoutError, OSError):
            is_ready = False
        if is_ready:
            self._ready.add(backend)
        else:
            self._ready.discard(backend)
