"""The command menu (https://core.telegram.org/bots/api#setmycommands).

Refusals and their order follow tdlib/telegram-bot-api, Client.cpp, `process_set_my_commands_query`, tdlib/td,
BotCommand.cpp, `set_commands`, and https://github.com/tdlib/telegram-bot-api/issues/98.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from simulator.addressing import chat_of
from simulator.arguments import Arguments
from simulator.errors import bad_request
from simulator.fields import FieldError, required_text
from simulator.menus import Commands, Place
from simulator.world import World

_NAME: Final = re.compile(r"[a-z0-9_]+")
_LANGUAGE: Final = re.compile(r"[a-z]{2}|")
_USER_ID: Final = re.compile(r"0*[1-9][0-9]{0,17}")
_LONGEST_NAME: Final = 32
_LONGEST_DESCRIPTION: Final = 256
_MOST: Final = 100

_SCOPES: Final = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES: Final = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(world: World, arguments: Arguments) -> bool:
    """Sets the menu of a scope and language; without commands it is cleared."""
    given = arguments.json("commands", bad_request("Can't parse commands JSON object")) or []
    if not isinstance(given, list):
        raise bad_request("Expected an Array of BotCommand")
    commands = [_parsed(one) for one in given]
    place = _place(world, arguments)
    for name, description in commands:
        _check(name, description)
    if len(commands) > _MOST:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    if any(not _NAME.fullmatch(name) for name, _ in commands):
        raise bad_request("BOT_COMMAND_INVALID")
    _set(world, place, [{"command": name, "description": description} for name, description in commands])
    return True


def delete_my_commands(world: World, arguments: Arguments) -> bool:
    """Clears the menu of a scope and language."""
    _set(world, _place(world, arguments), ())
    return True


def get_my_commands(world: World, arguments: Arguments) -> Commands:
    """The menu set for exactly this scope and language."""
    return list(world.menus.at(_place(world, arguments)))


def _set(world: World, place: Place, commands: Sequence[dict[str, str]]) -> None:
    world.menus.set(place, commands)
    for chat in world.chats:
        shown = world.menus.shown_to(chat.person.id, chat.person.user()["language_code"])
        world.feeds.tell(chat.person.id, {"type": "commands", "commands": list(shown)})


def _parsed(given: Any) -> tuple[str, str]:
    try:
        return _read_command(given)
    except FieldError as problem:
        raise bad_request(f"Can't parse BotCommand: {problem}") from None


def _check(name: str, description: str) -> None:
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > _LONGEST_NAME:
        raise bad_request(f"Command length must not exceed {_LONGEST_NAME}")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > _LONGEST_DESCRIPTION:
        raise bad_request(f"Command description length must not exceed {_LONGEST_DESCRIPTION}")


def _read_command(given: Any) -> tuple[str, str]:
    """Name and description, as they are shown."""
    if not isinstance(given, dict):
        raise FieldError("expected an Object")
    name, description = required_text(given, "command"), required_text(given, "description")
    return name.strip().removeprefix("/"), description.strip()


def _place(world: World, arguments: Arguments) -> Place:
    language = arguments.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("Invalid language code specified")
    if not arguments.text("scope"):
        return Place(language=language)
    scope = arguments.json("scope", bad_request("Can't parse BotCommandScope JSON object"))
    try:
        kind, chat_id, user_id = _read_scope(scope)
    except FieldError as problem:
        raise bad_request(f"Can't parse BotCommandScope: {problem}") from None
    if chat_id:
        chat = chat_of(world, Arguments({"chat_id": chat_id}, {}))
        return Place(kind, chat.id, user_id, language)
    return Place(kind, language=language)


def _read_scope(scope: Any) -> tuple[str, str, int | None]:
    """The type, and the chat and user where the type needs them."""
    if not isinstance(scope, dict):
        raise FieldError("BotCommandScope must be an Object")
    kind = required_text(scope, "type")
    if kind in _SCOPES:
        return kind, "", None
    if kind not in _CHAT_SCOPES:
        raise FieldError("Unsupported type specified")
    chat_id = required_text(scope, "chat_id")
    if not chat_id:
        raise FieldError("Empty chat_id specified")
    return kind, chat_id, _user_id(scope) if kind == "chat_member" else None


def _user_id(scope: dict[str, Any]) -> int:
    user_id = required_text(scope, "user_id")
    if not _USER_ID.fullmatch(user_id):
        raise FieldError("Invalid user_id specified")
    return int(user_id)
