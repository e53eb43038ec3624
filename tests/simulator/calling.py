"""A bot that is nothing but calls."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from simulator.server import Simulator


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def result(self) -> Any:
        assert self.status == 200, self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        assert not self.body["ok"], self.body
        assert self.body["error_code"] == self.status
        return self.status, self.body["description"]


class Caller:
    """Makes calls by hand, as a JSON body, and returns whatever comes back."""

    def __init__(self, telegram: Simulator, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.address = f"{telegram.url}/bot{telegram.token}"
        self.file_address = f"{telegram.url}/file/bot{telegram.token}"

    async def __call__(self, method: str, **arguments: Any) -> Answer:
        return await self.post(method, json=arguments)

    async def post(self, method: str, **body: Any) -> Answer:
        async with self.session.post(f"{self.address}/{method}", **body) as response:
            return Answer(response.status, await response.json(), dict(response.headers))

    async def upload(self, method: str, kind: str, content: bytes, name: str = "a.bin", **texts: Any) -> Answer:
        form = aiohttp.FormData({text: str(value) for text, value in texts.items()}, quote_fields=False)
        form.add_field(kind, io.BytesIO(content), filename=name, content_type="application/octet-stream")
        return await self.post(method, data=form)

    async def updates(self, offset: int = 0, **arguments: Any) -> list[dict[str, Any]]:
        updates: list[dict[str, Any]] = (await self("getUpdates", offset=offset, **arguments)).result
        return updates


async def until(condition: Callable[[], bool]) -> None:
    """Waits, at most twenty seconds, for something in the server that tells nobody when it happens."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 -- as said
            await asyncio.sleep(0.001)
