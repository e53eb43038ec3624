"""A Telegram Bot API server on your own machine, with a chat page: for the demo and the tests."""
