"""Why a feed cannot be read, in the words of who keeps the bot rather than in those of the log."""

import re

from bot.render.reader import Reader

# What `sources` and `flow.looking` say, the first that fits; a number in it is told.
_SIGNS = {
    why: re.compile(sign)
    for why, sign in (
        ("empty", r"is empty"),
        ("broken", r"is broken|entities of its own|damaged characters|no encoding"),
        ("no_feed", r"no feed|not a feed|neither XML nor JSON|no JSON Feed"),
        ("gone", r"gone for good"),
        ("same", r"moved to where feed (\d+) is read"),
        ("status", r"\bHTTP (\d{3})\b"),
        ("late", r"no whole answer within (\d+)"),
        ("name", r"the name \S+ is not known"),
        ("private", r"it is (?:this machine|of a private network)"),
        ("inside", r"local network|it is nobody's|socket of this machine|to an allowed host"),
        ("port", r"port (\d+) is not one of the web"),
        ("scheme", r"only http and https"),
        ("secret", r"user name or password"),
        ("turns", r"redirect"),
        ("address", r"names no host|no address|address is not one|address is too long"),
        ("http", r"the answer is not HTTP"),
        ("connection", r"no connection|^it was cut off"),
        ("large", r"larger than (\d+) MiB"),
        ("packed", r"packed"),
        ("route", r"names no route"),
        ("instance", r"no RSSHub instance"),
        ("ours", r"defect of ours|worker process died"),
    )
}


def unread(reason: str, reader: Reader) -> str:
    """A few words for why a feed cannot be read; the reason itself where it is none we know.

    Args:
        reason: as it was kept, in English.
        reader: for whom.
    """
    for why, sign in _SIGNS.items():
        if match := sign.search(reason):
            return reader.words.feed_reasons[why].format(*match.groups())
    return reason
