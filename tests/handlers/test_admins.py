"""/admins and /stats."""

from typing import Any

import pytest

from handlers.admins.buttons import GrantAdmin, RevokeAdmin, ShowRecord
from handlers.conversation import Step
from storage.database import Database
from storage.models import Set, User
from storage.values.quantity import WeightUnit
from tests.support.phone import Phone, only
from tests.support.rows import how_many
from training.gym import Gym

BEN = 123456789


@pytest.fixture
async def ben(admin: Phone, gym: Gym, database: Database, turns: Any, telegram: Any) -> Phone:
    """Somebody who has written before, as the admin has."""
    await admin.sends("/start")
    ben = Phone(turns, telegram, BEN, "Ben <b>")
    await ben.sends("/start")
    return ben


async def is_admin(gym: Gym) -> bool:
    return (await gym.lifters.get(BEN)).is_admin


def by(person: dict[str, Any]) -> dict[str, Any]:
    return {"type": "user", "date": 1, "sender_user": person}


BEN_HIMSELF = {"id": BEN, "is_bot": False, "first_name": "Ben"}
CONTACT = {"phone_number": "+49", "first_name": "Ben", "user_id": BEN}


@pytest.mark.parametrize("command", [f"/admins {BEN}", f"/admins add {BEN}", f"/admins GRANT\n{BEN}"])
async def test_an_admin_is_made_by_id(admin: Phone, ben: Phone, gym: Gym, command: str) -> None:
    calls = await admin.sends(command)
    assert "✓ Ben &lt;b&gt; (<code>123456789</code>) is an admin now." in only(calls, "sendMessage").text
    menu = only(calls, "setMyCommands")
    assert menu.parameters["scope"] == f'{{"chat_id": {BEN}, "type": "chat"}}'
    assert "announce" in menu.parameters["commands"]
    assert await is_admin(gym)


async def test_an_admin_is_made_by_reply(admin: Phone, ben: Phone, gym: Gym) -> None:
    chat = {"id": admin.lifter_id, "type": "private"}
    for replied in ({"contact": CONTACT}, {"text": "Hi", "forward_origin": by(BEN_HIMSELF)}):
        message = {"message_id": 5, "date": 1, "chat": chat, **replied}
        await admin.sends("/admins add", reply_to_message=message)
        assert await is_admin(gym)
        calls = await admin.sends("/admins remove", reply_to_message=message)
        assert "is no admin any more" in only(calls, "sendMessage").text
        assert only(calls, "deleteMyCommands").parameters["scope"] == f'{{"chat_id": {BEN}, "type": "chat"}}'
        assert not await is_admin(gym)


@pytest.mark.parametrize(
    "sent", [{"contact": CONTACT}, {"text": "Hello", "forward_origin": by(BEN_HIMSELF)}, {"text": f" {BEN} "}]
)
async def test_an_admin_is_made_in_a_conversation(admin: Phone, ben: Phone, gym: Gym, sent: dict[str, Any]) -> None:
    asked = only(await admin.sends("/admins"), "sendMessage")
    assert "To add one" in asked.text
    assert "is an admin now" in only(await admin.sends_message(**sent), "sendMessage").text
    assert await is_admin(gym)
    calls = await admin.sends_message(contact=CONTACT)  # nothing asks for it any more
    assert "I only read text" in only(calls, "sendMessage").text


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"text": "Ben"}, "I can't read whom you mean"),
        ({"contact": {"phone_number": "+49", "first_name": "Ben"}}, "Telegram doesn't tell me who that is"),
        (
            {"text": "x", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Ben"}},
            "Telegram doesn't tell me who that is",
        ),
        ({"text": "987654321"}, "They have to send me /start first"),
    ],
)
async def test_whoever_can_not_be_made_one_is_answered_with_what_to_do(
    admin: Phone, ben: Phone, sent: dict[str, Any], answer: str
) -> None:
    await admin.sends("/admins")
    assert answer in only(await admin.sends_message(**sent), "sendMessage").text


@pytest.mark.stocked
async def test_a_set_typed_meanwhile_is_logged(admin: Phone, ben: Phone, gym: Gym, database: Database) -> None:
    await gym.lifters.choose_unit(admin.lifter_id, WeightUnit.KG)
    await admin.sends("/workout")
    await admin.sends("bench")
    await admin.sends("/admins")
    await admin.sends("100x5")
    assert await how_many(database, Set) == 1


async def test_the_hosts_admins_can_not_be_removed_and_no_button_offers_it(admin: Phone, ben: Phone) -> None:
    assert "so they stay one" in only(await admin.sends("/admins remove 00900"), "sendMessage").text
    listed = only(await admin.sends("/admins"), "sendMessage")
    assert "Root (<code>900</code>) · by the host" in listed.text
    assert [one["text"] for one in listed.buttons] == ["📜 What was done", "✕ Close"]


async def test_buttons_remove_and_bring_back(admin: Phone, ben: Phone, gym: Gym) -> None:
    await admin.sends(f"/admins {BEN}")
    assert "✕ Remove Ben" in only(await admin.sends("/admins"), "sendMessage").buttons[0]["text"]
    assert "no admin any more" in only(await admin.presses(RevokeAdmin(BEN)), "editMessageText").text
    assert "is no admin." in only(await admin.presses(RevokeAdmin(BEN)), "editMessageText").text
    assert "is an admin now" in only(await admin.presses(GrantAdmin(BEN)), "editMessageText").text
    assert "is an admin already" in only(await admin.presses(GrantAdmin(BEN)), "editMessageText").text
    assert await is_admin(gym)


async def test_whoever_is_no_admin_any_more_is_left_with_no_question_open(
    admin: Phone, ben: Phone, gym: Gym, database: Database
) -> None:
    await admin.sends(f"/admins {BEN}")
    await ben.sends("/admins")
    await admin.sends(f"/admins remove {BEN}")
    only(await ben.sends(f"{BEN}"), "sendMessage")
    assert not await is_admin(gym)
    async with database.reading() as session:
        step = (await session.get_one(User, BEN)).step or ""
    assert step.partition(":")[0] == Step.CHOOSING_UNIT  # where everybody begins


async def test_what_was_done_is_read_with_names(admin: Phone, ben: Phone, gym: Gym) -> None:
    nothing = only(await admin.presses(ShowRecord(0)), "editMessageText")
    assert "Nothing was done yet" in nothing.text
    await admin.sends("/seed")
    await admin.sends(f"/admins {BEN}")
    bench = (await gym.curating.find(admin.lifter_id, "bench press (barbell)")).exact
    assert bench is not None
    await gym.exercises.change(admin.lifter_id, bench.id, default_rest=60, how="Up.")
    read = only(await admin.presses(ShowRecord(0)), "editMessageText").text.splitlines()
    assert read[1] == "2026-01-05 18:00 · Root: edited Bench Press (Barbell): default rest, how"
    assert read[2] == "2026-01-05 18:00 · Root: made Ben &lt;b&gt; an admin"
    assert read[3].startswith("2026-01-05 18:00 · Root: loaded the built-in exercises: ")


async def test_the_figures_are_shown_and_counted_again(admin: Phone, ben: Phone) -> None:
    shown = only(await admin.sends("/stats"), "sendMessage")
    assert "Lifters: 2\n  active in the last 7 days: 0, in the last 30: 0" in shown.text
    assert "Updates set aside: 0" in shown.text
    assert only(await admin.presses_raw(shown.buttons[0]["callback_data"]), "editMessageText").text == shown.text
