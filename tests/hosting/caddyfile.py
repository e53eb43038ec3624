"""Reads a Caddyfile, as far as the tests ask about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Directive:
    """One directive: its name, its arguments, and the block behind it."""

    name: str
    arguments: list[str]
    block: list[Directive] = field(default_factory=list)

    def one(self, *path: str) -> Directive:
        """The only directive at the end of this path through the blocks."""
        found = self
        for name in path:
            (found,) = (inner for inner in found.block if inner.name == name)
        return found


def parsed(text: str) -> Directive:
    """The whole file, as the block of a directive without a name. Raises ValueError if its braces don't match."""
    lines = (re.sub(r"(^|\s)#.*", "", line).split() for line in text.splitlines())
    file = Directive("", [])
    _read(iter([line for line in lines if line]), file, depth=0)
    return file


def _read(lines: Iterator[list[str]], into: Directive, depth: int) -> None:
    for line in lines:
        if line == ["}"]:
            if depth == 0:
                raise ValueError("a brace too many")
            return
        opens = line[-1] == "{"
        words = line[:-1] if opens else line
        directive = Directive(words[0] if words else "", words[1:])
        into.block.append(directive)
        if opens:
            _read(lines, directive, depth + 1)
    if depth:
        raise ValueError("a brace too few")
