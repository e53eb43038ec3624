"""People and their private chats with the bot: the messages as they stand."""

from __future__ import annotations

import itertools
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


@dataclass
class Chat:
    """One person's private chat. The bot may write once the person has, and while it isn't blocked.

    `gone` are the ids of the bot's messages that were deleted.
    """

    person: Person
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    def header(self) -> Json:
        """Telegram's Chat."""
        return {"id": self.person.id, "type": "private", "first_name": self.person.name}


class Chats:
    """All private chats. Message ids are counted across them, as for a real bot."""

    def __init__(self, bot: Json, clock: Callable[[], float], feeds: Feeds) -> None:
        self._bot = bot
        self._clock = clock
        self._feeds = feeds
        self._chats: dict[int, Chat] = {}
        self._ids = itertools.count(1)

    def __iter__(self) -> Iterator[Chat]:
        return iter(self._chats.values())

    def add(self, person: Person) -> None:
        """Makes a person known, or renames them; their chat stays."""
        chat = self._chats.get(person.id)
        if chat is None:
            self._chats[person.id] = Chat(person)
        else:
            chat.person = person

    def find(self, user_id: int) -> Chat | None:
        """The chat of this person; None if there is nobody of this id."""
        return self._chats.get(user_id)

    def post(self, chat: Chat, content: Json, *, from_bot: bool) -> Message:
        """Adds a message at the end of the chat."""
        sender = {key: self._bot[key] for key in _SENDER} if from_bot else chat.person.user()
        about = {"message_id": next(self._ids), "from": sender, "chat": chat.header(), "date": self.now()}
        message = Message({**about, **content}, from_bot)
        chat.messages[message.id] = message
        self._feeds.tell(chat.person.id, {"type": "message", "message": message.shown()})
        return message

    def edit(self, chat: Chat, message: Message, changes: Json, *, without: Iterable[str] = ()) -> None:
        """Gives a message new content; the fields named in `without` go unless `changes` has them."""
        kept = {key: value for key, value in message.content.items() if key not in without}
        message.content = {**kept, "edit_date": self.now(), **changes}
        self._feeds.tell(chat.person.id, {"type": "edited", "message": message.shown()})

    def delete(self, chat: Chat, message_ids: Sequence[int]) -> None:
        """Removes messages for both sides; ids that are not there are passed over."""
        gone = [message for message_id in message_ids if (message := chat.messages.pop(message_id, None))]
        chat.gone.update(message.id for message in gone if message.from_bot)
        if gone:
            self._feeds.tell(chat.person.id, {"type": "deleted", "message_ids": [message.id for message in gone]})

    def react(self, chat: Chat, message: Message, reactions: list[str]) -> None:
        """Replaces the bot's reactions to a message."""
        message.reactions = reactions
        event = {"type": "reaction", "message_id": message.id, "reactions": list(reactions)}
        self._feeds.tell(chat.person.id, event)

    def now(self) -> int:
        """The date of a message that is written now."""
        return int(self._clock())


_SENDER = ("id", "is_bot", "first_name", "username")
"""What a message says about the bot that sent it."""
