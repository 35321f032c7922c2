"""`mailuo check`: what an operator usually gets wrong, and how to mend it."""

from dataclasses import dataclass
from pathlib import Path

from bot.app import opened
from bot.chat.botfather import inline_mode
from bot.config import Config, token_problem
from bot.errors import MailuoError
from bot.worker import BAD_TOKEN, NO_TOKEN

INLINE_OFF = (
    "inline mode is off, so stories cannot be shared by typing the bot's name in other chats. To "
    "switch it on: send /setinline to @BotFather, choose the bot, and give a hint such as 关键词"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What `check` found of one thing."""

    good: bool
    text: str


async def check(config: Config) -> list[Finding]:
    """Look at settings, database and token; of Telegram only the bot itself is asked about."""
    return [
        _check_token(config),
        await _check_store(config),
        *map(_check_posts, config.reading.posts),
        *await _check_inline(config),
    ]


def _check_token(config: Config) -> Finding:
    problem = token_problem(config.telegram.token.get_secret_value())
    if problem is None:
        return Finding(True, "the bot token has the right form")
    return Finding(False, f"bot token: {problem}. {NO_TOKEN if 'none' in problem else BAD_TOKEN}")


async def _check_store(config: Config) -> Finding:
    try:
        async with opened(config) as house:
            outlets = await house.lookup.outlets()
    except MailuoError as error:
        return Finding(False, str(error))
    count = sum(outlet.articles for outlet in outlets)
    return Finding(True, f"the database {house.store.name} is healthy and holds {count} articles")


async def _check_inline(config: Config) -> list[Finding]:
    """Whether stories can be shared by typing the bot's name; nothing where nobody answers."""
    token = config.telegram.token.get_secret_value()
    on = None if token_problem(token) else await inline_mode(token, config.telegram.base_url)
    if on is None:
        return []
    return [Finding(True, "inline mode is on" if on else INLINE_OFF)]


def _check_posts(path: Path) -> Finding:
    if path.exists():
        return Finding(True, f"posts are read from {path}")
    return Finding(False, f"[reading] posts: {path} does not exist")
