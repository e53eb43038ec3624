"""New messages (https://core.telegram.org/bots/api#sendmessage)."""

from __future__ import annotations

from typing import Any, Final

from simulator.addressing import chat_of, check_reachable
from simulator.arguments import Arguments
from simulator.chats import Chat
from simulator.errors import bad_request
from simulator.fields import FieldError, whole_field
from simulator.groups import Group
from simulator.keyboards import Keyboard, check_limits, inline_keyboard
from simulator.texts import check_text, message_text
from simulator.world import World

_EFFECTS: Final = frozenset(
    {"5104841245755180586", "5107584321108051014", "5159385139981059251", "5046509860389126442"}
)
"""Effects that every bot may use: 🔥 👍 ❤ 🎉. Telegram publishes no list; these ids are commonly quoted."""


def send_message(world: World, arguments: Arguments) -> dict[str, Any]:
    """Sends a text."""
    text = message_text(arguments)
    keyboard = inline_keyboard(arguments)
    chat = chat_of(world, arguments)
    reply = replied_message(chat, arguments)
    check_text(text)
    return post(world, chat, arguments, keyboard, {**text.fields("text", "entities"), **reply})


def replied_message(chat: Chat, arguments: Arguments) -> dict[str, Any]:
    """The field that quotes the message replied to; nothing if it isn't a reply."""
    parameters = arguments.json_object("reply_parameters", "reply parameters")
    message_id = _message_id(parameters) if parameters else arguments.whole("reply_to_message_id")
    if not message_id:
        return {}
    message = chat.messages.get(message_id)
    if message is not None:
        quoted = {name: value for name, value in message.content.items() if name != "reply_to_message"}
        return {"reply_to_message": quoted}
    if parameters.get("allow_sending_without_reply") or arguments.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("Message to be replied not found")


def _message_id(parameters: dict[str, Any]) -> int:
    try:
        return whole_field(parameters, "message_id")
    except FieldError as problem:
        raise bad_request(str(problem)) from None


def post(world: World, chat: Chat, arguments: Arguments, keyboard: Keyboard, content: dict[str, Any]) -> dict[str, Any]:
    """Puts a new message into the chat, if Telegram's servers let it pass."""
    check_reachable(chat)
    check_limits(keyboard)
    effect = arguments.text("message_effect_id")
    if effect and (effect not in _EFFECTS or isinstance(chat, Group)):
        raise bad_request("EFFECT_ID_INVALID")
    if isinstance(chat, Group) and any("web_app" in button for row in keyboard for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")
    world.floods.count(chat.id)
    extras: dict[str, Any] = {"effect_id": effect} if effect else {}
    if keyboard:
        extras["reply_markup"] = {"inline_keyboard": keyboard}
    return world.chats.post(chat, {**content, **extras}).content
