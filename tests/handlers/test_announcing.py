"""An announcement, from its command to everybody's chat."""

from datetime import timedelta
from typing import Any

import pytest

from bot.priority import Priority, current
from handlers.announcing.buttons import DiscardAnnouncement, LookAtAnnouncement, SendAnnouncement, StopAnnouncement
from handlers.conversation import Step
from storage.database import Database
from storage.models import Announcement
from tests.support.clock import FakeClock
from tests.support.phone import BOT_ID, Phone, only
from tests.support.recording_request import Call, RecordingRequest
from tests.support.rows import how_many
from training.gym import Gym

TEXT = "Closed on Monday <sorry>"


@pytest.fixture
async def both(ready: Phone, admin: Phone) -> None:
    """Ann and the admin have written before."""
    await admin.sends("/start")


async def swept(gym: Gym, *phones: Phone) -> list[Call]:
    """What these get after a sweep."""
    await gym.announcements.sweep(BOT_ID)
    return [call for phone in phones for call in await phone.takes_turns()]


async def sent_off(admin: Phone) -> int:
    """The id of an announcement that is on its way, shown in the message 700."""
    preview = only(await admin.sends(f"/announce {TEXT}"), "sendMessage")
    send = preview.buttons[0]["callback_data"]
    await admin.presses_raw(send, message_id=700)
    return int(send.rpartition(":")[2])


async def test_the_preview_shows_what_everybody_will_see_and_sends_nothing(
    admin: Phone, gym: Gym, both: None, ann: Phone
) -> None:
    preview = only(await admin.sends(f"/announce {TEXT}\n\nBye"), "sendMessage")
    assert "It would go to 2 lifters" in preview.text
    assert preview.text.endswith("📣 Closed on Monday &lt;sorry&gt;\n\nBye")
    assert [one["text"] for one in preview.buttons] == ["📣 Send to 2", "✎ Write it anew", "✕ Discard"]
    assert await swept(gym, ann, admin) == []


async def test_the_text_is_asked_for_when_there_is_none(admin: Phone, both: None) -> None:
    asked = only(await admin.sends("/announce"), "sendMessage")
    assert "What shall everybody read?" in asked.text
    assert await admin.step() == Step.WRITING_ANNOUNCEMENT
    assert "📣 100x5" in only(await admin.sends("100x5"), "sendMessage").text
    assert await admin.step() is None


async def test_everybody_gets_it_and_the_admin_sees_how_far_it_has_come(
    admin: Phone, ann: Phone, gym: Gym, both: None
) -> None:
    announcement_id = await sent_off(admin)
    everybodys = [call for call in await swept(gym, ann, admin) if call.method == "sendMessage"]
    said = "📣 Closed on Monday &lt;sorry&gt;"
    assert [(call.parameters["chat_id"], call.text) for call in everybodys] == [
        (str(ann.lifter_id), said),
        (str(admin.lifter_id), said),
    ]
    looked = only(await admin.presses(LookAtAnnouncement(announcement_id), message_id=700), "editMessageText")
    assert "Sending…" in looked.text
    assert "2 of 2 have it." in looked.text
    ended = only(await swept(gym, admin), "editMessageText")
    assert (ended.parameters["message_id"], "Sent." in ended.text) == ("700", True)
    assert await swept(gym, ann, admin) == []


async def test_where_the_progress_is_gone_it_is_shown_anew_and_stays_there(
    admin: Phone, ann: Phone, gym: Gym, both: None, telegram: RecordingRequest, clock: FakeClock
) -> None:
    await sent_off(admin)
    clock.advance(timedelta(seconds=5))
    await gym.announcements.sweep(BOT_ID)
    telegram.refuse("editMessageText", 400, "Bad Request: message to edit not found")
    anew = [call for call in await admin.takes_turns() if "Sending…" in call.text][-1]
    assert anew.method == "sendMessage"
    stands_in = telegram.next_message_id
    await ann.takes_turns()
    ended = only(await swept(gym, admin), "editMessageText")
    assert ended.parameters["message_id"] == str(stands_in)


async def test_who_has_blocked_the_bot_is_counted_and_nobody_is_bothered(
    admin: Phone, ann: Phone, gym: Gym, both: None, telegram: RecordingRequest
) -> None:
    announcement_id = await sent_off(admin)
    await gym.announcements.sweep(BOT_ID)
    telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    assert len(await ann.takes_turns()) == 1
    telegram.refuse("sendMessage", 400, "Bad Request: chat not found")
    await admin.takes_turns()
    found = await gym.announcements.look(admin.lifter_id, announcement_id)
    assert (found.sent, found.unreachable, found.failed) == (0, 1, 1)
    assert (await gym.lifters.get(ann.lifter_id)).unreachable_since is not None
    assert "1 can't be reached any more." in only(await swept(gym, admin), "editMessageText").text


async def test_it_waits_behind_everything_else_and_goes_on_where_telegram_held_it_up(
    admin: Phone, ann: Phone, gym: Gym, both: None, telegram: RecordingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    priorities = []
    real = telegram.do_request

    async def noted(url: str, *args: Any, **more: Any) -> tuple[int, bytes]:
        priorities.append((url.rpartition("/")[2], current()))
        return await real(url, *args, **more)

    await sent_off(admin)
    monkeypatch.setattr(telegram, "do_request", noted)
    telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 5", retry_after=5)
    await gym.announcements.sweep(BOT_ID)
    await ann.takes_turns()
    assert only(await ann.takes_turns(), "sendMessage").text.startswith("📣")
    assert priorities == [("sendMessage", Priority.ANNOUNCEMENT)] * 2
    assert await swept(gym, ann) == []


async def test_stopping_is_shown_and_nobody_else_gets_it(admin: Phone, ann: Phone, gym: Gym, both: None) -> None:
    announcement_id = await sent_off(admin)
    stopped = only(await admin.presses(StopAnnouncement(announcement_id), message_id=700), "editMessageText")
    assert "Stopped." in stopped.text
    assert "0 of 2 have it." in stopped.text
    assert await swept(gym, ann, admin) == []


async def test_the_command_alone_shows_what_is_on_its_way(admin: Phone, gym: Gym, both: None, ann: Phone) -> None:
    await sent_off(admin)
    shown = only(await admin.sends("/announce"), "sendMessage")
    assert [one["text"] for one in shown.buttons] == ["⏹ Stop", "↻ How far?"]


async def test_pressed_twice_it_is_sent_once_and_discarded_it_is_gone(
    admin: Phone, gym: Gym, both: None, ann: Phone, database: Database
) -> None:
    announcement_id = await sent_off(admin)
    again = only(await admin.presses(SendAnnouncement(announcement_id), message_id=701), "editMessageText")
    assert "0 of 2 have it." in again.text
    draft = only(await admin.sends("/announce Another"), "sendMessage").buttons[-1]["callback_data"]
    assert "Nothing was sent" in only(await admin.presses_raw(draft), "editMessageText").text
    only(await admin.presses(DiscardAnnouncement(announcement_id)), "answerCallbackQuery")
    assert await how_many(database, Announcement) == 1


async def test_a_text_that_is_too_long_is_refused_with_the_limit(admin: Phone, both: None) -> None:
    assert "room for 3500 characters" in only(await admin.sends("/announce " + "x" * 3501), "sendMessage").text
