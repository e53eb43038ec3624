"""Getting a picture into the chat, with the screen as its caption; where there is none, the words have to do."""

from __future__ import annotations

from telegram import InputMediaPhoto, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers import showing
from handlers.charts.chart import Chart
from handlers.context import SpotterContext
from handlers.pressing import answer_press
from handlers.screen import Screen, as_caption
from handlers.showing import pressed_message_id
from handlers.telegram_errors import is_gone, is_not_modified, is_of_another_kind
from storage import at_hand


async def show_chart(update: Update | None, context: SpotterContext, chart: Chart | None, screen: Screen) -> None:
    """Shows the chart over the screen in the message whose button was pressed, else in a new one.

    Without a chart, or where it can't be drawn or Telegram doesn't take it, the screen is shown alone: a picture can't
    become a text, so a picture that was there leaves the chat. A caption takes 1,024 characters; of a longer text the
    first lines are shown.
    """
    answer_press()
    pressed, hand = pressed_message_id(update), at_hand.required()
    if chart is not None and pressed is not None and context.last_shown.shows(hand, pressed, screen, chart):
        return
    picture = None if chart is None else await context.pictures.drawn(chart)
    await hand.painted()
    if chart is None or picture is None or not await _shown(context, chart, picture, screen, pressed):
        await showing.show(update, context, screen)


async def send_chart(context: SpotterContext, chart: Chart | None, screen: Screen) -> int:
    """Sends the chart over the screen as a new message, or the screen alone as `show_chart` does; in which."""
    answer_press()
    picture = None if chart is None else await context.pictures.drawn(chart)
    if chart is not None and picture is not None:
        sent = await _sent(context, chart, picture, screen)
        if sent is not None:
            return sent.message_id
    return (await showing.send(context, screen)).message_id


async def send_picture(context: SpotterContext, chart: Chart, screen: Screen) -> None:
    """Sends the chart over the screen whenever it is drawn; nothing where it can't be, or Telegram doesn't take it."""
    picture = await context.pictures.drawn(chart, somebody_waits=False)
    if picture is not None:
        await _sent(context, chart, picture, screen)


async def _shown(context: SpotterContext, chart: Chart, picture: bytes, screen: Screen, pressed: int | None) -> bool:
    """Whether Telegram has taken the picture."""
    hand, last_shown = at_hand.required(), context.last_shown
    if pressed is None or last_shown.is_gone(hand, pressed):
        return await _sent(context, chart, picture, screen) is not None
    last_shown.forget(hand, pressed)
    media = InputMediaPhoto(picture, as_caption(screen.text), ParseMode.HTML)
    try:
        await context.bot.edit_message_media(
            media, chat_id=hand.user_id, message_id=pressed, reply_markup=screen.keyboard
        )
    except BadRequest as error:
        if is_gone(error):
            sent = await _sent(context, chart, picture, screen)
            if sent is not None and is_of_another_kind(error):
                await showing.remove(context, pressed)
            return sent is not None
        if not is_not_modified(error):
            return False
    last_shown.showed(hand, pressed, screen, chart)
    return True


async def _sent(context: SpotterContext, chart: Chart, picture: bytes, screen: Screen) -> Message | None:
    """The new message; None if Telegram doesn't take the picture."""
    hand = at_hand.required()
    await hand.painted()
    try:
        sent = await context.bot.send_photo(
            hand.user_id,
            picture,
            caption=as_caption(screen.text),
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
        )
    except BadRequest:
        return None  # what is wrong with the words, the words alone will tell
    hand.messages += 1
    context.last_shown.showed(hand, sent.message_id, screen, chart)
    return sent
