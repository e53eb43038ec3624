"""Reactions and chat actions.

https://core.telegram.org/bots/api#setmessagereaction, https://core.telegram.org/bots/api#sendchataction
"""

from __future__ import annotations

from typing import Any, Final

from simulator.addressing import chat_of, check_reachable, message_of
from simulator.arguments import Arguments
from simulator.errors import bad_request
from simulator.fields import FieldError, required_text
from simulator.world import World

_ALLOWED: Final = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 "
    "🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 "
    "🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
_EMOJI: Final = frozenset(_ALLOWED.split())
"""All that a bot may react with (https://core.telegram.org/bots/api#reactiontypeemoji), without emoji selectors."""

_KINDS: Final = ("emoji", "custom_emoji", "paid")
_EMOJI_SELECTOR: Final = "\ufe0f"

_ACTIONS: Final = frozenset(
    {
        "cancel",
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "pick_up_location",
        "record_video_note",
        "upload_video_note",
    }
)


def set_message_reaction(world: World, arguments: Arguments) -> bool:
    """Replaces the bot's reaction to a message; an empty list removes it."""
    given = arguments.json("reaction", bad_request("Can't parse reaction types JSON object")) or []
    if not isinstance(given, list):
        raise bad_request("Expected an Array of ReactionType")
    try:
        reactions = [_emoji(one) for one in given]
    except FieldError as problem:
        raise bad_request(f"Can't parse ReactionType: {problem}") from None
    chat = chat_of(world, arguments)
    message = message_of(chat, arguments, "Message to react")
    check_reachable(chat)
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(emoji.replace(_EMOJI_SELECTOR, "") not in _EMOJI for emoji in reactions):
        raise bad_request("REACTION_INVALID")
    world.chats.react(chat, message, reactions)
    return True


def send_chat_action(world: World, arguments: Arguments) -> bool:
    """Accepts what the bot says it is doing; nobody sees it here."""
    if arguments.text("action").lower() not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    check_reachable(chat_of(world, arguments))
    return True


def _emoji(reaction: Any) -> str:
    """The emoji of a reaction; custom ones are for bots that paid for them, and count as none here."""
    if not isinstance(reaction, dict):
        raise FieldError("expected an Object")
    kind = required_text(reaction, "type")
    if kind not in _KINDS:
        raise FieldError("invalid reaction type specified")
    return required_text(reaction, "emoji") if kind == "emoji" else ""
