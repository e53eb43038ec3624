"""The one way from a phrase in the code to what a lifter reads: translated, its values escaped."""

from __future__ import annotations

from gettext import NullTranslations
from html import escape

_catalogue = NullTranslations()


class Html(str):
    """Text that is safe to send as HTML."""

    __slots__ = ()


def say(phrase: str, **values: object) -> Html:
    """The phrase in the lifter's language, its {values} filled in. What is not Html itself is escaped."""
    return Html(_catalogue.gettext(phrase).format(**{name: _safe(value) for name, value in values.items()}))


def count(one: str, many: str, number: int, **values: object) -> Html:
    """The phrase that fits the number, which it can name as {number}: 1,071."""
    phrase = _catalogue.ngettext(one, many, number)
    return Html(phrase.format(number=f"{number:,}", **{name: _safe(value) for name, value in values.items()}))


def label(phrase: str, **values: object) -> str:
    """A phrase for a button or a toast, where Telegram shows plain text."""
    return _catalogue.gettext(phrase).format(**values)


def lines(*parts: Html | None) -> Html:
    """The parts one under the other, without those that are None."""
    return Html("\n".join(part for part in parts if part is not None))


def joined(separator: str, parts: list[Html]) -> Html:
    """The parts in one line."""
    return Html(separator.join(parts))


def _safe(value: object) -> str:
    return value if isinstance(value, Html) else escape(str(value))
