"""What stands behind the card, as a lifter taps and types it: each with the number of taps that it takes."""

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from storage.values.lifted import SetKind
from tests.support.clock import FakeClock, ManualAlarm
from training.detail import Execution
from training.gym import Gym


class Thumb:
    """Ann's thumb, which counts what it taps."""

    def __init__(self, lifter: Lifter, spotter: Spotter) -> None:
        self.taps = 0
        self.lifter = lifter
        self._spotter = spotter

    async def tap(self, *labels: str) -> None:
        for one in labels:
            await self.lifter.taps(one)
            await self._spotter.lanes.idle()
            self.taps += 1

    async def types(self, text: str, then: str) -> None:
        """Sends the line, after which that is to be seen."""
        await self.lifter.sends(text)
        await self.sees(then)

    async def sees(self, text: str) -> None:
        """Among the last three messages of the chat."""
        await self.lifter.sees(text)
        await self._spotter.lanes.idle()
        assert any(text in message.text for message in self.lifter.chat[-3:]), self.lifter.printed()


@pytest.fixture
async def thumb(ann: Lifter, spotter: Spotter, telegram: Simulator) -> AsyncIterator[Thumb]:
    """Ann at the bench after two sets."""
    thumb = Thumb(ann, spotter)
    await thumb.types("/start", "Hi Ann")
    await thumb.types("kg", "Ready")
    await thumb.types("/set bench press (barbell) 100x5,4", "Today: 100 kg × 5, 4")
    yield thumb
    assert not telegram.refusals


async def executions(gym: Gym, thumb: Thumb) -> tuple[Execution, ...]:
    return (await gym.retouching.look(thumb.lifter.id)).workout.executions


async def sets(gym: Gym, thumb: Thumb) -> list[int | None]:
    return [done.entry.clean_reps for done in (await executions(gym, thumb))[0].sets]


