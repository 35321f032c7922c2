"""Delivery measured against a local Bot API in a process of its own.

`python -m benchmarks.delivery` runs everything; name some to run only these: kill, storm, rate,
overhead, latency, due. Timings are ratios against a reference of the same run.
"""
