"""A message to everybody: drafted, sent in portions, stopped, taken up again, once for each."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage import audit
from storage.database import Database
from storage.models import Announcement, Delivery, JournalRow
from storage.values.chat import AnnouncementState, DeliveryState, JournalStatus, Source
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING, FakeClock, ManualAlarm
from tests.support.rows import BOT, LIFTER, STRANGER, add_lifter, how_many
from tests.support.training import leave
from training.announcing import LONGEST_ANNOUNCEMENT, Progress
from training.errors import InvalidValueError, NotAllowedError, NotFoundError, StaleButtonError
from training.gym import Gym

EVERYBODY = (LIFTER, STRANGER, ADMIN)
TEXT = "The gym is closed on Monday."


@pytest.fixture(autouse=True)
async def everybody(database: Database) -> None:
    for lifter_id in EVERYBODY:
        await add_lifter(database, lifter_id)


@pytest.fixture
async def sending(gym: Gym) -> Progress:
    draft = await gym.announcements.draft(ADMIN, TEXT)
    return await gym.announcements.send(ADMIN, draft.id, 501)


async def waiting(database: Database, source: Source = Source.ANNOUNCEMENT) -> Sequence[tuple[int, int]]:
    """Whose lanes something of this kind waits in, and its source id."""
    async with database.reading() as session:
        query = select(JournalRow.user_id, JournalRow.source_id).order_by(JournalRow.id)
        rows = await session.execute(
            query.where(JournalRow.source == source, JournalRow.status == JournalStatus.PENDING)
        )
        return [(row.user_id, row.source_id) for row in rows]


async def deliver_all(database: Database, gym: Gym) -> list[tuple[int, str | None]]:
    """What the lanes come to: to whom what is sent."""
    sent = []
    for lifter_id, delivery_id in await waiting(database):
        sent.append((lifter_id, await gym.announcements.deliver(lifter_id, delivery_id)))
        done = update(JournalRow).where(JournalRow.source == Source.ANNOUNCEMENT, JournalRow.source_id == delivery_id)
        async with database.writing() as session:
            await session.execute(done.values(status=JournalStatus.DONE))
    return sent


async def test_a_draft_says_to_how_many_it_would_go_and_sends_nothing(
    database: Database, gym: Gym, alarm: ManualAlarm
) -> None:
    await gym.lifters.mark_unreachable(STRANGER)
    first = await gym.announcements.draft(ADMIN, "  Hello <all>\nof you ")
    assert (first.text, first.lifters, first.state) == ("Hello <all>\nof you", 2, AnnouncementState.DRAFT)
    second = await gym.announcements.draft(ADMIN, TEXT)
    with pytest.raises(NotFoundError):
        await gym.announcements.send(ADMIN, first.id, None)
    await gym.announcements.discard(ADMIN, second.id)
    assert await how_many(database, Announcement) == 0
    assert (await gym.announcements.sweep(BOT)).next_due is None
    assert alarm.due == []


@pytest.mark.parametrize("text", ["", " \n ", "a\0b", "x" * (LONGEST_ANNOUNCEMENT + 1), "🏋" * LONGEST_ANNOUNCEMENT])
async def test_what_telegram_or_a_database_would_not_take_is_refused_at_once(
    database: Database, gym: Gym, text: str
) -> None:
    with pytest.raises(InvalidValueError):
        await gym.announcements.draft(ADMIN, text)
    assert await how_many(database, Announcement) == 0
    assert (await gym.announcements.draft(ADMIN, "x" * LONGEST_ANNOUNCEMENT)).id


async def test_everybody_who_can_be_reached_gets_it_once(
    database: Database, gym: Gym, clock: FakeClock, alarm: ManualAlarm
) -> None:
    await gym.lifters.mark_unreachable(STRANGER)
    draft = await gym.announcements.draft(ADMIN, TEXT)
    begun = await gym.announcements.send(ADMIN, draft.id, 501)
    assert (begun.lifters, begun.left, begun.message_id) == (2, 2, 501)
    assert alarm.due == [MONDAY_EVENING]
    swept = await gym.announcements.sweep(BOT)
    assert swept.lifter_ids == {LIFTER, ADMIN}
    assert swept.next_due == MONDAY_EVENING + timedelta(seconds=1)
    assert (await gym.announcements.sweep(BOT)).lifter_ids == frozenset()
    assert await deliver_all(database, gym) == [(LIFTER, TEXT), (ADMIN, TEXT)]
    assert (await gym.announcements.sweep(BOT)).lifter_ids == {ADMIN}
    assert await waiting(database, Source.PROGRESS) == [(ADMIN, -begun.id)]
    ended = await gym.announcements.progress(ADMIN, begun.id)
    assert ended is not None
    assert (ended.state, ended.sent, ended.left) == (AnnouncementState.SENT, 2, 0)
    assert (await gym.announcements.sweep(BOT)).next_due is None


async def test_a_delivery_that_has_been_made_is_not_made_again_but_told_again_after_a_crash(
    database: Database, gym: Gym, sending: Progress
) -> None:
    await gym.announcements.sweep(BOT)
    (lifter_id, delivery_id), *_ = await waiting(database)
    assert await gym.announcements.deliver(lifter_id, delivery_id) == TEXT
    assert await gym.announcements.deliver(lifter_id, delivery_id) is None
    assert await gym.announcements.delivered(lifter_id, delivery_id) == TEXT
    for call in (gym.announcements.deliver, gym.announcements.delivered):
        assert await call(STRANGER, delivery_id) is None
        assert await call(lifter_id, 404) is None


async def test_only_so_many_wait_in_lanes_at_once_and_the_next_follow_as_these_go(
    database: Database, gym: Gym, sending: Progress, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    monkeypatch.setattr("training.announcing.AT_ONCE", 2)
    await gym.announcements.sweep(BOT)
    await gym.announcements.sweep(BOT)
    assert [lifter_id for lifter_id, _ in await waiting(database)] == [LIFTER, STRANGER]
    await deliver_all(database, gym)
    clock.advance(timedelta(seconds=5))
    assert (await gym.announcements.sweep(BOT)).lifter_ids == {ADMIN}
    (at_admin,) = await waiting(database)
    assert await waiting(database, Source.PROGRESS) == [at_admin]  # named by the delivery that went out last
    assert await deliver_all(database, gym) == [(ADMIN, TEXT)]


async def test_replicas_that_sweep_at_once_hand_each_delivery_out_once(
    database: Database, gym: Gym, sending: Progress
) -> None:
    await asyncio.gather(*(gym.announcements.sweep(BOT) for _ in range(5)))
    assert sorted(lifter_id for lifter_id, _ in await waiting(database)) == sorted(EVERYBODY)
    assert [delivery_id for _, delivery_id in await waiting(database)] == [1, 2, 3]


async def test_who_is_stopped_gets_nothing_and_who_has_it_keeps_it(
    database: Database, gym: Gym, sending: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.announcing.AT_ONCE", 1)
    await gym.announcements.sweep(BOT)
    await deliver_all(database, gym)
    await gym.announcements.sweep(BOT)
    for _ in range(2):
        stopped = await gym.announcements.stop(ADMIN, sending.id)
        assert (stopped.state, stopped.sent, stopped.left) == (AnnouncementState.STOPPED, 1, 2)
    assert await deliver_all(database, gym) == [(STRANGER, None)]
    assert (await gym.announcements.sweep(BOT)).next_due is None
    assert await gym.announcements.look(ADMIN, sending.id) == stopped
    assert await gym.announcements.latest(ADMIN) == stopped
    async with database.reading() as session:
        acts = await audit.latest(session, limit=10)
    assert [(act.action, act.about) for act in reversed(acts)] == [
        ("announce", {"announcement": sending.id, "lifters": 3}),
        ("announce_stop", {"announcement": sending.id}),
    ]


async def test_who_can_not_be_reached_is_counted_and_remembered(
    database: Database, gym: Gym, sending: Progress
) -> None:
    await gym.announcements.sweep(BOT)
    (first, at_first), (second, at_second), (third, at_third) = await waiting(database)
    for lifter_id, delivery_id, blocked in ((first, at_first, True), (second, at_second, False)):
        await gym.announcements.deliver(lifter_id, delivery_id)
        await gym.announcements.missed(lifter_id, delivery_id, blocked=blocked)
    assert (await gym.lifters.get(first)).unreachable_since == MONDAY_EVENING
    assert (await gym.lifters.get(second)).unreachable_since is None
    await gym.lifters.mark_unreachable(third)
    assert await gym.announcements.deliver(third, at_third) is None
    found = await gym.announcements.look(ADMIN, sending.id)
    assert (found.sent, found.unreachable, found.failed, found.left) == (0, 2, 1, 0)


async def test_what_was_lost_on_its_way_does_not_keep_it_from_ending(
    database: Database, gym: Gym, sending: Progress
) -> None:
    await gym.announcements.sweep(BOT)
    async with database.writing() as session:
        await session.execute(update(JournalRow).values(status=JournalStatus.SET_ASIDE))
    await gym.announcements.sweep(BOT)
    ended = await gym.announcements.look(ADMIN, sending.id)
    assert (ended.state, ended.failed) == (AnnouncementState.SENT, 3)


async def test_a_draft_is_sent_once_however_often_the_button_is_pressed(
    database: Database, gym: Gym, sending: Progress
) -> None:
    for call in (gym.announcements.send(ADMIN, sending.id, 502), gym.announcements.discard(ADMIN, sending.id)):
        with pytest.raises(StaleButtonError):
            await call
    assert await how_many(database, Delivery) == 3


async def test_a_lifter_can_do_none_of_it_and_another_admin_sends_no_draft_that_is_not_theirs(
    database: Database, gym: Gym
) -> None:
    draft = await gym.announcements.draft(ADMIN, TEXT)
    for refused in (
        gym.announcements.draft(LIFTER, TEXT),
        gym.announcements.send(LIFTER, draft.id, None),
        gym.announcements.send(LIFTER, 404, None),
        gym.announcements.discard(LIFTER, draft.id),
        gym.announcements.stop(LIFTER, draft.id),
        gym.announcements.look(LIFTER, draft.id),
        gym.announcements.latest(LIFTER),
    ):
        with pytest.raises(NotAllowedError):
            await refused
    assert await gym.announcements.progress(LIFTER, draft.id) is None
    await gym.admins.grant(ADMIN, LIFTER)
    for missing in (
        gym.announcements.send(LIFTER, draft.id, None),
        gym.announcements.discard(LIFTER, draft.id),
        gym.announcements.look(LIFTER, draft.id),
        gym.announcements.stop(LIFTER, draft.id),
    ):
        with pytest.raises(NotFoundError):
            await missing
    assert await how_many(database, Delivery) == 0
    sending = await gym.announcements.send(ADMIN, draft.id, None)
    assert (await gym.announcements.stop(LIFTER, sending.id)).state is AnnouncementState.STOPPED


async def test_who_leaves_meanwhile_is_left_out(database: Database, gym: Gym, sending: Progress) -> None:
    await gym.announcements.sweep(BOT)
    (_, delivery_id), *_ = await waiting(database)
    await leave(gym, LIFTER)
    assert await gym.announcements.deliver(LIFTER, delivery_id) is None
    assert (await gym.announcements.look(ADMIN, sending.id)).lifters == 2
    async with database.reading() as session:
        assert set(await session.scalars(select(Delivery.state))) == {DeliveryState.HANDED_OUT}
