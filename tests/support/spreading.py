"""In which order the processes of a test run take the tests, and how many processes there are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

_LONG = ("faults", "conversations", "hosting", "bot")
"""Folders of tests that take long one by one, most of it waiting for processes, those that take longest first."""


def processes() -> int:
    """Two more than there are cores: while tests wait for a bot's process, others can run. A third of the time of a run
    with one more was such waiting.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (cores or 1) + 2


def long_first(items: Sequence[pytest.Item], among: int) -> list[pytest.Item]:
    """The tests in an order in which none that takes long is left to the end, when other processes idle.

    Among so many processes xdist deals them out in equal stretches, from whose ends it takes later what one gives to
    another. So each stretch begins with long tests, but those of a folder aren't torn apart: while one process waits,
    the others work.
    """
    of_folder = {name: [item for item in items if _folder(item) == name] for name in _LONG}
    fronts: list[list[pytest.Item]] = [[] for _ in range(among)]
    for number, long in enumerate(of_folder.values()):
        fronts[number % among] += long
    others = iter([item for item in items if _folder(item) not in _LONG])
    ordered: list[pytest.Item] = []
    for number, front in enumerate(fronts):
        stretch = (len(items) - len(ordered)) // (among - number)
        ordered += front
        ordered += islice(others, max(0, stretch - len(front)))
    return [*ordered, *others]


def _folder(item: pytest.Item) -> str:
    """That of the tests' folders in which it is."""
    return item.path.relative_to(TESTS).parts[0]
