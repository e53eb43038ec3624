"""Documents with exercises: what admins see of them, and that others see nothing."""

import json
from html import unescape
from typing import Any

import pytest

from bot.lanes import Held
from handlers.home.buttons import ChooseUnit
from handlers.seeding.buttons import DropDocument, ExportAs, LoadDocument
from storage.database import Database
from storage.models import LibraryDocument
from storage.values.quantity import WeightUnit
from tests.support.phone import Phone, only
from tests.support.recording_request import Call, RecordingRequest
from tests.support.rows import add_exercise, how_many
from training.gym import Gym
from training.importing.reading import LARGEST, Format

HEADER = "name,body_part,modality,rest"
YOKE = f"{HEADER}\nYoke <b>carry</b>,legs,other,180\n"


@pytest.fixture(autouse=True)
def no_word_of_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine: how far it has come is told where a test asks for it."""
    monkeypatch.setattr("training.importing.ticking.TOLD_EVERY", 600.0)


@pytest.fixture
async def root(admin: Phone) -> Phone:
    """An admin who is known to the bot."""
    await admin.sends("/help")
    return admin


async def sends_file(
    who: Phone, telegram: RecordingRequest, content: str | bytes, name: str = "library.csv", **more: Any
) -> list[Call]:
    data = content if isinstance(content, bytes) else content.encode()
    telegram.downloads["sent"] = data
    document = {"file_id": "sent", "file_unique_id": "1", "file_name": name, "file_size": len(data)}
    return await who.sends_message(document=document, **more)


def the_message(calls: list[Call]) -> Call:
    return only(calls, "sendMessage")


async def test_a_document_is_shown_as_what_it_would_do_and_loaded_by_a_button(
    root: Phone, telegram: RecordingRequest, gym: Gym
) -> None:
    shown = the_message(await sends_file(root, telegram, YOKE))
    assert shown.text.splitlines()[:2] == [
        "<b>library.csv</b>: 1 exercise",
        "1 new, 0 changed, 0 the same, 0 in conflict, 0 refused.",
    ]
    assert "Line 2 “Yoke &lt;b&gt;carry&lt;/b&gt;”: new" in shown.text
    assert [button["text"] for button in shown.buttons] == ["✓ Apply: 1 new", "✗ Cancel"]
    assert (await gym.library.search(root.lifter_id, "yoke")).total == 0
    pressed = await root.presses(LoadDocument(1, 0))
    begins, ends = (call.text for call in pressed if call.method == "editMessageText")
    assert begins == "⏳ Loading 1 exercise …"
    assert ends.splitlines()[:2] == [
        "✓ <b>library.csv</b> is loaded: 1 new, 0 changed.",
        "Left as it was: 0 the same, 0 in conflict, 0 refused.",
    ]
    assert (await gym.library.search(root.lifter_id, "yoke")).total == 1


async def test_a_second_press_tells_the_same_again(root: Phone, telegram: RecordingRequest) -> None:
    await sends_file(root, telegram, YOKE)
    await root.presses(LoadDocument(1, 0))
    root.meets_a_new_process()  # or the message would be known to say so
    assert "is loaded: 1 new" in only(await root.presses(LoadDocument(1, 0)), "editMessageText").text


async def test_a_document_can_be_left_and_then_waits_no_more(
    root: Phone, telegram: RecordingRequest, database: Database
) -> None:
    await sends_file(root, telegram, YOKE)
    assert "nothing of that file is loaded" in only(await root.presses(DropDocument(1, 0)), "editMessageText").text
    for press in (LoadDocument(1, 0), DropDocument(1, 0)):
        root.meets_a_new_process()
        assert "waits no more" in only(await root.presses(press), "editMessageText").text
    assert await how_many(database, LibraryDocument) == 0


async def test_many_lines_come_as_a_file_before_the_question(root: Phone, telegram: RecordingRequest) -> None:
    rows = [f"Yoke {number},legs,other," for number in range(20)]
    calls = await sends_file(root, telegram, "\n".join([HEADER, *rows, "Broken,tail,other,"]))
    assert [call.method for call in calls if call.method.startswith("send")] == ["sendDocument", "sendMessage"]
    ((name, report),) = telegram.files
    assert name == "library.csv - dry run.txt"
    assert report.decode().splitlines()[:3] == [
        "library.csv: 20 new, 0 changed, 0 the same, 0 in conflict, 1 refused.",
        "",
        "Line 2 “Yoke 0”: new",
    ]
    assert "Line 22 “Broken”: refused. body_part can't be “tail”." in report.decode()
    shown = the_message(calls).text
    assert "Line 22 “Broken”: refused" in shown  # what is wrong goes before what is new
    assert "Yoke 7" not in shown


async def test_what_changes_nothing_has_no_button(root: Phone, telegram: RecordingRequest, database: Database) -> None:
    await add_exercise(database, "Floor press")
    shown = the_message(await sends_file(root, telegram, '[{"name": "floor-press"}]'))
    assert "1 the same" in shown.text
    assert "There is nothing to load." in shown.text
    assert shown.buttons == []


async def test_where_the_library_has_changed_it_is_asked_again(
    root: Phone, telegram: RecordingRequest, database: Database
) -> None:
    await sends_file(root, telegram, YOKE)
    await add_exercise(database, "Yoke b carry b", rest=1)
    edited = [call for call in await root.presses(LoadDocument(1, 0)) if call.method == "editMessageText"]
    assert edited[-1].text.startswith("The library has changed meanwhile.")
    assert edited[-1].buttons[0]["callback_data"] == "1zl:1:1"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[{"name": "Yoke"},\n{"name" "Sled"}]', "line 2, column 9"),
        ("Date,name\n", "columns that I don't know (Date)"),
        ("name,,how\n", "columns that I don't know (one without a name)"),
        ("body_part,rest,rest\n", "the column name is missing; columns are there twice (rest)"),
        ('name\n"Yoke', "the row that begins in line 2"),
        (b"PK\x03\x04 workbook", "Save it as CSV"),
        (bytes(range(256)), "no CSV or JSON text"),
        ("{}", "no list of exercises"),
        ("[" * 100_000, "nested too deeply"),
        ("name\n", "no exercises in it"),
        ("name\n" + "x\n" * 10_001, "more than 10,000 exercises"),
    ],
)
async def test_what_can_not_be_read_is_answered_with_what_is_wrong(
    root: Phone, telegram: RecordingRequest, database: Database, content: str | bytes, words: str
) -> None:
    answer = the_message(await sends_file(root, telegram, content, name="<i>.csv"))
    assert answer.text.startswith("I can't read <b>&lt;i&gt;.csv</b>: ")
    assert words in unescape(answer.text)
    assert answer.buttons == []
    assert await how_many(database, LibraryDocument) == 0


async def test_a_file_that_is_too_large_is_not_even_fetched(root: Phone) -> None:
    document = {"file_id": "sent", "file_unique_id": "1", "file_name": "library.csv", "file_size": LARGEST + 1}
    calls = await root.sends_message(document=document)
    assert "larger than 16 MB" in the_message(calls).text
    assert [call.method for call in calls] == ["sendMessage"]


async def test_a_file_of_unsaid_size_that_telegram_finds_too_large_is_answered_so(
    root: Phone, telegram: RecordingRequest
) -> None:
    telegram.refuse("getFile", 400, "Bad Request: file is too big")
    answer = await root.sends_message(document={"file_id": "sent", "file_unique_id": "1"})
    assert "<b>library</b>: it is larger than 16 MB" in the_message(answer).text


async def test_a_file_that_telegram_does_not_hand_out_is_asked_for_again(
    root: Phone, telegram: RecordingRequest
) -> None:
    telegram.refuse("getFile", 400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    assert "Please send it again" in the_message(await sends_file(root, telegram, YOKE)).text
    gone = {"file_id": "gone", "file_unique_id": "2"}
    assert "Please send it again" in the_message(await root.sends_message(document=gone)).text


async def test_a_moving_picture_is_no_document(root: Phone) -> None:
    picture = {"file_id": "sent", "file_unique_id": "1", "file_name": "cat.mp4"}
    animation = {**picture, "width": 1, "height": 1, "duration": 1}
    calls = await root.sends_message(document=picture, animation=animation)
    assert [call.method for call in calls] == ["sendMessage"]
    assert "I only read text" in the_message(calls).text


@pytest.mark.parametrize("open_question", ["/workout", "/exercise_add", "/announce", "/admins", "/exercises"])
async def test_a_document_is_taken_whatever_is_open(
    root: Phone, telegram: RecordingRequest, open_question: str
) -> None:
    await root.sends("/start")
    await root.presses(ChooseUnit(WeightUnit.KG))
    await root.sends(open_question)
    assert "1 new, 0 changed" in the_message(await sends_file(root, telegram, YOKE, caption="for all gyms")).text


async def test_another_encoding_is_read_and_said(root: Phone, telegram: RecordingRequest) -> None:
    shown = the_message(await sends_file(root, telegram, f"{HEADER}\nÜberzug,back,cable,\n".encode("cp1252")))
    assert "I read it as Windows-1252" in shown.text
    assert "“Überzug”: new" in shown.text


@pytest.mark.parametrize("caption", ["/seed", "my gym"])
async def test_a_caption_makes_no_difference(root: Phone, telegram: RecordingRequest, caption: str) -> None:
    assert "1 new" in the_message(await sends_file(root, telegram, YOKE, caption=caption)).text


async def test_seed_in_reply_to_a_document_is_about_that_one(root: Phone, telegram: RecordingRequest) -> None:
    telegram.downloads["sent"] = YOKE.encode()
    document = {"file_id": "sent", "file_unique_id": "1", "file_size": len(YOKE)}
    chat = {"id": root.lifter_id, "type": "private"}
    replied = {"message_id": 9, "date": 1, "chat": chat, "document": document}
    shown = the_message(await root.sends("/seed", reply_to_message=replied))
    assert shown.text.startswith("<b>library</b>: 1 exercise")


async def test_to_who_is_no_admin_a_document_is_a_file_like_any_other(
    ready: Phone, telegram: RecordingRequest, database: Database
) -> None:
    other = the_message(await ready.sends_message(document={"file_id": "x", "file_unique_id": "2"})).text
    calls = await sends_file(ready, telegram, YOKE, caption="/seed")
    assert the_message(calls).text == other
    assert [call.method for call in calls] == ["sendMessage"]
    document = {"file_id": "sent", "file_unique_id": "1"}
    replied = {"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}, "document": document}
    assert "I don't know /seed" in the_message(await ready.sends("/seed", reply_to_message=replied)).text
    for command in ("/exercise_export", "/exercise_export csv"):
        assert "I don't know /exercise_export" in the_message(await ready.sends(command)).text
    assert telegram.files == []
    assert await how_many(database, LibraryDocument) == 0


@pytest.mark.parametrize("press", [LoadDocument(1, 0), DropDocument(1, 0), ExportAs(Format.CSV)])
async def test_forged_buttons_of_who_is_no_admin_are_answered_like_old_ones(
    root: Phone, ready: Phone, telegram: RecordingRequest, database: Database, press: object
) -> None:
    await sends_file(root, telegram, YOKE)
    old = await ready.presses_raw("1gone:1")
    forged = await ready.presses(press)
    assert [(call.method, call.text) for call in forged] == [(call.method, call.text) for call in old]
    assert telegram.files == []
    assert await how_many(database, LibraryDocument) == 1


@pytest.mark.parametrize("kind", Format)
async def test_the_library_comes_as_a_file_and_changes_nothing_when_it_is_sent_back(
    root: Phone, ready: Phone, telegram: RecordingRequest, kind: Format
) -> None:
    sent = only(await root.sends(f"/exercise_export {kind.upper()}"), "sendDocument")
    assert "send the file back" in sent.parameters["caption"]
    ((name, content),) = telegram.files
    assert name == f"exercises.{kind}"
    shown = the_message(await sends_file(root, telegram, content, name)).text
    assert "0 new, 0 changed" in shown
    assert "There is nothing to load" in shown


async def test_export_asks_for_the_format_if_none_is_named(root: Phone, telegram: RecordingRequest) -> None:
    asked = the_message(await root.sends("/exercise_export xml"))
    assert [button["text"] for button in asked.buttons] == ["CSV", "JSON", "✕ Close"]
    only(await root.presses(ExportAs(Format.JSON)), "sendDocument")
    assert json.loads(telegram.files[0][1]) == {"exercises": []}


@pytest.mark.parametrize(("content", "begins"), [(YOKE, "<b>library.csv</b>"), ("[{]", "I can't read")])
async def test_how_far_it_has_come_is_told_and_goes_when_it_is_there(
    root: Phone, telegram: RecordingRequest, monkeypatch: pytest.MonkeyPatch, content: str, begins: str
) -> None:
    monkeypatch.setattr("training.importing.ticking.TOLD_EVERY", 0)
    calls = await sends_file(root, telegram, content)
    sent = [call for call in calls if call.method == "sendMessage"]
    assert sent[0].text.startswith("⏳")
    assert sent[-1].text.startswith(begins)
    assert len(sent) == 2
    assert json.loads(only(calls, "deleteMessages").parameters["message_ids"]) == [telegram.next_message_id - 1]


@pytest.mark.parametrize("is_admin_still", [True, False])
async def test_a_file_that_did_not_arrive_is_owed_to_who_is_an_admin_still(
    ready: Phone, root: Phone, telegram: RecordingRequest, gym: Gym, is_admin_still: bool
) -> None:
    await gym.admins.grant(root.lifter_id, ready.lifter_id)
    telegram.refuse("sendDocument", 502, "Bad Gateway")
    await ready.sends("/exercise_export json")
    assert isinstance(ready.turn, Held)
    if not is_admin_still:
        await gym.admins.revoke(root.lifter_id, ready.lifter_id)
    answers = [call.method for call in await ready.takes_turns()]
    assert answers == (["sendDocument"] if is_admin_still else ["sendMessage"])
    acts = (await gym.admins.record(root.lifter_id)).acts
    assert [act.action for act in acts].count("export") == 1


async def test_an_answer_that_did_not_arrive_is_owed(root: Phone, telegram: RecordingRequest, gym: Gym) -> None:
    telegram.refuse("sendMessage", 502, "Bad Gateway")
    await sends_file(root, telegram, YOKE)
    assert isinstance(root.turn, Held)
    shown = the_message(await root.takes_turns())
    assert [button["text"] for button in shown.buttons] == ["✓ Apply: 1 new", "✗ Cancel"]
    telegram.refuse("editMessageText", 502, "Bad Gateway")  # that it is being loaded, which nobody has to see
    telegram.refuse("editMessageText", 502, "Bad Gateway")
    await root.presses(LoadDocument(1, 0))
    assert isinstance(root.turn, Held)
    assert "is loaded: 1 new" in the_message(await root.takes_turns()).text
    assert (await gym.library.search(root.lifter_id, "yoke")).total == 1
