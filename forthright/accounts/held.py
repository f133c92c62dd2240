"""What is still in somebody's hands, as each room says it of its own work, and what becomes of it.

Rooms that keep work say so once, at start: closing an account happens below them all, and whoever
closes one should know what is left and who has to do something about it.
"""

from collections.abc import Callable

from forthright.accounts.models import User

HeldBy = Callable[[User], list[str]]
_asked: dict[str, HeldBy] = {}


def answer_held(room: str, held_by: HeldBy) -> None:
    """Have a room say what somebody holds: a sentence each, with numbers and no case in it."""
    _asked[room] = held_by


def still_held_by(person: User) -> list[str]:
    """Return what a person still holds and what becomes of it, a sentence for each kind of work."""
    return [words for held_by in _asked.values() for words in held_by(person)]
