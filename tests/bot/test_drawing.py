"""The process that draws: started for the first chart, one picture for each chart, and words where it can't be."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.drawing import Drawing
from bot.event_loop import new_event_loop
from bot.metrics import Metrics
from handlers.charts.chart import Bar, Bars
from handlers.charts.drawing import drawn
from storage.single_process import only_process
from tests.support.processes import is_there
from tests.support.waiting import until

_ROOT = Path(__file__).parents[2]


def chart(number: int) -> Bars:
    return Bars("Sets", (Bar("Chest", float(number), str(number)),))


@asynccontextmanager
async def drawing(
    metrics: Metrics | None = None, *, patience: float = 60.0, idle: float = 300.0
) -> AsyncIterator[Drawing]:
    pictures = Drawing(metrics or Metrics(), patience=patience, idle=idle)
    try:
        yield pictures
    finally:
        await pictures.stop()


async def halted(pictures: Drawing) -> int:
    """The process, which takes what it is given from now on and does nothing."""
    assert await pictures.drawn(chart(0))
    assert pictures.process_id is not None
    os.kill(pictures.process_id, signal.SIGSTOP)
    return pictures.process_id


def outcomes(metrics: Metrics) -> dict[str, float]:
    start = 'spotter_pictures_total{outcome="'
    lines = [line.removeprefix(start) for line in metrics.page().decode().splitlines() if line.startswith(start)]
    return {line.partition('"')[0]: float(line.rpartition(" ")[2]) for line in lines}


def open_in(process_id: int) -> set[str]:
    return {str(one.readlink()) for one in Path(f"/proc/{process_id}/fd").iterdir()}


def there_is(folder: str) -> bool:
    return Path(folder).is_dir()


def environment(process_id: int) -> bytes:
    return Path(f"/proc/{process_id}/environ").read_bytes()


async def test_a_chart_is_drawn_once_for_all_who_ask_and_kept_while_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = chart(1), chart(2)
    monkeypatch.setattr("bot.drawing._KEPT", max(len(drawn(one)), len(drawn(other))))
    metrics = Metrics()
    async with drawing(metrics) as pictures:
        assert pictures.process_id is None
        assert await asyncio.gather(*[pictures.drawn(one), pictures.drawn(chart(1))]) == [drawn(one)] * 2
        assert await pictures.drawn(chart(1)) == drawn(one)
        assert outcomes(metrics) == {"drawn": 1, "cached": 1}
        for again in (other, one):
            assert await pictures.drawn(again) == drawn(again)
        assert outcomes(metrics) == {"drawn": 3, "cached": 1}
    assert "spotter_drawing_seconds_count 3.0" in metrics.page().decode()


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel what a process holds")
async def test_the_process_gives_way_and_holds_nothing_of_the_bots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "4242:secret")
    with only_process(f"sqlite+aiosqlite:///{tmp_path}/spotter.db"), socket.create_server(("127.0.0.1", 0)) as server:
        async with drawing() as pictures:
            assert await pictures.drawn(chart(1))
            process = pictures.process_id
            assert process is not None
            held = open_in(process)
            assert f"socket:[{os.fstat(server.fileno()).st_ino}]" not in held
            assert [one for one in held if one.startswith(str(tmp_path))] == []
            assert os.getpriority(os.PRIO_PROCESS, process) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)
            assert os.sched_getscheduler(process) == os.SCHED_IDLE
            assert b"secret" not in environment(process)
            kept = next(one.decode() for one in environment(process).split(b"\0") if one.startswith(b"MPLCONFIGDIR="))
            folder = kept.partition("=")[2]
            assert there_is(folder)
        assert not there_is(folder)


def test_a_process_that_was_killed_is_replaced_and_none_is_left_behind() -> None:
    async def draw() -> None:
        async with drawing() as pictures:
            idle = await halted(pictures)
            os.kill(idle, signal.SIGKILL)
            assert await pictures.drawn(chart(1)) == drawn(chart(1))
            busy = await halted(pictures)
            waiting = asyncio.create_task(pictures.drawn(chart(2)))
            await asyncio.sleep(0)
            os.kill(busy, signal.SIGKILL)
            assert await waiting == drawn(chart(2))
            last = pictures.process_id
            assert last is not None
        assert len({idle, busy, last}) == 3
        assert not any(map(is_there, (idle, busy, last)))

    with asyncio.Runner(loop_factory=new_event_loop) as runner:  # the bot's own, which has its own way with processes
        runner.run(draw())


async def test_of_too_many_at_once_the_words_have_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.drawing._MOST_AT_ONCE", 2)
    metrics = Metrics()
    async with drawing(metrics) as pictures:
        process = await halted(pictures)
        waiting = [asyncio.create_task(pictures.drawn(chart(number))) for number in (1, 2)]
        await asyncio.sleep(0)
        assert await pictures.drawn(chart(3)) is None
        assert outcomes(metrics)["refused"] == 1
        os.kill(process, signal.SIGCONT)
        assert await asyncio.gather(*waiting) == [drawn(chart(1)), drawn(chart(2))]


async def test_who_has_lost_patience_finds_the_picture_when_they_ask_again() -> None:
    metrics = Metrics()
    async with drawing(metrics, patience=0.001) as pictures:

        async def is_drawn() -> bool:
            return await pictures.drawn(chart(1)) == drawn(chart(1))

        assert not await is_drawn()
        await until(is_drawn)
        assert await is_drawn()
    assert outcomes(metrics)["drawn"] == 1
    assert outcomes(metrics)["cached"] > 0
    assert outcomes(metrics)["late"] > 0


async def test_a_picture_that_nobody_waits_for_is_never_late() -> None:
    metrics = Metrics()
    async with drawing(metrics, patience=0.001) as pictures:
        assert await pictures.drawn(chart(1), somebody_waits=False) == drawn(chart(1))
    assert outcomes(metrics).get("late", 0) == 0


async def test_a_process_that_hangs_is_given_up_with_its_chart_and_the_next_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with drawing() as pictures:
        process = await halted(pictures)
        with monkeypatch.context() as patched:
            patched.setattr("bot.drawing._TIME_LIMIT", 0.05)
            assert await pictures.drawn(chart(1)) is None
        assert not is_there(process)
        assert await pictures.drawn(chart(1))


async def test_stopping_waits_for_no_picture() -> None:
    async with drawing() as pictures:
        process = await halted(pictures)
        waiting = asyncio.create_task(pictures.drawn(chart(1)))
        await asyncio.sleep(0)
        await pictures.stop()
        assert await waiting is None
        assert await pictures.drawn(chart(2)) is None
        assert not is_there(process)


async def test_the_process_ends_when_nothing_is_drawn_any_more_and_comes_back() -> None:
    async with drawing(idle=0) as pictures:

        async def has_ended() -> bool:
            return pictures.process_id is None

        assert await pictures.drawn(chart(1))
        await until(has_ended)
        assert await pictures.drawn(chart(2))


async def test_what_cannot_be_drawn_stops_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    metrics = Metrics()
    async with drawing(metrics) as pictures:
        broken = replace(chart(1), bars=(Bar("Ann's secret lift", "many", ""),))  # type: ignore[arg-type]
        assert await pictures.drawn(broken) is None
        process = pictures.process_id
        assert await pictures.drawn(chart(1))
        assert pictures.process_id == process
    assert outcomes(metrics) == {"failed": 1, "drawn": 1}
    said = capfd.readouterr().err
    assert "a chart can't be drawn: TypeError" in said
    assert "secret" not in said


def test_the_process_ends_with_the_bot_however_that_ends(tmp_path: Path) -> None:
    bot = """
import asyncio, os, signal
from bot.drawing import Drawing
from bot.metrics import Metrics
from handlers.charts.chart import Bars

async def draw():
    pictures = Drawing(Metrics(), patience=60)
    assert await pictures.drawn(Bars("Sets", ()))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(draw())
"""
    # Both hold the pipe for what goes wrong: this returns when both have ended.
    killed = subprocess.run(
        [sys.executable, "-c", bot],
        cwd=_ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert killed.stderr == ""


def test_the_process_loads_nothing_but_what_draws() -> None:
    loaded = "import bot.draw, handlers.charts.drawing, sys; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], cwd=_ROOT, capture_output=True, text=True, check=True).stdout
    modules = set(said.split())
    assert "matplotlib.figure" in modules
    assert modules & {"telegram", "sqlalchemy", "asyncio", "matplotlib.pyplot", "training", "storage"} == set()
