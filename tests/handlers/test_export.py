"""Lifters take their data away and bring it back."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from bot.lanes import Held
from bot.turns import Turns
from handlers.callback_data import pack
from handlers.export.buttons import DropImport, LoadImport, OpenExport, SendExport
from handlers.workout.buttons import Finish
from storage.database import Database
from tests.support.clock import MONDAY_EVENING
from tests.support.phone import Phone, only
from tests.support.recording_request import Call, RecordingRequest
from tests.support.rows import add_workout
from training.accounts.format import LARGEST_FILE, ExportKind
from training.gym import Gym


@pytest.fixture(autouse=True)
def no_word_of_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine: how far it has come is told where a test asks for it."""
    monkeypatch.setattr("training.importing.ticking.TOLD_EVERY", 600.0)
    monkeypatch.setattr("handlers.export.flow._EVERY", 600.0)


@pytest.fixture
async def trained(ready: Phone, gym: Gym) -> Phone:
    """Ann, with a finished workout."""
    for text in ("/workout", "bench press barbell", "100x5x3"):
        await ready.sends(text)
    card = (await gym.lifters.home(ready.lifter_id)).card
    assert card is not None
    await ready.presses(Finish(card.workout_id, card.revision))
    return ready


@pytest.fixture
async def ben(turns: Turns, telegram: RecordingRequest) -> Phone:
    """Somebody who has done nothing yet."""
    ben = Phone(turns, telegram, 8, "Ben")
    await ben.sends("/start")
    return ben


async def sends_file(
    who: Phone, telegram: RecordingRequest, content: bytes, name: str = "spotter-2026-01-05.json", **more: Any
) -> list[Call]:
    telegram.downloads["sent"] = content
    document = {"file_id": "sent", "file_unique_id": "1", "file_name": name, "file_size": len(content)}
    return await who.sends_message(document=document, **more)


def the_message(calls: list[Call]) -> Call:
    return only(calls, "sendMessage")


async def the_file(who: Phone, telegram: RecordingRequest) -> bytes:
    await who.sends("/export json")
    return telegram.files[-1][1]


async def test_export_asks_which_format_and_a_button_sends_it(trained: Phone, telegram: RecordingRequest) -> None:
    asked = the_message(await trained.sends("/export"))
    assert [button["text"] for button in asked.buttons] == ["JSON", "CSV", "Strong's CSV"]
    await trained.presses(SendExport(ExportKind.CSV))
    assert [name for name, _ in telegram.files] == ["spotter-csv-2026-01-05.csv"]
    assert telegram.files[0][1].decode("utf-8-sig").count("\n") == 4


async def test_what_offers_an_export_keeps_its_message(trained: Phone) -> None:
    assert pack(OpenExport()) == "1Xo"
    calls = await trained.presses(OpenExport())
    assert [call.method for call in calls if call.method != "answerCallbackQuery"] == ["sendMessage"]


@pytest.mark.parametrize("kind", list(ExportKind))
async def test_a_format_that_is_named_is_sent_at_once(
    trained: Phone, telegram: RecordingRequest, kind: ExportKind
) -> None:
    sent = only(await trained.sends(f"/export {kind.value.upper()}"), "sendDocument")
    assert len(telegram.files) == 1
    assert "1 workout" in str(sent.parameters["caption"])


async def test_an_export_that_did_not_arrive_is_sent_again(trained: Phone, telegram: RecordingRequest) -> None:
    telegram.refuse("sendDocument", 502, "Bad Gateway")
    await trained.sends("/export json")
    assert isinstance(trained.turn, Held)
    only(await trained.takes_turns(), "sendDocument")


