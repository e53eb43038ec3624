"""Finding an exercise, making one and swapping one, as a lifter does it, with the taps counted."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.settings import Settings
from bot.spotter import Spotter
from handlers.callback_data import pack
from handlers.creating.buttons import ChooseModality, mark_of
from handlers.picking.buttons import BrowseModality, BrowsePart, OpenSwapPicker, PickExercise, SwapFor
from simulator.driver import Lifter
from simulator.server import Simulator
from storage.database import Database
from storage.values.exercise import BodyPart, Modality
from tests.support.clock import FakeClock, ManualAlarm
from training.gym import Gym


class Thumb:
    """Taps for a lifter, and counts."""

    def __init__(self, lifter: Lifter) -> None:
        self._lifter = lifter
        self.taps = 0

    async def tap(self, label: str, then: str) -> str:
        """Taps and sees what comes of it."""
        self.taps += 1
        await self._lifter.taps(label)
        return (await self._lifter.sees(then)).text


@pytest.fixture
async def fresh(ann: Lifter) -> Lifter:
    """Ann, who has never lifted here."""
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sees("Ready when you are")
    return ann


@pytest.fixture
async def lifting(fresh: Lifter) -> Lifter:
    """Ann at the bench with a set logged, after a workout of squats and rows."""
    for name in ("squat", "pendlay row"):
        await fresh.sends(f"/set {name} 60x8")
        await fresh.sees("Today: 60 kg × 8")
    await fresh.sends("/finish")
    await fresh.sees("Finish the workout?")
    await fresh.taps("🏁 Finish")
    await fresh.sees("Workout done")
    await fresh.sends("/set bench 100x5")
    await fresh.sees("Bench Press (Barbell)")
    return fresh


@pytest.fixture(autouse=True)
def refuses_nothing(telegram: Simulator) -> Iterator[None]:
    yield
    assert not telegram.refusals


async def execution_of(gym: Gym, lifter: Lifter) -> int:
    card = await gym.workouts.card(lifter.id)
    assert card.current is not None
    return card.current.execution_id


async def test_a_recent_exercise_is_two_taps_from_the_card(lifting: Lifter) -> None:
    thumb = Thumb(lifting)
    await thumb.tap("➕ Exercise", "Which exercise?")
    assert {"Squat (Barbell)", "Pendlay Row (Barbell)"} == set(lifting.buttons[:2])
    await thumb.tap("Pendlay Row (Barbell)", "Last time")
    assert thumb.taps == 2
    assert "2 of 2" in lifting.last.text


async def test_an_exercise_of_a_body_part_is_three_taps_from_the_card(lifting: Lifter) -> None:
    thumb = Thumb(lifting)
    await thumb.tap("➕ Exercise", "Which exercise?")
    await thumb.tap("Legs", "Legs")
    assert lifting.buttons[0] == "Squat (Barbell)"  # it is used here
    await thumb.tap("Leg Press (Machine)", "2 of 2")
    assert thumb.taps == 3


async def test_lists_page_there_and_back_and_every_way_leads_home(lifting: Lifter, spotter: Spotter) -> None:
    thumb = Thumb(lifting)
    await thumb.tap("➕ Exercise", "Which exercise?")
    await thumb.tap("By equipment", "What do you lift?")
    await thumb.tap("Dumbbell", "Page 1 of ")
    await thumb.tap("›", "Page 2 of ")
    await thumb.tap("‹", "Page 1 of ")
    await thumb.tap("‹ Equipment", "What do you lift?")
    await thumb.tap("‹ All lists", "Which exercise?")
    await thumb.tap("‹ Back to the workout", "Today: 100 kg × 5")
    await spotter.lanes.idle()
    assert len([message for message in lifting.chat if message.buttons and "➕ Exercise" in _labels(message)]) == 1


async def test_the_first_day_begins_with_basic_lifts_one_tap_away(fresh: Lifter) -> None:
    thumb = Thumb(fresh)
    await thumb.tap("💪 Start workout", "Which exercise?")
    assert fresh.buttons[:2] == ["Squat (Barbell)", "Bench Press (Barbell)"]
    await thumb.tap("Lat Pulldown (Cable)", "Type what you did")
    assert thumb.taps == 2


async def test_without_a_workout_a_pick_starts_one(fresh: Lifter, spotter: Spotter) -> None:
    await fresh.sends("/exercises")
    await fresh.sees("Exercises")
    await fresh.sends("squat")
    await fresh.sees("You haven't done it yet.")
    await fresh.taps("Start a workout with it")
    await fresh.sees("Type what you did")
    await spotter.lanes.idle()
    fresh.does_not_see("You haven't done it yet.")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("OHP", "Overhead Press (Barbell)"),
        ("RDL", "Romanian Deadlift (Barbell)"),
        ("bss", "Bulgarian Split Squat (Dumbbell)"),
    ],
)
async def test_what_lifters_call_an_exercise_is_understood(lifting: Lifter, typed: str, name: str) -> None:
    await lifting.taps("➕ Exercise")
    await lifting.sees("Which exercise?")
    await lifting.sends(typed)
    await lifting.sees(f"{name} · 2 of 2")


@pytest.mark.parametrize("picking", [True, False])
async def test_a_slip_of_the_finger_is_one_tap_from_what_was_meant(lifting: Lifter, *, picking: bool) -> None:
    if picking:
        await lifting.taps("➕ Exercise")
        await lifting.sees("Which exercise?")
    await lifting.sends("dealdift")
    await lifting.sees("Nothing is called “dealdift”. Did you mean one of these?")
    await lifting.taps("Deadlift (Barbell)")
    await lifting.sees("Deadlift (Barbell) · 2 of 2")


async def test_of_many_matches_a_later_page_is_a_tap_away(lifting: Lifter) -> None:
    await lifting.sends("curl")
    await lifting.sees("Which one for “curl”? Page 1 of ")
    await lifting.taps("›")
    await lifting.sees("Page 2 of ")
    name = lifting.buttons[0]
    await lifting.taps(name)
    await lifting.sees(f"{name} · 2 of 2")


@pytest.mark.parametrize(
    ("typed", "name", "nearest", "made"),
    [
        ("Steinborn squat", "Steinborn squat", "Squat (Barbell)", "✓ Created Steinborn squat"),
        ("Dealdift", "Dealdift", "Deadlift (Barbell)", "✓ Created Dealdift"),
        ("/set Squaat thing 60x8", "Squaat thing", "Squat (Barbell)", "✓ Logged: 60 kg × 8"),
        ("/set curl 20x8", "curl", "Bicep Curl (Dumbbell)", "✓ Logged: 20 kg × 8"),
    ],
)
async def test_a_name_that_is_none_offers_what_is_near_and_to_be_made(
    lifting: Lifter, typed: str, name: str, nearest: str, made: str
) -> None:
    await lifting.sends(typed)
    await lifting.sees("“" + name + "”")
    assert nearest in lifting.buttons
    await lifting.taps(f"➕ Create “{name}”")
    await lifting.sees("Which body part does it train most?")
    await lifting.taps("Legs")
    await lifting.sees("What is it done with?")
    await lifting.taps("Barbell")
    await lifting.sees(made)
    await lifting.sees(f"{name} · 2 of 2")


async def test_a_later_page_of_many_matches_offers_to_make_a_new_one_too(lifting: Lifter) -> None:
    await lifting.sends("curl")
    await lifting.sees("Page 1 of ")
    await lifting.taps("›")
    await lifting.sees("Page 2 of ")
    await lifting.taps("➕ Create “curl”")
    await lifting.sees("Which body part does it train most?")


async def test_an_exercise_is_made_with_two_taps_after_its_name(lifting: Lifter, gym: Gym) -> None:
    thumb = Thumb(lifting)
    await lifting.sends("Steinborn Wobble")
    await lifting.sees("I know no exercise with “Steinborn Wobble” in its name.")
    await thumb.tap("➕ Create “Steinborn Wobble”", "Which body part does it train most?")
    before = thumb.taps
    await thumb.tap("Legs", "What is it done with?")
    card = await thumb.tap("Barbell", "✓ Created Steinborn Wobble (Legs, Barbell), logged by weight and reps.")
    assert thumb.taps - before == 2
    assert "2 of 2" in card
    await lifting.sends("60x8")
    await lifting.sees("Today: 60 kg × 8")
    await lifting.sends("steinborn wobble")
    await lifting.sees("Steinborn Wobble · 2 of 2")


async def test_how_a_new_exercise_is_logged_is_changed_in_two_taps(lifting: Lifter) -> None:
    await _makes(lifting, "Human flag", "Core", "Bodyweight")
    thumb = Thumb(lifting)
    await thumb.tap("⚙ Log it another way", "How is Human flag logged?")
    await thumb.tap("Time", "✓ Human flag is logged by time.")
    assert thumb.taps == 2
    await lifting.sends("0:20")
    await lifting.sees("Today: 0:20")


async def test_hasty_taps_make_one_exercise(lifting: Lifter, spotter: Spotter, gym: Gym) -> None:
    await lifting.sends("Steinborn Wobble")
    await lifting.taps("➕ Create")
    await lifting.sees("Which body part")
    await lifting.taps("Legs")
    await lifting.sees("What is it done with?")
    await lifting.taps("Barbell", times=3)
    await lifting.sees("Steinborn Wobble")
    await spotter.lanes.idle()
    assert (await gym.library.search(lifting.id, "wobble")).total == 1
    assert (await gym.workouts.card(lifting.id)).exercises == 2


async def test_cancel_leaves_the_making(lifting: Lifter, spotter: Spotter, gym: Gym) -> None:
    await lifting.sends("Steinborn Wobble")
    await lifting.taps("➕ Create")
    await lifting.sees("Which body part")
    await lifting.sends("/cancel")
    await lifting.sees("Today: 100 kg × 5")
    await spotter.lanes.idle()
    lifting.does_not_see("Which body part")
    assert (await gym.library.search(lifting.id, "wobble")).total == 0


async def test_a_restart_in_the_middle_of_the_making_is_not_noticed(
    telegram: Simulator, settings: Settings, clock: FakeClock, alarm: ManualAlarm, gym: Gym
) -> None:
    def bot() -> Spotter:
        return Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)

    ann = telegram.lifter("Ann")
    async with bot().running():
        await ann.sends("/start")
        await ann.taps("Kilograms")
        await ann.taps("Start workout")
        await ann.sends("Steinborn Wobble")
        await ann.taps("➕ Create")
        await ann.sees("Which body part")
    async with bot().running():
        await ann.taps("Legs")
        await ann.sees("What is it done with?")
    async with bot().running():
        await ann.taps("Barbell")
        await ann.sees("✓ Created Steinborn Wobble")
    assert (await gym.library.search(ann.id, "wobble")).total == 1


async def test_an_exercise_is_swapped_for_one_of_the_same_body_part(
    lifting: Lifter, spotter: Spotter, gym: Gym
) -> None:
    thumb = Thumb(lifting)
    await lifting.forges(lifting.last.id, pack(OpenSwapPicker(await execution_of(gym, lifting))))
    await lifting.sees("Swap Bench Press (Barbell) for which exercise?")
    await thumb.tap("Bench Press (Dumbbell)", "Today: 100 kg × 5")
    assert thumb.taps == 1
    await spotter.lanes.idle()
    assert "Bench Press (Dumbbell)" in lifting.last.text
    await lifting.taps("↶ Undo")
    await lifting.sees("↶ Taken back: the change of an exercise.")
    assert "Bench Press (Barbell)" in lifting.last.text


async def test_a_swap_by_typing_and_the_way_back(lifting: Lifter, spotter: Spotter, gym: Gym) -> None:
    swap = pack(OpenSwapPicker(await execution_of(gym, lifting)))
    await lifting.forges(lifting.last.id, swap)
    await lifting.sees("Swap Bench Press (Barbell)")
    await lifting.taps("Chest")
    await lifting.sees("Page 1 of ")
    await lifting.taps("‹ All lists")
    await lifting.sees("Swap Bench Press (Barbell)")
    await lifting.taps("‹ Back to the workout")
    await lifting.sees("Bench Press (Barbell)")
    await lifting.forges(lifting.last.id, swap)
    await lifting.sees("Swap Bench Press (Barbell)")
    await lifting.sends("wobbl")
    await lifting.sees("I know no exercise with “wobbl”")
    await lifting.sends("ohp")
    await lifting.sees("Overhead Press (Barbell)")
    await spotter.lanes.idle()
    assert (await gym.workouts.card(lifting.id)).exercises == 1


@pytest.mark.parametrize(
    "forge",
    [
        lambda _: PickExercise(2**62),
        lambda execution_id: SwapFor(1, execution_id, 1),
        lambda execution_id: SwapFor(2**62, execution_id, 2**31),
        lambda execution_id: OpenSwapPicker(execution_id + 1),
        lambda execution_id: BrowsePart(BodyPart.CHEST, -(2**62), execution_id, 5),
        lambda _: BrowseModality(Modality.OTHER, 2**62, 0, 0),
        lambda _: ChooseModality(mark_of("nothing"), BodyPart.BACK, Modality.BAND),
    ],
)
async def test_forged_buttons_are_answered_and_change_nothing(
    lifting: Lifter, spotter: Spotter, gym: Gym, forge: Callable[[int], object]
) -> None:
    before = await gym.workouts.card(lifting.id)
    await lifting.forges(lifting.last.id, pack(forge(await execution_of(gym, lifting))))
    await spotter.lanes.idle()
    after = await gym.workouts.card(lifting.id)
    assert (after.revision, after.current) == (before.revision, before.current)
    assert (await gym.library.search(lifting.id, "nothing")).total == 0


@pytest.mark.parametrize(
    "text", ["<b>wobble</b>", "&amp; wobble", "wobble " * 20, "\N{RIGHT-TO-LEFT MARK}wibble wobble", "x" * 4096]
)
async def test_any_name_is_shown_and_made_safely(
    lifting: Lifter, spotter: Spotter, database: Database, text: str
) -> None:
    await lifting.taps("➕ Exercise")
    await lifting.sees("Which exercise?")
    await lifting.sends(text)
    await lifting.sees("I know no exercise")
    if any("Create" in label for label in lifting.buttons):
        await lifting.taps("➕ Create")
        await lifting.taps("Legs")
        await lifting.sees("What is it done with?")
        await lifting.taps("Barbell")
        await lifting.sees("✓ Created")
    else:
        assert len(text) > 100
        await lifting.taps("‹ All lists")
        await lifting.sees("Which exercise?")


async def _makes(lifter: Lifter, name: str, part: str, modality: str) -> None:
    await lifter.sends(name)
    await lifter.taps(f"➕ Create “{name}”")
    await lifter.taps(part)
    await lifter.sees("What is it done with?")
    await lifter.taps(modality)
    await lifter.sees(f"✓ Created {name}")


def _labels(message: Any) -> list[str]:
    return [button.label for button in message.buttons]
