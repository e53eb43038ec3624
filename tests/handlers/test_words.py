"""From a phrase to what a lifter reads."""

from __future__ import annotations

import pytest

from handlers.words import count


@pytest.mark.parametrize(("number", "said"), [(0, "0 sets"), (1, "1 set"), (999, "999 sets"), (1_071, "1,071 sets")])
def test_what_is_counted_is_grouped_by_thousands_on_every_screen(number: int, said: str) -> None:
    assert count("{number} set", "{number} sets", number) == said
