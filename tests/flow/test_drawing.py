"""Drawing in a process of its own: once each, given up in time, begun again."""

import asyncio
import sys

import pytest

from bot.errors import DrawingError
from bot.flow.drawing import COMMAND, Drawing
from bot.render.picture import svg

ONCE = "import sys; sys.stdin.buffer.read(4); sys.stdout.buffer.write(bytes([0, 0, 0, 9, 1]))"
NEVER = "import sys; sys.stdin.buffer.read()"


def page(number: int) -> str:
    return svg.document(40, 40, "#ffffff", svg.text(2, 20, str(number), 12, "#000000"))


async def test_pictures_are_drawn_and_kept_by_what_is_on_them() -> None:
    drawing = Drawing()
    try:
        one, same, other = await asyncio.gather(*map(drawing.picture, (page(1), page(1), page(2))))
    finally:
        await drawing.close()
    assert one is same
    assert one.name != other.name
    assert one.png.startswith(b"\x89PNG")
    assert await drawing.picture(page(1)) is one  # nothing needs to be drawn


async def test_those_used_longest_ago_are_forgotten() -> None:
    plenty = Drawing()
    sizes = [len((await plenty.picture(page(number))).png) for number in (1, 2, 3)]
    await plenty.close()
    drawing = Drawing(most=sum(sizes) - 1)  # room for two
    try:
        one, two = await drawing.picture(page(1)), await drawing.picture(page(2))
        assert await drawing.picture(page(1)) is one
        await drawing.picture(page(3))
        assert await drawing.picture(page(1)) is one
        assert await drawing.picture(page(2)) is not two
    finally:
        await drawing.close()


async def test_one_larger_than_all_that_may_be_kept_is_drawn_nevertheless() -> None:
    drawing = Drawing(most=1)
    try:
        assert (await drawing.picture(page(1))).png.startswith(b"\x89PNG")
    finally:
        await drawing.close()


async def test_what_is_no_svg_spoils_nothing() -> None:
    drawing = Drawing()
    try:
        with pytest.raises(DrawingError):
            await drawing.picture("<p>")
        assert await drawing.picture(page(1))
    finally:
        await drawing.close()


@pytest.mark.parametrize(
    "command",
    [("false",), ("/nowhere",), (sys.executable, "-c", ONCE), (sys.executable, "-c", NEVER)],
    ids=["ends", "missing", "half an answer", "silent"],
)
async def test_a_process_that_fails_is_given_up_and_begun_again(command: tuple[str, ...]) -> None:
    drawing = Drawing(command, seconds=1)
    with pytest.raises(DrawingError):
        await drawing.picture(page(1))
    drawing._command, drawing._seconds = COMMAND, 20
    try:
        assert await drawing.picture(page(1))
    finally:
        await drawing.close()


async def test_who_leaves_does_not_spoil_the_picture_of_the_next() -> None:
    drawing = Drawing()
    try:
        leaving = asyncio.create_task(drawing.picture(page(1)))
        await asyncio.sleep(0)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        two = await drawing.picture(page(2))
        assert two is await drawing.picture(page(2))
        assert (await drawing.picture(page(1))).png != two.png
    finally:
        await drawing.close()
