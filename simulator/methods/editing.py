"""Changes to messages (https://core.telegram.org/bots/api#editmessagetext)."""

from __future__ import annotations

from typing import Any

from simulator.addressing import chat_of, check_reachable, message_of
from simulator.arguments import Arguments
from simulator.chats import Chat, Message
from simulator.errors import NOT_MODIFIED, bad_request
from simulator.keyboards import Keyboard, check_limits, inline_keyboard
from simulator.methods.files import input_media
from simulator.texts import caption, check_caption, check_text, message_text
from simulator.world import World

_TEXT = ("text", "entities")
_CAPTION = ("caption", "caption_entities")
_MEDIA = ("photo", "document")
_KEYBOARD = ("reply_markup",)


def edit_message_text(world: World, arguments: Arguments) -> dict[str, Any]:
    """Replaces a text and its keyboard; without a keyboard the old one goes."""
    text = message_text(arguments)
    keyboard = inline_keyboard(arguments, editing=True)
    chat, message = _own_message(world, arguments)
    if "text" not in message.content:
        raise bad_request("There is no text in the message to edit")
    check_text(text)
    changes = {**text.fields(*_TEXT), **_markup(keyboard)}
    return _change(world, chat, message, changes, (*_TEXT, *_KEYBOARD))


def edit_message_caption(world: World, arguments: Arguments) -> dict[str, Any]:
    """Replaces what stands below a photo or document, and the keyboard; what isn't given goes."""
    text = caption(arguments)
    keyboard = inline_keyboard(arguments, editing=True)
    chat, message = _own_message(world, arguments)
    if message.content.keys().isdisjoint(_MEDIA):
        raise bad_request("There is no caption in the message to edit")
    check_caption(text)
    return _change(world, chat, message, {**text.fields(*_CAPTION), **_markup(keyboard)}, (*_CAPTION, *_KEYBOARD))


def edit_message_media(world: World, arguments: Arguments) -> dict[str, Any]:
    """Replaces a photo or document with its caption, or a text by one, and the keyboard."""
    media = input_media(world, arguments)
    keyboard = inline_keyboard(arguments, editing=True)
    chat, message = _own_message(world, arguments)
    changes = {**media.content(world), **_markup(keyboard)}
    return _change(world, chat, message, changes, (*_TEXT, *_MEDIA, *_CAPTION, *_KEYBOARD))


def edit_message_reply_markup(world: World, arguments: Arguments) -> dict[str, Any]:
    """Replaces a keyboard; without a new one the old one goes."""
    keyboard = inline_keyboard(arguments, editing=True)
    chat, message = _own_message(world, arguments)
    return _change(world, chat, message, _markup(keyboard), _KEYBOARD)


def _own_message(world: World, arguments: Arguments) -> tuple[Chat, Message]:
    if not arguments.text("chat_id") and not arguments.text("message_id"):
        raise bad_request("Message identifier is not specified")
    chat = chat_of(world, arguments)
    message = message_of(chat, arguments, "Message to edit")
    if not message.from_bot:
        raise bad_request("Message can't be edited")
    return chat, message


def _change(
    world: World, chat: Chat, message: Message, changes: dict[str, Any], replaced: tuple[str, ...]
) -> dict[str, Any]:
    check_reachable(chat)
    check_limits(changes.get("reply_markup", {}).get("inline_keyboard", []))
    if changes == {name: message.content[name] for name in replaced if name in message.content}:
        raise bad_request(NOT_MODIFIED)
    world.chats.edit(chat, message, changes, without=replaced)
    return message.content


def _markup(keyboard: Keyboard) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}
