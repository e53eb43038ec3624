"""Message entities: how Telegram cleans a text and where its formatting then lies.

Offsets and lengths count UTF-16 code units (https://core.telegram.org/bots/api#messageentity). The cleaning is that of
tdlib/td, misc.cpp, `clean_input_string` and `is_empty_string`, and MessageEntity.cpp, `fix_formatted_text`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from simulator.nesting import Entity, end_of, in_order, nested
from simulator.places import Places, units

_TO_SPACE: Final = frozenset(map(chr, range(33))) - {"\n", "\r"}
_DROPPED: Final = frozenset("\r\u030a\u0333\u033f") | frozenset(map(chr, range(0x2028, 0x202F)))
_BLANK: Final = " \n"

_MARKS: Final = re.compile(r"[\u200e\u200f]+(?=[\u200e\u200f])")
"""Marks of the writing direction of which only the last counts."""

_UNSEEN: Final = frozenset(
    " \n\u00a0\u1680\u180e\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc"
    + "".join(map(chr, (*range(0x2000, 0x2010), *range(0xE0000, 0xE0080))))
)


def covered(text: str, entity: Entity) -> str:
    """The part of the text that an entity covers."""
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * end_of(entity)].decode("utf-16-le")


def cleaned(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """The text as Telegram keeps it, and its entities as they may stand together, moved along.

    Control characters become spaces, some characters go, and the text is trimmed on both sides, on the left only up to
    the first entity.
    """
    kept = ["" if one in _DROPPED else " " if one in _TO_SPACE else one for one in text]
    places = Places(text, kept)
    moved = nested(places.moved(entity) for entity in nested(entities))
    return _trimmed(_MARKS.sub(lambda marks: "\u200c" * len(marks.group()), "".join(kept)), moved)


def shows_nothing(text: str) -> bool:
    """Whether there is nothing in the text that could be seen."""
    return _UNSEEN.issuperset(text)


def _trimmed(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    kept = text.rstrip(_BLANK)
    end = units(kept)
    inside = [entity for entity in entities if entity["offset"] < end]
    start = min([len(kept) - len(kept.lstrip(_BLANK)), *(entity["offset"] for entity in inside)])
    moved = (
        {**one, "offset": one["offset"] - start, "length": min(end_of(one), end) - one["offset"]} for one in inside
    )
    return kept[start:], in_order(moved)
