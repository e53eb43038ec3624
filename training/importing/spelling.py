"""The ways to write a name: "Barbell Bench Press", "bench presses, BB" and "Bench Press (Barbell)" are one exercise.

Stricter than a search, which may guess: two names with one spelling are the same exercise, so that an import doubles
nothing, and two exercises that only sound alike stay two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from storage.values import name_key as keys
from storage.values.exercise import Modality

_PHRASES = (
    ("e z curl bar", "ezbar"),
    ("ez curl bar", "ezbar"),
    ("e z bar", "ezbar"),
    ("ez bar", "ezbar"),
    ("ez", "ezbar"),
    ("body weight", "bodyweight"),
    ("body only", "bodyweight"),
    ("smith machine", "smith"),
    ("hex bar", "trapbar"),
    ("trap bar", "trapbar"),
    ("t bar", "tbar"),
    ("resistance band", "band"),
    ("single arm", "one arm"),
    ("single leg", "one leg"),
    ("one legged", "one leg"),
    ("stiff legged", "stiff leg"),
    ("straight legged", "straight leg"),
    ("high to low", "hightolow"),
    ("low to high", "lowtohigh"),
    ("medium grip", ""),
    ("full squat", "squat"),
    ("rear lunge", "reverse lunge"),
    ("standing military press", "military press"),
    *((f"{first} up", f"{first}up") for first in ("pull", "push", "chin", "sit", "step", "get", "muscle")),
    *((f"{first} down", f"{first}down") for first in ("pull", "push", "press")),
    ("pull over", "pullover"),
    ("cross over", "crossover"),
    ("kick back", "kickback"),
    ("roll out", "rollout"),
    ("dead lift", "deadlift"),
    ("skull crusher", "skullcrusher"),
    ("wood chop", "woodchop"),
)
"""Words that are written in several ways, or apart and together: after plurals have gone."""

_WORDS = {
    "alternate": "alternating",
    "bb": "barbell",
    "bw": "bodyweight",
    "calve": "calf",
    "db": "dumbbell",
    "flye": "fly",
    "kb": "kettlebell",
    "leverage": "machine",
    "ohp": "overhead press",
}

_SAYING_NOTHING = frozenset(
    {"a", "an", "and", "attachment", "in", "of", "on", "powerlifting", "the", "to", "using", "version", "with"}
)

_EQUIPMENT = frozenset(
    {"ball", "band", "barbell", "bodyweight", "cable", "dumbbell", "ezbar", "kettlebell", "machine", "smith", "trapbar"}
)

_USUAL = {
    Modality.BARBELL: "barbell",
    Modality.DUMBBELL: "dumbbell",
    Modality.CABLE: "cable",
    Modality.MACHINE: "machine",
    Modality.BODYWEIGHT: "bodyweight",
    Modality.KETTLEBELL: "kettlebell",
    Modality.BAND: "band",
}

_PHRASE = re.compile(
    r"\b(" + "|".join(re.escape(phrase) for phrase, _ in sorted(_PHRASES, key=lambda it: -len(it[0]))) + r")\b"
)
_INSTEAD = dict(_PHRASES)
_BRACKETS = re.compile(r"(.+)\((.+)\)\s*")


_LATELY = 1024
"""How many names are remembered: while an exercise is compared, each of its names is looked at again and again."""

name_key = lru_cache(_LATELY)(keys.name_key)
"""As `storage.values.name_key.name_key`."""


@lru_cache(_LATELY)
def spelling(name: str) -> str:
    """The same for names that mean the same: whatever the order, plural, hyphens, brackets and abbreviations."""
    words = " ".join(_word(word) for word in name_key(name).split())
    plain = _PHRASE.sub(lambda found: _INSTEAD[found[1]], words).split()
    # A name of nothing but such words is still a name.
    return " ".join(sorted(word for word in plain if word not in _SAYING_NOTHING)) or words


def names_equipment(spelt: str) -> bool:
    """Whether a spelling says what is moved."""
    return not _EQUIPMENT.isdisjoint(spelt.split())


def with_equipment(spelt: str, equipment: str) -> str:
    """The spelling with what is moved, if it doesn't say so."""
    if not equipment or names_equipment(spelt):
        return spelt
    return " ".join(sorted([*spelt.split(), *spelling(equipment).split()]))


def equipment_of(name: str, modality: Modality | None) -> str:
    """What an exercise of this name is done with, as its other names may say or leave out."""
    said = [word for word in spelling(name).split() if word in _EQUIPMENT]
    return " ".join(said) or ("" if modality is None else _USUAL.get(modality, ""))


def two_names(name: str) -> Iterator[str]:
    """The two names in one such as "Hyperextensions (Back Extensions)"."""
    if (both := _BRACKETS.fullmatch(name)) is not None:
        yield from both.groups()


@lru_cache(maxsize=4096)
def _word(word: str) -> str:
    singular = _singular(word)
    return _WORDS.get(singular, singular)


def _singular(word: str) -> str:
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        return word[:-1]
    return word
