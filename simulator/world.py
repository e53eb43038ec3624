"""Everything the simulated Telegram knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simulator.chats import Chats
from simulator.feeds import Feeds
from simulator.files import Files
from simulator.floods import Floods
from simulator.inline import InlineMode
from simulator.menus import CommandMenus
from simulator.queries import Queries
from simulator.updates import UpdateQueue
from simulator.webhook import Webhook

BOT_NAME: Final = "Simulated bot"


class World:
    """The bot, the chats and what lies between them. `clock` gives seconds since 1970."""

    def __init__(  # noqa: PLR0913 -- all by name
        self,
        bot_id: int,
        clock: Callable[[], float],
        *,
        strict_floods: bool,
        answer_window: float,
        repeat_pause: float,
        redelivery_pause: float,
    ) -> None:
        self.bot_user: dict[str, Any] = {
            "id": bot_id,
            "is_bot": True,
            "first_name": BOT_NAME,
            "username": "simulated_bot",
        }
        self.bot: dict[str, Any] = {
            **self.bot_user,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }
        self.clock = clock
        self.feeds = Feeds()
        self.chats = Chats(self.bot_user, clock, self.feeds)
        self.files = Files()
        self.menus = CommandMenus()
        self.queries = Queries(clock, answer_window, 4_000_000_001)
        self.inline = InlineMode(clock, answer_window)
        self.updates = UpdateQueue(clock, repeat_pause=repeat_pause)
        self.webhook = Webhook(self.updates, clock, pause=redelivery_pause)
        self.floods = Floods(clock, strict=strict_floods)

    async def close(self) -> None:
        """Ends everything that waits for something to happen."""
        self.feeds.close()
        self.updates.close()
        await self.webhook.close()
