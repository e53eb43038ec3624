"""Which chat and which message a call is about.

After tdlib/telegram-bot-api, Client.cpp, `check_chat` and `check_message`.
"""

from __future__ import annotations

from simulator.arguments import Arguments
from simulator.chats import Chat, Message, PrivateChat
from simulator.errors import bad_request, forbidden
from simulator.groups import Group
from simulator.world import World


def chat_of(world: World, arguments: Arguments) -> Chat:
    """The chat of `chat_id`. Channels don't exist here."""
    if not arguments.text("chat_id"):
        raise bad_request("Chat_id is empty")
    chat = world.chats.find(arguments.whole("chat_id"))
    if chat is None:
        raise bad_request("Chat not found")
    if isinstance(chat, Group) and (refusal := chat.refusal()) is not None:
        raise refusal
    return chat


def message_of(chat: Chat, arguments: Arguments, wanted: str) -> Message:
    """The message of `message_id`; `wanted` says in the refusal what it was wanted for."""
    message = chat.messages.get(arguments.whole("message_id"))
    if message is None:
        raise bad_request(f"{wanted} not found")
    return message


def check_reachable(chat: Chat) -> None:
    """Refuses to write where that isn't allowed, or to somebody who is gone or never wrote to the bot."""
    if isinstance(chat, Group) and (refusal := chat.refusal_to_write()) is not None:
        raise refusal
    if not isinstance(chat, PrivateChat):
        return
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
