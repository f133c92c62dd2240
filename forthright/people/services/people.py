"""Adds people to an Area, changes what they are, and closes their accounts."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from axes.utils import reset
from django.db import transaction

from forthright.accounts.models import Area, Role, Unit, User
from forthright.accounts.permissions import Permission, needs_unit
from forthright.accounts.policies import check_has_permission
from forthright.audit import services as audit
from forthright.people import policies, selectors
from forthright.people.lock_out import key_of
from forthright.rules.written import as_compared
from forthright.web.meanwhile import by_whom, check_unchanged


@dataclass(frozen=True)
class PersonDetails:
    """What an administrator says about a person."""

    full_name: str
    role: str
    unit: Unit | None
    job_title: str = ""


class EmailTaken(Exception):
    """Somebody has this email address already."""


class AreaTaken(Exception):
    """There is an Area of this name already."""


class UnitMissing(Exception):
    """This role works for one unit, and none is named."""


@transaction.atomic
def found_area(name: str, *, email: str, full_name: str, by: User | None, at: datetime) -> User:
    """Make an Area with its usual units, and its first administrator, who invites the rest.

    :raises EmailTaken: if somebody has this email address
    :raises AreaTaken: if there is an Area of this name, also in other case or with other spaces
    """
    check_email_is_free(email)
    _check_area_is_free(name)
    area = Area.objects.create(name=name)
    Unit.objects.bulk_create(
        Unit(area=area, name=kind.label, kind=kind.value) for kind in Unit.Kind
    )
    person = User.objects.create_user(
        email, full_name=full_name, role=Role.ADMINISTRATOR, area=area
    )
    audit.record("area.founded", area, by=by, at=at, area=area, units=len(Unit.Kind))
    # Whoever adds an event waits here for others who do: another may have founded it meanwhile.
    _check_area_is_free(name, but=area)
    audit.record("person.added", person, by=by, at=at, role=person.role)
    return person


@transaction.atomic
def add_person(email: str, *, details: PersonDetails, by: User, at: datetime) -> User:
    """Add a person to the administrator's own Area; they get in once they are invited.

    :raises NotAllowed: if this person may not add people
    :raises EmailTaken: if somebody has this email address
    :raises UnitMissing: if the role works for one unit and none is named
    """
    check_has_permission(by, Permission.PEOPLE_CHANGE)
    check_email_is_free(email)
    check_unit(details, by.area)
    person = User.objects.create_user(
        email,
        full_name=details.full_name,
        job_title=details.job_title,
        role=details.role,
        area=by.area,
        unit=details.unit,
    )
    audit.record("person.added", person, by=by, at=at, role=person.role, unit=person.unit_id)
    return person


@transaction.atomic
def change_person(
    person: User, *, details: PersonDetails, by: User, at: datetime, opened: str | None = None
) -> User:
    """Change a person's name, role or unit; it counts from their next page.

    `opened` is the stamp of what the page showed; without one, nothing is asked.

    :raises NotAllowed: if this person may not change that one
    :raises ChangedMeanwhile: if somebody changed them since the page was opened
    :raises UnitMissing: if the role works for one unit and none is named
    """
    by = still_standing(by)
    person = User.objects.select_for_update().get(pk=person.pk)
    policies.check_can_change(by, person)
    check_unit(details, by.area)
    check_unchanged(opened, selectors.person_stamp(person), by_whom(person, "person.changed"))
    role_before, unit_before = person.role, person.unit_id
    person.full_name, person.job_title = details.full_name, details.job_title
    person.role, person.unit = details.role, details.unit
    person.save(update_fields=["full_name", "job_title", "role", "unit"])
    audit.record(
        "person.changed",
        person,
        by=by,
        at=at,
        role_before=role_before,
        role=person.role,
        unit_before=unit_before,
        unit=person.unit_id,
    )
    return person


@transaction.atomic
def close_account(person: User, *, by: User, at: datetime) -> None:
    """Close an account: its sessions end at once, its password and second step go.

    The person stays in every record of what they did.

    :raises NotAllowed: if this person may not change that one
    """
    by = still_standing(by)
    person = User.objects.select_for_update().get(pk=person.pk)
    policies.check_can_change(by, person)
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=person).delete()
    audit.record("person.account_closed", person, by=by, at=at)


@transaction.atomic
def unlock_account(person: User, *, by: User, at: datetime) -> None:
    """End the wait after too many wrong passwords.

    :raises NotAllowed: if this person may not change that one
    """
    policies.check_can_change(by, person)
    reset(username=key_of(person))
    audit.record("person.unlocked", person, by=by, at=at)


def record_people_seen(*, by: User, at: datetime, shown: int) -> None:
    """Record that somebody looked through the list of people."""
    audit.record("people.seen", by=by, at=at, shown=shown)


def record_person_seen(person: User, *, by: User, at: datetime) -> None:
    """Record that somebody looked at one person's account."""
    audit.record("person.seen", person, by=by, at=at)


def still_standing(user: User) -> User:
    """Return the person who acts as they stand now, held until the act is done.

    Two administrators who close each other's accounts at once would leave none.
    """
    return User.objects.select_for_update().get(pk=user.pk)


def check_email_is_free(email: str) -> None:
    """Refuse an email address that is in use.

    :raises EmailTaken: with the sentence to show
    """
    if selectors.person_with_email(email) is not None:
        raise EmailTaken(
            "This email address already has an account. If you cannot find it in your list, look "
            "among the closed accounts, or ask whether the person still belongs to another Area."
        )


def _check_area_is_free(name: str, *, but: Area | None = None) -> None:
    for other in Area.objects.all():
        if other != but and as_compared(other.name) == as_compared(name):
            raise AreaTaken(f"There is an Area called {other} already.")


def check_unit(details: PersonDetails, area: Area) -> None:
    """Refuse a role without the unit it works for, or a unit of another Area.

    :raises UnitMissing: with the sentence to show
    """
    if details.unit is not None and details.unit.area_id != area.pk:
        raise UnitMissing("That unit belongs to another Area.")
    if details.unit is None and needs_unit(details.role):
        role = Role(details.role).label
        raise UnitMissing(f"Choose a unit: a {role.lower()} sees only the work of one.")
