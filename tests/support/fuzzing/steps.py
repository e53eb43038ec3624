"""What can happen to the bot, drawn by hypothesis: a step says what is done, and the chat as it then is to what."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.support.fuzzing.texts import TEXTS


@dataclass(frozen=True)
class Types:
    """A text is sent; one that is too long for a message goes in several, as phones do it."""

    who: int
    text: str
    hurried: bool = False


@dataclass(frozen=True)
class SendsSticker:
    who: int
    hurried: bool = False


@dataclass(frozen=True)
class Taps:
    """A button that is in the chat: of the `message`-th message with buttons, counted from the newest."""

    who: int
    message: int
    button: int
    times: int = 1
    hurried: bool = False


@dataclass(frozen=True)
class TapsAgain:
    """A button that was in the chat once, and may have been replaced since, or its message removed."""

    who: int
    button: int
    hurried: bool = False


@dataclass(frozen=True)
class Forges:
    """A press of a button that was never there, with made up data."""

    who: int
    data: str
    hurried: bool = False


@dataclass(frozen=True)
class ForgesFrom:
    """A press with the data of a button that somebody had, the other lifter if `stolen`, with a number in it changed
    unless that is None."""

    who: int
    button: int
    stolen: bool
    number: int | None = None
    place: int = 0


@dataclass(frozen=True)
class Edits:
    """A text of one's own is changed, the `message`-th counted from the newest."""

    who: int
    message: int
    text: str
    hurried: bool = False


@dataclass(frozen=True)
class Replies:
    """A reply to a message of the chat, the `message`-th counted from the newest."""

    who: int
    message: int
    text: str
    hurried: bool = False


@dataclass(frozen=True)
class TimePasses:
    """For everybody. Rests end, and workouts are looked after."""

    minutes: int


@dataclass(frozen=True)
class Restarts:
    """The bot is stopped and started again, whatever it is doing."""


Happening = TimePasses | Restarts
Step = Types | SendsSticker | Taps | TapsAgain | Forges | ForgesFrom | Edits | Replies | Happening

_WHO = st.integers(0, 1)
_HURRIED = st.integers(0, 5).map(lambda number: number == 5)
_ANY_BUTTON = st.integers(0, 60)
_RECENT = st.sampled_from([0, 0, 0, 0, 0, 0, 0, 1, 2, 5])
_TIMES = st.sampled_from([1, 1, 1, 1, 1, 1, 2, 3])
_NUMBERS = st.one_of(st.integers(-2, 30), st.sampled_from([2**31, 2**63 - 1, 2**63, -(2**63), 10**30]))

_GARBAGE = st.one_of(
    st.sampled_from(
        [
            *("junk", "0", "1", "1l", "1l:", "1l:1:1", "1l:1:1:1", "1F:1:0", "2l:1:1", "1e:999999", "1e:1", "1wo:1:1"),
            *("1wl:1:1:100x5", "1a:0:0:0:100x5", "1A:0:0:0:1:100x5", "1pb:CHEST:99999:0:0", "1pf:0:0:0:", "1yl:1:0"),
            *("1oc:Mars/Base", "1oc:", "1op:w:999999999999", "1op:u:-5", "1os:99", "1ot:0:-1:kg", "1ot:0:1:stone"),
            *(
                "1we:-1",
                "1we:9223372036854775807",
                "1oo:99999",
                "1ow:r:7",
                "1mP:1:0:99",
                "1ye:1:0:99",
                "1mv:1:99999999",
            ),
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=16),
)

_TAPS = st.builds(Taps, _WHO, _RECENT, _ANY_BUTTON, _TIMES, _HURRIED)
_TYPES = st.builds(Types, _WHO, TEXTS, _HURRIED)
_RARE: st.SearchStrategy[Step] = st.one_of(
    st.builds(SendsSticker, _WHO, _HURRIED),
    st.builds(Forges, _WHO, _GARBAGE, _HURRIED),
    st.builds(ForgesFrom, _WHO, st.integers(0, 500), st.booleans(), st.none() | _NUMBERS, st.integers(0, 3)),
    st.builds(Edits, _WHO, st.integers(0, 6), TEXTS, _HURRIED),
    st.builds(Edits, _WHO, st.integers(0, 6), TEXTS, _HURRIED),
    st.builds(Replies, _WHO, st.integers(0, 8), TEXTS, _HURRIED),
    st.builds(Replies, _WHO, st.integers(0, 8), TEXTS, _HURRIED),
    st.builds(TimePasses, st.sampled_from([1, 4, 4, 40, 60 * 3, 60 * 13, 60 * 24 * 15])),
    st.just(Restarts()),
)
_AGAIN = st.builds(TapsAgain, _WHO, st.integers(0, 500), _HURRIED)


def _as_one(step: Step) -> Step:
    """Keeps hypothesis from taking each of the rare ones for as likely as the others."""
    return step


_OFTEN: list[st.SearchStrategy[Step]] = [*[_TAPS] * 5, *[_TYPES] * 3, _AGAIN]

STEPS: st.SearchStrategy[Step] = st.one_of(*_OFTEN, _RARE.map(_as_one), _RARE.map(_as_one))
