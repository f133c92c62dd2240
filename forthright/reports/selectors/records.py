"""The records behind a figure, as they stood when the report was made."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.calibration.models import SystemicFinding
from forthright.calibration.selectors.findings import counted_in
from forthright.cases.models import Case, Decision
from forthright.letters.models import Letter
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.reports.models import WeeklyReport
from forthright.reviews.models import Review
from forthright.reviews.selectors import lists
from forthright.rules.timeliness import Timeliness
from forthright.rules.weekly_report.loop import CHECK, PART, WATCHED, WENT
from forthright.rules.weekly_report.pieces import population_key
from forthright.rules.weekly_report.trust import FINDING
from forthright.rules.words import date_words, local
from forthright.samples.models import DrawnLetter
from forthright.schemes.models import Duty

# The kinds of record whose lists say how a letter was marked.
OF_MARKS = frozenset({"drawn", "review", PART, WATCHED})
# How a record that is no letter owed leads to one.
LEADS_TO: dict[str, tuple[type[Model], str]] = {
    "drawn": (DrawnLetter, "duty_id"),
    "review": (Review, "drawn_letter__duty_id"),
    CHECK: (PeerCheck, "letter__duty_id"),
    WENT: (Letter, "duty_id"),
    PART: (PartTold, "version__letter__duty_id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One record behind a figure: where it is, what it is, and how it stood.

    A decision with nobody to tell has no letter to open, nor has a letter that is gone since,
    with the import that brought it.
    """

    duty: int | None
    reference: str
    unit: str
    due_on: date | None
    stood: str
    sent_on: str
    is_counted: bool


def records_behind(report: WeeklyReport, key: str, user: User) -> tuple[list[RecordRow], int]:
    """Return the letters behind a figure that this person may open, and how many there are.

    Of a share these are all the letters it is of, those counted marked so; in which letters a
    fault was, or came again, is said of none. Figures of samples and feedback lead to the letter
    that was drawn or marked; a letter drawn twice is one letter here.
    """
    kind = report.figures["figures"][key]["record_kind"]
    if kind == "decision":
        return _decisions(user, report.records.get(key, []))
    if key in outcomes_in(report):
        key = population_key(key)
    counted = set(_duty_ids(kind, report.records.get(key, [])))
    duties = counted | set(_duty_ids(kind, report.records.get(population_key(key), [])))
    letters = (
        within_reach(user, Permission.DUTY_SEE, Duty.objects.filter(pk__in=duties))
        .select_related("case", "unit")
        .order_by("due_on", "pk")
    )
    rows = [
        RecordRow(
            duty=duty.pk, reference=duty.reference, is_counted=duty.pk in counted,
            **_frozen(report, duty.pk, unit=duty.unit.name),
        )
        for duty in letters
    ]  # fmt: skip
    kept = set(Duty.objects.filter(pk__in=duties).values_list("pk", flat=True))
    # Of a letter that is gone only what the report keeps is known; no name is in it.
    gone = [
        RecordRow(
            duty=None, reference=f"Letter {pk}, removed since", is_counted=pk in counted,
            **_frozen(report, pk, unit=""),
        )
        for pk in sorted(duties - kept)
    ]  # fmt: skip
    return rows + gone, len(duties)


def outcomes_in(report: WeeklyReport) -> list[str]:
    """Return the keys of the figures whose counted letters are those in which a fault was.

    What became of a fault is for its author, whoever told them and their manager: no list and no
    file of a report says it of a letter.
    """
    return [
        key
        for key, figure in report.figures["figures"].items()
        if figure["record_kind"] == WATCHED and population_key(key) in report.records
    ]


def number_to_mark_blind(report: WeeklyReport, user: User) -> int:
    """Return how many letters whose marks a report counts this person marks blind still.

    While any does, they are shown no figure of marks, and listed no letters behind one: of a few
    letters the figure tells how each was marked, and so does which letter is in such a list, or is
    the only one missing from it.
    """
    return lists.number_of_letters(reviews_to_mark_blind(report, user))


def reviews_to_mark_blind(report: WeeklyReport, user: User) -> QuerySet[Review]:
    """Return the reviews whose marks a report counts and that this person marks blind still."""
    blind = lists.reviews_to_mark_blind(user)
    if not blind.exists():
        return blind.none()
    ids: dict[str, set[int]] = {kind: set() for kind in OF_MARKS}
    for key in figures_of_marks(report):
        ids[report.figures["figures"][key]["record_kind"]].update(
            *(report.records.get(each, []) for each in (key, population_key(key)))
        )
    among = Q(pk__in=ids["review"]) | Q(drawn_letter__in=ids["drawn"])
    of_loop = {*ids[WATCHED], *_duty_ids(PART, sorted(ids[PART]))}
    among |= Q(drawn_letter__duty__in=of_loop)
    for finding in _findings_of(report):
        among |= counted_in(finding)
    return blind.filter(among)


def _findings_of(report: WeeklyReport) -> "QuerySet[SystemicFinding]":
    """Return the faults that come again of which a report tells: it names no letter that met."""
    told = [key.removeprefix(FINDING) for key in report.figures["figures"] if
            key.startswith(FINDING)]  # fmt: skip
    return SystemicFinding.objects.filter(area=report.area_id, pk__in=told)


def letters_of_marks(report: WeeklyReport, user: User) -> list[int]:
    """Return the letters of which the file of a report tells this person how they were marked.

    While they have yet to mark one of them blind, the file tells of none.
    """
    if number_to_mark_blind(report, user):
        return []
    found: set[int] = set()
    for key in figures_of_marks(report):
        kind = report.figures["figures"][key]["record_kind"]
        for each in (key, population_key(key)):
            found.update(duty for duty in _duty_ids(kind, report.records.get(each, [])) if duty)
    return sorted(found)


def figures_of_marks(report: WeeklyReport) -> list[str]:
    """Return the keys of a report's figures whose lists say how a letter was marked."""
    return [
        key
        for key, figure in report.figures["figures"].items()
        if figure["record_kind"] in OF_MARKS
    ]


def _decisions(user: User, ids: list[int]) -> tuple[list[RecordRow], int]:
    held = Decision.objects.filter(pk__in=ids)
    cases = within_reach(user, Permission.DUTY_SEE, Case.objects.all())
    seen = held.filter(case__in=cases).select_related("case__unit").order_by("made_at", "pk")
    rows = [
        RecordRow(
            duty=None, reference=str(each.case), unit=each.case.unit.name, due_on=None,
            stood=f"{each.get_kind_display()}, decided {date_words(local(each.made_at).date())}",
            sent_on="", is_counted=True,
        )
        for each in seen
    ]  # fmt: skip
    return rows, held.count()


def _duty_ids(kind: str, ids: list[int]) -> list[int]:
    if kind not in LEADS_TO:
        return ids
    model, field = LEADS_TO[kind]
    return list(model._default_manager.filter(pk__in=ids).values_list(field, flat=True))


def _frozen(report: WeeklyReport, duty: int, *, unit: str) -> dict[str, Any]:
    """Return how a letter stood when the report was made, never how it stands today.

    :param unit: the unit to name where the report did not keep one
    """
    stood, unit, due, sent = report.standing.get(str(duty)) or ("", unit, "", "")
    return {
        "stood": Timeliness(stood).words if stood else "Not kept in this version",
        "unit": unit,
        "due_on": date.fromisoformat(due) if due else None,
        "sent_on": date_words(date.fromisoformat(sent)) if sent else "Not sent" if stood else "",
    }
