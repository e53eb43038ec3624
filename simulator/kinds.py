"""The kinds of updates, and which of them a bot asked for.

The rules are those of tdlib/telegram-bot-api, Client.cpp, `get_update_type_name` and `get_allowed_update_types`; the
newest names are those of `telegram.constants.UpdateType`.
"""

from __future__ import annotations

import json
from typing import Final

_BY_REQUEST: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

BY_DEFAULT: Final = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "custom_event",
        "custom_query",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "purchased_paid_media",
        "managed_bot",
        "guest_message",
    }
)
"""What a bot gets that asked for nothing in particular."""

_ALL: Final = BY_DEFAULT | _BY_REQUEST


def asked_for(allowed_updates: str) -> frozenset[str] | None:
    """The kinds named in a call; None if nothing is to change. What can't be read is no error.

    Names are the same in capital letters, unknown ones are passed over, and a list without any known one asks for what
    is sent by default.
    """
    try:
        names = json.loads(allowed_updates)
    except ValueError:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    return _ALL.intersection(name.lower() for name in names) or BY_DEFAULT