async def test_a_file_is_shown_as_what_it_would_bring_and_imported_by_a_button(
    trained: Phone, ben: Phone, telegram: RecordingRequest, gym: Gym
) -> None:
    content = await the_file(trained, telegram)
    shown = the_message(await sends_file(ben, telegram, content))
    assert shown.text.splitlines() == [
        "<b>spotter-2026-01-05.json</b>",
        "",
        "What comes:",
        "+ 1 workout with 3 sets, 5 Jan 2026",
        "+ your settings and reminders become those of the file",
        "",
        "Nothing is changed yet. The file doesn't say whose it is: import it only if it is yours.",
        "/undo takes the whole import back.",
    ]
    assert [button["text"] for button in shown.buttons] == ["✓ Import", "✗ Leave it"]
    done = only(await ben.presses(LoadImport(1, 0)), "editMessageText").text
    assert done.startswith("✓ <b>spotter-2026-01-05.json</b> is imported: 1 workout, your settings.")
    ben.meets_a_new_process()
    assert only(await ben.presses(LoadImport(1, 0)), "editMessageText").text == done
    assert await the_file(ben, telegram) == content
    again = the_message(await sends_file(ben, telegram, content))
    assert "There is nothing in it that isn't here already." in again.text
    assert again.buttons == []
    assert "Taken back: the import" in the_message(await ben.sends("/undo")).text
    assert (await gym.leaving.holdings(8)).workouts == 0


async def test_a_file_can_be_left_and_then_waits_no_more(
    trained: Phone, ben: Phone, telegram: RecordingRequest
) -> None:
    await sends_file(ben, telegram, await the_file(trained, telegram))
    assert "nothing of that file is imported" in only(await ben.presses(DropImport(1, 0)), "editMessageText").text
    for press in (LoadImport(1, 0), DropImport(1, 0)):
        ben.meets_a_new_process()
        assert "waits no more" in only(await ben.presses(press), "editMessageText").text


async def test_a_strangers_button_is_answered_like_one_of_a_file_that_is_gone(
    trained: Phone, ben: Phone, telegram: RecordingRequest
) -> None:
    await sends_file(ben, telegram, await the_file(trained, telegram))
    for import_id in (1, 99):
        trained.meets_a_new_process()
        assert "waits no more" in only(await trained.presses(LoadImport(import_id, 0)), "editMessageText").text


async def test_import_says_what_to_send_and_takes_the_file_that_it_replies_to(
    trained: Phone, ben: Phone, telegram: RecordingRequest
) -> None:
    assert "Send me the JSON file" in the_message(await ben.sends("/import")).text
    telegram.downloads["sent"] = await the_file(trained, telegram)
    replied = {
        "message_id": 5,
        "date": 0,
        "chat": {"id": 8, "type": "private"},
        "document": {"file_id": "sent", "file_unique_id": "1", "file_name": "renamed.txt"},
    }
    command = [{"type": "bot_command", "offset": 0, "length": 7}]
    calls = await ben.sends_message(text="/import", entities=command, reply_to_message=replied)
    assert "1 workout with 3 sets" in the_message(calls).text
    content = telegram.downloads["sent"]
    calls = await sends_file(ben, telegram, content, "renamed.txt", caption="/import")
    assert "1 workout with 3 sets" in the_message(calls).text


async def test_an_admins_own_export_goes_to_the_import_and_other_files_to_the_library(
    trained: Phone, admin: Phone, telegram: RecordingRequest
) -> None:
    content = await the_file(trained, telegram)
    await admin.sends("/start")
    for name in ("spotter-2026-01-05.json", "renamed.json"):
        assert "✓ Import" in the_message(await sends_file(admin, telegram, content, name)).buttons[0]["text"]
    library = b'[{"name": "Yoke carry", "body_part": "legs", "modality": "other"}]'
    assert "✓ Apply" in the_message(await sends_file(admin, telegram, library, "x.json")).buttons[0]["text"]


