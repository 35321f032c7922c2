"""ASK, for complaints: what readers say is wrong goes into the operator's queue.

The operators are told through the outbox, at most once an hour, how many there are.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.flow import typed
from bot.flow.lookup import Lookup
from bot.flow.operators import Operators
from bot.flow.visit import Visit
from bot.model import Message, StoredArticle, StoryView
from bot.model.reports import About, Complaint
from bot.render import notes, reports
from bot.render.linkpress import ReportPress, ReportStep
from bot.store import Store

log = logging.getLogger(__name__)

COMMANDS = ("report",)
MOST_AN_HOUR = 5  # of one user
HOUR = timedelta(hours=1)
LONGEST_NOTE = 500


class ReportDesk:
    """Takes complaints.

    Args:
        store: an open store.
        lookup: finds the story that is meant.
    """

    def __init__(self, store: Store, lookup: Lookup) -> None:
        self._store = store
        self._lookup = lookup

    async def command(self, said: str, replied_to: int, visit: Visit) -> Message:
        """The answer to /report.

        Args:
            said: what stands behind it: a story's number, and what is wrong, both optional.
            replied_to: the story of the message that it replies to; 0 for none.
            visit: who asks.
        """
        asked = typed.line(said)
        first, _, rest = asked.partition(" ")
        number = typed.number(first)
        note = asked if number is None else rest
        view = await self._lookup.story(replied_to if number is None else number)
        if view is None:
            known = number is not None or replied_to
            missing = visit.words.gone if known else visit.words.report_missing
            return notes.note(visit.reader, missing)
        story = view.story.id
        if note:
            complaint = Complaint(About.STORY, story, note=note[:LONGEST_NOTE])
            return await self._take(complaint, visit)
        return reports.ask(view.title, ReportPress(ReportStep.ASK, story), visit.reader)

    async def press(self, press: ReportPress, visit: Visit) -> Message:
        """What a button shows; a kind sentence when what it named is gone."""
        view = await self._lookup.story(press.story)
        stored = await self._lookup.article(press.article) if press.article else None
        if view is None or (press.article and stored is None):
            return notes.note(visit.reader, visit.words.gone)
        match press.step:
            case ReportStep.ASK:
                title = stored.article.title if stored else view.title
                return reports.ask(title, press, visit.reader)
            case ReportStep.WHICH:
                return reports.which(view, press, visit.reader)
            case ReportStep.LINK if stored:
                return self._links(stored, press, visit)
            case _:
                return await self._send(view, stored, press, visit)

    def _links(self, stored: StoredArticle, press: ReportPress, visit: Visit) -> Message:
        shown = reports.links_of(stored, visit.reader)
        if not shown:
            return reports.refused(visit.words.report_blocked, press.story, visit.reader)
        return reports.which_link(shown, press, visit.reader)

    async def _send(
        self, view: StoryView, stored: StoredArticle | None, press: ReportPress, visit: Visit
    ) -> Message:
        if press.about is About.SUMMARY or stored is None:
            return await self._take(Complaint(About.SUMMARY, view.story.id, press.article), visit)
        if press.about is About.SOURCE:
            detail = stored.article.outlet
        else:
            shown = reports.links_of(stored, visit.reader)
            detail = next((url for n, url, _ in shown if n == press.link), "")
        complaint = Complaint(press.about, view.story.id, stored.id, detail)
        return await self._take(complaint, visit)

    async def _take(self, complaint: Complaint, visit: Visit) -> Message:
        now, reader = visit.reader.now, visit.reader
        user = visit.asker.user or visit.chat
        number = await self._store.reports.add(
            complaint, visit.chat, user, now, now - HOUR, MOST_AN_HOUR
        )
        if number is None:
            return reports.refused(visit.words.report_too_many, complaint.story, reader)
        return reports.noted(number, complaint.story, reader)


class ReportNews:
    """Tells the operators that there are reports.

    Args:
        store: an open store.
        operators: are told.
        clock: gives the time, UTC.
    """

    def __init__(self, store: Store, operators: Operators, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._operators = operators
        self._clock = clock

    async def tell(self) -> int:
        """Tell of the reports of which nobody was told yet; how many that were."""
        now = self._clock()
        count = await self._store.reports.untold(now, now - HOUR)
        if count:
            log.info("%d new reports from readers: mailuo reports", count)
            await self._operators.tell(
                lambda reader: notes.note(reader, reader.words.report_new, count=count)
            )
        return count
