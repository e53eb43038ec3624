"""/delete_me, over HTTP."""

from bot.spotter import Spotter
from simulator.server import Simulator
from storage.database import Database
from tests.support.mentions import mentioned_in
from training.gym import Gym


async def test_a_lifter_leaves_for_good_and_may_come_back_as_a_new_one(
    telegram: Simulator, spotter: Spotter, gym: Gym, database: Database
) -> None:
    ann = telegram.lifter("Ann", id=7_305_118_264)
    ben = telegram.lifter("Ben")
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("/set bench 100x5 axolotl")
    await ann.sees("Today: 100 kg × 5")
    card = next(message.id for message in reversed(ann.chat) if "Today: 100 kg" in message.text)
    await ben.sends("/start")
    await ben.taps("Kilograms")

    await ann.sends("/privacy")
    await ann.sees("What I keep of you")
    await ann.taps("Delete everything…")
    await ann.sees("1 workout, 1 set")
    await ann.taps("Delete everything…")
    await ann.sees("Really delete it all?")
    await ann.taps("Yes, delete it for good")
    await ann.sees("Everything of yours is deleted.")
    await spotter.lanes.idle()
    assert await mentioned_in(database, ann.id, "axolotl") == set()
    assert (await gym.lifters.get(ben.id)).name == "Ben"

    await ann.taps("✓ Log", message=card)
    await spotter.lanes.idle()
    assert await mentioned_in(database, ann.id, "axolotl") == set()
    await ann.sends("/start")
    await ann.sees("Hi Ann!")
    await ann.taps("Pounds")
    await ann.sees("Ready when you are, Ann.")
    await spotter.lanes.idle()
    assert (await gym.leaving.holdings(ann.id)).workouts == 0
    assert not telegram.refusals
