"""The budget of new messages: Telegram takes only so many a second, so each waits for its turn before it leaves."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from bot.outgoing import Outgoing
from bot.priority import Priority
from bot.send_queue import CHAT_BURST, SendQueue

MESSAGES_PER_SECOND = 30
"""What Telegram lets a bot send (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

_SEVERAL_CHATS = 3
_TOGETHER = 2.0
"""Sends to so many chats refused within so many seconds mean that the bot as a whole is too fast."""


class Handle(Protocol):
    """A call to come that can be taken back."""

    def cancel(self) -> None:
        """It won't be made."""


class Time(Protocol):
    """The part of an event loop that knows the time."""

    def time(self) -> float:
        """Seconds since some moment."""

    def call_at(self, when: float, callback: Callable[[], object]) -> Handle:
        """Calls back at that time."""


class Budget:
    """Shared by everything that one process sends. See `SendQueue` for the order and the limits.

    `time` is the running event loop where none is given. A larger `chat_burst` is for a Telegram without limits, whose
    few lifters do the work of many.
    """

    def __init__(
        self, per_second: int = MESSAGES_PER_SECOND, time: Time | None = None, *, chat_burst: int = CHAT_BURST
    ) -> None:
        self._queue = SendQueue(per_second, chat_burst)
        self._given_time = time
        self._asleep: dict[int, asyncio.Future[None]] = {}
        self._alarm: Handle | None = None
        self._refused: deque[tuple[float, str]] = deque()

    def share(self, replicas: int) -> None:
        """So many processes that run now divide the overall rate among themselves.

        A chat's own limit isn't divided: one process at a time handles a lifter.
        """
        self._queue.share(replicas)
        if self._asleep:
            self._go_on()

    @property
    def waiting(self) -> int:
        """How many calls wait for permission."""
        return len(self._asleep)

    @property
    def room(self) -> int:
        """How many more messages could leave in a moment. What can wait elsewhere had better not wait here."""
        return self._queue.room(self._time.time())

    def hurry(self, lifter_id: int) -> None:
        """What waits for this lifter goes out as an answer: they have done something, which waits behind it."""
        if self._asleep:
            self._queue.hurry(str(lifter_id))

    async def permission(self, outgoing: Outgoing, priority: Priority) -> None:
        """Returns when the messages may leave, and counts them; at once if the call makes none.

        Cancelled, it gives its place up.
        """
        if not outgoing.messages:
            return
        waiter = self._queue.join(outgoing, priority)
        future = self._asleep[waiter.number] = asyncio.get_running_loop().create_future()
        self._go_on()
        try:
            await future
        finally:
            if self._asleep.pop(waiter.number, None) is not None:
                self._queue.leave(waiter)
                self._go_on()

    def held_for(self, outgoing: Outgoing) -> float:
        """Seconds that Telegram wants nothing for the call's chat; 0 if it may have something."""
        if outgoing.chat is None:
            return 0.0
        return max(0.0, self._queue.held_until(outgoing.chat) - self._time.time())

    def told_to_wait(self, outgoing: Outgoing, seconds: float) -> None:
        """Telegram has refused the call for coming too soon. This holds its chat up, and all new messages if it
        has refused them for several chats at about the same time.
        """
        if outgoing.chat is None:
            return
        now = self._time.time()
        self._queue.hold(outgoing.chat, now, now + seconds)
        if outgoing.messages:
            self._refused.append((now, outgoing.chat))
            while self._refused[0][0] < now - _TOGETHER:
                self._refused.popleft()
            if len({chat for _, chat in self._refused}) >= _SEVERAL_CHATS:
                self._queue.pause(now + seconds)

    @property
    def _time(self) -> Time:
        return self._given_time or asyncio.get_running_loop()

    def _go_on(self) -> None:
        """Wakes those who may go, and sets the alarm for the next."""
        for waiter in self._queue.let_go(self._time.time()):
            future = self._asleep.pop(waiter.number)
            if not future.done():
                future.set_result(None)
        if self._alarm is not None:
            self._alarm.cancel()
        next_at = self._queue.next_at()
        self._alarm = None if next_at is None else self._time.call_at(next_at, self._go_on)
