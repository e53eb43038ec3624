"""Notes: where a set may begin in one, and where one in brackets ends."""

from __future__ import annotations

from collections.abc import Sequence

from training.notation.tokens import Token
from training.notation.vocabulary import BODYWEIGHT, JOINS, KINDS, KNOWN, LONGEST_KIND, SIGNS, WEIGHT_UNITS


def set_in_note(tokens: Sequence[Token]) -> int | None:
    """Where in a note something begins that reads as a set, such as 95x6, or as further reps at its end; else None.

    `tokens` are the note and the end of the line. What stands behind a # is a note whatever it says.
    """
    last_reps: int | None = None
    for place, token in enumerate(tokens):
        if token.spaced and token.is_symbol("#"):
            return None
        if _begins_set(tokens, place):
            return _with_kind(tokens, _with_sign(tokens, place))
        if token.is_number and place and tokens[place - 1].is_symbol(","):
            last_reps = place if last_reps is None else last_reps
        elif not (token.is_symbol(",") or token.is_end):
            last_reps = None
    return last_reps


def kind_between(tokens: Sequence[Token]) -> int:
    """Of how many tokens the kind is that stands here, right before another set; 0 if there is none."""
    for length in range(LONGEST_KIND, 0, -1):
        if tuple(token.text for token in tokens[:length]) in KINDS and _begins_anything(tokens, length):
            return length
    return 0


def note_ends(tokens: Sequence[Token]) -> int | None:
    """How many tokens a remark in brackets is if a comma or the end of the line follows it; else None."""
    if not tokens[0].is_symbol("("):
        return None
    for place, token in enumerate(tokens[: len(tokens) - 1]):
        if token.is_symbol(")"):
            behind = tokens[place + 1]
            return place + 1 if behind.is_end or behind.is_symbol(",") else None
    return None


def is_remark(tokens: Sequence[Token]) -> bool:
    """Whether what begins with a bracket has words of its own: (paused), but not (x3) or (3 sets)."""
    return any(token.is_word and token.text not in KNOWN for token in tokens)


def is_part(tokens: Sequence[Token], place: int) -> bool:
    """Whether what begins a set is but the end of a number with a comma, as the 5 of 102,5x5."""
    if place < 2 or tokens[place].spaced or tokens[place - 1].spaced:
        return place == 0
    return tokens[place - 1].is_symbol(",") and tokens[place - 2].is_number


def text_before_set(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens of a note before a set, without what joins the two."""
    end = len(tokens)
    while end and (tokens[end - 1].is_symbol(",") or tokens[end - 1].text in JOINS):
        end -= 1
    return tokens[:end]


def _begins_set(tokens: Sequence[Token], place: int) -> bool:
    """A weight and reps: 95x6, 95kg x 6, 95kg 6, bw x 12."""
    if not (tokens[place].is_number or tokens[place].text in BODYWEIGHT):
        return False
    following, further, last = (tokens[min(place + ahead, len(tokens) - 1)] for ahead in (1, 2, 3))
    if following.text in WEIGHT_UNITS:
        if further.is_number:
            return True
        following, further = further, last
    return following.is_symbol("x") and further.is_number


def _begins_anything(tokens: Sequence[Token], place: int) -> bool:
    """A weight and reps, or a number that nothing but a comma follows."""
    behind = tokens[min(place + 1, len(tokens) - 1)]
    is_alone = tokens[place].is_number and (behind.is_end or behind.is_symbol(","))
    return is_alone or _begins_set(tokens, place) or _begins_set(tokens, _behind_sign(tokens, place))


def _behind_sign(tokens: Sequence[Token], place: int) -> int:
    return min(place + (tokens[place].text in SIGNS), len(tokens) - 1)


def _with_sign(tokens: Sequence[Token], place: int) -> int:
    is_signed = place > 0 and tokens[place - 1].text in SIGNS and not tokens[place].spaced
    return place - 1 if is_signed and tokens[place - 1].spaced else place


def _with_kind(tokens: Sequence[Token], place: int) -> int:
    for length in range(min(LONGEST_KIND, place), 0, -1):
        if tuple(token.text for token in tokens[place - length : place]) in KINDS:
            return place - length
    return place
