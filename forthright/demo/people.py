"""The people of a demonstration Area: sixty, in seven units, each with one role."""

from collections.abc import Iterator
from random import Random

from forthright.accounts.models import Area, Role, Unit, User
from forthright.demo.names import FAMILY, GIVEN

K = Unit.Kind
# Names that are kept for examples, so that no letter of the demonstration can reach anybody.
PROVIDERS = ("example.org", "example.com", "example.net")
CASE_UNITS = (K.MAGISTRATES, K.CROWN_COURT, K.RASSO, K.CCU, K.FRAUD)
# Role, unit, how many.
ROSTER: tuple[tuple[str, str, int], ...] = (
    (Role.VICTIM_LIAISON_OFFICER, K.VLU, 10),
    (Role.LINE_MANAGER, K.VLU, 2),
    *((Role.PROSECUTOR, kind, number) for kind, number in
      ((K.MAGISTRATES, 6), (K.CROWN_COURT, 6), (K.RASSO, 4), (K.CCU, 2), (K.FRAUD, 2))),
    *((Role.LEGAL_SPOC, kind, 2) for kind in (K.MAGISTRATES, K.CROWN_COURT, K.RASSO)),
    *((Role.LEGAL_SPOC, kind, 1) for kind in (K.CCU, K.FRAUD)),
    *((Role.LINE_MANAGER, kind, 1) for kind in CASE_UNITS),
    (Role.LEGAL_MANAGER, K.MAGISTRATES, 1),
    (Role.LEGAL_MANAGER, K.CROWN_COURT, 1),
    (Role.LEGAL_MANAGER, K.RASSO, 1),
    (Role.SENIOR_MANAGER, "", 2),
    (Role.CHIEF_CROWN_PROSECUTOR, "", 1),
    (Role.PANEL_MEMBER, "", 3),
    (Role.POLICE_PARTNER, K.POLICE, 2),
    (Role.AREA_LEAD, "", 1),
    (Role.RESEARCHER, "", 1),
    (Role.INSPECTOR, "", 1),
    (Role.ADMINISTRATOR, "", 1),
)  # fmt: skip


def make_area(name: str, *, is_demo: bool = True) -> tuple[Area, dict[str, Unit]]:
    """Return a new Area with its six units and one of the police, by kind."""
    area = Area.objects.create(name=name, is_demo=is_demo)
    units: dict[str, Unit] = {
        kind: Unit.objects.create(area=area, name=f"{name} {K(kind).label}", kind=kind)
        for kind in (*CASE_UNITS, K.VLU, K.POLICE)
    }
    return area, units


def make_people(area: Area, units: dict[str, Unit], chance: Random) -> dict[str, list[User]]:
    """Return the Area's sixty people by role; they have no password and sign in by the demo."""
    names = pairs_of_names(chance)
    taken = dict.fromkeys(User.objects.values_list("email", flat=True), True)
    people: dict[str, list[User]] = {}
    for role, kind, number in ROSTER:
        for _ in range(number):
            given, family = next(name for name in names if address_of(*name) not in taken)
            email = address_of(given, family)
            taken[email] = True
            user = User(
                email=email, full_name=f"{given} {family}", role=role, area=area,
                unit=units[kind] if kind else None, is_demo=True,
                job_title=Role(role).label,
            )  # fmt: skip
            user.set_unusable_password()
            people.setdefault(role, []).append(user)
    User.objects.bulk_create([user for those in people.values() for user in those])
    return people


def pairs_of_names(chance: Random) -> Iterator[tuple[str, str]]:
    """Yield names in an order the seed decides."""
    while True:
        yield chance.choice(GIVEN), chance.choice(FAMILY)


def address_of(given: str, family: str) -> str:
    """Return a made-up e-mail address under a name reserved for examples."""
    return f"{_plain(given, family)}@forthright.example"


def email_of(given: str, family: str, number: int) -> str:
    """Return a made-up e-mail address of somebody who has a letter, at a name kept for examples."""
    return f"{_plain(given, family)}{number}@{PROVIDERS[number % len(PROVIDERS)]}"


def _plain(given: str, family: str) -> str:
    return f"{given}.{family}".lower().replace("’", "").replace("á", "a").replace("â", "a")
