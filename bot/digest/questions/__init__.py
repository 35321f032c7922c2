"""Questions of one word about a story: `asked` understands them, `found` looks for the answer."""

from bot.digest.questions.asked import asked
from bot.digest.questions.found import found

__all__ = ["asked", "found"]
