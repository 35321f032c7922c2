"""What must hold when several workers share a PostgreSQL database, measured on a real one.

`python -m benchmarks.workers` runs all; name some to run only those.
"""
