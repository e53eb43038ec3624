"""A lifter's own exercise on its way into the library, by mocked updates."""

from __future__ import annotations

import pytest

from bot.turns import Turns
from handlers.exercises.buttons import OpenExercise
from handlers.proposals.buttons import Accept, AskToDecline, Decline, ListProposals, OpenProposal, Propose
from storage.database import Database
from storage.models import Proposal, User
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.proposal import ProposalState
from tests.support.phone import Phone, labels, only, shown, tap
from tests.support.recording_request import Call, RecordingRequest
from training.exercise_detail import NewExercise
from training.gym import Gym

OTHER = 901
OWN = NewExercise(
    "Legless <press>", BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS, ("legless",), how="No legs."
)


@pytest.fixture
async def own(ready: Phone, admin: Phone, gym: Gym) -> int:
    await admin.sends("/start")
    return (await gym.exercises.create(7, OWN)).id


@pytest.fixture
async def other(own: int, turns: Turns, telegram: RecordingRequest, admin: Phone, gym: Gym) -> Phone:
    """Another admin."""
    phone = Phone(turns, telegram, OTHER, "Toor")
    await phone.sends("/start")
    await gym.admins.grant(admin.lifter_id, OTHER)
    return phone


@pytest.fixture
async def asked(ready: Phone, own: int, other: Phone, admin: Phone) -> Call:
    """What the first admin is asked."""
    await ready.presses(Propose(own))
    return only(await admin.takes_turns(), "sendMessage")


async def state_of(database: Database) -> ProposalState:
    async with database.reading() as session:
        return (await session.get_one(Proposal, 1)).state


async def test_proposing_says_what_it_means_and_that_it_waits(ready: Phone, own: int) -> None:
    page = shown(await ready.presses(OpenExercise(own)))
    question = await tap(ready, page, "📨 Propose to everybody")
    assert "everybody sees its name" in question.text
    waits = await tap(ready, question, "📨 Propose it")
    assert "✓ Proposed. I'll tell you what the admins say." in waits.text
    assert "the admins haven't answered yet" in waits.text
    gone = await tap(ready, waits, "✕ Withdraw the proposal")
    assert "It isn't proposed any more" in gone.text


async def test_an_admin_sees_everything_and_accepts_with_one_tap(
    ready: Phone, admin: Phone, other: Phone, asked: Call, gym: Gym, own: int
) -> None:
    for part in (
        "Ann proposes an exercise",
        "<b>Legless &lt;press&gt;</b>",
        "Also called: legless",
        "No legs.",
    ):
        assert part in asked.text
    assert only(await other.takes_turns(), "sendMessage").text == asked.text
    accepted = await tap(admin, asked, "✓ Into the library")
    assert "Taken into the library by Root" in accepted.text
    assert (await gym.exercises.get(OTHER, own)).is_system
    told = only(await ready.takes_turns(), "sendMessage")
    assert "<b>Legless &lt;press&gt;</b> is in the library now" in told.text
    assert "<b>Legless &lt;press&gt;</b>" in (await tap(ready, told, "Look at it")).text


async def test_what_was_changed_since_it_was_shown_is_shown_before_it_is_taken(
    admin: Phone, asked: Call, own: int, database: Database, gym: Gym
) -> None:
    await gym.exercises.rename(7, own, "Another press")
    shown_anew = await tap(admin, asked, "✓ Into the library")
    assert "It has been changed meanwhile" in shown_anew.text
    assert "Another press" in shown_anew.text
    assert await state_of(database) is ProposalState.WAITING
    assert "Taken into the library by Root" in (await tap(admin, shown_anew, "✓ Into the library")).text


async def test_of_two_admins_the_first_answer_counts_and_the_other_sees_it(
    ready: Phone, admin: Phone, other: Phone, asked: Call, database: Database
) -> None:
    await tap(admin, asked, "✓ Into the library")
    assert await other.takes_turns() == []  # what was still to be told is no news any more
    for message_id, press in enumerate((Accept(1, 7), Decline(1), AskToDecline(1)), start=700):
        calls = await other.presses(press, message_id)
        assert only(calls, "answerCallbackQuery").parameters["text"] == "Somebody has answered already."
        assert "Taken into the library by Root" in shown(calls).text
    assert await state_of(database) is ProposalState.ACCEPTED
    assert len([call for call in await ready.takes_turns() if call.method == "sendMessage"]) == 1


