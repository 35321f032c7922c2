"""The command line: a file of commands for each subject, and `frame`, what they share.

`--json` prints one document on standard output; everything else that is said goes to standard
error. Exit 0 unless the command failed: 1 for what the operator can mend, 2 for wrong usage and
when nothing could be read.
"""

from bot.cli import (  # each adds its commands to `main`
    backup,
    chats,
    copying,
    delivery,
    feedback,
    feeds,
    moderation,
    news,
    stats,
    stories,
    worker,
)
from bot.cli.frame import main

__all__ = [
    "backup",
    "chats",
    "copying",
    "delivery",
    "feedback",
    "feeds",
    "main",
    "moderation",
    "news",
    "stats",
    "stories",
    "worker",
]
