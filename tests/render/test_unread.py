"""Why a feed cannot be read, as those who keep the bot read it in the chat."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.render.notes import QUERY_UNITS
from bot.render.rich import units
from bot.render.unread import unread
from bot.render.words import ENGLISH, every
from bot.sources import guard
from tests.writing import READER, ROOT

HAN = re.compile("[一-鿿]")

SOURCES = ROOT / "bot" / "sources"
# Where it is said why a feed cannot be read, and how: in a call of these, or as what is returned.
SAYING = [
    *(SOURCES / f"{name}.py" for name in ("fetch", "guard", "rsshub", "standing", "unpack")),
    *sorted((SOURCES / "feeds").glob("*.py")),
    *(ROOT / "bot" / "flow" / f"{name}.py" for name in ("poll", "looking", "workers")),
]
CALLS = {"Failed", "Found", "ReadError", "Refused", "ConnectError"}
FILLED = "503"  # stands for what a sentence is filled with
ONLY_FILLED = f"{FILLED} is {FILLED}: {FILLED}"  # the last of them is a sentence of its own


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("it moved to where feed 7 is read", "已搬到 7 号订阅源的网址"),
        ("HTTP 503", "服务器回答 HTTP 503"),
        ("HTTP 410", "服务器回答 HTTP 410"),
        ("HTTP 410: gone for good", "永久关闭"),
        ("no whole answer within 30 seconds", "30 秒内没有读完"),
        ("no connection: the name nonsense is not known: Name or service not known", "找不到"),
        ("no connection: news.example is 169.254.1.1: it is of the local network or a cloud's own",
         "不是公网地址"),
        ("it is this machine", "自己的服务器要先写进 allowed_hosts"),
        ("no connection: news.example is 10.0.0.1: it is of a private network", "内网"),
        ("no connection: 240.0.0.1 is 240.0.0.1: it is nobody's", "不是公网地址"),
        ("a redirect from outside to an allowed host", "不是公网地址"),
        ("port 22 is not one of the web", "端口 22"),
        ("only http and https are fetched", "只支持 http"),
        ("the address holds a user name or password", "用户名或密码"),
        ("more than 5 redirects", "跳转"),
        ("a redirect to what is no address", "跳转"),
        ("the address is not one", "网址不对"),
        ("the address names no host", "网址不对"),
        ("the answer is not HTTP: Server disconnected", "不是 HTTP"),
        ("no connection: it was cut off", "连接不上"),
        ("the body is larger than 10 MiB", "超过 10 MiB"),
        ("the packed body was cut off", "压缩"),
        ("the body is packed in a way that was not asked for: br", "压缩"),
        ("this is a web page, not a feed", "没有订阅源"),
        ("no feed there, nor named on the page (this is a web page, not a feed)", "没有订阅源"),
        ("no feed there, nor named on the page (the answer is empty)", "是空的"),
        ("no feed there, nor named on the page (the XML is broken: mismatched tag)", "有损坏"),
        ("this is XML, but no feed: <html>", "没有订阅源"),
        ("this is neither XML nor JSON", "没有订阅源"),
        ("the XML is broken: mismatched tag", "有损坏"),
        ("the document declares entities of its own, which are not allowed", "有损坏"),
        ("rsshub:// names no route; write it as rsshub://zhihu/hot", "路由"),
        ("no RSSHub instance is set, so rsshub:// cannot be read", "RSSHub 实例"),
        ("a.example: HTTP 502; b.example: no connection: refused", "HTTP 502"),
        ("a defect of ours: ValueError('x')", "运行日志"),
    ],
)  # fmt: skip
def test_reasons_are_told_in_the_readers_language(reason: str, said: str) -> None:
    assert said in unread(reason, READER)
    for words in every():
        told = unread(reason, replace(READER, words=words))
        assert told != reason or words is ENGLISH
        assert units(told) <= QUERY_UNITS  # or its end would be cut off
        assert "{" not in told
        assert bool(HAN.search(told)) == (words is not ENGLISH)


def sentences(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else FILLED for one in node.values)
        yield "".join(map(str, parts))
    elif isinstance(node, ast.Constant):
        yield str(node.value)
    else:
        for inner in ast.iter_child_nodes(node):
            yield from sentences(inner)


def reasons_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            found = node if name in CALLS else None
        else:
            found = node if isinstance(node, ast.Return) else None
        yield from (said for said in sentences(found) if " " in said.strip()) if found else ()


def test_every_reason_that_the_code_gives_is_known() -> None:
    given = {said for path in SAYING for said in reasons_of(path)} | set(guard.INSIDE)
    assert len(given) > 30
    assert [said for said in given if unread(said, READER) == said] == [ONLY_FILLED]


def test_what_is_not_known_is_told_as_it_is() -> None:
    assert unread("something new", READER) == "something new"
