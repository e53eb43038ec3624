"""The bot's side of the conversation, as plain calls of Telegram's methods."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import aiohttp

from simulator.server import Simulator

ANN, BOB, ROOT = 1001, 1002, 1


def picture(width: int, height: int) -> bytes:
    """A PNG of one colour."""
    pixels = zlib.compress((b"\0" + b"\x3a\x87\xd8" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


class Bot:
    """Calls Telegram's methods as a bot does, and takes its updates."""

    def __init__(self, telegram: Simulator, session: aiohttp.ClientSession) -> None:
        self._telegram = telegram
        self._session = session
        self._offset = 0

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self._session.post(self._address(method), json=arguments) as response:
            return await self._result(response)

    async def upload(self, method: str, fields: dict[str, str], name: str, filename: str, content: bytes) -> Any:
        form = aiohttp.FormData(fields)
        form.add_field(name, content, filename=filename)
        async with self._session.post(self._address(method), data=form) as response:
            return await self._result(response)

    async def says(self, text: str, **arguments: Any) -> int:
        message = await self.call("sendMessage", chat_id=ANN, text=text, **arguments)
        return int(message["message_id"])

    async def says_html(self, text: str, **arguments: Any) -> int:
        return await self.says(text, parse_mode="HTML", **arguments)

    async def offers(self, *rows: list[dict[str, Any]], text: str = "Choose") -> int:
        return await self.says(text, reply_markup={"inline_keyboard": list(rows)})

    async def hears(self, kind: str) -> Any:
        """The next update of this kind; the others are passed over."""
        while True:
            updates = await self.call("getUpdates", offset=self._offset, timeout=20, limit=1)
            assert updates, f"No {kind} came."
            self._offset = updates[0]["update_id"] + 1
            if kind in updates[0]:
                return updates[0][kind]

    def _address(self, method: str) -> str:
        return f"{self._telegram.url}/bot{self._telegram.token}/{method}"

    @staticmethod
    async def _result(response: aiohttp.ClientResponse) -> Any:
        answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]
