"""Text that is asked for, such as a name or a note, and reads as sets: who is between two sets may have meant those."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.callback_data import fits
from handlers.context import Handler, SpotterContext
from handlers.notebook import views
from handlers.notebook.buttons import AnswerLine, TakeAsText
from handlers.notebook.flow import write_line
from handlers.pressing import OnPress
from handlers.typed import TYPED_TEXT, message_id_of, typed_text
from handlers.waiting.buttons import ChooseFor
from handlers.workout.showing import show_question
from storage import at_hand
from training.card import Card
from training.notation import is_sets_alone


async def text_asked_for(update: Update, context: SpotterContext, press: TakeAsText | None) -> str | None:
    """What was typed, or what the lifter says is the text; None if it may be sets: then that is asked, and the
    conversation stays where it is, so that the answer, or another text, is taken.
    """
    if press is not None:
        return press.text
    text, hand = typed_text(update), at_hand.required()
    if not is_sets_alone(text):
        return text
    card = (await context.gym.lifters.home(hand.user_id)).card
    current = None if card is None else card.current
    if current is not None and not is_sets_alone(text, current.context):
        return text
    log = _log(text, message_id_of(update) or 0, card)
    if fits(log) and fits(TakeAsText(text)):
        hand.next_step = hand.step
        await show_question(context, views.sets_or_text(text, log))
    else:  # no name is that long without a word in it
        await write_line(update, context)
    return None


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
