"""A lifter for tests: does things in their chat, and sees what the bot does there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from simulator.deeds import Deed, edited, tapped, typed
from simulator.feeds import Event
from simulator.inline import Findings, Found
from simulator.people import People
from simulator.seen import Button, SeenMessage, as_seen, printed

_T = TypeVar("_T")

_WITHIN = 20.0
"""Seconds after which nobody waits any longer."""


class Lifter:
    """A person and a chat, their private one with the bot or a group.

    What doesn't happen in time fails with the whole chat printed. `deeds` is what they have tapped and typed, in order;
    it may be emptied by whoever counts.
    """

    def __init__(self, people: People, user_id: int, group_id: int | None = None) -> None:
        self.id = user_id
        self.toasts: list[str] = []
        self.latency: float | None = None
        self.deeds: list[Deed] = []
        self._people = people
        self._where = group_id
        self._answered: set[str] = set()
        self._findings: dict[str, Findings] = {}
        self._acted_at: float | None = None
        self._news = asyncio.Event()
        if group_id is None:
            people.listen(user_id, self._notice)
        else:
            people.listen(group_id, self._notice)
            people.listen(user_id, self._notice_answer)

    def in_group(self, group_id: int) -> Lifter:
        """The same person in a group that they are a member of."""
        return Lifter(self._people, self.id, group_id)

    @property
    def chat(self) -> Sequence[SeenMessage]:
        """All messages as they stand, oldest first."""
        return [as_seen(message) for message in self._people.chat(self.id, self._where)]

    @property
    def last(self) -> SeenMessage:
        """The newest message."""
        return self.chat[-1]

    @property
    def buttons(self) -> Sequence[str]:
        """The labels on the newest message that has a keyboard."""
        for message in reversed(self.chat):
            if message.buttons:
                return [button.label for button in message.buttons]
        return []

    async def sends(self, text: str, *, reply_to: int | None = None) -> int:
        """Sends a text; returns the message's id."""
        self._acts(typed(text, reply=reply_to is not None))
        return await self._people.send_text(self.id, text, reply_to, where=self._where)

    async def edits(self, message_id: int, text: str) -> None:
        """Changes a text sent before."""
        before = next((message.text for message in self.chat if message.id == message_id), "")
        self._acts(edited(before, text))
        await self._people.edit_text(self.id, message_id, text, where=self._where)

    async def sends_sticker(self) -> int:
        """Sends a sticker; returns the message's id."""
        self._acts()
        return await self._people.send_sticker(self.id, where=self._where)

    async def sends_document(self, name: str, content: bytes, mime: str = "text/plain", *, caption: str = "") -> int:
        """Sends a file, with a few words if need be; returns the message's id."""
        self._acts()
        return await self._people.send_document(self.id, name, content, mime, caption)

    def file(self, message: SeenMessage) -> bytes:
        """What is in the message's photo, document or sticker."""
        assert message.file_id is not None
        return self._people.file(message.file_id)[1]

    async def taps(
        self,
        label: str,
        *,
        message: int | None = None,
        times: int = 1,
        within: float = _WITHIN,
        answered: bool = True,
    ) -> None:
        """Presses the one button whose label contains `label`, on this message or on the newest that has it.

        Several `times` come without waiting in between. Returns when every press is answered, or at once if they need
        not be `answered`.
        """
        button = await self._until(lambda: self._button(label, message), f"a button with “{label}”", within)
        self._acts(*[tapped(button.label)] * times)
        query_ids = [await self._press(button) for _ in range(times)]
        if answered:
            await self._are_answered(query_ids, within)

    async def forges(self, message_id: int, data: str, *, within: float = _WITHIN, answered: bool = True) -> None:
        """Presses a button that the message doesn't have: one long gone from it, with it, or one made up."""
        self._acts()
        query_id = await self._people.press_with(self.id, message_id, data, where=self._where)
        if answered:
            await self._are_answered([query_id], within)

    async def asks(self, text: str, *, offset: str = "", within: float = _WITHIN) -> Findings:
        """Types the text behind the bot's name in some chat; what the bot has found, as soon as it answers."""
        self._acts()
        query_id = await self._people.ask_inline(self.id, text, offset)
        return await self._until(lambda: self._findings.get(query_id), f"what is found for “{text}”", within)

    async def chooses(self, found: Found) -> int:
        """Sends what the bot has found, in the chat with the bot; returns the message's id."""
        self._acts()
        return await self._people.choose(self.id, found.message)

    def blocks_bot(self) -> None:
        """Blocks the bot."""
        self._people.block(self.id)

    def unblocks_bot(self) -> None:
        """Lets the bot write again."""
        self._people.unblock(self.id)

    def deletes_account(self) -> None:
        """Leaves Telegram for good."""
        self._people.deactivate(self.id)

    async def sees(self, text: str, *, within: float = _WITHIN) -> SeenMessage:
        """The newest of the bot's messages that contains the text, as soon as there is one."""
        return await self._until(lambda: self._containing(text), f"a message with “{text}”", within)

    async def sees_reaction(self, emoji: str, message_id: int, *, within: float = _WITHIN) -> SeenMessage:
        """The message, as soon as the bot reacts to it so."""
        wanted = f"the reaction {emoji} to message {message_id}"
        return await self._until(lambda: self._reacted(emoji, message_id), wanted, within)

    async def sees_toast(self, text: str, *, within: float = _WITHIN) -> str:
        """The newest answer to a pressed button that contains the text, as soon as there is one."""
        return await self._until(
            lambda: next((toast for toast in reversed(self.toasts) if text in toast), None),
            f"an answer with “{text}”",
            within,
        )

    async def is_noticed(self, *, within: float = _WITHIN) -> None:
        """Returns as soon as the bot has done something since this person did."""
        await self._until(lambda: self.latency, "anything from the bot", within)

    def does_not_see(self, text: str) -> None:
        """Fails if any of the bot's messages contains the text now."""
        if self._containing(text):
            raise AssertionError(f"“{text}” is there, and should not be.\n{self.printed()}")

    def printed(self) -> str:
        """The whole chat, for a person to read."""
        return printed(self.chat, self.toasts)

    def _acts(self, *deeds: Deed) -> None:
        self.deeds.extend(deeds)
        self._acted_at = asyncio.get_running_loop().time()
        self.latency = None

    def _notice(self, event: Event) -> None:
        if event["type"] == "answer":
            self._answered.add(event["query_id"])
            if event["text"]:
                self.toasts.append(event["text"])
        if event["type"] == "found":
            results = [Found(**result) for result in event["results"]]
            self._findings[event["query_id"]] = Findings(results, event["next_offset"], event["button"])
        if self.latency is None and self._acted_at is not None and _by_bot(event):
            self.latency = asyncio.get_running_loop().time() - self._acted_at
        self._news.set()

    def _notice_answer(self, event: Event) -> None:
        """Of the person's own chat, a group's members hear nothing but what their buttons there say."""
        if event["type"] == "answer":
            self._notice(event)

    async def _press(self, button: Button) -> str:
        return await self._people.press(self.id, button.message_id, button.row, button.column, where=self._where)

    async def _are_answered(self, query_ids: Sequence[str], within: float) -> None:
        await self._until(
            lambda: self._answered.issuperset(query_ids) or None, "an answer to every pressed button", within
        )

    async def _until(self, find: Callable[[], _T | None], wanted: str, within: float) -> _T:
        try:
            async with asyncio.timeout(within):
                return await self._happens(find)
        except TimeoutError:
            pass
        raise AssertionError(f"{wanted} did not come within {within:g} s.\n{self.printed()}")

    async def _happens(self, find: Callable[[], _T | None]) -> _T:
        while (found := find()) is None:
            self._news.clear()
            await self._news.wait()
        return found

    def _containing(self, text: str) -> SeenMessage | None:
        return next((one for one in reversed(self.chat) if one.from_bot and text in one.text), None)

    def _reacted(self, emoji: str, message_id: int) -> SeenMessage | None:
        return next((one for one in self.chat if one.id == message_id and emoji in one.reactions), None)

    def _button(self, label: str, message_id: int | None) -> Button | None:
        for message in reversed(self.chat):
            if message_id in (None, message.id) and (found := message.buttons_with(label)):
                if len(found) > 1:
                    labels = [button.label for button in found]
                    raise AssertionError(f"“{label}” could be any of {labels}.\n{self.printed()}")
                return found[0]
        return None


def _by_bot(event: Event) -> bool:
    """Whether the bot did this, and it can be seen in the chat."""
    if event["type"] in ("message", "edited"):
        by_bot: bool = event["message"]["from"]["is_bot"]
        return by_bot
    return event["type"] in ("deleted", "reaction", "answer")
