"""What each feature of `likeness` weighs: see `benchmarks/train_stories.py`."""

BIAS = -3.676
WEIGHTS = {
    "bodies": 1.681,
    "weight": 0.277,
    "heads": 1.872,
    "crossed": 2.086,
    "crossed_least": 1.786,
    "titles": 1.352,
    "titles_own_differ": -0.812,
    "rare": 0.369,
    "rare_bodies": 0.319,
    "figures": 2.543,
    "figures_differ": -1.845,
    "places": 0.137,
    "places_differ": 0.000,
    "titles_places_differ": 0.000,
    "days": 0.556,
    "days_differ": -0.471,
    "periods_differ": -2.681,
    "kinds": 0.527,
    "kinds_differ": -2.562,
    "gap": -0.843,
    "copied": 0.000,
    "series_differ": -15.475,
}
