"""What Telegram tells of the bot."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.chat.botfather import Account, Refused, Unreachable, account
from bot.checking.finding import Finding, bad, ok, warn
from bot.config import Config, token_problem
from bot.worker import BAD_TOKEN, NO_TOKEN

PORTS = (443, 80, 88, 8443)  # https://core.telegram.org/bots/api#setwebhook
TELEGRAM = "https://api.telegram.org/bot"
SKEWED, VERY_SKEWED = 30.0, 300.0  # seconds
INLINE_OFF = (
    "inline mode is off, so stories cannot be shared by typing the bot's name in other chats. To "
    "switch it on: send /setinline to @BotFather, choose the bot, and give a hint such as 关键词"
)
GROUPS_OFF = (
    "the bot cannot be added to groups. To allow it: send /setjoingroups to @BotFather, choose the "
    "bot, Enable"
)
PRIVACY = {
    True: "privacy mode is on, as it should be: in groups the bot sees commands and replies to it",
    False: "privacy mode is off: the bot is sent all that is said in groups, and needs none of it. "
    "To switch it on: send /setprivacy to @BotFather, choose the bot, Enable; then add it anew",
}


async def telegram(config: Config, *, running: bool) -> list[Finding]:
    """The token, the way to Telegram, the clock, and how the bot is set.

    Args:
        config: the settings.
        running: whether a worker of ours fetches updates; then nobody else is looked for.
    """
    token = config.telegram.token.get_secret_value()
    if not token:
        return [bad("token", NO_TOKEN)]
    if problem := token_problem(token):
        return [bad("token", f"bot token: {problem}. {BAD_TOKEN}")]
    form = ok("token", "the bot token has the right form")
    try:
        found = await account(token, config.telegram.base_url, alone=not running)
    except Refused:
        return [form, bad("token", BAD_TOKEN)]
    except Unreachable as error:
        text = f"Telegram cannot be reached ({error}): look at network, firewall, DNS and proxy"
        return [form, bad("telegram", text)]
    return [
        ok("token", f"the bot is @{found.username}"),
        *_set(found),
        *_clock(found),
        *_way(config, found),
    ]


def _set(found: Account) -> Iterator[Finding]:
    yield ok("inline", "inline mode is on") if found.inline else warn("inline", INLINE_OFF)
    if not found.groups:
        yield warn("groups", GROUPS_OFF)
    yield (ok if found.privacy else warn)("privacy", PRIVACY[found.privacy])


def _clock(found: Account) -> Iterator[Finding]:
    if found.at is None:
        return
    off = abs((datetime.now(UTC) - found.at).total_seconds())
    if off > SKEWED:
        level = bad if off > VERY_SKEWED else warn
        text = f"the clock is {off:.0f} seconds off Telegram's: switch on time synchronization"
        yield level("clock", f"{text} (timedatectl set-ntp true)")


def _way(config: Config, found: Account) -> Iterator[Finding]:
    """How updates come."""
    wanted = config.web.webhook
    if found.other:
        yield bad("updates", "another program fetches updates with this token: stop it. If it is "
                  "not yours, /revoke the token at @BotFather")  # fmt: skip
    if found.webhook and not wanted:
        yield warn("webhook", f"a webhook is set ({urlsplit(found.webhook).hostname}): `mailuo run`"
                   " takes it away, and whoever listens there gets no more updates")  # fmt: skip
    if not wanted:
        return
    at = urlsplit(wanted)
    if config.telegram.base_url == TELEGRAM and (
        at.scheme != "https" or (at.port or 443) not in PORTS
    ):
        yield bad("webhook", f"{wanted}: Telegram brings updates by https only, to one of the ports"
                  f" {', '.join(map(str, PORTS))}")  # fmt: skip
    if found.webhook == wanted and found.webhook_error:
        yield warn("webhook", f"Telegram could not bring updates to {wanted}: "
                   f"{found.webhook_error} ({found.pending} wait)")  # fmt: skip
