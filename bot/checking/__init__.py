"""`mailuo check`: what an operator usually gets wrong, and how to mend it.

Nothing is changed by it: an older database is not upgraded, a webhook stays as it is.
"""

from pathlib import Path

from bot.checking import disk, feeding, outside
from bot.checking.finding import Finding, Level
from bot.config import Config
from bot.store.instance import taken

__all__ = ["Finding", "Level", "check"]


async def check(config: Config, file: Path | None = None) -> list[Finding]:
    """Look at settings, database, disk, port and feeds, and ask Telegram about the bot.

    Args:
        config: the settings.
        file: where they were read from, if from a file.
    """
    running = not config.store.url and taken(config.store.path)
    return [
        *await outside.telegram(config, running=running),
        *disk.secrets(config, file),
        *await disk.store(config),
        *disk.posts(config),
        *disk.port(config, running=running),
        *disk.operators(config),
        *await feeding.feeds(config),
    ]
