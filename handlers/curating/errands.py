"""What an exercise is being looked for, and how the conversation's step remembers it.

A name can leave it open which exercise is meant. What is to be done with it then waits in the step, since a button is
too short for it; the button carries a mark of it, so that one for another errand does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.conversation import Step, details_of, step_with
from handlers.creating.buttons import mark_of
from storage import at_hand
from training.errors import StaleButtonError


class Verb(StrEnum):
    """What is to be done with the exercise that is found."""

    EDIT = "edit"
    NAME = "name"
    ARCHIVE = "archive"
    MERGE = "merge"
    MERGE_INTO = "into"
    """Its text is the id of the exercise to be merged."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done, and the rest of what was written."""

    verb: Verb
    text: str = ""

    @property
    def mark(self) -> int:
        """By what a button knows the errand that it was made for."""
        return mark_of(f"{self.verb}:{self.text}")


def stand_for(errand: Errand) -> None:
    """What is typed next names the exercise."""
    at_hand.required().next_step = step_with(Step.FINDING_EXERCISE, f"{errand.verb}:{errand.text}")


def under_way() -> Errand:
    """The errand that the lifter's conversation remembers. Raises StaleButtonError if it remembers none."""
    step = at_hand.required().step or ""
    verb, _, text = details_of(step).partition(":")
    if not step.startswith(Step.FINDING_EXERCISE) or verb not in set(Verb):
        raise StaleButtonError
    return Errand(Verb(verb), text)


def stand_at_new(text: str) -> None:
    """What is typed next is said about the new exercise, of which this was written."""
    at_hand.required().next_step = step_with(Step.ADDING_EXERCISE, text)


def written_so_far() -> str:
    """What was written about the new exercise; "" if none is being made."""
    step = at_hand.required().step or ""
    return details_of(step) if step.startswith(Step.ADDING_EXERCISE) else ""
