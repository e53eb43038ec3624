"""Text that is asked for, such as a name or a note, and reads as sets: who is between two sets may have meant those."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.callback_data import fits
from handlers.context import Handler, SpotterContext
from handlers.conversation import END
from handlers.notebook import views
from handlers.notebook.buttons import AnswerLine, TakeAsText
from handlers.notebook.flow import write_line
from handlers.paste.buttons import ShowPaste
from handlers.paste.flow import show_preview
from handlers.pressing import OnPress
from handlers.typed import TYPED_TEXT, message_id_of, typed_text
from handlers.waiting.buttons import ChooseFor
from handlers.workout.showing import show_question
from storage import at_hand
from storage.values.exercise import Measure
from storage.values.quantity import WeightUnit
from training.card import Card
from training.notation import LineContext, Sets, is_sets_alone, read_lines


async def text_asked_for(update: Update, context: SpotterContext, press: TakeAsText | None) -> str | None:
    """What was typed, or what the lifter says is the text; None if it may be sets: then that is asked, and the
    conversation stays where it is, so that the answer, or another text, is taken.

    Sets of exercises that it names may be meant to be logged, too; a whole workout is shown as it reads.
    """
    if press is not None:
        return press.text
    text, hand = typed_text(update), at_hand.required()
    if await context.gym.pastes.names_known(hand.user_id, text):
        await _ask_about_workout(update, context, text)
        return None
    if not _begins_with_set(text):
        return text
    card = (await context.gym.lifters.home(hand.user_id)).card
    current = None if card is None else card.current
    if current is not None and not _begins_with_set(text, current.context):
        return text
    log = _log(text, message_id_of(update) or 0, card)
    if fits(log) and fits(TakeAsText(text)):
        hand.next_step = hand.step
        await show_question(context, views.sets_or_text(text, log))
    elif is_sets_alone(text):  # no name is that long without a word in it
        await write_line(update, context)
    else:
        return text
    return None


async def _ask_about_workout(update: Update, context: SpotterContext, text: str) -> None:
    hand, as_text = at_hand.required(), TakeAsText(text)
    hand.next_step = hand.step if fits(as_text) else END
    preview = await context.gym.pastes.offer(hand.user_id, text, message_id_of(update))
    assert preview is not None  # it names what it has sets of
    if fits(as_text):
        log = ShowPaste(preview.paste_id, preview.revision)
        await show_question(context, views.sets_or_text(text, log))
    else:
        await show_preview(update, context, preview)


def _begins_with_set(text: str, context: LineContext | None = None) -> bool:
    """Whether the text is nothing but sets, or begins with one that says both its weight and its reps: 100x5 belt."""
    if is_sets_alone(text, context):
        return True
    alone = LineContext(Measure.WEIGHT_REPS, WeightUnit.KG, None, None)
    if context is not None:
        alone = replace(context, last_weight=None, last_reps=None)
    match read_lines(text, alone):
        case Sets(entries):
            return all(entry.weight is not None and entry.clean_reps is not None for entry in entries)
        case _:
            return False


_TakesText = Callable[[Update, SpotterContext, TakeAsText | None], Coroutine[Any, Any, None]]


def asking_for_text(callback: _TakesText, where: filters.BaseFilter = TYPED_TEXT) -> list[Handler]:
    """The handlers of a step at which text is asked for that goes through `text_asked_for`."""

    async def typed(update: Update, context: SpotterContext) -> None:
        await callback(update, context, None)

    return [MessageHandler(where, typed), OnPress(TakeAsText, callback)]


def _log(text: str, message_id: int, card: Card | None) -> AnswerLine | ChooseFor:
    if card is None or card.current is None:
        return ChooseFor(message_id, text)
    return AnswerLine(card.workout_id, card.revision, message_id, text)
