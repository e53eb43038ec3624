"""Where the parts of a text lie once some of its characters are gone.

Entities that a bot states itself may lie anywhere; the refusals are those of tdlib/td, MessageEntity.cpp,
`clean_input_string_with_entities`.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.errors import ApiError, bad_request
from simulator.nesting import Entity, end_of


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


class Places:
    """For a text and what is `kept` of each of its characters."""

    def __init__(self, text: str, kept: Sequence[str]) -> None:
        self._text = text
        self._places: list[int | None] = []
        """For each code unit, and for the end; None within a character of two units."""
        place = 0
        for character, remains in zip(text, kept, strict=True):
            self._places.extend((place, None)[: units(character)])
            place += units(remains)
        self._places.append(place)

    def moved(self, entity: Entity) -> Entity:
        """The entity where it lies now. Refuses one that covers half a character, or goes beyond the text."""
        beginning, end = entity["offset"], end_of(entity)
        if beginning >= len(self._places):
            raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {beginning}")
        place = self._places[beginning]
        if place is None:
            raise self._half("Entity begins", beginning)
        if end >= len(self._places):
            ends = f"ends after the end of the text at UTF-16 offset {end}"
            raise bad_request(f"Entity beginning at UTF-16 offset {beginning} {ends}")
        end_place = self._places[end]
        if end_place is None:
            raise self._half(f"Entity beginning at UTF-16 offset {beginning} ends", end)
        return {**entity, "offset": place, "length": end_place - place}

    def _half(self, what: str, unit: int) -> ApiError:
        before = self._text.encode("utf-16-le")[: 2 * (unit + 1)].decode("utf-16-le")
        return bad_request(f"{what} in a middle of a UTF-16 symbol at byte offset {len(before.encode())}")
