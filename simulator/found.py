"""What Telegram finds in a text by itself: bot commands and, of all addresses, those that begin with http."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from simulator.nesting import QUOTES, STYLES, Entity, end_of, nested
from simulator.places import units

_MOST: Final = 100
"""Further entities of a message are dropped."""

_COMMAND: Final = re.compile(
    r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32}(?![\w/<>])|(?![\w/<>@]))",
)
"""tdlib/td, MessageEntity.cpp, `match_bot_commands`."""

_URL: Final = re.compile(
    r"(?<!\w)https?://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#](?:[^\s<>\"]*[^\s<>\".:;,('?!`])?)?", re.IGNORECASE
)
"""A web address up to the punctuation behind it."""


def with_found(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """The entities and, where no code, link or mention is, what is found in the text."""
    taken = [entity for entity in entities if entity["type"] not in (*STYLES, *QUOTES)]
    found = [*_found("url", _URL, text), *_found("bot_command", _COMMAND, text)]
    free = (one for one in found if not any(_overlap(one, other) for other in taken))
    return nested([*entities, *free])[:_MOST]


def _found(kind: str, pattern: re.Pattern[str], text: str) -> list[Entity]:
    return [
        {"type": kind, "offset": units(text[: found.start()]), "length": units(found.group())}
        for found in pattern.finditer(text)
    ]


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < end_of(other) and other["offset"] < end_of(one))
