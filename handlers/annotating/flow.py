"""Callbacks of remarks."""

from __future__ import annotations

from decimal import Decimal

from telegram import Message, Update
from telegram.constants import ReactionEmoji
from telegram.ext import MessageHandler, filters

from handlers.annotating import views
from handlers.annotating.buttons import Rate
from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.notebook.flow import write_line
from handlers.paste.flow import read_text
from handlers.pressing import OnPress
from handlers.showing import TypedMessage, send
from handlers.typed import TYPED_TEXT, typed_text
from handlers.workout.showing import show_workout_card
from storage import at_hand
from training.annotating import OfFinished, Remark
from training.errors import FrozenError, StaleButtonError
from training.pasted import looks_pasted


async def remark(update: Update, context: SpotterContext) -> None:
    """Takes a reply to a message about a set for a remark on that set; any other reply is a line like any."""
    message = update.message
    assert message is not None
    assert isinstance(message.reply_to_message, Message)
    text, replied_id = typed_text(update), message.reply_to_message.message_id
    annotated = await context.gym.annotating.reply(at_hand.required().user_id, replied_id, text)
    if isinstance(annotated, OfFinished):
        await send(context, views.frozen(annotated))
        return
    if annotated is None:  # then nothing is committed yet
        await (read_text if looks_pasted(text) else write_line)(update, context)
        return
    card = annotated.card
    typed = TypedMessage(message.message_id, ReactionEmoji.WRITING_HAND, card.cleans_messages)
    await show_workout_card(context, card, notice=views.annotated(annotated), typed=typed)


@leads_to(END)
async def rate(_: Update, context: SpotterContext, press: Rate) -> None:
    """Keeps the RPE that was tapped."""
    said = Remark(rpe=Decimal(press.rpe))
    lifter_id = at_hand.required().user_id
    try:
        annotated = await context.gym.annotating.annotate(lifter_id, press.set_id, said, revision=press.revision)
    except FrozenError:
        raise StaleButtonError from None
    await show_workout_card(context, annotated.card, notice=views.annotated(annotated))


def annotating_handlers() -> list[Handler]:
    """Replies stand before lines: what answers a message is about that message."""
    return [MessageHandler(TYPED_TEXT & filters.REPLY, remark), OnPress(Rate, rate)]
