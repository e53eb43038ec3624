import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.together import Together
from storage import at_hand
from storage.at_hand import UpdateAtHand, holding

Do = Callable[[Sequence[int]], Awaitable[Sequence[int | Exception]]]


class Doubling:
    """Doubles numbers, once it is let; remembers what it was asked together."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.let = asyncio.Event()

    async def do(self, numbers: Sequence[int]) -> Sequence[int]:
        self.groups.append(list(numbers))
        await self.let.wait()
        return [2 * number for number in numbers]


def together(do: Do, *concerning_all: type[Exception]) -> Together[int, int]:
    return Together(do, lambda error: isinstance(error, concerning_all))


async def test_what_comes_in_while_something_is_under_way_is_done_with_the_next() -> None:
    doubling = Doubling()
    both = together(doubling.do)
    first = both.ask(1)
    await asyncio.sleep(0)
    others = [both.ask(number) for number in (2, 3)]
    await asyncio.sleep(0)
    doubling.let.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6]
    assert doubling.groups == [[1], [2, 3]]


async def test_no_group_is_so_large_that_it_keeps_others_waiting_long() -> None:
    doubling = Doubling()
    doubling.let.set()
    many = together(doubling.do)
    assert await asyncio.gather(*(many.ask(number) for number in range(250))) == [2 * n for n in range(250)]
    assert [len(group) for group in doubling.groups] == [100, 100, 50]


async def test_nobody_fails_for_somebody_else() -> None:
    async def do(numbers: Sequence[int]) -> Sequence[int]:
        if 13 in numbers:
            raise ValueError("unlucky")
        return numbers

    asked = together(do)
    answers = await asyncio.gather(*(asked.ask(number) for number in (1, 13, 2)), return_exceptions=True)
    assert answers[0] == 1
    assert isinstance(answers[1], ValueError)
    assert answers[2] == 2


async def test_what_concerns_all_is_tried_once() -> None:
    tried: list[Sequence[int]] = []

    async def do(numbers: Sequence[int]) -> Sequence[int]:
        tried.append(numbers)
        raise ConnectionError

    asked = together(do, ConnectionError)
    answers = await asyncio.gather(*(asked.ask(number) for number in (1, 2)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [ConnectionError, ConnectionError]
    assert tried == [[1, 2]]


async def test_an_answer_may_be_that_one_failed() -> None:
    async def do(numbers: Sequence[int]) -> Sequence[int | Exception]:
        return [ValueError(number) if number == 2 else number for number in numbers]

    asked = together(do)
    answers = await asyncio.gather(asked.ask(1), asked.ask(2), return_exceptions=True)
    assert answers[0] == 1
    assert isinstance(answers[1], ValueError)


async def test_who_no_longer_wants_an_answer_is_left_out_and_the_rest_get_theirs() -> None:
    doubling = Doubling()
    asked = together(doubling.do)
    under_way = asked.ask(1)
    await asyncio.sleep(0)
    waiting, other = asked.ask(2), asked.ask(3)
    under_way.cancel()
    waiting.cancel()
    doubling.let.set()
    assert await other == 6
    unwanted = asked.ask(4)
    unwanted.cancel()
    await asked.stop()
    assert doubling.groups == [[1], [3]]


async def test_stopping_waits_for_what_is_under_way() -> None:
    doubling = Doubling()
    asked = together(doubling.do)
    answer = asked.ask(1)
    stopping = asyncio.create_task(asked.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    doubling.let.set()
    await stopping
    assert answer.result() == 2
    await asked.stop()


async def test_it_knows_nothing_of_the_update_of_whoever_asks_first() -> None:
    async def do(numbers: Sequence[int]) -> Sequence[int]:
        return [0 if at_hand.current() is None else 1 for _ in numbers]

    with holding(UpdateAtHand(1, 7, None, None)):
        assert await together(do).ask(1) == 0
