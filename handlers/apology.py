"""What is said when something went wrong that nobody but the host can mend."""

from __future__ import annotations

from collections.abc import Iterable

from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.guidance import views


async def apologise(bot: ExtBot[None], lifter_id: int, reference: str, *, done: bool) -> None:
    """Tells the lifter that one thing they did couldn't be handled, or not be shown if it is `done`.

    Raises TelegramError.
    """
    screen = views.apology(reference, done=done)
    await bot.send_message(lifter_id, screen.text, parse_mode=ParseMode.HTML)


async def ask_for_patience(bot: ExtBot[None], lifter_id: int, query_id: str | None) -> None:
    """Tells the lifter that what they did waits, on the button that they pressed if its query is given.

    Raises TelegramError.
    """
    if query_id is None:
        await bot.send_message(lifter_id, views.one_moment())
    else:
        await bot.answer_callback_query(query_id, views.one_moment())


async def report(bot: ExtBot[None], admin_ids: Iterable[int], reference: str) -> None:
    """Tells the admins under which reference the log explains what failed. Best effort."""
    screen = views.set_aside(reference)
    for admin_id in admin_ids:
        try:
            await bot.send_message(admin_id, screen.text, parse_mode=ParseMode.HTML)
        except TelegramError:
            continue  # an admin who never wrote to the bot can't be reached; the log has it all the same
