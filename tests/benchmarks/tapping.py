"""Lifters who log their sets with one tap each, and how long each waits for the card that shows it."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.feeds import Event
from simulator.server import Simulator
from tests.benchmarks.prepared import Training
from tests.support.waiting import until

_MOST_SETS = 60
"""A lifter's taps, after which another one goes on: a workout has no room for hundreds of sets, and cards grow."""


@dataclass
class Answered:
    """How long each tap took to be answered, in seconds, and how long they came in for."""

    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Logged sets."""
        return len(self.waits) / self.seconds

    def quantile(self, part: float) -> float:
        """Seconds within which that part was answered."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")


class Tapping:
    """Taps on the button that logs the suggested set, in the chats that `prepared.put_cards` has filled."""

    def __init__(self, telegram: Simulator, trainings: Sequence[Training]) -> None:
        self.answered = 0
        self._people = telegram.people
        self._lifters = [_Lifter(telegram, training, self._notice) for training in trainings]
        self._fresh = deque(self._lifters)
        self._waits: list[float] = []
        self._again = False

    async def begin(self, active: int) -> None:
        """From now on so many lifters tap as soon as they are answered."""
        self._again = True
        for _ in range(active):
            await self._fresh.popleft().taps()

    async def measure(self, seconds: float) -> Answered:
        """What is answered within that time, whenever it was asked."""
        self._waits, started = [], time.perf_counter()
        await asyncio.sleep(seconds)
        return Answered(self._waits, time.perf_counter() - started)

    def end(self) -> None:
        """Nobody taps again."""
        self._again = False

    async def tap_steadily(self, per_second: float, active: int, seconds: float) -> Answered:
        """So many taps a second, whether or not earlier ones are answered, by whoever has waited longest to tap again.

        Taps that are not answered yet at the end are waited for.
        """
        self._waits, started = [], time.perf_counter()
        idle = deque(self._fresh.popleft() for _ in range(active))
        for number in range(round(per_second * seconds)):
            await asyncio.sleep(max(0.0, started + number / per_second - time.perf_counter()))
            idle.rotate(-1)
            lifter = next((one for one in idle if one.tapped_at is None), None)
            if lifter is not None:
                await lifter.taps()
        spent = time.perf_counter() - started

        async def nobody_waits() -> bool:
            return all(lifter.tapped_at is None for lifter in idle)

        await until(nobody_waits)
        self._fresh.extend(idle)
        return Answered(self._waits, spent)

    def _notice(self, lifter: _Lifter, waited: float) -> None:
        self._waits.append(waited)
        self.answered += 1
        if not self._again:
            return
        if lifter.sets >= _MOST_SETS:
            lifter = self._fresh.popleft()
        lifter.taps_soon()


class _Lifter:
    def __init__(self, telegram: Simulator, training: Training, notice: Any) -> None:
        self.sets = 0
        self.tapped_at: float | None = None
        self._people = telegram.people
        self._id = training.lifter_id
        self._notice = notice
        (self._card,) = (message["message_id"] for message in self._people.chat(self._id))
        self._press = training.press
        self._task: asyncio.Task[None] | None = None
        self._people.listen(self._id, self._sees)

    async def taps(self) -> None:
        self.tapped_at = time.perf_counter()
        await self._people.press_with(self._id, self._card, self._press)

    def taps_soon(self) -> None:
        self._task = asyncio.create_task(self.taps())

    def _sees(self, event: Event) -> None:
        if event["type"] != "edited" or self.tapped_at is None:
            return
        waited, self.tapped_at = time.perf_counter() - self.tapped_at, None
        self._press = event["message"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        self.sets += 1
        self._notice(self, waited)
