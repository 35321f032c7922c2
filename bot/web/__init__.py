"""The worker on HTTP: whether it lives, whether it is ready, what it did; and the webhook's door.

Knows neither Telegram nor the store: it is given what to ask (`Readiness`, `Gauges`) and whom to
hand updates to.
"""
