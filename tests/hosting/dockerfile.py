"""Reads the Dockerfile, as far as the tests ask about it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Instruction:
    """One instruction, its continued lines joined."""

    name: str
    value: str

    def words(self) -> list[str]:
        """The value's words: of its JSON form if it has one."""
        bracket = self.value.find("[")
        return list(json.loads(self.value[bracket:])) if bracket >= 0 else self.value.split()


def stages() -> list[list[Instruction]]:
    """The instructions of each stage, the one with FROM first."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    found: list[list[Instruction]] = []
    for line in filter(None, lines):
        name, _, value = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append(Instruction(name, value.strip()))
    return found


def all_of(stage: list[Instruction], name: str) -> list[Instruction]:
    """The instructions of that name."""
    return [instruction for instruction in stage if instruction.name == name]


def environment(stage: list[Instruction]) -> dict[str, str]:
    """What the stage sets with ENV."""
    pairs = [pair for instruction in all_of(stage, "ENV") for pair in instruction.words()]
    return dict(pair.split("=", 1) for pair in pairs)
