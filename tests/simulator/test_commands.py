"""The command menu (https://core.telegram.org/bots/api#setmycommands)."""

from __future__ import annotations

from simulator.driver import Lifter
from simulator.server import Simulator
from tests.simulator.calling import Caller

ANN = 7
CHAT = {"type": "chat", "chat_id": ANN}
PRIVATE = {"type": "all_private_chats"}


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()} for name in names]


async def test_a_menu_is_kept_for_its_scope_and_language(call: Caller, ann: Lifter) -> None:
    assert (await call("setMyCommands", commands=menu("help"), scope=CHAT, language_code="de")).result is True

    assert (await call("getMyCommands", scope=CHAT, language_code="de")).result == menu("help")
    assert (await call("getMyCommands", scope=CHAT)).result == []
    assert (await call("getMyCommands")).result == []


async def test_a_slash_and_spaces_are_taken_off(call: Caller) -> None:
    await call("setMyCommands", commands=[{"command": " /help ", "description": " Help "}])

    assert (await call("getMyCommands")).result == menu("help")


async def test_a_person_sees_the_narrowest_menu(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    ben = telegram.lifter("Ben")
    await call("setMyCommands", commands=menu("default"))
    await call("setMyCommands", commands=menu("private"), scope=PRIVATE)
    await call("setMyCommands", commands=menu("spoken"), scope=PRIVATE, language_code="en")
    await call("setMyCommands", commands=menu("group"), scope={"type": "all_group_chats"})
    await call("setMyCommands", commands=menu("chat"), scope=CHAT)

    assert telegram.people.commands(ann.id) == menu("chat")
    assert telegram.people.commands(ben.id) == menu("spoken")


async def test_a_deleted_or_empty_menu_uncovers_the_wider_one(call: Caller, ann: Lifter, telegram: Simulator) -> None:
    await call("setMyCommands", commands=menu("default"))
    await call("setMyCommands", commands=menu("private"), scope=PRIVATE)
    await call("setMyCommands", commands=menu("chat"), scope=CHAT)

    assert (await call("deleteMyCommands", scope=CHAT)).result is True
    assert telegram.people.commands(ann.id) == menu("private")
    assert (await call("setMyCommands", commands=[], scope=PRIVATE)).result is True
    assert telegram.people.commands(ann.id) == menu("default")
