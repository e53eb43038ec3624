"""The tags of Telegram's HTML and the entities they make (https://core.telegram.org/bots/api#html-style)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from simulator.date_times import date_time, unix_time
from simulator.errors import bad_request
from simulator.links import checked_link
from simulator.nesting import Entity

_PLAIN: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}

TAGS: Final = frozenset({*_PLAIN, "a", "blockquote", "code", "pre", "tg-emoji", "tg-time"})
"""All tags there are; any other is refused."""

_USER: Final = re.compile(r"tg://user\?id=([0-9]{1,18})")
_EMOJI_ID: Final = re.compile(r"-?[0-9]+")
_LANGUAGE: Final = "language-"


def entity_for(tag: str, attributes: Mapping[str, str], inner: str) -> Entity | None:
    """The entity of a tag around the text `inner`, without its place; None for a link or a time that is none."""
    match tag:
        case "a":
            return link(attributes.get("href") or inner)
        case "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
        case "code" if attributes.get("class", "").startswith(_LANGUAGE):
            return {"type": "code", "language": attributes["class"].removeprefix(_LANGUAGE)}
        case "tg-emoji":
            return _custom_emoji(attributes.get("emoji-id", ""))
        case "tg-time":
            return date_time(unix_time(attributes.get("unix", "")), attributes.get("format", ""))
        case _:
            return {"type": _PLAIN.get(tag, tag)}


def link(address: str) -> Entity | None:
    """The entity of a link to this address, which may be a person; None if it leads nowhere."""
    if user := _USER.fullmatch(address):
        return {"type": "text_mention", "user": {"id": int(user[1]), "is_bot": False, "first_name": ""}}
    checked = checked_link(address)
    return {"type": "text_link", "url": checked} if checked else None


def _custom_emoji(emoji_id: str) -> Entity:
    if not _EMOJI_ID.fullmatch(emoji_id) or not emoji_id.strip("-0"):
        raise bad_request("Can't parse entities: Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": emoji_id}
