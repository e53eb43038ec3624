from __future__ import annotations

import asyncio

import pytest

from bot import priority
from bot.budget import Budget
from bot.outgoing import Outgoing
from bot.priority import Priority, sending_as
from tests.support.loop_time import FakeTime, settled

ANN, BEN = Outgoing("1", 1), Outgoing("2", 1)


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


class Senders:
    """Tasks that ask for permission; `went` has their names in the order in which they got it."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.went: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, name: str, outgoing: Outgoing, wanted: Priority = Priority.ANSWER) -> None:
        async def sends() -> None:
            await self._budget.permission(outgoing, wanted)
            self.went.append(name)

        self.tasks[name] = asyncio.create_task(sends())
        await settled()


async def test_permission_comes_when_the_limit_allows_and_the_higher_priority_first(time: FakeTime) -> None:
    senders = Senders(Budget(1, time))
    await senders.ask("first", ANN)
    await senders.ask("announcement", Outgoing("3", 1), Priority.ANNOUNCEMENT)
    await senders.ask("reminder", Outgoing("4", 1), Priority.REMINDER)
    await senders.ask("answer", Outgoing("5", 1))
    assert senders.went == ["first"]
    await time.passes(1)
    assert senders.went == ["first"]
    await time.passes(10)
    assert senders.went == ["first", "answer", "reminder", "announcement"]


async def test_where_there_are_no_limits_one_chat_may_have_them_all(time: FakeTime) -> None:
    senders = Senders(Budget(1000, time, chat_burst=50))
    for number in range(60):
        await senders.ask(str(number), ANN)
    assert len(senders.went) == 50


async def test_what_makes_no_new_message_never_waits(time: FakeTime) -> None:
    senders = Senders(Budget(1, time))
    await senders.ask("send", ANN)
    await senders.ask("another", BEN)
    await senders.ask("edit", Outgoing("1", 0))
    assert senders.went == ["send", "edit"]


async def test_what_waits_for_a_lifter_who_does_something_goes_first(time: FakeTime) -> None:
    budget = Budget(1, time)
    senders = Senders(budget)
    budget.hurry(2)
    await senders.ask("first", ANN)
    await senders.ask("another's rest", Outgoing("3", 1), Priority.REMINDER)
    await senders.ask("Ben's rest", BEN, Priority.REMINDER)
    assert budget.waiting == 2
    budget.hurry(2)
    await time.passes(1.1)
    assert senders.went == ["first", "Ben's rest"]
    assert budget.waiting == 1


async def test_who_is_cancelled_gives_their_place_up(time: FakeTime) -> None:
    senders = Senders(Budget(1, time))
    await senders.ask("first", ANN)
    await senders.ask("cancelled", BEN)
    await senders.ask("next", Outgoing("3", 1))
    senders.tasks["cancelled"].cancel()
    await time.passes(1.1)
    assert senders.went == ["first", "next"]


async def test_who_is_cancelled_with_the_permission_in_hand_breaks_nothing(time: FakeTime) -> None:
    budget = Budget(1, time)
    senders = Senders(budget)
    await senders.ask("first", ANN)
    await senders.ask("cancelled", BEN)
    time.now += 1.1
    another = asyncio.create_task(budget.permission(Outgoing("3", 1), Priority.ANSWER))
    await asyncio.sleep(0)  # it asks, which lets the one before it go
    senders.tasks["cancelled"].cancel()
    await time.passes(1.1)
    assert another.done()
    assert senders.went == ["first"]


async def test_who_is_cancelled_in_the_moment_of_the_permission_breaks_nothing(time: FakeTime) -> None:
    budget = Budget(1, time)
    senders = Senders(budget)
    await senders.ask("first", ANN)
    await senders.ask("cancelled", BEN)
    time.now += 1.1
    another = asyncio.create_task(budget.permission(Outgoing("3", 1), Priority.ANSWER))
    senders.tasks["cancelled"].cancel()  # it learns that after the other has asked, which lets it go
    await time.passes(1.1)
    await another
    assert senders.went == ["first"]


async def test_who_waited_only_for_the_one_who_is_cancelled_goes_at_once(time: FakeTime) -> None:
    senders = Senders(Budget(2, time))
    await senders.ask("first", ANN)
    await senders.ask("cancelled", Outgoing("3", 2))
    await senders.ask("next", BEN)
    assert senders.went == ["first"]
    senders.tasks["cancelled"].cancel()
    await settled()
    assert senders.went == ["first", "next"]


async def test_a_share_that_grows_is_used_at_once(time: FakeTime) -> None:
    budget = Budget(30, time)
    senders = Senders(budget)
    budget.share(30)
    for chat in range(5):
        await senders.ask(str(chat), Outgoing(str(chat), 1))
    assert len(senders.went) == 1
    budget.share(1)
    await settled()
    assert len(senders.went) == 5


async def test_a_chat_that_was_told_to_wait_is_held_alone(time: FakeTime) -> None:
    budget = Budget(30, time)
    senders = Senders(budget)
    budget.told_to_wait(ANN, 7)
    await senders.ask("Ann", ANN)
    await senders.ask("Ben", BEN)
    assert senders.went == ["Ben"]
    assert budget.held_for(ANN) == 7
    assert budget.held_for(Outgoing(None, 0)) == budget.held_for(BEN) == 0
    await time.passes(7)
    assert senders.went == ["Ben", "Ann"]
    assert budget.held_for(ANN) == 0


async def test_sends_to_several_chats_refused_together_pause_all_new_messages(time: FakeTime) -> None:
    budget = Budget(30, time)
    senders = Senders(budget)
    for chat in "345":
        budget.told_to_wait(Outgoing(chat, 1), 7)
    await senders.ask("Ann", ANN)
    await senders.ask("an edit of Ann's", Outgoing("1", 0))
    assert senders.went == ["an edit of Ann's"]
    await time.passes(7)
    assert senders.went == ["an edit of Ann's", "Ann"]


@pytest.mark.parametrize(
    ("refused", "between"),
    [
        ([Outgoing("3", 1)] * 5, 0),  # one chat
        ([Outgoing("3", 1), Outgoing("4", 1)], 0),  # two might be chance
        ([Outgoing(chat, 1) for chat in "3456"], 1.5),  # one after the other
        ([Outgoing(chat, 0) for chat in "345"], 0),  # edits have limits of their own
        ([Outgoing(None, 0)] * 3, 0),
    ],
)
async def test_nothing_else_pauses_them(refused: list[Outgoing], between: float, time: FakeTime) -> None:
    budget = Budget(30, time)
    senders = Senders(budget)
    for outgoing in refused:
        budget.told_to_wait(outgoing, 60)
        await time.passes(between)
    await senders.ask("Ann", ANN)
    assert senders.went == ["Ann"]


async def test_it_keeps_the_time_of_the_loop_it_runs_in() -> None:
    budget = Budget()
    budget.told_to_wait(ANN, 1000)
    assert 900 < budget.held_for(ANN) <= 1000
    await budget.permission(BEN, Priority.ANSWER)


async def test_the_priority_is_that_of_the_task_and_of_those_it_starts() -> None:
    async def seen() -> Priority:
        return priority.current()

    assert priority.current() is Priority.ANSWER
    with sending_as(Priority.REMINDER):
        assert await asyncio.create_task(seen()) is Priority.REMINDER
        with sending_as(Priority.ANNOUNCEMENT):
            assert priority.current() is Priority.ANNOUNCEMENT
        assert priority.current() is Priority.REMINDER
    assert priority.current() is Priority.ANSWER
