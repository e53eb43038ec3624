"""A bot as python-telegram-bot's defaults make it: its own polling, one update after the other, its own HTTP client."""

from __future__ import annotations

import os
from typing import Any

from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from handlers.workout.views import workout_card
from tests.benchmarks.one_tap import OneTap

_work = OneTap(os.environ["DATABASE_URL"], int(os.environ["BOT_TOKEN"].partition(":")[0]))


async def start(_: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Opens the database within the application's loop."""
    await _work.open()


async def log_set(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Logs the suggested set and shows the card."""
    query = update.callback_query
    assert query is not None
    received = update.to_dict()
    await _work.written_down([received])
    begun = await _work.log(received)
    await query.answer()
    screen = workout_card(begun.logged.card)
    await query.edit_message_text(screen.text, parse_mode=ParseMode.HTML, reply_markup=screen.keyboard)
    await _work.close(begun)


if __name__ == "__main__":
    builder = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{os.environ['BOT_API_URL']}/bot")
    application = builder.post_init(start).build()
    application.add_handler(CallbackQueryHandler(log_set))
    application.run_polling()
