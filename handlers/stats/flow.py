"""Callbacks of /stats."""

from __future__ import annotations

from telegram import Update

from handlers.context import Handler, SpotterContext
from handlers.for_admins import admin_command, for_admins
from handlers.pressing import OnPress
from handlers.showing import show
from handlers.stats import views
from handlers.stats.buttons import CountAgain
from storage import at_hand


async def stats(update: Update, context: SpotterContext, _: CountAgain | None = None) -> None:
    """Shows the figures."""
    figures = await context.gym.stats.figures(at_hand.required().user_id, context.bot.id)
    await show(update, context, views.figures(figures))


def stats_handlers() -> list[Handler]:
    """The command, and the button under its answer."""
    return [admin_command("stats", stats), OnPress(CountAgain, for_admins(stats))]
