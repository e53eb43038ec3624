"""What runs: settings, command line, update intake, lanes, the alarm clock, calls to Telegram."""

import os

__version__ = "0.1.0"

# python-telegram-bot warns about every RetryAfter until it is told to give durations as timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "true")
