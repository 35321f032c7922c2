"""A local Bot API and a chat page, for trying and testing; the worker never imports it."""
