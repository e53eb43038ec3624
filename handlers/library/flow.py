"""Callbacks of the library's commands."""

from __future__ import annotations

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.for_admins import admin_command
from handlers.library import views
from handlers.showing import show
from storage import at_hand


async def seed(update: Update, context: SpotterContext) -> None:
    """Loads the built-in catalogue again."""
    await show(update, context, views.seeded(await context.gym.library.seed(at_hand.required().user_id)))


def library_handlers() -> list[Handler]:
    """Commands for admins; to others they are unknown."""
    return [admin_command("seed", seed)]
