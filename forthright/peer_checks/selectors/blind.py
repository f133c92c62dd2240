"""Which markings somebody is not to know yet; told by the room of marks, which is further up."""

from collections.abc import Callable, Iterable

from forthright.accounts.models import User

MarkedBlindBy = Callable[[User], Iterable[int]]
_asked: list[MarkedBlindBy] = []


def answer_blind(marked_blind_by: MarkedBlindBy) -> None:
    """Have the room of marks answer whose letters somebody marks blind; it says so at start."""
    _asked[:] = [marked_blind_by]


def not_to_know(user: User) -> list[int]:
    """Return by number the markings of letters that a person has yet to mark without them."""
    return [number for each in _asked for number in each(user)]
