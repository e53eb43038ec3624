"""What lifters, thumbs and networks do to the bot, over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.faults import EVERY_METHOD, Breaks
from simulator.server import Simulator
from storage import leaving
from storage.database import Database
from storage.models import User, Workout
from tests.conftest import ADMIN
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.rows import LIFTER, add_lifter, add_workout, how_many
from tests.support.waiting import until
from training.gym import Gym


@pytest.fixture
async def lifting(ann: Lifter) -> Lifter:
    """Ann at the bench, with one set logged."""
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.taps("Start workout")
    await ann.sees("Which exercise?")
    await ann.sends("bench")
    await ann.sees("Bench Press (Barbell)")
    await ann.sends("100x5")
    await ann.sees("Today: 100 kg × 5")
    return ann


async def test_a_deletion_that_was_cut_short_is_done_before_anything_is_heard(
    telegram: Simulator, database: Database, database_url: str, clock: FakeClock, alarm: ManualAlarm
) -> None:
    await add_lifter(database, LIFTER)
    await add_workout(database, LIFTER)
    async with database.writing() as session:
        await leaving.mark(session, LIFTER, clock())
    settings = Settings(bot_api_url=telegram.url, database_url=database_url, listen=None)
    async with Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm).running():
        assert [await how_many(database, model) for model in (User, Workout)] == [0, 0]


@pytest.mark.parametrize("name", ["<b>Bold</b>", "Zoë 💪🏽", "&amp;", "x" * 200, "\N{RIGHT-TO-LEFT OVERRIDE}Abc"])
async def test_any_name_is_shown_as_it_is(telegram: Simulator, spotter: Spotter, name: str) -> None:
    lifter = telegram.lifter(name)
    await lifter.sends("/start")
    greeting = await lifter.sees("Hi ")
    shown = name.replace("\N{RIGHT-TO-LEFT OVERRIDE}", "")  # Telegram takes it out of every text
    assert shown[:60] in greeting.text
    assert not telegram.refusals


@pytest.mark.parametrize(
    "text", ["<b>", "&lt;", "<a href='x'>", "𝕏" * 300, "1" * 4096, "x" * 4096, "\n" * 50 + "?", "<3"]
)
async def test_any_text_is_answered(lifting: Lifter, telegram: Simulator, spotter: Spotter, text: str) -> None:
    before = len(telegram.calls)
    await lifting.sends(text)
    await lifting.sends("/help")
    await lifting.sees("Log a set")
    await spotter.lanes.idle()
    told = [call.method for call in telegram.calls[before:] if call.method in {"sendMessage", "editMessageText"}]
    assert len(told) == 2
    assert not telegram.refusals


async def test_a_sticker_gets_a_hint(lifting: Lifter) -> None:
    await lifting.sends_sticker()
    await lifting.sees("I only read text")


async def test_two_taps_at_once_log_one_set(lifting: Lifter, spotter: Spotter, gym: Gym) -> None:
    await lifting.taps("✓ Log 100 kg × 5", times=2)
    await spotter.lanes.idle()
    assert (await gym.workouts.card(lifting.id)).sets == 2


async def test_a_flood_is_cut_off_and_said_once(
    telegram: Simulator,
    database_url: str,
    clock: FakeClock,
    alarm: ManualAlarm,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("storage.flooding.MOST_WAITING", 3)
    ann, ben = telegram.lifter("Ann"), telegram.lifter("Ben")
    for _ in range(60):
        await ann.sends("/help")
    await ben.sends("/start")
    settings = Settings(bot_api_url=telegram.url, database_url=database_url, listen=None)
    bot = Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)
    async with bot.running():
        await ben.sees("Hi Ben!")
        await ann.sees("not the last 57 things")
        await bot.lanes.idle()
    answers = [message.text for message in ann.chat if message.from_bot]
    assert ["Log a set" in text for text in answers] == [True, True, True, False]
    assert "That was a lot at once" in answers[-1]


async def test_a_thumb_that_is_faster_than_telegram_loses_no_press(
    lifting: Lifter, telegram: Simulator, spotter: Spotter
) -> None:
    before = len(telegram.called("editMessageText"))
    telegram.faults.delay(0.2, "editMessageText")
    await lifting.taps("+2.5 kg", times=10)
    await lifting.taps("+1 rep", times=3)
    await spotter.lanes.idle()
    assert len(telegram.called("editMessageText")) - before <= 13
    await lifting.taps("✓ Log 125 kg × 8")
    assert not telegram.refusals
    await lifting.sees("Today: 100 kg × 5 · 125 kg × 8")


async def test_two_lifters_do_not_see_each_other(lifting: Lifter, telegram: Simulator, gym: Gym) -> None:
    ben = telegram.lifter("Ben")
    await ben.sends("/start")
    await ben.taps("Pounds")
    await ben.sends("/set squat 225x5")
    await ben.sees("225 lb × 5")
    assert (await gym.workouts.card(lifting.id)).sets == 1
    ben.does_not_see("Bench")


async def test_a_forged_press_changes_nothing(lifting: Lifter, telegram: Simulator, spotter: Spotter, gym: Gym) -> None:
    ben = telegram.lifter("Ben")
    await ben.sends("/start")
    await ben.taps("Kilograms")
    card = await gym.workouts.card(lifting.id)
    for data in (f"1l:{card.workout_id}:{card.revision}", f"1F:{card.workout_id}:{card.revision}", "1e:999999", "junk"):
        await ben.forges(ben.last.id, data)
    await spotter.lanes.idle()
    after = await gym.workouts.card(lifting.id)
    assert (after.sets, after.revision) == (card.sets, card.revision)
    assert not telegram.refusals


async def test_cancel_and_help_work_in_every_step(ann: Lifter, gym: Gym, spotter: Spotter) -> None:
    await ann.sends("/start")
    await ann.sends("/help")
    await ann.sees("Log a set")
    await ann.sends("/cancel")
    await ann.taps("Kilograms")
    await ann.taps("Start workout")
    await ann.taps("Legs")
    await ann.sends("/cancel")
    await ann.sends("/help")
    await ann.sends("bench")
    await ann.sees("Bench Press (Barbell)")


async def test_an_admin_seeds_and_nobody_else_can(telegram: Simulator, spotter: Spotter) -> None:
    root, ben = telegram.lifter("Root", id=ADMIN), telegram.lifter("Ben")
    await root.sends("/seed")
    await root.sees("up to date")
    await ben.sends("/seed")
    await ben.sees("I don't know /seed")


async def test_the_command_menu_is_an_admins_own(telegram: Simulator, spotter: Spotter) -> None:
    root = telegram.lifter("Root", id=ADMIN)
    await root.sends("/start")
    await root.sees("Hi Root!")
    await spotter.lanes.idle()
    ben = telegram.lifter("Ben")
    assert "seed" in [command["command"] for command in telegram.people.commands(root.id)]
    assert [command["command"] for command in telegram.people.commands(ben.id)] == [
        *("workout", "exercises", "set", "rest", "timer", "finish", "history", "progress", "records", "past"),
        *("undo", "reminders", "settings", "export", "import", "privacy", "delete_me", "cancel", "help"),
    ]


def struck(telegram: Simulator) -> int:
    """How many calls a planned fault has hit: a fault that misses proves nothing."""
    return sum(call.planned for call in telegram.called("editMessageText"))


async def test_server_errors_and_lost_connections_lose_no_set(
    lifting: Lifter, telegram: Simulator, spotter: Spotter, gym: Gym
) -> None:
    telegram.faults.fail("editMessageText", 502)
    telegram.faults.drop("editMessageText", Breaks.BEFORE)
    telegram.faults.drop("editMessageText", Breaks.AFTER)
    await lifting.taps("✓ Log 100 kg × 5")
    await lifting.sees("100 kg × 5, 5")
    await spotter.lanes.idle()
    assert struck(telegram) == 3
    assert (await gym.workouts.card(lifting.id)).sets == 2


async def test_what_telegram_delivers_twice_is_done_once(
    lifting: Lifter, telegram: Simulator, spotter: Spotter, gym: Gym
) -> None:
    await lifting.sends("100x4")
    await lifting.sees("100 kg × 5, 4")
    await lifting.taps("✓ Log 100 kg × 4")
    await lifting.sees("100 kg × 5, 4, 4")
    await until(confirmed(telegram))
    telegram.updates.deliver_again(2)  # the message and the press
    await lifting.sends("100x3")
    await lifting.sees("100 kg × 5, 4, 4, 3")
    await spotter.lanes.idle()
    assert (await gym.workouts.card(lifting.id)).sets == 4
    assert not telegram.refusals


def confirmed(telegram: Simulator) -> Callable[[], Awaitable[bool]]:
    """Whether the bot has everything that came so far, and waits for more."""

    async def nothing_is_left() -> bool:
        return telegram.updates.polled and not len(telegram.updates)

    return nothing_is_left


async def test_a_lost_poll_loses_no_update_and_doubles_none(lifting: Lifter, telegram: Simulator, gym: Gym) -> None:
    telegram.faults.drop("getUpdates", Breaks.AFTER)
    await lifting.sends("100x4")
    await lifting.sees("100 kg × 5, 4")
    await lifting.sends("100x3")
    await lifting.sees("100 kg × 5, 4, 3")
    assert (await gym.workouts.card(lifting.id)).sets == 3


async def test_flood_control_is_waited_out(lifting: Lifter, telegram: Simulator) -> None:
    telegram.faults.flood("editMessageText", retry_after=1)
    await lifting.taps("✓ Log 100 kg × 5")
    await lifting.sees("100 kg × 5, 5")
    assert struck(telegram) == 1


async def test_who_has_blocked_the_bot_can_come_back(lifting: Lifter, spotter: Spotter, gym: Gym) -> None:
    lifting.blocks_bot()
    await lifting.taps("✓ Log 100 kg × 5")
    await spotter.lanes.idle()
    lifting.unblocks_bot()
    await lifting.sends("/start")
    await lifting.sees("100 kg × 5, 5")


async def test_thirty_messages_at_once_keep_their_order(lifting: Lifter, spotter: Spotter, gym: Gym) -> None:
    await asyncio.gather(*(lifting.sends(f"100x{reps}") for reps in range(1, 31)))
    await lifting.sees("31 sets", within=60)
    current = (await gym.workouts.card(lifting.id)).current
    assert current is not None
    assert [entry.clean_reps for entry in current.today] == [5, *range(1, 31)]


async def test_an_update_that_breaks_the_bot_is_told_under_a_reference(
    lifting: Lifter, telegram: Simulator, spotter: Spotter
) -> None:
    root = telegram.lifter("Root", id=ADMIN)
    await root.sends("/start")
    await root.sees("Hi Root!")
    telegram.faults.fail("editMessageText", 400, times=3)
    await lifting.taps("✓ Log 100 kg × 5")
    await lifting.sees("Reference: U-")
    await root.sees("U-")
    await lifting.sends("100x3")
    await lifting.sees("100 kg × 5, 5, 3")


async def test_a_refusal_everywhere_does_not_stop_the_bot(lifting: Lifter, telegram: Simulator) -> None:
    telegram.faults.fail(EVERY_METHOD, 500, times=5)
    await lifting.sends("100x4")
    await lifting.sees("100 kg × 5, 4")
