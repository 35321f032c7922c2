"""Live feeds measured against servers of our own in a process of their own.

`python -m benchmarks.feeds` runs everything; name some to run only these: rounds, latency, faults,
ssrf. Timings are ratios against a reference of the same run; the articles are made up.
"""
