"""The error tree.

    MailuoError
    ├── ConfigError      a setting is missing or wrong; names the setting and what to do
    ├── DrawingError     a picture could not be drawn; the same may be drawn the next time
    ├── ReadError        an article cannot be read; becomes a `Rejection`
    └── StoreError       the database file cannot be opened or used

Faults of the environment (a bad file, a wrong setting, a full disk) are wrapped in these; bugs are
not, they keep their own type and their traceback.
"""


class MailuoError(Exception):
    """Something outside the program is not as it must be; the text says what to do."""


class ConfigError(MailuoError):
    """A setting is missing or wrong."""


class DrawingError(MailuoError):
    """A picture could not be drawn."""


class ReadError(MailuoError):
    """A file or entry is not an article we can read."""


class StoreError(MailuoError):
    """The database file cannot be opened or used."""
