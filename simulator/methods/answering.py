"""Answers to pressed buttons (https://core.telegram.org/bots/api#answercallbackquery)."""

from __future__ import annotations

from typing import Final

from simulator.arguments import Arguments
from simulator.errors import bad_request
from simulator.world import World

_LONGEST: Final = 200
"""https://github.com/eternnoir/pyTelegramBotAPI/issues/500"""


def answer_callback_query(world: World, arguments: Arguments) -> bool:
    """Ends the waiting on the phone, and shows a text there if there is one."""
    text = arguments.text("text")
    if len(text) > _LONGEST:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = arguments.text("callback_query_id")
    user_id = world.queries.answer(query_id)
    shown = {"text": text, "show_alert": arguments.flag("show_alert")}
    world.feeds.tell(user_id, {"type": "answer", "query_id": query_id, **shown})
    return True
