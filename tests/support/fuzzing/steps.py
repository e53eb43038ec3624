"""What can happen to the bot, drawn by hypothesis: a step says what is done, and the chat as it then is to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.support.fuzzing.claims import CLAIMS, Claim
from tests.support.fuzzing.forged import FORGED, NUMBERS
from tests.support.fuzzing.texts import LONG_WORKOUT, MARK, TEXTS


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
    """A button that is in the chat: of the `message`-th message with buttons, counted from the newest; who is curious
    takes one of those that they have tapped least so far.
    """

    who: int
    message: int
    button: int
    curious: bool = False
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


@dataclass(frozen=True)
class ForgesClaims:
    """Presses, one right after the other, of buttons that claim what is the other lifter's; then whoever pressed them
    types a text, if there is one.
    """

    who: int
    claims: Sequence[Claim]
    then: str | None = None


@dataclass(frozen=True)
class ForgesFrom:
    """A press with the data of the newest button of its kind that somebody had, the other lifter if `stolen`, with a
    number in it changed unless that is None; then whoever pressed it types a text, if there is one.
    """

    who: int
    button: int
    stolen: bool
    number: int | None = None
    place: int = 0
    then: str | None = None


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


@dataclass(frozen=True)
class Nothing:
    """The simplest step: hypothesis turns into it whatever has nothing to do with a failure."""


Forgery = Forges | ForgesClaims | ForgesFrom
Happening = TimePasses | Restarts | Nothing
Step = Types | SendsSticker | Taps | TapsAgain | Forgery | Edits | Replies | Happening

_WHO = st.integers(0, 1)
_HURRIED = st.integers(0, 5).map(lambda number: number == 5)
_ANY_BUTTON = st.integers(0, 60)
_RECENT = st.sampled_from([0, 0, 0, 0, 0, 0, 0, 1, 2, 5])
_TIMES = st.sampled_from([1, 1, 1, 1, 1, 1, 2, 3])
_PAUSES = st.sampled_from([1, 4, 4, 4, 40, 60 * 3, 60 * 13, 60 * 24 * 15])


_FREQUENT: Mapping[st.SearchStrategy[Step], int] = {
    st.just(Nothing()): 1,
    st.builds(Taps, _WHO, _RECENT, _ANY_BUTTON, st.booleans(), _TIMES, _HURRIED): 50,
    st.builds(Types, _WHO, TEXTS, _HURRIED): 25,
    st.builds(TapsAgain, _WHO, st.integers(0, 500), _HURRIED): 5,
    st.builds(Edits, _WHO, st.integers(0, 6), TEXTS, _HURRIED): 4,
    st.builds(Replies, _WHO, st.integers(0, 8), TEXTS, _HURRIED): 4,
    st.builds(ForgesClaims, _WHO, st.lists(CLAIMS, min_size=1, max_size=5), st.none() | TEXTS): 5,
    st.builds(ForgesFrom, _WHO, _ANY_BUTTON, st.just(value=True), then=st.none() | TEXTS): 5,
    st.builds(ForgesFrom, _WHO, _ANY_BUTTON, st.booleans(), NUMBERS, st.integers(0, 3)): 2,
    st.builds(Forges, _WHO, FORGED): 3,
    st.builds(SendsSticker, _WHO, _HURRIED): 1,
    st.builds(TimePasses, _PAUSES): 5,
    st.just(Restarts()): 2,
}
"""How often each happens. (Hypothesis takes a strategy that is named twice in `one_of` for one.)"""

_KINDS = [kind for kind, often in _FREQUENT.items() for _ in range(often)]
_STEPS: st.SearchStrategy[Step] = st.sampled_from(_KINDS).flatmap(lambda kind: kind)

_CREATE = -2
"""Where the button stands that creates the exercise which nobody knows."""

_BEGINNINGS: Sequence[Sequence[str | int | TimePasses]] = (
    (),
    ("/start", "kg", "/set bench 100x5"),
    ("/start", "kg", f"/set bench 100x5 # {MARK}", "squat", "60x8,8,8", TimePasses(4)),
    ("/start", "kg", f"/set {MARK} shrug 60x8", _CREATE, 0, 0, "60x6 paused"),
    ("/start", "kg", f"/set {MARK} curl 20x8", _CREATE, 0, 0, f"/set bench 100x5 # {MARK}", "/finish", 0, "/workout"),
    ("/start", "kg", f"bench\n100x5\n90x8\n\n{MARK} squat\n140x5", 0, 0, 0),
    ("/start", "lb", "/set bench 225x5", "/finish", 0, "/set bench 225x3", "/set chin up 8", "/set run 5km"),
    ("/start", "lb", LONG_WORKOUT, 0, "/finish", 0),
)
"""What is typed, how long nothing is done, and the places of buttons that are pressed, in the newest message that has
some.
"""


@st.composite
def days(draw: st.DrawFn, most: int) -> Sequence[Step]:
    """What happens in one example: both get as far as some lifter does, and then so many things happen at most."""
    begun = [_beginning(who, draw(st.sampled_from(_BEGINNINGS))) for who in range(2)]
    return [*begun[0], *begun[1], *draw(st.lists(_STEPS, min_size=most // 2, max_size=most))]


def _beginning(who: int, parts: Sequence[str | int | TimePasses]) -> Sequence[Step]:
    return [_begins(who, part) for part in parts]


def _begins(who: int, part: str | int | TimePasses) -> Step:
    match part:
        case str():
            return Types(who, part)
        case int():
            return Taps(who, 0, part)
        case TimePasses():
            return part
