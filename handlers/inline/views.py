"""What an exercise looks like in a chat that isn't the bot's."""

from __future__ import annotations

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent
from telegram.constants import ParseMode

from handlers.describing import kind_line, muscles
from handlers.screen import shortened
from handlers.words import Html, label, lines, say
from training.browsing import Described

_LONGEST_DESCRIPTION = 120
"""Characters; two lines on a phone."""

_START = "inline"


def result(exercise: Described) -> InlineQueryResultArticle:
    """One line of the list: choosing it sends name, muscles and how it is done."""
    worked = muscles(exercise.primary, exercise.secondary)
    description = "\n".join(part for part in (worked, exercise.how) if part)
    return InlineQueryResultArticle(
        id=str(exercise.id),
        title=exercise.name,
        description=shortened(description, _LONGEST_DESCRIPTION),
        input_message_content=InputTextMessageContent(_message(exercise, worked), parse_mode=ParseMode.HTML),
    )


def nothing_found() -> InlineQueryResultsButton:
    """What stands where results would; it leads to the chat with the bot."""
    return InlineQueryResultsButton(label("No such exercise. Open Spotter"), start_parameter=_START)


def _message(exercise: Described, worked: str) -> Html:
    return lines(
        say("<b>{name}</b>", name=exercise.name),
        kind_line(exercise.body_part, exercise.modality, exercise.measure),
        say("Muscles: {muscles}", muscles=worked) if worked else None,
        say("\n{how}", how=exercise.how) if exercise.how else None,
    )
