"""What one set was."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from storage.values.quantity import Distance, Weight


class SetKind(StrEnum):
    """What a set is for: only working, drop and AMRAP sets count towards records."""

    WORKING = "working"
    WARM_UP = "warm_up"
    DROP = "drop"
    AMRAP = "amrap"


@dataclass(frozen=True, slots=True)
class SetEntry:
    """One set as performed. Which fields are filled follows from the exercise's measure.

    `weight` is the external load: None where there is none, negative for assistance.
    `clean_reps` are done alone, `forced_reps` with a spotter's help. `duration` is in seconds,
    `rpe` (rate of perceived exertion) runs from 1 to 10 in halves.
    """

    weight: Weight | None = None
    clean_reps: int | None = None
    forced_reps: int = 0
    kind: SetKind = SetKind.WORKING
    rpe: Decimal | None = None
    duration: int | None = None
    distance: Distance | None = None
    note: str = ""
