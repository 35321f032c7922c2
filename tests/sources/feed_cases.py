# ruff: noqa: E501 - a document on one line is easier to see than one in pieces
"""Peculiar feeds, each a small document and what is to be made of it.

The families are those that the change logs of feedparser and miniflux name, and Chinese ones.
"""

import json
from datetime import UTC, datetime

URL = "http://news.example.cn/rss/feed.xml"
NIGHT = datetime(2021, 11, 30, 15, 51, 14, tzinfo=UTC)  # 23:51:14 in Shanghai
BODY = "<description>大桥今天通车。</description>"
DATED = "<pubDate>Tue, 30 Nov 2021 23:51:14 +0800</pubDate>"


def rss(items: str, head: str = "<title>晨报</title>", prefixes: str = "") -> str:
    return f'<rss version="2.0" {prefixes}><channel>{head}{items}</channel></rss>'


def item(inner: str, title: str = "<title>大桥通车</title>") -> str:
    return f"<item>{title}<guid>7</guid>{inner}</item>"


def atom(entry: str, head: str = "<title>晨报</title>", more: str = "") -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {more}>{head}<entry><id>7</id>'
        f"<title>大桥通车</title>{entry}</entry></feed>"
    )


def json_feed(**fields: object) -> str:
    entry = {"id": "7", "title": "大桥通车", "content_html": "<p>大桥今天通车。</p>"} | fields
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "晨报", "items": [entry]}
    )


