"""The two small buttons under a story: what a press says, packed into callback data and back.

The form is `v.story.method.version.vote`, for example `v.12.b.3.u`; anything else unpacks to None.
The button carries how the story was told when it was shown, for that is what is judged.
"""

import re
from dataclasses import replace

from bot.model import DIGEST_VERSION, Button, Method, Vote, VoteKind
from bot.render.keys import Row
from bot.render.reader import Reader

SIGNS = {VoteKind.UP: "👍", VoteKind.DOWN: "👎"}

_METHODS = dict(zip("hlbfu", Method, strict=True))
_VOTES = {"u": VoteKind.UP, "d": VoteKind.DOWN}
_FORM = re.compile(r"v\.(\d{1,12})\.([hlbfu])\.(\d{1,6})\.([ud])", re.ASCII)


def keys(story: int, method: Method) -> Row:
    """👍 and 👎 for a story as it is shown now."""
    return tuple(
        Button(sign, data=pack(Vote(story, method, DIGEST_VERSION, kind)))
        for kind, sign in SIGNS.items()
    )


def pack(vote: Vote) -> str:
    """The vote as callback data; always within 64 bytes."""
    method = next(sign for sign, value in _METHODS.items() if value is vote.method)
    kind = next(sign for sign, value in _VOTES.items() if value is vote.kind)
    return f"v.{vote.story}.{method}.{vote.version}.{kind}"


def unpack(data: str) -> Vote | None:
    """The vote that `pack` wrote, or None for anything else."""
    match = _FORM.fullmatch(data)
    if match is None:
        return None
    story, method, version, kind = match.groups()
    return Vote(int(story), _METHODS[method], int(version), _VOTES[kind])


def of_story(vote: Vote, story: int) -> Vote:
    """The vote for the story that the one it names was merged into."""
    return replace(vote, story=story)


def thanks(before: VoteKind | None, now: VoteKind | None, reader: Reader) -> str:
    """What a press is answered with.

    Args:
        before: how the same reader had judged.
        now: how they judge from now on; None where they took it back.
        reader: who pressed.
    """
    words = reader.words
    if now is None:
        return words.vote_taken_back
    if before is not None and before is not now:
        return words.vote_changed.format(vote=SIGNS[now])
    return words.liked if now is VoteKind.UP else words.disliked
