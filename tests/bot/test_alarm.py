from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.alarm import JobQueueAlarm
from tests.support.clock import MONDAY_EVENING

SOON, LATER = MONDAY_EVENING, MONDAY_EVENING + timedelta(minutes=1)

Callback = Callable[[Any], Coroutine[Any, Any, None]]


@dataclass
class Job:
    at: datetime
    callback: Callback
    removed: bool = False

    def schedule_removal(self) -> None:
        self.removed = True


@dataclass
class Queue:
    """A job queue that a test fires by hand."""

    sweeps: list[Callback] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)

    def run_repeating(self, callback: Callback, *_: Any, job_kwargs: dict[str, Any], **__: Any) -> None:
        assert job_kwargs == {"misfire_grace_time": None}
        self.sweeps.append(callback)

    def run_once(self, callback: Callback, when: datetime, *, job_kwargs: dict[str, Any]) -> Job:
        assert job_kwargs == {"misfire_grace_time": None}
        self.jobs.append(Job(when, callback))
        return self.jobs[-1]

    @property
    def set_for(self) -> list[datetime]:
        return [job.at for job in self.jobs if not job.removed]


class Bell:
    def __init__(self) -> None:
        self.rung = 0
        self.error: Exception | None = None

    async def ring(self) -> None:
        self.rung += 1
        if self.error:
            raise self.error


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def alarm(queue: Queue, bell: Bell) -> JobQueueAlarm:
    return JobQueueAlarm(queue, bell.ring)  # type: ignore[arg-type] # a queue in name and behaviour


def test_the_earliest_time_wins(alarm: JobQueueAlarm, queue: Queue) -> None:
    for due_at in (LATER, SOON, LATER):
        alarm.set(due_at)
    assert queue.set_for == [SOON]


async def test_it_rings_and_can_be_set_anew(alarm: JobQueueAlarm, queue: Queue, bell: Bell) -> None:
    alarm.set(SOON)
    await queue.jobs[0].callback(None)
    assert bell.rung == 1
    alarm.set(LATER)
    assert queue.set_for == [SOON, LATER]


async def test_a_sweep_rings_whatever_the_alarm_says(alarm: JobQueueAlarm, queue: Queue, bell: Bell) -> None:
    await queue.sweeps[0](None)
    assert bell.rung == 1


async def test_a_ring_that_fails_does_not_end_the_ringing(alarm: JobQueueAlarm, queue: Queue, bell: Bell) -> None:
    bell.error = ConnectionRefusedError()
    await queue.sweeps[0](None)
    await queue.sweeps[0](None)
    assert bell.rung == 2
