"""The context that every callback gets."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, BaseHandler, CallbackContext, ContextTypes, ExtBot

from handlers.charts.pictures import Pictures
from handlers.last_shown import LastShown
from training.gym import Gym


class SpotterContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[str, Any]]):
    """Gives callbacks the gym and who draws charts.

    Nothing else is kept in PTB's own user, chat or bot data that anything depends on.
    """

    @property
    def gym(self) -> Gym:
        """What training offers."""
        gym: Gym = self.bot_data["gym"]
        return gym

    @property
    def pictures(self) -> Pictures:
        """Who draws charts."""
        pictures: Pictures = self.bot_data["pictures"]
        return pictures

    @property
    def last_shown(self) -> LastShown:
        """What this process showed last."""
        shown: LastShown = self.bot_data["last_shown"]
        return shown


SpotterApplication = Application[ExtBot[None], SpotterContext, dict[Any, Any], dict[Any, Any], dict[str, Any], Any]

Handler = BaseHandler[Any, SpotterContext, Any]
"""A handler of any kind of update."""

CONTEXT_TYPES = ContextTypes(context=SpotterContext)
