"""What a search for an exercise found."""

from __future__ import annotations

from dataclasses import dataclass

from storage.values.name_key import name_key


@dataclass(frozen=True, slots=True)
class Choice:
    """An exercise to choose."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found, the likeliest first; `more` were found but are not listed."""

    text: str
    choices: tuple[Choice, ...]
    more: int
    exact: Choice | None
    """The one exercise that has just this name or alias, or that alone was found; a guess is never exact."""
    guessed: bool = False
    """Whether nothing has these words, and the choices are what they may be a misspelling of."""

    @property
    def choices_named_so(self) -> bool:
        """Whether any of the listed has just this name."""
        return any(name_key(choice.name) == name_key(self.text) for choice in self.choices)
