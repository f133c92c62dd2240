"""Defendants of cases sent to the Crown Court for whom nobody began a duty: each is owed one."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, within_reach
from forthright.cases.hearings import cases_listed_as_sent
from forthright.cases.models import Case, Defendant
from forthright.disclosure.models import DisclosureDuty
from forthright.rules.disclosure_limits import Court


def not_begun_in(cases: "QuerySet[Case]") -> "QuerySet[Defendant]":
    """Return the defendants of some cases that were sent for whom no duty has begun.

    A case was sent where the register of recordings has its day, or the duty to another of its
    defendants began so. Who was dealt with otherwise is among them until a duty is begun and
    closed with how it ended: nothing else in reach says so.
    """
    own = DisclosureDuty.objects.filter(defendant=OuterRef("pk"))
    another = DisclosureDuty.objects.filter(case=OuterRef("case"), court=Court.CROWN.value)
    was_sent = Q(Exists(another))
    for listed in cases_listed_as_sent():
        was_sent |= Q(case__in=listed)
    rows = Defendant.objects.filter(was_sent, ~Exists(own), case__in=cases)
    return rows.select_related("case__unit").order_by("case", "pk")


def not_begun_for(user: User) -> "QuerySet[Defendant]":
    """Return those of the cases that this person may see."""
    cases = within_reach(
        user, Permission.DISCLOSURE_SEE, Case.objects.all(), liaison_reaches_all=False
    )
    return not_begun_in(cases)


def to_begin_for(user: User) -> "QuerySet[Defendant]":
    """Return those for whom this person may begin a duty: of the cases of their own unit."""
    if user.unit_id is None or not has_permission(user, Permission.SCHEDULE_BRING):
        return Defendant.objects.none()
    return not_begun_in(Case.objects.filter(area=user.area_id, unit=user.unit_id))
