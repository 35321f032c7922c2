"""The bot's own words, in one place. Chinese for readers; English only for the command menu so far.

Whole sentences with named fields, never glued from parts.
"""

COMMANDS_ZH = {
    "latest": "最新报道，可加关键词：/latest 微信",
    "timeline": "一件事的时间线：/timeline 微信",
    "source": "消息出自哪里，可加媒体名或文章编号",
    "search": "搜索报道：/search 淘宝",
    "help": "怎么用",
}
COMMANDS_EN = {
    "latest": "What is new, by story",
    "timeline": "What happened when, with sources",
    "source": "Where a report comes from",
    "search": "Search the articles",
    "help": "How to use this bot",
}

START = (
    "脉络把多家媒体的同一件事放在一起讲：发生了什么、什么时候发生、谁说的。"
    "每一句都原样摘自报道，可以点开查出处。"
)
START_HINT = "直接发一个词就能搜索，也可以点下面的按钮。"
HELP_TITLE = "怎么用"
HELP_TEXT = "直接发一个词，就在全部报道里搜索。群里请用命令，例如 /latest@{username}。"
HELP_PROMISE = "摘要和时间线只用报道里的原句，不改写、不补充；数字 [1] [2] 对应下面的来源。"

LATEST = "最新"
LATEST_ABOUT = "与“{query}”有关的最新报道"
SEARCH_ABOUT = "搜索：{query}"
TIMELINE = "时间线"
TIMELINE_ABOUT = "时间线：{query}"
ALL_REPORTS = "全部报道"
SOURCES = "来源"
OUTLETS = "报道来自这些媒体"
COUNT_STORIES = "共 {total} 件事"
COUNT_ARTICLES = "共 {total} 篇"
COUNT_EVENTS_ALL = "共 {total} 条"
COUNT_EVENTS = "共 {total} 条，先列最要紧的 {shown} 条"
PAGE = "第 {page}/{pages} 页"
OUTLET_AND_MORE = "{outlet}等 {count} 家媒体"
OUTLET_LINE = "{count} 篇，最近一篇 {time}"
KEYWORDS = "关键词：{words}"
UPSTREAM = "转自 {name}"
REPRINTED_BY = "{outlets} 转载"
MENTIONED = "要闻汇总中的一条："
AUTHOR = "作者 {name}"
EDITOR = "编辑 {name}"
PICTURES = "图片 {name}"
ARTICLE_NUMBER = "文章编号 {id}"
PUBLISHED = "发布时间：{time}"
PUBLISHED_UNKNOWN = "发布时间：不详（原文写作“{raw}”）"
CATEGORIES = "栏目：{names}"
ORIGINAL = "原文："
LINKS = "文中链接"
ABOUT_THEN = "前后"
BACKED_BY = "摘要出自这几句"
EVENTS_HERE = "文中的日期"
SENTENCE_AT = "第 {number} 句"
REVISED = "这篇报道更新过，现在是第 {revision} 版"
NO_PROSE = "这篇报道没有正文文字。"
FLAGS = {
    "date-unknown": "原文没有可用的日期。",
    "empty-body": "原文没有正文。",
    "picture-only": "原文只有图片。",
    "outlet-unknown": "原文没有写明出处。",
}

NOTHING_YET = "还没有报道。管理员导入报道后，这里就会有内容。"
NOTHING_FOUND = "没有找到与“{query}”有关的报道。换个说法或更短的词试试，也可以看看最新报道。"
NO_EVENTS = "与“{query}”有关的报道里，没有写明日期的事。"
NO_EVENTS_HERE = "这件事的报道里没有写明日期。"
NO_SUCH_SOURCE = "没有名叫“{query}”的媒体，也没有这个编号的文章。下面是已有的媒体。"
GONE = "这条内容已经找不到了，请重新搜索。"
SEARCH_WHAT = "想搜什么？把词写在后面，例如：/search 淘宝"
TOO_LONG = "这句话太长了，最多 {most} 个字。挑一两个关键词再试试。"
UNKNOWN_COMMAND = "没有 /{name} 这个命令。发送 /help 看看能做什么。"
TEXT_ONLY = "我只看得懂文字。发一个词，就能搜索报道。"
OLD_BUTTON = "这个按钮已经失效，请重新发送命令。"
SOMETHING_WRONG = "刚才出了点问题，请稍后再试。"

TO_LATEST = "最新报道"
TO_TIMELINE = "时间线"
TO_SOURCES = "来源"
TO_OUTLETS = "媒体"
TO_HELP = "怎么用"
TO_STORY = "看这件事"
TO_ALL_EVENTS = "全部 {total} 条"
TO_TOP_EVENTS = "只看要紧的"
TO_BACK = "‹ 返回"
TO_NEXT = "下一页 ›"
TO_PREVIOUS = "‹ 上一页"
TO_ORIGINAL = "打开原文"
