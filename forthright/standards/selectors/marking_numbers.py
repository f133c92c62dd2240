"""The numbers that second marks, leniency and faults that come again are governed by."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.rules.second_mark_numbers import (
    SecondMarkNumbers,
    numbers_from_kept,
    published_second_mark_numbers,
)
from forthright.standards.models import MarkingNumbers
from forthright.web import clock


def newest_numbers(area: Area | int) -> MarkingNumbers | None:
    """Return the edition that an Area adopted last, in force or not yet, if any."""
    return MarkingNumbers.objects.filter(area=area).order_by("-number").first()


def marking_numbers_of(area: Area | int, day: date) -> SecondMarkNumbers:
    """Return the numbers in force in an Area on a day: its own, or those that ship."""
    held = MarkingNumbers.objects.filter(area=area, in_force_from__lte=day).first()
    return numbers_of(held) if held else published_second_mark_numbers()


def marking_numbers_when(
    area: Area | int, moments: Iterable[datetime]
) -> dict[datetime, SecondMarkNumbers]:
    """Return by moment the numbers that were known then to be in force in an Area.

    An edition that was adopted after a moment changes nothing of it, though it began before.
    """
    editions = [
        (each, numbers_of(each))
        for each in MarkingNumbers.objects.filter(area=area).order_by("-number")
    ]
    published = published_second_mark_numbers()
    return {
        moment: next(
            (
                numbers
                for held, numbers in editions
                if held.in_force_from <= clock.day_of(moment) and held.made_at <= moment
            ),
            published,
        )
        for moment in set(moments)
    }


def numbers_of(edition: MarkingNumbers) -> SecondMarkNumbers:
    """Return the numbers of one edition."""
    return numbers_from_kept(f"the Area’s {edition}", edition.numbers)


def editions_of_numbers(user: User) -> QuerySet[MarkingNumbers]:
    """Return the editions of a person's Area, the newest first."""
    if not has_permission(user, Permission.STANDARD_SEE):
        return MarkingNumbers.objects.none()
    return MarkingNumbers.objects.filter(area=user.area_id).select_related("made_by")


def numbers_edition_for(user: User, edition_id: int) -> MarkingNumbers:
    """Return one edition of a person's Area.

    :raises Http404: if there is none, or it is another Area's
    """
    found = editions_of_numbers(user).filter(pk=edition_id).first()
    if found is None:
        raise Http404
    return found
