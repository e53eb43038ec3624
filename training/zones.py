"""Time zones as a lifter chooses one: by the time that it is there, or by a city."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from storage.values.name_key import name_key
from training.clock import Clock

MOST_FOUND = 8
"""How many zones a text can find."""

_MAJOR = [
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Vancouver",
    "America/Phoenix",
    "America/Denver",
    "America/Edmonton",
    "America/Chicago",
    "America/Winnipeg",
    "America/Mexico_City",
    "America/Guatemala",
    "America/New_York",
    "America/Toronto",
    "America/Havana",
    "America/Bogota",
    "America/Lima",
    "America/Panama",
    "America/Caracas",
    "America/Halifax",
    "America/La_Paz",
    "America/Santiago",
    "America/Santo_Domingo",
    "America/St_Johns",
    "America/Argentina/Buenos_Aires",
    "America/Sao_Paulo",
    "America/Montevideo",
    "Atlantic/South_Georgia",
    "Atlantic/Azores",
    "Atlantic/Cape_Verde",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Atlantic/Reykjavik",
    "Africa/Accra",
    "Africa/Casablanca",
    "UTC",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Amsterdam",
    "Europe/Vienna",
    "Europe/Zurich",
    "Europe/Stockholm",
    "Europe/Oslo",
    "Europe/Copenhagen",
    "Europe/Warsaw",
    "Europe/Prague",
    "Europe/Budapest",
    "Europe/Belgrade",
    "Africa/Lagos",
    "Africa/Algiers",
    "Europe/Athens",
    "Europe/Helsinki",
    "Europe/Kyiv",
    "Europe/Bucharest",
    "Europe/Sofia",
    "Asia/Jerusalem",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Asia/Riyadh",
    "Asia/Baghdad",
    "Africa/Nairobi",
    "Asia/Tehran",
    "Asia/Dubai",
    "Asia/Baku",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Tashkent",
    "Asia/Almaty",
    "Asia/Kolkata",
    "Asia/Colombo",
    "Asia/Kathmandu",
    "Asia/Dhaka",
    "Asia/Yangon",
    "Asia/Bangkok",
    "Asia/Jakarta",
    "Asia/Ho_Chi_Minh",
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Kuala_Lumpur",
    "Asia/Manila",
    "Australia/Perth",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Australia/Darwin",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Sydney",
    "Australia/Melbourne",
    "Pacific/Port_Moresby",
    "Pacific/Noumea",
    "Pacific/Auckland",
    "Pacific/Fiji",
    "Pacific/Tongatapu",
    "Pacific/Apia",
    "Pacific/Kiritimati",
]
"""The zones that lists show, from west to east; any other is found by its name."""

_WRITTEN_TIME = re.compile(r"\s*([01]?\d|2[0-3])[:.h]([0-5]\d)\s*")
_NEAR = 8
"""Minutes: somebody's watch may be that far off."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """What time it is now so many minutes east of Greenwich."""

    offset: int
    now: datetime


class Zones:
    """Which zones there are, and what time it is there."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def local(self, zone: str) -> datetime:
        """What time it is in this zone."""
        return self._clock().astimezone(ZoneInfo(zone))

    def times(self) -> tuple[LocalTime, ...]:
        """Every time that it is now in one of the major zones, from west to east."""
        found = {self._offset(zone): self.local(zone) for zone in _MAJOR}
        return tuple(LocalTime(offset, now) for offset, now in sorted(found.items()))

    def at(self, offset: int) -> tuple[str, ...]:
        """The major zones in which it is that late now."""
        return tuple(zone for zone in _MAJOR if self._offset(zone) == offset)

    def find(self, text: str) -> tuple[str, ...]:
        """The zones that a text may mean, at most MOST_FOUND: by the time that it says, or by a city in their name."""
        if (written := _WRITTEN_TIME.fullmatch(text)) is not None:
            return self._showing(time(int(written[1]), int(written[2])))
        key = name_key(text.replace("_", " "))
        if len(key) < 2:
            return ()
        names = _names()
        exact = [zone for zone, keys in names.items() if key in keys]
        begun = [zone for zone, keys in names.items() if any(each.startswith(key) for each in keys)]
        return _first(exact or begun)

    def _showing(self, clock: time) -> tuple[str, ...]:
        return _first(zone for zone in _MAJOR if _minutes_apart(self.local(zone).time(), clock) <= _NEAR)

    def _offset(self, zone: str) -> int:
        offset = self.local(zone).utcoffset()
        assert offset is not None
        return int(offset.total_seconds()) // 60


def known_zones() -> frozenset[str]:
    """Every name that a zone can have here."""
    return _known()


def city_of(zone: str) -> str:
    """The zone's city, as people write it."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _known() -> frozenset[str]:
    # "localtime" is whatever this machine is set to.
    return frozenset(available_timezones()) - {"localtime"}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """By zone, the major ones first, the keys of what it may be called."""
    others = sorted(_known() - set(_MAJOR))
    return {zone: (name_key(city_of(zone)), name_key(zone.replace("_", " "))) for zone in (*_MAJOR, *others)}


def _first(zones: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(zones))[:MOST_FOUND]


def _minutes_apart(one: time, other: time) -> int:
    apart = abs((one.hour - other.hour) * 60 + one.minute - other.minute)
    return min(apart, 24 * 60 - apart)
