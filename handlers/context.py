"""The context that every callback gets."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, BaseHandler, CallbackContext, ContextTypes, ExtBot

from training.gym import Gym


class SpotterContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[str, Gym]]):
    """Gives callbacks the gym. Nothing is kept in PTB's own user, chat or bot data."""

    @property
    def gym(self) -> Gym:
        """What training offers."""
        return self.bot_data["gym"]


SpotterApplication = Application[ExtBot[None], SpotterContext, dict[Any, Any], dict[Any, Any], dict[str, Gym], Any]

Handler = BaseHandler[Any, SpotterContext, Any]
"""A handler of any kind of update."""

CONTEXT_TYPES = ContextTypes(context=SpotterContext)
