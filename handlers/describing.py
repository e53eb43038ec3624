"""What is said about an exercise, wherever it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.picking.names import measure_name, modality_name, muscle_name, part_name
from handlers.words import Html, label, say
from storage.values.exercise import BodyPart, Measure, Modality, Muscle


def kind_line(part: BodyPart, modality: Modality, measure: Measure) -> Html:
    """Chest · Barbell · logged by weight and reps."""
    return say(
        "{part} · {modality} · logged by {measure}",
        part=part_name(part),
        modality=modality_name(modality),
        measure=measure_name(measure),
    )


def muscles(primary: Sequence[Muscle], secondary: Sequence[Muscle]) -> str:
    """Chest; also front delts, triceps. Empty where no muscle is named."""
    first, others = (", ".join(map(muscle_name, some)) for some in (primary, secondary))
    if not first:
        return others[:1].upper() + others[1:]
    named = first[:1].upper() + first[1:]
    return label("{first}; also {others}", first=named, others=others) if others else named
