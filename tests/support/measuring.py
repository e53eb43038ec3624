"""What a task costs: the taps and keys of a thumb, and the calls to Telegram, all as the simulator saw them."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.spotter import Spotter
from simulator.calls import Call
from simulator.deeds import Deed, Doing
from simulator.driver import Lifter
from simulator.server import Simulator

ANSWER = "answerCallbackQuery"
"""Each tap costs one; it lets the phone's button stop waiting."""

_MARKS = {Doing.TAP: "**{}**", Doing.TYPE: "`{}`", Doing.REPLY: "reply `{}`", Doing.EDIT: "edit to `{}`"}
_LONGEST = 40


@dataclass(frozen=True)
class Cost:
    """What one task took."""

    deeds: Sequence[Deed]
    methods: Counter[str]

    @property
    def taps(self) -> int:
        return sum(deed.doing is Doing.TAP for deed in self.deeds)

    @property
    def keys(self) -> int:
        return sum(deed.keys for deed in self.deeds)

    @property
    def actions(self) -> int:
        """Taps, and texts however long."""
        return len(self.deeds)

    @property
    def calls(self) -> int:
        """Without the answers to taps."""
        return self.methods.total() - self.answers

    @property
    def answers(self) -> int:
        return self.methods[ANSWER]

    def row(self, task: str) -> str:
        """The line of a Markdown table."""
        calls = [_times(name, many) for name, many in sorted(self.methods.items()) if name != ANSWER]
        how = [_shown(deed) for deed in self.deeds]
        numbers = [str(number or "") for number in (self.taps, self.keys)]
        return f"| {' | '.join((task, ', '.join(how), *numbers, ', '.join(calls), str(self.answers or '')))} |"


class Measured:
    """A lifter whose every step is waited for before the next, as somebody does who looks at the screen in between.

    So nothing is saved by one edit of the card that stands for several.
    """

    def __init__(self, lifter: Lifter, spotter: Spotter, telegram: Simulator) -> None:
        self.costs: dict[str, Cost] = {}
        self._lifter = lifter
        self._spotter = spotter
        self._telegram = telegram

    async def taps(self, *labels: str) -> None:
        for label in labels:
            await self._lifter.taps(label)
            await self._spotter.lanes.idle()

    async def types(self, *texts: str, reply_to: int | None = None) -> int:
        """Returns the last message's id."""
        message = 0
        for text in texts:
            message = await self._lifter.sends(text, reply_to=reply_to)
            await self._is_done()
        return message

    async def edits(self, message_id: int, text: str) -> None:
        await self._lifter.edits(message_id, text)
        await self._is_done()

    @asynccontextmanager
    async def task(self, name: str) -> AsyncIterator[None]:
        """Everything done in the block is its cost."""
        assert name not in self.costs
        self._lifter.deeds.clear()
        before = len(self._telegram.calls)
        yield
        made = [call.method for call in self._telegram.calls[before:] if _counts(call)]
        self.costs[name] = Cost(tuple(self._lifter.deeds), Counter(made))

    async def _is_done(self) -> None:
        await self._lifter.is_noticed()
        await self._spotter.lanes.idle()


def _counts(call: Call) -> bool:
    """Fetching updates is no answer to anybody, and a call that was refused would be a fault."""
    assert not call.refused, call
    return call.method != "getUpdates"


def _shown(deed: Deed) -> str:
    text = deed.text.replace("\n", " ⏎ ").replace("|", "\\|")
    return _MARKS[deed.doing].format(text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…")


def _times(method: str, many: int) -> str:
    return f"{many} × `{method}`" if many > 1 else f"`{method}`"
