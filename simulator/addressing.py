"""Which chat and which message a call is about.

After tdlib/telegram-bot-api, Client.cpp, `check_chat` and `check_message`.
"""

from __future__ import annotations

from simulator.arguments import Arguments
from simulator.chats import Chat, Message
from simulator.errors import bad_request, forbidden
from simulator.world import World


def chat_of(world: World, arguments: Arguments) -> Chat:
    """The chat of `chat_id`. Groups and channels don't exist here."""
    if not arguments.text("chat_id"):
        raise bad_request("Chat_id is empty")
    chat = world.chats.find(arguments.whole("chat_id"))
    if chat is None:
        raise bad_request("Chat not found")
    return chat


def message_of(chat: Chat, arguments: Arguments, wanted: str) -> Message:
    """The message of `message_id`; `wanted` says in the refusal what it was wanted for."""
    message = chat.messages.get(arguments.whole("message_id"))
    if message is None:
        raise bad_request(f"{wanted} not found")
    return message


def check_reachable(chat: Chat) -> None:
    """Refuses to write to somebody who is gone, doesn't want it, or never wrote to the bot."""
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
