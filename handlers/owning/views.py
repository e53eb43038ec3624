"""What is asked and said while an exercise of the lifter's own is made or changed."""

from __future__ import annotations

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.creating.buttons import mark_of
from handlers.describing import kind_line
from handlers.exercises.buttons import OpenExercise, OpenLibrary
from handlers.exercises.views import back_to_exercise
from handlers.owning.buttons import (
    AskHow,
    AskNewName,
    AskOwnName,
    AskToDelete,
    ChooseTrait,
    DeleteOwn,
    DropHow,
    OpenEdit,
    OwnModality,
    OwnPart,
    PutAway,
    RenameAnyway,
    StartOwn,
    TakeMeasure,
    TakeModality,
    TakePart,
    Trait,
)
from handlers.picking.names import measure_name, modality_name, part_name
from handlers.screen import Screen, button, in_rows
from handlers.words import Html, count, label, lines, say
from storage.values.exercise import BodyPart, Measure, Modality
from training.exercise_detail import LONGEST_HOW, ExerciseDetail
from training.matches import Choice
from training.naming import LONGEST_NAME


def name_question() -> Screen:
    """What is the new one called?"""
    text = say("<b>What is your exercise called?</b>\nType its name, like <code>Tempo squat</code>.")
    return Screen(text, [[_library()]])


def part_question(name: str) -> Screen:
    """The first of two questions."""
    mark = mark_of(name)
    text = lines(say("<b>New: {name}</b>", name=name), say("Which body part does it train most?"))
    parts = in_rows([button(part_name(part), OwnPart(mark, part)) for part in BodyPart], 3)
    return Screen(text, [*parts, [button(label("‹ Another name"), AskNewName())]])


def modality_question(name: str, part: BodyPart) -> Screen:
    """The second question."""
    mark = mark_of(name)
    text = lines(say("<b>New: {name}</b> · {part}", name=name, part=part_name(part)), say("What is it done with?"))
    buttons = [button(modality_name(one), OwnModality(mark, part, one)) for one in Modality]
    return Screen(text, [*in_rows(buttons, 3), [button(label("‹ Body part"), StartOwn(mark))]])


def name_taken(name: str, existing: Choice) -> Screen:
    """A new one can't have this name."""
    text = say("“{name}” leads to <b>{existing}</b> already.", name=name, existing=existing.name)
    look = button(existing.name, OpenExercise(existing.id))
    return Screen(text, [[look], [button(label("‹ Another name"), AskNewName())]])


def unfit_name() -> Screen:
    """That can be no name."""
    text = say(
        "That can't be a name: it needs a word of letters and has at most {most} characters. Type another one.",
        most=LONGEST_NAME,
    )
    return Screen(text, [[_library()]])


def created() -> Html:
    """There is a new exercise."""
    return say("✓ Created. It is in your lists now.")


def edit(it: ExerciseDetail) -> Screen:
    """What can be changed."""
    text = lines(
        say("<b>{name}</b>", name=it.name),
        kind_line(it.body_part, it.modality, it.measure),
        say("\nWhat should be different?"),
    )
    return Screen(
        text,
        [
            [button(label("Name"), AskOwnName(it.id)), button(label("How it's done"), AskHow(it.id))],
            [
                button(label("Body part"), ChooseTrait(it.id, Trait.PART)),
                button(label("Equipment"), ChooseTrait(it.id, Trait.MODALITY)),
            ],
            [button(label("How it's logged"), ChooseTrait(it.id, Trait.MEASURE))],
            [button(label("🗄 Archive"), PutAway(it.id)), button(label("🗑 Delete"), AskToDelete(it.id))],
            [back_to_exercise(it.id)],
        ],
    )


def rename_question(it: ExerciseDetail, problem: Html | None = None) -> Screen:
    """What is it called from now on?"""
    text = lines(problem, say("<b>What should {name} be called?</b>\nType the new name.", name=it.name))
    return Screen(text, [[_edit(it)]])


