"""What is there when the bot has started isn't looked through again and again."""

import gc
import weakref

from bot.long_lived import leave_alone_what_is_there


class Ring:
    """Refers to itself, so that only the garbage collector finds it unused."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_is_looked_through_no_more_but_what_comes_later_is() -> None:
    garbage = weakref.ref(Ring())
    leave_alone_what_is_there()
    assert garbage() is None
    assert len(gc.get_objects()) < gc.get_freeze_count() / 100
    later = weakref.ref(Ring())
    gc.collect()
    assert later() is None
