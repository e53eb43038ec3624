"""Whether a text reads as sets at all, where it isn't known of which exercise."""

from __future__ import annotations

from storage.values.exercise import Measure
from storage.values.quantity import WeightUnit
from training.notation.reader import read_lines
from training.notation.reading import LineContext, Question, Sets


def may_be_sets(text: str) -> bool:
    """Whether the text reads as sets of some exercise."""
    contexts = (LineContext(measure, WeightUnit.KG, None, None) for measure in Measure)
    return any(isinstance(read_lines(text, context), Sets | Question) for context in contexts)
