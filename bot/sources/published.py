"""When an article was published, from the ways that sources write it."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")  # the zone of sources that name none

_NUMBERS = re.compile(
    r"(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?(?:[T\s]*(\d{1,2})[:：时](\d{1,2})(?:[:：](\d{1,2}))?)?"
)
_UNKNOWN_ZONE = re.compile(r"-0000$")  # RFC 822: in UTC, sent from who knows where


def published(raw: str, zone: ZoneInfo = SHANGHAI) -> datetime | None:
    """The instant in UTC, or None when the text gives none that can be used.

    Understood: RFC 822 (`Tue, 30 Nov 2021 23:51:14 GMT`), ISO 8601, and numbers without a zone
    (`2021-10-28 14:08:07`, `2021年10月28日 14:08`), which are taken as in `zone`.
    """
    for read in (datetime.fromisoformat, parsedate_to_datetime, _numbers):
        try:
            at = read(_UNKNOWN_ZONE.sub("+0000", raw.strip()))
            return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _numbers(raw: str) -> datetime:
    match = _NUMBERS.fullmatch(raw)
    if match is None:
        raise ValueError("no date")
    return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
