"""Who may be seen, and how each person's account stands."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import TABLE, Permission, Reach
from forthright.accounts.policies import within_reach
from forthright.rules.marking import said_stamp

REACHES = {Reach.OWN: "your own", Reach.UNIT: "your unit", Reach.AREA: "the whole Area"}


@dataclass(frozen=True)
class Standing:
    """How a person's account is protected."""

    has_password: bool
    second_step_since: datetime | None
    recovery_codes_left: int
    has_single_sign_on: bool


def people_visible_to(user: User) -> QuerySet[User]:
    """Return the people of this person's Area, if they may see them."""
    people = User.objects.select_related("unit", "area")
    return within_reach(user, Permission.PEOPLE_SEE, people)


def person_for(user: User, person_id: int) -> User:
    """Return one person, or the same 404 whether hidden or absent."""
    person = people_visible_to(user).filter(pk=person_id).first()
    if person is None:
        raise Http404
    return person


def people_like(
    user: User, *, words: str = "", role: str = "", closed: bool = False
) -> QuerySet[User]:
    """Return the people this person may see, narrowed by name or email, role, and open or not."""
    people = people_visible_to(user).filter(is_active=not closed)
    if role:
        people = people.filter(role=role)
    if words:
        people = people.filter(Q(full_name__icontains=words) | Q(email__icontains=words))
    return people


def demo_people() -> dict[str, list[User]]:
    """Return the made-up people by role, in the order of the roles.

    Each role begins with the person that ./run names; see scripts/database.py.
    """
    people = User.objects.filter(is_demo=True, is_active=True).select_related("unit")
    by_role: dict[str, list[User]] = {role: [] for role in Role.values}
    for person in people.order_by("unit__name", "full_name"):
        by_role[person.role].append(person)
    for there in by_role.values():
        if there:
            first = min(there, key=lambda person: person.pk)
            there.remove(first)
            there.insert(0, first)
    return {role: there for role, there in by_role.items() if there}


def demo_person(person_id: int) -> User | None:
    """Return one made-up person, and never a real one."""
    return User.objects.filter(pk=person_id, is_demo=True, is_active=True).first()


def person_with_email(email: str) -> User | None:
    """Return the person with this email address, whatever its capitals."""
    return User.objects.filter(email=email.strip().lower()).first()


def standing_of(person: User) -> Standing:
    """Return how a person's account is protected."""
    kept = {one.type: one for one in Authenticator.objects.filter(user=person)}
    code_maker = kept.get(Authenticator.Type.TOTP)
    codes = kept.get(Authenticator.Type.RECOVERY_CODES)
    return Standing(
        has_password=person.has_usable_password(),
        second_step_since=code_maker.created_at if code_maker else None,
        recovery_codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
        has_single_sign_on=SocialAccount.objects.filter(user=person).exists(),
    )


def what_they_may_do(person: User) -> list[tuple[str, str]]:
    """Return each thing a person's role allows, with how far it reaches, in words."""
    return [
        (permission.value, REACHES[reach])
        for permission, reach in TABLE[person.role].items()
        if permission not in {Permission.OVERVIEW_SEE, Permission.ACCOUNT_KEEP}
    ]


def ways_signed_in(request: HttpRequest, person: User) -> list[str]:
    """Return how this person proved who they are in this session, in order."""
    return [
        str(record.get("type") or record["method"])
        for record in get_authentication_records(request, person)
    ]


def last_proved_at(request: HttpRequest, person: User) -> float:
    """Return the second, since 1970, when this person last proved who they are."""
    return max((record["at"] for record in get_authentication_records(request, person)), default=0)


def recovery_codes_of(person: User) -> list[str]:
    """Return the recovery codes that were not used yet."""
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return kept.wrap().get_unused_codes() if kept else []


def is_locked_out(key: str, *, limit: int, since: datetime) -> bool:
    """Return whether too many wrong passwords were given under this key."""
    tried = AccessAttempt.objects.filter(username=key, attempt_time__gte=since)
    return sum(one.failures_since_start for one in tried) >= limit


def person_stamp(person: User) -> str:
    """Return a stamp of who a person is and what they are here for."""
    unit = str(person.unit_id or "")
    return said_stamp(person.full_name, person.job_title, person.role, unit)
