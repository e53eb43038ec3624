"""Where a lifter is in the library, and how buttons and the conversation's step remember it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self, TypeVar

from handlers.conversation import Step, details_of, step_with
from storage import at_hand
from storage.values.exercise import BodyPart, Modality
from storage.values.finding import Owned, SearchFilter
from training.browsing import ARCHIVED

_LONGEST_TEXT = 36
"""Bytes of a search text that a button has room for."""

_PARTS, _MODALITIES = (None, *BodyPart), (None, *Modality)


_NUMBERS = 4
"""Numbers that a step carries: body part, modality, page and exercise."""

_Choice = TypeVar("_Choice")


class Shelf(StrEnum):
    """Which exercises are looked at."""

    ALL = "a"
    SYSTEM = "s"
    OWN = "o"
    HIDDEN = "h"
    ARCHIVED = "z"


_FILTERS = {
    Shelf.ALL: SearchFilter(),
    Shelf.SYSTEM: SearchFilter(owned=Owned.SYSTEM),
    Shelf.OWN: SearchFilter(owned=Owned.OWN),
    Shelf.HIDDEN: SearchFilter(hidden=True),
    Shelf.ARCHIVED: ARCHIVED,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page of what a text finds on a shelf, of one body part and modality if they are chosen."""

    shelf: Shelf = Shelf.ALL
    part: BodyPart | None = None
    modality: Modality | None = None
    page: int = 0
    text: str = ""

    @property
    def filters(self) -> SearchFilter:
        """What narrows the list here."""
        return replace(_FILTERS[self.shelf], body_part=self.part, modality=self.modality)

    @property
    def is_narrow(self) -> bool:
        """Whether not everything is looked at."""
        return (self.shelf, self.part, self.modality) != (Shelf.ALL, None, None)

    def looking_for(self, text: str) -> Self:
        """The first page here of what the text finds; of a very long one its beginning is looked for."""
        short = text.encode(errors="replace")[:_LONGEST_TEXT].decode(errors="ignore")
        return replace(self, page=0, text=" ".join(short.split()))

    @property
    def numbers(self) -> tuple[int, int]:
        """Body part and modality as a button has them; 0: any."""
        return _PARTS.index(self.part), _MODALITIES.index(self.modality)

    @classmethod
    def of(cls, shelf: Shelf, part: int, modality: int, page: int, text: str) -> Self:
        """Reads what a button says. What no button says counts as any."""
        return cls(shelf, _at(_PARTS, part), _at(_MODALITIES, modality), max(page, 0), text)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the lifter is, and what is being typed or was typed last: about this exercise (0: none), this name."""

    place: Place = Place()
    exercise_id: int = 0
    name: str = ""


def standing() -> Standing:
    """What the lifter's conversation remembers."""
    return _read(details_of(at_hand.required().step))


def stand(step: Step, place: Place, exercise_id: int = 0, name: str = "") -> None:
    """The conversation comes to this step of the library's."""
    numbers = ":".join(map(str, (place.shelf, *place.numbers, place.page, exercise_id)))
    at_hand.required().next_step = step_with(step, f"{numbers}:{place.text}\n{name}")


def stay(exercise_id: int = 0) -> Place:
    """The lifter goes on browsing where they are, which is returned."""
    place = standing().place
    stand(Step.BROWSING_LIBRARY, place, exercise_id)
    return place


def _read(details: str) -> Standing:
    head, _, name = details.partition("\n")
    shelf, *numbers = head.split(":", maxsplit=_NUMBERS + 1)
    if shelf not in set(Shelf) or len(numbers) <= _NUMBERS or not all(map(str.isdecimal, numbers[:_NUMBERS])):
        return Standing()
    part, modality, page, exercise_id = map(int, numbers[:_NUMBERS])
    return Standing(Place.of(Shelf(shelf), part, modality, page, numbers[_NUMBERS]), exercise_id, name)


def _at(choices: tuple[_Choice | None, ...], number: int) -> _Choice | None:
    return choices[number] if 0 <= number < len(choices) else None
