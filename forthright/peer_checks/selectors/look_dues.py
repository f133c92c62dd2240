"""By when a letter is to be looked at, and which of those moments the letters' dates moved."""

from collections.abc import Iterable

from django.db.models import QuerySet

from forthright.accounts.models import Area
from forthright.letters.models import Letter
from forthright.letters.selectors.checks import check_settings_of
from forthright.peer_checks.models import LookDueChange, PeerCheck
from forthright.rules.peer_check_settings import CheckDue, LetterDue, PutForward, check_due
from forthright.rules.words import local
from forthright.schemes.models import DueChange
from forthright.schemes.selectors import area_clock


def look_due(letter: Letter, forward: PutForward) -> CheckDue:
    """Return by when words of a letter are to be looked at, as its own date stands now.

    The rule is that of the day on which the time begins.

    :raises CalendarTooShort: if the calendar does not reach that moment
    """
    begins = forward.begins
    moves = DueChange.objects.filter(duty=letter.duty_id, changed_at__gt=begins)
    newest = moves.order_by("-changed_at", "-pk").values_list("changed_at", flat=True).first()
    own = LetterDue(letter.duty.due_on, newest) if letter.is_owed else None
    return check_due(
        forward,
        letter_due=own,
        settings=check_settings_of(letter.area_id, local(begins).date()),
        calendar=area_clock(letter.area).calendar,
    )


def open_looks(area: Area) -> "QuerySet[PeerCheck]":
    """Return the looks of an Area that wait, with their letters."""
    rows = PeerCheck.objects.filter(area=area, answer="")
    return rows.select_related("letter__duty", "letter__area").order_by("pk")


def moves_to_follow(checks: Iterable[PeerCheck]) -> dict[int, DueChange]:
    """Return by check the newest move of its letter's date that its own moment has not followed."""
    of_duty = {each.letter.duty_id: each for each in checks if each.letter.is_owed}
    followed = LookDueChange.objects.filter(check_of__in=[each.pk for each in of_duty.values()])
    last = dict(followed.order_by("changed_at", "pk").values_list("check_of", "changed_at"))
    found = {}
    for move in DueChange.objects.filter(duty__in=of_duty).order_by("changed_at", "pk"):
        check = of_duty[move.duty_id]
        if move.changed_at > last.get(check.pk, check.put_forward_at):
            found[check.pk] = move
    return found
