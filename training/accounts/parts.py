"""One object of the file: its fields are asked for one by one, and each is checked where it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from storage.values.texts import is_storable
from training.accounts.faults import Fault, UnreadableAccountError, Why

_Choice = TypeVar("_Choice", bound=StrEnum)

_AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,3})?", re.ASCII)
_EARLIEST = datetime(1969, 12, 31, tzinfo=UTC)
"""1970 begins earlier in the east, and an exercise that is added in front is turned to just before the others."""
_AHEAD = timedelta(days=1)
"""By how much the clock of the host that wrote the file may be before this one's."""


class Part:
    """An object with these fields and no others; `where` is how one finds it in the file."""

    def __init__(self, value: object, where: str, fields: Sequence[str], now: datetime) -> None:
        """Raises UnreadableAccountError, as every method does."""
        self.where = where
        self._now = now
        if not isinstance(value, dict):
            raise wrong(where, Why.KIND, said="object")
        self._value: dict[str, Any] = value
        if unknown := next((name for name in value if name not in fields), None):
            raise wrong(self.at(unknown), Why.UNKNOWN)

    def at(self, name: str) -> str:
        """How one finds the field."""
        return f"{self.where}.{name}" if self.where else name

    def part(self, name: str, fields: Sequence[str]) -> Part | None:
        """The object that stands there."""
        value = self._value.get(name)
        return None if value is None else Part(value, self.at(name), fields, self._now)

    def parts(self, name: str, fields: Sequence[str], most: int) -> Iterator[Part]:
        """The objects that are listed there."""
        for place, value in enumerate(self._list(name, most)):
            yield Part(value, f"{self.at(name)}[{place}]", fields, self._now)

    def texts(self, name: str, longest: int, most: int) -> list[str]:
        """The texts that are listed there."""
        listed = self._list(name, most)
        return [_text(value, f"{self.at(name)}[{place}]", longest) for place, value in enumerate(listed)]

    def text(self, name: str, longest: int) -> str:
        """The text, empty if there is none."""
        value = self._value.get(name)
        return "" if value is None else _text(value, self.at(name), longest)

    def flag(self, name: str) -> bool:
        """Whether it is so; if nothing is said, it isn't."""
        value = self._value.get(name, False)
        if not isinstance(value, bool):
            raise wrong(self.at(name), Why.KIND, said="flag")
        return value

    def number(self, name: str, least: int, most: int) -> int | None:
        """The whole number."""
        value = self._value.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise wrong(self.at(name), Why.KIND, said="number")
        if not least <= value <= most:
            raise wrong(self.at(name), Why.RANGE, said=str(least), limit=most)
        return value

    def required(self, name: str, least: int, most: int) -> int:
        """The whole number, which must be there."""
        return self._there(name, self.number(name, least, most))

    def choice(self, name: str, kind: type[_Choice]) -> _Choice | None:
        """The one of these that it says."""
        value = self._value.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or value not in set(kind):
            raise wrong(self.at(name), Why.CHOICE, said=", ".join(kind))
        return kind(value)

    def chosen(self, name: str, kind: type[_Choice]) -> _Choice:
        """The same, which must be there."""
        return self._there(name, self.choice(name, kind))

    def amount(self, name: str) -> int | None:
        """The thousandths of the number, which is written as a text."""
        value = self._value.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
            raise wrong(self.at(name), Why.AMOUNT)
        return int(Decimal(value) * 1000)

    def time(self, name: str) -> datetime | None:
        """The moment, in UTC."""
        value = self._value.get(name)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value).astimezone(UTC) if isinstance(value, str) else None
        except (ValueError, OverflowError):
            moment = None
        if moment is None or datetime.fromisoformat(value).tzinfo is None or moment < _EARLIEST:
            raise wrong(self.at(name), Why.TIME)
        if moment > self._now + _AHEAD:
            raise wrong(self.at(name), Why.FUTURE)
        return moment

    def moment(self, name: str) -> datetime:
        """The same, which must be there."""
        return self._there(name, self.time(name))

    def _list(self, name: str, most: int) -> Sequence[Any]:
        value = self._value.get(name, [])
        if not isinstance(value, list):
            raise wrong(self.at(name), Why.KIND, said="list")
        if len(value) > most:
            raise wrong(self.at(name), Why.TOO_MANY, limit=most)
        return value

    def _there(self, name: str, value: _Value | None) -> _Value:
        if value is None:
            raise wrong(self.at(name), Why.MISSING)
        return value


_Value = TypeVar("_Value")


def wrong(where: str, why: Why, *, said: str = "", limit: int = 0) -> UnreadableAccountError:
    """Something can't be so."""
    return UnreadableAccountError(Fault.WRONG, where, why, said, limit)


def _text(value: object, where: str, longest: int) -> str:
    if not isinstance(value, str):
        raise wrong(where, Why.KIND, said="text")
    if len(value) > longest:
        raise wrong(where, Why.TOO_LONG, limit=longest)
    if not is_storable(value):
        raise wrong(where, Why.TEXT)
    return value
