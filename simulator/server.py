"""The simulated Telegram as a server that runs inside the loop of whoever starts it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from uvicorn.config import Config
from uvicorn.server import ServerState

from simulator.api import Api
from simulator.calls import Call
from simulator.connections import Connection
from simulator.driver import Lifter
from simulator.faults import Faults
from simulator.grouping import Groups
from simulator.people import People
from simulator.world import World

_BOT_ID: Final = 110201543
_TOKEN: Final = f"{_BOT_ID}:simulated-bot-whose-token-is-no-secret"
_FIRST_LIFTER: Final = 1001
_PATIENCE: Final = 2.0
"""Seconds that calls under way get to end when the server closes."""

Pages = Callable[[People], Sequence[BaseRoute]]


class Simulator:
    """Telegram for one bot: `async with Simulator() as telegram:`, then point the bot at `url` with `token`.

    `host` and `port` say where it listens (port 0: any free one). `clock` gives seconds since 1970, for dates, expiry
    and floods. `pages` returns routes that are served beside the API. `strict_floods` limits new messages as Telegram
    does; only a test that needs a burst does without. `answer_window` is how many seconds a pressed button waits for
    its answer, `repeat_pause` how many seconds somebody is held back who asks for the same updates again, and
    `redelivery_pause` how long each of the seconds lasts after which an update comes again that a webhook didn't take.
    """

    def __init__(  # noqa: PLR0913 -- all by name, each with a default
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Callable[[], float] = time.time,
        pages: Pages | None = None,
        strict_floods: bool = True,
        answer_window: float = 15.0,
        repeat_pause: float = 3.0,
        redelivery_pause: float = 1.0,
    ) -> None:
        self.token = _TOKEN
        self.calls: list[Call] = []
        self.faults = Faults()
        self.world = World(
            _BOT_ID,
            clock,
            strict_floods=strict_floods,
            answer_window=answer_window,
            repeat_pause=repeat_pause,
            redelivery_pause=redelivery_pause,
        )
        self.people = People(self.world)
        self.groups = Groups(self.world)
        self.updates = self.world.updates
        self._address = (host, port)
        self._api = Api(self.world, self.token, self.faults, self.calls)
        routes = [
            *self._api.routes(),
            *(pages(self.people) if pages else ()),
        ]
        self._app = Starlette(routes=routes)
        self._state = ServerState()

    @property
    def url(self) -> str:
        """Where the API is: calls go to `{url}/bot{token}/{method}`. Known once the server runs."""
        host, port = self._address
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def refusals(self) -> Sequence[Call]:
        """The calls that Telegram refused, without those that were made to fail."""
        return [call for call in self.calls if call.refused]

    def called(self, method: str) -> Sequence[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def lifter(self, name: str, *, id: int | None = None) -> Lifter:  # noqa: A002 -- reads as in `lifter("Root", id=1)`
        """Adds a person who is driven by a test."""
        user_id = id or max((one.id + 1 for one in self.people.everyone()), default=_FIRST_LIFTER)
        self.people.add(user_id, name)
        return Lifter(self.people, user_id)

    async def __aenter__(self) -> Self:
        """Listens from now on. Raises OSError where it can't."""
        config = Config(self._app, log_config=None, lifespan="off", ws="none")
        config.load()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(config, self._state), *self._address)
        self._address = self._server.sockets[0].getsockname()[:2]
        return self

    async def __aexit__(
        self, error: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends everything; calls under way are answered first if they can be.

        Raises an ExceptionGroup if the simulator failed at a call: whatever the bot did then proves nothing.
        """
        self._server.close()
        await self.world.close()
        for connection in tuple(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(tuple(self._state.tasks), timeout=_PATIENCE)
        for task in tuple(self._state.tasks):
            task.cancel()
        self._abort_connections()
        await asyncio.sleep(0)  # lets in who was accepted in the moment of closing
        self._abort_connections()
        await self._server.wait_closed()
        if self._api.failures:
            raise ExceptionGroup("the simulator failed", self._api.failures)

    def _abort_connections(self) -> None:
        for connection in tuple(self._state.connections):
            connection.transport.abort()
