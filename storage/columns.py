"""Column types that keep on both databases what SQLAlchemy's own would lose."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, SmallInteger
from sqlalchemy.types import TypeDecorator

BigKey = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key; SQLite counts up by itself only for INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC and read back aware. SQLite would drop the offset and then compare wrongly."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a naive time with ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone can't be stored")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Puts UTC back where the database has dropped it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class HalfSteps(TypeDecorator[Decimal]):
    """A number in halves, stored as how many halves: SQLite would make a decimal a float."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _: Dialect) -> int | None:
        """Refuses what isn't a whole number of halves with ValueError."""
        if value is None:
            return None
        halves = value * 2
        if halves != halves.to_integral_value():
            raise ValueError(f"{value} is not in halves")
        return int(halves)

    def process_result_value(self, value: int | None, _: Dialect) -> Decimal | None:
        """The number itself."""
        return None if value is None else Decimal(value) / 2


def closed_set(kind: type[StrEnum], name: str) -> Enum:
    """A column that holds a value of an enum, checked by the database too."""
    return Enum(kind, name=name, native_enum=False, create_constraint=True, length=32, values_callable=_values)


def _values(kind: Any) -> list[str]:
    return [member.value for member in kind]
