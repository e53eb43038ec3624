"""The wire between a bot and its PostgreSQL server, which a test can cut and mend."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import URL, make_url

_PORTION = 1 << 16


class Wire:
    """Passes on what is said, until it is cut; what it hears while it is silent gets no answer."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._whole = asyncio.Event()
        self._whole.set()
        self._cut = False
        self._talks: set[asyncio.Task[Any]] = set()

    @property
    def url(self) -> str:
        """The database, reached through the wire."""
        host, port = self._server.sockets[0].getsockname()[:2]
        through = self._url.set(host=host, port=port, query={"sslmode": "disable"})
        return through.render_as_string(hide_password=False)

    def falls_silent(self) -> None:
        """Connections stay open, and nothing comes through, as where a machine has stopped."""
        self._whole.clear()

    def is_cut(self) -> None:
        """Connections end, and new ones end at once, as where the server has been stopped."""
        self._cut = True
        for talk in self._talks:
            talk.cancel()

    def is_mended(self) -> None:
        """All is well again."""
        self._cut = False
        self._whole.set()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        try:
            if not self._cut:
                async with self._server_side() as (server_reader, server_writer):
                    await asyncio.wait(
                        {
                            asyncio.ensure_future(self._pass_on(reader, server_writer)),
                            asyncio.ensure_future(self._pass_on(server_reader, writer)),
                        },
                        return_when=asyncio.FIRST_COMPLETED,
                    )
        except (asyncio.CancelledError, OSError):
            pass
        finally:
            self._talks.discard(task)
            writer.transport.abort()

    @asynccontextmanager
    async def _server_side(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        port = self._url.port or 5432
        folder = self._url.query.get("host")
        if isinstance(folder, str):
            opening: Any = asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
        else:
            opening = asyncio.open_connection(self._url.host, port)
        reader, writer = await opening
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while said := await reader.read(_PORTION):
                await self._whole.wait()
                writer.write(said)
                await writer.drain()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)

    async def _close(self) -> None:
        self._server.close()
        self.is_cut()
        await asyncio.gather(*self._talks, return_exceptions=True)


@asynccontextmanager
async def wired(url: str) -> AsyncIterator[Wire]:
    """A wire to this database within the block."""
    wire = Wire(make_url(url))
    await wire._listen()  # noqa: SLF001 -- opening and closing are this function's alone
    try:
        yield wire
    finally:
        await wire._close()  # noqa: SLF001 -- the same
