"""The worker for hours in shortened time: does what it holds grow?

`python -m benchmarks.soak --hours 2 --minutes 3`. Its clock runs ahead; everything else is real: a
process of its own on a local Bot API that now and then fails, feeds that always bring news, readers
who ask, digests that are due.
"""
