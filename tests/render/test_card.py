"""The story card: what stands on it, in which order, with which marks."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.digest import stories as digest_stories
from bot.model import Cited, KeyFigure, Story, StoryView
from bot.render import stories
from bot.render.actions import Action, Screen, unpack
from bot.render.rich import plain
from tests.writing import READER, TRADITIONAL, article, stored

JOINER = "\u2060"
OPEN = Action(Screen.LATEST, page=2).to(Screen.STORY, 1)
MORNING = stored(
    1,
    article(
        "12月7日，新桥正式通车。新桥全长三公里，连接江城与石桥镇两岸。",
        "过桥费暂不收取，货车须绕行。",
        title="新桥通车,货车绕行",
        at=datetime(2021, 12, 7, 1, 0, tzinfo=UTC),
    ),
)
EVENING = stored(
    2,
    article(
        "江城新桥12月7日正式通车。",
        "首日有8000辆车驶过新桥。",
        title="首日8000辆车驶过新桥",
        outlet="晚报",
        at=datetime(2021, 12, 7, 3, 0, tzinfo=UTC),
    ),
)


def view(*articles: object) -> StoryView:
    return digest_stories.tell(Story(1, articles))  # type: ignore[arg-type]


def shown(told: StoryView, action: Action = OPEN) -> str:
    return plain(stories.story(told, action, READER).text).replace(JOINER, "")


def cited(told: StoryView, number: int) -> Cited:
    return told.summary[number]


def test_one_source_is_named_once_below() -> None:
    text = shown(view(MORNING))
    assert text.startswith("新桥通车，货车绕行\n\n12月7日，新桥正式通车。[1]")
    assert text.endswith("\n\n[1] 晨报 · 3 小时前")
    assert text.count("晨报") == 1


def test_several_sources_are_counted_above_and_named_below() -> None:
    told = view(EVENING, MORNING)
    text = shown(told)
    assert "\n2 家媒体 · 1 小时前\n" in text
    assert "] 晨报 · 3 小时前" in text
    assert "] 晚报 · 1 小时前" in text


def test_no_sentence_stands_twice() -> None:
    told = view(EVENING, MORNING)
    lines = [line for line in shown(told).splitlines() if line]
    assert told.line is not None
    assert len(lines) == len(set(lines))
    assert shown(told).count(told.line.sentence.text.rstrip("。")) == 1


def test_all_who_say_a_sentence_are_marked_and_marks_begin_no_line() -> None:
    told = replace(view(EVENING, MORNING), also=())
    first = told.summary[0].article
    other = MORNING if first is EVENING else EVENING
    told = replace(told, also=((other,), *((),) * (len(told.summary) - 1)))
    html = stories.story(told, OPEN, READER).text
    assert f"。{JOINER}[1]{JOINER}[2]" in html
    assert " [1]" not in html.split("\n\n", 1)[1].rsplit("\n\n", 1)[0]


def test_who_is_not_cited_is_still_named() -> None:
    told = view(EVENING, MORNING)
    told = replace(told, summary=told.summary[:1], also=())
    other = "晨报" if told.summary[0].article is EVENING else "晚报"
    assert shown(told).endswith(f"\n另有{other}报道")


def test_a_figure_is_shown_once_with_its_clause_and_its_source() -> None:
    told = view(EVENING, MORNING)
    new = KeyFigure("新桥总投资4亿元", "4亿元", Cited(EVENING, cited(told, 0).sentence))
    known = KeyFigure("三公里", "三公里", cited(told, 0))
    told = replace(told, figures=(known, new))
    html = stories.story(told, OPEN, READER).text
    assert "• 新桥总投资 <b>4 亿元</b>" in html
    assert "• 三公里" not in html


def test_the_buttons() -> None:
    rows = stories.story(view(MORNING), OPEN, READER, [("江城", 3)]).buttons
    assert [b.text for b in rows[0]] == ["时间线", "来源", "全文摘要", "关注"]
    assert [b.text for b in rows[1]] == ["江城"]
    assert [b.text for b in rows[2]] == ["‹ 返回", "👍", "👎", "反馈问题"]
    assert unpack(rows[2][0].data) == Action(Screen.LATEST, page=2)


def test_the_whole_summary_has_a_way_back_to_the_card() -> None:
    told = digest_stories.longer(view(EVENING, MORNING))
    card = stories.story(view(MORNING), OPEN, READER).buttons[0][2]
    whole = unpack(card.data)
    assert whole is not None
    assert whole.full
    made = stories.story(told, whole, READER)
    assert unpack(made.buttons[0][0].data) == OPEN
    text = plain(made.text).replace(JOINER, "")
    assert "\n全文摘要 · 2 家媒体 · 1 小时前\n" in text


def test_sentences_of_one_paragraph_and_one_source_stay_together() -> None:
    text = shown(digest_stories.longer(view(MORNING)), OPEN.to_full(1))
    assert "正式通车。新桥全长三公里，连接江城与石桥镇两岸。[1]\n\n过桥费" in text


def test_long_words_get_no_button() -> None:
    assert stories.askable(["江城", "琼岛省应急管理厅", "G8801", "iPhone 15 Pro"]) == [
        "江城",
        "G8801",
    ]


def test_surnames_stay_in_traditional() -> None:
    one = stored(1, article("12月7日，松江区区长范建国说，新桥通车后，范建国会去走一走。"))
    made = stories.story(view(one), OPEN, TRADITIONAL)
    assert "新橋" in made.text
    assert "範建國" not in made.text


def test_lists_end_alike_and_say_who_and_when() -> None:
    listed = plain(
        stories.latest([view(EVENING, MORNING)], 1, "", Action(Screen.LATEST), READER).text
    )
    heading, entry = listed.split("\n\n")
    assert heading == "最新 · 共 1 件事"
    title, line, about = entry.splitlines()
    assert title.startswith("1. ")
    assert not line.endswith("。")
    assert about == "晚报、晨报 · 1 小时前"


def test_a_list_says_how_many_tell_a_story_also_where_not_all_are_here() -> None:
    told = digest_stories.listed(Story(1, (EVENING, MORNING), outlets=57))
    listed = plain(stories.latest([told], 1, "", Action(Screen.LATEST), READER).text)
    assert listed.endswith("晚报、晨报等 57 家媒体 · 1 小时前")
