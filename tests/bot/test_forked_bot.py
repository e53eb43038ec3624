"""The bot that faults are done to is forked, not started from nothing. It must be the same."""

import signal
from pathlib import Path

import pytest

from tests.support.bot_process import run_bot
from tests.support.forked_bot import fork_bot


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (["fly"], {}),
        (["run"], {}),
        (["migrate"], {"DATABASE_URL": "sqlite:///spotter.db"}),
    ],
)
async def test_it_says_the_same_and_ends_in_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], settings: dict[str, str]
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "none of its business")
    (tmp_path / "forked").mkdir()
    forked = await fork_bot(tmp_path / "forked", *arguments, **settings)
    assert await forked.end() == await run_bot(tmp_path, *arguments, **settings)


async def test_its_end_by_a_signal_is_told(tmp_path: Path) -> None:
    forked = await fork_bot(tmp_path, "demo", DEMO_LISTEN="127.0.0.1:0")
    forked.send_signal(signal.SIGSTOP)
    forked.send_signal(signal.SIGKILL)
    assert (await forked.end()).code == -signal.SIGKILL
    forked.send_signal(signal.SIGTERM)  # comes too late, and does nothing
