"""The buttons that change sets. Those that delete or write a text carry the revision of what they were shown with.

Those that turn a set up and down don't: each press counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from training.dials import Dial


@press("xl")
@dataclass(frozen=True, slots=True)
class OpenLastSet:
    """Shows the last set of the current exercise, to be put right."""


@press("xs")
@dataclass(frozen=True, slots=True)
class ListSets:
    """Shows a page of an exercise's sets; page -1 is the last."""

    execution_id: int
    page: int


@press("xo")
@dataclass(frozen=True, slots=True)
class OpenSet:
    """Shows one set, to be put right."""

    set_id: int


@press("xt")
@dataclass(frozen=True, slots=True)
class TurnSet:
    """Turns a part of the set up or down."""

    set_id: int
    steps: int
    dial: Dial


@press("xk")
@dataclass(frozen=True, slots=True)
class ChangeSetKind:
    """Makes the set one of the next kind."""

    set_id: int


@press("xd")
@dataclass(frozen=True, slots=True)
class DeleteSet:
    """Deletes the set."""

    set_id: int
    revision: int


@press("xc")
@dataclass(frozen=True, slots=True)
class ChooseReading:
    """Has the set be this reading of what was typed in that message of the lifter's."""

    set_id: int
    revision: int
    message_id: int
    text: str


@press("xr")
@dataclass(frozen=True, slots=True)
class AskForAllSets:
    """Asks for all sets of an exercise as text."""

    execution_id: int


@press("xC")
@dataclass(frozen=True, slots=True)
class ChooseAllReading:
    """Has the exercise's sets be this reading of what was typed in that message of the lifter's."""

    execution_id: int
    revision: int
    message_id: int
    text: str
