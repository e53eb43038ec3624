"""Who of those that want to send may go next. Pure: it is told the time, and neither sleeps nor wakes anybody."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from bot.outgoing import Outgoing, is_group
from bot.paces import Bucket, Pace, Window
from bot.priority import Priority

_JITTER = 0.05
"""Seconds that each limit is stretched by: a call may take that much longer to arrive than a later one."""

_SECOND = 1.0 + _JITTER
CHAT_BURST = 5
"""How many messages a private chat takes at once."""

_GROUP_COUNT, _GROUP_SECONDS = 20, 60.0 + _JITTER

_A_MOMENT = 0.3
"""Seconds."""

_CHATS_REMEMBERED = 1000
"""From so many chats on, those that could send a whole burst again are forgotten."""


@dataclass(slots=True, order=True)
class Waiter:
    """Somebody who wants to send; the smaller goes first."""

    priority: Priority
    number: int
    outgoing: Outgoing = field(compare=False)
    waits: bool = field(default=True, compare=False)
    """False once they may go, or don't want to any more."""


@dataclass(slots=True)
class _Chat:
    pace: Pace
    held_until: float = float("-inf")
    parked: list[Waiter] = field(default_factory=list)
    """A heap of those who wait for this chat alone."""
    called_at: float | None = None
    """When the first of them is put among the ready again."""

    def free_at(self, messages: int) -> float:
        return max(self.held_until, self.pace.free_at(messages))

    def first_parked(self) -> Waiter | None:
        while self.parked and not self.parked[0].waits:
            heappop(self.parked)
        return self.parked[0] if self.parked else None


class SendQueue:
    """Lets messages go: the higher priority first, within one the older, and none that only its own chat holds up
    keeps others waiting.

    At most `per_second` go in any second; in a private chat a burst and then one a second; in a group 20 a minute. One
    call with several messages counts as so many, and goes as soon as as many could go as ever can.
    """

    def __init__(self, per_second: int, chat_burst: int = CHAT_BURST) -> None:
        self._per_second = per_second
        self._chat_burst = chat_burst
        self._overall = Window(per_second, _SECOND)
        self._paused_until = float("-inf")
        self._numbers = itertools.count()
        self._ready: list[Waiter] = []
        self._calls: list[tuple[float, str]] = []
        self._chats: dict[str, _Chat] = {}
        self._forget_from = _CHATS_REMEMBERED

    def share(self, replicas: int) -> None:
        """From now on so many senders share the overall rate, all alike."""
        count = self._per_second // replicas
        self._overall.count = max(1, count)
        self._overall.seconds = _SECOND if count else _SECOND * replicas / self._per_second

    def join(self, outgoing: Outgoing, priority: Priority) -> Waiter:
        """Queues up. The waiter may be among the next that `let_go` returns."""
        waiter = Waiter(priority, next(self._numbers), outgoing)
        heappush(self._ready, waiter)
        return waiter

    def leave(self, waiter: Waiter) -> None:
        """Gives the place up; nothing if the waiter has gone already."""
        waiter.waits = False

    def hurry(self, chat: str) -> None:
        """What waits for this chat has become an answer."""
        parked = self._chats[chat].parked if chat in self._chats else []
        own = [waiter for waiter in (*self._ready, *parked) if waiter.outgoing.chat == chat]
        for waiter in own:
            waiter.priority = Priority.ANSWER
        if own:
            heapify(self._ready)
            heapify(parked)

    def let_go(self, now: float) -> list[Waiter]:
        """Those who may go now, in this order; they count as gone."""
        going = []
        while (waiter := self._first(now)) is not None and self._free_at(waiter) <= now:
            heappop(self._ready)
            waiter.waits = False
            self._overall.take(now, waiter.outgoing.messages)
            if (key := waiter.outgoing.chat) is not None:
                self._chat(key, now).pace.take(now, waiter.outgoing.messages)
                self._call(key)
            going.append(waiter)
        return going

    def next_at(self) -> float | None:
        """When to ask again, straight after `let_go`; None if nobody waits."""
        times = [at for at, _ in self._calls[:1]] + [self._free_at(waiter) for waiter in self._ready[:1]]
        return min(times, default=None)

    def room(self, now: float) -> int:
        """How many more messages could leave within `_A_MOMENT`, behind all that doesn't wait for reminders itself.

        Who only their own chat holds up doesn't count.
        """
        if self._paused_until > now:
            return 0
        before = (waiter for waiter in self._ready if waiter.waits and waiter.priority <= Priority.REMINDER)
        queued = sum(waiter.outgoing.messages for waiter in before)
        return max(0, math.ceil(_A_MOMENT * self._overall.count / self._overall.seconds) - queued)

    def hold(self, chat: str, now: float, until: float) -> None:
        """Nothing goes to this chat before then."""
        held = self._chat(chat, now)
        held.held_until = max(held.held_until, until)

    def held_until(self, chat: str) -> float:
        """Until when nothing may go to this chat; long past if it may."""
        held = self._chats.get(chat)
        return float("-inf") if held is None else held.held_until

    def pause(self, until: float) -> None:
        """Nothing goes to anybody before then."""
        self._paused_until = max(self._paused_until, until)

    def _first(self, now: float) -> Waiter | None:
        """The first of those whose chat has room; it stands at the top of the ready."""
        while True:
            self._answer_calls(now)
            if not self._ready:
                return None
            waiter = self._ready[0]
            if waiter.waits and self._has_room(waiter, now):
                return waiter
            heappop(self._ready)
            if (key := waiter.outgoing.chat) is not None:
                if waiter.waits:
                    heappush(self._chats[key].parked, waiter)
                self._call(key)

    def _has_room(self, waiter: Waiter, now: float) -> bool:
        """Whether the chat lets the waiter go, and nobody who waits for the chat comes first."""
        if waiter.outgoing.chat is None:
            return True
        chat = self._chat(waiter.outgoing.chat, now)
        before = chat.first_parked()
        return (before is None or waiter < before) and chat.free_at(waiter.outgoing.messages) <= now

    def _free_at(self, waiter: Waiter) -> float:
        return max(self._paused_until, self._overall.free_at(waiter.outgoing.messages))

    def _call(self, key: str) -> None:
        """Sees to it that the first who waits for this chat is called when it has room."""
        chat = self._chats.get(key)
        if chat is not None and chat.called_at is None and (first := chat.first_parked()) is not None:
            chat.called_at = chat.free_at(first.outgoing.messages)
            heappush(self._calls, (chat.called_at, key))

    def _answer_calls(self, now: float) -> None:
        while self._calls and self._calls[0][0] <= now:
            _, key = heappop(self._calls)
            chat = self._chats[key]
            chat.called_at = None
            if chat.first_parked() is not None:
                heappush(self._ready, heappop(chat.parked))

    def _chat(self, key: str, now: float) -> _Chat:
        if (chat := self._chats.get(key)) is None:
            self._forget_idle(now)
            pace = Window(_GROUP_COUNT, _GROUP_SECONDS) if is_group(key) else Bucket(self._chat_burst, _SECOND)
            chat = self._chats[key] = _Chat(pace)
        return chat

    def _forget_idle(self, now: float) -> None:
        if len(self._chats) < self._forget_from:
            return
        self._chats = {
            key: chat
            for key, chat in self._chats.items()
            if chat.parked or chat.called_at is not None or max(chat.held_until, chat.pace.idle_at()) > now
        }
        self._forget_from = max(_CHATS_REMEMBERED, 2 * len(self._chats))
