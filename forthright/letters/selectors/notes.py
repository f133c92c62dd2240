"""The reasons for a decision, and for which decisions they still wait."""

from django.db.models import Exists, OuterRef, QuerySet

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.cases.models import Decision
from forthright.letters.models import ReasonsNote
from forthright.letters.selectors.case_facts import flags_in_rules
from forthright.rules.meetings import must_offer_meeting
from forthright.rules.words import day_of, local
from forthright.schemes.models import Duty


def notes_of(decision: Decision) -> list[ReasonsNote]:
    """Return every version of the reasons for a decision with its marks, the newest first."""
    rows = ReasonsNote.objects.filter(decision=decision).select_related("written_by")
    return list(rows.prefetch_related("marks__marked_by").order_by("-number"))


def is_meeting_due(duty: Duty) -> bool:
    """Say whether a meeting has to be offered in the case of a letter."""
    return must_offer_meeting(flags_in_rules(duty.case), day_of(local(duty.decided_at)))


def duties_without_reasons(user: User) -> "QuerySet[Duty]":
    """Return the letters not yet drafted whose decision this person may explain, and nobody has.

    A prosecutor's own decisions come first; those of which nobody knows the prosecutor are shown
    to the whole unit.
    """
    waiting = Duty.objects.filter(state=Duty.State.OPEN, drafted_at=None, explained_at=None)
    waiting = waiting.exclude(decision__kind=Decision.Kind.CHARGED)
    written = ReasonsNote.objects.filter(decision=OuterRef("decision"))
    return within_reach(user, Permission.REASONS_WRITE, waiting).filter(~Exists(written))
