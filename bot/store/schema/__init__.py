"""The tables, as migrations: forward only, each in one transaction with its record.

Never change a migration that was released; add one, and a test that upgrades a file from the one
before. Instants are ISO 8601 texts in UTC of fixed width, so that they sort. The files follow one
another: each adds its migrations behind those of the one before.
"""

from bot.store.schema.reading import migrations

__all__ = ["migrations"]
