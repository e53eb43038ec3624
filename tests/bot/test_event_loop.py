import importlib
import sys
from asyncio import AbstractEventLoop
from collections.abc import Iterator

import pytest

import bot.event_loop


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    importlib.reload(bot.event_loop)


def made_anew() -> AbstractEventLoop:
    loop = importlib.reload(bot.event_loop).new_event_loop()
    assert isinstance(loop, AbstractEventLoop)
    loop.close()
    return loop


def test_the_bot_runs_in_uvloop() -> None:
    assert type(made_anew()).__module__.startswith("uvloop")


def test_the_bot_runs_without_uvloop(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "uvloop", None)
        assert type(made_anew()).__module__.startswith("asyncio")
