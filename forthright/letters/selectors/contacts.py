"""The contacts and support services of an Area, as the page lists them."""

from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.letters.models import ContactPoint, SupportService


def contacts_of(area: Area) -> "QuerySet[ContactPoint]":
    """Return every contact of an Area, those still used first."""
    rows = ContactPoint.objects.filter(area=area).select_related("added_by")
    return rows.order_by(F("retired_on").desc(nulls_first=True), "kind", "used_from")


def contacts_in_use(area: Area, today: date) -> "QuerySet[ContactPoint]":
    """Return the contacts of an Area that letters name today or from a later day on."""
    return contacts_of(area).filter(Q(retired_on=None) | Q(retired_on__gt=today))


def support_of(area: Area) -> "QuerySet[SupportService]":
    """Return every support service of an Area, those still used first."""
    rows = SupportService.objects.filter(area=area).select_related("added_by")
    return rows.order_by(F("retired_on").desc(nulls_first=True), "name")


def contact_for(user: User, contact_id: int) -> ContactPoint:
    """Return one contact of this person's Area.

    :raises Http404: if there is none
    """
    found = ContactPoint.objects.filter(pk=contact_id, area=user.area_id).first()
    if found is None:
        raise Http404("No such contact")
    return found


def support_for(user: User, service_id: int) -> SupportService:
    """Return one support service of this person's Area.

    :raises Http404: if there is none
    """
    found = SupportService.objects.filter(pk=service_id, area=user.area_id).first()
    if found is None:
        raise Http404("No such service")
    return found
