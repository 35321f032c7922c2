"""What each feature of `likeness` weighs: see `benchmarks/train_stories.py`."""

BIAS = -3.076
WEIGHTS = {
    "bodies": 0.741,
    "weight": 0.255,
    "heads": 0.996,
    "crossed": 1.393,
    "crossed_least": 1.047,
    "titles": 0.792,
    "titles_own_differ": -0.800,
    "rare": 0.449,
    "rare_bodies": 0.410,
    "figures": 2.566,
    "figures_differ": -1.658,
    "places": 0.274,
    "places_differ": -0.763,
    "days": 0.637,
    "days_differ": -0.567,
    "periods_differ": -1.695,
    "kinds": 0.654,
    "kinds_differ": -2.113,
    "gap": -0.692,
    "copied": 0.000,
    "series_differ": -10.937,
}
