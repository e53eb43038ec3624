"""Callbacks of keeping the library."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from telegram import Update
from telegram.ext import MessageHandler

from handlers.context import SpotterContext
from handlers.conversation import END, Step, StoredConversation, details_of, leads_to, step_with
from handlers.creating.buttons import mark_of
from handlers.curating import views
from handlers.curating.buttons import (
    AddAnother,
    Archive,
    AskField,
    BringBackToAll,
    ChooseExercise,
    MergeExercises,
    OpenEditor,
    OpenNames,
    RemoveName,
    SayOfNew,
    SetField,
    StartMerging,
)
from handlers.curating.errands import (
    Errand,
    Verb,
    stand_at_new,
    stand_for,
    under_way,
    written_so_far,
)
from handlers.for_admins import admin_command, for_admins
from handlers.notebook.buttons import TakeAsText
from handlers.notebook.flow import write_line
from handlers.notebook.meaning import asking_for_text, text_asked_for
from handlers.paging import LAST, PAGE_SIZE
from handlers.pressing import OnPress
from handlers.showing import show
from handlers.typed import TYPED_TEXT, after_command, typed_text
from handlers.words import Html
from storage import at_hand
from training.errors import InvalidValueError, NameTakenError, NotFoundError, StaleButtonError
from training.exercise_fields import ExerciseField
from training.exercise_text import Written, read_changes, read_field, read_names, read_new, split_first
from training.notation import is_sets_alone, may_be_sets

_NUMBER = re.compile(r"#\s?(\d{1,15})")

_P = ParamSpec("_P")
_Callback = Callable[Concatenate[Update, SpotterContext, _P], Coroutine[Any, Any, None]]


def for_curators(callback: _Callback[_P]) -> _Callback[_P]:
    """As `for_admins`; what is refused is said in words that fit, and leaves the question open."""

    @wraps(callback)
    async def answering(update: Update, context: SpotterContext, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            await callback(update, context, *args, **kwargs)
        except views.REFUSALS as refusal:
            await show(update, context, views.refused(refusal))

    return for_admins(answering)


@leads_to(END)
async def add(update: Update, context: SpotterContext, _: AddAnother | None = None) -> None:
    """Makes the exercise that was written behind the command, or asks for one."""
    await _add(update, context, "" if update.callback_query is not None else after_command(update))


@leads_to(END)
async def type_new(update: Update, context: SpotterContext) -> None:
    """Takes the name of a new exercise, or what was still missing; sets, which can be no name, are logged."""
    so_far, text = written_so_far(), typed_text(update).strip()
    if not so_far and is_sets_alone(text):
        await write_line(update, context)
    else:
        await _add(update, context, _with(so_far, text))


@leads_to(END)
async def say_of_new(update: Update, context: SpotterContext, press: SayOfNew) -> None:
    """Takes what was tapped for what was still missing."""
    so_far = written_so_far()
    if not so_far or mark_of(so_far) != press.mark:
        raise StaleButtonError
    await _add(update, context, _with(so_far, press.text))


async def _add(update: Update, context: SpotterContext, text: str) -> None:
    written = read_new(text)
    if not written.name:
        at_hand.required().next_step = Step.ADDING_EXERCISE
        await show(update, context, views.name_question())
    elif written.missing is not None:
        stand_at_new(text)
        await show(update, context, views.missing_question(text, written))
    else:
        await _make(update, context, written)


async def _make(update: Update, context: SpotterContext, written: Written) -> None:
    lifter_id = at_hand.required().user_id
    try:
        made = await context.gym.exercises.create(lifter_id, written.new(), system=True)
    except (NameTakenError, InvalidValueError) as refusal:
        at_hand.required().next_step = Step.ADDING_EXERCISE  # it is mostly the name, so from the beginning
        await show(update, context, views.refused(refusal))
    else:
        await show(update, context, views.added(await context.gym.curating.get(lifter_id, made.id)))


def _with(so_far: str, more: str) -> str:
    """What was written, with more: behind the name, since the last field may take all that follows."""
    if not so_far:
        return more
    name, rest = split_first(so_far)
    return f"{name}; {more}; {rest}" if rest else f"{name}; {more}"


@leads_to(END)
async def edit(update: Update, context: SpotterContext) -> None:
    """Changes the named exercise as written, or shows what can be changed."""
    await _begin(update, context, Verb.EDIT, after_command(update))


@leads_to(END)
async def name(update: Update, context: SpotterContext) -> None:
    """Gives the named exercise the names that are written, or shows those that it has."""
    await _begin(update, context, Verb.NAME, after_command(update))


@leads_to(END)
async def archive(update: Update, context: SpotterContext) -> None:
    """Archives the named exercise."""
    await _begin(update, context, Verb.ARCHIVE, after_command(update))


@leads_to(END)
async def merge(update: Update, context: SpotterContext) -> None:
    """Asks whether to merge the first of the named exercises into the second."""
    await _begin(update, context, Verb.MERGE, after_command(update))


@leads_to(END)
async def type_which(update: Update, context: SpotterContext) -> None:
    """Takes what was typed for the name of the exercise, behind which more may stand, as behind the command."""
    errand, text = under_way(), typed_text(update)
    if errand.text:
        await _find(update, context, errand, text.strip())
    else:
        await _begin(update, context, errand.verb, text)


@leads_to(END)
async def choose(update: Update, context: SpotterContext, press: ChooseExercise) -> None:
    """Goes on with the exercise that was meant."""
    errand = under_way()
    if errand.mark != press.mark:
        raise StaleButtonError
    await _go_on(update, context, errand, press.exercise_id)


async def _begin(update: Update, context: SpotterContext, verb: Verb, text: str) -> None:
    separators = ";\n>→" if verb is Verb.MERGE else ";\n"
    named, rest = split_first(text, separators)
    if named:
        await _find(update, context, Errand(verb, rest), named)
    else:
        stand_for(Errand(verb))
        await show(update, context, views.which(Errand(verb)))


async def _find(update: Update, context: SpotterContext, errand: Errand, text: str) -> None:
    if (number := _NUMBER.fullmatch(text)) is not None:
        await _go_on(update, context, errand, int(number[1]))
        return
    found = await context.gym.curating.find(at_hand.required().user_id, text)
    if found.exact is not None:
        await _go_on(update, context, errand, found.exact.id)
    elif not found.choices and may_be_sets(text):
        await write_line(update, context)
    else:
        stand_for(errand)
        await show(update, context, views.matches(found, errand))


async def _go_on(update: Update, context: SpotterContext, errand: Errand, exercise_id: int) -> None:
    match errand.verb:
        case Verb.EDIT if errand.text:
            await _change(update, context, exercise_id, read_changes(errand.text))
        case Verb.EDIT:
            await _show_editor(update, context, exercise_id)
        case Verb.NAME if errand.text:
            await _rename(update, context, exercise_id, read_names(errand.text))
        case Verb.NAME:
            await _show_names(update, context, exercise_id)
        case Verb.ARCHIVE:
            await _archive(update, context, exercise_id)
        case Verb.MERGE:
            await _merge(update, context, exercise_id, errand.text)
        case Verb.MERGE_INTO:
            await _plan(update, context, int(errand.text), exercise_id)


@leads_to(END)
async def open_editor(update: Update, context: SpotterContext, press: OpenEditor) -> None:
    """Shows an exercise with everything that can be changed."""
    await _show_editor(update, context, press.exercise_id)


@leads_to(END)
async def ask_field(update: Update, context: SpotterContext, press: AskField) -> None:
    """Asks for another value; what is typed next is it."""
    kept = await context.gym.curating.get(at_hand.required().user_id, press.exercise_id)
    at_hand.required().next_step = step_with(Step.EDITING_EXERCISE, f"{press.exercise_id}-{press.field}")
    await show(update, context, views.field_question(kept, press.field))


@leads_to(END)
async def type_field(update: Update, context: SpotterContext) -> None:
    """Takes what was typed for the value."""
    exercise_id, _, field = details_of(at_hand.required().step).partition("-")
    await _change(update, context, int(exercise_id), read_field(ExerciseField(field), typed_text(update)))


@leads_to(END)
async def set_field(update: Update, context: SpotterContext, press: SetField) -> None:
    """Takes the value on the button."""
    await _change(update, context, press.exercise_id, read_field(press.field, press.value))


async def _change(update: Update, context: SpotterContext, exercise_id: int, wanted: Written) -> None:
    lifter_id = at_hand.required().user_id
    before = await context.gym.curating.get(lifter_id, exercise_id)
    if wanted.says_nothing:
        await _show_editor(update, context, exercise_id, views.nothing_given())
        return
    await context.gym.exercises.change(
        lifter_id, exercise_id, name=wanted.name, add=wanted.aliases, remove=wanted.dropped, **wanted.changes
    )
    after = await context.gym.curating.get(lifter_id, exercise_id)
    await show(update, context, views.editor(after, views.changed() if after != before else views.so_already()))


async def _show_editor(update: Update, context: SpotterContext, exercise_id: int, notice: Html | None = None) -> None:
    kept = await context.gym.curating.get(at_hand.required().user_id, exercise_id)
    await show(update, context, views.editor(kept, notice))


@leads_to(END)
async def open_names(update: Update, context: SpotterContext, press: OpenNames) -> None:
    """Shows an exercise's other names, and takes what is typed next for more."""
    await _show_names(update, context, press.exercise_id, page=press.page)


