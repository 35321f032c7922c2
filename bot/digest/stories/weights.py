"""What each feature of `likeness` weighs: see `benchmarks/train_stories.py`."""

BIAS = -3.877
WEIGHTS = {
    "bodies": 1.271,
    "weight": 0.219,
    "heads": 2.018,
    "crossed": 1.964,
    "crossed_least": 1.862,
    "titles": 0.483,
    "titles_own_differ": -0.787,
    "rare": 0.461,
    "rare_bodies": 0.378,
    "figures": 2.838,
    "figures_differ": -1.945,
    "places": 0.410,
    "places_differ": 0.000,
    "titles_places_differ": 0.000,
    "days": 0.825,
    "days_differ": -0.406,
    "periods_differ": -2.702,
    "kinds": 0.896,
    "kinds_differ": -2.117,
    "gap": -0.375,
    "copied": 0.362,
    "series_differ": -14.014,
}
