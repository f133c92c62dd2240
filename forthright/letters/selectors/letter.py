"""The words of letters, as they were last kept."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.cases.models import Case
from forthright.letters.models import Letter, LetterVersion
from forthright.letters.selectors.which import Which, about
from forthright.rules.clock_rules import LimitMissing, entitlement_used
from forthright.rules.entitlement import Entitlement, entitlement_doubt
from forthright.rules.words import count_words
from forthright.rules.working_days import Calendar, CalendarTooShort, working_days_between
from forthright.schemes.models import DueChange, Duty, TimeLimit
from forthright.schemes.selectors.area_clock import AreaNotStarted, calendar_of, clock_rules_of
from forthright.schemes.selectors.duties import duties_visible_to
from forthright.schemes.selectors.stages import STEPS, StageLine, stage_lines, step_awaited


@dataclass(frozen=True)
class LetterPage:
    """What is known of one letter owed, ready to be shown."""

    standing: str
    is_overdue: bool
    stages: list[StageLine]
    next_step: str | None
    next_words: str
    limit: TimeLimit | None
    entitlement_doubt: str  # why the entitlement recorded may be wrong, or nothing
    unconfirmed: tuple[str, ...]  # the rules behind the date that nobody has confirmed
    due_changes: list[DueChange]
    versions: list[LetterVersion]
    flags: list[str]
    recordable: set[str]


def latest_words(which: Which) -> LetterVersion | None:
    """Return the newest version of a letter's words, or None while none are kept."""
    rows = LetterVersion.objects.filter(**about(which))
    return rows.select_related("added_by", "letter", "note").order_by("-number").first()


def drafts_here(which: Which) -> "QuerySet[LetterVersion]":
    """Return the versions of a letter that were drafted here, and not added from elsewhere."""
    return LetterVersion.objects.filter(**about(which), composed__isnull=False)


def letter_for(user: User, letter_id: int) -> Letter:
    """Return one letter that has been written.

    :raises Http404: if there is none, or none that this person may see
    """
    letter = Letter.objects.filter(pk=letter_id, duty__in=duties_visible_to(user)).first()
    if letter is None:
        raise Http404("No such letter")
    return letter


def version_for(which: Which, number: int) -> LetterVersion:
    """Return one version of the words of a letter that this person has come in by.

    :raises Http404: if there is no such version
    """
    rows = LetterVersion.objects.filter(**about(which), number=number)
    version = rows.select_related("added_by").first()
    if version is None:
        raise Http404("No such version")
    return version


def letter_page(duty: Duty, today: date) -> LetterPage:
    """Return everything that the page of one letter owed shows beside the letter itself."""
    try:
        calendar = calendar_of(duty.area)
    except AreaNotStarted:
        calendar = None
    versions = LetterVersion.objects.filter(**about(duty)).select_related("added_by")
    step = step_awaited(duty)
    is_open = duty.state != Duty.State.NOT_REQUIRED
    return LetterPage(
        standing=_standing(duty, calendar, today),
        is_overdue=duty.state == Duty.State.OPEN and duty.due_on < today,
        stages=stage_lines(duty, calendar, today),
        next_step=step if is_open else None,
        next_words=STEPS[step][1] if step and is_open else "",
        limit=limit_of(duty),
        entitlement_doubt=entitlement_doubt(
            duty.person.relation, Entitlement(duty.person.entitlement)
        ),
        unconfirmed=unconfirmed_rules_of(duty),
        due_changes=list(duty.due_changes.select_related("changed_by")),
        versions=list(versions.order_by("-number")),
        flags=flags_of(duty.case),
        recordable=steps_recordable(duty),
    )


def steps_recordable(duty: Duty) -> set[str]:
    """Return the steps that can be recorded or changed now, so that no other is offered.

    A letter of which only the sending is known can be recorded so, and a gap before a later step
    can be filled; else approval needs a draft, and only what was sent can have reached anybody.
    """
    needs = {"approved": duty.drafted_at, "reached": duty.sent_at}
    steps = list(STEPS)
    return {
        step
        for place, step in enumerate(steps)
        if needs.get(step, True) or any(getattr(duty, f"{each}_at") for each in steps[place:])
    }


def limit_of(duty: Duty) -> TimeLimit | None:
    """Return the time limit that a letter's due date was counted with."""
    used = entitlement_used(Entitlement(duty.entitlement))
    return duty.rule_set.limits.filter(entitlement=used).first()


def unconfirmed_rules_of(duty: Duty) -> tuple[str, ...]:
    """Say which rules behind a letter's due date nobody has confirmed, each with its source."""
    rules = clock_rules_of(duty.rule_set)
    try:
        return rules.unconfirmed_for(Entitlement(duty.entitlement))
    except LimitMissing:
        return ()


def flags_of(case: Case) -> list[str]:
    """Return what makes a case a sensitive one, in words."""
    flags = {
        "domestic abuse": case.is_domestic_abuse,
        "rape or serious sexual offence": case.is_rasso,
        "hate crime": case.is_hate_crime,
        "involves a child": case.involves_child,
        "involves a death": case.involves_death,
    }
    return [words for words, is_so in flags.items() if is_so]


def _standing(duty: Duty, calendar: Calendar | None, today: date) -> str:
    """Say how a letter stands against its due date."""
    if duty.state != Duty.State.OPEN:
        return str(duty.get_state_display())
    if duty.due_on == today:
        return "Due today"
    days = _working_days(today, duty.due_on, calendar)
    if days is None:
        return "Overdue" if duty.due_on < today else "Not sent yet"
    if duty.due_on < today:
        return f"Overdue by {count_words(max(-days, 1), 'working day')}"
    return f"Due in {count_words(days, 'working day')}"


def _working_days(start: date, end: date, calendar: Calendar | None) -> int | None:
    try:
        return working_days_between(start, end, calendar) if calendar else None
    except CalendarTooShort:
        return None
