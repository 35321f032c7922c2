"""Which stories one of our messages shows, read off its own buttons.

Telegram hands the bot a message that is answered with its buttons, so nothing has to be remembered
of what was sent: a reply to a digest of last month is understood after any number of restarts.
"""

from collections.abc import Sequence

from bot.model import Button
from bot.render.actions import Action, Screen, unpack
from bot.render.deep_links import linked
from bot.render.keys import FRESH

_OF_A_STORY = (Screen.STORY, Screen.STORYLINE, Screen.SOURCES)


class Shown:
    """The stories behind the buttons of a message.

    Args:
        buttons: of the message, in their order.
        username: the bot's, without @, to know its own links.
    """

    def __init__(self, buttons: Sequence[Button], username: str) -> None:
        actions = [(button.text, _action(button, username)) for button in buttons]
        self._about = [
            (label, action.id)
            for label, action in actions
            if action is not None and action.screen in _OF_A_STORY and action.id
        ]

    @property
    def several(self) -> bool:
        """Whether there is more than one."""
        return len({story for _, story in self._about}) > 1

    @property
    def first_number(self) -> int:
        """A number that a reader may name, for an example."""
        return next((int(label) for label, _ in self._about if label.isdecimal()), 1)

    def story(self, number: int | None) -> int | None:
        """The story of a number, or the only one; None where it is not clear which."""
        if self._about and not self.several:
            return self._about[0][1]
        return next((story for label, story in self._about if label == str(number)), None)


def _action(button: Button, username: str) -> Action | None:
    if button.url:
        return linked(button.url, username)
    return unpack(button.data.removeprefix(FRESH))
