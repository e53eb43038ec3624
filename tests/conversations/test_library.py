"""The library as a lifter and an admin see it, over HTTP."""

from collections.abc import Iterator

import pytest

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.conftest import ADMIN
from tests.support.clock import FakeClock, ManualAlarm
from training.gym import Gym


@pytest.fixture(autouse=True)
def refuses_nothing(telegram: Simulator) -> Iterator[None]:
    """Telegram takes whatever the bot says."""
    yield
    assert all("message is not modified" in str(call.description) for call in telegram.refusals)


async def begins(lifter: Lifter) -> None:
    await lifter.sends("/start")
    await lifter.taps("Kilograms")
    await lifter.sees("Ready when you are")


async def makes_legless_press(lifter: Lifter) -> None:
    await lifter.sends("/exercises")
    await lifter.taps("➕ Make your own")
    await lifter.sees("What is your exercise called?")
    await lifter.sends("Legless press")
    await lifter.taps("Chest")
    await lifter.sees("What is it done with?")
    await lifter.taps("Barbell")
    await lifter.sees("✓ Created.")


async def test_an_exercise_is_found_looked_at_wished_for_and_picked(ann: Lifter, spotter: Spotter, gym: Gym) -> None:
    await begins(ann)
    await ann.sends("/exercises")
    await ann.sees("Exercises")
    await ann.taps("Chest")
    await ann.sees("Tap one to see how it is done")
    await ann.taps("Equipment ▾")
    await ann.sees("Done with what?")
    await ann.taps("Barbell")
    await ann.sees("Chest · Barbell (")
    await ann.taps("Bench Press (Barbell)")
    await ann.sees("Lie on a flat bench")
    await ann.taps("⏱ Rest")
    await ann.sees("How long do you rest after a set?")
    await ann.taps("1:00")
    await ann.sees("Rest: 1:00")
    await ann.taps("🏷 Names")
    await ann.sees("What do you call it?")
    await ann.sends("monday")
    await ann.sees("✓ “monday” leads here now.")
    await ann.taps("‹ Back")
    await ann.sees("You call it: monday")
    await ann.taps("‹ Back")
    await ann.sees("Chest · Barbell (")
    await ann.sends("/set monday 100x5")
    await ann.sees("Today: 100 kg × 5")
    await spotter.lanes.idle()
    current = (await gym.workouts.card(ann.id)).current
    assert current is not None
    assert current.name == "Bench Press (Barbell)"


async def test_what_is_hidden_is_offered_no_more_and_found_by_its_name(ann: Lifter, spotter: Spotter) -> None:
    await begins(ann)
    await ann.taps("💪 Start workout")
    await ann.sees("Which exercise?")
    assert "Lat Pulldown (Cable)" in ann.buttons
    await ann.sends("/exercises")
    await ann.sees("Type part of a name to search")
    await ann.sends("lat pulldown (cable)")
    await ann.sees("You haven't done it yet.")
    await ann.taps("🙈 Hide")
    await ann.sees("It is in none of your lists any more.")
    await ann.sends("/workout")
    await ann.sees("Which exercise?")
    await spotter.lanes.idle()
    assert "Lat Pulldown (Cable)" not in ann.buttons
    await ann.sends("lat pulldown (cable)")
    await ann.sees("Type what you did")


@pytest.mark.parametrize(("text", "near"), [("dealdift", "Deadlift (Barbell)"), ("sidelong squat", "Squat (Barbell)")])
async def test_a_name_that_is_none_offers_what_is_near_and_to_be_made(
    ann: Lifter, spotter: Spotter, text: str, near: str
) -> None:
    await begins(ann)
    await ann.sends("/exercises")
    await ann.sees("Type part of a name to search")
    await ann.sends(text)
    await ann.sees(text)
    assert near in ann.buttons
    await ann.taps(f"➕ Create “{text}”")
    await ann.taps("Legs")
    await ann.sees("What is it done with?")
    await ann.taps("Barbell")
    await ann.sees("✓ Created.")


async def test_a_proposal_is_accepted_in_one_tap_and_its_lifter_told_though_the_bot_was_restarted_twice(
    telegram: Simulator, settings: Settings, clock: FakeClock, alarm: ManualAlarm
) -> None:
    ann, root = telegram.lifter("Ann"), telegram.lifter("Root", id=ADMIN)

    def bot() -> Spotter:
        return Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)

    async with bot().running():
        await begins(root)
        await begins(ann)
        await makes_legless_press(ann)
        await ann.taps("📨 Propose to everybody")
        await ann.taps("📨 Propose it")
        await ann.sees("the admins haven't answered yet")
    async with bot().running():
        await root.sees("Ann proposes an exercise")
        await root.taps("✓ Into the library")
        await root.sees("Taken into the library by Root.")
    async with bot().running():
        await ann.sees("Legless press is in the library now, for everybody.")
    assert not any("proposes an exercise" in message.text for message in root.chat)  # that one became the answer


async def test_what_is_found_behind_the_bots_name_is_a_tap_from_the_workout(ann: Lifter, gym: Gym) -> None:
    await begins(ann)
    found = await ann.asks("pendlay")
    await ann.chooses(found.results[0])
    await ann.sees("You haven't done it yet.")
    await ann.taps("Start a workout with it")
    await ann.sees("Type what you did")
    current = (await gym.workouts.card(ann.id)).current
    assert current is not None
    assert current.name == "Pendlay Row (Barbell)"
