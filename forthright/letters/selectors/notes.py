"""The reasons for a decision, and for which decisions they still wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.cases.models import Decision, Defendant
from forthright.letters.models import ReasonsNote
from forthright.letters.selectors.case_facts import flags_in_rules
from forthright.rules.meetings import must_offer_meeting
from forthright.rules.words import day_of, local
from forthright.schemes.models import Duty

ALTERED = {Decision.Kind.ALTERED_DECREASED, Decision.Kind.ALTERED_INCREASED}


def notes_of(decision: Decision) -> list[ReasonsNote]:
    """Return every version of the reasons for a decision with its marks, the newest first."""
    rows = ReasonsNote.objects.filter(decision=decision).select_related("written_by")
    return list(rows.prefetch_related("marks__marked_by", "against").order_by("-number"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What the reasons of one decision have to say besides what every decision needs."""

    is_altered: bool
    is_for_child: bool
    is_meeting_due: bool
    # Whom the decision may be about, where several are accused and the record names none.
    accused: Sequence[Defendant]

    @property
    def is_altered_for_child(self) -> bool:
        """Say whether both charges have to be said in words for a child."""
        return self.is_altered and self.is_for_child


def asks_of(duty: Duty) -> Asks:
    """Return what the reasons for the decision of a letter have to say."""
    told = Duty.objects.filter(decision=duty.decision_id, person__is_child=True)
    accused = () if duty.decision.defendant_id else tuple(duty.case.defendants.order_by("pk"))
    return Asks(
        is_altered=duty.decision.kind in ALTERED,
        is_for_child=told.exists(),
        is_meeting_due=is_meeting_due(duty),
        accused=accused if len(accused) > 1 else (),
    )


def is_meeting_due(duty: Duty) -> bool:
    """Say whether a meeting has to be offered in the case of a letter."""
    return must_offer_meeting(flags_in_rules(duty.case), day_of(local(duty.decided_at)))


def is_explained() -> Q:
    """Return which letters owed wait for no explanation, wherever it is kept.

    It is recorded as arrived, or the reasons were written here; a charge brought needs none.
    """
    charged = Q(decision__kind=Decision.Kind.CHARGED)
    written = ReasonsNote.objects.filter(decision=OuterRef("decision"))
    return Q(explained_at__isnull=False) | Q(Exists(written)) | charged


def duties_without_reasons(user: User) -> "QuerySet[Duty]":
    """Return the letters not yet drafted whose decision this person may explain, and nobody has.

    A prosecutor's own decisions come first; those of which nobody knows the prosecutor are shown
    to the whole unit.
    """
    waiting = Duty.objects.filter(state=Duty.State.OPEN, drafted_at=None, explained_at=None)
    waiting = waiting.exclude(decision__kind=Decision.Kind.CHARGED)
    written = ReasonsNote.objects.filter(decision=OuterRef("decision"))
    return within_reach(user, Permission.REASONS_WRITE, waiting).filter(~Exists(written))
