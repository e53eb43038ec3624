"""What is there for admins only doesn't exist for others: the same answer as to what nobody knows, and no effect.

The commands are those of the menus and the buttons those of the modules, so that new ones are held to it too.
"""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, get_type_hints

import pytest
from sqlalchemy import select, update

import handlers.admins.buttons
import handlers.announcing.buttons
import handlers.curating.buttons
import handlers.seeding.buttons
import handlers.stats.buttons
from handlers.callback_data import pack
from handlers.commands import set_menu
from handlers.context import SpotterApplication
from handlers.conversation import Step
from storage.database import Database
from storage.models import Base, User
from tests.support.phone import Phone, only
from tests.support.recording_request import Call, RecordingRequest
from training.gym import Gym

BUTTONS = [
    handlers.admins.buttons,
    handlers.announcing.buttons,
    handlers.curating.buttons,
    handlers.seeding.buttons,
    handlers.stats.buttons,
]
OF_THE_QUEUE = {"journal", "lanes"}

ADMINS_STEPS = {
    Step.NAMING_ADMIN: "900",
    Step.WRITING_ANNOUNCEMENT: "Hello",
    Step.ADDING_EXERCISE: "Zercher; legs; barbell",
    f"{Step.ADDING_EXERCISE}:Zercher": "legs, barbell",
    f"{Step.FINDING_EXERCISE}:archive:": "Bench Press (Barbell)",
    f"{Step.FINDING_EXERCISE}:into:1": "Bench Press (Barbell)",
    f"{Step.EDITING_EXERCISE}:1-rest": "90",
    f"{Step.NAMING_EXERCISE}:1": "flat",
}
"""What is typed where an admin's conversation can stand."""


