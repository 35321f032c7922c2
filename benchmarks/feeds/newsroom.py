"""Made-up news for feeds: told by templates, so that it varies like news and is nobody's.

A story is a kind of event with its own places, names and figures; a report is one outlet's wording
of it. Half of the entries of all feeds tell of stories that several feeds tell, so that there is
something to join. The same numbers give the same words.
"""

import random
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

ENTRIES = 20  # of a feed
SHARED = 0.5  # of the entries, told by several feeds
TOLD_BY = 4  # feeds, on average, that tell a shared story
_SPAN = timedelta(days=3)
_LEAST, _MOST_ADDED = 4, 10  # parts: of a kind after its first, of those that fit any
# Sentences around the news, so that an entry is as long as a report: 1,500 characters in the mean.
# Twelve real ones at hand have 1,715 (five posts from feeds, seven samples of the data set CLTS).
_BACKGROUND = 26, 38


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed, as its writer has it."""

    number: str
    title: str
    html: str
    author: str
    at: datetime


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("news.toml").read_text(encoding="utf-8"))


def entries(feed: int, feeds: int, now: datetime, first: int = 0) -> list[Entry]:
    """The entries of one of so many feeds, from a number on, newest first, all of the days before
    `now` (UTC)."""
    told = (_entry(feed, number, feeds, now) for number in range(first, first + ENTRIES))
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _entry(feed: int, number: int, feeds: int, now: datetime) -> Entry:
    chance = random.Random(f"{feed}/{number}")
    stories = max(1, int(feeds * ENTRIES * SHARED / TOLD_BY))
    shared = chance.random() < SHARED
    common = number // ENTRIES * stories + chance.randrange(stories)  # what happens goes on
    story = random.Random(f"{common}" if shared else f"own {feed}/{number}")
    kind = story.choice(_templates()["kinds"])
    at = now - _SPAN * story.random()
    words = _words(story, at)
    at = min(at + timedelta(minutes=chance.randrange(240)), now)
    title = chance.choice(kind["titles"]).format_map(words)
    told = _told(kind["parts"], chance)
    html = _html([part.format_map(words) for part in told], f"{feed}-{number}", chance)
    return Entry(f"{feed}-{number}", title, html, _person(chance), at)


def _told(parts: list[list[str]], chance: random.Random) -> list[str]:
    """A wording of some parts: the first, what an outlet keeps of the others, what it adds."""
    kept = sorted(chance.sample(range(1, len(parts)), chance.randint(_LEAST, len(parts) - 1)))
    added = chance.sample(_templates()["common"], chance.randint(2, _MOST_ADDED))
    around = chance.sample(_templates()["background"], chance.randint(*_BACKGROUND))
    news = [parts[0], *(parts[n] for n in kept), *added]
    return [*map(chance.choice, news), *around]


def _html(sentences: list[str], name: str, chance: random.Random) -> str:
    """Paragraphs of one to three sentences, some with a picture, a link or stray mark-up."""
    blocks = []
    while sentences:
        size = chance.randint(1, 3)
        blocks.append(f"<p>{''.join(sentences[:size])}</p>")
        sentences = sentences[size:]
    if chance.random() < 0.4:
        blocks.insert(1, f'<figure><img src="/pictures/{name}.jpg" alt="现场"></figure>')
    if chance.random() < 0.3:
        blocks.append(f'<p>相关报道见<a href="/news/{name}?utm_source=rss">本报专题</a>。</p>')
    if chance.random() < 0.2:
        blocks[0] = f'<p style="text-indent:2em"><span>&nbsp;{blocks[0][3:-4]}</span></p>'
    return "\n".join(blocks)


def _words(story: random.Random, at: datetime) -> dict[str, str | int]:
    """What fills the gaps of a story."""
    fill = _templates()["fill"]
    place, place2 = story.sample(fill["places"], 2)
    name = story.randrange(0, len(fill["names"]), 2)
    return {
        "place": place,
        "place2": place2,
        "person": _person(story),
        "person2": _person(story),
        "firm": f"{place2}{fill['names'][name : name + 2]}{story.choice(fill['trades'])}",
        "school": f"{place}{story.choice(fill['schools'])}",
        "river": story.choice(fill["rivers"]),
        "day": f"{at.month}月{at.day}日",
        "month": story.randint(1, 12),
        "year": at.year - story.randint(1, 6),
        "next": at.year + story.randint(1, 4),
        "hour": story.randint(6, 22),
        "one": story.randint(1, 3),
        "few": story.randint(4, 9),
        "some": story.randint(11, 89),
        "many": story.randint(301, 9899),
        "money": story.randint(12, 480),
        "percent": story.randint(5, 48),
    }


def _person(chance: random.Random) -> str:
    fill = _templates()["fill"]
    given = chance.randrange(0, len(fill["given"]), 2)
    return f"{chance.choice(fill['surnames'])}{fill['given'][given : given + 2]}"
