"""Who a hidden name may be said to be, and of which nobody has said it."""

from forthright.anonymiser.colleagues import waits
from forthright.anonymiser.known import KnownPerson
from forthright.anonymiser.spans import Kind
from forthright.anonymiser.whose_names import FAMILY, NAME, OF_SEVERAL
from forthright.panels.models import AnonymisedLetter, Place
from forthright.panels.selectors.known import kept_known

# What a person chooses for somebody whom no record knows: “[person A]”.
NOBODY_KNOWN = "NOBODY_KNOWN"


def roles_offered(letter: AnonymisedLetter) -> list[tuple[str, str]]:
    """Return who a hidden name may be, each as it is kept and in words, with the names.

    People of the case come first, then who works there: those who are named in the letter, then
    the others, by name. Last stand those of whom nobody can tell who is meant, and somebody whom no
    record knows.
    """
    people = [each for each in kept_known(letter).people if each.role and not each.is_elsewhere]
    roles: dict[str, list[str]] = {}
    for each in sorted(people, key=_rank):
        names = roles.setdefault(each.role, [])
        if (name := f"{each.given} {each.family}".strip()) not in names:
            names.append(name)
    said = {each.role: each.of_several for each in people if waits(each.role)}
    standing = (
        letter.places.filter(kind=Kind.PERSON).order_by("role").values_list("role", flat=True)
    )
    stands = [each for each in dict.fromkeys(standing) if each and each not in roles]
    families = [each for each in stands if each.startswith(FAMILY)]
    unsaid = dict.fromkeys([*(families or [FAMILY]), NAME])
    return [
        *((role, f"{said.get(role, role)}: {' or '.join(names)}") for role, names in roles.items()),
        # Of whom the record said once what it does not say any more.
        *((each, each) for each in stands if not each.startswith(OF_SEVERAL)),
        *((each, f"{each}: nobody can tell who") for each in unsaid),
        (NOBODY_KNOWN, "somebody whom the record does not know"),
    ]


def _rank(person: KnownPerson) -> tuple[bool, bool, str, str]:
    """Return what puts one before another in the list: the parties as the record has them."""
    if person.is_party:
        return False, False, "", ""
    is_waiting = waits(person.role)
    name = f"{person.family} {person.given}".casefold() if is_waiting else ""
    return True, is_waiting, person.of_several if is_waiting else person.role, name


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
