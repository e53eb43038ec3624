"""Two lifters and the bot: does what the steps say, and holds what was promised whatever they are."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from hypothesis import note

from simulator.seen import Button
from simulator.server import Simulator
from storage import leaving
from storage.database import Database
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.fuzzing.claims import Belongings
from tests.support.fuzzing.log_keeper import LogKeeper
from tests.support.fuzzing.refusals import Refusals
from tests.support.fuzzing.restartable import RestartableBot
from tests.support.fuzzing.someone import Someone, kind
from tests.support.fuzzing.steps import (
    Edits,
    Forgery,
    Forges,
    ForgesClaims,
    ForgesFrom,
    Happening,
    Nothing,
    Replies,
    Restarts,
    SendsSticker,
    Step,
    Taps,
    TapsAgain,
    TimePasses,
    Types,
)
from tests.support.integrity import belongings, rests_told, wrongs
from training.leaving import Leaving

_APOLOGY = re.compile(r"\bU-\d+")


class Floor:
    """One example: two lifters who come for the first time, and the bot, which is there already."""

    def __init__(self, telegram: Simulator, bot: RestartableBot, database: Database, clock: FakeClock) -> None:
        self._telegram, self._bot, self._database, self._clock = telegram, bot, database, clock
        self._lifters = (Someone(telegram, "Ann"), Someone(telegram, "Ben"))
        self._kept: dict[int, Belongings] = {}
        """What somebody had when the other forged something, until they act again themselves, or it is time for."""
        self._refusals = Refusals(telegram)
        self._log = LogKeeper()
        clock.now = MONDAY_EVENING
        telegram.calls.clear()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """At the end of the block everybody leaves for good, so that the next example meets nothing of this one."""
        try:
            with self._log.listening():
                yield
        finally:
            await self._clears()

    async def does(self, step: Step) -> None:
        """One step; then, unless it is hurried, whatever was promised is held. Raises AssertionError."""
        if isinstance(step, Happening):
            await self._happens(step)
        elif isinstance(step, Forgery):
            await self._forges(step)
        else:
            self._kept.pop(step.who, None)
            await self._acts(self._lifters[step.who], step)
            if step.hurried:
                return
        await self._settles()

    async def ends(self) -> None:
        """Everybody comes home. Raises AssertionError."""
        await self._settles()
        self._kept.clear()
        for someone in self._lifters:
            await someone.types("/start")
            await self._settles()

    async def _clears(self) -> None:
        with suppress(TimeoutError):
            await self._bot.settles()
        async with self._database.writing() as session:
            for someone in self._lifters:
                await leaving.mark(session, someone.id, self._clock())
        await Leaving(self._database, self._clock, ()).resume()

    async def _acts(self, someone: Someone, step: Types | SendsSticker | Taps | TapsAgain | Edits | Replies) -> None:
        match step:
            case Types(_, text):
                await someone.types(text)
            case SendsSticker():
                await someone.sends_sticker()
            case Taps(_, message, button, curious, times):
                await someone.taps(message, button, times, curious=curious)
            case TapsAgain(_, button):
                await someone.taps_again(button)
            case Edits(_, message, text):
                await someone.edits(message, text)
            case Replies(_, message, text):
                await someone.replies(message, text)

    async def _happens(self, step: Happening) -> None:
        match step:
            case TimePasses(minutes):
                await self._settles()
                self._kept.clear()
                note(f"{minutes} minutes pass")
                self._clock.advance(timedelta(minutes=minutes))
                await self._bot.looks_at_the_clock()
            case Restarts():
                self._kept.clear()  # what was under way goes on, and it looks at the clock
                note("The bot is started anew")
                await self._bot.stops()
                self._refusals.restarted()
                await self._bot.starts()
            case Nothing():
                pass

    async def _forges(self, step: Forgery) -> None:
        """Whatever is forged, and whatever comes of it, the other lifter has what they had."""
        forger, other = self._lifters[step.who], self._lifters[1 - step.who]
        await self._settles()
        had = await belongings(self._database, other.id)
        self._kept.pop(step.who, None)
        self._kept[1 - step.who] = had
        match step:
            case Forges(_, data):
                await forger.forges(data)
            case ForgesClaims(_, claims):
                for claim in claims:
                    await forger.forges(claim.to(had))
            case ForgesFrom(_, _, stolen):
                await forger.forges(_forged(step, (other if stolen else forger).buttons))
        if not isinstance(step, Forges) and step.then is not None:
            await self._settles()  # what was pressed may ask for a text
            await forger.types(step.then)

    async def _settles(self) -> None:
        """Waits until all is done and shown, and holds what was promised of it and of the data."""
        try:
            await self._bot.settles()
        except TimeoutError:
            self._fail("the bot does not come to rest")
        if said := self._log.taken():
            self._fail(f"the log says: {said}")
        self._hold_calls()
        if missing := [missed for someone in self._lifters if (missed := someone.misses())]:
            self._fail(", ".join(missing))
        if found := await wrongs(self._database, {someone.id: someone.messages for someone in self._lifters}):
            self._fail("; ".join(found))
        for someone in self._lifters:
            if stale := someone.rests and someone.rests - await rests_told(self._database, someone.id):
                self._fail(f"{someone.name} still reads in {stale} that a rest is over, and nothing remembers these")
        await self._hold_apart()

    async def _hold_apart(self) -> None:
        """What is one lifter's the other neither changes nor is told."""
        for who, before in self._kept.items():
            owner, forger = self._lifters[who], self._lifters[1 - who]
            after = await belongings(self._database, owner.id)
            if changed := [(before[table], after[table]) for table in before if before[table] != after[table]]:
                self._fail(f"{forger.name} has changed what is {owner.name}'s: {changed}")
        for owner, reader in (self._lifters, reversed(self._lifters)):
            if told := reader.told_of(owner.mark):
                self._fail(f"{reader.name} is told what is {owner.name}'s: {told!r}")

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


def _forged(step: ForgesFrom, buttons: Sequence[Button]) -> str:
    if not buttons:
        return ""
    newest = list({kind(button): button.data or "" for button in buttons}.values())
    data = newest[-1 - step.button % len(newest)]
    return data if step.number is None else _with_number(data, step.place, step.number)


def _with_number(data: str, place: int, number: int) -> str:
    """The callback data with another number in it, if it has any."""
    parts = data.split(":")
    numbers = [index for index, part in enumerate(parts) if index and part.lstrip("-").isdecimal()]
    if numbers:
        parts[numbers[place % len(numbers)]] = str(number)
    return ":".join(parts)
