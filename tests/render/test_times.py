"""Times as one says them, in the chat's zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.times import ago, moment
from tests.writing import NOW, READER  # noon of 2021-12-07 in Shanghai


@pytest.mark.parametrize(
    ("age", "shown"),
    [
        (timedelta(0), "刚刚"),
        (timedelta(seconds=59), "刚刚"),
        (timedelta(seconds=-30), "刚刚"),
        (timedelta(minutes=1), "1 分钟前"),
        (timedelta(minutes=59, seconds=59), "59 分钟前"),
        (timedelta(hours=1), "1 小时前"),
        (timedelta(hours=3, minutes=50), "3 小时前"),
        (timedelta(hours=12), "12 小时前"),  # midnight, still the same day
        (timedelta(hours=12, minutes=1), "昨天 23:59"),
        (timedelta(hours=27, minutes=50), "昨天 08:10"),
        (timedelta(hours=36, minutes=1), "12月5日"),
        (timedelta(days=7), "11月30日"),
        (timedelta(days=365), "2020年12月7日"),
        (timedelta(minutes=-10), "今天 12:10"),
    ],
)
def test_ago(age: timedelta, shown: str) -> None:
    assert ago(NOW - age, READER) == shown


def test_shortly_after_midnight_the_evening_is_some_hours_ago() -> None:
    one = datetime(2021, 12, 6, 17, 0, tzinfo=UTC)  # 01:00 in Shanghai
    assert ago(one - timedelta(hours=2), replace(READER, now=one)) == "2 小时前"


def test_the_zone_decides_what_is_yesterday() -> None:
    at = NOW - timedelta(hours=13)
    assert ago(at, READER) == "昨天 23:00"
    assert ago(at, replace(READER, zone=ZoneInfo("America/New_York"))) == "13 小时前"


def test_an_unknown_time_says_so() -> None:
    assert ago(None, READER) == moment(None, READER)


@given(st.timedeltas(timedelta(days=-10_000), timedelta(days=10_000)))
def test_every_time_can_be_said(age: timedelta) -> None:
    assert ago(NOW - age, READER)
