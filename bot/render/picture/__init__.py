"""Pictures: SVG of text, rails and bars, measured with the font that draws it, as PNG.

Nothing here reads data; what is drawn is what the text messages show.
"""

from bot.render.picture.png import png
from bot.render.picture.theme import DARK, LIGHT, Theme
from bot.render.picture.timeline import Sheet, timeline
from bot.render.picture.trends import trends

__all__ = ["DARK", "LIGHT", "Sheet", "Theme", "png", "timeline", "trends"]
