"""Callback data that nobody was given: of every button there is, with anything in it, and none at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any, get_type_hints

from hypothesis import strategies as st

from handlers.callback_data import fits, pack

NUMBERS = st.one_of(st.integers(-2, 30), st.sampled_from([2**31, 2**63 - 1, 2**63, -(2**63), 10**30]))
"""Most of them somebody's id, a revision or a page; some too large for any database."""

_TEXTS = st.one_of(
    st.sampled_from(["", "kg", "chest", "100x5", "Mars/Base", "Europe/Berlin", "bench", "1:30"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
)


def buttons() -> Iterator[type[Any]]:
    """Every kind of button that the handlers know."""
    import_module("handlers.registration")
    kinds = {
        kind
        for name, module in sys.modules.items()
        if name.startswith("handlers.")
        for kind in vars(module).values()
        if isinstance(kind, type) and is_dataclass(kind)
    }
    for kind in sorted(kinds, key=lambda one: (one.__module__, one.__qualname__)):
        try:
            pack(kind(*[0 for _ in fields(kind)]))
        except (KeyError, TypeError):  # it is no button
            continue
        yield kind


def filled(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Such buttons with anything in them."""
    hints = get_type_hints(kind)
    return st.builds(kind, *[_values(hints[field.name]) for field in fields(kind)])


def _values(wanted: type[Any]) -> st.SearchStrategy[Any]:
    if issubclass(wanted, StrEnum):
        return st.sampled_from(list(wanted))
    return NUMBERS if wanted is int else _TEXTS


FORGED = st.one_of(
    st.one_of([filled(kind) for kind in buttons()]).filter(fits).map(pack),
    st.sampled_from(["junk", "0", "1", "1l", "1l:", "1l:1:1:1", "2l:1:1", "1we:-1", "1op:w:999999999999", "1xx:1"]),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=16),
)
