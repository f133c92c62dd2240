"""What an approval does to the look before a letter goes; told by the room of looks, further up."""

from collections.abc import Callable

from forthright.accounts.models import User
from forthright.letters.models import Letter

BeforeApproving = Callable[[User, Letter], str]
_asked: list[BeforeApproving] = []


def answer_before_approving(before_approving: BeforeApproving) -> None:
    """Have the room of looks say what somebody ought to know before they approve; at start."""
    _asked[:] = [before_approving]


def before_approving(user: User, letter: Letter) -> str:
    """Say what becomes of the look that was given to a person if they approve, or nothing."""
    return " ".join(words for each in _asked if (words := each(user, letter)))
