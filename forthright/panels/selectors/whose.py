"""Who a hidden name may be said to be, and of which nobody has said it."""

from forthright.anonymiser.spans import Kind
from forthright.anonymiser.whose_names import FAMILY, NAME, OF_SEVERAL
from forthright.panels.models import AnonymisedLetter, Place
from forthright.panels.selectors.known import kept_known

# What a person chooses for somebody whom no record knows: “[person A]”.
NOBODY_KNOWN = "NOBODY_KNOWN"


def roles_offered(letter: AnonymisedLetter) -> list[tuple[str, str]]:
    """Return who a hidden name may be, each as it is kept and in words; people of the case first.

    Last stand those of whom nobody can tell who is meant, and somebody whom no record knows.
    """
    people = [each for each in kept_known(letter).people if not each.is_elsewhere]
    of_case = sorted(people, key=lambda each: not each.is_party)
    nobody = letter.places.filter(role__startswith=FAMILY).order_by("role")
    roles = dict.fromkeys(each.role for each in of_case if each.role)
    unsaid = dict.fromkeys([*(nobody.values_list("role", flat=True) or [FAMILY]), NAME])
    return [
        *((each, each) for each in roles),
        *((each, f"{each}: nobody can tell who") for each in unsaid),
        (NOBODY_KNOWN, "somebody whom the record does not know"),
    ]


def is_unsaid(place: Place) -> bool:
    """Say whether a hidden name is of one of several people, and nobody has said of whom."""
    return (
        place.state == Place.State.HIDDEN
        and place.role.startswith(OF_SEVERAL)
        and place.decided_at is None
    )


def unsaid_places(letter: AnonymisedLetter) -> list[Place]:
    """Return the hidden names of which somebody is still to say whose they are."""
    return [each for each in letter.places.order_by("start") if is_unsaid(each)]


def may_be_said(place: Place) -> bool:
    """Say whether a place is a hidden name, of which somebody may say whose it is."""
    return place.state == Place.State.HIDDEN and place.kind == Kind.PERSON
