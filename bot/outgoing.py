"""What a call means for Telegram's limits: which chat it concerns, and how many new messages it makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

_MAKING_MESSAGES = ("send", "forward", "copy")
_MAKING_NONE = {"sendChatAction", "sendMessageDraft"}
_SEVERAL = {"sendMediaGroup": "media", "forwardMessages": "message_ids", "copyMessages": "message_ids"}
"""The methods that make a message for each item of a list, with the parameter that carries it."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call as the budget sees it.

    `chat` is the `chat_id` as it is sent, None if the call names none. `messages` is 0 for everything that makes
    no new message: answers to pressed buttons, edits, deletions, reactions, chat actions, questions.
    """

    chat: str | None
    messages: int

    @classmethod
    def of(cls, method: str, fields: Mapping[str, str]) -> Outgoing:
        """Reads a call of this method with these parameters."""
        return cls(fields.get("chat_id"), _messages(method, fields))


def is_group(chat: str) -> bool:
    """Whether the limit for groups holds: private chats have positive ids; an @name is a group or a channel."""
    return chat.startswith(("-", "@"))


def _messages(method: str, fields: Mapping[str, str]) -> int:
    if not method.startswith(_MAKING_MESSAGES) or method in _MAKING_NONE:
        return 0
    if (items := _SEVERAL.get(method)) is None:
        return 1
    try:
        return max(1, len(json.loads(fields[items])))
    except (LookupError, TypeError, ValueError):  # Telegram will refuse it
        return 1
