"""What an exercise is being picked for, and how the conversation's step remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from handlers.conversation import Step, details_of, step_with
from storage import at_hand
from training.swapping import InsteadOf
from training.typed_line import Waiting


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
    was typed before it was known what it is of: that is logged for the exercise that is picked. `asked_in` is the
    message that has asked where it goes.
    """

    purpose: Purpose = ADDING
    name: str = ""
    waiting: Waiting | None = None
    asked_in: int | None = None


def pending() -> Pending:
    """What the lifter's conversation remembers."""
    details, _, waiting = details_of(at_hand.required().step).partition("\n")
    numbers, _, name = details.partition(":")
    execution_id, _, revision = numbers.partition("-")
    if not (execution_id.isdecimal() and revision.isdecimal()):
        return Pending()
    return Pending(Purpose(int(execution_id), int(revision)), name, *_read_waiting(waiting))


def waiting_for_unit() -> Waiting | None:
    """The sets that were typed before it was known whether their lifter lifts in kg or lb."""
    return _for_unit()[0]


def unit_asked_in() -> int | None:
    """The message with the question for the unit, while it is open."""
    return _for_unit()[1]


def _for_unit() -> tuple[Waiting | None, int | None]:
    step, _, details = (at_hand.required().step or "").partition(":")
    return _read_waiting(details) if step == Step.CHOOSING_UNIT else (None, None)


def joined_for_unit(text: str, message_id: int | None) -> Waiting:
    """What waits for the unit when this was typed, too."""
    return _joined(waiting_for_unit(), Waiting(text, message_id))


def wait_for_unit(waiting: Waiting | None, asked_in: int | None = None) -> None:
    """The question for the unit is open, in this message, and these sets wait until it is answered."""
    at_hand.required().next_step = step_with(Step.CHOOSING_UNIT, _print_waiting(waiting, asked_in))


def waiting_said_anew(text: str, message_id: int) -> Waiting | None:
    """What waits, if some of it stood in that message, which now says this."""
    waiting = all_waiting()
    return None if waiting is None else waiting.said_anew(message_id, text)


def all_waiting() -> Waiting | None:
    """What waits, for the unit or for its place."""
    return waiting_for_unit() or pending().waiting


def meant_by(text: str, message_id: int | None = None) -> Waiting | None:
    """The sets of a button that says so much of them: those that wait, or what it says itself if that isn't of them.

    To what waits may have come more, or it may have been edited, since the button was shown: it is about that, too.
    """
    waiting = pending().waiting
    if not text or waiting is None:
        return waiting or (Waiting(text, message_id) if text else None)
    starts_with_it = f"{waiting.text}{_LINE}".startswith(f"{text}{_LINE}")
    is_of_it = any(
        part.text == text or (message_id is not None and part.message_id == message_id) for part in waiting.each
    )
    return waiting if starts_with_it or is_of_it else Waiting(text, message_id)


def others_wait_on(found: Waiting) -> None:
    """These sets have found their place. If others wait, they go on waiting."""
    hand = at_hand.required()
    if pending().waiting not in {None, found}:
        hand.next_step = hand.step


def keep_open(purpose: Purpose, name: str = "", waiting: Waiting | None = None, asked_in: int | None = None) -> None:
    """The picker stays open; what is typed next names an exercise.

    What waits for an exercise of the workout goes on waiting, until there is more.
    """
    if waiting is None and purpose == ADDING:
        waiting, asked_in = pending().waiting, pending().asked_in
    plain = (purpose, name, waiting) == (ADDING, "", None)
    details = f"{purpose.execution_id}-{purpose.revision}:{name}"
    if waiting is not None:
        details = f"{details}\n{_print_waiting(waiting, asked_in)}"
    step = Step.PICKING_EXERCISE
    at_hand.required().next_step = step if plain else step_with(step, details)


def joined_by(text: str, message_id: int | None) -> Waiting:
    """What waits when this was typed, too."""
    return _joined(pending().waiting, Waiting(text, message_id))


def _joined(before: Waiting | None, new: Waiting) -> Waiting:
    if before is None or len(before.text) + len(new.text) > _MOST_WAITING:
        return new
    return before.joined_by(new)


def _print_waiting(waiting: Waiting | None, asked_in: int | None) -> str:
    """The sets, below the message that asks about them, and those that say them, each with how many lines it has."""
    each = () if waiting is None else waiting.each
    numbers = [asked_in or 0, *(number for part in each for number in (part.message_id or 0, _lines_in(part)))]
    return f"{' '.join(map(str, numbers))}\n{'' if waiting is None else waiting.text}"


def _read_waiting(details: str) -> tuple[Waiting | None, int | None]:
    first, _, text = details.partition(_LINE)
    asked_in, *said = map(int, first.split()) if first else (0,)
    if text and not said:  # as an older release has kept it
        return Waiting(text, asked_in or None), None
    waiting, left = None, text.split(_LINE)
    for message_id, count in zip(said[::2], said[1::2], strict=True):
        part, left = Waiting(_LINE.join(left[:count]), message_id or None), left[count:]
        waiting = part if waiting is None else waiting.joined_by(part)
    return waiting, asked_in or None


def _lines_in(waiting: Waiting) -> int:
    return len(waiting.text.split(_LINE))
