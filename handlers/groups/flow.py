"""Callbacks of group chats."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from telegram import Chat, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import TypeHandler

from handlers.commands import known_commands
from handlers.context import Handler, SpotterContext
from handlers.groups import views

_PATIENCE = 2.0
"""Seconds that whoever gives a command waits for its answer, and with it what they do in the private chat. A group
takes twenty messages a minute: in a lively one the next might leave only after minutes."""


class _FromGroup(TypeHandler[Update, SpotterContext, None]):
    """Takes whatever comes from a chat that isn't private."""

    def check_update(self, update: object) -> bool:
        """Whether it comes from such a chat."""
        return isinstance(update, Update) and _chat(update) is not None


async def answer_group(update: Update, context: SpotterContext) -> None:
    """Tells the way to the private chat to whoever gives this bot a command; whatever else is said there is not for it.

    A pressed button is answered, as every one is, without a word.
    """
    message = update.message
    if message is None or not _is_for(message.text or "", context.bot.username):
        return
    screen = views.only_in_private(context.bot.username)
    # The group may not let the bot write, or not now, which is no concern of the lifter's.
    with suppress(TelegramError, TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            await message.reply_text(screen.text, reply_markup=screen.keyboard)


def group_handlers() -> list[Handler]:
    """They stand first, so that nothing from a group reaches what speaks of workouts."""
    return [_FromGroup(Update, answer_group)]


def _chat(update: Update) -> Chat | None:
    chat = update.effective_chat
    return None if chat is None or chat.type in {ChatType.PRIVATE, ChatType.SENDER} else chat


def _is_for(text: str, username: str) -> bool:
    """Whether it is a command of this bot's: other bots of the group have theirs."""
    first = next(iter(text.split(maxsplit=1)), "")
    if not first.startswith("/"):
        return False
    command, _, named = first[1:].partition("@")
    return named.lower() == username.lower() if named else command.lower() in known_commands()
