"""Who is in a chat and what they may do there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.core import Person
from bot.sandbox.updates import Json

STATUSES = ("creator", "administrator", "member", "left", "kicked")
PRESENT = ("creator", "administrator", "member")
ADMINISTRATORS = ("creator", "administrator")

_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")


@dataclass(slots=True)
class Member:
    """One who is or was in a chat.

    Args:
        user: as the Bot API's User.
        status: one of `STATUSES`.
        anonymous: an administrator who speaks as the chat.
    """

    user: Json
    status: str = "member"
    anonymous: bool = False

    @property
    def present(self) -> bool:
        """Whether they are in the chat now."""
        return self.status in PRESENT

    def described(self, kind: str) -> Json:
        """As the Bot API's ChatMember, in a chat of that kind."""
        one: Json = {"status": self.status, "user": self.user}
        if self.status == "creator":
            return {**one, "is_anonymous": self.anonymous}
        if self.status == "kicked":
            return {**one, "until_date": 0}
        if self.status == "administrator":
            rights = {"can_be_edited": False} | dict.fromkeys(_RIGHTS, True)
            if kind == "channel":
                rights |= dict.fromkeys(_CHANNEL_RIGHTS, True)
            return {**one, "is_anonymous": self.anonymous, **rights}
        return one


@dataclass(slots=True)
class Members:
    """All who are or were in a chat, the bot among them."""

    by_id: dict[int, Member] = field(default_factory=dict)

    def put(self, person: Person, status: str = "member") -> Member:
        """Somebody has this status now."""
        self.by_id[person.id] = Member(person.user(), status)
        return self.by_id[person.id]

    def administrators(self) -> Iterator[Member]:
        """Creator and administrators."""
        return (m for m in self.by_id.values() if m.status in ADMINISTRATORS)

    def count(self) -> int:
        """How many are there now."""
        return sum(m.present for m in self.by_id.values())
