"""The bot's command menus, one for each scope and language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Commands = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Place:
    """Where a menu is shown: Telegram's BotCommandScope and a language, empty for every language."""

    scope: str = "default"
    chat_id: int | None = None
    user_id: int | None = None
    language: str = ""


class CommandMenus:
    """The menus as they are set."""

    def __init__(self) -> None:
        self._menus: dict[Place, Commands] = {}

    def set(self, place: Place, commands: Commands) -> None:
        """Sets one menu; an empty one is as if it had never been set."""
        if commands:
            self._menus[place] = commands
        else:
            self._menus.pop(place, None)

    def at(self, place: Place) -> Commands:
        """The menu set for exactly this place, empty if there is none."""
        return self._menus.get(place, ())

    def shown_to(self, user_id: int, language: str) -> Commands:
        """What a person sees: the narrowest scope wins, and in it the menu of their language.

        The order is that of https://core.telegram.org/bots/api#determining-list-of-commands for private chats.
        """
        for scope, chat_id in (("chat", user_id), ("all_private_chats", None), ("default", None)):
            for spoken in (language, ""):
                if menu := self._menus.get(Place(scope, chat_id, language=spoken)):
                    return menu
        return ()
