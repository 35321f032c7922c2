"""What each feature of `likeness` weighs; written by `benchmarks/train_stories.py`."""

BIAS = -2.468
WEIGHTS = {
    "bodies": 0.898,
    "weight": 0.208,
    "heads": 1.241,
    "crossed": 1.589,
    "crossed_least": 1.274,
    "titles": 0.802,
    "titles_own_differ": -0.965,
    "rare": 0.224,
    "rare_bodies": 0.224,
    "figures": 2.211,
    "figures_differ": -1.777,
    "places": 0.698,
    "places_differ": -0.939,
    "days": 1.281,
    "days_differ": -0.645,
    "periods_differ": -1.164,
    "kinds": 0.718,
    "kinds_differ": -1.228,
    "gap": -1.010,
    "copied": 0.848,
    "series_differ": -10.325,
}
