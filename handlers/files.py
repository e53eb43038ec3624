"""Files that lifters send."""

from __future__ import annotations

from telegram import Document, Message, Update
from telegram.error import BadRequest, InvalidToken
from telegram.ext.filters import MessageFilter

from handlers.context import SpotterContext
from handlers.telegram_errors import is_too_large
from storage.values.texts import storable


class IsFile(MessageFilter):
    def filter(self, message: Message) -> bool:
        """Whether it is a file; a moving picture comes as a document too."""
        return message.document is not None and message.animation is None


class AnswersFile(IsFile):
    def filter(self, message: Message) -> bool:
        """Whether it replies to one."""
        return message.reply_to_message is not None and super().filter(message.reply_to_message)


class TooLargeToFetchError(Exception):
    """Telegram hands no file of that size to a bot."""


def document_of(update: Update) -> Document:
    """The message's own document, or the one that it replies to."""
    message = update.message
    assert message is not None
    replied = message.reply_to_message
    document = message.document or (replied.document if replied is not None else None)
    assert document is not None
    return document


def name_of(document: Document, unnamed: str) -> str:
    """What the file is called, on one line."""
    return " ".join(storable(document.file_name or "").split()) or unnamed


async def fetched(context: SpotterContext, document: Document) -> bytes | None:
    """What is in it; None if Telegram doesn't hand it out. Raises TooLargeToFetchError."""
    try:
        file = await context.bot.get_file(document.file_id)
    except BadRequest as error:
        if is_too_large(error):
            raise TooLargeToFetchError from error
        return None
    try:
        return bytes(await file.download_as_bytearray())
    except (BadRequest, InvalidToken):  # a file that has gone is answered as a wrong token is
        return None
