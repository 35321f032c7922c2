"""Inline mode and deep links, end to end over the sandbox."""

import pytest

from bot.chat.inline import CACHE_SECONDS
from bot.flow.inline import PER_PAGE
from bot.sandbox import Chat, World, inline
from bot.sandbox.core import InlineQuery
from bot.trial import Trial
from tests.writing import ARTICLES

LINK = "https://t.me/mailuo_bot?start=story_"


async def typed(chat: Chat, text: str, offset: str = "") -> InlineQuery:
    return await inline.answered(chat.core, inline.ask(chat, text, offset=offset))


async def said(chat: Chat, text: str) -> str:
    chat.say(text)
    return str((await chat.answer())["text"])


async def test_a_story_is_found_and_sent_into_any_chat(world: World) -> None:
    group = world.group("论坛", forum=True)
    query = await typed(group, "微信")
    (result,) = query.results
    assert "微信" in result["title"]
    assert "等 4 家媒体 · " in result["description"]
    assert (query.next_offset, query.button) == ("", None)
    assert (query.cache_time, query.is_personal) == (CACHE_SECONDS, True)
    sent = group.messages[inline.choose(group, query, result["id"], thread=4)]
    assert "[1] " in sent["text"]
    assert "虎嗅" in sent["text"]
    ((button,),) = sent["reply_markup"]["inline_keyboard"]
    assert button == {"text": "在脉络里打开", "url": LINK + result["id"]}


async def test_nothing_typed_offers_the_latest(world: World) -> None:
    query = await typed(world.private_chat(), "")
    assert [result["id"] for result in query.results] == ["1"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("火星移民", "没有找到，换个词试试"),
        ("字" * 61, "太长了，挑一两个关键词"),
        ("字" * 256, "太长了，挑一两个关键词"),
        ("😀" * 20, "没有找到，换个词试试"),
        ("\u202e\u0000", ""),
        ('"*" OR NEAR(', "没有找到，换个词试试"),
    ],
)
async def test_odd_queries_are_answered_with_a_hint(world: World, text: str, hint: str) -> None:
    query = await typed(world.private_chat(), text)
    assert (query.button or {}).get("text", "") == hint
    assert bool(query.results) is not bool(hint)


async def test_an_empty_bot_says_so_in_the_asker_s_language(empty: World) -> None:
    for language, hint in (
        ("zh-hans", "现在没有可看的报道"),
        ("zh-hant", "現在沒有可看的報導"),
        ("en", "Nothing to read right now"),
    ):
        query = await typed(empty.private_chat("读者", language), "")
        assert query.button == {"text": hint, "start_parameter": "inline"}


async def test_one_s_own_language_holds_in_every_chat(world: World) -> None:
    reader = world.private_chat("讀者", "zh-hant")
    group = world.group("读报群", person=reader.person)
    (result,) = (await typed(group, "微信")).results
    assert "鏈接" in result["title"] + result["message"]["text"]
    await said(reader, "/language English")
    (result,) = (await typed(group, "微信")).results
    assert result["reply_markup"]["inline_keyboard"][0][0]["text"] == "Open in Mailuo"


@pytest.mark.parametrize("offset", ["x", "-10", "１０", "9" * 7, " 1", "990"])
async def test_a_strange_offset_is_answered_empty(world: World, offset: str) -> None:
    query = await typed(world.private_chat(), "微信", offset)
    assert (query.results, query.button, query.next_offset) == ([], None, "")


async def test_pages_follow_each_other(tried: Trial) -> None:
    await tried.house.ingest.posts([ARTICLES])
    chat = tried.world.private_chat()
    pages, offset = [], ""
    for _ in range(PER_PAGE):
        query = await typed(chat, "", offset)
        pages.append([result["id"] for result in query.results])
        if not (offset := query.next_offset):
            break
    assert [len(page) for page in pages[:-1]] == [PER_PAGE] * (len(pages) - 1)
    numbers = [number for page in pages for number in page]
    assert len(set(numbers)) == len(numbers) == await tried.house.lookup.count_stories("")
    assert len(pages) > 2


# ---------------------------------------------------------------- deep links


async def test_a_link_opens_its_story_and_its_sources(world: World) -> None:
    chat = world.private_chat()
    story = await said(chat, "/start story_1")
    assert "[1] " in story
    assert "转自" in await said(chat, "/start sources_1")
    group = world.group("读报群")
    assert await said(group, "/start@mailuo_bot story_1") == story


@pytest.mark.parametrize(
    "payload",
    ["story_999", "story_0", "story_01", "story_1x", "story_-1", "story_１", "article_1",
     "story_1 2", "story_" + "9" * 13, "sources_2", "x" * 64, "story_1\nx"],
)  # fmt: skip
async def test_other_payloads_get_the_ordinary_start(world: World, payload: str) -> None:
    text = await said(world.private_chat(), f"/start {payload}")
    assert text.startswith("链接里的内容找不到了，从这里看看别的吧。\n\n脉络\n\n")


async def test_the_hint_leads_to_the_ordinary_start(world: World) -> None:
    assert (await said(world.private_chat(), "/start inline")).startswith("脉络\n\n")


async def test_what_was_shared_into_our_own_chat_is_left_alone(world: World) -> None:
    chat = world.private_chat()
    query = await typed(chat, "")
    number = inline.choose(chat, query, "1")
    await said(chat, "/help")
    assert [n for n, m in chat.messages.items() if n > number and chat.by_bot(m)] == [number + 2]
