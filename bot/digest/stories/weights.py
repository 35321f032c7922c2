"""What each feature of `likeness` weighs: see `benchmarks/train_stories.py`."""

BIAS = -3.880
WEIGHTS = {
    "bodies": 1.200,
    "weight": 0.218,
    "heads": 1.968,
    "crossed": 1.888,
    "crossed_least": 1.793,
    "titles": 0.503,
    "titles_own_differ": -0.790,
    "rare": 0.470,
    "rare_bodies": 0.382,
    "figures": 2.830,
    "figures_differ": -1.952,
    "places": 0.000,
    "places_differ": 0.000,
    "titles_places_differ": 0.000,
    "days": 0.832,
    "days_differ": -0.419,
    "periods_differ": -2.682,
    "kinds": 0.940,
    "kinds_differ": -2.123,
    "gap": -0.406,
    "copied": 0.278,
    "series_differ": -13.959,
}
