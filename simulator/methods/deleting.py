"""Messages that go (https://core.telegram.org/bots/api#deletemessage).

For two days a bot can delete both sides' messages in a private chat, and its own in a group. Refusals follow
tdlib/telegram-bot-api, Client.cpp, `process_delete_message_query`, `process_delete_messages_query` and
`get_message_ids`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from simulator.addressing import chat_of, message_of
from simulator.arguments import Arguments
from simulator.chats import Chat, Message
from simulator.errors import bad_request
from simulator.groups import Group, Status
from simulator.world import World

_DELETABLE_FOR: Final = 48 * 3600
_MOST_AT_ONCE: Final = 100
_NO_IDS: Final = "Message identifiers are not specified"


def delete_message(world: World, arguments: Arguments) -> bool:
    """Deletes one message."""
    if not arguments.text("chat_id"):
        raise bad_request("Chat identifier is not specified")
    if arguments.whole("message_id") == 0:
        raise bad_request("Message identifier is not specified")
    chat = chat_of(world, arguments)
    message = message_of(chat, arguments, "Message to delete")
    _check_deletable(world, chat, [message])
    world.chats.delete(chat, [message.id])
    return True


def delete_messages(world: World, arguments: Arguments) -> bool:
    """Deletes many messages; those that are not there are passed over."""
    message_ids = _message_ids(arguments)
    chat = chat_of(world, arguments)
    _check_deletable(world, chat, (chat.messages[one] for one in message_ids if one in chat.messages))
    world.chats.delete(chat, message_ids)
    return True


def _message_ids(arguments: Arguments) -> list[int]:
    if not arguments.text("message_ids"):
        raise bad_request(_NO_IDS)
    ids = arguments.json("message_ids", bad_request("Can't parse message_ids JSON object"))
    if not isinstance(ids, list):
        raise bad_request("Expected an Array of message identifiers")
    if not ids:
        raise bad_request(_NO_IDS)
    if len(ids) > _MOST_AT_ONCE:
        raise bad_request("Too many message identifiers specified")
    return [_message_id(one) for one in ids]


def _message_id(given: Any) -> int:
    if not isinstance(given, str | int | float):
        raise bad_request("Message identifier must be a Number")
    try:
        message_id = int(str(given))
    except ValueError:
        raise bad_request("Can't parse message identifier as Number") from None
    if message_id <= 0:
        raise bad_request("Invalid message identifier specified")
    return message_id


def _check_deletable(world: World, chat: Chat, messages: Iterable[Message]) -> None:
    oldest = world.clock() - _DELETABLE_FOR
    all_of_them = not isinstance(chat, Group) or chat.status is Status.ADMINISTRATOR
    if any(message.content["date"] < oldest or not (message.from_bot or all_of_them) for message in messages):
        raise bad_request("Message can't be deleted")
