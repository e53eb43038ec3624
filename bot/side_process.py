"""Processes that the bot starts to work for it, each fed and read through pipes."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from pathlib import Path

import bot


async def started(module: str, environment: Mapping[str, str]) -> Process:
    """`python -m` of the module, in the bot's folder, with this environment and nothing else in it but where the code
    is.
    """
    root = Path(bot.__file__).parents[1]
    code = {
        "PYTHONPATH": os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, stdin=PIPE, stdout=PIPE, env={**environment, **code}
    )
