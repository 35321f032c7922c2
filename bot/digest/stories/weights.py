"""What each feature of `likeness` weighs: see `benchmarks/train_stories.py`."""

BIAS = -5.501
WEIGHTS = {
    "bodies": 0.667,
    "weight": 0.332,
    "heads": 0.754,
    "crossed": 1.512,
    "crossed_least": 1.055,
    "titles": 1.102,
    "titles_own_differ": -0.581,
    "rare": 0.603,
    "rare_bodies": 0.591,
    "figures": 2.729,
    "figures_differ": -1.766,
    "places": 0.245,
    "places_differ": -0.932,
    "days": 0.447,
    "days_differ": -0.622,
    "periods_differ": -1.727,
    "kinds": 1.543,
    "kinds_differ": -1.005,
    "gap": -0.551,
    "copied": 0.000,
    "series_differ": -11.997,
}
