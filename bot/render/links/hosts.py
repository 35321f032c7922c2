"""What is known of single hosts: their kind, redirectors, shorteners, and what they track with.

A name stands for itself and all that lie under it; the longest that fits decides.
"""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from bot.model.links import LinkKind

_KINDS = {
    LinkKind.SHOPPING: """
        taobao.com tmall.com tmall.hk tb.cn taobao.global 1688.com aliexpress.com alibaba.com
        goofish.com jd.com jd.hk 3.cn pinduoduo.com yangkeduo.com pddpic.com temu.com suning.com
        vip.com dangdang.com gome.com.cn kaola.com youzan.com mogu.com smzdm.com vmall.com mi.com
        amazon.com amazon.cn amazon.co.jp amzn.to ebay.com shein.com shopee.tw momoshop.com.tw
        haohuo.jinritemai.com
    """,
    LinkKind.VIDEO: """
        douyin.com iesdouyin.com tiktok.com kuaishou.com chenzhongtech.com gifshow.com ixigua.com
        bilibili.com b23.tv youtube.com youtu.be youku.com iqiyi.com v.qq.com m.v.qq.com
        weishi.qq.com channels.weixin.qq.com haokan.baidu.com miaopai.com mgtv.com acfun.cn
    """,
    LinkKind.SOCIAL: """
        weibo.com weibo.cn zhihu.com xiaohongshu.com xhslink.com douban.com tieba.baidu.com
        facebook.com fb.com fb.me twitter.com x.com instagram.com threads.net t.me telegram.me
        reddit.com linkedin.com discord.com discord.gg qzone.qq.com jike.city okjike.com
        plurk.com dcard.tw line.me whatsapp.com wa.me
    """,
}
KINDS = {host: kind for kind, hosts in _KINDS.items() for host in hosts.split()}

# Where the real address stands in the query, and under which names.
REDIRECTORS = {
    "link.zhihu.com": ("target",),
    "link.juejin.cn": ("target",),
    "link.csdn.net": ("target",),
    "gitee.com/link": ("target",),
    "jianshu.com/go-wild": ("url",),
    "jianshu.com/go": ("to", "url"),
    "oschina.net/action/gotolink": ("url",),
    "weibo.cn/sinaurl": ("u", "toasturl"),
    "t.cn/sinaurl": ("u",),
    "c.pc.qq.com": ("pfurl", "url"),
    "docs.qq.com/scenario/link.html": ("url",),
    "mail.qq.com/cgi-bin/mail_spam": ("url", "gourl"),
    "weixin110.qq.com": ("url",),
    "steamcommunity.com/linkfilter": ("u", "url"),
    "google.com/url": ("q", "url"),
    "google.com.hk/url": ("q", "url"),
    "youtube.com/redirect": ("q",),
    "l.facebook.com/l.php": ("u",),
    "lm.facebook.com/l.php": ("u",),
    "l.instagram.com": ("u",),
    "out.reddit.com": ("url",),
    "duckduckgo.com/l": ("uddg",),
    "vk.com/away.php": ("to",),
    "slack-redir.net/link": ("url",),
    "safelinks.protection.outlook.com": ("url",),
    "linkedin.com/redir/redirect": ("url",),
    "s.click.taobao.com": ("u_url",),
    "union-click.jd.com": ("to",),
}
_SHORTENERS = """
    t.cn url.cn w.url.cn dwz.cn suo.im suo.nz sourl.cn mrw.so 0x9.me tb.cn 3.cn u.jd.com
    b23.tv v.douyin.com v.kuaishou.com xhslink.com p.pinduoduo.com t.co bit.ly tinyurl.com
    goo.gl is.gd ow.ly buff.ly rb.gy cutt.ly tiny.cc amzn.to fb.me lnkd.in reurl.cc pse.is
    ppt.cc
"""
SHORTENERS = dict.fromkeys(_SHORTENERS.split(), True)

# Names in a query that only tell who shared a link, and where.
_TRACKERS = """
    spm scm pvid ali_trackid gclid gbraid wbraid dclid fbclid yclid msclkid twclid igshid
    igsh mc_cid mc_eid _hsenc _hsmi vd_source share_token share_source share_medium
    share_plat share_from share_id shareid share_session_id share_tag share_times
    share_crt_v sharer_shareinfo sharer_shareinfo_first share_to share_uid shareuid
    share_app_id share_link_id wxshare_count wx_share isappinstalled from_source from_spmid
    spm_id_from utm hmsr hmpl hmcu hmkw hmci ref_src ref_url bd_vid _trackparms wt_mc
"""
TRACKERS = frozenset(_TRACKERS.split())
TRACKER_PREFIXES = ("utm_", "share_info", "mtm_", "pk_", "hmsr_")
# Harmless elsewhere, tracking here.
TRACKERS_OF = {
    "mp.weixin.qq.com": "chksm scene srcid from clicktime enterid ascene devicetype version nettype"
    " exportkey pass_ticket subscene sessionid realreporttime wx_header lang abtest_cookie",
    "weibo.com": "from wm type vt mod sourcetype jumpfrom ref luicode lfid",
    "weibo.cn": "from wm sourcetype luicode lfid featurecode oid",
    "bilibili.com": "from seid buvid mid plat_id p_id timestamp unique_k ts is_story_h5 bbid up_id",
    "taobao.com": "ut_sk sourcetype suid un cpp shareurl short_name bxsign app sm tk sp_tk price"
    " from_id ali_refid trackinfo abbucket ns pvid",
    "tmall.com": "ut_sk sourcetype suid un cpp shareurl short_name bxsign app sm tk sp_tk price"
    " ali_refid trackinfo abbucket ns pvid rn",
    "jd.com": "from cu ad_od sid un_area gx gxd jd_pop ptag",
    "toutiao.com": "from app timestamp tt_from group_id_from req_id use_new_style wid log_from",
    "douyin.com": "previous_page from timestamp region mid u_code did iid with_sec_did titletype",
    "iesdouyin.com": "previous_page from timestamp region mid u_code did iid titletype",
    "xiaohongshu.com": "xsec_source app_platform app_version apptime author_share type shareredid",
    "zhihu.com": "from hybrid_search_source hybrid_search_extra",
    "36kr.com": "f from channel",
    "163.com": "from spss spsnuid spsdevid spsvid spsshare spsts spstoken s f clickfrom",
    "sina.com.cn": "from wm r vt pos cre mod loc",
    "sohu.com": "_trans_ from edtsign edtcode scm_id",
    "ifeng.com": "from aman gud",
    "qq.com": "from pgv_ref ptlang adtag",
    "thepaper.cn": "from commtag",
    "cnbeta.com": "from",
    "amazon.com": "ref ref_ tag pd_rd_w pd_rd_r pd_rd_wg pf_rd_p pf_rd_r psc qid sr",
    "youtube.com": "si feature pp ab_channel",
    "youtu.be": "si feature",
    "x.com": "s t",
    "twitter.com": "s t",
}  # fmt: skip

Value = TypeVar("Value")


def known(host: str, table: Mapping[str, Value]) -> Value | None:
    """What a table holds of a host, or of the nearest name above it."""
    return next((table[name] for name in above(host) if name in table), None)


def above(host: str) -> Iterator[str]:
    """The host itself, then the names above it: a.b.cn, b.cn, cn."""
    while host:
        yield host
        host = host.partition(".")[2]
