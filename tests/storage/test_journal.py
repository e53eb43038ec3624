from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage import at_hand, journal
from storage.at_hand import UpdateAtHand
from storage.database import Database
from storage.flooding import Incoming
from storage.models import JournalRow, RestTimer, User, Workout
from storage.values.chat import (
    CardShown,
    JournalStatus,
    RestMessageRemoved,
    RestMessageShown,
    RestState,
    Shown,
    Source,
)
from tests.support import one_lane
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import (
    BOT,
    LIFTER,
    STRANGER,
    add_execution,
    add_journal_row,
    add_lifter,
    add_rest,
    add_workout,
)

LATER = MONDAY_EVENING + timedelta(seconds=5)


def update_of(lifter_id: int, update_id: int, **payload: Any) -> Incoming:
    return Incoming(Source.TELEGRAM, update_id, lifter_id, {"update_id": update_id, **payload})


async def write_down(database: Database, *rows: Incoming, bot_id: int = BOT) -> None:
    async with database.writing() as session:
        await journal.write_down(session, bot_id, rows, MONDAY_EVENING)


async def claim(database: Database, lifter_id: int = LIFTER, *, bot_id: int = BOT) -> journal.Claimed | None:
    async with database.writing() as session:
        return await one_lane.claim_next(session, bot_id, lifter_id)


async def close(database: Database, journal_id: int, status: JournalStatus = JournalStatus.DONE) -> None:
    async with database.writing() as session:
        await journal.close(session, [journal_id], status, LATER)


async def rows(database: Database) -> list[tuple[int, int]]:
    async with database.reading() as session:
        query = select(JournalRow.user_id, JournalRow.source_id).order_by(JournalRow.id)
        return [(row.user_id, row.source_id) for row in await session.execute(query)]


async def test_a_batch_is_written_down_in_its_order(database: Database) -> None:
    await write_down(database, update_of(LIFTER, 12), update_of(STRANGER, 11), update_of(LIFTER, 13))
    assert await rows(database) == [(LIFTER, 12), (STRANGER, 11), (LIFTER, 13)]


async def test_a_batch_that_is_delivered_again_adds_only_what_is_new(database: Database) -> None:
    await write_down(database, update_of(LIFTER, 11, text="as it came first"))
    await write_down(database, update_of(LIFTER, 11, text="again"), update_of(LIFTER, 12), update_of(LIFTER, 12))
    assert await rows(database) == [(LIFTER, 11), (LIFTER, 12)]
    claimed = await claim(database)
    assert claimed is not None
    assert claimed.payload["text"] == "as it came first"


async def test_an_empty_batch_is_nothing(database: Database) -> None:
    await write_down(database)
    assert await rows(database) == []


async def test_update_ids_of_another_bot_and_ids_of_rests_are_other_ids(database: Database) -> None:
    await write_down(database, update_of(LIFTER, 11))
    await write_down(database, update_of(LIFTER, 11), bot_id=1)
    await write_down(database, Incoming(Source.REST, 11, LIFTER, {}))
    assert len(await rows(database)) == 3


@pytest.mark.parametrize("text", ["100×5 🔥", "nul \x00", "half of a pair \ud83d", "\u202e"])
async def test_any_text_can_be_written_down_and_comes_back_unchanged(database: Database, text: str) -> None:
    await write_down(database, update_of(LIFTER, 11, text=text), update_of(2**62, 12))
    claimed = await claim(database)
    assert claimed is not None
    assert claimed.payload["text"] == text


async def test_a_lane_is_handled_in_the_order_in_which_it_was_written_down(database: Database) -> None:
    await write_down(database, update_of(LIFTER, 30), update_of(STRANGER, 20), update_of(LIFTER, 10))
    handled = []
    while (claimed := await claim(database)) is not None:
        handled.append(claimed.source_id)
        await close(database, claimed.id)
    assert handled == [30, 10]


async def test_a_row_stays_the_next_one_until_it_is_closed_and_counts_its_attempts(database: Database) -> None:
    await write_down(database, update_of(LIFTER, 10), update_of(LIFTER, 11))
    attempts = [await claim(database) for _ in range(3)]
    assert [(claimed.source_id, claimed.attempts) for claimed in attempts if claimed] == [(10, 1), (10, 2), (10, 3)]


