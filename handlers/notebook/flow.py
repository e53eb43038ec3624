"""Callbacks of typed lines."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, leads_to
from handlers.notebook import views
from handlers.notebook.buttons import AnswerLine, AnswerNamedLine
from handlers.pressing import OnPress
from handlers.typed import TYPED_TEXT, after_command, message_id_of, on_command, typed_text
from handlers.workout.showing import show_refusal, show_written
from storage import at_hand
from training.errors import Asked


@leads_to(END)
async def write_line(update: Update, context: SpotterContext) -> None:
    """Does what the line says: logs its sets, or picks the exercise that it names."""
    message_id = message_id_of(update)
    written = await context.gym.notebook.write(at_hand.required().user_id, typed_text(update), message_id)
    await show_written(context, written, message_id)


@leads_to(END)
async def write_set(update: Update, context: SpotterContext) -> None:
    """Logs sets, of the exercise named first if one is named."""
    line = after_command(update)
    if line:
        message_id = message_id_of(update)
        written = await context.gym.notebook.write_set(at_hand.required().user_id, line, message_id)
        await show_written(context, written, message_id)
    else:
        await show_refusal(context, views.set_command_help())


@leads_to(END)
async def answer_line(_: Update, context: SpotterContext, press: AnswerLine) -> None:
    """Logs the reading that was chosen."""
    asked = Asked(press.workout_id, press.revision, message_id=press.message_id or None)
    await show_written(context, await context.gym.notebook.write_answer(at_hand.required().user_id, asked, press.text))


@leads_to(END)
async def answer_named_line(_: Update, context: SpotterContext, press: AnswerNamedLine) -> None:
    """Logs the reading that was chosen, for the exercise that the line named."""
    asked = Asked(press.workout_id, press.revision, press.exercise_id, press.message_id or None)
    await show_written(context, await context.gym.notebook.write_answer(at_hand.required().user_id, asked, press.text))


def notebook_handlers() -> list[Handler]:
    """Typed lines come last: whoever asks for text by itself stands before."""
    return [
        on_command("set", write_set),
        OnPress(AnswerLine, answer_line),
        OnPress(AnswerNamedLine, answer_named_line),
        MessageHandler(TYPED_TEXT, write_line),
    ]