async def test_the_last_set_is_put_right_by_two_taps(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("✎ Last set", "−1 rep")
    assert thumb.taps == 2
    await thumb.sees("100 kg × 3")
    assert await sets(gym, thumb) == [5, 3]
    await thumb.tap("‹ Back to the workout")
    await thumb.sees("Today: 100 kg × 5, 3")


async def test_the_last_set_is_put_right_by_a_tap_and_a_line(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("✎ Last set")
    await thumb.types("100x6", "Today: 100 kg × 5, 6")
    assert thumb.taps == 1


async def test_an_earlier_set_is_typed_anew_and_another_deleted(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⋯ More", "✎ Edit sets", "1. 100 kg × 5")
    assert thumb.taps == 3
    await thumb.types("8", "Today: 100 kg × 8, 4")

    await thumb.tap("✎ Last set", "🗑 Delete this set")
    await thumb.sees("Today: 100 kg × 8")
    assert await sets(gym, thumb) == [8]
    await thumb.tap("↶ Undo")
    assert await sets(gym, thumb) == [8, 4]


async def test_a_set_becomes_a_warm_up(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("✎ Last set", "Working set")
    assert (await executions(gym, thumb))[0].sets[-1].entry.kind is SetKind.WARM_UP


async def test_all_sets_are_replaced_by_text(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⋯ More", "⌨ Sets as text")
    await thumb.sees("100x5,4")
    await thumb.types("100x5, 4x", "something is missing behind 100x5, 4x")

    await thumb.types("w 60x8\n100x5x3", "Today: w 60 kg × 8 · 100 kg × 5, 5, 5")
    assert thumb.taps == 2

    await thumb.types("/undo", "Taken back")
    assert await sets(gym, thumb) == [5, 4]


async def test_notes_are_typed_for_the_exercise_and_for_the_last_set(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⋯ More", "📝 Note")
    await thumb.types("bench 3, <narrow> & tight", "📝 bench 3, <narrow> & tight")
    assert thumb.taps == 2

    await thumb.tap("⋯ More", "📝 Note", "Note for the last set")
    await thumb.types("8", "Is that a set, or the text you were asked for?")
    await thumb.tap("✎ It's the text")
    await thumb.sees("Today: 100 kg × 5 · 100 kg × 4 (8)")

    await thumb.tap("⋯ More", "📝 Note", "🗑 Remove the note")
    assert (await executions(gym, thumb))[0].note == ""


async def test_the_last_set_is_rated_by_three_taps(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⋯ More", "💪 RPE", "8.5")
    assert thumb.taps == 3
    await thumb.sees("100 kg × 4 @8.5")


async def test_exercises_change_places(thumb: Thumb, gym: Gym) -> None:
    await thumb.types("squat (barbell)", "2 of 2")
    await thumb.tap("⋯ More", "↕ Reorder", "▲ Up")
    assert thumb.taps == 3
    assert len((await executions(gym, thumb))[0].sets) == 0
    await thumb.tap("‹ Back to the workout")
    await thumb.sees("1 of 2")


async def test_two_exercises_become_a_superset(thumb: Thumb, gym: Gym) -> None:
    await thumb.types("squat (barbell)", "2 of 2")
    await thumb.tap("⋯ More", "⛓ Superset", "Bench Press (Barbell)")
    assert thumb.taps == 3
    await thumb.sees("In turn with Bench Press (Barbell)")
    await thumb.tap("⋯ More", "⛓ Superset", "Leave the superset")
    assert [done.superset for done in await executions(gym, thumb)] == [None, None]


async def test_an_exercise_is_removed_after_a_question(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⋯ More", "🗑 Remove exercise")
    await thumb.sees("its 2 sets go with it")
    await thumb.tap("🗑 Remove")
    assert thumb.taps == 3
    assert await executions(gym, thumb) == ()
    await thumb.sees("Pick an exercise")
    await thumb.types("/undo", "Today: 100 kg × 5, 4")


async def test_the_workout_is_renamed(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⋯ More", "🏷 Rename workout")
    await thumb.types("Push 💪 <day>", "Push 💪 <day> · started")
    assert thumb.taps == 2


async def test_the_workout_is_discarded_after_a_question_and_comes_back(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⋯ More", "🗑 Discard workout")
    await thumb.sees("1 exercise with 2 sets · 900 kg")
    await thumb.tap("🗑 Discard")
    assert thumb.taps == 3
    await thumb.sees("Workout discarded")
    await thumb.types("/undo", "Today: 100 kg × 5, 4")


async def test_the_workout_is_finished_from_the_menu(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⋯ More", "🏁 Finish", "🏁 Finish")
    await thumb.sees("2 sets · 900 kg")


async def test_the_rest_is_skipped_and_started_by_one_tap(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⏭ Skip")
    assert (await gym.workouts.card(thumb.lifter.id)).rest_until is None
    await thumb.tap("⏱ Rest")
    assert (await gym.workouts.card(thumb.lifter.id)).rest_until is not None
    await thumb.sees("Next set")


async def test_a_prompt_is_left_by_cancel_and_by_its_button(thumb: Thumb, gym: Gym) -> None:
    await thumb.tap("⋯ More", "📝 Note")
    await thumb.types("/cancel", "Today: 100 kg × 5, 4")
    await thumb.types("3", "Today: 100 kg × 5, 4, 3")
    await thumb.tap("✎ Last set", "‹ Back to the workout")
    await thumb.types("2", "Today: 100 kg × 5, 4, 3, 2")
    assert await sets(gym, thumb) == [5, 4, 3, 2]
    assert (await executions(gym, thumb))[0].note == ""


async def test_prompts_records_and_marks_survive_a_restart(
    telegram: Simulator, settings: Settings, clock: FakeClock, alarm: ManualAlarm, gym: Gym
) -> None:
    def bot() -> Spotter:
        return Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)

    before = bot()
    async with before.running():
        thumb = Thumb(telegram.lifter("Ann"), before)
        await thumb.types("/start", "Hi Ann")
        await thumb.types("kg", "Ready")
        await thumb.types("/set bench press (barbell) 100x5", "Today: 100 kg × 5")
        await thumb.tap("🏁 Finish", "🏁 Finish")
        await thumb.types("/set bench press (barbell) 105x5", "Today: 105 kg × 5 🏆")
        await thumb.types("90x3", "Today: 105 kg × 5 🏆 · 90 kg × 3")
        await thumb.tap("✎ Last set")
    after = bot()
    async with after.running():
        thumb = Thumb(thumb.lifter, after)
        await thumb.types("90x4", "Today: 105 kg × 5 🏆 · 90 kg × 4")
        assert await sets(gym, thumb) == [5, 4]
    assert not telegram.refusals


async def test_a_lifter_with_thirty_exercises_of_fifty_sets_gets_every_screen(
    thumb: Thumb, gym: Gym, telegram: Simulator
) -> None:
    lifter_id = thumb.lifter.id
    pages = [await gym.library.search(lifter_id, "", page=page) for page in range(4)]
    ids = [choice.id for page in pages for choice in page.choices]
    assert len(ids) >= 30
    for exercise_id in ids[:30]:
        await gym.workouts.add_exercise(lifter_id, exercise_id)
    await thumb.types("bench press (barbell)", "of 30")
    await thumb.tap("⋯ More", "⌨ Sets as text")
    fifty = "\n".join(f"{100 + n}x5 # set {n:02} of many, belt, paused" for n in range(50))
    await thumb.types(fifty, "set 49 of many")
    await thumb.tap("⋯ More", "✎ Edit sets", "‹ Page", "›", "‹ More", "⌨ Sets as text", "‹ More")
    await thumb.tap("↕ Reorder", "›", "⤓ Last", "‹ More", "⛓ Superset", "‹ Page", "‹ Back to the workout")
    await thumb.sees("set 49 of many")