async def test_an_attempt_that_is_given_back_does_not_count(database: Database) -> None:
    await write_down(database, update_of(LIFTER, 10))
    first = await claim(database)
    assert first is not None
    async with database.writing() as session:
        await journal.give_back(session, first.id)
    again = await claim(database)
    assert again is not None
    assert again.attempts == 1


async def test_an_empty_lane_and_the_lane_of_another_bot_give_nothing(database: Database) -> None:
    await write_down(database, update_of(LIFTER, 10))
    assert await claim(database, STRANGER) is None
    assert await claim(database, bot_id=1) is None


async def test_a_row_whose_answer_is_owed_is_claimed_again_and_says_which(database: Database) -> None:
    await add_lifter(database)
    journal_id = await add_journal_row(database)
    with at_hand.holding(UpdateAtHand(journal_id, LIFTER, step=None, next_step=None, owed="summary:5")):
        async with database.writing():
            pass
    claimed = await claim(database)
    assert claimed is not None
    assert (claimed.status, claimed.owed) == (JournalStatus.APPLIED, "summary:5")


@pytest.mark.parametrize("status", [JournalStatus.DONE, JournalStatus.SET_ASIDE, JournalStatus.UNREADABLE])
async def test_a_closed_row_is_kept_but_never_handed_out_again(database: Database, status: JournalStatus) -> None:
    await write_down(database, update_of(LIFTER, 10))
    claimed = await claim(database)
    assert claimed is not None
    await close(database, claimed.id, status)
    assert await claim(database) is None
    async with database.reading() as session:
        row = await session.get_one(JournalRow, claimed.id)
    assert (row.status, row.finished_at, row.owed, row.attempts) == (status, LATER, None, 1)


async def test_what_is_done_goes_after_some_days_and_what_somebody_may_ask_about_stays(database: Database) -> None:
    kept = [JournalStatus.PENDING, JournalStatus.APPLIED, JournalStatus.SET_ASIDE, JournalStatus.UNREADABLE]
    for number, status in enumerate([JournalStatus.DONE, *kept, JournalStatus.REFUSED, JournalStatus.DONE]):
        await add_journal_row(database, number, status=status)
    async with database.writing() as session:
        assert await journal.prune(session, MONDAY_EVENING) == 0
        assert await journal.prune(session, LATER) == 3
    assert [source_id for _, source_id in await rows(database)] == [1, 2, 3, 4]


async def test_pruning_stops_at_the_first_row_that_is_too_young(database: Database) -> None:
    await add_journal_row(database, 1, status=JournalStatus.DONE)
    async with database.writing() as session:
        await journal.write_down(session, BOT, [update_of(LIFTER, 2)], LATER)
    young = await claim(database)
    assert young is not None
    await close(database, young.id)
    await add_journal_row(database, 3, status=JournalStatus.DONE)
    async with database.writing() as session:
        assert await journal.prune(session, LATER) == 1
    assert [source_id for _, source_id in await rows(database)] == [2, 3]


async def record(
    database: Database, *shown: Shown, messages: int = 0, lifter_id: int = LIFTER, next_step: str | None = None
) -> None:
    hand = UpdateAtHand(1, lifter_id, step=None, next_step=next_step, shown=list(shown), messages=messages)
    async with database.writing() as session:
        await journal.record_shown(session, hand)


async def place_of(database: Database, workout_id: int) -> tuple[int | None, int]:
    async with database.reading() as session:
        workout = await session.get_one(Workout, workout_id)
    return workout.card_message_id, workout.messages_below


@pytest.fixture
async def workout_id(database: Database) -> int:
    await add_lifter(database)
    return await add_workout(database)


async def test_a_card_that_was_sent_has_nothing_below_it(database: Database, workout_id: int) -> None:
    await record(database, messages=2)
    await record(database, CardShown(workout_id, 500))
    assert await place_of(database, workout_id) == (500, 0)


async def test_messages_that_came_after_the_card_are_below_it(database: Database, workout_id: int) -> None:
    await record(database, CardShown(workout_id, 500), messages=1)
    assert await place_of(database, workout_id) == (500, 1)


async def test_messages_below_the_card_add_up_and_those_removed_are_taken_off(
    database: Database, workout_id: int
) -> None:
    for messages in (2, 1, 0, -1):
        await record(database, messages=messages)
    assert await place_of(database, workout_id) == (None, 2)


