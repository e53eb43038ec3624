"""Lifters who look at their progress or take their data away, and ask anew as soon as they are answered."""

from __future__ import annotations

import asyncio
import itertools
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from random import Random

from handlers.callback_data import pack
from handlers.progress.buttons import ShowFigure
from simulator.feeds import Event
from simulator.server import Simulator
from storage.values.figure import Figure
from training.trends import Span

_WITHIN = 60.0
"""Seconds after which what isn't answered is a failure."""

_FIGURES = (Figure.ESTIMATED_1RM, Figure.HEAVIEST, Figure.VOLUME, Figure.MOST_REPS)


class _Asker(ABC):
    """Asks for something, and is answered by a message that counts."""

    def __init__(self, telegram: Simulator, lifter_id: int) -> None:
        self.waits: list[float] = []
        """Seconds that each answer took."""
        self._people = telegram.people
        self._id = lifter_id
        self._answered = asyncio.Event()
        self._people.add(lifter_id, f"Lifter {lifter_id}")
        self._people.listen(lifter_id, self._sees)

    async def asks(self) -> None:
        """Returns when it is answered."""
        self._answered.clear()
        asked = time.perf_counter()
        await self._ask()
        async with asyncio.timeout(_WITHIN):
            await self._answered.wait()
        self.waits.append(time.perf_counter() - asked)

    async def goes_on(self, until: asyncio.Event) -> None:
        """Asks again and again until then, and returns when all is answered."""
        while not until.is_set():
            await self.asks()

    @abstractmethod
    async def _ask(self) -> None:
        """Sends or presses what is answered."""

    @abstractmethod
    def _counts(self, event: Event) -> bool:
        """Whether this message of the bot's is the answer."""

    def _sees(self, event: Event) -> None:
        if event["type"] in {"message", "edited"} and self._counts(event):
            self._answered.set()


class Looker(_Asker):
    """Looks at one chart after another, each another one, in the same message."""

    def __init__(self, telegram: Simulator, lifter_id: int, exercises: Sequence[int]) -> None:
        """`exercises` are what they have done."""
        super().__init__(telegram, lifter_id)
        self._charts = self._shuffled(exercises)
        self._message_id: int | None = None

    async def _ask(self) -> None:
        if self._message_id is None:
            await self._people.send_text(self._id, "/progress")
        else:
            await self._people.press_with(self._id, self._message_id, pack(next(self._charts)))

    def _counts(self, event: Event) -> bool:
        if "photo" not in event["message"]:
            return False
        self._message_id = event["message"]["message_id"]
        return True

    def _shuffled(self, exercises: Sequence[int]) -> Iterator[ShowFigure]:
        charts = [ShowFigure(*chart) for chart in itertools.product(exercises, _FIGURES, Span)]
        Random(self._id).shuffle(charts)  # noqa: S311 -- the same order every time, no secret
        return itertools.cycle(charts)


class Exporter(_Asker):
    """Has everything that is theirs sent as JSON."""

    async def _ask(self) -> None:
        await self._people.send_text(self._id, "/export json")

    def _counts(self, event: Event) -> bool:
        return "document" in event["message"]
