"""A lifter who does anything at all, and remembers what they saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import note

from simulator.driver import Lifter
from simulator.feeds import Event
from simulator.people import NotPossible
from simulator.seen import Button, SeenMessage, as_seen, printed
from simulator.server import Simulator
from simulator.texts import LONGEST_TEXT
from tests.support.fuzzing.texts import MARK

_LONGEST_DATA = 64
"""Bytes that a button can carry."""

_REPLIES = frozenset({"message", "edited", "reaction"})
"""What answers something that was written."""

_REST_OVER = "⏰ Rest is over."

_LONGEST_ECHO = 120
_LAST_MESSAGES = 12


class Someone:
    """One of two lifters. What they do is noted, for whoever reads how a promise was broken."""

    def __init__(self, telegram: Simulator, name: str) -> None:
        self.name = name
        self.mark = f"{name}'s <own> & only"
        """What only they write, and no HTML: in a text it stands as `MARK`."""
        self._told: list[str] = []
        self._people = telegram.people
        self._lifter: Lifter = telegram.lifter(name)
        self.id = self._lifter.id
        self.buttons: list[Button] = []
        """All that ever stood in the chat, in the order in which they came."""
        self.messages: set[int] = set()
        """The ids of all messages that ever stood in the chat."""
        self.rests: set[int] = set()
        """The ids of the messages in the chat that say that a rest is over."""
        self._known: set[tuple[int, str | None]] = set()
        self._pressed: Counter[str] = Counter()
        self._unanswered: set[str] = set()
        self._has_written = self._has_reply = False
        telegram.people.listen(self.id, self._notice)

    async def types(self, text: str) -> None:
        """Sends the text, in several messages if it is too long for one, as phones do it."""
        text = text.replace(MARK, self.mark)
        for start in range(0, len(text), LONGEST_TEXT):
            await self._sends(text[start : start + LONGEST_TEXT], None)

    async def replies(self, back: int, text: str) -> None:
        """Sends the text in reply to a message that is there; so many are newer."""
        if chat := self._lifter.chat:
            await self._sends(text.replace(MARK, self.mark)[:LONGEST_TEXT], chat[-1 - min(back, len(chat) - 1)].id)

    async def sends_sticker(self) -> None:
        """Sends what is no text."""
        note(f"{self.name} sends a sticker")
        self._has_written = True
        await self._lifter.sends_sticker()

    async def edits(self, back: int, text: str) -> None:
        """Changes a text that they have sent and that is there; so many are newer."""
        own = [one for one in self._lifter.chat if not one.from_bot and one.text]
        if not own:
            return
        message = own[-1 - min(back, len(own) - 1)]
        try:
            await self._lifter.edits(message.id, text.replace(MARK, self.mark)[:LONGEST_TEXT])
        except NotPossible:  # there is nothing in it that could be seen
            return
        note(f"{self.name} edits #{message.id}: {_echo(text)}")
        self._has_written = True

    async def taps(self, back: int, place: int, times: int, *, curious: bool) -> None:
        """Presses a button that is there, of a message with buttons; so many of these are newer.

        Who is curious chooses among those of a kind that they have pressed least.
        """
        messages = [one for one in self._lifter.chat if _pressable(one)]
        if not messages:
            return
        message = messages[-1 - min(back, len(messages) - 1)]
        buttons = _pressable(message)
        least = min(self._pressed[kind(button)] for button in buttons)
        choices = [button for button in buttons if self._pressed[kind(button)] == least] if curious else buttons
        button = choices[place % len(choices)]
        self._pressed[kind(button)] += 1
        for _ in range(times):
            await self._presses(message.id, button.data or "", f"taps [{button.label}]")

    async def taps_again(self, place: int) -> None:
        """Presses a button that was there once."""
        if self.buttons:
            button = self.buttons[-1 - place % len(self.buttons)]
            await self._presses(button.message_id, button.data or "", f"taps what was once [{button.label}]")

    async def forges(self, data: str) -> None:
        """Presses a button that was never there, if a button could carry this."""
        from_bot = [message.id for message in self._lifter.chat if message.from_bot]
        if from_bot and 0 < len(data.encode()) <= _LONGEST_DATA:
            await self._presses(from_bot[-1], data, "presses what never was")

    def misses(self) -> str | None:
        """What they wait for in vain, once everything is done; what is done from now on counts anew."""
        missing = None
        if self._unanswered:
            missing = f"{self.name} has pressed a button, and the press is not answered"
        elif self._has_written and not self._has_reply:
            missing = f"{self.name} has written, and there is no reply"
        self._has_written = self._has_reply = False
        return missing

    def told_of(self, mark: str) -> str | None:
        """What the bot has told them since this was asked last and has the mark in it."""
        told = next((text for text in self._told if mark in text), None)
        self._told.clear()
        return told

    def printed(self) -> str:
        """The end of the chat."""
        return f"{self.name}. {printed(self._lifter.chat[-_LAST_MESSAGES:], self._lifter.toasts[-_LAST_MESSAGES:])}"

    async def _sends(self, text: str, reply_to: int | None) -> None:
        try:
            message_id = await self._lifter.sends(text, reply_to=reply_to)
        except NotPossible:  # there is nothing in it that could be seen
            return
        to = "" if reply_to is None else f" in reply to #{reply_to}"
        note(f"{self.name} sends #{message_id}{to}: {_echo(text)}")
        self._has_written = True

    async def _presses(self, message_id: int, data: str, what: str) -> None:
        note(f"{self.name} {what} on #{message_id}: {data!r}")
        self._unanswered.add(await self._people.press_with(self.id, message_id, data))

    def _notice(self, event: Event) -> None:
        if event["type"] == "answer":
            self._unanswered.discard(event["query_id"])
            self._told.append(event.get("text") or "")
            return
        by_bot = True
        if event["type"] == "deleted":
            self.rests.difference_update(event["message_ids"])
        elif event["type"] in {"message", "edited"}:
            message = as_seen(event["message"])
            by_bot = message.from_bot
            self.messages.add(message.id)
            self._remember(message)
            if by_bot:
                (self.rests.add if message.text.startswith(_REST_OVER) else self.rests.discard)(message.id)
                self._told += [message.text, *(button.label for button in message.buttons)]
        self._has_reply |= by_bot and event["type"] in _REPLIES

    def _remember(self, message: SeenMessage) -> None:
        for button in _pressable(message):
            if (seen := (message.id, button.data)) not in self._known:
                self._known.add(seen)
                self.buttons.append(button)


def kind(button: Button) -> str:
    """What a button does, whatever it does it with."""
    return (button.data or "").partition(":")[0]


def _pressable(message: SeenMessage) -> Sequence[Button]:
    """The buttons that tell the bot something."""
    return [button for button in message.buttons if button.data is not None]


def _echo(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}… ({len(text)} characters)")
