"""The tags of Telegram's HTML and the entities they make (https://core.telegram.org/bots/api#html-style)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from simulator.entities import Entity
from simulator.errors import bad_request

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

_USER: Final = re.compile(r"tg://user\?id=(\d+)")
_TIME_FORMAT: Final = re.compile(r"r|w?[dD]?[tT]?")
_LANGUAGE: Final = "language-"


def entity_for(tag: str, attributes: Mapping[str, str], inner: str) -> Entity | None:
    """The entity of a tag around the text `inner`, without its place; None for a link that leads nowhere."""
    match tag:
        case "a":
            return _link(attributes.get("href") or inner)
        case "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
        case "code" if attributes.get("class", "").startswith(_LANGUAGE):
            return {"type": "code", "language": attributes["class"].removeprefix(_LANGUAGE)}
        case "tg-emoji":
            return _custom_emoji(attributes.get("emoji-id", ""))
        case "tg-time":
            return _date_time(attributes.get("unix", ""), attributes.get("format", ""))
        case _:
            return {"type": _PLAIN.get(tag, tag)}


def _link(address: str) -> Entity | None:
    if user := _USER.fullmatch(address):
        return {"type": "text_mention", "user": {"id": int(user[1]), "is_bot": False, "first_name": ""}}
    checked = checked_link(address)
    return {"type": "text_link", "url": checked} if checked else None


def checked_link(address: str) -> str | None:
    """A web or Telegram address, completed as Telegram does; None for anything else."""
    try:
        url = urlsplit(address if "://" in address else f"http://{address}")
    except ValueError:
        return None
    if url.scheme == "tg":
        return address
    if url.scheme not in ("http", "https") or "." not in (url.hostname or "") or " " in url.netloc:
        return None
    return url._replace(path=url.path or "/").geturl()


def _custom_emoji(emoji_id: str) -> Entity:
    if not emoji_id.isdecimal() or int(emoji_id) == 0:
        raise bad_request("Can't parse entities: Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": emoji_id}


def _date_time(unix: str, layout: str) -> Entity:
    """The formats are published, https://core.telegram.org/bots/api#date-time-entity-formatting; the words aren't."""
    if not unix.isdecimal() or int(unix) == 0:
        raise bad_request("Can't parse entities: Invalid Unix time specified")
    if not _TIME_FORMAT.fullmatch(layout):
        raise bad_request("Can't parse entities: Invalid date-time format specified")
    return {"type": "date_time", "unix_time": int(unix), "date_time_format": layout}
