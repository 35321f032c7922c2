"""The whole article from the page that a feed's entry links to, where the feed gives a beginning.

The page is fetched as politely and safely as a feed, and only with its site's leave. What goes
wrong leaves the article as the feed gave it.
"""

import asyncio
import importlib.util
import logging
import re
from dataclasses import replace
from html import unescape

from bot.errors import ConfigError, ReadError
from bot.model import Article, BlockKind
from bot.model.feeds import Failed, Fetched, Redirect
from bot.sources.article import UNKNOWN_OUTLET, Told, compose
from bot.sources.extraction import Extractor
from bot.sources.feeds.decode import decode
from bot.sources.fetch import Fetcher
from bot.sources.robots import Robots

log = logging.getLogger(__name__)

MOST_BYTES = 5 * 2**20
_REDIRECTS = 5
_PROSE = (BlockKind.TEXT, BlockKind.LIST)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")
_PIECE = 2**16  # characters
_FEW = 5  # of its sentences are looked for
_TELLING = 4  # letters of a title or sentence by which a page is known again
_MISSING = (
    "a feed is to be read with full text, which needs more: pip install 'mailuo[fulltext]', "
    "or set full_text = false"
)


def ready() -> None:
    """Raises ConfigError when what finds articles in pages is not installed."""
    if importlib.util.find_spec("trafilatura") is None:
        raise ConfigError(_MISSING)


class FullText:
    """Makes articles whole.

    Args:
        fetcher: asks for pages. It must not know hosts of the operator's own network: an entry of
            any feed may link there.
        robots: gives leave.
        extractor: finds the article in a page.
    """

    def __init__(self, fetcher: Fetcher, robots: Robots, extractor: Extractor) -> None:
        self._fetcher = fetcher
        self._robots = robots
        self._extractor = extractor

    async def whole(self, article: Article) -> Article:
        """The article with the text, links and pictures of its page; itself when the page cannot
        be had, is about something else, or says no more.

        Key, title, outlet, date and content hash stay: the hash is of what the feed gave, so that
        an entry that did not change is known without its page.
        """
        page = await self._page(article.url) if article.url else None
        if page is None:
            return article
        try:
            text = await asyncio.to_thread(decode, page.body, _declared(page))
        except ReadError:
            return article
        if not await asyncio.to_thread(_tells_of, article, text):
            log.info("the page of %s is about something else", article.url)
            return article
        html = await self._extractor.article(text, page.url)
        return await asyncio.to_thread(_longer, article, html, page.url)

    async def _page(self, url: str) -> Fetched | None:
        """The page, or None; leave is asked for each step of the way."""
        for _ in range(_REDIRECTS + 1):
            leave = await self._robots.allow(url)
            if not leave.given:
                log.info("no full text from %s: %s", url, leave.reason)
                return None
            answer = await self._fetcher.step(url)
            if isinstance(answer, Redirect):
                url = answer.to
                continue
            if isinstance(answer, Failed):
                log.info("no full text from %s: %s", url, answer.reason)
            return answer if isinstance(answer, Fetched) and _is_page(answer) else None
        return None


def _is_page(answer: Fetched) -> bool:
    kind = answer.content_type.lower()
    return len(answer.body) <= MOST_BYTES and (not kind or "html" in kind)


def _declared(page: Fetched) -> str:
    """The content type, with the encoding that the page names where the server names none."""
    named = _CHARSET.search(page.body[:4096])
    if "charset" in page.content_type.lower() or not named:
        return page.content_type
    return f"{page.content_type}; charset={named[1].decode('ascii', 'ignore')}"


def _tells_of(article: Article, page: str) -> bool:
    """Whether a page has the article's title or one of its sentences; a page that says 'not found'
    and recommends others has neither."""
    letters = _letters(unescape(page))
    prose = (block.text for block in article.blocks[:_FEW] if block.kind in _PROSE)
    sentences = (
        said for text in prose for said in re.split("[。！？]", text, maxsplit=_FEW)[:_FEW]
    )
    known = (_letters(said) for said in (article.title, *sentences))
    return any(len(said) >= _TELLING and said in letters for said in known)


def _letters(text: str) -> str:
    """Piece by piece, for a pattern stops all other threads as long as it runs."""
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return "".join(_SIGNS.sub("", piece) for piece in pieces)


def _longer(article: Article, html: str, base: str) -> Article:
    told = Told(
        key=article.key,
        path=article.path,
        title=article.title,
        outlet="" if article.outlet == UNKNOWN_OUTLET else article.outlet,
        date=article.published_at_raw,
        at=article.published_at,
        categories=article.categories,
        picture=article.images[0].url if article.images else "",
        url=article.url,
        author=article.byline.author,
    )
    whole = compose(told, html, base)
    if _length(whole) <= _length(article):
        return article
    return replace(whole, content_hash=article.content_hash)


def _length(article: Article) -> int:
    return sum(len(block.text) for block in article.blocks if block.kind in _PROSE)
