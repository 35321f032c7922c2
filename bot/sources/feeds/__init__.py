"""A feed's document as articles: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, well made or not.

`decode` makes bytes text, `xml` and `jsonfeed` read it as entries, `entries` makes articles of
them, `dates` reads their dates.
"""

from bot.model.feeds import Feed, FeedContent
from bot.sources.feeds import jsonfeed, xml
from bot.sources.feeds.decode import decode
from bot.sources.feeds.entries import articles, plain

MOST_BYTES = 10 * 1024 * 1024


def read_feed(body: bytes, content_type: str, url: str, feed: Feed) -> FeedContent:
    """What a feed's document holds.

    Args:
        body: the document, unpacked.
        content_type: as the server named it; often wrong, so only a hint.
        url: where the document came from; relative addresses belong to it.
        feed: whose document it is.

    Raises:
        ReadError: it is no feed; the text says why.
    """
    text = decode(body[:MOST_BYTES], content_type)
    read = jsonfeed.read if text.startswith(("{", "[")) else xml.read
    document = read(text, url)
    made, rejected = articles(document, feed, url)
    return FeedContent(plain(document.title), document.site, document.ttl, made, rejected)
