"""Which of our messages answered which question, so that an edited question edits its answer.

A nicety: the last few hundred, in memory, gone with the process. What is not known for sure to be
unanswered is left alone, so nothing is ever answered twice.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Message

MOST = 1000  # questions
_NOTHING = 0  # no message of ours to edit: it was carried out, or answered in some other way

_SECOND = timedelta(seconds=1)  # as exactly as Telegram dates


@dataclass(frozen=True, slots=True)
class _Kept:
    text: int  # the hash of what was asked
    date: datetime
    answer: int  # the number of our message


class Answered:
    """Remembers questions; `most` of them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, int], _Kept] = OrderedDict()
        self._since: datetime | None = None  # whatever came later and is not kept was not answered

    def wants(self, message: Message) -> bool:
        """Whether a message is to be answered: a new one is. An edited one only if its words
        changed and the answer can be changed too, or if it surely had none."""
        if message.edit_date is None:
            return True
        kept = self._kept.get(_key(message))
        if kept is None:
            return self._since is not None and message.date >= self._since
        return kept.text != hash(message.text) and kept.answer != _NOTHING

    def answer(self, message: Message) -> int | None:
        """The number of our message that answered a question before, if it can be edited."""
        kept = self._kept.get(_key(message))
        return kept.answer if kept and kept.answer != _NOTHING else None

    def keep(self, message: Message, answer: int = _NOTHING) -> None:
        """A question has its answer; without a number, it is not to be answered again."""
        self._kept[_key(message)] = _Kept(hash(message.text), message.date, answer)
        self._kept.move_to_end(_key(message))
        self._since = self._since or message.date
        while len(self._kept) > self._most:
            _, oldest = self._kept.popitem(last=False)
            self._since = max(self._since, oldest.date + _SECOND)


def _key(message: Message) -> tuple[int, int]:
    return message.chat.id, message.message_id
