import asyncio

from bot.places import Places


class Workers:
    """Who has got a place, in order."""

    def __init__(self, places: Places) -> None:
        self.at_work: list[str] = []
        self._places = places

    def comes(self, name: str, *, back: bool = False) -> asyncio.Task[None]:
        async def come() -> None:
            await self._places.take(coming_back=back)
            self.at_work.append(name)

        return asyncio.create_task(come())


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_has_begun_goes_before_those_who_have_not() -> None:
    places = Places(1)
    workers = Workers(places)
    coming = [workers.comes("first"), workers.comes("second"), workers.comes("third")]
    await settle()
    coming.append(workers.comes("one who was away", back=True))
    for _ in range(3):
        await settle()
        places.give_back()
    await asyncio.gather(*coming)
    assert workers.at_work == ["first", "one who was away", "second", "third"]


async def test_no_more_than_so_many_are_at_work() -> None:
    places = Places(2)
    workers = Workers(places)
    coming = [workers.comes(str(number)) for number in range(4)]
    await settle()
    assert workers.at_work == ["0", "1"]
    places.give_back()
    places.give_back()
    await asyncio.gather(*coming)
    places.give_back()
    places.give_back()
    await places.take(coming_back=False)
    await places.take(coming_back=False)
    assert workers.at_work == ["0", "1", "2", "3"]


async def test_who_gives_up_leaves_the_place_to_the_next() -> None:
    places = Places(1)
    workers = Workers(places)
    await workers.comes("first")
    impatient, next_one = workers.comes("impatient"), workers.comes("next")
    await settle()
    impatient.cancel()
    await settle()
    places.give_back()
    await next_one
    assert workers.at_work == ["first", "next"]


async def test_a_place_handed_to_who_gives_up_in_that_moment_is_not_lost() -> None:
    places = Places(1)
    workers = Workers(places)
    await workers.comes("first")
    impatient, next_one = workers.comes("impatient"), workers.comes("next")
    await settle()
    places.give_back()
    impatient.cancel()
    await next_one
    assert workers.at_work == ["first", "next"]
