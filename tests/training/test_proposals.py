"""A lifter's own exercise on its way into the library."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.models import Exercise, ExercisePreference, JournalRow, Proposal, ProposalNotice, User
from storage.values.chat import Source
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.proposal import ProposalState
from storage.values.quantity import Weight, WeightUnit
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import BOT, LIFTER, STRANGER, add_exercise, add_lifter, add_workout, how_many, kg
from tests.support.training import current_name, leave
from training.errors import (
    InvalidValueError,
    MeasureMismatchError,
    NameTakenError,
    NotFoundError,
    NothingToUndoError,
    StaleButtonError,
    TrainingError,
)
from training.exercise_detail import NewExercise
from training.gym import Gym
from training.library import PAGE_SIZE
from training.matches import Choice
from training.proposals import LONGEST_WORD, MOST_WAITING, Proposed

OTHER_ADMIN = 901


@pytest.fixture(autouse=True)
async def everybody(database: Database) -> None:
    for lifter_id in (LIFTER, STRANGER, ADMIN, OTHER_ADMIN):
        await add_lifter(database, lifter_id)
    async with database.writing() as session:
        (await session.get_one(User, OTHER_ADMIN)).is_admin = True


async def add_own(gym: Gym, name: str = "Larsen press", **more: object) -> int:
    new = NewExercise(name, BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS, **more)  # type: ignore[arg-type] # what tests give fits
    return (await gym.exercises.create(LIFTER, new)).id


@pytest.fixture
async def own(gym: Gym) -> int:
    return await add_own(gym, aliases=("larsen", "lp"), how="Without the legs.")


@pytest.fixture
async def proposed(gym: Gym, own: int) -> Proposed:
    return await gym.proposals.propose(LIFTER, own, BOT)


async def told(database: Database) -> dict[int, int]:
    """Whom the journal has to tell something, with the notice."""
    async with database.reading() as session:
        rows = await session.scalars(select(JournalRow).where(JournalRow.source == Source.PROPOSAL))
        return {row.user_id: row.source_id for row in rows}


async def state_of(database: Database, proposal_id: int) -> ProposalState:
    async with database.reading() as session:
        return (await session.get_one(Proposal, proposal_id)).state


async def found(gym: Gym, text: str, lifter_id: int = STRANGER) -> list[str]:
    return [choice.name for choice in (await gym.library.search(lifter_id, text)).choices]


async def test_every_admin_who_can_be_written_to_is_told_once(
    database: Database, gym: Gym, own: int, proposed: Proposed
) -> None:
    assert (proposed.lifter_id, proposed.exercise.name, proposed.aliases) == (LIFTER, "Larsen press", ("larsen", "lp"))
    assert proposed.state is ProposalState.WAITING
    assert await gym.proposals.propose(LIFTER, own, BOT) == proposed
    notices = await told(database)
    assert notices.keys() == {ADMIN, OTHER_ADMIN}
    for admin_id, notice_id in notices.items():
        assert await gym.proposals.news(admin_id, notice_id) == proposed
        assert await gym.proposals.news(LIFTER, notice_id) is None


async def test_admins_who_have_blocked_the_bot_find_it_in_the_list(database: Database, gym: Gym, own: int) -> None:
    async with database.writing() as session:
        (await session.get_one(User, ADMIN)).unreachable_since = MONDAY_EVENING
    proposal = await gym.proposals.propose(LIFTER, own, BOT)
    assert (await told(database)).keys() == {OTHER_ADMIN}
    assert (await gym.proposals.waiting(ADMIN, 0)).choices == (Choice(proposal.id, "Larsen press"),)


async def test_accepted_it_is_everybodys_and_history_stays_with_it(
    database: Database, gym: Gym, own: int, proposed: Proposed
) -> None:
    await add_workout(database, finished=True, performed={own: [kg(100, 5)]})
    answer = await gym.proposals.accept(ADMIN, proposed.id, proposed.mark, BOT)
    assert answer.is_first
    assert (answer.proposal.state, answer.proposal.answered_by) == (ProposalState.ACCEPTED, f"Lifter {ADMIN}")
    for name in ("larsen press", "lp"):
        assert await found(gym, name) == ["Larsen press"]
    assert (await gym.exercises.get(STRANGER, own)).is_system
    card = await gym.workouts.add_exercise(LIFTER, own)
    assert card.current is not None
    assert card.current.last_time is not None
    await gym.library.seed_built_in()
    assert (await gym.exercises.get(STRANGER, own)).how == "Without the legs."


async def test_its_lifter_is_told_what_became_of_it(database: Database, gym: Gym, proposed: Proposed) -> None:
    asked = (await told(database))[OTHER_ADMIN]
    await gym.proposals.decline(ADMIN, proposed.id, " Too \n special ", BOT)
    news = await gym.proposals.news(LIFTER, (await told(database))[LIFTER])
    assert news is not None
    assert (news.state, news.word, news.answered_by) == (ProposalState.DECLINED, "Too special", f"Lifter {ADMIN}")
    assert await gym.proposals.news(OTHER_ADMIN, asked) is None  # there is nothing to be done any more
    assert await gym.proposals.news(STRANGER, (await told(database))[LIFTER]) is None


async def test_of_two_admins_who_answer_at_once_the_first_counts(
    database: Database, gym: Gym, own: int, proposed: Proposed
) -> None:
    answers = await asyncio.gather(
        gym.proposals.accept(ADMIN, proposed.id, proposed.mark, BOT),
        gym.proposals.decline(OTHER_ADMIN, proposed.id, "", BOT),
    )
    assert sorted(answer.is_first for answer in answers) == [False, True]
    (first,) = [answer.proposal for answer in answers if answer.is_first]
    assert {answer.proposal.state for answer in answers} == {first.state}
    assert (await gym.exercises.get(LIFTER, own)).is_system is (first.state is ProposalState.ACCEPTED)
    late = await gym.proposals.decline(OTHER_ADMIN, proposed.id, "no", BOT)
    assert (late.is_first, late.proposal) == (False, first)
    assert list(await told(database)).count(LIFTER) == 1


async def test_it_is_one_that_everybody_has_and_its_history_moves_there(database: Database, gym: Gym, own: int) -> None:
    spoto = await add_exercise(database, "Larsen bench press")
    await add_workout(database, finished=True, performed={own: [kg(100, 5)]})
    proposal = await gym.proposals.propose(LIFTER, own, BOT)
    assert proposal.alike == (Choice(spoto, "Larsen bench press"),)
    answer = await gym.proposals.merge(ADMIN, proposal.id, spoto, BOT)
    assert (answer.proposal.state, answer.proposal.into) == (ProposalState.MERGED, Choice(spoto, "Larsen bench press"))
    card = await gym.workouts.add_exercise(LIFTER, spoto)
    assert card.current is not None
    assert card.current.last_time is not None
    assert current_name(await gym.notebook.pick(LIFTER, "larsen")) == "Larsen bench press"
    assert await found(gym, "lp") == []
    assert not (await gym.proposals.merge(OTHER_ADMIN, proposal.id, spoto, BOT)).is_first


async def test_it_goes_into_nothing_that_does_not_fit_or_is_not_everybodys(
    database: Database, gym: Gym, own: int, proposed: Proposed
) -> None:
    await add_workout(database, finished=True, performed={own: [kg(100, 5)]})
    plank = await add_exercise(database, "Larsen plank", measure=Measure.DURATION)
    with pytest.raises(MeasureMismatchError):
        await gym.proposals.merge(ADMIN, proposed.id, plank, BOT)
    assert (await gym.proposals.look(ADMIN, proposed.id)).alike == ()
    another = await add_exercise(database, "Another own", owner=LIFTER)
    hers = await add_exercise(database, "Hers", owner=STRANGER)
    for into in (own, another, hers, 404):
        with pytest.raises(NotFoundError):
            await gym.proposals.merge(ADMIN, proposed.id, into, BOT)
    assert await state_of(database, proposed.id) is ProposalState.WAITING


async def test_what_its_lifter_has_changed_since_it_was_looked_at_is_not_accepted_unseen(
    database: Database, gym: Gym, own: int, proposed: Proposed
) -> None:
    changes = (
        gym.exercises.rename(LIFTER, own, "Rude press"),
        gym.exercises.change(LIFTER, own, how="Buy my book."),
        gym.exercises.add_alias(LIFTER, own, "bench"),
        gym.exercises.change(LIFTER, own, body_part=BodyPart.CALVES),
    )
    seen = proposed
    for change in changes:
        await change
        with pytest.raises(StaleButtonError):
            await gym.proposals.accept(ADMIN, proposed.id, seen.mark, BOT)
        assert await state_of(database, proposed.id) is ProposalState.WAITING
        seen = await gym.proposals.look(ADMIN, proposed.id)
    assert (await gym.proposals.accept(ADMIN, proposed.id, seen.mark, BOT)).is_first


async def test_a_name_that_everybody_knows_already_is_not_proposed_nor_accepted(
    database: Database, gym: Gym, own: int, proposed: Proposed
) -> None:
    there = await add_exercise(database, "LARSEN press")
    with pytest.raises(NameTakenError) as taken:
        await gym.proposals.accept(ADMIN, proposed.id, proposed.mark, BOT)
    assert taken.value.existing == Choice(there, "LARSEN press")
    await gym.proposals.withdraw(LIFTER, own)
    with pytest.raises(NameTakenError):
        await gym.proposals.propose(LIFTER, own, BOT)


async def test_what_its_lifter_wished_for_it_goes_on_holding_for_them_alone(
    database: Database, gym: Gym, own: int
) -> None:
    await gym.exercises.change(LIFTER, own, default_rest=200, weight_step=Weight(1_000, WeightUnit.KG))
    await add_exercise(database, "Leg press", aliases=["LP"])
    proposal = await gym.proposals.propose(LIFTER, own, BOT)
    await gym.proposals.accept(ADMIN, proposal.id, proposal.mark, BOT)
    mine, hers = [await gym.exercises.get(lifter_id, own) for lifter_id in (LIFTER, STRANGER)]
    assert (mine.rest, mine.step) == (200, Weight(1_000, WeightUnit.KG))
    assert (hers.rest, hers.step) == (120, Weight(2_500, WeightUnit.KG))
    assert (mine.aliases, mine.private_aliases) == (("larsen",), ("lp",))
    assert current_name(await gym.notebook.pick(LIFTER, "lp")) == "Larsen press"
    assert current_name(await gym.notebook.pick(STRANGER, "lp")) == "Leg press"


async def test_who_wished_for_nothing_has_nothing_written_down(
    database: Database, gym: Gym, proposed: Proposed
) -> None:
    await gym.proposals.accept(ADMIN, proposed.id, proposed.mark, BOT)
    assert await how_many(database, ExercisePreference) == 0


async def test_what_its_lifter_did_to_it_before_is_not_taken_back_from_everybody(
    gym: Gym, own: int, proposed: Proposed
) -> None:
    await gym.exercises.rename(LIFTER, own, "Larsen bench")
    seen = await gym.proposals.look(ADMIN, proposed.id)
    await gym.proposals.accept(ADMIN, proposed.id, seen.mark, BOT)
    with pytest.raises(NothingToUndoError):
        await gym.undo.undo(LIFTER)
    assert (await gym.exercises.get(STRANGER, own)).name == "Larsen bench"


async def test_an_admins_own_needs_nobodys_yes(database: Database, gym: Gym) -> None:
    new = NewExercise("Spoto", BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS)
    mine = await gym.exercises.create(ADMIN, new)
    assert (await gym.proposals.propose(ADMIN, mine.id, BOT)).state is ProposalState.ACCEPTED
    assert await found(gym, "spoto") == ["Spoto"]
    assert await told(database) == {}


async def test_withdrawn_it_is_nobodys_business(database: Database, gym: Gym, own: int, proposed: Proposed) -> None:
    notices = await told(database)
    await gym.proposals.withdraw(LIFTER, own)
    assert await gym.proposals.news(ADMIN, notices[ADMIN]) is None
    assert (await gym.proposals.waiting(ADMIN, 0)).choices == ()
    assert not (await gym.proposals.accept(ADMIN, proposed.id, proposed.mark, BOT)).is_first
    assert not (await gym.exercises.get(LIFTER, own)).is_system
    assert (await gym.proposals.propose(LIFTER, own, BOT)).id != proposed.id


async def test_an_answer_stays_whatever_is_withdrawn(gym: Gym, own: int, proposed: Proposed) -> None:
    await gym.proposals.decline(ADMIN, proposed.id, "", BOT)
    await gym.proposals.withdraw(LIFTER, own)
    assert (await gym.proposals.look(ADMIN, proposed.id)).state is ProposalState.DECLINED


async def test_it_is_withdrawn_with_its_exercise(database: Database, gym: Gym, own: int, proposed: Proposed) -> None:
    await gym.exercises.merge(LIFTER, own, await add_own(gym, "Mine"))
    assert await state_of(database, proposed.id) is ProposalState.WITHDRAWN
    another = await gym.proposals.propose(LIFTER, await add_own(gym, "Spoto"), BOT)
    await gym.exercises.delete(LIFTER, another.exercise.id)
    with pytest.raises(NotFoundError):
        await gym.proposals.accept(ADMIN, another.id, another.mark, BOT)
    assert await how_many(database, ProposalNotice) == 2  # of the first one, which tell nothing


async def test_only_so_many_wait_at_a_time(gym: Gym) -> None:
    waiting = [await gym.proposals.propose(LIFTER, await add_own(gym, f"Press {n}"), BOT) for n in range(MOST_WAITING)]
    one_more = await add_own(gym, "Press x")
    with pytest.raises(InvalidValueError) as refused:
        await gym.proposals.propose(LIFTER, one_more, BOT)
    assert refused.value.limit == MOST_WAITING
    await gym.proposals.decline(ADMIN, waiting[0].id, "", BOT)
    await gym.proposals.propose(LIFTER, one_more, BOT)


async def test_what_waits_is_listed_a_page_at_a_time_the_oldest_first(
    database: Database, gym: Gym, proposed: Proposed
) -> None:
    async with database.writing() as session:
        for number in range(PAGE_SIZE):
            exercise = Exercise(
                user_id=STRANGER,
                name=f"Press {number}",
                name_key=f"press {number}",
                body_part=BodyPart.CHEST,
                modality=Modality.BARBELL,
                measure=Measure.WEIGHT_REPS,
            )
            session.add(exercise)
            await session.flush()
            waits = {"state": ProposalState.WAITING, "proposed_at": MONDAY_EVENING}
            session.add(Proposal(user_id=STRANGER, exercise_id=exercise.id, **waits))
    first = await gym.proposals.waiting(ADMIN, 0)
    assert (first.choices[0].name, len(first.choices), first.pages) == ("Larsen press", PAGE_SIZE, 2)
    assert [choice.name for choice in (await gym.proposals.waiting(ADMIN, 7)).choices] == ["Press 7"]


async def test_for_who_is_no_admin_there_is_nothing_to_answer(
    database: Database, gym: Gym, own: int, proposed: Proposed
) -> None:
    system = await add_exercise(database, "Larsen bench press")
    for lifter_id in (LIFTER, STRANGER, 404):
        for proposal_id in (proposed.id, 404):
            for wish in (
                gym.proposals.waiting(lifter_id, 0),
                gym.proposals.look(lifter_id, proposal_id),
                gym.proposals.accept(lifter_id, proposal_id, proposed.mark, BOT),
                gym.proposals.merge(lifter_id, proposal_id, system, BOT),
                gym.proposals.decline(lifter_id, proposal_id, "no", BOT),
            ):
                with pytest.raises(NotFoundError):
                    await wish
    assert await state_of(database, proposed.id) is ProposalState.WAITING


async def test_nobody_proposes_or_withdraws_what_is_not_their_own(
    database: Database, gym: Gym, own: int, proposed: Proposed
) -> None:
    system = await add_exercise(database, "Bench press")
    for lifter_id, exercise_id in ((STRANGER, own), (ADMIN, own), (LIFTER, system), (LIFTER, 404)):
        with pytest.raises(NotFoundError):
            await gym.proposals.propose(lifter_id, exercise_id, BOT)
        with pytest.raises(NotFoundError):
            await gym.proposals.withdraw(lifter_id, exercise_id)
    assert await state_of(database, proposed.id) is ProposalState.WAITING


async def test_an_admin_who_is_none_any_more_is_told_nothing(database: Database, gym: Gym, proposed: Proposed) -> None:
    await gym.admins.revoke(ADMIN, OTHER_ADMIN)
    assert await gym.proposals.news(OTHER_ADMIN, (await told(database))[OTHER_ADMIN]) is None


@pytest.mark.parametrize("word", ["x" * (LONGEST_WORD + 1), "a\0b"])
async def test_a_word_that_can_not_be_kept_is_refused(gym: Gym, proposed: Proposed, word: str) -> None:
    with pytest.raises(InvalidValueError):
        await gym.proposals.decline(ADMIN, proposed.id, word, BOT)


async def test_an_accepted_one_stays_when_its_lifter_and_the_admin_go(gym: Gym, own: int, proposed: Proposed) -> None:
    other = await gym.proposals.propose(LIFTER, await add_own(gym, "Spoto"), BOT)
    await gym.proposals.accept(OTHER_ADMIN, proposed.id, proposed.mark, BOT)
    await gym.proposals.decline(OTHER_ADMIN, other.id, "no", BOT)
    await leave(gym, OTHER_ADMIN)
    assert (await gym.proposals.look(ADMIN, other.id)).answered_by == ""
    await leave(gym, LIFTER)
    assert await found(gym, "larsen") == ["Larsen press"]


async def test_answering_and_the_lifters_own_doings_do_not_wait_for_each_other_for_ever(
    gym: Gym, own: int, proposed: Proposed
) -> None:
    async with asyncio.timeout(60):
        results = await asyncio.gather(
            gym.proposals.accept(ADMIN, proposed.id, proposed.mark, BOT),
            gym.exercises.rename(LIFTER, own, "Larsen bench"),
            gym.exercises.delete(LIFTER, own),
            gym.workouts.add_exercise(LIFTER, own),
            gym.proposals.decline(OTHER_ADMIN, proposed.id, "", BOT),
            return_exceptions=True,
        )
    assert [one for one in results if isinstance(one, BaseException) and not isinstance(one, TrainingError)] == []