def rename_anyway(it: ExerciseDetail, name: str, existing: Choice) -> Screen:
    """Everybody sees an exercise of that name."""
    text = say(
        "“{name}” leads to <b>{existing}</b>, which everybody sees. Call yours so too? "
        "Typing it will then ask which one you mean.",
        name=name,
        existing=existing.name,
    )
    yes = button(label("Yes, call it so"), RenameAnyway(it.id, mark_of(name)))
    return Screen(text, [[yes], [_edit(it)]])


def taken_by_own(name: str, existing: Choice) -> Html:
    """The lifter has another one of that name."""
    return say("You have “{name}” for {existing} already.", name=name, existing=existing.name)


def no_name() -> Html:
    """It can be none."""
    return say("That can't be a name. It has at most {most} characters.", most=LONGEST_NAME)


def how_question(it: ExerciseDetail, *, too_long: bool = False) -> Screen:
    """How is it done?"""
    problem = say("That is too long, or has characters that I can't keep: at most {most}.", most=LONGEST_HOW)
    text = lines(
        problem if too_long else None,
        say("<b>How is {name} done?</b>\nType a sentence or two.", name=it.name),
        say("\nNow: {how}", how=it.how) if it.how else None,
    )
    drop = [[button(label("✕ Say nothing"), DropHow(it.id))]] if it.how else []
    return Screen(text, [*drop, [_edit(it)]])


def trait_question(it: ExerciseDetail, trait: Trait) -> Screen:
    """What a trait can be; what it is now is marked."""
    match trait:
        case Trait.PART:
            text = say("<b>{name}</b>\nWhich body part does it train most?", name=it.name)
            buttons = [_choice(part_name(one), TakePart(it.id, one), held=one is it.body_part) for one in BodyPart]
        case Trait.MODALITY:
            text = say("<b>{name}</b>\nWhat is it done with?", name=it.name)
            buttons = [
                _choice(modality_name(one), TakeModality(it.id, one), held=one is it.modality) for one in Modality
            ]
        case Trait.MEASURE:
            text = say("<b>{name}</b>\nHow is it logged?", name=it.name)
            buttons = [_choice(_measure(one), TakeMeasure(it.id, one), held=one is it.measure) for one in Measure]
    return Screen(text, [*in_rows(buttons, 1 if trait is Trait.MEASURE else 3), [_edit(it)]])


def changed() -> Html:
    """It is so now."""
    return say("✓ Changed.")


def measure_stays(have: Measure) -> Html:
    """There are sets, which another measure wouldn't fit."""
    return say(
        "It stays logged by {have}: there are sets of it, which nothing else would fit.", have=measure_name(have)
    )


def put_away() -> Html:
    """It is archived."""
    return say("✓ Archived. What you logged with it stays.")


def taken_out() -> Html:
    """It is in the lists again."""
    return say("✓ It is in your lists again.")


def delete_question(it: ExerciseDetail) -> Screen:
    """Asks before deleting."""
    text = say("<b>Delete {name}?</b>\nIts names and settings go with it. /undo brings it back.", name=it.name)
    yes = button(label("🗑 Delete it"), DeleteOwn(it.id), style=KeyboardButtonStyle.DANGER)
    return Screen(text, [[yes], [_edit(it)]])


def in_use(it: ExerciseDetail, executions: int) -> Screen:
    """History refers to it."""
    one = "<b>{name}</b> stands in one of your workouts, so it can't be deleted."
    many = "<b>{name}</b> stands in {number} of your workouts, so it can't be deleted."
    text = lines(count(one, many, executions, name=it.name), say("Archived, it is in no list, and history keeps it."))
    return Screen(text, [[button(label("🗄 Archive it"), PutAway(it.id))], [_edit(it)]])


def deleted(name: str) -> Screen:
    """It is gone."""
    return Screen(say("✓ {name} is deleted. /undo brings it back.", name=name), [[_library()]])


def _measure(measure: Measure) -> str:
    name = measure_name(measure)
    return name[:1].upper() + name[1:]


def _choice(text: str, press: object, *, held: bool) -> InlineKeyboardButton:
    return button(f"• {text} •" if held else text, press)


def _edit(it: ExerciseDetail) -> InlineKeyboardButton:
    return button(label("‹ Back"), OpenEdit(it.id))


def _library() -> InlineKeyboardButton:
    return button(label("‹ Library"), OpenLibrary())
