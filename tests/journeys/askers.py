"""Who is asked to open the pages of the test world."""

from forthright.accounts.models import User
from forthright.accounts.permissions import TABLE, Permission
from forthright.peer_checks.models import PeerCheck
from forthright.reviews.models import Feedback, Review, SecondMarking

ENOUGH = 3  # so many things opened, and others are tried only by those who opened them


def those_with(permission: Permission, people: list[User]) -> list[User]:
    """Return one person of each role and unit that may, and each to whom one thing was given.

    What was given to one person opens for nobody else: letters to mark and to look at, feedback.
    """
    may = [each for each in people if permission in TABLE[each.role]]
    some = set({(each.role, each.unit_id): each for each in reversed(may)}.values())
    given_to = GIVEN_TO.get(permission, set)()
    return [each for each in may if each.pk in given_to or each in some]


GIVEN_TO = {
    Permission.REVIEW_MARK: lambda: {
        *Review.objects.values_list("marker", flat=True),
        *SecondMarking.objects.values_list("marker", flat=True),
    },
    Permission.FEEDBACK_ANSWER: lambda: set(Feedback.objects.values_list("drafter", flat=True)),
    Permission.LETTER_CHECK: lambda: set(PeerCheck.objects.values_list("checker", flat=True)),
}


class Askers:
    """Who is asked to open the things of one page: everybody, then those who opened some.

    Most addresses made of every number lead nowhere, and trying each with everybody takes minutes.
    """

    def __init__(self, people: list[User]):
        self.people = people
        self.openers: list[User] = []
        self.opened = 0

    def turn(self) -> list[User]:
        """Return who tries the next address, in their order."""
        return self.openers if self.opened >= ENOUGH else self.people

    def has_opened(self, person: User) -> None:
        """Let this person be the first to try the next one."""
        self.opened += 1
        self.openers = [person, *(each for each in self.openers if each != person)]
