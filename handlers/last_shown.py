"""What this process last showed in the chats, so that it asks for no change where there is none.

It spares calls that Telegram would refuse, and nothing depends on it: a process that knows nothing yet asks, and hears
that the message shows that already, or is gone. What another replica may have changed meanwhile is not known either.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from handlers.screen import Screen
from storage.at_hand import UpdateAtHand

_MOST_CHATS = 2_000
_MOST_MESSAGES = 64
"""In one chat."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A message: a number for what it shows, if that is known, and whether it has buttons."""

    shows: int | None
    has_buttons: bool
    is_gone: bool = False


_WITHOUT_BUTTONS = _Known(None, has_buttons=False)
_GONE = _Known(None, has_buttons=False, is_gone=True)


@dataclass(frozen=True, slots=True)
class _Chat:
    """`since` is the epoch of the lane from which on all that was shown there is known."""

    since: int
    messages: OrderedDict[int, _Known] = field(default_factory=OrderedDict)


class LastShown:
    """What is known of every chat's newest messages, as far as the update at hand may rely on it."""

    def __init__(self) -> None:
        self._chats: OrderedDict[int, _Chat] = OrderedDict()

    def is_gone(self, hand: UpdateAtHand, message_id: int) -> bool:
        """Whether the message was removed from the chat."""
        known = self._messages(hand).get(message_id)
        return known is not None and known.is_gone

    def is_without_buttons(self, hand: UpdateAtHand, message_id: int) -> bool:
        """Whether the message has no buttons, or is gone."""
        known = self._messages(hand).get(message_id)
        return known is not None and not known.has_buttons

    def shows(self, hand: UpdateAtHand, message_id: int, screen: Screen) -> bool:
        """Whether the message shows exactly this."""
        known = self._messages(hand).get(message_id)
        return known is not None and known.shows == _number(screen)

    def showed(self, hand: UpdateAtHand, message_id: int, screen: Screen) -> None:
        """The message shows this from now on."""
        self._keep(hand, message_id, _Known(_number(screen), bool(screen.rows)))

    def bared(self, hand: UpdateAtHand, message_id: int) -> None:
        """The message has no buttons any more."""
        self._keep(hand, message_id, _WITHOUT_BUTTONS)

    def removed(self, hand: UpdateAtHand, message_ids: Iterable[int]) -> None:
        """The messages are not in the chat any more."""
        for message_id in message_ids:
            self._keep(hand, message_id, _GONE)

    def forget(self, hand: UpdateAtHand, message_id: int) -> None:
        """Something is about to be changed there, and it may remain unknown whether it was."""
        self._messages(hand).pop(message_id, None)

    def _keep(self, hand: UpdateAtHand, message_id: int, known: _Known) -> None:
        messages = self._messages(hand)
        messages[message_id] = known
        messages.move_to_end(message_id)
        if len(messages) > _MOST_MESSAGES:
            messages.popitem(last=False)

    def _messages(self, hand: UpdateAtHand) -> OrderedDict[int, _Known]:
        chat = self._chats.get(hand.user_id)
        if chat is None or not hand.alone_since or chat.since != hand.alone_since:
            chat = self._chats[hand.user_id] = _Chat(hand.alone_since)
        self._chats.move_to_end(hand.user_id)
        if len(self._chats) > _MOST_CHATS:
            self._chats.popitem(last=False)
        return chat.messages


def _number(screen: Screen) -> int:
    return hash((screen.text, screen.keyboard))
