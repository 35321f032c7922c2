"""SVG to PNG, with our font alone, so that every machine draws the same."""

from resvg_py import svg_to_bytes

from bot.render.picture import font

SCALE = 2  # pixels a unit: sharp on a phone, below what Telegram would shrink much


def png(svg: str) -> bytes:
    """A picture as the bytes of a PNG.

    Raises:
        ValueError: not an SVG.
    """
    return svg_to_bytes(
        svg_string=svg,
        zoom=SCALE,
        skip_system_fonts=True,
        font_files=[str(font.path())],
        font_family=font.FAMILY,
        sans_serif_family=font.FAMILY,
        text_rendering="geometric_precision",
    )
