"""Rules for links, and complaints: commands and buttons, thin."""

from telegram import Message as TelegramMessage

from bot.chat.presses import Handler, Press, handler
from bot.chat.reply import arguments
from bot.flow import links, reports
from bot.flow.links import LinkDesk
from bot.flow.reports import ReportDesk
from bot.flow.visit import Visit, Visits
from bot.model import Message
from bot.render.actions import Screen, unpack
from bot.render.keys import FRESH
from bot.render.linkpress import LINKS, REPORTS, unpack_link, unpack_report

_OF_A_STORY = (Screen.STORY, Screen.STORYLINE, Screen.SOURCES)


class LinkDoor:
    """Hands questions about links and complaints to those who know.

    Args:
        desk: rules for links.
        reports: complaints.
        visits: knows who asks.
    """

    commands = (*links.COMMANDS, *reports.COMMANDS)

    def __init__(self, desk: LinkDesk, reports: ReportDesk, visits: Visits) -> None:
        self._desk = desk
        self._reports = reports
        self._visits = visits

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """Answer a command."""
        if name in links.COMMANDS:
            answer = await self._desk.command(said, visit)
        else:
            answer = await self._reports.command(said, story_of(message.reply_to_message), visit)
        await message.reply_text(**arguments(answer))
        return True

    def handlers(self) -> list[Handler]:
        """One handler for all buttons of ours."""
        return [handler(self._press, self._visits, rf"^\+?[{LINKS}{REPORTS}]\.")]

    async def _press(self, press: Press) -> None:
        answered = await self._answered(press.data, press.visit)
        if answered is None:
            await press.answer_old()
            return
        shown, toast, urgent = answered
        await press.answer(toast, alert=urgent)
        if shown:
            await press.show(shown)

    async def _answered(self, data: str, visit: Visit) -> tuple[Message | None, str, bool] | None:
        """What a press shows, what is said beside it, and whether loudly; None for no press."""
        if rule := unpack_link(data):
            return await self._desk.press(rule, visit)
        if complaint := unpack_report(data):
            return await self._reports.press(complaint, visit), "", False
        return None


def story_of(message: TelegramMessage | None) -> int:
    """The story that a message of ours is about, by its buttons; 0 for none, or for several."""
    if message is None or message.reply_markup is None:
        return 0
    pressed = [b.callback_data for row in message.reply_markup.inline_keyboard for b in row]
    actions = [unpack(d.removeprefix(FRESH)) for d in pressed if isinstance(d, str)]
    stories = {a.id for a in actions if a and a.screen in _OF_A_STORY and a.id}
    return stories.pop() if len(stories) == 1 else 0
