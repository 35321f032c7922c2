"""The only place with SQL: one SQLite file, one writer, a few readers, one class a subject.

To add a subject, write a small class beside `articles.py` that is given the `Engine`, whose methods
speak of the subject (`due(now, limit)`, not `select(...)`), and hang it on `Store`.
"""

from bot.store.filing import Find
from bot.store.instance import only_one, without_worker
from bot.store.store import Store

__all__ = ["Find", "Store", "only_one", "without_worker"]
