"""The one place where what was refused becomes words, and where a failure is kept for the dispatcher to judge."""

from __future__ import annotations

from telegram import Update
from telegram.error import Forbidden

from handlers.announcing import views as announcing
from handlers.context import SpotterContext
from handlers.conversation import END
from handlers.guidance import views as guidance
from handlers.guidance.flow import hint_at_commands
from handlers.home.showing import ask_for_unit, show_home
from handlers.notebook import views as notebook
from handlers.picking import views as picking
from handlers.picking.flow import ask_which, offer_to_create, show_picker
from handlers.picking.purpose import joined_by, joined_for_unit
from handlers.pressing import answer_press
from handlers.showing import drop_buttons, pressed_message_id
from handlers.summary.flow import offer_to_reopen
from handlers.typed import after_command, message_id_of, typed_text
from handlers.undo import views as undo
from handlers.waiting.flow import offer_places
from handlers.words import say
from handlers.workout.showing import show_question, show_refusal
from storage import at_hand
from training.errors import (
    AnotherOpenError,
    ChoiceNeededError,
    FrozenError,
    InvalidSetError,
    InvalidValueError,
    MeasureMismatchError,
    NoExerciseError,
    NoOpenWorkoutError,
    NotAllowedError,
    NotFoundError,
    NothingToLogError,
    NothingToUndoError,
    StaleButtonError,
    TrainingError,
    UndecidedSetError,
    UnitNotChosenError,
    UnknownExerciseError,
    UnreadableSetError,
)
from training.notation import may_be_sets


async def answer_error(update: object, context: SpotterContext) -> None:
    """Tells the lifter what was refused. Whatever else went wrong is left at the update at hand."""
    hand = at_hand.required()
    failure = context.error
    try:
        if isinstance(failure, TrainingError) and isinstance(update, Update):
            failure = await _refused(update, context, failure)
        if isinstance(failure, Forbidden):
            await context.gym.lifters.mark_unreachable(hand.user_id)
        else:
            hand.failure = failure
    except Exception as error:  # noqa: BLE001 -- PTB would only log it; the dispatcher decides what becomes of the update
        hand.failure = error


async def _refused(update: Update, context: SpotterContext, error: TrainingError) -> Forbidden | None:
    """Says what was refused; the failure if the lifter can't be reached with it."""
    try:
        await _refuse(update, context, error)
    except Forbidden as blocked:
        return blocked
    return None


async def _refuse(update: Update, context: SpotterContext, error: TrainingError) -> None:  # noqa: C901, PLR0912, PLR0915 -- a table
    match error:
        case StaleButtonError() | FrozenError():
            await _show_current(update, context, guidance.outdated_button())
        case NotFoundError():
            await _show_current(update, context, guidance.gone())
        case NothingToLogError():
            await _show_current(update, context, guidance.nothing_to_log())
        case UnitNotChosenError() if _types_sets(update):
            waiting = joined_for_unit(_line(update), message_id_of(update))
            await ask_for_unit(update, context, await context.gym.lifters.home(at_hand.required().user_id), waiting)
        case UnitNotChosenError():
            await _show_current(update, context, None)
        case InvalidValueError("exercises", int(limit)):
            await _say(update, context, guidance.too_many_exercises(limit))
        case InvalidValueError("sets", int(limit)):
            await _say(update, context, guidance.too_many_sets(limit))
        case MeasureMismatchError(have, wanted):
            await _say(update, context, picking.measures_differ(have, wanted))
        case InvalidValueError("lines", int(limit)):
            await _say(update, context, guidance.too_many_lines(limit))
        case InvalidValueError("title" | "note"):
            await _say(update, context, guidance.unfit_text())
        case InvalidSetError():
            await _say(update, context, guidance.unfit_set())
        case NothingToUndoError():
            await _say(update, context, undo.nothing_to_take_back())
        case AnotherOpenError():
            await _say(update, context, undo.another_open())
        case NotAllowedError():
            await _know_nothing(update, context)
        case InvalidValueError("announcement", int(limit)):
            await _say(update, context, announcing.too_long(limit))
        case InvalidValueError("announcement"):
            await _say(update, context, guidance.unfit_text())
        case NoOpenWorkoutError() if update.callback_query is not None:
            await _show_current(update, context, guidance.no_open_workout())
        case NoOpenWorkoutError() if _types_sets(update):
            await offer_places(update, context, joined_by(_line(update), message_id_of(update)))
        case NoOpenWorkoutError():
            await offer_to_reopen(context, _line(update))
        case NoExerciseError():
            await _ask_for_exercise(update, context)
        case ChoiceNeededError(matches, sets):
            await ask_which(update, context, matches, sets)
        case UnknownExerciseError(text, sets):
            await offer_to_create(update, context, text, sets)
        case UndecidedSetError():
            await show_question(context, notebook.question(error), update)
        case UnreadableSetError():
            await show_refusal(context, notebook.unreadable(error), update)
        case _:
            raise error


async def _ask_for_exercise(update: Update, context: SpotterContext) -> None:
    """The workout has no exercise yet: typed sets wait until one is picked."""
    card, line = await context.gym.workouts.card(at_hand.required().user_id), _line(update)
    waiting = joined_by(line, message_id_of(update)) if _types_sets(update) else None
    pressed = pressed_message_id(update)
    instead_of = None if pressed == card.place.message_id else pressed
    await show_picker(context, card, instead_of=instead_of, waiting=waiting)


def _types_sets(update: Update) -> bool:
    return update.callback_query is None and may_be_sets(_line(update))


def _line(update: Update) -> str:
    """What was to be logged."""
    text = typed_text(update)
    return after_command(update) if text.startswith("/") else text


async def _know_nothing(update: Update, context: SpotterContext) -> None:
    """What is for admins only doesn't exist for others: they get the answer to a command, or a button, of no release.

    Text that was asked for while they still were one leads nowhere.
    """
    if update.callback_query is not None:
        await _show_current(update, context, guidance.outdated_button())
    elif typed_text(update).startswith("/"):
        await hint_at_commands(update, context)
    else:
        await _show_current(update, context, None)


async def _say(update: Update, context: SpotterContext, words: str) -> None:
    """Words alone, where nothing has changed: a toast for a button, a line for what was typed."""
    if update.callback_query is None:
        await show_refusal(context, say("{words}", words=words))
    else:
        await _show_current(update, context, words)


async def _show_current(update: Update, context: SpotterContext, toast: str | None) -> None:
    """Where the lifter stands now; a button that led here from elsewhere has no further use.

    With no workout open a message whose buttons lead nowhere turns into that. A summary stays, and the toast says it
    all: the press before this one may have made it.
    """
    hand = at_hand.required()
    home = await context.gym.lifters.home(hand.user_id)
    pressed = pressed_message_id(update)
    if home.card is None and home.unit is not None and pressed is not None:
        answer_press(guidance.no_open_workout())
        if await context.gym.workouts.is_summary(hand.user_id, pressed):
            return
    answer_press(toast)
    if home.card is not None and pressed not in {None, home.card.place.message_id}:
        await drop_buttons(update, context)
    hand.next_step = END
    await show_home(update, context, home)
