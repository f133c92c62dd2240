"""For which defendants a case has ended, as it is recorded or was by a moment of the past."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from forthright.cases.endings import ended_in
from forthright.cases.models import Decision, Defendant
from forthright.hard_media.models import CaseEnd
from forthright.rules.words import date_words, day_of

# The decisions that stop a prosecution, as they are told with the day on which each was made.
STOPPED = {
    Decision.Kind.NO_FURTHER_ACTION: "ended with no further action on {}",
    Decision.Kind.DISCONTINUED: "was discontinued on {}",
    Decision.Kind.NO_EVIDENCE_OFFERED: "ended on {}, when no evidence was offered",
    Decision.Kind.LEFT_ON_FILE: "was left to lie on file on {}",
}
OF_DISCLOSURE = "By its disclosure the case of {} ended on {}"


@dataclass(frozen=True, slots=True)
class SaidToEnd:
    """That the record, or another room, has an end of a case that nobody recorded here."""

    on: date
    words: str

    def told(self, defendant: Defendant) -> str:
        """Say it of a defendant, in a sentence without its end."""
        return self.words.format(defendant, date_words(self.on))


def ends_by(until: datetime | None = None) -> "QuerySet[CaseEnd]":
    """Return the ends of cases that stand, or stood at a moment."""
    if until is None:
        return CaseEnd.objects.filter(undone_at=None)
    stood = Q(undone_at=None) | Q(undone_at__gte=until)
    return CaseEnd.objects.filter(stood, recorded_at__lt=until)


def with_end(rows: "QuerySet[Defendant]", until: datetime | None = None) -> "QuerySet[Any]":
    """Return defendants with the day on which the case ended for each, as `ended_on`."""
    ends = ends_by(until).filter(defendant=OuterRef("pk")).order_by("-recorded_at")
    return rows.annotate(ended_on=Subquery(ends.values("ended_on")[:1]))


def has_ended_for_all(until: datetime | None = None) -> Q:
    """Say of which hearings or recordings the case has ended for every defendant, see the rule.

    :param until: as it was recorded by a moment of the past; none: now
    """
    everybody = Defendant.objects.filter(case=OuterRef("case"))
    if until is not None:
        everybody = everybody.filter(Q(added_at=None) | Q(added_at__lt=until))
    going_on = everybody.filter(~Exists(ends_by(until).filter(defendant=OuterRef("pk"))))
    return Q(Exists(everybody)) & ~Q(Exists(going_on))


def said_to_end(cases: Collection[int]) -> dict[int, SaidToEnd]:
    """Return by defendant the end of their case that the record or another room has.

    It is offered, and changes nothing until somebody records it. A charge after a decision to stop
    takes it back; a decision that names no defendant is offered for each.
    """
    found = {pk: SaidToEnd(on, OF_DISCLOSURE) for pk, on in ended_in(cases).items()}
    rows = Decision.objects.filter(case__in=cases, kind__in=[*STOPPED, Decision.Kind.CHARGED])
    known = rows.order_by("made_at", "pk").values_list("case", "defendant", "kind", "made_at")
    decided: dict[int, list[tuple[int | None, str, datetime]]] = defaultdict(list)
    for case, defendant, kind, at in known:
        decided[case].append((defendant, kind, at))
    everybody = Defendant.objects.filter(case__in=decided)
    for pk, case in everybody.values_list("pk", "case"):
        theirs = [each for each in decided[case] if each[0] in (None, pk)]
        if theirs and theirs[-1][1] != Decision.Kind.CHARGED:
            how = STOPPED[Decision.Kind(theirs[-1][1])]
            found[pk] = SaidToEnd(day_of(theirs[-1][2]), f"By the record the case of {{}} {how}")
    return found


def ends_told(cases: Sequence[int]) -> dict[int, datetime]:
    """Return by case when an end of it was last recorded or taken back."""
    rows = CaseEnd.objects.filter(defendant__case__in=cases).order_by()
    last = rows.values_list("defendant__case").annotate(Max("recorded_at"), Max("undone_at"))
    return {case: max(at, undone or at) for case, at, undone in last}