async def test_the_last_card_that_was_sent_is_the_card(database: Database, workout_id: int) -> None:
    await record(database, CardShown(workout_id, 500), CardShown(workout_id, 501))
    assert await place_of(database, workout_id) == (501, 0)


async def test_messages_are_counted_below_the_open_workouts_card_of_that_lifter_alone(
    database: Database, workout_id: int
) -> None:
    finished = await add_workout(database, finished=True)
    await add_lifter(database, STRANGER)
    strangers = await add_workout(database, STRANGER)
    await record(database, CardShown(strangers, 500), messages=3)
    assert await place_of(database, workout_id) == (None, 3)
    assert await place_of(database, finished) == (None, 0)
    assert await place_of(database, strangers) == (None, 0)


async def test_a_summary_stands_in_the_card_of_the_finished_workout(database: Database) -> None:
    await add_lifter(database)
    finished = await add_workout(database, finished=True)
    await record(database, CardShown(finished, 500))
    assert await place_of(database, finished) == (500, 0)


async def test_a_rest_keeps_its_message_until_that_is_removed(database: Database) -> None:
    await add_lifter(database)
    timer_id = await add_rest(database, await add_execution(database), state=RestState.RUNG)
    await record(database, RestMessageShown(timer_id, 501))
    async with database.reading() as session:
        assert (await session.get_one(RestTimer, timer_id)).message_id == 501
    for _ in range(2):
        await record(database, RestMessageRemoved(timer_id))
    async with database.reading() as session:
        assert await session.get(RestTimer, timer_id) is None


async def test_the_rest_of_somebody_else_is_left_alone(database: Database) -> None:
    for lifter_id in (LIFTER, STRANGER):
        await add_lifter(database, lifter_id)
    timer_id = await add_rest(database, await add_execution(database), state=RestState.RUNG, message_id=400)
    await record(database, RestMessageShown(timer_id, 501), RestMessageRemoved(timer_id), lifter_id=STRANGER)
    async with database.reading() as session:
        assert (await session.get_one(RestTimer, timer_id)).message_id == 400


async def step_of(database: Database) -> str | None:
    async with database.reading() as session:
        return (await session.get_one(User, LIFTER)).step


async def test_an_update_without_effect_moves_the_step_when_its_handling_ends(database: Database) -> None:
    await add_lifter(database)
    await record(database, next_step="picking")
    assert await step_of(database) == "picking"


async def test_a_step_taken_after_the_effect_was_committed_is_kept_too(database: Database) -> None:
    await add_lifter(database)
    hand = UpdateAtHand(await add_journal_row(database), LIFTER, step=None, next_step="picking")
    with at_hand.holding(hand):
        async with database.writing():
            pass
        hand.next_step = None
        async with database.writing() as session:
            await journal.record_shown(session, hand)
    assert await step_of(database) is None


async def test_the_oldest_of_each_lifter_is_claimed_at_once_but_for_rows_that_do_not_count(database: Database) -> None:
    first = [await add_journal_row(database, number, lifter_id=lifter_id) for number, lifter_id in ((1, 1), (2, 2))]
    second = [await add_journal_row(database, number, lifter_id=lifter_id) for number, lifter_id in ((3, 1), (4, 2))]
    await add_journal_row(database, 5, lifter_id=3)
    async with database.writing() as session:
        claimed = await journal.claim_next(session, BOT, [1, 2, 4], except_for=[first[1]])
    assert {lifter_id: row and (row.id, row.attempts, row.more) for lifter_id, row in claimed.items()} == {
        1: (first[0], 1, True),
        2: (second[1], 1, False),
    }


async def test_what_was_begun_too_often_is_left_as_it_is_and_said_to_wait(database: Database) -> None:
    often = await add_journal_row(database, 1, lifter_id=1)
    once = await add_journal_row(database, 2, lifter_id=2)
    for lifter_ids in ([1], [1, 2]):
        async with database.writing() as session:
            await journal.claim_next(session, BOT, lifter_ids)
    async with database.writing() as session:
        claimed = await journal.claim_next(session, BOT, [1, 2, 3], most_attempts=2)
    assert {lifter_id: row and (row.id, row.attempts) for lifter_id, row in claimed.items()} == {1: None, 2: (once, 2)}
    async with database.writing() as session:
        again = (await journal.claim_next(session, BOT, [1]))[1]
    assert again is not None
    assert (again.id, again.attempts) == (often, 3)
