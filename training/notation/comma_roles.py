"""What the commas of a chain of numbers can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto

from storage.values.exercise import Measure
from training.notation.chains import Chain, Place, is_measure
from training.notation.measures import LOADED
from training.notation.plausible import LIKELY_REPS
from training.notation.reading import LineContext
from training.notation.tokens import Token
from training.notation.vocabulary import DISTANCE_UNITS, METRES_OR_MINUTES, WEIGHT_UNITS


class Role(Enum):
    """What a comma between two numbers, or a point in one, is."""

    DECIMAL = auto()
    THOUSANDS = auto()
    TIMES = auto()
    """It parts weight and reps, as an `x` would."""


Roles = Mapping[int, Role]
"""By the place of a comma, or of a number with a point. A comma that isn't there parts two items."""

_PARTS: Roles = {}


def roles_of_commas(chain: Chain, context: LineContext) -> Sequence[Roles]:
    """The ways to understand the commas of a chain that has some, the most likely one first."""
    if chain.following().is_symbol(":"):
        return [_PARTS]
    match chain.place:
        case Place.EFFORT:
            return _after_effort(chain)
        case Place.INSIDE:
            return _inside(chain)
        case _ if chain.is_measured:
            return _before_measure(chain)
        case Place.START:
            return _bare(chain, context)
        case _:
            return [_PARTS]


def roles_of_one(chain: Chain, context: LineContext) -> Sequence[Roles]:
    """The ways to understand a single number: 1.000x5 may be a thousand; 100, 5 may be weight and reps."""
    if chain.place is Place.INSIDE:
        return [_PARTS]
    if chain.is_measured and _may_be_thousands(chain.numbers[0].split("."), chain.following()):
        return [{chain.first: Role.THOUSANDS}, _PARTS]
    return [{chain.last + 1: Role.TIMES}, _PARTS] if _opens_spaced_list(chain, context) else [_PARTS]


def _after_effort(chain: Chain) -> Sequence[Roles]:
    """@8,5 is a decimal; @102,25 may be one; @8,4 is not."""
    decimal = {chain.commas[0]: Role.DECIMAL}
    whole, after = chain.numbers[:2]
    only_unit = len(chain.commas) == 1 and chain.following().text in WEIGHT_UNITS
    if after in {"5", "0"} or only_unit:
        return [decimal]
    if after in {"25", "50", "75"} and len(whole) > 1:
        return [decimal, _PARTS]
    return [_PARTS]


def _inside(chain: Chain) -> Sequence[Roles]:
    """Reps are whole, so a comma parts them; only the last one may belong to a weight or distance that follows."""
    before, follower = chain.preceding, chain.following()
    if not chain.is_measured or before is None or before.is_symbol(":"):
        return [_PARTS]
    last_decimal = {chain.commas[-1]: Role.DECIMAL}
    if len(chain.commas) > 1:
        return [_PARTS, last_decimal]
    if follower.text in WEIGHT_UNITS:
        begins_set = chain.following(2).is_symbol("x") or chain.following(2).is_number
        return [_PARTS, last_decimal] if begins_set or _are_reps_and_weight(chain) else [last_decimal]
    return [_PARTS] if before.is_symbol("x") or follower.is_symbol("x") else [last_decimal]


def _are_reps_and_weight(chain: Chain) -> bool:
    """100x5,60kg: behind what is rather a weight, reps and another weight, unlike the decimal of 5x102,5kg."""
    factors = [token for token in chain.tokens[max(chain.first - 2, 0) : chain.first] if token.is_number]
    is_weight_before = bool(factors) and not _is_likely_reps(factors[-1].text)
    return is_weight_before and all(number.isdigit() for number in chain.numbers) and _is_likely_reps(chain.numbers[0])


def _before_measure(chain: Chain) -> Sequence[Roles]:
    """102,5x5 is a decimal; 1,000x5 may be a thousand; 102,5,5x5 may be a set and a decimal."""
    last = chain.commas[-1]
    if len(chain.commas) > 1:
        return [{last: Role.DECIMAL}, _PARTS]
    if _may_be_thousands(chain.numbers, chain.following()):
        return [{last: Role.THOUSANDS}, {last: Role.DECIMAL}]
    return [{last: Role.DECIMAL}]


def _may_be_thousands(parts: Sequence[str], follower: Token) -> bool:
    """Whether there are three decimals, which are rare, in what would be no absurd number of thousands."""
    if len(parts) != 2 or len(parts[1]) != 3 or parts[0].startswith("0"):
        return False
    return len(parts[0]) == 1 or follower.text in DISTANCE_UNITS or follower.text == METRES_OR_MINUTES


def _bare(chain: Chain, context: LineContext) -> Sequence[Roles]:
    """100,5 is 100 × 5, or 100.5 × last time's reps; 8,8,7 may also be reps."""
    first = chain.commas[0]
    if context.measure is Measure.DISTANCE_DURATION:
        return [{first: Role.DECIMAL} if len(chain.commas) == 1 else _PARTS]
    may_be_reps = _may_be_reps(chain, context)
    never_loaded = context.measure is Measure.BODYWEIGHT_REPS and context.last_weight is None
    if context.measure not in LOADED or (never_loaded and may_be_reps):
        return [_PARTS]
    weighted: list[Roles] = [{first: Role.TIMES}, {first: Role.DECIMAL, **_times_after(chain)}]
    return [_PARTS, *weighted] if may_be_reps else weighted


def _times_after(chain: Chain) -> Roles:
    """Makes the second comma, with or without a space, part a decimal weight and its reps."""
    second = chain.first + 3
    comma, number, follower = (chain.tokens[min(second + offset, len(chain.tokens) - 1)] for offset in range(3))
    are_reps = comma.is_symbol(",") and number.is_number and not is_measure(follower)
    return {second: Role.TIMES} if are_reps else {}


def _may_be_reps(chain: Chain, context: LineContext) -> bool:
    known = context.last_weight is not None or context.measure is Measure.BODYWEIGHT_REPS
    return known and all(_is_likely_reps(number) for number in chain.numbers)


def _is_likely_reps(number: str) -> bool:
    return number.isdigit() and len(number) <= 2 and int(number) <= LIKELY_REPS


def _opens_spaced_list(chain: Chain, context: LineContext) -> bool:
    """Whether a number that is rather a weight than reps begins a list of bare numbers: 100, 5, 4."""
    if chain.place is not Place.START or context.measure not in LOADED or not chain.following().is_symbol(","):
        return False
    number, behind = chain.following(2), chain.following(3)
    is_list = number.is_number and (behind.is_end or behind.text in {",", "@", "+"})
    return is_list and not _is_likely_reps(chain.numbers[0].partition(".")[0])
