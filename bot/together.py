"""Small writes of many lanes in one transaction: what comes in while one is under way is done with the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

_AT_ONCE = 100
"""So that nobody waits long for those they share a transaction with."""

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Together(Generic[Asked, Answer]):
    """Does at once what is asked for at the same time. Whoever asks alone doesn't wait for others."""

    def __init__(
        self,
        do: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer | Exception]]],
        concerns_all: Callable[[Exception], bool],
    ) -> None:
        """`do` answers everyone in their order, with an exception where only that one fails.

        An exception that it raises goes to everyone if it concerns all, an outage; otherwise each is tried alone, so
        that nobody fails for somebody else.
        """
        self._do = do
        self._concerns_all = concerns_all
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._running: asyncio.Task[None] | None = None

    def ask(self, asked: Asked) -> asyncio.Future[Answer]:
        """The answer, once it is there. It is also worked on if nobody waits for it any more."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._running is None:
            # What is done for many has nothing to do with the one who happens to ask first.
            self._running = Context().run(asyncio.create_task, self._run(), name="together")
        return answer

    async def stop(self) -> None:
        """Returns when everything that was asked for is answered."""
        if self._running is not None:
            await asyncio.wait({self._running})

    async def _run(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
                if wanted := [one for one in group if not one[1].done()]:
                    await self._answer(wanted)
        finally:
            self._running = None

    async def _answer(self, group: Sequence[tuple[Asked, asyncio.Future[Answer]]]) -> None:
        answers: Sequence[Answer | Exception]
        try:
            answers = await self._do([asked for asked, _ in group])
        except Exception as error:  # noqa: BLE001 -- whatever it is, it belongs to those who asked
            if len(group) > 1 and not self._concerns_all(error):
                for one in group:
                    await self._answer([one])
                return
            answers = [error] * len(group)
        for (_, answer), given in zip(group, answers, strict=True):
            if answer.done():
                continue
            if isinstance(given, Exception):
                answer.set_exception(given)
            else:
                answer.set_result(given)
