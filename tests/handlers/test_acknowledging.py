"""A typed set is answered with two calls at most: a reaction and the card, or the card and what leaves the chat."""

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from storage.database import Database
from storage.models import User
from tests.support.clock import FakeClock
from tests.support.phone import Phone, only
from tests.support.recording_request import Call, RecordingRequest
from training.gym import Gym


def methods(calls: Sequence[Call]) -> list[str]:
    return sorted(call.method for call in calls)


def reaction(calls: list[Call]) -> str:
    (given,) = json.loads(only(calls, "setMessageReaction").parameters["reaction"])
    return str(given["emoji"])


async def clean(database: Database, phone: Phone) -> None:
    async with database.writing() as session:
        await session.execute(update(User).where(User.id == phone.lifter_id).values(cleans_messages=True))


async def test_a_typed_set_is_answered_by_a_reaction_beside_the_card(lifting: Phone) -> None:
    calls = await lifting.sends("100x5")
    assert methods(calls) == ["editMessageText", "setMessageReaction"]
    assert reaction(calls) == "✍"
    assert "✓ Logged" not in only(calls, "editMessageText").text


async def test_a_record_is_answered_by_another_reaction_and_a_line_in_the_card(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    await gym.workouts.finish(lifting.lifter_id, card.workout_id, card.revision)
    await lifting.sends("/set bench 100x5")
    await lifting.sends("/workout")  # the card stands at the bottom again
    calls = await lifting.sends("105x5")
    assert reaction(calls) == "🏆"
    assert "Record" in only(calls, "editMessageText").text


async def test_a_set_behind_the_command_is_answered_by_a_reaction_too(lifting: Phone) -> None:
    assert reaction(await lifting.sends("/set 100x5")) == "✍"


async def test_a_name_alone_is_answered_by_the_card_alone(lifting: Phone) -> None:
    assert methods(await lifting.sends("squat")) == ["editMessageText"]


async def test_the_card_goes_on_without_a_reaction_that_is_refused(lifting: Phone, telegram: RecordingRequest) -> None:
    telegram.refuse("setMessageReaction", 400, "Bad Request: REACTION_INVALID")
    calls = await lifting.sends("100x5")
    assert "Today: 100 kg × 5" in only(calls, "editMessageText").text


async def test_a_card_that_has_scrolled_says_what_was_logged_instead(lifting: Phone) -> None:
    await lifting.sends("100x5")
    calls = await lifting.sends("95x6")
    assert methods(calls) == ["deleteMessages", "sendMessage"]
    assert "✓ Logged: 95 kg × 6" in only(calls, "sendMessage").text


async def test_where_a_rest_message_leaves_the_card_says_what_was_logged(
    lifting: Phone, gym: Gym, clock: FakeClock
) -> None:
    await lifting.sends("100x5")
    await lifting.sends("/workout")
    clock.advance(timedelta(seconds=180))
    await gym.rests.ring(4242)
    await lifting.takes_turns()
    calls = await lifting.sends("95x6")
    assert methods(calls) == ["deleteMessages", "editMessageText"]
    assert "✓ Logged: 95 kg × 6" in only(calls, "editMessageText").text


async def test_where_messages_are_cleaned_a_logged_one_leaves_and_the_card_stays_where_it_is(
    lifting: Phone, database: Database
) -> None:
    await clean(database, lifting)
    for reps in (5, 4, 3, 2):
        calls = await lifting.sends(f"100x{reps}")
        assert methods(calls) == ["deleteMessages", "editMessageText"]
        assert f"✓ Logged: 100 kg × {reps}" in only(calls, "editMessageText").text


async def test_where_messages_are_cleaned_what_logged_nothing_stays(lifting: Phone, database: Database) -> None:
    await clean(database, lifting)
    assert methods(await lifting.sends("100x-5")) == ["editMessageText"]
