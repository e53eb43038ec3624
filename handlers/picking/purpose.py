"""What an exercise is being picked for, and how the conversation's step remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from handlers.conversation import Step, details_of, step_with
from storage import at_hand
from training.swapping import InsteadOf


class Purpose(NamedTuple):
    """To be added to the workout (0 and 0), or to take the place of an execution, as it was at a revision.

    The picker's buttons carry both numbers at their end.
    """

    execution_id: int = 0
    revision: int = 0

    @property
    def instead_of(self) -> InsteadOf | None:
        """What is to be swapped, if anything is."""
        return InsteadOf(*self) if self.execution_id else None


ADDING = Purpose()


@dataclass(frozen=True, slots=True)
class Pending:
    """What the picker stands open for, and the name that was typed last, if an exercise of that name can be made."""

    purpose: Purpose = ADDING
    name: str = ""


def pending() -> Pending:
    """What the lifter's conversation remembers."""
    numbers, _, name = details_of(at_hand.required().step).partition(":")
    execution_id, _, revision = numbers.partition("-")
    if not (execution_id.isdecimal() and revision.isdecimal()):
        return Pending()
    return Pending(Purpose(int(execution_id), int(revision)), name)


def keep_open(purpose: Purpose, name: str = "") -> None:
    """The picker stays open; what is typed next names an exercise."""
    plain = (purpose, name) == (ADDING, "")
    details = f"{purpose.execution_id}-{purpose.revision}:{name}"
    step = Step.PICKING_EXERCISE
    at_hand.required().next_step = step if plain else step_with(step, details)
