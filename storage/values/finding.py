"""What narrows a list of exercises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storage.values.exercise import BodyPart, Modality


class Owned(StrEnum):
    """Whose exercises are listed. Those of other lifters never are."""

    ANY = "any"
    OWN = "own"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which exercises are listed; None lets all pass.

    `archived` lists the archived ones, `hidden` those that the lifter hides, and only those; `None` both.
    """

    body_part: BodyPart | None = None
    modality: Modality | None = None
    owned: Owned = Owned.ANY
    archived: bool = False
    hidden: bool | None = False
