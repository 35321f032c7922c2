"""The settings panel: a command and buttons, thin."""

from telegram import Chat
from telegram import Message as TelegramMessage

from bot.chat.presses import Handler, Press, handler
from bot.chat.reply import arguments
from bot.flow.settings import Panel
from bot.flow.visit import Visit, Visits
from bot.render.panel import PREFIX


class SettingsDoor:
    """Hands what is asked of the panel to it.

    Args:
        panel: shows and changes settings.
        visits: knows who asks.
    """

    commands = ("settings", "start")

    def __init__(self, panel: Panel, visits: Visits) -> None:
        self._panel = panel
        self._visits = visits

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """Answer /settings; beside the answer to /start, see to the menu."""
        if name == "start":
            if message.chat.type == Chat.PRIVATE:
                await self._panel.greet(visit)
            return False
        await message.reply_text(**arguments(await self._panel.command(said, visit)))
        return True

    def handlers(self) -> list[Handler]:
        """One handler for all buttons of ours."""
        return [handler(self._press, self._visits, rf"^\+?{PREFIX}\.")]

    async def _press(self, press: Press) -> None:
        shown, toast = await self._panel.press(press.data, press.visit)
        await press.answer(toast, alert=bool(toast))
        if shown:
            await press.show(shown)