async def test_it_is_declined_with_a_typed_word(ready: Phone, admin: Phone, asked: Call, database: Database) -> None:
    await tap(admin, asked, "✕ Decline")
    assert "at most 200" in shown(await admin.sends("x" * 201)).text
    declined = shown(await admin.sends("Too <special>"))
    assert "Declined by Root: “Too &lt;special&gt;”" in declined.text
    assert "They say: “Too &lt;special&gt;”" in only(await ready.takes_turns(), "sendMessage").text
    assert await state_of(database) is ProposalState.DECLINED
    async with database.reading() as session:
        assert (await session.get_one(User, admin.lifter_id)).step is None


async def test_it_is_declined_without_a_word(ready: Phone, admin: Phone, asked: Call) -> None:
    question = await tap(admin, asked, "✕ Decline")
    await tap(admin, question, "Without a word")
    told = only(await ready.takes_turns(), "sendMessage")
    assert "It stays yours." in told.text
    assert "They say" not in told.text


async def test_it_goes_into_what_it_is_the_same_as(ready: Phone, admin: Phone, gym: Gym) -> None:
    await admin.sends("/start")
    own = NewExercise("Pendlay barbell row", BodyPart.BACK, Modality.BARBELL, Measure.WEIGHT_REPS)
    made = await gym.exercises.create(7, own)
    await ready.presses(Propose(made.id))
    asked = only(await admin.takes_turns(), "sendMessage")
    assert "Pendlay Row (Barbell)" in (await tap(admin, asked, "= Pendlay Row (Barbell)")).text
    told = only(await ready.takes_turns(), "sendMessage")
    assert "as <b>Pendlay Row (Barbell)</b>" in told.text
    found = (await gym.library.find(7, "pendlay barbell row")).exact
    assert found is not None
    assert found.name == "Pendlay Row (Barbell)"


async def test_a_name_that_everybody_sees_by_now_is_offered_to_be_the_same(
    admin: Phone, asked: Call, gym: Gym, database: Database
) -> None:
    await gym.exercises.create(admin.lifter_id, OWN, system=True)
    there = await tap(admin, asked, "✓ Into the library")
    assert "which has that name" in there.text
    assert "= Legless <press>" in labels(there)
    assert await state_of(database) is ProposalState.WAITING


async def test_what_waits_is_in_an_admins_library(admin: Phone, asked: Call) -> None:
    first = only(await admin.sends("/exercises"), "sendMessage") if await _has_unit(admin) else None
    assert first is not None
    listed = await tap(admin, first, "📥 Proposals (1)")
    assert "proposes an exercise" in (await tap(admin, listed, "Legless <press>")).text


async def _has_unit(admin: Phone) -> bool:
    return bool(await admin.sends("kg"))


async def test_who_is_no_admin_gets_the_answer_for_what_is_not_there(
    ready: Phone, asked: Call, database: Database
) -> None:
    assert "Proposals" not in str(labels(only(await ready.sends("/exercises"), "sendMessage")))
    for press in (Accept(1, 7), Decline(1), AskToDecline(1), OpenProposal(1), ListProposals(0), Accept(40_404, 7)):
        calls = await ready.presses(press)
        assert only(calls, "answerCallbackQuery").parameters["text"] == "That isn't there any more."
    assert await state_of(database) is ProposalState.WAITING


async def test_a_proposer_who_has_blocked_the_bot_costs_nothing(
    ready: Phone, admin: Phone, asked: Call, telegram: RecordingRequest, gym: Gym
) -> None:
    await admin.presses(Decline(1))
    telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await ready.takes_turns()
    assert (await gym.lifters.get(7)).unreachable_since is not None


async def test_an_admin_who_trains_is_asked_below_the_card_and_goes_on(
    ready: Phone, admin: Phone, own: int, gym: Gym
) -> None:
    await admin.sends("kg")
    await admin.sends("/workout")
    await admin.sends("bench")
    await ready.presses(Propose(own))
    asked = only(await admin.takes_turns(), "sendMessage")
    await tap(admin, asked, "✓ Into the library")
    await admin.sends("100x5")
    assert (await gym.workouts.card(admin.lifter_id)).sets == 1
