"""What this process last showed in the chats, so that it asks for no change where there is none.

It spares calls that Telegram would refuse, and nothing depends on it: a process that knows nothing yet asks, and hears
that the message shows that already, or is gone. What another replica may have changed meanwhile is not known either.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from handlers.charts.chart import Chart
from handlers.screen import Screen
from storage.at_hand import UpdateAtHand

_MOST_CHATS = 500
_MOST_MESSAGES = 64
"""In one chat."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A message that is there. `what` is a number for all that it shows; None: that isn't known."""

    what: int | None
    has_buttons: bool
    is_picture: bool


_UNKNOWN = _Shown(None, has_buttons=True, is_picture=False)


@dataclass(frozen=True, slots=True)
class _Chat:
    """`since` is the epoch of the lane from which on all that was shown there is known."""

    since: int
    messages: dict[int, _Shown | None] = field(default_factory=dict)
    """None for one that is gone. Those changed last stand last."""


class LastShown:
    """What is known of every chat's newest messages, as far as the update at hand may rely on it."""

    def __init__(self) -> None:
        self._chats: OrderedDict[int, _Chat] = OrderedDict()

    def is_gone(self, hand: UpdateAtHand, message_id: int) -> bool:
        """Whether the message was removed from the chat."""
        return self._messages(hand).get(message_id, _UNKNOWN) is None

    def is_without_buttons(self, hand: UpdateAtHand, message_id: int) -> bool:
        """Whether the message has no buttons, or is gone."""
        known = self._messages(hand).get(message_id, _UNKNOWN)
        return known is None or not known.has_buttons

    def is_picture(self, hand: UpdateAtHand, message_id: int) -> bool:
        """Whether the message is a picture, which can't become a text."""
        known = self._messages(hand).get(message_id, _UNKNOWN)
        return known is not None and known.is_picture

    def shows(self, hand: UpdateAtHand, message_id: int, screen: Screen, chart: Chart | None = None) -> bool:
        """Whether the message shows exactly this, with this chart above it if there is one."""
        known = self._messages(hand).get(message_id)
        return known is not None and known.what == _number(screen, chart)

    def showed(self, hand: UpdateAtHand, message_id: int, screen: Screen, chart: Chart | None = None) -> None:
        """The message shows this from now on."""
        shown = _Shown(_number(screen, chart), has_buttons=bool(screen.rows), is_picture=chart is not None)
        self._keep(hand, message_id, shown)

    def bared(self, hand: UpdateAtHand, message_id: int) -> None:
        """The message has no buttons any more."""
        is_picture = self.is_picture(hand, message_id)
        self._keep(hand, message_id, _Shown(None, has_buttons=False, is_picture=is_picture))

    def removed(self, hand: UpdateAtHand, message_ids: Iterable[int]) -> None:
        """The messages are not in the chat any more."""
        for message_id in message_ids:
            self._keep(hand, message_id, None)

    def forget(self, hand: UpdateAtHand, message_id: int) -> None:
        """Something is about to be changed there, and it may remain unknown whether it was."""
        self._messages(hand).pop(message_id, None)

    def forget_chat(self, hand: UpdateAtHand) -> None:
        """Nothing is known of this chat any more."""
        self._chats.pop(hand.user_id, None)

    def _keep(self, hand: UpdateAtHand, message_id: int, shown: _Shown | None) -> None:
        messages = self._messages(hand)
        messages.pop(message_id, None)
        messages[message_id] = shown
        if len(messages) > _MOST_MESSAGES:
            del messages[next(iter(messages))]

    def _messages(self, hand: UpdateAtHand) -> dict[int, _Shown | None]:
        chat = self._chats.get(hand.user_id)
        if chat is None or not hand.alone_since or chat.since != hand.alone_since:
            chat = self._chats[hand.user_id] = _Chat(hand.alone_since)
        self._chats.move_to_end(hand.user_id)
        if len(self._chats) > _MOST_CHATS:
            self._chats.popitem(last=False)
        return chat.messages


def _number(screen: Screen, chart: Chart | None) -> int:
    return hash((screen.text, tuple(map(tuple, screen.rows)), chart))
