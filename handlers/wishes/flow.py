"""Callbacks of how a lifter wants an exercise."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import Step
from handlers.creating.buttons import mark_of
from handlers.exercises.place import stand, standing
from handlers.exercises.showing import finds_back, show_exercise, show_here
from handlers.notebook.flow import write_line
from handlers.paging import LAST, PAGE_SIZE
from handlers.pressing import OnPress
from handlers.typed import TYPED_LINE, typed_text
from handlers.wishes import views
from handlers.wishes.buttons import (
    DropName,
    Hide,
    NameAnyway,
    OpenNames,
    OpenRestOf,
    OpenStepOf,
    TakeRestOf,
    TakeStepOf,
    TakeUnitOf,
)
from handlers.words import Html
from storage import at_hand
from storage.values.name_key import name_key
from storage.values.quantity import Weight
from training.errors import InvalidValueError, NameTakenError, StaleButtonError
from training.exercise_detail import ExerciseDetail
from training.naming import MOST_ALIASES
from training.notation import may_be_sets


@finds_back
async def open_rest(update: Update, context: SpotterContext, press: OpenRestOf) -> None:
    """Shows rests."""
    await show_here(update, context, views.rests(await _detail(context, press.exercise_id)))


@finds_back
async def take_rest(update: Update, context: SpotterContext, press: TakeRestOf) -> None:
    """Changes the rest."""
    seconds = press.seconds if press.seconds >= 0 else None
    try:
        await context.gym.exercises.prefer(at_hand.required().user_id, press.exercise_id, rest=seconds)
    except InvalidValueError:
        raise StaleButtonError from None
    await show_exercise(update, context, press.exercise_id)


@finds_back
async def open_step(update: Update, context: SpotterContext, press: OpenStepOf) -> None:
    """Shows weight steps."""
    await show_here(update, context, views.steps(await _detail(context, press.exercise_id)))


@finds_back
async def take_step(update: Update, context: SpotterContext, press: TakeStepOf) -> None:
    """Changes the weight step."""
    step = Weight(press.thousandths, press.unit) if press.thousandths else None
    try:
        await context.gym.exercises.prefer(at_hand.required().user_id, press.exercise_id, weight_step=step)
    except InvalidValueError:  # the unit has changed since
        raise StaleButtonError from None
    await show_exercise(update, context, press.exercise_id)


@finds_back
async def take_unit(update: Update, context: SpotterContext, press: TakeUnitOf) -> None:
    """Changes the unit. The one in which everything else is needs no wish."""
    lifter_id = at_hand.required().user_id
    usual = (await context.gym.lifters.get(lifter_id)).unit
    await context.gym.exercises.prefer(lifter_id, press.exercise_id, unit=None if press.unit is usual else press.unit)
    await show_exercise(update, context, press.exercise_id)


@finds_back
async def hide(update: Update, context: SpotterContext, press: Hide) -> None:
    """Takes the exercise out of the lifter's lists, or puts it back."""
    hidden = bool(press.hidden)
    await context.gym.exercises.prefer(at_hand.required().user_id, press.exercise_id, hidden=hidden)
    notice = views.hidden() if hidden else views.shown_again()
    await show_exercise(update, context, press.exercise_id, notice)


@finds_back
async def open_names(update: Update, context: SpotterContext, press: OpenNames) -> None:
    """Shows the names, and asks for one more."""
    await _show_names(update, context, press.exercise_id, page=press.page)


@finds_back
async def type_name(update: Update, context: SpotterContext) -> None:
    """Has the typed name lead to the exercise; sets are logged all the same: the question was left open."""
    exercise_id, name = standing().exercise_id, " ".join(typed_text(update).split())
    if may_be_sets(name):
        await write_line(update, context)
        return
    it = await _detail(context, exercise_id)
    try:
        await _add(context, it, name, anyway=False)
    except NameTakenError as taken:
        existing = await _detail(context, taken.existing.id)
        if it.is_system and existing.is_system and not _is_called(existing, name):
            stand(Step.NAMING_PRIVATELY, standing().place, exercise_id, name)
            await show_here(update, context, views.taken_by_others(it, name, taken.existing))
        else:
            await _show_names(update, context, exercise_id, views.taken(name, taken.existing))
    except InvalidValueError as unfit:
        notice = views.unfit_name(too_many=unfit.limit == MOST_ALIASES and unfit.field == "aliases")
        await _show_names(update, context, exercise_id, notice)
    else:
        await _show_names(update, context, exercise_id, views.named(name), LAST)


@finds_back
async def name_anyway(update: Update, context: SpotterContext, press: NameAnyway) -> None:
    """Has the name that waits lead to this exercise alone, for this lifter."""
    waiting = standing()
    if waiting.exercise_id != press.exercise_id or not waiting.name or mark_of(waiting.name) != press.mark:
        raise StaleButtonError
    try:
        await _add(context, await _detail(context, press.exercise_id), waiting.name, anyway=True)
    except (NameTakenError, InvalidValueError):
        raise StaleButtonError from None
    await _show_names(update, context, press.exercise_id, views.named(waiting.name), LAST)


@finds_back
async def drop_name(update: Update, context: SpotterContext, press: DropName) -> None:
    """Takes a name away. One that is gone already is gone."""
    lifter_id, gym = at_hand.required().user_id, context.gym
    it = await _detail(context, press.exercise_id)
    place, name = next(
        ((at, one) for at, one in enumerate(views.names_of(it)) if mark_of(one) == press.mark), (0, None)
    )
    if name is None:
        raise StaleButtonError
    remove = gym.private_names.remove if it.is_system else gym.exercises.remove_alias
    await remove(lifter_id, it.id, name)
    await _show_names(update, context, it.id, views.name_dropped(name), place // PAGE_SIZE)


async def _show_names(
    update: Update, context: SpotterContext, exercise_id: int, notice: Html | None = None, page: int = 0
) -> None:
    it = await _detail(context, exercise_id)
    stand(Step.NAMING_PRIVATELY, standing().place, exercise_id)
    await show_here(update, context, views.names(it, notice, page))


async def _add(context: SpotterContext, it: ExerciseDetail, name: str, *, anyway: bool) -> None:
    add = context.gym.private_names.add if it.is_system else context.gym.exercises.add_alias
    await add(at_hand.required().user_id, it.id, name, anyway=anyway)


async def _detail(context: SpotterContext, exercise_id: int) -> ExerciseDetail:
    return await context.gym.exercises.get(at_hand.required().user_id, exercise_id)


def _is_called(it: ExerciseDetail, name: str) -> bool:
    """Whether it is the lifter who calls it so."""
    return name_key(name) in map(name_key, it.private_aliases)


def wish_entries() -> list[Handler]:
    """The buttons on the exercise's page."""
    return [
        OnPress(OpenRestOf, open_rest),
        OnPress(TakeRestOf, take_rest),
        OnPress(OpenStepOf, open_step),
        OnPress(TakeStepOf, take_step),
        OnPress(TakeUnitOf, take_unit),
        OnPress(Hide, hide),
        OnPress(OpenNames, open_names),
        OnPress(NameAnyway, name_anyway),
        OnPress(DropName, drop_name),
    ]


def wish_states() -> dict[object, list[Handler]]:
    """A name is typed."""
    return {Step.NAMING_PRIVATELY: [MessageHandler(TYPED_LINE, type_name)]}
