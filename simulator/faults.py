"""What can go wrong between a bot and Telegram, switched on by a test."""

from __future__ import annotations

import enum
from collections import defaultdict
from dataclasses import dataclass

from simulator.errors import ApiError, too_many_requests
from simulator.methods import LONG_METHODS, METHODS

EVERY_METHOD = "*"


class Breaks(enum.Enum):
    """When the connection is lost."""

    BEFORE = "before the call is done"
    AFTER = "after the call was done, before the answer"


Fault = ApiError | Breaks


@dataclass
class _Planned:
    fault: Fault
    skip: int
    times: int

    def next(self) -> Fault | None:
        """The fault, if it is this call's turn."""
        if self.skip:
            self.skip -= 1
            return None
        self.times -= 1
        return self.fault


class Faults:
    """Faults by method, as a bot writes its name; `EVERY_METHOD` stands for all.

    Each spares `after` calls and then strikes `times` calls. A call is struck by one fault at most.
    """

    def __init__(self) -> None:
        self._planned: defaultdict[str, list[_Planned]] = defaultdict(list)
        self._latency: dict[str, float] = {}

    def refuse(self, method: str, error: ApiError, *, after: int = 0, times: int = 1) -> None:
        """Answers with an error without doing anything."""
        self._plan(method, _Planned(error, after, times))

    def fail(self, method: str, code: int = 502, *, after: int = 0, times: int = 1) -> None:
        """Answers that Telegram itself has trouble."""
        self.refuse(method, ApiError(code, _TROUBLE.get(code, "Internal Server Error")), after=after, times=times)

    def flood(self, method: str, retry_after: int = 1, *, after: int = 0, times: int = 1) -> None:
        """Answers 429 and asks for so many seconds of patience."""
        self.refuse(method, too_many_requests(retry_after), after=after, times=times)

    def drop(self, method: str, breaks: Breaks, *, after: int = 0, times: int = 1) -> None:
        """Loses the connection."""
        self._plan(method, _Planned(breaks, after, times))

    def delay(self, seconds: float, method: str = EVERY_METHOD) -> None:
        """Takes so many seconds for each call from now on; 0 ends it."""
        self._latency[_known(method)] = seconds

    def latency(self, method: str) -> float:
        """Seconds that a call of this method takes."""
        return self._latency.get(method, self._latency.get(EVERY_METHOD, 0.0))

    def next(self, method: str) -> Fault | None:
        """What happens to the call of this method that is now made."""
        for name in (method, EVERY_METHOD):
            for planned in self._planned[name]:
                if planned.times and (fault := planned.next()):
                    return fault
        return None

    def _plan(self, method: str, planned: _Planned) -> None:
        self._planned[_known(method)].append(planned)


def _known(method: str) -> str:
    """The method. A misspelt one would never be struck, and the test would prove nothing."""
    if method not in (EVERY_METHOD, *METHODS, *LONG_METHODS):
        raise ValueError(f"the simulator has no method {method}")
    return method


_TROUBLE = {502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
