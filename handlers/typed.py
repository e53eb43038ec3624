"""Text that a lifter typed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

from telegram import Message, Update
from telegram.ext import CommandHandler, filters
from telegram.ext.filters import MessageFilter

from handlers.context import Handler, SpotterContext
from training.days import read_day_asked_for
from training.notation import may_be_sets
from training.pasted import lines_of

PRIVATE_MESSAGE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
"""What is sent in the chat with the bot. An edited message isn't."""

TYPED_TEXT = PRIVATE_MESSAGE & filters.TEXT & ~filters.COMMAND
"""A message of text that is no command."""

TYPED_LINE = TYPED_TEXT & ~filters.Regex(r"\n")
"""Such a message of one line: several are no name, and may be a whole workout."""


class _NamesSomething(MessageFilter):
    def filter(self, message: Message) -> bool:
        return not all(_is_sets(line) for line in lines_of(message.text or ""))


def _is_sets(line: str) -> bool:
    return may_be_sets(line) and read_day_asked_for(line, date.max) is None


NAMES_SOMETHING = _NamesSomething()
"""A text that isn't sets alone: those are no name and no workout of the past, the notebook reads them."""


def on_command(name: str, callback: Callable[[Update, SpotterContext], Coroutine[Any, Any, None]]) -> Handler:
    """The handler of a command, however it goes on."""
    return CommandHandler(name, callback, filters=PRIVATE_MESSAGE)


def typed_text(update: Update) -> str:
    """The message's text."""
    message = update.effective_message
    return "" if message is None else message.text or ""


def message_id_of(update: Update) -> int | None:
    """The message at hand."""
    message = update.effective_message
    return None if message is None else message.message_id


def after_command(update: Update) -> str:
    """What follows the command, line breaks kept."""
    parts = typed_text(update).split(maxsplit=1)
    return parts[1] if len(parts) > 1 else ""
