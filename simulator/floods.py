"""Telegram's limits for new messages.

Telegram publishes no exact numbers. These are those of python-telegram-bot's `telegram.constants.FloodLimit` and of
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 messages a second in all, one
a second in a private chat, where short bursts pass, and 20 a minute in a group.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from simulator.errors import too_many_requests

_PER_SECOND = 30
_CHAT_BURST = 5
_PER_MINUTE_IN_GROUP = 20


class _Bucket:
    """Tokens that come back at `rate` a second, up to `size`."""

    def __init__(self, size: float, rate: float, now: float) -> None:
        self._size = self._tokens = size
        self._rate = rate
        self._filled_at = now

    def wait(self, now: float) -> float:
        """Seconds until there is a token; 0 if there is one."""
        self._tokens = min(self._size, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
        return max(0.0, (1 - self._tokens) / self._rate)

    def take(self) -> None:
        self._tokens -= 1


class Floods:
    """Refuses messages that come too fast, once `strict` is set."""

    def __init__(self, clock: Callable[[], float], *, strict: bool) -> None:
        self.strict = strict
        self._clock = clock
        self._bot = _Bucket(_PER_SECOND, _PER_SECOND, clock())
        self._chats: dict[int, _Bucket] = {}

    def count(self, chat_id: int) -> None:
        """Counts one new message, or refuses it with 429; a refused one doesn't count."""
        if not self.strict:
            return
        now = self._clock()
        size, rate = (_CHAT_BURST, 1.0) if chat_id > 0 else (_PER_MINUTE_IN_GROUP, _PER_MINUTE_IN_GROUP / 60)
        chat = self._chats.setdefault(chat_id, _Bucket(size, rate, now))
        if wait := max(chat.wait(now), self._bot.wait(now)):
            raise too_many_requests(max(1, math.ceil(wait)))
        chat.take()
        self._bot.take()
