"""The bot's words in Traditional Chinese: Simplified in other characters, and what is said otherwise."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from bot.render.traditional import traditional
from bot.render.words.catalogue import Catalogue

# What is converted, and what is said instead in Taiwan and Hong Kong; in this order.
_SAID = (
    ("“", "「"),
    ("”", "」"),
    ("里", "裡"),  # never a mile in our words
    ("報道", "報導"),
    ("發佈", "發布"),
    ("打開", "開啟"),
    ("設置", "設定"),
    ("默認", "預設"),
    ("鏈接", "連結"),
    ("網絡", "網路"),
    ("信息", "訊息"),
    ("發消息", "傳訊息"),
    ("導入", "匯入"),
    ("導出", "匯出"),
    ("保存", "儲存"),
    ("添加", "新增"),
    ("數據", "資料"),
    ("屏蔽", "封鎖"),
    ("搜索", "搜尋"),
    ("視頻", "影片"),
    ("賬號", "帳號"),
    ("關鍵詞", "關鍵字"),
    ("命令", "指令"),
    ("發送", "傳送"),
    ("直接發一個詞", "輸入關鍵字"),
    ("發一個詞", "輸入關鍵字"),
    ("群裡", "群組裡"),
    ("這個聊天", "這個聊天室"),
    ("那個聊天", "那個聊天室"),
    ("一個聊天", "一個聊天室"),
    ("免打擾", "勿擾"),
    ("推送", "推播"),
    ("退訂", "取消訂閱"),
    ("關注", "追蹤"),
    ("時間線", "時間軸"),
    ("欄目", "分類"),
    ("彙總", "彙整"),
    ("點擊", "點選"),
    ("質量", "品質"),
    ("季度", "季"),
    ("攢", "累積"),
    ("條", "則"),
    ("已贊", "已按讚"),
    ("再點一次", "再按一次"),
    ("訂閱源", "訂閱來源"),
    ("有個話題", "有個主題"),
    ("開啟它", "點開它"),
    ("反饋", "回報"),
    ("回復", "回覆"),
    ("則消息", "則訊息"),
    ("域名", "網域"),
    ("服務器", "伺服器"),
    ("內網地址", "內部網路的位址"),
    ("公網地址", "公開網路的位址"),
    ("端口", "連接埠"),
    ("只支持", "只支援"),
    ("用戶名", "使用者名稱"),
    ("程序出錯", "程式出錯"),
    ("運行日誌", "執行記錄"),
    ("社交", "社群"),
    ("短影片", "短影音"),
    ("群和", "群組和"),
    ("任何聊天", "任何聊天室"),
    ("末尾", "最後"),
    ("私聊我", "私訊我"),
    ("不能恢復", "無法復原"),
    ("全部恢復預設", "全部還原預設值"),
)
# What no rule gives.
_OTHERWISE: Mapping[str, Mapping[str, str] | str] = {
    "commands": {"language": "語言：/language 繁體"},
    "in_topic": "主題 {topic}",
    "event_kinds": {"figure": "數據"},
    "flags": {
        "empty-body": "原文沒有內文。",
        "text-dropped": "全文已過保存期限，只留下引用過的句子。",
    },
    "precision": {"week": "週"},
    "cities": {"Asia/Dubai": "杜拜", "Australia/Sydney": "雪梨"},
}


def traditional_of(simplified: Catalogue) -> Catalogue:
    """A whole catalogue converted."""
    converted: dict[str, Any] = {
        field.name: _converted(getattr(simplified, field.name)) for field in fields(simplified)
    }
    for name, said in _OTHERWISE.items():
        converted[name] = said if isinstance(said, str) else converted[name] | said
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
