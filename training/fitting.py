"""Refusing a set that doesn't fit its exercise."""

from __future__ import annotations

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from training.errors import InvalidSetError
from training.measuring import fault_of


def check_set(entry: SetEntry, measure: Measure) -> None:
    """Raises InvalidSetError if the set doesn't fit an exercise of this measure."""
    if (fault := fault_of(entry, measure)) is not None:
        raise InvalidSetError(fault, measure)
