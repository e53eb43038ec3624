"""Writing: sending, replying, editing one's own, attaching, and the bot's commands."""

from __future__ import annotations

from playwright.async_api import FilePayload, Locator, Page, expect

from tests.page.bot_side import Bot

COMMANDS = [
    {"command": "workout", "description": "Start or show the workout"},
    {"command": "help", "description": "How to log a set"},
    {"command": "history", "description": "Past workouts"},
]


def _field(chat: Page) -> Locator:
    return chat.get_by_label("Message", exact=True)


async def _heard(bot: Bot) -> str:
    """The text that came after the /start with which every chat here begins."""
    await bot.hears("message")
    return str((await bot.hears("message"))["text"])


async def test_enter_sends_and_empties_the_field(chat: Page, bot: Bot) -> None:
    await _field(chat).fill("100x5")
    await _field(chat).press("Enter")

    assert await _heard(bot) == "100x5"
    await expect(_field(chat)).to_have_value("")
    await expect(chat.locator(".mine .words").last).to_have_text("100x5")


async def test_shift_and_enter_begins_a_new_line(chat: Page, bot: Bot) -> None:
    await _field(chat).press_sequentially("Bench")
    await _field(chat).press("Shift+Enter")
    await _field(chat).press_sequentially("100x5")
    await chat.get_by_role("button", name="Send").click()

    assert await _heard(bot) == "Bench\n100x5"


async def test_quick_messages_keep_their_order(chat: Page, bot: Bot) -> None:
    for number in range(10):
        await _field(chat).fill(f"{number}")
        await _field(chat).press("Enter")

    assert await _heard(bot) == "0"
    assert [(await bot.hears("message"))["text"] for _ in range(9)] == [str(number) for number in range(1, 10)]


async def test_a_reply_names_its_message(chat: Page, bot: Bot) -> None:
    asked = await bot.says("Which weight?")
    await chat.get_by_text("Which weight?").click(button="right")
    await chat.get_by_role("menuitem", name="Reply").click()
    await _field(chat).fill("100")
    await _field(chat).press("Enter")

    await bot.hears("message")
    assert (await bot.hears("message"))["reply_to_message"]["message_id"] == asked
    await expect(chat.locator(".mine").last.locator(".quoted-message")).to_contain_text("Which weight?")


async def test_a_reply_can_be_called_off(chat: Page, bot: Bot) -> None:
    await bot.says("Which weight?")
    await chat.get_by_text("Which weight?").click(button="right")
    await chat.get_by_role("menuitem", name="Reply").click()
    await chat.get_by_role("button", name="Cancel").click()
    await _field(chat).fill("100")
    await _field(chat).press("Enter")

    await bot.hears("message")
    assert "reply_to_message" not in await bot.hears("message")


async def test_an_own_message_can_be_edited_and_is_marked(chat: Page, bot: Bot) -> None:
    await _field(chat).fill("100x5")
    await _field(chat).press("Enter")
    await expect(chat.locator(".mine")).to_have_count(2)
    await _field(chat).press("ArrowUp")
    await expect(_field(chat)).to_have_value("100x5")
    await _field(chat).fill("100x6")
    await _field(chat).press("Enter")

    assert (await bot.hears("edited_message"))["text"] == "100x6"
    await expect(chat.locator(".mine").last).to_contain_text("100x6")
    await expect(chat.locator(".mine").last.locator(".edited")).to_be_visible()


async def test_the_bots_messages_cannot_be_edited(chat: Page, bot: Bot) -> None:
    await bot.says("Mine, not yours")
    await chat.get_by_text("Mine, not yours").click(button="right")

    await expect(chat.get_by_role("menuitem")).to_have_text(["Reply", "Copy text"])


async def test_the_message_menu_works_without_a_pointer(chat: Page) -> None:
    await chat.get_by_role("button", name="Message actions").focus()
    await chat.keyboard.press("Enter")
    await expect(chat.get_by_role("menuitem", name="Reply")).to_be_focused()
    await chat.keyboard.press("ArrowDown")
    await expect(chat.get_by_role("menuitem", name="Edit")).to_be_focused()

    await chat.keyboard.press("Escape")
    await expect(chat.get_by_role("menu")).to_be_hidden()
    await expect(chat.get_by_role("button", name="Message actions")).to_be_focused()


async def test_a_file_can_be_attached(chat: Page, bot: Bot) -> None:
    async with chat.expect_file_chooser() as chooser:
        await chat.get_by_role("button", name="Attach a file").click()
    file = FilePayload(name="Übung.csv", mimeType="text/csv", buffer=b"bench;100;5\n")
    await (await chooser.value).set_files(file)

    await bot.hears("message")
    assert (await bot.hears("message"))["document"]["file_name"] == "Übung.csv"
    await expect(chat.get_by_role("link", name="Übung.csv")).to_be_visible()


async def test_the_menu_lists_the_commands_and_sends_the_chosen_one(chat: Page, bot: Bot) -> None:
    await bot.call("setMyCommands", commands=COMMANDS)
    await chat.get_by_role("button", name="Menu").click()
    await expect(chat.get_by_role("option")).to_have_text(
        ["/workoutStart or show the workout", "/helpHow to log a set", "/historyPast workouts"]
    )

    await chat.get_by_role("option", name="/history").click()

    assert await _heard(bot) == "/history"
    await expect(chat.get_by_role("listbox")).to_be_hidden()


async def test_the_menu_works_without_a_pointer(chat: Page, bot: Bot) -> None:
    await bot.call("setMyCommands", commands=COMMANDS)
    menu = chat.get_by_role("button", name="Menu")
    await menu.press("Enter")
    await chat.keyboard.press("Escape")
    await expect(menu).to_be_focused()

    await menu.press("Enter")
    await chat.keyboard.press("ArrowUp")
    await chat.keyboard.press("Enter")

    assert await _heard(bot) == "/history"


async def test_without_commands_there_is_no_menu(chat: Page) -> None:
    await expect(chat.get_by_role("button", name="Menu")).to_be_hidden()


async def test_a_half_typed_command_offers_what_fits(chat: Page, bot: Bot) -> None:
    await bot.call("setMyCommands", commands=COMMANDS)
    await chat.get_by_role("button", name="Menu").wait_for()

    await _field(chat).press_sequentially("/h")
    await expect(chat.get_by_role("option")).to_have_count(2)
    await _field(chat).press("ArrowDown")
    await _field(chat).press("Tab")
    await expect(_field(chat)).to_have_value("/history ")
    await expect(chat.get_by_role("listbox")).to_be_hidden()

    await _field(chat).fill("/he")
    await _field(chat).press("Enter")
    assert await _heard(bot) == "/help"


async def test_an_unknown_command_is_sent_as_it_is_written(chat: Page, bot: Bot) -> None:
    await bot.call("setMyCommands", commands=COMMANDS)
    await _field(chat).fill("/unknown")
    await _field(chat).press("Enter")

    assert await _heard(bot) == "/unknown"


async def test_a_text_that_could_not_be_sent_comes_back(chat: Page) -> None:
    await chat.route("**/messages", lambda route: route.fulfill(status=409, body="The bot is blocked."))
    await _field(chat).fill("100x5")
    await _field(chat).press("Enter")

    await expect(chat.locator("#toast")).to_have_text("Not sent: The bot is blocked.")
    await expect(_field(chat)).to_have_value("100x5")
