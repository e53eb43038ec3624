"""Message entities: how Telegram cleans a text and where its formatting then lies.

Offsets and lengths count UTF-16 code units (https://core.telegram.org/bots/api#messageentity). The cleaning is that of
tdlib/td, misc.cpp, `clean_input_string`, and MessageEntity.cpp, `fix_formatted_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

Entity = dict[str, Any]

_MOST: Final = 100
"""Further entities of a message are dropped."""

_TO_SPACE: Final = frozenset(map(chr, range(33))) - {"\n", "\r"}

_COMMAND: Final = re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])")
"""MessageEntity.cpp, `match_bot_commands`."""


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def covered(text: str, entity: Entity) -> str:
    """The part of the text that an entity covers."""
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


def commands_in(text: str) -> list[Entity]:
    """The bot commands in a text, which Telegram finds by itself."""
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": units(found.group())}
        for found in _COMMAND.finditer(text)
    ]


def cleaned(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """The text as Telegram keeps it, and its entities moved along; those that cover nothing any more are gone.

    Control characters become spaces, carriage returns go, and the text is trimmed on both sides.
    """
    kept = ["" if one == "\r" else " " if one in _TO_SPACE else one for one in text]
    whole = "".join(kept)
    start = len(whole) - len(whole.lstrip(" \n"))
    end = len(whole.rstrip(" \n"))
    trimmed = whole[start:end]
    places = _places(text, kept, start, units(trimmed))
    moved = [_moved(entity, places) for entity in entities]
    return trimmed, in_order(entity for entity in moved if entity["length"] > 0)


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Entities from outside in, as many as Telegram keeps."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))[:_MOST]


def with_commands(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities and, where no code, link or mention is, the commands in the text."""
    taken = [entity for entity in entities if entity["type"] in _OPAQUE]
    found = [one for one in commands_in(text) if not any(_overlap(one, other) for other in taken)]
    return in_order([*entities, *found])


_OPAQUE: Final = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"})


def _overlap(one: Entity, other: Entity) -> bool:
    starts_before_end: bool = one["offset"] < other["offset"] + other["length"]
    ends_after_start: bool = other["offset"] < one["offset"] + one["length"]
    return starts_before_end and ends_after_start


def _places(text: str, kept: Sequence[str], start: int, last: int) -> list[int]:
    """For each code unit of the raw text, and for its end, the place in the trimmed text."""
    places: list[int] = []
    place = -start  # what is trimmed at the start are spaces and line breaks, one unit each
    for character, remains in zip(text, kept, strict=True):
        places.extend([min(max(place, 0), last)] * units(character))
        place += units(remains)
    return [*places, min(max(place, 0), last)]


def _moved(entity: Entity, places: Sequence[int]) -> Entity:
    start, end = places[entity["offset"]], places[entity["offset"] + entity["length"]]
    return {**entity, "offset": start, "length": end - start}
