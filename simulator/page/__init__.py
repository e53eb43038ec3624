"""The chat as a person sees it on a phone, in a browser: a page beside the Bot API, without a build step."""

from simulator.page.routes import chat_page

__all__ = ["chat_page"]
