"""The letters that members put aside because they may know whom they are about."""

from django.db.models import QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.panels.models import Meeting, Recognition


def recognitions_kept(user: User) -> "QuerySet[Recognition]":
    """Return what members said to those who keep the panel of their Area."""
    if not has_permission(user, Permission.PANEL_KEEP):
        return Recognition.objects.none()
    rows = Recognition.objects.filter(seat__meeting__area=user.area_id)
    related = ("seat__member", "seat__meeting__area", "letter__duty__case", "letter__duty__unit",
               "letter__meeting", "decided_by")  # fmt: skip
    return rows.select_related(*related)


def recognitions_undecided(user: User) -> "QuerySet[Recognition]":
    """Return those of which whoever keeps the panel has not decided what follows."""
    return recognitions_kept(user).filter(outcome=Recognition.Outcome.OPEN)


def recognition_for(user: User, meeting_id: int, recognition_id: int) -> Recognition:
    """Return one letter that a member put aside.

    :raises Http404: if there is none, or it is hidden from this person
    """
    rows = recognitions_kept(user).filter(seat__meeting=meeting_id)
    if (found := rows.filter(pk=recognition_id).first()) is None:
        raise Http404
    return found


def number_put_aside(meeting: Meeting) -> tuple[int, int]:
    """Return how often a letter of a meeting was put aside, and how many letters were."""
    rows = Recognition.objects.filter(seat__meeting=meeting.pk, letter__left_out_because="")
    letters = list(rows.values_list("letter", flat=True))
    return len(letters), len(set(letters))
