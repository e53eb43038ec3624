"""What an exercise is being picked for, and how the conversation's step remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from handlers.conversation import Step, details_of, step_with
from storage import at_hand
from training.notebook import Waiting
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

_MOST_WAITING = 2000
"""Characters."""

_LINE = "\n"


@dataclass(frozen=True, slots=True)
class Pending:
    """What the picker stands open for, the name that was typed last, if an exercise of that name can be made, and what
    was typed before it was known what it is of: that is logged for the exercise that is picked.
    """

    purpose: Purpose = ADDING
    name: str = ""
    waiting: Waiting | None = None


def pending() -> Pending:
    """What the lifter's conversation remembers."""
    details, _, waiting = details_of(at_hand.required().step).partition("\n")
    numbers, _, name = details.partition(":")
    execution_id, _, revision = numbers.partition("-")
    if not (execution_id.isdecimal() and revision.isdecimal()):
        return Pending()
    return Pending(Purpose(int(execution_id), int(revision)), name, _read_waiting(waiting))


def waiting_for_unit() -> Waiting | None:
    """The sets that were typed before it was known whether their lifter lifts in kg or lb."""
    step, _, details = (at_hand.required().step or "").partition(":")
    return _read_waiting(details) if step == Step.CHOOSING_UNIT else None


def joined_for_unit(text: str, message_id: int | None) -> Waiting:
    """What waits for the unit when this was typed, too."""
    return _joined(waiting_for_unit(), Waiting(text, message_id))


def wait_for_unit(waiting: Waiting | None) -> None:
    """The question for the unit is open, and these sets wait until it is answered."""
    step = Step.CHOOSING_UNIT
    at_hand.required().next_step = step if waiting is None else step_with(step, _print_waiting(waiting))


def waiting_said_anew(text: str, message_id: int) -> Waiting | None:
    """What waits, if some of it stood in that message, which now says this."""
    waiting = waiting_for_unit() or pending().waiting
    return None if waiting is None else waiting.said_anew(message_id, text)


def keep_open(purpose: Purpose, name: str = "", waiting: Waiting | None = None) -> None:
    """The picker stays open; what is typed next names an exercise.

    What waits for an exercise of the workout goes on waiting, until there is more.
    """
    if waiting is None and purpose == ADDING:
        waiting = pending().waiting
    plain = (purpose, name, waiting) == (ADDING, "", None)
    details = f"{purpose.execution_id}-{purpose.revision}:{name}"
    if waiting is not None:
        details = f"{details}\n{_print_waiting(waiting)}"
    step = Step.PICKING_EXERCISE
    at_hand.required().next_step = step if plain else step_with(step, details)


def joined_by(text: str, message_id: int | None) -> Waiting:
    """What waits when this was typed, too."""
    return _joined(pending().waiting, Waiting(text, message_id))


def _joined(before: Waiting | None, new: Waiting) -> Waiting:
    if before is None or len(before.text) + len(new.text) > _MOST_WAITING:
        return new
    return before.joined_by(new)


def _print_waiting(waiting: Waiting) -> str:
    """The sets, below the message that says them; of several messages each with how many lines it has."""
    if not waiting.parts:
        return f"{waiting.message_id or 0}\n{waiting.text}"
    parts = [f"{part.message_id or 0}+{len(part.text.split(_LINE))}" for part in waiting.parts]
    return f"{','.join(parts)}\n{waiting.text}"


def _read_waiting(details: str) -> Waiting | None:
    said_in, _, text = details.partition("\n")
    if not text:
        return None
    if said_in.isdecimal():
        return Waiting(text, int(said_in) or None)
    waiting, left = None, text.split(_LINE)
    for part in said_in.split(","):
        message_id, _, count = part.partition("+")
        if not (message_id.isdecimal() and count.isdecimal()):
            return None
        said = Waiting(_LINE.join(left[: int(count)]), int(message_id) or None)
        left = left[int(count) :]
        waiting = said if waiting is None else waiting.joined_by(said)
    return waiting
