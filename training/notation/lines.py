"""Reading one line: items after commas, and the note at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from training.notation.commas import ways_to_cut
from training.notation.distances import distances
from training.notation.folding import Folded
from training.notation.items import Item, starts_note, take_item, take_kind
from training.notation.loaded import loaded
from training.notation.measures import LOADED
from training.notation.notes import is_part, is_remark, kind_between, note_ends, set_in_note, text_before_set
from training.notation.plans import MOST_SETS, Before, Meaning, entries_of
from training.notation.quantities import QuantityKind
from training.notation.reading import LineContext, QuestionReason, UnreadableReason
from training.notation.single import single
from training.notation.stopping import StoppedError
from training.notation.tokens import Cursor, Token, tokenize
from training.notation.vocabulary import JOINS, SETS, SIGNS
from training.notation.worded import possibilities, take_worded

_MEANINGS: dict[Measure, Callable[[Item, Before], Meaning]] = {
    Measure.WEIGHT_REPS: loaded,
    Measure.BODYWEIGHT_REPS: loaded,
    Measure.WEIGHT_DURATION: loaded,
    Measure.WEIGHT_DISTANCE: loaded,
    Measure.REPS: single,
    Measure.DURATION: single,
    Measure.DISTANCE_DURATION: distances,
}

_CARRIES_NO_EFFORT = {QuantityKind.NUMBER, QuantityKind.WEIGHT, QuantityKind.BODYWEIGHT}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which way to go where there are several: how commas are understood, and what items mean. Counts from 0."""

    comma: int = 0
    meaning: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that the lifter has to decide, between so many possibilities."""

    reason: QuestionReason
    possibilities: int


class LineReader:
    """Reads one line under a choice.

    `ways` is how many ways there are to understand its commas. What was read so far is in `entries`, what there was to
    ask in `asks`, and `sure` is whether the lifter has marked the line with `!`.
    """

    def __init__(self, line: str, folded: Folded, context: LineContext, choice: Choice) -> None:
        ways = ways_to_cut(tokenize(folded.text), context)
        self.ways = len(ways)
        self.entries: list[SetEntry] = []
        self.asks: list[Ask] = []
        self.sure = False
        self._line = line
        self._folded = folded
        self._measure = context.measure
        self._choice = choice
        self._cursor = Cursor(ways[min(choice.comma, len(ways) - 1)])
        self._before = Before(context, context.last_weight, context.last_reps, context.unit)
        self._kind: SetKind | None = None
        self._are_all_at_last = True
        self._is_before_set = False
        self._is_all_note = False

    def read(self) -> None:
        """Reads the line. Raises StoppedError, which says where in the folded line."""
        if self._cursor.here.is_symbol("x") and self._cursor.ahead(1).is_number:
            self._cursor.take()  # x8 says eight reps
        self._take_set()
        while self._is_before_set or self._cursor.here.is_symbol(",") or self._joins():
            self._take_further()

    def _joins(self) -> bool:
        """Whether `and` or `then` stands before a number, as in 100x5 and 95x6."""
        words = 1 if self._cursor.ahead(1).text not in JOINS else 2
        return self._cursor.here.text in JOINS and self._cursor.ahead(words).is_number

    def _take_further(self) -> None:
        """Reads on behind what parts sets: commas, `and`, or a note that a set follows."""
        start = self._cursor.here.start
        self._is_before_set = False
        while self._cursor.here.is_symbol(","):
            start = self._cursor.take().end
        while self._joins():
            self._cursor.take()
        if not self._cursor.here.is_end:
            self._take_set_or_note(start)

    def _take_set_or_note(self, start: int) -> None:
        """After a comma or `and`, what isn't a set is a note if it has words: "2 min rest". "3-4" is neither."""
        place, asked = self._cursor.place, list(self.asks)
        try:
            self._take_set()
        except StoppedError:
            self._cursor.back_to(place)
            self.asks = asked
            if not self._is_prose():
                raise
            self._take_note(start)

    def _take_set(self) -> None:
        item = take_item(self._cursor, self._measure)
        worded = self._take_words(item)
        self._refuse_what_follows()
        if self._is_perhaps_note(item):
            self._ask_whether_note(item)
        self._take_kind_between(item)
        self._inherit_kind(item)
        self._add(item, worded)
        here = self._cursor.here
        if starts_note(here) and not self._is_before_set and not self._joins():
            self._take_note(here.start)

    def _refuse_what_follows(self) -> None:
        """Raises StoppedError unless the item ends here, or a note begins."""
        here = self._cursor.here
        if here.is_symbol("(") and not is_remark(list(self._cursor.remaining())):
            raise here.stop(UnreadableReason.UNEXPECTED)
        if not (here.is_end or here.is_symbol(",") or starts_note(here)):
            raise here.stop(UnreadableReason.UNEXPECTED)

    def _is_perhaps_note(self, item: Item) -> bool:
        """Whether a further number with words behind it, as in 100x5, 4 felt heavy, may be a note with them."""
        is_before_words = self._before.in_list and self._cursor.here.is_word and not self._joins()
        return is_before_words and _is_number_or_weight(item) and not item.sure

    def _ask_whether_note(self, item: Item) -> None:
        """Asks whether the number is a set. Raises StoppedError if it can be none, or was chosen not to be."""
        many = len(_MEANINGS[self._measure](item, self._before).plans)
        if self._choice.meaning >= many and not self.asks:
            raise self._cursor.here.stop(UnreadableReason.UNEXPECTED)
        self.asks.append(Ask(QuestionReason.PART_OR_NOTE, many + 1))

    def _take_kind_between(self, item: Item) -> None:
        """In 60x8 w 100x5 the kind may be that of either set, or the rest a note, so it is asked about."""
        length = kind_between(list(self._cursor.remaining())) if self._cursor.here.is_word else 0
        if not length:
            return
        meaning = 0 if self.asks else self._choice.meaning
        self.asks.append(Ask(QuestionReason.PART_OR_NOTE, 3))
        if meaning == 1 and item.last_kind is None:
            item.last_kind = take_kind(self._cursor)
        self._is_before_set = meaning < 2
        self._is_all_note = meaning == 2

    def _take_words(self, item: Item) -> int:
        """Reads a weight or RPE that is said in words; in how many ways they may be meant."""
        worded = possibilities(self._cursor, item, self._measure)
        if worded:
            take_worded(self._cursor, item, self._measure, worded[min(self._choice.meaning, len(worded) - 1)])
        return len(worded)

    def _add(self, item: Item, worded: int) -> None:
        meaning = _MEANINGS[self._measure](item, self._before)
        plan = meaning.plans[min(self._choice.meaning, len(meaning.plans) - 1)]
        entries = entries_of(plan, item)
        if len(self.entries) + len(entries) > MOST_SETS:
            raise item.start.stop(UnreadableReason.TOO_MANY_SETS)
        self.entries += entries
        self.sure = self.sure or item.sure
        if worded > 1:
            self.asks.append(Ask(QuestionReason.PART_OR_NOTE, worded))
        if meaning.reason is not None:
            self.asks.append(Ask(meaning.reason, len(meaning.plans)))
        self._share_weight(item)
        self._move_on(item)

    def _share_weight(self, item: Item) -> None:
        """A weight behind the last of a list of reps may be that of all: 10, 10, 8 at 60kg."""
        if self._measure not in LOADED:
            return
        if self._are_all_at_last and self._before.in_list and _says_weight_last(item) and not self.asks:
            if self._choice.meaning == 1:
                self.entries = [replace(entry, weight=self.entries[-1].weight) for entry in self.entries]
            self.asks.append(Ask(QuestionReason.WEIGHT_OF_ALL, 2))
        self._are_all_at_last = self._are_all_at_last and _is_effort(item)

    def _move_on(self, item: Item) -> None:
        last = self.entries[-1]
        says_unit = any(factor.unit is not None for factor in (*item.factors, item.at or item.start))
        self._before = replace(
            self._before,
            weight=last.weight,
            reps=last.clean_reps,
            unit=last.weight.unit if says_unit and last.weight is not None else self._before.unit,
            in_list=True,
        )

    def _inherit_kind(self, item: Item) -> None:
        """In "w 60x8,8" the second set is a warm-up too; a set with a weight of its own says its own kind."""
        if self._measure in LOADED and self._before.in_list and len(item.factors) == 1 and item.kind is None:
            item.kind = self._kind
        self._kind = item.kind

    def _is_prose(self) -> bool:
        """Whether the rest of the line is words; "3 sets" would be lost as a note."""
        first = self._cursor.here
        is_amount = first.is_number or first.text in SIGNS
        return not is_amount or any(token.is_word and token.text not in SETS for token in self._cursor.remaining())

    def _take_note(self, start: int) -> None:
        """Everything from here to the end of the line as it was written, or a remark in brackets.

        What may be a set in it is asked about, as it would be lost. Raises StoppedError if it can't be one.
        """
        tokens = list(self._cursor.remaining())
        ends = note_ends(tokens)
        place = None if self._is_all_note else set_in_note(tokens[:ends])
        if place is not None:
            if ends is not None or is_part(tokens, place):
                raise tokens[place].stop(UnreadableReason.UNEXPECTED)
            meaning = 0 if self.asks else self._choice.meaning
            self.asks.append(Ask(QuestionReason.PART_OR_NOTE, 2))
            self._is_before_set = meaning == 0
        if not self._is_before_set:
            place = ends
        self._add_note(start, text_before_set(tokens[:place]))
        self._cursor.take(len(tokens) - 1 if place is None else place)

    def _add_note(self, start: int, tokens: Sequence[Token]) -> None:
        """Notes the text from the start to the last of the tokens behind what the set's note says already."""
        if not tokens:
            return
        end = len(self._line) if tokens[-1].is_end else self._folded.origins[tokens[-1].end - 1] + 1
        written = self._line[self._folded.origins[start] : end].strip()
        is_bracketed = tokens[0].is_symbol("(") and tokens[-1].is_symbol(")")
        note = written[1:-1].strip() if is_bracketed else written.removeprefix("#").strip()
        before = self.entries[-1].note
        self.entries[-1] = replace(self.entries[-1], note=", ".join(filter(None, (before, note))))


def _says_weight_last(item: Item) -> bool:
    """Whether reps come first and then their weight: 8 at 60kg, 8 60kg."""
    return item.at is not None or (len(item.factors) > 1 and item.factors[-1].kind is QuantityKind.WEIGHT)


def _is_effort(item: Item) -> bool:
    """Whether it says no weight: 8, 8 reps, 3 sets of 8."""
    amounts = [factor for factor in item.factors if factor.kind is not QuantityKind.SETS]
    return (
        item.at is None and len(amounts) == 1 and amounts[0].kind not in {QuantityKind.WEIGHT, QuantityKind.BODYWEIGHT}
    )


def _is_number_or_weight(item: Item) -> bool:
    """Whether an item is too little to be a further set if words follow it."""
    is_plain = item.rpe is None and item.at is None and item.kind is None and item.last_kind is None
    return is_plain and len(item.factors) == 1 and item.start.kind in _CARRIES_NO_EFFORT and not item.start.forced
