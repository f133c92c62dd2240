"""Who is asked to open the pages of the test world."""

from forthright.accounts.models import User
from forthright.accounts.permissions import TABLE, Permission
from forthright.peer_checks.models import PeerCheck
from forthright.reviews.models import Feedback, Review, SecondMarking

ENOUGH = 3  # so many things opened, and others are tried only by those who opened them
NO_MORE = 30  # so many addresses in a row without a new look, and the page is left


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


def markers() -> dict[str, int]:
    """Return the pages' addresses of drawn letters that have marks, with who gives them."""
    marked = Review.objects.values_list("drawn_letter", "marker")
    return {f"/reviews/{letter}/": marker for letter, marker in marked}


# What only whoever began it can open: by page, who that is by what stands in the address.
OWN = {
    "reviews/<int:drawn_letter_id>/check/": markers,
    "reviews/<int:drawn_letter_id>/feedback/": markers,
}


class Askers:
    """Who is asked to open the things of one page, and for how long they go on.

    Everybody is asked, then those who opened some: most addresses made of every number lead
    nowhere, and trying each with everybody takes minutes. So does a page that is opened for the
    hundredth thing and looks as it did for the first: once it was shown, it is left as soon as
    many addresses in a row brought nothing new.
    """

    def __init__(self, pattern: str, people: list[User]):
        self.people = people
        self.owners = OWN[pattern]() if pattern in OWN else None
        self.openers: list[User] = []
        self.opened = 0
        self.looks: set[frozenset[str]] = set()
        self.without_news = 0

    def turn(self, address: str) -> list[User]:
        """Return who tries this address, in their order: none once there is nothing to expect."""
        if self.opened and self.without_news >= NO_MORE:
            return []
        self.without_news += 1
        if self.owners is not None:
            begun = {owner for place, owner in self.owners.items() if address.startswith(place)}
            return [each for each in self.people if each.pk in begun]
        return self.openers if self.opened >= ENOUGH else self.people

    def has_opened(self, person: User, look: frozenset[str]) -> bool:
        """Let this person be the first to try the next one; tell whether this look is new."""
        self.opened += 1
        self.openers = [person, *(each for each in self.openers if each != person)]
        if look in self.looks:
            return False
        self.looks.add(look)
        self.without_news = 0
        return True


def look_of(answer) -> frozenset[str]:
    """Return the templates a page was made with, for two pages of the same ones look alike."""
    names = {each.name for each in answer.templates if each.name}
    return frozenset(name for name in names if not name.startswith(("components/", "django/")))
