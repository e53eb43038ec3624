"""Text that a lifter typed."""

from __future__ import annotations

from telegram import Update
from telegram.ext import filters

TYPED_TEXT = filters.TEXT & ~filters.COMMAND & filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
"""A message of text that is no command."""

TYPED_LINE = TYPED_TEXT & ~filters.Regex(r"\n")
"""Such a message of one line: several are no name, and may be a whole workout."""


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
