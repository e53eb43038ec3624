"""Reading a whole text under one choice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from training.notation.folding import Folded, fold
from training.notation.lines import Ask, Choice, LineReader
from training.notation.plans import MOST_SETS
from training.notation.plausible import implausibility
from training.notation.reading import LineContext, Unreadable, UnreadableReason
from training.notation.stopping import StoppedError


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of reading a text: its sets, or why it failed; in how many ways its commas can be understood;
    and what the lifter still has to decide.
    """

    entries: tuple[SetEntry, ...]
    ways: int
    ask: Ask | None
    failure: Unreadable | None


def attempt(text: str, context: LineContext, choice: Choice) -> Attempt:
    """Reads every line of the text, each against what stands before it."""
    reader = _TextReader(text, context, choice)
    failure = reader.read()
    return Attempt(tuple(reader.entries), reader.ways, None if failure else reader.first_ask(), failure)


class _TextReader:
    def __init__(self, text: str, context: LineContext, choice: Choice) -> None:
        self._text = text
        self._context = _with_real_load(context)
        self._choice = choice
        self.entries: list[SetEntry] = []
        self.ways = 1
        self._asks: list[Ask] = []
        self._sure = False

    def read(self) -> Unreadable | None:
        start = 0
        for line in self._text.split("\n"):
            failure = self._read_line(line, start)
            if failure is not None:
                return failure
            start += len(line) + 1
        return None if self.entries else self._failure(UnreadableReason.NOT_A_SET, len(self._text), len(self._text))

    def first_ask(self) -> Ask | None:
        """The first thing to ask, leaving out doubts if the lifter has marked the text."""
        if not self._sure and (doubt := implausibility(self.entries)) is not None:
            self._asks.append(Ask(doubt, 1))
        return next((ask for ask in self._asks if not (self._sure and ask.reason.is_doubt)), None)

    def _read_line(self, line: str, start: int) -> Unreadable | None:
        folded = fold(line)
        if not folded.text.strip():
            return None
        reader = LineReader(line, folded, self._context, self._choice)
        self.ways = max(self.ways, reader.ways)
        try:
            reader.read()
        except StoppedError as stopped:
            return self._stopped(stopped, folded, start)
        self.entries += reader.entries
        self._asks += reader.asks
        self._sure = self._sure or reader.sure
        if len(self.entries) > MOST_SETS:
            return self._failure(UnreadableReason.TOO_MANY_SETS, start, start + len(line))
        self._move_on(reader.entries)
        return None

    def _move_on(self, entries: list[SetEntry]) -> None:
        working = [entry for entry in entries if entry.kind is not SetKind.WARM_UP]
        if working:
            last = working[-1]
            self._context = replace(self._context, last_weight=last.weight, last_reps=last.clean_reps)

    def _stopped(self, stopped: StoppedError, folded: Folded, start: int) -> Unreadable:
        stop = start + folded.origins[stopped.start]
        end = start + folded.origins[stopped.end - 1] + 1 if stopped.end > stopped.start else stop
        begins = not self.entries and not folded.text[: stopped.start].strip()
        is_unknown = stopped.reason in {UnreadableReason.UNEXPECTED, UnreadableReason.INCOMPLETE}
        return self._failure(UnreadableReason.NOT_A_SET if begins and is_unknown else stopped.reason, stop, end)

    def _failure(self, reason: UnreadableReason, stop: int, end: int) -> Unreadable:
        text = self._text
        return Unreadable(reason, text[:stop].strip(), text[stop:end].strip(), text[end:].strip())


def _with_real_load(context: LineContext) -> LineContext:
    """On bodyweight exercises, an added load of nothing is none."""
    is_nothing = context.last_weight is not None and not context.last_weight.thousandths
    if is_nothing and context.measure is Measure.BODYWEIGHT_REPS:
        return replace(context, last_weight=None)
    return context
