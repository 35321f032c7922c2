"""The bot's own words, in one place. Chinese for readers; English only for the command menu so far.

Whole sentences with named fields, never glued from parts.
"""

COMMANDS_ZH = {
    "latest": "最新报道，可加关键词：/latest 微信",
    "timeline": "一件事的时间线：/timeline 微信",
    "source": "消息出自哪里，可加媒体名或文章编号",
    "search": "搜索报道：/search 淘宝",
    "subscribe": "订阅：/subscribe 微信 每天 08:00",
    "subscriptions": "看订阅、改订阅",
    "unsubscribe": "退订",
    "preview": "看看下一次推送",
    "now": "现在就推送",
    "why": "为什么推送、为什么没推送：/why 微信",
    "zone": "时区：/zone 东京",
    "quiet": "免打扰：/quiet 23:00-07:00",
    "language": "语言",
    "export": "导出这里保存的数据",
    "forget": "删除这里保存的数据",
    "help": "怎么用",
}
COMMANDS_EN = {
    "latest": "What is new, by story",
    "timeline": "What happened when, with sources",
    "source": "Where a report comes from",
    "search": "Search the articles",
    "subscribe": "Subscribe: /subscribe 微信 daily 8:00",
    "subscriptions": "See and change subscriptions",
    "unsubscribe": "End a subscription",
    "preview": "What the next digest would be",
    "now": "Send the digest now",
    "why": "Why a story was sent, or was not",
    "zone": "Time zone: /zone Europe/London",
    "quiet": "Quiet hours: /quiet 23:00-07:00",
    "language": "Language",
    "export": "Get what is kept of this chat",
    "forget": "Delete what is kept of this chat",
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
TRENDS = "正在升温"
TRENDS_DAY = "过去 24 小时"
TRENDS_WEEK = "过去 7 天"
TRENDS_COUNT = "{articles} 篇 · {outlets} 家媒体"
TRENDS_NONE = "没有明显升温的话题。"
PAGE = "第 {page}/{pages} 页"
OUTLET_AND_MORE = "{outlet}等 {count} 家媒体"
OUTLET_LINE = "{count} 篇，最近一篇 {time}"
FIGURES_DIFFER = "数字不一：{what} {values}"
FIGURE_BY = "{outlet} {value}（{time}）"
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
LINK_SHORTENED = "{domain}（短链接）"
ABOUT_THEN = "前后"
JUST_NOW = "刚刚"
MINUTES_AGO = "{minutes} 分钟前"
HOURS_AGO = "{hours} 小时前"
EVENT_KINDS = {"planned": "将", "reaction": "说法", "figure": "数据", "background": "背景"}
OF_WHOM = "〔{subject}〕"
DATES_DIFFER = "两处日期不一：{outlets} 作 {date}"
BACKED_BY = "摘要出自这几句"
EVENTS_HERE = "文中的日期"
SENTENCE_AT = "第 {number} 句"
REVISED = "这篇报道更新过，现在是第 {revision} 版"
PUBLISHED_EARLY = "发布时间早于所述事件（{when}）"
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

# ---------------------------------------------------------------- subscriptions

WEEKDAYS = "一二三四五六日"
INSTANT = "即时"
HOURLY = "每小时"
DAILY_AT = "每天 {clock}"
WORKDAYS_AT = "工作日 {clock}"
WEEKEND_AT = "周末 {clock}"
WEEKLY_AT = "每周{days} {clock}"
SCOPE_ALL = "全部消息"
SCOPE_STORY = "关注：{title}"
SIZES = {"headlines": "标题", "brief": "摘要", "full": "详细"}
SILENT = "静音"
DEVELOPMENT = "后续：{title}"
DIGEST_MORE = "另有 {more} 件，发送 /latest 查看。"
TO_TIMELINE_OF = "{number} 的时间线"
TO_SUBSCRIPTIONS = "订阅管理"

SUBSCRIBE_WHAT = "订阅什么？"
SUBSCRIBE_HINT = "也可以直接写：/subscribe 微信 -淘宝 每天 08:00"
SUBSCRIBE_WORD = "把词写在命令后面，例如：/subscribe 微信 每天 08:00。不想看的词前面加减号：-淘宝。"
SUBSCRIBE_OUTLET = "订阅哪家媒体？"
SUBSCRIBE_WHEN = "订阅“{scope}”。什么时候告诉你？"
SUBSCRIBE_DAYS = "订阅“{scope}”。每周哪几天？"
SUBSCRIBE_CLOCK = "订阅“{scope}”，{rhythm}。几点？"
SUBSCRIBE_SIZE = "订阅“{scope}”，{rhythm}。每件事说多少？"
SUBSCRIBED = "已订阅“{scope}”：{rhythm}，{size}。"
SUBSCRIBED_NEXT = "下一次：{time}（{zone}）。没有新消息就不打扰。"
SUBSCRIBED_INSTANT = "有新消息就告诉你。"
SUBSCRIBED_TO = "发到“{title}”。"
FOLLOWED = "已关注，有新进展就告诉你。"
UNSUBSCRIBED = "已退订“{scope}”。"
UNSUBSCRIBED_ALL = "已全部退订。"
SUBSCRIPTIONS = "订阅"
SUBSCRIPTIONS_OF = "“{title}”的订阅"
SUBSCRIPTIONS_NONE = "还没有订阅。"
SUBSCRIPTIONS_HOURS = "时区 {zone} · 免打扰 {quiet}"
SUBSCRIPTIONS_PAUSED = "推送已暂停：{reason}"
QUIET_NONE = "无"
QUIET_HOURS = "{since}–{until}"
IN_TOPIC = "话题 {topic}"
NOT_SUBSCRIBED = "没有订阅“{query}”。下面是已有的订阅。"
SUBSCRIPTION_GONE = "这个订阅已经不在了。"
TOO_MANY = "一个聊天最多 {most} 个订阅。先退订几个吧。"
ONLY_ADMINS = "群里只有管理员可以改订阅。"
NOT_YOUR_CHANNEL = (
    "找不到频道 {name}，或者你、我还不是它的管理员。先把我设为可以发消息的管理员，再试一次。"
)
NOTHING_NEW = "暂时没有新消息。"
PREVIEW = "下一次会这样发（现在不计入已发）："
SENT_NOW = "好，马上发来。"
NOTHING_TO_SEND = "先订阅点什么：/subscribe"

ZONE_IS = "时区是 {zone}，现在 {time}。要改就写：/zone 东京 或 /zone America/New_York"
ZONE_SET = "时区改为 {zone}，现在 {time}。"
ZONE_UNKNOWN = "不认识时区“{query}”。写城市名，或标准名称，例如 /zone Asia/Shanghai"
QUIET_IS = "免打扰：{quiet}。要改就写：/quiet 23:00-07:00；不要就写：/quiet 关"
QUIET_SET = "免打扰改为 {quiet}。这段时间的消息会攒到结束后一起发。"
QUIET_OFF = "已关闭免打扰。"
QUIET_UNKNOWN = "没看懂这段时间。写成这样：/quiet 23:00-07:00"
LANGUAGE_IS = "语言：{language}。要改就写：/language 简体、繁體 或 English"
LANGUAGE_SET = "语言记为 {language}。目前按钮和提示只有简体中文，以后会跟着变。"
LANGUAGE_UNKNOWN = "可选的语言：简体、繁體、English"
LANGUAGES = {"zh-hans": "简体", "zh-hant": "繁體", "en": "English"}

FORGET_SURE = "要删除这个聊天的全部数据吗？订阅、设置和推送记录都会删掉，不能恢复。"
FORGOTTEN = "已全部删除。想再用时，直接发消息就行。"
EXPORTED = "这里保存的全部数据。"
NOTHING_KEPT = "这里没有保存任何数据。"

WHY = "为什么：{title}"
WHY_WHAT = "想问哪件事？写关键词或编号，例如：/why 微信"
WHY_TOLD = "{time} 已随“{scope}”发给你。"
WHY_QUEUED = "已随“{scope}”排队，很快送到。"
WHY_DEAD = "已随“{scope}”发出，但没能送达。"
WHY_DUE = "“{scope}”：下一次（{time}）会带上。"
WHY_SOON = "“{scope}”：马上会发。"
WHY_EXCLUDED = "“{scope}”：报道里有你不想看的词。"
WHY_OTHER = "“{scope}”：这件事不在订阅范围里。"
WHY_BEFORE = "“{scope}”：订阅之前的报道，不补发。"
WHY_SAME = "“{scope}”：后来的报道没有新内容，不再重复。"
WHY_NOT_SUBSCRIBED = "这里还没有订阅，所以不会推送。"

TOPIC_GONE = (
    "有个话题关闭或删除了，原来发到那里的 {count} 个订阅改发到这里。用 /subscriptions 管理。"
)

TO_ALL_MESSAGES = "全部消息"
TO_AN_OUTLET = "某家媒体"
TO_A_WORD = "某个词"
TO_INSTANT = "即时"
TO_HOURLY = "每小时"
TO_DAILY = "每天"
TO_WORKDAYS = "工作日"
TO_WEEKLY = "选星期几"
TO_DONE = "选好了"
TO_SILENT = "改为静音"
TO_LOUD = "改为有声"
TO_UNSUBSCRIBE = "退订"
TO_CHANGE = "改时间"
TO_NOW = "现在就发"
TO_PREVIEW = "预览下一次"
TO_SUBSCRIBE = "订阅"
TO_FOLLOW = "关注"
TO_ADD = "再订一个"
TO_FORGET = "全部删除"
TO_KEEP = "不删"

# ---------------------------------------------------------------- feeds

FEEDS = "订阅源"
FEEDS_NONE = "还没有订阅源。添加：/addfeed https://example.com/feed.xml"
FEEDS_COUNT = "共 {total} 个"
FEEDS_HINT = "添加：/addfeed 网址。点编号查看或移除。"
FEED_WELL = "{time} 读过"
FEED_NEXT = "下次 {time}"
FEED_NEW = "还没有读过"
FEED_FAILING = "读不到（{reason}）"
FEED_GONE = "已永久关闭（{reason}）"
FEED_ADDED = "已添加“{name}”，马上去读。"
FEED_KNOWN = "“{name}”早就在了。"
FEED_REMOVED = "已移除“{name}”，读过的报道还在。"
FEED_MISSING = "没有这个订阅源。下面是已有的。"
FEED_WHICH = "这里有几个订阅源，要哪个就发哪一行："
FEED_BAD = "读不了这个网址：{reason}"
ADD_WHAT = "想添加哪个？把网址写在后面，例如：/addfeed https://example.com"
REMOVE_WHAT = "想移除哪个？写网址或编号，例如：/removefeed 3"
ONLY_OPERATORS = "订阅源由机器人的管理者维护。想加哪个，请告诉他们。"
TROUBLE = "这些订阅源读不到了："
TROUBLE_LINE = "{name}：{reason}"
TROUBLE_HINT = "不再需要就用 /removefeed 移除，恢复后会自动继续。"
TO_REMOVE = "移除"
TO_FEEDS = "订阅源"
