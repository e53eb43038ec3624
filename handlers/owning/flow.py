"""Callbacks of making and changing exercises of the lifter's own."""

from __future__ import annotations

from typing import Unpack

from telegram import Update
from telegram.ext import MessageHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import Step
from handlers.creating.buttons import mark_of
from handlers.exercises.place import stand, standing, stay
from handlers.exercises.showing import finds_back, show_exercise, show_here
from handlers.notebook.buttons import TakeAsText
from handlers.notebook.flow import write_line
from handlers.notebook.meaning import asking_for_text, text_asked_for
from handlers.own_exercise import own_exercise
from handlers.owning import views
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
    TakeBackOut,
    TakeMeasure,
    TakeModality,
    TakePart,
)
from handlers.pressing import OnPress
from handlers.typed import TYPED_LINE, typed_text
from storage import at_hand
from training.errors import (
    InUseError,
    InvalidValueError,
    MeasureMismatchError,
    NameTakenError,
    StaleButtonError,
)
from training.exercise_detail import ExerciseChanges, NewExercise
from training.making import usual_measure
from training.naming import nameable
from training.notation import is_sets_alone


async def ask_new_name(update: Update, context: SpotterContext, _: AskNewName) -> None:
    """Asks what a new exercise is called."""
    stand(Step.NAMING_OWN, standing().place)
    await show_here(update, context, views.name_question())


async def type_new_name(update: Update, context: SpotterContext) -> None:
    """Takes the name, and asks for the body part; sets, which can be no name, are logged all the same."""
    text = typed_text(update)
    if is_sets_alone(text):
        await write_line(update, context)
        return
    name = nameable(text)
    stand(Step.NAMING_OWN, standing().place, name=name)
    await show_here(update, context, views.part_question(name) if name else views.unfit_name())


@finds_back
async def ask_part(update: Update, context: SpotterContext, press: StartOwn) -> None:
    """Asks for the body part of what waits to be made."""
    await show_here(update, context, views.part_question(_waiting_name(press.mark)))


@finds_back
async def ask_modality(update: Update, context: SpotterContext, press: OwnPart) -> None:
    """Asks for the modality."""
    await show_here(update, context, views.modality_question(_waiting_name(press.mark), press.part))


@finds_back
async def create(update: Update, context: SpotterContext, press: OwnModality) -> None:
    """Makes the exercise, once however often the button is pressed: then no name waits any more."""
    name = _waiting_name(press.mark)
    new = NewExercise(name, press.part, press.modality, usual_measure(press.part, press.modality))
    stay()
    try:
        made = await context.gym.exercises.create(at_hand.required().user_id, new)
    except NameTakenError as taken:
        await show_here(update, context, views.name_taken(name, taken.existing))
    else:
        await show_exercise(update, context, made.id, views.created())


@finds_back
async def open_edit(update: Update, context: SpotterContext, press: OpenEdit) -> None:
    """Shows what can be changed."""
    it = await own_exercise(context, press.exercise_id)
    stay(it.id)
    await show_here(update, context, views.edit(it))


@finds_back
async def ask_name(update: Update, context: SpotterContext, press: AskOwnName) -> None:
    """Asks for another name."""
    it = await own_exercise(context, press.exercise_id)
    stand(Step.RENAMING_OWN, standing().place, it.id)
    await show_here(update, context, views.rename_question(it))


@finds_back
async def type_name(update: Update, context: SpotterContext, press: TakeAsText | None = None) -> None:
    """Renames the exercise; a name that everybody knows something else by is asked about."""
    if (typed := await text_asked_for(update, context, press)) is None:
        return
    it, name = await own_exercise(context, standing().exercise_id), " ".join(typed.split())
    try:
        await context.gym.exercises.rename(at_hand.required().user_id, it.id, name)
    except NameTakenError as taken:
        existing = await context.gym.exercises.get(at_hand.required().user_id, taken.existing.id)
        stand(Step.RENAMING_OWN, standing().place, it.id, name)
        screen = (
            views.rename_anyway(it, name, taken.existing)
            if existing.is_system
            else views.rename_question(it, views.taken_by_own(name, taken.existing))
        )
        await show_here(update, context, screen)
    except InvalidValueError:
        await show_here(update, context, views.rename_question(it, views.no_name()))
    else:
        await show_exercise(update, context, it.id, views.changed())


@finds_back
async def rename_anyway(update: Update, context: SpotterContext, press: RenameAnyway) -> None:
    """Takes the name that waits, though everybody sees an exercise of that name."""
    waiting = standing()
    if waiting.exercise_id != press.exercise_id or not waiting.name or mark_of(waiting.name) != press.mark:
        raise StaleButtonError
    it = await own_exercise(context, press.exercise_id)
    try:
        await context.gym.exercises.rename(at_hand.required().user_id, it.id, waiting.name, anyway=True)
    except (NameTakenError, InvalidValueError):
        raise StaleButtonError from None
    await show_exercise(update, context, it.id, views.changed())