@leads_to(END)
async def type_names(update: Update, context: SpotterContext, press: TakeAsText | None = None) -> None:
    """Takes what was typed for more names."""
    if (names := await text_asked_for(update, context, press)) is not None:
        exercise_id = int(details_of(at_hand.required().step))
        await _rename(update, context, exercise_id, read_names(names))


@leads_to(END)
async def remove_name(update: Update, context: SpotterContext, press: RemoveName) -> None:
    """Takes a name away."""
    kept = await context.gym.curating.get(at_hand.required().user_id, press.exercise_id)
    place, name = next(((at, it) for at, it in enumerate(kept.about.aliases) if mark_of(it) == press.mark), (0, None))
    if name is None:
        raise NotFoundError
    await _rename(update, context, press.exercise_id, ([], [name]), place // PAGE_SIZE)


async def _rename(
    update: Update, context: SpotterContext, exercise_id: int, names: tuple[list[str], list[str]], page: int = LAST
) -> None:
    added, removed = names
    lifter_id = at_hand.required().user_id
    before = await context.gym.curating.get(lifter_id, exercise_id)
    if not (added or removed):
        await _show_names(update, context, exercise_id, views.nothing_given())
        return
    await context.gym.exercises.change_aliases(lifter_id, exercise_id, add=added, remove=removed)
    after = await context.gym.curating.get(lifter_id, exercise_id)
    notice = views.changed() if after != before else views.so_already()
    await _show_names(update, context, exercise_id, notice, page)


async def _show_names(
    update: Update, context: SpotterContext, exercise_id: int, notice: Html | None = None, page: int = 0
) -> None:
    kept = await context.gym.curating.get(at_hand.required().user_id, exercise_id)
    at_hand.required().next_step = step_with(Step.NAMING_EXERCISE, str(exercise_id))
    await show(update, context, views.names(kept, notice, page))


@leads_to(END)
async def press_archive(update: Update, context: SpotterContext, press: Archive) -> None:
    """Takes the exercise out of the lists."""
    await _archive(update, context, press.exercise_id)


@leads_to(END)
async def bring_back(update: Update, context: SpotterContext, press: BringBackToAll) -> None:
    """Puts the exercise back into the lists."""
    await _require_systems(context, press.exercise_id)
    back = await context.gym.exercises.unarchive(at_hand.required().user_id, press.exercise_id)
    await show(update, context, views.archived(back))


async def _archive(update: Update, context: SpotterContext, exercise_id: int) -> None:
    lifter_id = at_hand.required().user_id
    kept = await context.gym.curating.get(lifter_id, exercise_id)
    if kept.about.is_archived:
        await show(update, context, views.already_archived(kept.about))
    else:
        await show(update, context, views.archived(await context.gym.exercises.archive(lifter_id, exercise_id)))


@leads_to(END)
async def start_merging(update: Update, context: SpotterContext, press: StartMerging) -> None:
    """Asks which exercise it is to be merged into."""
    await _merge(update, context, press.exercise_id, "")


@leads_to(END)
async def merge_exercises(update: Update, context: SpotterContext, press: MergeExercises) -> None:
    """Merges them."""
    lifter_id = at_hand.required().user_id
    for exercise_id in (press.exercise_id, press.into_id):
        await _require_systems(context, exercise_id)
    await context.gym.exercises.merge(lifter_id, press.exercise_id, press.into_id)
    await show(update, context, views.merged(await context.gym.curating.get(lifter_id, press.into_id)))


async def _merge(update: Update, context: SpotterContext, exercise_id: int, into: str) -> None:
    await _require_systems(context, exercise_id)
    errand = Errand(Verb.MERGE_INTO, str(exercise_id))
    if into:
        await _find(update, context, errand, into)
    else:
        stand_for(errand)
        await show(update, context, views.which(errand))


async def _plan(update: Update, context: SpotterContext, exercise_id: int, into_id: int) -> None:
    plan = await context.gym.curating.plan_merge(at_hand.required().user_id, exercise_id, into_id)
    await show(update, context, views.merge_question(plan))


async def _require_systems(context: SpotterContext, exercise_id: int) -> None:
    """Raises NotFoundError for an exercise that isn't there, or is the admin's own: these commands leave it alone."""
    await context.gym.curating.get(at_hand.required().user_id, exercise_id)


def curating_conversation() -> StoredConversation:
    """Each command does all in one line, or asks for what is missing."""
    return StoredConversation(
        entry_points=[
            admin_command("exercise_add", for_curators(add)),
            admin_command("exercise_edit", for_curators(edit)),
            admin_command("exercise_alias", for_curators(name)),
            admin_command("exercise_archive", for_curators(archive)),
            admin_command("exercise_merge", for_curators(merge)),
            OnPress(AddAnother, for_curators(add)),
            OnPress(SayOfNew, for_curators(say_of_new)),
            OnPress(ChooseExercise, for_curators(choose)),
            OnPress(OpenEditor, for_curators(open_editor)),
            OnPress(AskField, for_curators(ask_field)),
            OnPress(SetField, for_curators(set_field)),
            OnPress(OpenNames, for_curators(open_names)),
            OnPress(RemoveName, for_curators(remove_name)),
            OnPress(Archive, for_curators(press_archive)),
            OnPress(BringBackToAll, for_curators(bring_back)),
            OnPress(StartMerging, for_curators(start_merging)),
            OnPress(MergeExercises, for_curators(merge_exercises)),
        ],
        states={
            Step.ADDING_EXERCISE: [MessageHandler(TYPED_TEXT, for_curators(type_new))],
            Step.FINDING_EXERCISE: [MessageHandler(TYPED_TEXT, for_curators(type_which))],
            Step.EDITING_EXERCISE: [MessageHandler(TYPED_TEXT, for_curators(type_field))],
            Step.NAMING_EXERCISE: asking_for_text(for_curators(type_names)),
        },
        fallbacks=[],
    )
