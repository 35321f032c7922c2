"""What each feature of `likeness` weighs: see `benchmarks/train_stories.py`."""

BIAS = -3.124
WEIGHTS = {
    "bodies": 0.742,
    "weight": 0.242,
    "heads": 0.981,
    "crossed": 1.416,
    "crossed_least": 1.046,
    "titles": 0.920,
    "titles_own_differ": -0.778,
    "rare": 0.430,
    "rare_bodies": 0.399,
    "figures": 2.727,
    "figures_differ": -2.086,
    "places": 0.275,
    "places_differ": -0.680,
    "days": 0.733,
    "days_differ": -0.549,
    "periods_differ": -1.653,
    "kinds": 0.628,
    "kinds_differ": -2.115,
    "gap": -0.685,
    "copied": 0.000,
    "series_differ": -10.683,
}
