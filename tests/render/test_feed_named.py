"""An article names the feed that it came by, and never the feed's address."""

from dataclasses import replace

import pytest

from bot.model.links import LinkKind, LinkPolicy, LinkRule
from bot.render import sources
from bot.render.actions import Action, Screen
from bot.sandbox.entities import parse_html
from tests.writing import READER, article, stored

HIDING = LinkPolicy({LinkKind.OTHER: LinkRule.HIDE})


def shown(path: str, feed: str = "", policy: LinkPolicy = READER.links) -> str:
    """What a reader sees of an article that was read from `path`."""
    one = replace(article("大桥今天通车。"), path=path)
    reader = replace(READER, links=policy)
    said = sources.article(stored(1, one), Action(Screen.ARTICLE, 1), reader, feed)
    return parse_html(said.text)[0]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("https://news.example.com/feed?key=secret", "订阅源：晨报要闻 example.com\n"),
        ("rsshub://zhihu/hot?key=secret", "订阅源：晨报要闻 rsshub://zhihu/hot\n"),
    ],
)
def test_a_feed_is_named_without_its_key(path: str, named: str) -> None:
    text = shown(path, "晨报要闻")
    assert named in text
    assert "secret" not in text


def test_a_chat_that_hides_a_domain_reads_the_title_alone() -> None:
    assert "订阅源：晨报要闻\n" in shown("https://example.com/feed", "晨报要闻", HIDING)


def test_a_post_names_no_feed() -> None:
    assert "订阅源" not in shown("posts/2021/one.md")
