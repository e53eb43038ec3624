"""What a message says and which buttons it carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callback_data import pack
from handlers.words import Html

LONGEST_TEXT = 4096
"""Characters that Telegram takes in one message, after parsing."""

_LONGEST_LABEL = 48

Row = Sequence[InlineKeyboardButton]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: HTML text and rows of buttons."""

    text: Html
    rows: Sequence[Row] = ()

    @property
    def keyboard(self) -> InlineKeyboardMarkup | None:
        """The buttons as Telegram takes them."""
        return InlineKeyboardMarkup(self.rows) if self.rows else None


def button(text: str, press: object, *, style: str | None = None) -> InlineKeyboardButton:
    """A button that sends `press`, one of the callback data classes. A label too long to read is cut."""
    return InlineKeyboardButton(shortened(text, _LONGEST_LABEL), callback_data=pack(press), style=style)


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with an ellipsis if it has more characters than `length`."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def in_rows(buttons: Sequence[InlineKeyboardButton], width: int) -> list[Row]:
    """The buttons in rows of at most `width`."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]
