"""The subjects' SQL as PostgreSQL's: what the two write differently and mean alike."""

import re
from functools import lru_cache

# SQLite's LIKE and NOCASE look past the case of ASCII letters only, as PostgreSQL does in the
# collation "C", which all texts have.
# PostgreSQL has no text with a NUL, also not within JSON; \u0001 is as good as nowhere either.
_JSON = r"replace(\1, '\\u0000', '\\u0001')::json"
_WORDING = (
    (re.compile(r"\bLIKE\b"), "ILIKE"),
    (re.compile(r"([\w.]+) ([=<>]) ([\w.?]+) COLLATE NOCASE"), r"lower(\1) \2 lower(\3)"),
    (re.compile(r"([\w.]+) COLLATE NOCASE"), r"lower(\1)"),
    (re.compile(r"json_extract\(([\w.]+), '\$\.(\w+)'\)"), rf"({_JSON} ->> '\2')"),
    (re.compile(r"json_each\(([\w.]+), '\$\.(\w+)'\)"), rf"json_each({_JSON} -> '\2')"),
    (re.compile(r"json_each\((\?\d*)\)"), r"json_each(\1::json)"),
    (re.compile(r"\bjson_each\b"), "json_array_elements_text"),
    (re.compile(r"json_group_array\((\w+)\)"), r"coalesce(json_agg(\1), '[]')::text"),
)  # fmt: skip
_STRING_OR_MARK = re.compile(r"'(?:[^']|'')*'|\?(\d*)")


@lru_cache(512)
def translated(sql: str) -> str:
    """A statement with `?` or `?2` for its parameters as one with `$1`, `$2`, …"""
    for pattern, wording in _WORDING:
        sql = pattern.sub(wording, sql)
    count = 0

    def number(found: re.Match[str]) -> str:
        nonlocal count
        if found[0][0] == "'":
            return found[0]
        count += 1
        return f"${found[1] or count}"

    return _STRING_OR_MARK.sub(number, sql)
