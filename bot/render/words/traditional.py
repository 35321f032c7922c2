"""The bot's words in Traditional Chinese: Simplified in other characters, and what is said otherwise."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from bot.render.traditional import traditional
from bot.render.words.catalogue import Catalogue

# What is converted, and what is said instead in Taiwan and Hong Kong.
_SAID = (
    ("設置", "設定"),
    ("鏈接", "連結"),
    ("信息", "訊息"),
    ("導入", "匯入"),
    ("導出", "匯出"),
    ("數據", "資料"),
    ("屏蔽", "封鎖"),
    ("搜索", "搜尋"),
    ("視頻", "影片"),
    ("發送", "傳送"),
    ("群裡", "群組裡"),
)


def traditional_of(simplified: Catalogue) -> Catalogue:
    """A whole catalogue converted."""
    converted: dict[str, Any] = {
        field.name: _converted(getattr(simplified, field.name)) for field in fields(simplified)
    }
    return replace(simplified, **converted | {"name": "繁體", "code": "zh-hant"})


def _converted(said: Any) -> Any:
    if isinstance(said, str):
        return _worded(traditional(said))
    if isinstance(said, Mapping):
        return {key: _converted(value) for key, value in said.items()}
    return tuple(_converted(value) for value in said)


def _worded(said: str) -> str:
    for literal, usual in _SAID:
        said = said.replace(literal, usual)
    return said
