"""Subscriptions and settings: commands and buttons, thin."""

from io import BytesIO

from telegram import InputFile
from telegram import Message as TelegramMessage

from bot.chat.presses import Handler, Press, handler
from bot.chat.reply import arguments
from bot.flow import account, subscribe
from bot.flow.account import Accounts
from bot.flow.subscribe import Subscribing
from bot.flow.visit import Visit, Visits
from bot.flow.whose import NotAllowedError
from bot.flow.why import Why
from bot.model import Message
from bot.model.delivery import File
from bot.render.setup import Setup, Step, unpack


class SubscriptionDoor:
    """Hands questions about subscriptions and settings to those who know.

    Args:
        subscribing: subscriptions.
        accounts: settings and data.
        why: explanations.
        visits: knows who asks.
    """

    commands = (*subscribe.COMMANDS, *account.COMMANDS, "why")

    def __init__(
        self, subscribing: Subscribing, accounts: Accounts, why: Why, visits: Visits
    ) -> None:
        self._subscribing = subscribing
        self._accounts = accounts
        self._why = why
        self._visits = visits

    async def command(self, name: str, said: str, message: TelegramMessage, visit: Visit) -> bool:
        """Answer a command."""
        if name in subscribe.COMMANDS:
            for answer in await self._subscribing.command(name, said, visit):
                await message.reply_text(**arguments(answer))
        elif name == "why":
            await message.reply_text(**arguments(await self._why.answer(said, visit)))
        else:
            await self._give(message, await self._accounts.command(name, said, visit))
        return True

    async def _give(self, message: TelegramMessage, answer: Message | File) -> None:
        if isinstance(answer, Message):
            await message.reply_text(**arguments(answer))
            return
        document = InputFile(BytesIO(answer.content), filename=answer.name)
        await message.reply_document(document, caption=answer.caption)

    def handlers(self) -> list[Handler]:
        """One handler for all buttons of ours."""
        return [handler(self._press, self._visits, r"^\+?s\.")]

    async def _press(self, press: Press) -> None:
        setup = unpack(press.data)
        if setup is None:
            await press.answer_old()
            return
        shown, toast = await self._pressed(setup, press.visit)
        await press.answer(toast, alert=bool(toast))
        if shown:
            await press.show(shown[0])
        for more in shown[1:]:
            await press.message.reply_text(**arguments(more))

    async def _pressed(self, setup: Setup, visit: Visit) -> tuple[list[Message], str]:
        if setup.step is not Step.FORGOTTEN:
            return await self._subscribing.press(setup, visit)
        try:
            return [await self._accounts.forget(visit)], ""
        except NotAllowedError as refusal:
            return [], str(refusal)
