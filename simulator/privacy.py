"""What a bot gets to see of a group (https://core.telegram.org/bots/features#privacy-mode)."""

from __future__ import annotations

import re
from typing import Any

from simulator.chats import Chat, Json
from simulator.groups import Group, Status


def reaches(bot: Json, chat: Chat, content: Json) -> bool:
    """Whether the bot gets to see what a person has written in this chat.

    With privacy mode it sees of a group commands that aren't another bot's, replies to it and mentions of it. (Of
    several bots, a command without a name reaches the one that spoke last; here is but one.)
    """
    if not isinstance(chat, Group):
        return True
    if not chat.has_bot:
        return False
    if chat.status is Status.ADMINISTRATOR or bot["can_read_all_group_messages"]:
        return True
    replied: dict[str, Any] = content.get("reply_to_message", {}).get("from", {})
    return replied.get("id") == bot["id"] or _is_to(str(bot["username"]), content)


def _is_to(username: str, content: Json) -> bool:
    text = content.get("text", "")
    if any(one["type"] == "bot_command" and one["offset"] == 0 for one in content.get("entities", ())):
        _, at, named = text.split(maxsplit=1)[0].partition("@")
        return not at or named.lower() == username.lower()
    return re.search(rf"(?<!\w)@{re.escape(username)}(?!\w)", text, re.IGNORECASE) is not None
