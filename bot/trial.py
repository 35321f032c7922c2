"""The real bot against the sandbox: a demonstration in the browser, and one talk on the command line.

The only place where the bot and the local Bot API meet; the worker imports neither this nor that.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
import re
from typing import Any

import httpx
from telegram.request import BaseRequest, HTTPXRequest

from bot import app
from bot.config import Config
from bot.sandbox import Call, ChatHandle, World, create_app, serve

BASE_URL = "http://sandbox/bot"
DEMO_TOKEN = "1:SANDBOX"
ANSWER_SECONDS = 20.0
