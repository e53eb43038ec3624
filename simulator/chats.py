"""People and chats: the messages as they stand."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.feeds import Feeds

Json = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody with a phone. `admin` only labels them."""

    id: int
    name: str
    admin: bool = False

    def user(self) -> Json:
        """Telegram's User."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": "en"}


@dataclass
class Message:
    """A message as it stands. `content` is Telegram's Message; it is replaced as a whole and never changed in place."""

    content: Json
    from_bot: bool
    reactions: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        message_id: int = self.content["message_id"]
        return message_id

    def shown(self) -> Json:
        """What a phone shows: the message and the reactions to it."""
        return {**self.content, "reactions": list(self.reactions)}


@dataclass(kw_only=True)
class Chat(ABC):
    """Where messages stand. `gone` are the ids of the bot's that were deleted.

    `numbers` gives ids to the messages, where they are counted for this chat alone.
    """

    messages: dict[int, Message] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    numbers: Iterator[int] | None = None

    @property
    @abstractmethod
    def id(self) -> int:
        """Its id, under which it tells what happens in it."""

    @abstractmethod
    def header(self) -> Json:
        """Telegram's Chat."""


@dataclass
class PrivateChat(Chat):
    """One person's chat with the bot, which may write once the person has, and while it isn't blocked."""

    person: Person
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    @property
    def id(self) -> int:
        """That of the person."""
        return self.person.id

    def header(self) -> Json:
        """Telegram's Chat."""
        return {"id": self.person.id, "type": "private", "first_name": self.person.name}


class Chats:
    """All chats. Message ids are counted across those that don't have their own, as for a real bot.

    `bot` is its User.
    """

    def __init__(self, bot: Json, clock: Callable[[], float], feeds: Feeds) -> None:
        self._bot = bot
        self._clock = clock
        self._feeds = feeds
        self._chats: dict[int, Chat] = {}
        self._ids = itertools.count(1)

    def __iter__(self) -> Iterator[PrivateChat]:
        """The private ones."""
        return (chat for chat in self._chats.values() if isinstance(chat, PrivateChat))

    def add(self, person: Person) -> None:
        """Makes a person known, or renames them; their chat stays."""
        chat = self.private(person.id)
        if chat is None:
            self.open(PrivateChat(person))
        else:
            chat.person = person

    def open(self, chat: Chat) -> None:
        """Makes a chat known."""
        self._chats[chat.id] = chat

    def private(self, user_id: int) -> PrivateChat | None:
        """The private chat of this person; None if there is nobody of this id."""
        chat = self._chats.get(user_id)
        return chat if isinstance(chat, PrivateChat) else None

    def find(self, chat_id: int) -> Chat | None:
        """The chat of this id; None if there is none."""
        return self._chats.get(chat_id)

    def post(self, chat: Chat, content: Json, *, by: Person | None = None) -> Message:
        """Adds a message at the end of the chat, the bot's if it is `by` nobody."""
        sender = self._bot if by is None else by.user()
        number = next(self._ids if chat.numbers is None else chat.numbers)
        about = {"message_id": number, "from": sender, "chat": chat.header(), "date": self.now()}
        message = Message({**about, **content}, from_bot=by is None)
        chat.messages[message.id] = message
        self._feeds.tell(chat.id, {"type": "message", "message": message.shown()})
        return message

    def edit(self, chat: Chat, message: Message, changes: Json, *, without: Iterable[str] = ()) -> None:
        """Gives a message new content; the fields named in `without` go unless `changes` has them."""
        kept = {key: value for key, value in message.content.items() if key not in without}
        message.content = {**kept, "edit_date": self.now(), **changes}
        self._feeds.tell(chat.id, {"type": "edited", "message": message.shown()})

    def delete(self, chat: Chat, message_ids: Sequence[int]) -> None:
        """Removes messages for both sides; ids that are not there are passed over."""
        gone = [message for message_id in message_ids if (message := chat.messages.pop(message_id, None))]
        chat.gone.update(message.id for message in gone if message.from_bot)
        if gone:
            self._feeds.tell(chat.id, {"type": "deleted", "message_ids": [message.id for message in gone]})

    def react(self, chat: Chat, message: Message, reactions: list[str]) -> None:
        """Replaces the bot's reactions to a message."""
        message.reactions = reactions
        event = {"type": "reaction", "message_id": message.id, "reactions": list(reactions)}
        self._feeds.tell(chat.id, event)

    def now(self) -> int:
        """The date of a message that is written now."""
        return int(self._clock())
