"""What each feature of `likeness` weighs: see `benchmarks/train_stories.py`."""

BIAS = -3.638
WEIGHTS = {
    "bodies": 1.692,
    "weight": 0.275,
    "heads": 1.886,
    "crossed": 2.090,
    "crossed_least": 1.791,
    "titles": 1.358,
    "titles_own_differ": -0.794,
    "rare": 0.364,
    "rare_bodies": 0.312,
    "figures": 2.541,
    "figures_differ": -1.855,
    "places": 0.127,
    "places_differ": 0.000,
    "titles_places_differ": 0.000,
    "days": 0.565,
    "days_differ": -0.477,
    "periods_differ": -2.699,
    "kinds": 0.502,
    "kinds_differ": -2.568,
    "gap": -0.856,
    "copied": 0.000,
    "series_differ": -15.463,
}
