"""The bot about itself, and its updates (https://core.telegram.org/bots/api#getting-updates)."""

from __future__ import annotations

from typing import Any, Final

from simulator.arguments import Arguments
from simulator.errors import WEBHOOK_ACTIVE, conflict
from simulator.kinds import asked_for
from simulator.world import World

_MOST_UPDATES: Final = 100
_LONGEST_POLL: Final = 50


def get_me(world: World, _arguments: Arguments) -> dict[str, Any]:
    """The bot's User."""
    return world.bot


async def get_updates(world: World, arguments: Arguments) -> list[dict[str, Any]]:
    """The next updates, after a while if there are none."""
    if world.webhook.target is not None:
        raise conflict(WEBHOOK_ACTIVE)
    kinds = asked_for(arguments.text("allowed_updates"))
    if kinds is not None:
        world.updates.allow(kinds)
    limit = min(max(arguments.whole("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
    timeout = min(max(arguments.whole("timeout"), 0), _LONGEST_POLL)
    return await world.updates.fetch(arguments.whole("offset"), limit, timeout)
