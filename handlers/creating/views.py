"""What is asked and said while an exercise is made."""

from __future__ import annotations

from dataclasses import replace

from handlers.creating.buttons import (
    AskMeasure,
    BringBack,
    ChooseMeasure,
    ChooseModality,
    ChoosePart,
    StartCreating,
    mark_of,
)
from handlers.picking.buttons import OpenPicker, OpenSwapPicker
from handlers.picking.names import measure_name, modality_name, part_name
from handlers.picking.purpose import Pending, Purpose
from handlers.screen import Screen, button, in_rows
from handlers.words import label, lines, say
from handlers.workout.views import back_button, workout_card
from storage.values.exercise import BodyPart, Measure, Modality
from training.exercise_detail import ExerciseDetail
from training.matches import Choice
from training.picking import Created


def part_question(pending: Pending) -> Screen:
    """The first of two questions."""
    mark, execution_id = mark_of(pending.name), pending.purpose.execution_id
    text = lines(say("<b>New: {name}</b>", name=pending.name), say("Which body part does it train most?"))
    parts = in_rows([button(part_name(part), ChoosePart(mark, part)) for part in BodyPart], 3)
    back = OpenSwapPicker(execution_id) if pending.purpose.instead_of else OpenPicker()
    return Screen(text, [*parts, [button(label("‹ Don't create it"), back)]])


def modality_question(pending: Pending, part: BodyPart) -> Screen:
    """The second question."""
    mark = mark_of(pending.name)
    text = lines(
        say("<b>New: {name}</b> · {part}", name=pending.name, part=part_name(part)), say("What is it done with?")
    )
    buttons = [button(modality_name(one), ChooseModality(mark, part, one)) for one in Modality]
    return Screen(text, [*in_rows(buttons, 3), [button(label("‹ Body part"), StartCreating(mark))]])


def created(made: Created) -> Screen:
    """The card with the new exercise, and a way to change how it is logged as long as it is news."""
    exercise = made.exercise
    notice = say(
        "✓ Created {name} ({part}, {modality}), logged by {measure}.",
        name=exercise.name,
        part=part_name(exercise.body_part),
        modality=modality_name(exercise.modality),
        measure=measure_name(exercise.measure),
    )
    card = workout_card(made.card, notice)
    return replace(card, rows=[*card.rows, [button(label("⚙ Log it another way"), AskMeasure(exercise.id))]])


def measure_question(exercise: ExerciseDetail) -> Screen:
    """How an exercise can be logged; the way it is now is marked."""
    text = say("How is <b>{name}</b> logged?", name=exercise.name)
    rows = [[button(_measure(one, exercise.measure), ChooseMeasure(exercise.id, one))] for one in Measure]
    return Screen(text, [*rows, [back_button()]])


def archived(existing: Choice, purpose: Purpose) -> Screen:
    """The lifter's own exercise of that name is in their archive."""
    text = say("You have <b>{name}</b> already, but it is archived.", name=existing.name)
    back = OpenSwapPicker(purpose.execution_id) if purpose.instead_of else OpenPicker()
    bring_back = button(label("↺ Bring it back"), BringBack(existing.id, *purpose))
    return Screen(text, [[bring_back], [button(label("‹ All lists"), back)]])


def _measure(measure: Measure, now: Measure) -> str:
    name = measure_name(measure)
    words = name[:1].upper() + name[1:]
    return label("✓ {measure}", measure=words) if measure is now else words
