"""Which of Telegram's refusals are to be expected: none, but for what the bot can't know right after a restart."""

from __future__ import annotations

from simulator.calls import Call
from simulator.server import Simulator

_EDITS = frozenset({"editMessageMedia", "editMessageText", "editMessageReplyMarkup"})
_AFTER_A_RESTART = (
    "Bad Request: query is too old",
    "Bad Request: message is not modified",
    "Bad Request: message to edit not found",
    "Bad Request: message to delete not found",
    "Bad Request: there is no text in the message to edit",
)


class Refusals:
    """What the bot has touched since it was started last."""

    def __init__(self, telegram: Simulator) -> None:
        self._telegram = telegram
        self._newest_before = 0
        self._touched: set[int] = set()

    def restarted(self) -> None:
        """From now on the bot knows of no message what it shows, or whether it is there."""
        self._newest_before = max(
            (
                message["message_id"]
                for one in self._telegram.people.everyone()
                for message in self._telegram.people.chat(one.id)
            ),
            default=0,
        )
        self._touched.clear()

    def allows(self, call: Call) -> bool:
        """Whether the call was accepted, or may have been refused: the first time that a message older than the
        restart is touched after it.
        """
        message_id = int(call.arguments.get("message_id", 0))
        is_first = call.method in _EDITS and message_id <= self._newest_before and message_id not in self._touched
        self._touched.add(message_id)
        return not call.refused or (is_first and (call.description or "").startswith(_AFTER_A_RESTART))
