"""Lifters who keep books of their own about what they log, so that the bot's can be audited."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from simulator.driver import Lifter
from simulator.feeds import Event
from simulator.server import Simulator

REPS = 5
_FIRST_WEIGHT = 20
_TAPPED = 0.7
"""How often somebody taps who looks at the card first; others never do."""

_MOST_UNSEEN = 10
"""Sets that somebody hasty logs without seeing any of them. So a machine that is too slow is no failure."""

_HEADING = re.compile(r"^(?:[\w ]+ · )?(\d+) sets? · ([\d,]+) kg$", re.MULTILINE)
_WITHIN = 120.0
"""Seconds after which an answer that is owed is missing."""


@dataclass(frozen=True, order=True)
class Entry:
    """A set as its lifter remembers it. The weight tells typed sets apart, and so does the serial number in the note;
    tapped ones repeat the weight of the last.
    """

    weight: int
    note: str

    @property
    def is_typed(self) -> bool:
        return bool(self.note)


_MOVES_ON = {90: "squat", 180: "deadlift", 270: "overhead press"}
"""To which exercise after so many sets: one has room for a hundred."""


class Regular:
    """A lifter at the bench. Hasty ones type on while little is missing on the card. Others wait until it shows
    everything so far, and may tap then: from a card that is out of date a tap changes nothing, as it should.
    """

    def __init__(self, telegram: Simulator, name: str, *, is_hasty: bool) -> None:
        self.lifter: Lifter = telegram.lifter(name)
        self.logged: list[Entry] = []
        self._shown = (0, 0)
        self._card: int | None = None
        self._is_hasty = is_hasty
        self._news = asyncio.Event()
        telegram.people.listen(self.lifter.id, self._notice)

    @property
    def shown(self) -> int:
        """How many sets the card shows that came last."""
        return self._shown[0]

    @property
    def has_seen_all(self) -> bool:
        """Whether the card shows all that was logged."""
        return self._shown == self._books()

    @property
    def is_free(self) -> bool:
        """Whether they would log the next set now."""
        return self.has_seen_all or (self._is_hasty and len(self.logged) - self.shown < _MOST_UNSEEN)

    async def arrives(self) -> None:
        """From the first word to the bench. Presses are not waited for: their answer may die with the bot."""
        await self.lifter.sends("/start")
        await self.lifter.taps("Kilograms", within=_WITHIN, answered=False)
        await self.lifter.taps("Start workout", within=_WITHIN, answered=False)
        await self.lifter.sees("exercise", within=_WITHIN)  # asked by the picker, or after a death by the card
        await self.lifter.sends("bench")
        await self.lifter.sees("Bench Press (Barbell)", within=_WITHIN)

    async def logs(self, random: Random) -> None:
        """One set more."""
        may_tap = bool(self.logged) and len(self.logged) not in _MOVES_ON
        if may_tap and not self._is_hasty and random.random() < _TAPPED:
            self.logged.append(Entry(self.logged[-1].weight, ""))
            await self.lifter.taps("✓ Log", message=self._card, answered=False)
        else:
            if len(self.logged) in _MOVES_ON:
                await self.lifter.sends(_MOVES_ON[len(self.logged)])
            serial = sum(entry.is_typed for entry in self.logged) + 1
            entry = Entry(_FIRST_WEIGHT + serial, str(serial))
            self.logged.append(entry)
            await self.lifter.sends(f"{entry.weight}x{REPS} #{entry.note}")

    async def finishes(self) -> None:
        """Ends the workout, and sees what was done in it."""
        await self.sees_all()
        await self.lifter.taps("🏁 Finish", message=self._card, answered=False)
        question = await self.lifter.sees("Finish the workout?", within=_WITHIN)
        await self.lifter.taps("🏁 Finish", message=question.id, answered=False)
        await self.lifter.sees("Workout done", within=_WITHIN)

    async def sees_all(self) -> None:
        """Returns when the card shows all that was logged."""
        await self._until(lambda: self.has_seen_all)

    async def sees(self, sets: int) -> None:
        """Returns when the card shows at least so many sets."""
        await self._until(lambda: self.shown >= sets)

    def finds_all_in_chat(self) -> bool:
        """Whether a message in the chat, as it stands, shows all that was logged."""
        return not self.logged or any(
            _heading(message.text) == self._books() for message in self.lifter.chat if message.from_bot
        )

    async def _until(self, holds: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(_WITHIN):
                while not holds():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(
                f"{self._shown} is shown of {self._books()} after {_WITHIN:g} s.\n{self.lifter.printed()}"
            ) from None

    def _notice(self, event: Event) -> None:
        if event["type"] not in {"message", "edited"} or not event["message"]["from"]["is_bot"]:
            return
        if (heading := _heading(event["message"].get("text", ""))) is not None:
            self._shown, self._card = heading, event["message"]["message_id"]
            self._news.set()

    def _books(self) -> tuple[int, int]:
        return len(self.logged), sum(entry.weight * REPS for entry in self.logged)


class Crowd:
    """Regulars who train at the same time."""

    def __init__(self, random: Random) -> None:
        self.present: list[Regular] = []
        self.everybody: list[Regular] = []
        self._random = random

    async def welcomes(self, regulars: Sequence[Regular]) -> None:
        """Brings newcomers to the bench."""
        self.everybody += regulars
        await asyncio.gather(*(regular.arrives() for regular in regulars))
        self.present += regulars

    async def trains(self, rate: float) -> None:
        """So many sets a second, until cancelled. Who is next is left to chance."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            if free := [regular for regular in self.present if regular.is_free]:
                await self._random.choice(free).logs(self._random)
            due += 1 / rate
            await asyncio.sleep(due - loop.time())

    async def sees_all_so_far(self) -> None:
        """Returns when everything is shown that was logged up to now."""
        await asyncio.gather(*(regular.sees(len(regular.logged)) for regular in self.present))

    async def sees_all(self) -> None:
        """Returns when everybody's card shows everything. Nobody may log any more."""
        await asyncio.gather(*(regular.sees_all() for regular in self.present))


def _heading(text: str) -> tuple[int, int] | None:
    """Sets and volume, as a card or a summary says them."""
    found = _HEADING.search(text)
    return None if found is None else (int(found[1]), int(found[2].replace(",", "")))
