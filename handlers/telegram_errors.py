"""What Telegram refuses without harm."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from telegram.error import BadRequest

_Result = TypeVar("_Result")

_NOT_MODIFIED = ("message is not modified",)

_HARMLESS = (
    *_NOT_MODIFIED,
    "query is too old",
    "message to delete not found",
    "message can't be deleted",
    "message to react not found",
)

_REMOVED = ("message to edit not found",)

_OF_ANOTHER_KIND = ("there is no text in the message to edit", "there is no media in the message to edit")

_GONE = (
    *_REMOVED,
    *_OF_ANOTHER_KIND,
    "message can't be edited",
    "message_id_invalid",
)


async def harmless(call: Awaitable[_Result]) -> _Result | None:
    """Awaits the call; None if Telegram refuses it because there is nothing to do."""
    try:
        return await call
    except BadRequest as error:
        if not _says(error, _HARMLESS):
            raise
        return None


def is_not_modified(error: BadRequest) -> bool:
    """Whether the message shows already what it was to show."""
    return _says(error, _NOT_MODIFIED)


def is_gone(error: BadRequest) -> bool:
    """Whether the message can't be edited any more, so that a new one has to take its place."""
    return _says(error, _GONE)


def is_of_another_kind(error: BadRequest) -> bool:
    """Whether it is the message that is in the way: a picture can't become a text."""
    return _says(error, _OF_ANOTHER_KIND)


def is_removed(error: BadRequest) -> bool:
    """Whether there is no such message in the chat any more."""
    return _says(error, _REMOVED)


def is_too_large(error: BadRequest) -> bool:
    """Whether the file is larger than what Telegram hands out to bots."""
    return _says(error, ("file is too big",))


def _says(error: BadRequest, phrases: tuple[str, ...]) -> bool:
    return error.message.lower().startswith(phrases)
