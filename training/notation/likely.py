"""Whether a text reads as sets at all, where it isn't known of which exercise."""

from __future__ import annotations

from storage.values.exercise import Measure
from storage.values.quantity import WeightUnit
from training.notation.reader import read_lines
from training.notation.reading import LineContext, Question, Reading, Sets


def may_be_sets(text: str) -> bool:
    """Whether the text reads as sets of some exercise."""
    contexts = (LineContext(measure, WeightUnit.KG, None, None) for measure in Measure)
    return any(isinstance(read_lines(text, context), Sets | Question) for context in contexts)


def is_sets_alone(text: str, context: LineContext | None = None) -> bool:
    """Whether the text reads as sets without any note: of the exercise that the context is of, else of some."""
    if context is not None:
        return are_sets_alone(read_lines(text, context))
    return any(are_sets_alone(read_lines(text, LineContext(measure, WeightUnit.KG, None, None))) for measure in Measure)


def are_sets_alone(reading: Reading) -> bool:
    """Whether it is sets without any note."""
    match reading:
        case Sets(entries):
            return not any(entry.note for entry in entries)
        case Question(_, options):
            return not any(entry.note for option in options for entry in option.entries)
        case _:
            return False
