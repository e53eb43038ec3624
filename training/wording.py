"""When words of lifters mean the same: abbreviations, spellings, plurals, and what is written apart or together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

_SAME = {
    # what is moved
    "bb": "barbell",
    "barbel": "barbell",
    "db": "dumbbell",
    "dbs": "dumbbell",
    "dumbel": "dumbbell",
    "dumbell": "dumbbell",
    "kb": "kettlebell",
    "bw": "bodyweight",
    "banded": "band",
    "hexbar": "trapbar",
    "ezbar": "ez",
    "ssb": "safetybar",
    "trx": "suspension",
    "mb": "medicineball",
    "tyre": "tire",
    # how it is done
    "alt": "alternating",
    "btn": "behind neck",
    "cg": "close grip",
    "wg": "wide grip",
    "inc": "incline",
    "legged": "leg",
    "oh": "overhead",
    "pause": "paused",
    "sa": "onearm",
    "sl": "oneleg",
    # lifts
    "bp": "bench press",
    "bss": "bulgarian split squat",
    "cgbp": "close grip bench press",
    "dl": "deadlift",
    "ghr": "glute ham raise",
    "ohp": "overhead press",
    "rdl": "romanian deadlift",
    "sldl": "stiff leg deadlift",
    "ext": "extension",
    "flye": "fly",
    "peck": "pec",
    # plurals that no rule makes
    "abs": "ab",
    "calves": "calf",
    "ups": "up",
}
"""Words, and the word or words that stand for them where names are compared."""

_APART = {
    "barbell": ("bar bell",),
    "bodyweight": ("body weight",),
    "chinup": ("chin up",),
    "crossover": ("cross over",),
    "deadlift": ("dead lift",),
    "dumbbell": ("dumb bell",),
    "exerciseball": ("exercise ball", "stability ball", "swiss ball"),
    "ez": ("ez bar",),
    "getup": ("get up",),
    "hightolow": ("high to low",),
    "kettlebell": ("kettle bell",),
    "kickback": ("kick back",),
    "lowtohigh": ("low to high",),
    "medicineball": ("medicine ball", "med ball"),
    "muscleup": ("muscle up",),
    "onearm": ("one arm", "single arm", "1 arm"),
    "oneleg": ("one leg", "single leg", "1 leg"),
    "pecdeck": ("pec deck", "pec dec"),
    "pressdown": ("press down",),
    "pressup": ("press up",),
    "pullapart": ("pull apart",),
    "pulldown": ("pull down",),
    "pullover": ("pull over",),
    "pullthrough": ("pull through",),
    "pullup": ("pull up",),
    "pushdown": ("push down",),
    "pushup": ("push up",),
    "rollout": ("roll out",),
    "safetybar": ("safety bar", "safety squat bar"),
    "situp": ("sit up",),
    "skullcrusher": ("skull crusher",),
    "smith": ("smith machine",),
    "stepup": ("step up",),
    "swissbar": ("swiss bar", "football bar"),
    "tbar": ("t bar",),
    "trapbar": ("trap bar", "hex bar"),
    "woodchop": ("wood chop",),
    "woodchopper": ("wood chopper",),
}
"""What is one word where names are compared, and how it is written in several."""

_TOGETHER = {tuple(words.split()): word for word, ways in _APART.items() for words in ways}
_MOST_TOGETHER = max(map(len, _TOGETHER))

_DETAILS = frozenset(
    {
        "assisted",
        "conventional",
        "flat",
        "heavy",
        "light",
        "loaded",
        "lying",
        "machine",
        "normal",
        "onearm",
        "plate",
        "regular",
        "seated",
        "stand",
        "weighted",
    }
)
"""Words, folded, of how it is done that go without saying in the names of some exercises."""

_SAYING_NOTHING = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "with"})

_SHORTEST_PLURAL = 4
"""Letters: what is shorter is an abbreviation ("kbs" are swings)."""

_SHORTEST_GERUND = 7
"""Letters: what is shorter isn't always done by its stem ("boxing" on no box)."""


@lru_cache(maxsize=8192)
def folded(key: str) -> tuple[str, ...]:
    """The words of a name's key as they are compared: those of "db flyes" and of "dumbbell fly" are the same."""
    words = tuple(_joined([same for word in key.split() for same in _same(word)]))
    return tuple(word for word in words if word not in _SAYING_NOTHING) or words


def says_nothing(key: str) -> bool:
    """Whether it has only words such as "the" and "with"."""
    return _SAYING_NOTHING.issuperset(key.split())


def without_details(key: str) -> str | None:
    """The key, folded, without words of how it is done that may go without saying; None if it has none or no others."""
    words = folded(key)
    essence = [word for word in words if word not in _DETAILS]
    return " ".join(essence) if 0 < len(essence) < len(words) else None


def written(word: str) -> tuple[str, ...]:
    """Parts of keys, one of which is in each key with this word, or one that it begins, among its folded ones.

    A space stands where a word begins or ends. Words of less than three letters begin no others.
    """
    part = f" {word} " if len(word) < 3 else f" {word}"
    return (part, *otherwise_written(word))


def otherwise_written(word: str) -> tuple[str, ...]:
    """The parts of keys that have this word among their folded ones without having it as it is."""
    bent = (f" {word[:-1]}ies",) if word.endswith("y") else ()
    return (*bent, *_WRITTEN.get(word, ()))


def _same(word: str) -> Sequence[str]:
    if word not in _SAME:
        word = _stem(word)
    return [_stem(meant) for meant in _SAME.get(word, word).split()]


def _stem(word: str) -> str:
    """The word without the ending of a plural or of what one is doing."""
    if not (word.isascii() and word.isalpha()) or len(word) < _SHORTEST_PLURAL:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    if word.endswith("ing") and len(word) >= _SHORTEST_GERUND:
        stem = word[:-3]
        return stem[:-1] if stem[-1] == stem[-2] and stem[-1] in "bdgmnprt" else stem
    return word


def _joined(words: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        for length in range(_MOST_TOGETHER, 1, -1):
            word = _TOGETHER.get(tuple(words[place : place + length]))
            if word is not None:
                yield word
                place += length
                break
        else:
            yield words[place]
            place += 1


def _all_written() -> Mapping[str, tuple[str, ...]]:
    """For folded words that are written in other ways too, the parts of keys that say so."""
    parts: dict[str, list[str]] = {}
    for short, meant in _SAME.items():
        for word in map(_stem, meant.split()):
            parts.setdefault(word, []).append(f" {short}")
    for word, apart in _APART.items():
        parts.setdefault(word, []).extend(f" {words}" for words in apart)
    return {word: tuple(found) for word, found in parts.items()}


_WRITTEN = _all_written()
