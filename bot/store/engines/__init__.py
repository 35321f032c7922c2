"""The engines, each with what only it knows: SQLite is the default, PostgreSQL an extra."""
