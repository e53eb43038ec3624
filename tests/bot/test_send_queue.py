"""Who may send when. The properties are checked against a plain account of what went when, kept beside the queue."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outgoing import Outgoing
from bot.priority import Priority
from bot.send_queue import SendQueue, Waiter

ANN, BEN, GROUP = "1", "2", "-3"
ANSWER, REMINDER, ANNOUNCEMENT = Priority
EPSILON = 1e-6


def one(chat: str | None = ANN) -> Outgoing:
    return Outgoing(chat, 1)


def chats(went: list[Waiter]) -> list[str | None]:
    return [waiter.outgoing.chat for waiter in went]


def test_a_message_goes_at_once_where_nobody_else_does() -> None:
    queue = SendQueue(30)
    waiter = queue.join(one(), ANSWER)
    assert queue.let_go(0) == [waiter]
    assert queue.next_at() is None


def test_a_private_chat_takes_a_burst_of_five_and_then_one_a_second() -> None:
    queue = SendQueue(30)
    for _ in range(8):
        queue.join(one(), ANSWER)
    assert [len(queue.let_go(second)) for second in (0, 0.9, 1.1, 2.0, 2.2)] == [5, 0, 1, 0, 1]


def test_a_private_chat_that_was_left_alone_takes_a_burst_again() -> None:
    queue = SendQueue(30)
    for now in (0, 6):
        for _ in range(5):
            queue.join(one(), ANSWER)
        assert len(queue.let_go(now)) == 5


def test_there_is_room_for_what_could_leave_in_a_moment_behind_those_who_wait() -> None:
    queue = SendQueue(30)
    assert queue.room(0) == 9
    queue.let_go(0)
    for chat in range(35):
        queue.join(one(str(chat)), REMINDER)
    assert queue.room(0) == 0
    queue.let_go(0)
    assert queue.room(0) == 4
    for _ in range(20):
        queue.join(one("held"), ANSWER)
    queue.hold("held", 1.1, 100)
    queue.let_go(1.1)
    assert queue.room(1.1) == 9
    queue.share(3)
    assert queue.room(1.1) == 3
    queue.pause(5)
    assert (queue.room(4.9), queue.room(5)) == (0, 3)


def test_what_goes_behind_reminders_takes_no_room_from_them() -> None:
    queue = SendQueue(30)
    for chat in range(60):
        queue.join(one(str(chat)), ANNOUNCEMENT)
    assert queue.room(0) == 9


def test_a_group_takes_twenty_a_minute() -> None:
    queue = SendQueue(30)
    for _ in range(25):
        queue.join(one(GROUP), ANSWER)
    assert [len(queue.let_go(second)) for second in (0, 59, 61)] == [20, 0, 5]


def test_all_chats_together_take_thirty_a_second() -> None:
    queue = SendQueue(30)
    for chat in range(70):
        queue.join(one(str(chat)), ANSWER)
    assert [len(queue.let_go(second)) for second in (0, 0.99, 1.1, 2.2)] == [30, 0, 30, 10]


def test_answers_go_before_reminders_and_these_before_announcements_and_the_older_first() -> None:
    queue = SendQueue(2)
    asked = (ANNOUNCEMENT, REMINDER, ANSWER, REMINDER, ANSWER, ANNOUNCEMENT)
    waiting = [queue.join(one(str(number)), priority) for number, priority in enumerate(asked)]
    went = [waiter for second in range(0, 30, 2) for waiter in queue.let_go(second)]
    assert [waiting.index(waiter) for waiter in went] == [2, 4, 1, 3, 0, 5]


def test_in_one_chat_too_the_higher_priority_goes_first() -> None:
    queue = SendQueue(30)
    for _ in range(5):
        queue.join(one(), ANSWER)
    queue.let_go(0)
    queue.join(one(), ANNOUNCEMENT)
    assert queue.let_go(0.5) == []
    answer = queue.join(one(), ANSWER)
    assert queue.let_go(1.1) == [answer]


def test_a_chat_that_waits_for_its_own_limit_blocks_no_other() -> None:
    queue = SendQueue(30)
    for _ in range(20):
        queue.join(one(ANN), ANSWER)
    queue.join(one(BEN), ANNOUNCEMENT)
    assert chats(queue.let_go(0)) == [ANN] * 5 + [BEN]


def test_a_chat_that_was_told_to_wait_waits_and_blocks_no_other() -> None:
    queue = SendQueue(30)
    queue.hold(ANN, 0, until=10)
    queue.hold(ANN, 0, until=5)  # of two words the longer holds
    queue.join(one(ANN), ANSWER)
    queue.join(one(BEN), ANNOUNCEMENT)
    assert [chats(queue.let_go(second)) for second in (0, 9.9, 10)] == [[BEN], [], [ANN]]


def test_while_everything_is_paused_nothing_goes() -> None:
    queue = SendQueue(30)
    queue.pause(10)
    queue.pause(5)  # of two words the longer holds
    queue.join(one(), ANSWER)
    queue.join(one(None), ANSWER)
    assert [len(queue.let_go(second)) for second in (0, 9.9, 10)] == [0, 0, 2]


def test_a_place_that_is_given_up_is_the_next_ones() -> None:
    queue = SendQueue(1)
    queue.join(one("0"), ANSWER)
    queue.let_go(0)
    first, second = queue.join(one("1"), ANSWER), queue.join(one("2"), ANSWER)
    queue.leave(first)
    assert queue.let_go(2) == [second]
    assert queue.let_go(4) == []


def test_a_place_that_is_given_up_while_its_chat_waits_is_the_next_ones_too() -> None:
    queue = SendQueue(30)
    queue.hold(ANN, 0, until=10)
    waiting = [queue.join(one(), ANSWER) for _ in range(4)]
    queue.let_go(0)
    for waiter in waiting[:3]:
        queue.leave(waiter)
    assert queue.next_at() == 10
    assert queue.let_go(10) == waiting[3:]


@pytest.mark.parametrize("own_limit", [False, True])
def test_what_waits_for_a_chat_that_is_in_a_hurry_goes_as_an_answer(own_limit: bool) -> None:
    queue = SendQueue(1)
    for chat in range(10, 14):
        queue.join(one(str(chat)), REMINDER)
    queue.let_go(0)
    if own_limit:
        queue.hold(ANN, 0, until=2)
    queue.join(one(BEN), REMINDER)
    anns = queue.join(one(ANN), ANNOUNCEMENT)
    queue.let_go(0.5)
    queue.hurry(ANN)
    queue.hurry("nobody's")
    assert queue.let_go(2) == [anns]
    assert chats([waiter for second in range(4, 20, 2) for waiter in queue.let_go(second)]) == ["11", "12", "13", BEN]


def test_several_messages_in_one_call_count_as_so_many() -> None:
    queue = SendQueue(30)
    queue.join(Outgoing(ANN, 4), ANSWER)
    queue.join(Outgoing(ANN, 4), ANSWER)
    assert [len(queue.let_go(second)) for second in (0, 3, 3.2)] == [1, 0, 1]


def test_more_messages_in_one_call_than_a_burst_go_when_the_burst_is_back() -> None:
    queue = SendQueue(30)
    queue.join(one(), ANSWER)
    queue.join(Outgoing(ANN, 10), ANSWER)
    queue.join(one(), ANSWER)
    assert [len(queue.let_go(second)) for second in (0, 1, 1.1, 6, 8)] == [1, 0, 1, 0, 1]


def test_small_messages_do_not_overtake_a_large_one_in_their_chat() -> None:
    queue = SendQueue(30)
    for _ in range(5):
        queue.join(one(), ANSWER)
    queue.let_go(0)
    large = queue.join(Outgoing(ANN, 5), ANSWER)
    went: list[Waiter] = []
    for tenth in range(60):
        queue.join(one(), ANSWER)
        went += queue.let_go(tenth / 10)
    assert went[0] is large


def test_replicas_share_the_overall_rate() -> None:
    queue = SendQueue(30)
    queue.share(4)
    for chat in range(200):
        queue.join(one(str(chat)), ANSWER)
    assert [len(queue.let_go(second)) for second in (0, 1.1)] == [7, 7]
    queue.share(1)
    assert len(queue.let_go(2.2)) == 30
    queue.share(60)  # one every two seconds
    assert [len(queue.let_go(second)) for second in (3, 4, 5, 7, 8)] == [0, 0, 1, 0, 1]


def test_chats_that_are_long_quiet_are_forgotten() -> None:
    queue = SendQueue(1_000_000)
    for chat in range(50_000):
        queue.join(one(str(chat)), ANSWER)
        queue.let_go(chat * 0.1)
    assert len(queue._chats) <= 1000  # noqa: SLF001 -- memory is all that forgetting changes


def test_chats_that_are_not_quiet_are_remembered_among_however_many() -> None:
    queue = SendQueue(1_000_000)
    for _ in range(20):
        queue.join(one(GROUP), ANSWER)
    queue.let_go(0)
    queue.hold(ANN, 0, until=50)
    for chat in range(10, 5000):
        queue.join(one(str(chat)), ANSWER)
        queue.let_go(chat / 1000)
    queue.join(one(GROUP), ANSWER)
    assert queue.held_until(ANN) == 50
    assert [len(queue.let_go(second)) for second in (10, 59, 61)] == [0, 0, 1]


def test_more_messages_in_one_call_than_go_in_a_second_go_when_none_has_gone_for_one() -> None:
    queue = SendQueue(2)
    queue.join(one(), ANSWER)
    queue.join(Outgoing(None, 5), ANSWER)
    assert [len(queue.let_go(second)) for second in (0, 1, 1.1)] == [1, 0, 1]


@dataclass
class Account:
    """What went when, beside the queue."""

    per_second: int
    queue: SendQueue = field(init=False)
    now: float = 0.0
    waiting: list[Waiter] = field(default_factory=list)
    went: list[tuple[float, Waiter]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.queue = SendQueue(self.per_second)

    def joins(self, chat: str | None, priority: Priority) -> None:
        self.waiting.append(self.queue.join(one(chat), priority))
        self.lets_go()

    def leaves(self, number: int) -> None:
        if self.waiting:
            self.queue.leave(self.waiting.pop(number % len(self.waiting)))
            self.lets_go()

    def hurries(self, chat: str) -> None:
        self.queue.hurry(chat)

    def passes(self, seconds: float) -> None:
        """Moves on as the budget does: to each moment that the queue asks for."""
        until = self.now + seconds
        while (at := self.queue.next_at()) is not None and at <= until:
            assert at >= self.now
            self.now = at
            self.lets_go()
        self.now = until

    def lets_go(self) -> None:
        for waiter in self.queue.let_go(self.now):
            expected = min(filter(self._chat_is_free, self.waiting))
            assert waiter is expected  # the higher priority first, within one the older
            self.waiting.remove(waiter)
            self.went.append((self.now, waiter))
        overall = [at for at, _ in self.went if at > self.now - 1.05 + EPSILON]
        if len(overall) < self.per_second:  # nobody waits who could go
            assert not any(map(self._chat_is_free, self.waiting))

    def _chat_is_free(self, waiter: Waiter) -> bool:
        """Recounts the burst of this chat from everything that ever went there."""
        chat = waiter.outgoing.chat
        if chat is None:
            return True
        times = [at for at, gone in self.went if gone.outgoing.chat == chat]
        if chat.startswith("-"):
            return sum(at > self.now - 60.05 + EPSILON for at in times) < 20
        owed, before = 0.0, 0.0
        for at in times:
            owed = max(0.0, owed - (at - before)) + 1.05
            before = at
        return max(0.0, owed - (self.now - before)) <= 4 * 1.05 + EPSILON

    def check_limits(self) -> None:
        """No second has more than the rate, no chat more than its burst and one a second, no group 20 a minute."""
        times = [at for at, _ in self.went]
        assert most_within(times, 1) <= self.per_second
        for chat in {waiter.outgoing.chat for _, waiter in self.went} - {None}:
            own = [at for at, waiter in self.went if waiter.outgoing.chat == chat]
            if str(chat).startswith("-"):
                assert most_within(own, 60) <= 20
            else:
                for seconds in (1, 5, 20):
                    assert most_within(own, seconds) <= 5 + seconds


def most_within(times: list[float], seconds: float) -> int:
    return max((sum(at <= later < at + seconds for later in times) for at in times), default=0)


ACTIONS = st.one_of(
    st.tuples(
        st.just("joins"), st.sampled_from([None, "1", "2", "3", "4", "-5", "-6"]), st.sampled_from(list(Priority))
    ),
    st.tuples(st.just("leaves"), st.integers(0, 50)),
    st.tuples(st.just("hurries"), st.sampled_from(["1", "2", "3"])),
    st.tuples(st.just("passes"), st.sampled_from([0.0, 0.01, 0.3, 1.0, 1.05, 3.7, 20.0])),
)


@settings(max_examples=200)
@given(per_second=st.integers(1, 8), actions=st.lists(ACTIONS, max_size=120))
def test_limits_hold_the_order_is_kept_and_nobody_starves(
    per_second: int, actions: list[tuple[str, object, object]]
) -> None:
    account = Account(per_second)
    for action, *values in actions:
        getattr(account, action)(*values)
    left = len(account.waiting)
    account.passes(60.1 * (1 + left))
    assert account.waiting == []
    assert account.queue.next_at() is None
    account.check_limits()


@given(shares=st.lists(st.tuples(st.integers(1, 40), st.integers(1, 30)), max_size=10), burst=st.integers(1, 100))
def test_however_the_rate_is_shared_no_second_has_more_than_the_whole(
    shares: list[tuple[int, int]], burst: int
) -> None:
    account = Account(30)
    for replicas, tenths in shares:
        account.queue.share(replicas)
        for chat in range(burst):
            account.queue.join(one(f"{len(account.went)}{chat}"), ANSWER)
        for _ in range(tenths):
            account.now += 0.1
            account.went += [(account.now, waiter) for waiter in account.queue.let_go(account.now)]
    assert most_within([at for at, _ in account.went], 1) <= 30