@finds_back
async def ask_how(update: Update, context: SpotterContext, press: AskHow) -> None:
    """Asks how it is done."""
    it = await own_exercise(context, press.exercise_id)
    stand(Step.DESCRIBING_OWN, standing().place, it.id)
    await show_here(update, context, views.how_question(it))


@finds_back
async def type_how(update: Update, context: SpotterContext, press: TakeAsText | None = None) -> None:
    """Keeps how it is done."""
    if (how := await text_asked_for(update, context, press)) is None:
        return
    it = await own_exercise(context, standing().exercise_id)
    try:
        await _change(update, context, it.id, how=how)
    except InvalidValueError:
        await show_here(update, context, views.how_question(it, too_long=True))


@finds_back
async def drop_how(update: Update, context: SpotterContext, press: DropHow) -> None:
    """Says nothing any more about how it is done."""
    await _change(update, context, press.exercise_id, how="")


@finds_back
async def choose_trait(update: Update, context: SpotterContext, press: ChooseTrait) -> None:
    """Shows what a trait can be."""
    await show_here(update, context, views.trait_question(await own_exercise(context, press.exercise_id), press.trait))


@finds_back
async def take_part(update: Update, context: SpotterContext, press: TakePart) -> None:
    """Changes the body part."""
    await _change(update, context, press.exercise_id, body_part=press.part)


@finds_back
async def take_modality(update: Update, context: SpotterContext, press: TakeModality) -> None:
    """Changes the modality."""
    await _change(update, context, press.exercise_id, modality=press.modality)


@finds_back
async def take_measure(update: Update, context: SpotterContext, press: TakeMeasure) -> None:
    """Changes how it is logged, unless there are sets."""
    try:
        await _change(update, context, press.exercise_id, measure=press.measure)
    except MeasureMismatchError as differing:
        await show_exercise(update, context, press.exercise_id, views.measure_stays(differing.have))


@finds_back
async def put_away(update: Update, context: SpotterContext, press: PutAway) -> None:
    """Archives the exercise."""
    it = await own_exercise(context, press.exercise_id)
    await context.gym.exercises.archive(at_hand.required().user_id, it.id)
    await show_exercise(update, context, it.id, views.put_away())


@finds_back
async def take_back_out(update: Update, context: SpotterContext, press: TakeBackOut) -> None:
    """Takes the exercise out of the archive."""
    it = await own_exercise(context, press.exercise_id)
    await context.gym.exercises.unarchive(at_hand.required().user_id, it.id)
    await show_exercise(update, context, it.id, views.taken_out())


@finds_back
async def ask_to_delete(update: Update, context: SpotterContext, press: AskToDelete) -> None:
    """Asks before deleting."""
    await show_here(update, context, views.delete_question(await own_exercise(context, press.exercise_id)))


@finds_back
async def delete(update: Update, context: SpotterContext, press: DeleteOwn) -> None:
    """Deletes the exercise, unless history refers to it."""
    it = await own_exercise(context, press.exercise_id)
    try:
        await context.gym.exercises.delete(at_hand.required().user_id, it.id)
    except InUseError as used:
        await show_here(update, context, views.in_use(it, used.executions))
    else:
        stay()
        await show_here(update, context, views.deleted(it.name))


def _waiting_name(mark: int) -> str:
    """What is being made. Raises StaleButtonError if it was another name, or none any more."""
    name = standing().name
    if not name or mark_of(name) != mark:
        raise StaleButtonError
    return name


async def _change(update: Update, context: SpotterContext, exercise_id: int, **wanted: Unpack[ExerciseChanges]) -> None:
    it = await own_exercise(context, exercise_id)
    await context.gym.exercises.change(at_hand.required().user_id, it.id, **wanted)
    await show_exercise(update, context, it.id, views.changed())


def owning_entries() -> list[Handler]:
    """The buttons."""
    return [
        OnPress(AskNewName, ask_new_name),
        OnPress(StartOwn, ask_part),
        OnPress(OwnPart, ask_modality),
        OnPress(OwnModality, create),
        OnPress(OpenEdit, open_edit),
        OnPress(AskOwnName, ask_name),
        OnPress(RenameAnyway, rename_anyway),
        OnPress(AskHow, ask_how),
        OnPress(DropHow, drop_how),
        OnPress(ChooseTrait, choose_trait),
        OnPress(TakePart, take_part),
        OnPress(TakeModality, take_modality),
        OnPress(TakeMeasure, take_measure),
        OnPress(PutAway, put_away),
        OnPress(TakeBackOut, take_back_out),
        OnPress(AskToDelete, ask_to_delete),
        OnPress(DeleteOwn, delete),
    ]


def owning_states() -> dict[object, list[Handler]]:
    """What is typed."""
    return {
        Step.NAMING_OWN: [MessageHandler(TYPED_LINE, type_new_name)],
        Step.RENAMING_OWN: asking_for_text(type_name, TYPED_LINE),
        Step.DESCRIBING_OWN: asking_for_text(type_how),
    }
