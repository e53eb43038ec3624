"""What a document says about one exercise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from storage.values.exercise import Modality


class Why(StrEnum):
    """Why an exercise of a document isn't taken. `Reason` says what the words mean."""

    NAMELESS = "nameless"
    NO_OBJECT = "no_object"
    CELLS = "cells"
    """More or fewer cells than columns."""
    FIELDS = "fields"
    """It has fields that nobody knows: `values`."""
    NEEDED = "needed"
    """A new exercise needs the fields that are in `values`."""
    UNKNOWN = "unknown"
    """`field` says `values`, which is none of what it can say."""
    UNFIT = "unfit"
    """`field` can't be so; at most `limit`, if there is one."""
    REPEATS = "repeats"
    """The same exercise stands at `place` already."""
    SEVERAL = "several"
    """Its names lead to several exercises: `values`."""
    ELSEWHERE = "elsewhere"
    """The name leads to an exercise that is done with something else: `values`."""
    TAKEN = "taken"
    """The alias `values[0]` leads to another exercise, `values[1]`."""
    EDITED = "edited"
    """An admin has changed the exercise, and the document doesn't say to replace that."""
    PERFORMED = "performed"
    """It stands in workouts, so it has to be logged as it is."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an exercise of a document isn't taken."""

    why: Why
    field: str = ""
    values: tuple[str, ...] = ()
    limit: int | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An exercise as a document has it. `place` is its line in a CSV file, its number in a JSON list.

    `about` has what is said, by column; what isn't named stays, or is as usual for a new exercise.
    """

    place: int
    name: str
    about: Mapping[str, Any]
    aliases: tuple[str, ...] = ()
    modality: Modality | None = None
    """What it is done with, if that is certain."""
    equipment: str = ""
    """The same in words that may be missing in the name."""
    archived: bool | None = None
    replaces: bool = False
    """Whether the document says to replace what an admin has changed."""
    is_ours: bool = True
    """Whether it is in Spotter's own format, which says what is meant."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a document that is no exercise that could be kept."""

    place: int
    name: str
    reason: Reason