async def test_other_files_are_still_nothing_to_read(ben: Phone, telegram: RecordingRequest) -> None:
    calls = await sends_file(ben, telegram, b"...", "holiday.pdf")
    assert "and the JSON file of /export" in the_message(calls).text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "line 1, column 2"),
        (b"[]", "no file that /export has written"),
        (b'{"format": "spotter", "version": 2}', "newer Spotter"),
        (b'{"format": "spotter", "version": 1, "workouts": [{"<b>": 1}]}', "workouts[0].<b>: no field is called so"),
        (b'{"format": "spotter", "version": 1, "workouts": [{}]}', "workouts[0].started_at: this is missing"),
    ],
)
async def test_what_can_not_be_read_is_answered_with_what_is_wrong(
    ben: Phone, telegram: RecordingRequest, content: bytes, words: str
) -> None:
    answer = the_message(await sends_file(ben, telegram, content, name="<i>.json"))
    assert answer.text.startswith("I can't import <b>&lt;i&gt;.json</b>: ")
    assert words in unescape(answer.text)
    assert answer.buttons == []


async def test_a_file_that_is_too_large_or_gone_is_answered_so(ben: Phone, telegram: RecordingRequest) -> None:
    document = {"file_id": "x", "file_unique_id": "1", "file_name": "a.json", "file_size": LARGEST_FILE + 1}
    assert "more than 20 MB" in the_message(await ben.sends_message(document=document)).text
    telegram.refuse("getFile", 400, "Bad Request: file is too big")
    unsaid = {"file_id": "x", "file_unique_id": "1", "file_name": "a.json"}
    assert "more than 20 MB" in the_message(await ben.sends_message(document=unsaid)).text
    assert "couldn't get" in the_message(await ben.sends_message(document=unsaid)).text


async def test_an_answer_that_did_not_arrive_is_owed(trained: Phone, ben: Phone, telegram: RecordingRequest) -> None:
    content = await the_file(trained, telegram)
    telegram.refuse("sendMessage", 502, "Bad Gateway")
    await sends_file(ben, telegram, content)
    assert isinstance(ben.turn, Held)
    assert "1 workout with 3 sets" in the_message(await ben.takes_turns()).text
    telegram.refuse("editMessageText", 502, "Bad Gateway")
    await ben.presses(LoadImport(1, 0))
    assert isinstance(ben.turn, Held)
    assert "is imported: 1 workout" in the_message(await ben.takes_turns()).text


async def test_an_import_that_is_cut_short_goes_on_before_anything_else(
    trained: Phone, ben: Phone, telegram: RecordingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = await the_file(trained, telegram)
    await sends_file(ben, telegram, content)

    async def dies(*_: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr("storage.taking_in.add_workouts", dies)
        await ben.presses(LoadImport(1, 0))
    assert isinstance(ben.turn, Held)
    assert "is imported: 1 workout" in the_message(await ben.takes_turns()).text
    assert await the_file(ben, telegram) == content


async def test_how_far_it_has_come_is_told_where_it_takes_long(
    trained: Phone, ben: Phone, telegram: RecordingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = await the_file(trained, telegram)
    monkeypatch.setattr("training.importing.ticking.TOLD_EVERY", 0.0)
    await sends_file(ben, telegram, content)
    calls = await ben.presses(LoadImport(1, 0))
    assert "⏳ Importing: 1 of 1 workouts …" in [call.text for call in calls]
    assert calls[-1].method in {"editMessageText", "deleteMessages"}
    monkeypatch.setattr("handlers.export.flow._EVERY", 0.0)
    calls = await ben.sends("/export json")
    assert any(call.text.startswith("⏳ Writing your workouts down") for call in calls)
    assert "deleteMessages" in [call.method for call in calls]


async def test_where_the_account_has_changed_it_is_asked_again(
    trained: Phone, ben: Phone, telegram: RecordingRequest, database: Database
) -> None:
    await sends_file(ben, telegram, await the_file(trained, telegram))
    await add_workout(database, 8, started_at=MONDAY_EVENING - timedelta(days=9), finished=True)
    shown = only(await ben.presses(LoadImport(1, 0)), "editMessageText")
    assert shown.text.startswith("Your account has changed meanwhile.")
    assert "your settings and reminders, as you have trained here" in shown.text
    assert shown.buttons[0]["callback_data"] == "1Xi:1:1"