async def everything(database: Database) -> dict[str, list[Any]]:
    """Every row there is, but for how updates wait."""
    async with database.reading() as session:
        return {
            table.name: [tuple(row) for row in await session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
            if table.name not in OF_THE_QUEUE
        }


def commands_in(menu: Call) -> list[str]:
    return [entry["command"] for entry in json.loads(menu.parameters["commands"])]


async def admins_commands(application: SpotterApplication, telegram: RecordingRequest, admin: Phone) -> Sequence[str]:
    """What an admin's menu has and a lifter's hasn't."""
    await set_menu(application.bot)
    for_all = commands_in(telegram.calls[-1])
    own = commands_in(only(await admin.sends("/start"), "setMyCommands"))
    return [command for command in own if command not in for_all]


def said(calls: Sequence[Call], command: str) -> list[tuple[str, dict[str, Any]]]:
    """The calls, with the command's name left out."""
    return [(call.method, json.loads(json.dumps(call.parameters).replace(f"/{command}", "/?"))) for call in calls]


async def ann_at(where: str, ready: Phone) -> None:
    if where != "nowhere":
        await ready.sends("/workout")
    if where == "in a workout":
        await ready.sends("bench press (barbell)")
        await ready.sends("100x5")


async def test_whom_the_host_has_taken_out_loses_the_menu_with_the_next_start(
    application: SpotterApplication, telegram: RecordingRequest
) -> None:
    before = len(telegram.calls)
    await set_menu(application.bot, [900])
    for_all, of_one = telegram.calls[before:]
    assert (for_all.method, of_one.method) == ("setMyCommands", "deleteMyCommands")
    assert json.loads(of_one.parameters["scope"]) == {"type": "chat", "chat_id": 900}


@pytest.mark.parametrize("where", ["nowhere", "in the picker", "in a workout"])
async def test_an_admins_command_is_unknown_to_others_and_does_nothing(
    where: str,
    ready: Phone,
    admin: Phone,
    application: SpotterApplication,
    telegram: RecordingRequest,
    database: Database,
) -> None:
    commands = await admins_commands(application, telegram, admin)
    assert len(commands) >= 10
    await ann_at(where, ready)
    before = await everything(database)
    for command in commands:
        for arguments in (
            "",
            " Bench Press (Barbell)",
            " Bench Press (Barbell); rest: 90",
            " Bench Press (Barbell) > Squat (Barbell)",
            " Zercher; legs; barbell",
            f" {ready.lifter_id}00000",
            f" add {ready.lifter_id}00000",
            " #1; Hello",
        ):
            refused = _wherever_it_stands(said(await ready.sends(f"/{command}{arguments}"), command))
            unknown = _wherever_it_stands(said(await ready.sends(f"/nosuch{arguments}"), "nosuch"))
            assert refused == unknown, command
    helped = only(await ready.sends("/help"), "sendMessage").text
    assert [command for command in commands if command in helped] == []
    assert _but_for_messages(await everything(database)) == _but_for_messages(before)


def _wherever_it_stands(calls: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """What the only message says: a card that says it is edited, or sent anew when it is far up."""
    assert {method for method, _ in calls} <= {"sendMessage", "editMessageText", "deleteMessages"}, calls
    (message,) = (parameters for method, parameters in calls if method != "deleteMessages")
    return {name: value for name, value in message.items() if name not in {"message_id", "disable_notification"}}


def _but_for_messages(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Without where a card stands and how many messages are below it, which answers are too."""
    columns = Base.metadata.tables["workouts"].columns.keys()
    kept = [index for index, name in enumerate(columns) if name not in {"card_message_id", "messages_below"}]
    return rows | {"workouts": [[row[index] for index in kept] for row in rows["workouts"]]}


def a_value(wanted: Any) -> Any:
    if wanted is int:
        return 1
    return next(iter(wanted)) if issubclass(wanted, StrEnum) else "x"


def admins_presses() -> list[object]:
    """One of each of the admins' buttons, for what has the id 1."""
    kinds = [kind for module in BUTTONS for kind in vars(module).values() if is_dataclass(kind)]
    made = []
    for kind in kinds:
        hints = get_type_hints(kind)
        made.append(kind(*(a_value(hints[field.name]) for field in fields(kind))))  # type: ignore[operator] # a class
    return made


@pytest.mark.parametrize("where", ["nowhere", "in a workout"])
async def test_an_admins_button_is_one_of_no_release_to_others(
    where: str, ready: Phone, admin: Phone, database: Database
) -> None:
    presses = admins_presses()
    assert len(presses) >= 23
    await admin.sends("/start")
    await admin.sends("/announce Hello")
    await ann_at(where, ready)
    before = await everything(database)
    ready.meets_a_new_process()
    unknown = said(await ready.presses_raw("1nosuch:1", message_id=77), "")
    for press in presses:
        ready.meets_a_new_process()
        assert _without_ids(said(await ready.presses(press, message_id=77), "")) == _without_ids(unknown), pack(press)
    assert _but_for_messages(await everything(database)) == _but_for_messages(before)


def _without_ids(calls: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (method, {name: value for name, value in parameters.items() if name != "callback_query_id"})
        for method, parameters in calls
    ]


@pytest.mark.parametrize("step", ADMINS_STEPS)
async def test_what_a_former_admin_was_asked_leads_nowhere(
    step: str, ready: Phone, admin: Phone, gym: Gym, database: Database
) -> None:
    async with database.writing() as session:
        await session.execute(update(User).where(User.id == ready.lifter_id).values(step=step))
    before = await everything(database)
    shown = only(await ready.sends(ADMINS_STEPS[step]), "sendMessage")
    assert "Ready when you are" in shown.text
    async with database.writing() as session:
        assert (await session.get_one(User, ready.lifter_id)).step is None
        await session.execute(update(User).where(User.id == ready.lifter_id).values(step=step))
    assert await everything(database) == before


def test_every_step_of_an_admins_conversation_is_held_to_it() -> None:
    others = {
        Step.CHOOSING_UNIT,
        Step.PICKING_EXERCISE,
        Step.NOTING_EXERCISE,
        Step.NOTING_SET,
        Step.NAMING_WORKOUT,
        Step.CHANGING_SET,
        Step.REPLACING_SETS,
        Step.CHOOSING_ZONE,
        Step.CHOOSING_TIME,
        Step.CHOOSING_QUIET,
        Step.NARROWING_HISTORY,
        Step.NAMING_PAST,
        Step.NOTING_PAST,
        Step.REWRITING,
        Step.ENTERING_PAST,
        Step.LOOKING_UP_RECORDS,
        Step.CHOOSING_PROGRESS,
        Step.BROWSING_LIBRARY,
        Step.NAMING_PRIVATELY,
        Step.NAMING_OWN,
        Step.RENAMING_OWN,
        Step.DESCRIBING_OWN,
        Step.DECLINING_PROPOSAL,  # leads to the library, see test_proposals.py
    }
    assert {step.partition(":")[0] for step in ADMINS_STEPS} | others == set(Step)


async def test_an_admin_is_known_by_the_same_commands(
    ready: Phone, admin: Phone, application: SpotterApplication, telegram: RecordingRequest
) -> None:
    for command in await admins_commands(application, telegram, admin):
        answer = only(await admin.sends(f"/{command}"), "sendMessage").text
        assert "I don't know" not in answer, command
        assert f"/{command}" in only(await admin.sends("/help"), "sendMessage").text
