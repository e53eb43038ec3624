"""Answering what is typed behind the bot's name."""

from __future__ import annotations

from typing import Any

from telegram import InlineQuery
from telegram.ext import ExtBot

from handlers.inline import views
from handlers.telegram_errors import harmless
from training.gym import Gym

_AT_ONCE = 20
"""Results; a phone shows six, and asks for more when its owner scrolls. Telegram takes up to 50."""

_KEPT_FOR = 60
"""Seconds for which Telegram gives the same person the same answer without asking."""


async def answer_inline(bot: ExtBot[None], gym: Gym, asked: dict[str, Any]) -> None:
    """Shows which exercises the words find. No update is at hand: nothing comes of it.

    Raises TelegramError, but for a query that is too old by now.
    """
    query = InlineQuery.de_json(asked, bot)
    found = await gym.browsing.look_up(query.from_user.id, query.query, _start(query.offset), _AT_ONCE)
    await harmless(
        bot.answer_inline_query(
            query.id,
            [views.result(exercise) for exercise in found.exercises],
            cache_time=_KEPT_FOR,
            is_personal=True,  # a lifter's own exercises are among them
            next_offset="" if found.next is None else str(found.next),
            button=None if found.exercises or query.offset else views.nothing_found(),
        )
    )


def _start(offset: str) -> int:
    """The place that an answer before has named; a claim, as everything that comes from outside."""
    return int(offset) if offset.isascii() and offset.isdecimal() and len(offset) <= len(str(2**31)) else 0
