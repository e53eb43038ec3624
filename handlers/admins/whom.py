"""Whom a message means: by a number, a shared contact, or something of theirs that was forwarded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Message, MessageOriginHiddenUser, MessageOriginUser

_ID = re.compile(r"\d{5,15}")
"""Shorter numbers are sets rather than people."""

_GRANTING = frozenset({"add", "grant", "+"})
_REVOKING = frozenset({"remove", "revoke", "delete", "-"})


@dataclass(frozen=True, slots=True)
class Hidden:
    """Somebody is meant of whom Telegram doesn't say who they are."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with whom; None: nobody was named."""

    grants: bool
    whom: int | Hidden | None


def read_wish(arguments: str, message: Message) -> Wish | None:
    """What follows the command, and the message that it replies to; None if that makes no sense."""
    words = arguments.lower().split()
    grants = True
    if words and words[0] in _GRANTING | _REVOKING:
        grants = words.pop(0) in _GRANTING
    if len(words) > 1:
        return None
    if words:
        return Wish(grants, int(words[0])) if _ID.fullmatch(words[0]) else None
    replied = message.reply_to_message
    return Wish(grants, None if replied is None else meant_by(replied))


def meant_by(message: Message) -> int | Hidden | None:
    """Whom the message shares, quotes or names; None if nobody."""
    if message.contact is not None:
        return message.contact.user_id or Hidden()
    match message.forward_origin:
        case MessageOriginUser(sender_user=person):
            return person.id
        case MessageOriginHiddenUser():
            return Hidden()
    named = _ID.fullmatch((message.text or "").strip())
    return None if named is None else int(named[0])
