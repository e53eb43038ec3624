"""What a comma between two numbers is: a decimal comma, a thousands separator, or the end of one number.

Where it could be more than one of these, there are several ways to cut the line into tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from training.notation.chains import chains, has_mark
from training.notation.comma_roles import Role, Roles, roles_of_commas, roles_of_one
from training.notation.reading import LineContext
from training.notation.tokens import Token, TokenKind


def ways_to_cut(tokens: Sequence[Token], context: LineContext) -> list[list[Token]]:
    """The tokens with decimal commas made part of their numbers: one way, or several if the line allows them."""
    choices = list(_choices(tokens, context))
    many = max(map(len, choices), default=1)
    return [_cut(tokens, _merged(choices, way)) for way in range(many)]


def _choices(tokens: Sequence[Token], context: LineContext) -> Iterator[Sequence[Roles]]:
    marked = has_mark(tokens)
    for chain in chains(tokens):
        if chain.commas:
            yield roles_of_commas(chain, context)
        elif not marked:
            yield roles_of_one(chain, context)


def _merged(choices: Sequence[Sequence[Roles]], way: int) -> Roles:
    return {place: role for choice in choices for place, role in choice[min(way, len(choice) - 1)].items()}


def _cut(tokens: Sequence[Token], roles: Mapping[int, Role]) -> list[Token]:
    cut: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        role = roles.get(place)
        if role is None:
            cut.append(token)
        elif role is Role.TIMES:
            cut.append(replace(token, kind=TokenKind.SYMBOL, text="x"))
        elif token.is_number:
            cut.append(replace(token, text=token.text.replace(".", "")))
        else:
            place += 1
            cut.append(_joined(cut.pop(), tokens[place], "." if role is Role.DECIMAL else ""))
        place += 1
    return cut


def _joined(whole: Token, after: Token, point: str) -> Token:
    return replace(whole, text=f"{whole.text}{point}{after.text}", end=after.end)
