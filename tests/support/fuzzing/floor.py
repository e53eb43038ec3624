"""Two lifters and the bot: does what the steps say, and holds what was promised whatever they are."""

from __future__ import annotations

import re
from datetime import timedelta

from hypothesis import note

from simulator.server import Simulator
from storage.database import Database
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.fuzzing.log_keeper import LogKeeper
from tests.support.fuzzing.refusals import Refusals
from tests.support.fuzzing.restartable import RestartableBot
from tests.support.fuzzing.someone import Someone
from tests.support.fuzzing.steps import (
    Edits,
    Forges,
    ForgesFrom,
    Happening,
    Replies,
    Restarts,
    SendsSticker,
    Step,
    Taps,
    TapsAgain,
    TimePasses,
    Types,
)
from tests.support.integrity import belongings, wrongs

_APOLOGY = re.compile(r"\bU-\d+")


class Floor:
    """One example: two lifters who come for the first time, and the bot, which is there already."""

    def __init__(
        self, telegram: Simulator, bot: RestartableBot, database: Database, clock: FakeClock, log: LogKeeper
    ) -> None:
        self._telegram, self._bot, self._database, self._clock, self._log = telegram, bot, database, clock, log
        self._lifters = (Someone(telegram, "Ann"), Someone(telegram, "Ben"))
        self._refusals = Refusals(telegram)
        clock.now = MONDAY_EVENING
        telegram.calls.clear()
        log.records.clear()

    async def does(self, step: Step) -> None:
        """One step; then, unless it is hurried, whatever was promised is held. Raises AssertionError."""
        if isinstance(step, Happening):
            await self._happens(step)
        elif isinstance(step, ForgesFrom):
            await self._forges_from(step)
        else:
            await self._acts(self._lifters[step.who], step)
            if step.hurried:
                return
        await self._settles()

    async def ends(self) -> None:
        """Everybody comes home, and the data is looked at. Raises AssertionError."""
        await self._settles()
        for someone in self._lifters:
            await someone.types("/start")
            await self._settles()
        if found := await wrongs(self._database, {someone.id: someone.messages for someone in self._lifters}):
            self._fail("; ".join(found))

    async def _acts(
        self, someone: Someone, step: Types | SendsSticker | Taps | TapsAgain | Forges | Edits | Replies
    ) -> None:
        match step:
            case Types(_, text):
                await someone.types(text)
            case SendsSticker():
                await someone.sends_sticker()
            case Taps(_, message, button, times):
                await someone.taps(message, button, times)
            case TapsAgain(_, button):
                await someone.taps_again(button)
            case Forges(_, data):
                await someone.forges(data)
            case Edits(_, message, text):
                await someone.edits(message, text)
            case Replies(_, message, text):
                await someone.replies(message, text)

    async def _happens(self, step: TimePasses | Restarts) -> None:
        match step:
            case TimePasses(minutes):
                await self._settles()
                note(f"{minutes} minutes pass")
                self._clock.advance(timedelta(minutes=minutes))
                await self._bot.looks_at_the_clock()
            case Restarts():
                note("The bot is started anew")
                await self._bot.stops()
                self._refusals.restarted()
                await self._bot.starts()

    async def _forges_from(self, step: ForgesFrom) -> None:
        forger, other = self._lifters[step.who], self._lifters[1 - step.who]
        buttons = (other if step.stolen else forger).buttons
        if not buttons:
            return
        data = buttons[-1 - step.button % len(buttons)].data or ""
        await self._settles()
        before = await belongings(self._database, other.id)
        await forger.forges(data if step.number is None else _with_number(data, step.place, step.number))
        await self._settles()
        if await belongings(self._database, other.id) != before:
            self._fail(f"{forger.name} has changed what is {other.name}'s")

    async def _settles(self) -> None:
        """Waits until all is done and shown, and holds what was promised of it."""
        try:
            await self._bot.settles()
        except TimeoutError:
            self._fail("the bot does not come to rest")
        if said := self._log.taken():
            self._fail(f"the log says: {said}")
        self._hold_calls()
        if missing := [missed for someone in self._lifters if (missed := someone.misses())]:
            self._fail(", ".join(missing))

    def _hold_calls(self) -> None:
        ended = [call for call in self._telegram.calls if call.ended]
        self._telegram.calls[:] = [call for call in self._telegram.calls if not call.ended]
        for call in ended:
            if not self._refusals.allows(call):
                self._fail(f"Telegram refuses {call.method} {dict(call.arguments)}: {call.description}")
            if call.method == "sendMessage" and _APOLOGY.search(call.arguments.get("text", "")):
                self._fail(f"an apology is sent: {call.arguments['text']}")

    def _fail(self, why: str) -> None:
        raise AssertionError("\n\n".join([why, *(someone.printed() for someone in self._lifters)]))


def _with_number(data: str, place: int, number: int) -> str:
    """The callback data with another number in it, if it has any."""
    parts = data.split(":")
    numbers = [index for index, part in enumerate(parts) if index and part.lstrip("-").isdecimal()]
    if numbers:
        parts[numbers[place % len(numbers)]] = str(number)
    return ":".join(parts)
