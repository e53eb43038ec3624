"""Callbacks of help and hints."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, TypeHandler, filters

from handlers.context import Handler, SpotterContext
from handlers.guidance import views
from handlers.incoming import UpdatesRefused
from handlers.showing import send, show
from handlers.typed import PRIVATE_MESSAGE, on_command, typed_text
from handlers.workout.showing import show_refusal
from storage import at_hand
from training.errors import StaleButtonError


async def show_help(update: Update, context: SpotterContext) -> None:
    """What Spotter can do."""
    lifter = await context.gym.lifters.get(at_hand.required().user_id)
    await show(update, context, views.help_screen(is_admin=lifter.is_admin))


async def hint_at_commands(update: Update, context: SpotterContext) -> None:
    """There is no such command."""
    command = next(iter(typed_text(update).split()), "/")
    await show_refusal(context, views.unknown_command(command))


async def hint_at_text(_: Update, context: SpotterContext) -> None:
    """What was sent can't be read."""
    await show_refusal(context, views.not_text())


async def tell_what_was_refused(update: UpdatesRefused, context: SpotterContext) -> None:
    """Says once that a flood was cut off."""
    await send(context, views.updates_refused(update.number))


async def refuse_button(_: Update, __: SpotterContext) -> None:
    """No release that is running makes such a button."""
    raise StaleButtonError


def help_handlers() -> list[Handler]:
    """/help works anywhere."""
    return [on_command("help", show_help)]


def hint_handlers() -> list[Handler]:
    """For what no other handler has taken; they stand last."""
    return [
        MessageHandler(filters.COMMAND & PRIVATE_MESSAGE, hint_at_commands),
        MessageHandler(PRIVATE_MESSAGE & ~filters.StatusUpdate.ALL, hint_at_text),
        CallbackQueryHandler(refuse_button),
        TypeHandler[UpdatesRefused, SpotterContext, None](UpdatesRefused, tell_what_was_refused),
    ]
