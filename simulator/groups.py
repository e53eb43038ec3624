"""Group chats, and what the bot may do in them.

After tdlib/telegram-bot-api, Client.cpp, `check_chat_access`, and https://core.telegram.org/bots/api#chatmember.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from simulator.chats import Chat, Json, Person
from simulator.errors import ApiError, bad_request, forbidden, migrated


class Status(Enum):
    """What the bot is in a group."""

    MEMBER = "member"
    ADMINISTRATOR = "administrator"
    LEFT = "left"
    KICKED = "kicked"


@dataclass
class Group(Chat):
    """Several people and, while its status says so, the bot. `silent`: it may read and not write.

    A basic group, which is no `supergroup`, can become one: then it has `moved_to` another id for good.
    """

    number: int
    title: str
    supergroup: bool
    people: dict[int, Person] = field(default_factory=dict)
    status: Status = Status.LEFT
    silent: bool = False
    moved_to: int | None = None

    @property
    def id(self) -> int:
        """Negative, as those of all groups."""
        return self.number

    def header(self) -> Json:
        """Telegram's Chat."""
        return {"id": self.number, "type": "supergroup" if self.supergroup else "group", "title": self.title}

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in it."""
        return self.status in {Status.MEMBER, Status.ADMINISTRATOR}

    def refusal(self) -> ApiError | None:
        """What the bot is told that wants to do something here."""
        kind = "supergroup" if self.supergroup else "group"
        if self.moved_to is not None:
            return migrated(self.moved_to)
        if self.status is Status.KICKED:
            return forbidden(f"bot was kicked from the {kind} chat")
        if self.status is Status.LEFT:
            return forbidden(f"bot is not a member of the {kind} chat")
        return None

    def refusal_to_write(self) -> ApiError | None:
        """What it is told that has got so far and wants to send something."""
        if self.silent and self.status is not Status.ADMINISTRATOR:
            return bad_request("not enough rights to send text messages to the chat")
        return None
