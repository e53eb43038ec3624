"""Reply markup: what Telegram accepts as a keyboard.

Reading follows tdlib/telegram-bot-api, Client.cpp, `get_reply_markup` and `get_inline_keyboard_button`. The
limits live in Telegram's own servers: https://core.telegram.org/bots/api#inlinekeyboardbutton, python-telegram-bot's
`telegram.constants.InlineKeyboardMarkupLimit`, https://github.com/tginfo/Telegram-Limits/issues/187.
"""

from __future__ import annotations

from typing import Any, Final

from simulator.arguments import Arguments
from simulator.errors import bad_request
from simulator.fields import FieldError, object_field, required_text, text_field
from simulator.links import checked_link, invalid_link

Keyboard = list[list[dict[str, Any]]]

_ACTIONS: Final = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
"""What a button may do; of several the first in this order counts."""

_TEXTS: Final = ("url", "callback_data")
_OBJECTS: Final = ("switch_inline_query_chosen_chat", "login_url", "web_app", "copy_text")
_STYLES: Final = ("primary", "success", "danger")
_REPLY_MARKUPS: Final = ("keyboard", "remove_keyboard", "force_reply")
_MOST_BUTTONS: Final = 100
_MOST_IN_A_ROW: Final = 8
_MOST_BYTES: Final = 10_000
_LONGEST_CALLBACK_DATA: Final = 64
_LONGEST_COPIED_TEXT: Final = 256


def inline_keyboard(arguments: Arguments, *, editing: bool = False) -> Keyboard:
    """The rows of an inline keyboard; empty for none and for keyboards of other kinds, which an edit refuses."""
    if not arguments.text("reply_markup"):
        return []
    markup = arguments.json("reply_markup", bad_request("Can't parse reply keyboard markup JSON object"))
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    if "inline_keyboard" not in markup:
        if editing and any(kind in markup for kind in _REPLY_MARKUPS):
            raise bad_request("Inline keyboard expected")
        return []
    return _read_rows(markup["inline_keyboard"])


def check_limits(keyboard: Keyboard) -> None:
    """Refuses a keyboard that Telegram's servers refuse: too big, or with callback data that is too long."""
    buttons = [button for row in keyboard for button in row]
    if any(len(button.get("callback_data", "").encode()) > _LONGEST_CALLBACK_DATA for button in buttons):
        raise bad_request("BUTTON_DATA_INVALID")
    size = sum(len(str(value).encode()) for button in buttons for part, value in button.items() if part != "style")
    wide = any(len(row) > _MOST_IN_A_ROW for row in keyboard)
    if wide or len(buttons) > _MOST_BUTTONS or size > _MOST_BYTES:
        raise bad_request("reply markup is too long")


def _read_rows(rows: Any) -> Keyboard:
    if not isinstance(rows, list):
        raise bad_request('Field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    try:
        keyboard = [[button for one in row if (button := _read_button(one))] for row in rows]
    except FieldError as problem:
        raise bad_request(f"Can't parse inline keyboard button: {problem}") from None
    return [row for row in keyboard if row]


def _read_button(button: Any) -> dict[str, Any] | None:
    """A button; None for one with an empty text, which Telegram silently leaves out."""
    if not isinstance(button, dict):
        raise FieldError("InlineKeyboardButton must be an Object")
    text = required_text(button, "text")
    style = text_field(button, "style")
    if style and style not in _STYLES:
        raise FieldError("Invalid button style specified")
    action = next((name for name in _ACTIONS if _has(button, name)), None)
    if action is None:
        raise FieldError("Text buttons are unallowed in the inline keyboard")
    value = _value(button, action)
    if not text:
        return None
    _check_action(action, value)
    return {"text": text, **({"style": style} if style else {}), action: value}


def _value(button: dict[str, Any], action: str) -> Any:
    if action in _OBJECTS:
        return object_field(button, action)
    return text_field(button, action) if action in _TEXTS else button[action]


def _has(button: dict[str, Any], action: str) -> bool:
    """An empty address or empty data is no action; any other action counts once its field is there."""
    return bool(text_field(button, action)) if action in _TEXTS else action in button


def _check_action(action: str, value: Any) -> None:
    if action == "url" and checked_link(value) is None:
        raise bad_request(f"Inline keyboard button {invalid_link(value)}")
    if action == "web_app" and not text_field(value, "url").startswith("https://"):
        address = text_field(value, "url")
        raise bad_request(f"Inline keyboard button Web App URL '{address}' is invalid: Only HTTPS links are allowed")
    if action == "copy_text" and not 0 < len(text_field(value, "text")) <= _LONGEST_COPIED_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")  # the limit is published, its words are not
