"""What the exercise picker says."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from handlers.picking.buttons import Browse, OpenPicker, PickExercise
from handlers.screen import Row, Screen, button, in_rows, shortened
from handlers.words import count, label, lines, say
from handlers.workout.buttons import AskToFinish, ShowCard
from storage.values.exercise import BodyPart
from training.card import Card
from training.library import ExercisePage
from training.matches import Choice, Matches

_LONGEST_QUERY = 60


def part_name(part: BodyPart) -> str:
    """The body part as a lifter says it."""
    names = {
        BodyPart.CHEST: label("Chest"),
        BodyPart.BACK: label("Back"),
        BodyPart.SHOULDERS: label("Shoulders"),
        BodyPart.BICEPS: label("Biceps"),
        BodyPart.TRICEPS: label("Triceps"),
        BodyPart.FOREARMS: label("Forearms"),
        BodyPart.LEGS: label("Legs"),
        BodyPart.GLUTES: label("Glutes"),
        BodyPart.CALVES: label("Calves"),
        BodyPart.CORE: label("Core"),
        BodyPart.FULL_BODY: label("Full body"),
        BodyPart.CARDIO: label("Cardio"),
    }
    return names[part]


def body_parts(card: Card | None) -> Screen:
    """Where picking begins, in the open workout if there is one."""
    text = lines(
        say("<b>Which exercise?</b>"),
        say("Type part of its name, like <code>bench</code>, or choose a body part."),
    )
    parts = in_rows([button(part_name(part), Browse(part, 0)) for part in BodyPart], 3)
    if card is None:
        return Screen(text, parts)
    if card.current is None:
        back = button(label("🏁 Finish"), AskToFinish())
    else:
        back = button(label("‹ Back to the workout"), ShowCard())
    return Screen(text, [*parts, [back]])


def exercise_page(page: ExercisePage) -> Screen:
    """One page of a body part's exercises."""
    text = say("<b>{part}</b>\nChoose an exercise, or type part of its name.", part=part_name(page.part))
    if page.pages > 1:
        text = say("{text} Page {page} of {pages}.", text=text, page=page.page + 1, pages=page.pages)
    turning: list[Row] = []
    if page.pages > 1:
        turning = [
            [
                button("‹", Browse(page.part, (page.page - 1) % page.pages)),
                button("›", Browse(page.part, (page.page + 1) % page.pages)),
            ]
        ]
    return Screen(text, [*_choices(page.choices), *turning, [_other_parts()]])


def matches(found: Matches) -> Screen:
    """Several exercises may be meant."""
    text = say("Which one for “{text}”?", text=shortened(found.text, _LONGEST_QUERY))
    if found.more:
        one, many = "{number} more has it too; type a little more.", "{number} more have it too; type a little more."
        hint = count(one, many, found.more)
        text = lines(text, hint)
    return Screen(text, [*_choices(found.choices), [_other_parts()]])


def unknown_exercise(text: str) -> Screen:
    """Nothing in the library has that in its name."""
    answer = say("I know no exercise with “{text}” in its name.", text=shortened(text, _LONGEST_QUERY))
    return Screen(lines(answer, say("Try a shorter part of it, or browse.")), [[_other_parts()]])


def _choices(choices: Sequence[Choice]) -> list[Row]:
    return [[button(choice.name, PickExercise(choice.id))] for choice in choices]


def _other_parts() -> InlineKeyboardButton:
    return button(label("‹ Body parts"), OpenPicker())