def xhtml(inner: str) -> str:
    return (
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{inner}</div></content>'
    )


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <channel rdf:about="http://news.example.cn/"><title>晨报</title></channel>
 <item rdf:about="http://news.example.cn/7"><title>大桥通车</title><link>http://news.example.cn/7</link>
 <description>大桥今天通车。</description><dc:date>2021-11-30T23:51:14+08:00</dc:date>
 <dc:creator>张三</dc:creator></item></rdf:RDF>"""
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
OLD = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x/rss.dtd">'


def full(html: str) -> str:
    return f"<content:encoded><![CDATA[{html}]]></content:encoded>"


# name, document, what the first article must be
SHAPES: list[tuple[str, str, dict[str, object]]] = [
    ("rss 2.0", rss(item(BODY + DATED)), {"title": "大桥通车", "text": "大桥今天通车。", "published_at": NIGHT}),
    ("rss 0.91 with Netscape's doctype", OLD + rss(item(BODY)).replace("2.0", "0.91"), {"title": "大桥通车"}),
    ("rss 0.92", rss(item(BODY)).replace("2.0", "0.92"), {"text": "大桥今天通车。"}),
    ("rss without a version", rss(item(BODY)).replace(' version="2.0"', ""), {"title": "大桥通车"}),
    ("rss with items outside the channel", f"<rss version='2.0'><channel><title>晨报</title></channel>{item(BODY)}</rss>", {"text": "大桥今天通车。"}),
    ("rdf", RDF, {"title": "大桥通车", "published_at": NIGHT, "author": "张三", "url": "http://news.example.cn/7"}),
    ("atom", atom("<content>大桥今天通车。</content><published>2021-11-30T15:51:14Z</published>"), {"text": "大桥今天通车。", "published_at": NIGHT}),
    ("atom 0.3", '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>晨报</title><entry><id>7</id><title>大桥通车</title><issued>2021-11-30T23:51:14+08:00</issued><content type="text/html" mode="escaped">&lt;p&gt;甲。&lt;/p&gt;</content></entry></feed>', {"title": "大桥通车", "text": "甲。", "published_at": NIGHT}),
    ("atom with a prefix", '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>晨报</a:title><a:entry><a:id>7</a:id><a:title>大桥通车</a:title></a:entry></a:feed>', {"title": "大桥通车", "outlet": "晨报"}),
    ("atom's https namespace", atom("<summary>甲。</summary>").replace("http://www.w3", "https://www.w3"), {"title": "大桥通车"}),
    ("json feed", json_feed(), {"title": "大桥通车", "text": "大桥今天通车。", "outlet": "晨报"}),
    ("json feed, numbers as id", json_feed(id=7), {"title": "大桥通车"}),
    ("json feed, plain text", json_feed(content_html=None, content_text="甲 < 乙。\n丙。"), {"text": "甲 < 乙。/丙。"}),
    ("json feed 1.0, one author", json_feed(author={"name": "张三"}), {"author": "张三"}),
    ("json feed 1.1, authors", json_feed(authors=[{"url": "x"}, {"name": "张三"}]), {"author": "张三"}),
    ("json feed, fields of wrong types", json_feed(tags="x", authors={}, image=[1], url=None), {"title": "大桥通车"}),
    ("json feed, external link", json_feed(external_url="http://a.com/1"), {"url": "http://a.com/1"}),
    ("json feed, bare line breaks in a text", json_feed().replace("今天", "\n"), {"title": "大桥通车"}),
    # what stands before and after
    ("blank lines first", "\n\n  " + rss(item(BODY)), {"title": "大桥通车"}),
    ("words first", "Warning: cannot connect\n" + rss(item(BODY)), {"title": "大桥通车"}),
    ("a mark of order first", "\ufeff" + rss(item(BODY)), {"title": "大桥通车"}),
    ("a comment first", "<!-- <rss> --><?x <a> ?>" + rss(item(BODY)), {"title": "大桥通车"}),
    ("words last", rss(item(BODY)) + "<!-- 0.2s --><br>", {"text": "大桥今天通车。"}),
    ("cut off in the middle", rss(item(BODY) + "<item><title>第二")[:-26], {"text": "大桥今天通车。"}),
    ("xml 1.1", '<?xml version="1.1"?>' + rss(item(BODY)), {"title": "大桥通车"}),
    # entities, ampersands, characters
    ("html's entities", rss(item("<description>甲&nbsp;&ldquo;乙&rdquo;&hellip;</description>")), {"text": "甲“乙”…"}),
    ("a stray ampersand", rss(item("<link>http://a.com/?a=1&b=2</link>")), {"url": "http://a.com/?a=1&b=2"}),
    ("an ampersand escaped", rss(item("<link>http://a.com/?a=1&amp;b=2</link>")), {"url": "http://a.com/?a=1&b=2"}),
    ("forbidden characters", rss(item("<description>甲\x08乙\x0b。\ufffe</description>")), {"text": "甲乙。"}),
    ("forbidden references", rss(item("<description>甲&#8;乙&#xD800;丙&#0;。</description>")), {"text": "甲乙丙。"}),
    ("references past Unicode", rss(item("<description>甲&#99999999999;。</description>")), {"text": "甲。"}),
    ("Windows' quotes as numbers", rss(item("<description>甲&#147;乙&#148;&bogus;</description>")), {"text": "甲“乙”&bogus;"}),
    ("a large X in a reference", rss(item("<description>&#X7532;。</description>")), {"text": "甲。"}),
    ("an emoji", rss(item("<description>通车🎉。</description>")), {"text": "通车🎉。"}),
    # titles
    ("html in the title, escaped", rss(item("", "<title>大桥&lt;b&gt;通车&lt;/b&gt;</title>")), {"title": "大桥通车"}),
    ("html in the title, CDATA", rss(item("", "<title><![CDATA[大桥<em>通车</em>&amp;通航]]></title>")), {"title": "大桥通车&通航"}),
    ("html in the title, bare", rss(item("", "<title>大桥<em>通车</em>了</title>")), {"title": "大桥通车了"}),
    ("a title escaped twice", rss(item("", "<title>甲&amp;amp;乙 &amp;quot;</title>")), {"title": '甲&乙 "'}),
    ("a sum in the title", rss(item("", "<title>一 &lt; 二</title>")), {"title": "一 < 二"}),
    ("a title over lines", rss(item("", "<title>\n  大桥\n  通车 </title>")), {"title": "大桥 通车"}),
    ("no title", rss(item(BODY, "")), {"title": "大桥今天通车。"}),
    ("an empty title", rss(item(BODY, "<title/>")), {"title": "大桥今天通车。"}),
    ("atom's html title", atom("").replace("<title>大桥通车", '<title type="html">&lt;i>大桥&lt;/i>通车'), {"title": "大桥通车"}),
    ("atom's xhtml title", atom("").replace("<title>大桥通车</title>", '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">大桥<b>通车</b></div></title>'), {"title": "大桥通车"}),
    ("an empty type of a title", atom("").replace("<title>大桥", '<title type="">大桥'), {"title": "大桥通车"}),
    ("the channel's image has a title", rss(item(BODY), "<image><title>图</title><url>u</url></image><title>晨报</title>"), {"outlet": "晨报"}),
    ("media:title beside the title", rss(item("<media:title>别的</media:title>"), prefixes=MEDIA), {"title": "大桥通车"}),
    # bodies
    ("content:encoded beside a short description", rss(item(BODY + full("<p>甲。</p><p>乙。</p>")), prefixes=CONTENT), {"text": "甲。/乙。"}),
    ("an empty content:encoded", rss(item(full(" ") + BODY), prefixes=CONTENT), {"text": "大桥今天通车。"}),
    ("an empty description", rss(item("<description></description>")), {"flags": ("date-unknown", "empty-body")}),
    ("only a picture", rss(item('<description>&lt;img src="http://a.com/1.jpg"/&gt;</description>')), {"flags": ("date-unknown", "picture-only"), "image": "http://a.com/1.jpg"}),
    ("CDATA in pieces", rss(item("<description>甲<![CDATA[<b>乙</b>]]>丙。</description>")), {"text": "甲乙丙。"}),
    ("CDATA in CDATA, escaped", rss(item("<description>&lt;![CDATA[甲。]]&gt;</description>")), {"text": "甲。"}),
    ("CDATA never closed", rss(item("<description><![CDATA[甲。")), {"text": "甲。"}),
    ("html not escaped at all", rss(item("<description><p>甲。</p><p>乙。</p></description>")), {"text": "甲。/乙。"}),
    ("tags not closed", rss(item("<description><p>甲。<br>乙。</description>")), {"text": "甲。/乙。"}),
    ("atom's xhtml", atom(xhtml("<p>甲。</p><p>乙。</p>")), {"text": "甲。/乙。"}),
    ("atom's plain text", atom('<content type="text">甲 &lt;b&gt; 乙。</content>'), {"text": "甲 <b> 乙。"}),
    ("atom's content elsewhere", atom('<content src="http://a.com/1"/><summary>甲。</summary>'), {"text": "甲。"}),
    ("atom's summary of xhtml", atom(xhtml("<p>甲。</p>").replace("content", "summary")), {"text": "甲。"}),
    ("scripts", rss(item(full("<p>甲。</p><script>alert(1)</script><style>p{}</style>")), prefixes=CONTENT), {"text": "甲。"}),
    ("a body of the itunes sort", rss(item("<itunes:summary>甲。</itunes:summary>"), prefixes='xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'), {"text": "甲。"}),
    # namespaces
    ("a prefix never declared", rss(item(BODY + "<dc:creator>张三</dc:creator>")), {"author": "张三"}),
    ("content:encoded never declared", rss(item(full("<p>甲。</p>"))), {"text": "甲。"}),
    ("an unknown prefix never declared", rss(item(BODY + '<wx:id wx:no="1">9</wx:id>')), {"text": "大桥今天通车。"}),
    ("a prefix of another name", rss(item("<c:encoded>甲。</c:encoded>"), prefixes=CONTENT.replace(":content=", ":c=")), {"text": "甲。"}),
    ("a namespace in capitals", rss(item("<dc:creator>张三</dc:creator>"), prefixes=DC.upper().replace("XMLNS:DC", "xmlns:dc")), {"author": "张三"}),
    ("an empty namespace", rss(item(BODY), prefixes='xmlns=""'), {"title": "大桥通车"}),
    ("atom's link in rss", rss(item("<link>http://a.com/1</link>"), '<title>晨报</title><atom:link href="http://x/" rel="self" xmlns:atom="http://www.w3.org/2005/Atom"/>'), {"url": "http://a.com/1"}),
    ("names in capitals", rss(item(BODY)).replace("item>", "ITEM>"), {"text": "大桥今天通车。"}),
    # links
    ("a relative link", rss(item("<link>/2021/1.html</link>")), {"url": "http://news.example.cn/2021/1.html"}),
    ("a link without a scheme", rss(item("<link>//a.com/1</link>")), {"url": "http://a.com/1"}),
    ("spaces around a link", rss(item("<link>\n http://a.com/1 \n</link>")), {"url": "http://a.com/1"}),
    ("a guid for a link", rss("<item><title>大桥通车</title><guid>http://a.com/1</guid></item>"), {"url": "http://a.com/1"}),
    ("a guid that is no link", rss('<item><title>大桥通车</title><guid isPermaLink="false">http://a.com/1</guid></item>'), {"url": ""}),
    ("a link that would run", rss(item("<link>javascript:alert(1)</link>")), {"url": ""}),
    ("a broken link", rss(item("<link>http://[1/</link>")), {"url": ""}),
    ("atom: the alternate one", atom('<link rel="self" href="http://a.com/s"/><link rel="alternate" href="http://a.com/1"/>'), {"url": "http://a.com/1"}),
    ("atom: no rel", atom('<link href="1.html"/>'), {"url": "http://news.example.cn/rss/1.html"}),
    ("atom: xml:base", atom('<link href="1.html"/>', more='xml:base="http://a.com/b/"'), {"url": "http://a.com/b/1.html"}),
    ("feedburner's true link", rss(item("<link>http://f.com/1</link><feedburner:origLink>http://a.com/1</feedburner:origLink>"), prefixes='xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'), {"url": "http://a.com/1"}),
    ("relative ones in the body", rss(item("<link>http://a.com/n/1</link>" + full('<p>甲<a href="2">乙</a>。</p><img src="/3.jpg">')), prefixes=CONTENT), {"link": "http://a.com/n/2", "image": "http://a.com/3.jpg"}),
    ("xml:base of a body", atom(xhtml('<p>甲<a href="2">乙</a>。</p>').replace("<content", '<content xml:base="http://b.com/x/"')), {"link": "http://b.com/x/2"}),
    # people, outlets, pictures, categories
    ("rss's author", rss(item("<author>a@b.cn (张三)</author>")), {"author": "张三"}),
    ("only an address for an author", rss(item("<author>a@b.cn</author>")), {"author": ""}),
    ("several creators", rss(item("<dc:creator>张三</dc:creator><dc:creator>李四</dc:creator>"), prefixes=DC), {"author": "张三"}),
    ("atom's author", atom("<author><name>张三</name><uri>http://a.com</uri></author>"), {"author": "张三"}),
    ("html in an author", rss(item("<author>&lt;a href='x'&gt;张三&lt;/a&gt;</author>")), {"author": "张三"}),
    ("an aggregator's source", rss(item('<source url="http://b.com/rss">晚报</source>')), {"outlet": "晚报"}),
    ("atom's source", atom("<source><title>晚报</title></source>"), {"outlet": "晚报"}),
    ("an enclosure", rss(item('<enclosure url="http://a.com/1.jpg" type="image/jpeg" length="x"/>')), {"image": "http://a.com/1.jpg"}),
    ("media:content", rss(item('<media:content url="http://a.com/1.jpg" medium="image"/>'), prefixes=MEDIA), {"image": "http://a.com/1.jpg"}),
    ("media:thumbnail in a group", rss(item('<media:group><media:thumbnail url="http://a.com/1.jpg"/></media:group>'), prefixes=MEDIA), {"image": "http://a.com/1.jpg"}),
    ("categories, one empty", rss(item("<category>财经</category><category/><category>财经</category><category>科技</category>")), {"categories": ("财经", "科技")}),
    ("more tags than anyone reads, before the text", rss(f"<item>{'<category>财经</category>' * 70}<guid>7</guid><title>大桥通车</title>{BODY}</item>"), {"text": "大桥今天通车。", "categories": ("财经",)}),
    ("many pictures before the text", rss(item('<media:content url="http://a.com/1.jpg" medium="image"/>' * 70 + BODY), prefixes=MEDIA), {"text": "大桥今天通车。", "image": "http://a.com/1.jpg"}),
    ("atom's categories", atom('<category term="cj" label="财经"/>'), {"categories": ("财经",)}),
]  # fmt: skip

DATES = {
    "Tue, 30 Nov 2021 15:51:14 GMT": NIGHT,
    "Tue, 30 Nov 2021 15:51:14 +0000": NIGHT,  # as WordPress writes it
    "Tue, 30 Nov 2021 15:51:14 -0000": NIGHT,
    "2021-11-30T15:51:14+0000": NIGHT,
    "Tue, 30 Nov 2021 15:51:14 UT": NIGHT,
    "Tue, 30 Nov 2021 23:51:14 +0800": NIGHT,
    "Tue, 30 Nov 2021 23:51:14 +08:00": NIGHT,
    "Tue,30 Nov 2021 23:51:14 +0800": NIGHT,
    "Tuesday, 30 November 2021 23:51:14 +0800": NIGHT,
    "Wed, 30 Nov 2021 23:51:14 +0800": NIGHT,  # the wrong weekday
    "30 Nov 2021 23:51:14 +0800": NIGHT,
    "30 Nov 21 15:51:14 Z": NIGHT,
    "Tue, 30 Nov 2021 10:51:14 EST": NIGHT,
    "Tue, 30 Nov 2021 23:51:14 GMT+8": NIGHT,
    "Tue, 30 Nov 2021 23:51:14 GMT+08:00": NIGHT,
    "Tue, 30 Nov 2021 23:51:14 CST": NIGHT,  # China's
    "Tue Nov 30 23:51:14 CST 2021": NIGHT,
    "Tue Nov 30 15:51:14 2021 UTC": NIGHT,
    "Tue, 30 Nov 2021 23:51:14": NIGHT,
    "2021-11-30T15:51:14Z": NIGHT,
    "2021-11-30T15:51:14.000Z": NIGHT,
    "2021-11-30T23:51:14+0800": NIGHT,
    "2021-11-30T23:51:14.1234567+08:00": NIGHT.replace(microsecond=123456),
    "2021-11-30 23:51:14": NIGHT,
    "2021-11-30 23:51:14 +0800": NIGHT,
    "2021/11/30 23:51:14": NIGHT,
    "2021-11-30 23:51": NIGHT.replace(second=0),
    "2021年11月30日 23:51:14": NIGHT,
    "2021年11月30日 下午11:51:14": NIGHT,
    "2021年11月30日 晚上11:51:14": NIGHT,
    "2021年11月30日 晚上23:51:14": NIGHT,
    "2021-12-01 凌晨12:30": NIGHT.replace(hour=16, minute=30, second=0),
    "2021-12-01 上午 12:30": NIGHT.replace(hour=16, minute=30, second=0),
    "2021-12-01 晚上 12:30": NIGHT.replace(hour=16, minute=30, second=0),
    "2021-11-30 早上8:30": NIGHT.replace(hour=0, minute=30, second=0),
    "2021-11-30 中午11:30": NIGHT.replace(hour=3, minute=30, second=0),
    "2021-11-30 中午12:30": NIGHT.replace(hour=4, minute=30, second=0),
    "2021-11-30 中午1:30": NIGHT.replace(hour=5, minute=30, second=0),
    "2021-11-30 下午12:30": NIGHT.replace(hour=4, minute=30, second=0),
    "11/30/2021 11:51:14 PM": NIGHT,
    "12/1/2021 12:30 am": NIGHT.replace(hour=16, minute=30, second=0),
    "11/30/2021 11:51:14 PM +0800": NIGHT,
    "30/11/2021 11:51 PM": None,
    "Wed, 01 Dec 2021 00:51:14 JST": NIGHT,
    "Wed Dec 01 00:51:14 JST 2021": NIGHT,
    "2021-11-30 16:51:14 CET": NIGHT,
    "Tue, 30 Nov 2021 16:51:14 BST": NIGHT,
    "Tue, 30 Nov 2021 23:51:14 +0800 (CST)": NIGHT,
    "2021-11-30 23:51:14 +0800 CST": NIGHT,
    "2021-11-30 23:51:14.000 +0800 CST": NIGHT,
    "2021-11-30T23:51:14.0000+08:00": NIGHT,
    "2021-11-30T24:00:00+08:00": NIGHT.replace(hour=16, minute=0, second=0),
    "2021-11-30 24:00": NIGHT.replace(hour=16, minute=0, second=0),
    "Tue, 30 Nov 2021 24:00:00 +0800": NIGHT.replace(hour=16, minute=0, second=0),
    "9999-12-31T24:00:00Z": None,
    "星期二, 30 十一月 2021 23:51:14 +0800": NIGHT,
    "周二, 30 11月 2021 23:51:14 +0800": NIGHT,
    "1638287474": NIGHT,
    "1638287474000": NIGHT,
    "2021-11-30": datetime(2021, 11, 29, 16, tzinfo=UTC),
    "30 Nov 2021": datetime(2021, 11, 29, 16, tzinfo=UTC),
    "Mon, 01 Jan 0001 00:00:00 +0000": None,
    "Thu, 01 Jan 1970 00:00:00 GMT": None,
    "0000-00-00 00:00:00": None,
    "Tue, 31 Feb 2021 25:61:00 GMT": None,
    "刚刚": None,
    "9" * 5000: None,
}

ENCODED: list[tuple[str, bytes, str]] = [
    ("gb2312 with gb18030's letters", ('<?xml version="1.0" encoding="gb2312"?>' + rss(item("", "<title>朱镕基喆</title>"))).encode("gb18030"), ""),
    ("gbk, declared by the server", rss(item("", "<title>朱镕基喆</title>")).encode("gbk"), "text/xml; charset=GBK"),
    ("gbk, declared by nobody", rss(item("", "<title>朱镕基喆</title>")).encode("gbk"), "text/html"),
    ("gbk, said to be utf-8", ('<?xml version="1.0" encoding="utf-8"?>' + rss(item("", "<title>朱镕基喆</title>"))).encode("gbk"), "application/xml"),
    ("utf-8, said to be gb2312", ('<?xml version="1.0" encoding="gb2312"?>' + rss(item("", "<title>朱镕基喆</title>"))).encode(), "text/xml"),
    ("utf-8, by a server of latin letters", rss(item("", "<title>朱镕基喆</title>")).encode(), "text/xml; charset=iso-8859-1"),
    ("utf-8, of text/plain", rss(item("", "<title>朱镕基喆</title>")).encode(), "text/plain"),
    ("utf-8 with a mark", rss(item("", "<title>朱镕基喆</title>")).encode("utf-8-sig"), ""),
    ("utf-16 with a mark", ('<?xml version="1.0" encoding="utf-16"?>' + rss(item("", "<title>朱镕基喆</title>"))).encode("utf-16"), ""),
    ("utf-16 without", rss(item("", "<title>朱镕基喆</title>")).encode("utf-16-be"), ""),
    ("utf-32", rss(item("", "<title>朱镕基喆</title>")).encode("utf-32"), ""),
    ("gb2312 with a character cut in two", ('<?xml version="1.0" encoding="gb2312"?>' + rss(item(full("一_二"), "<title>朱镕基喆</title>"), prefixes=CONTENT)).encode("gbk").replace(b"_", b"\xd6"), "application/xml"),
    ("utf-16, as a document says that is none", ('<?xml version="1.0" encoding="utf-16"?>' + rss(item("", "<title>朱镕基喆</title>"))).encode("gbk"), ""),
    ("what is no encoding of texts", ('<?xml version="1.0" encoding="idna"?>' + rss(item("", "<title>朱镕基喆</title>"))).encode("gbk"), "text/xml; charset=undefined"),
    ("an encoding of bytes", ('<?xml version="1.0" encoding="base64"?>' + rss(item("", "<title>朱镕基喆</title>"))).encode("gbk"), "text/xml; charset=rot13"),
    ("an encoding nobody knows", ("<?xml version='1.0' encoding='x-no'?>" + rss(item("", "<title>朱镕基喆</title>"))).encode(), ""),
]  # fmt: skip


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))

NO_FEEDS = [
    (f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]>{rss(item("<description>&l9;</description>"))}', "entities"),
    ('<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel>&f;</channel></rss>', "entities"),
    ('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://a/x.dtd"> %p;]><rss><channel/></rss>', "entities"),
    ('<!-- <a> --><!doctype r [ <!ENTITY a "b"> ]><rss/>', "entities"),
    (f"<!DOCTYPE r [{'<' * 100_000}", "entities"),
    ("<!DOCTYPE html><html><head><title>x</title></head><body><p>x<br></body></html>", "web page"),
    ("<html><body>404</body></html>", "web page"),
    ("<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>", "no feed"),
    ('{"error": "not found"}', "items"),
    ('{"items": [', "broken"),
    ("[" * 100_000, "broken"),
    ('{"items": ' + "[" * 100_000, "broken"),
    ("not found", "neither"),
    ("", "empty"),
    ("  \n", "empty"),
    ("<", "neither"),
    ("<!--", "neither"),
    (rss("".join(f'<n{i}:a xmlns:n{i}="u{i}"/>' for i in range(101))), "namespaces"),
]  # fmt: skip

MANY = 60_000
HOSTILE = {
    "open tags": rss(item("<description>" + "<p>" * MANY)),
    "open comments": rss(item("<description>" + "<!--" * MANY)),
    "open sections": rss(item("<description>" + "<![CDATA[" * MANY)),
    "ampersands": rss(item("<description>" + "&" * MANY + "</description>")),
    "half references": rss(item("<description>" + "&a" * MANY + "</description>")),
    "angles": "<rss>" + "<" * MANY,
    "prefixes": rss(item("".join(f"<p{i}:a/>" for i in range(MANY // 10)))),
    "tags": rss(item("<category>财经</category>" * MANY)),
    "names": rss(item("".join(f"<n{i}>1</n{i}>" for i in range(MANY // 2)))),
    "namespaces": rss(item("") + "".join(f'<n{i}:a xmlns:n{i}="u{i}"/>' for i in range(MANY // 2))),
    "namespaces of an entry of texts": rss("<title><b/></title>" * (MANY // 6), "", " ".join(f'xmlns:n{i}="u{i}"' for i in range(MANY // 6))),
    "an author as long as a book": rss(item(f"<author>{'a' * MANY}</author>")),
    "an author of many addresses": rss(item(f"<author>{'a.' * MANY}@{'a.' * MANY}</author>")),
    "attributes": rss(item("<a " + "".join(f'a{i}="1" ' for i in range(MANY)) + "/>")),
    "tags of xhtml": atom(xhtml("<b>x</b>" * MANY)),
    "blank lines": "\n" * MANY + rss(item("<description>" + "\n" * MANY + "</description>")),
    "a title of tags": rss(item("", f"<title>{'&lt;b' * MANY}</title>")),
    "a date": rss(item(f"<pubDate>{'1 ' * MANY}</pubDate>")),
    "entries": rss("".join(f"<item><guid>{i}</guid><title>甲{i}</title></item>" for i in range(3000))),
    "guids": rss(item(f"<guid>{'x' * MANY}</guid>")),
    "depth": rss(item("<a>" * MANY)),
}  # fmt: skip
