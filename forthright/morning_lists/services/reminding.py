"""Reminds prosecutors of what a letter waits for, by hand and by itself: each once in a day."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from forthright.accounts.covering import covered_for
from forthright.accounts.models import Area, User
from forthright.accounts.presence import presence
from forthright.audit import services as audit
from forthright.cases.models import Decision
from forthright.letters.models import ReasonsNote
from forthright.morning_lists import policies
from forthright.morning_lists.models import Reminder
from forthright.morning_lists.selectors.allowances import allowances_of
from forthright.morning_lists.selectors.awaiting import standing, unexplained
from forthright.morning_lists.selectors.covers import covers_here, managers_of, spocs_of
from forthright.morning_lists.selectors.explainers import can_explain, is_to_remind
from forthright.morning_lists.selectors.lines import reminded_words, stood_for
from forthright.rules.stage_allowances import StageAllowances
from forthright.rules.stage_clock import (
    Reckoning,
    StepLimit,
    Steps,
    is_time_to_remind,
    stage_clock,
)
from forthright.rules.words import day_of, day_words, local, moment_words
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes.models import Duty
from forthright.schemes.selectors import in_post_of, reopened_of
from forthright.schemes.selectors.area_clock import calendar_of
from forthright.web import jobs

# So many go in one run; the next one, minutes later, sends the rest.
MOST_AT_ONCE = 500


class NotReminded(ValueError):
    """No reminder was sent, because something stands against it; the message says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reminder asks, of whom, and by when and why."""

    about: str
    to: User
    because: str


@transaction.atomic
def remind_of_explanation(
    duty: Duty, *, by: User | None, at: datetime, to: User | None = None
) -> Reminder:
    """Remind whoever decided, or who else can explain it, that a letter waits for the reasons.

    Whoever decided and works elsewhere now cannot open the letter, and whoever is away will not,
    so people choose somebody else. What goes by itself, with `by` None, still goes to whoever
    decided, to answer by e-mail; while they are away, to whoever stands in for them there too.

    :raises NotAllowed: if this letter is on no list of this person's now
    :raises NotReminded: if it was explained, or somebody reminded of it today
    """
    decision = _locked(duty.decision_id)
    duty = _owed(duty)
    policies.check_can_work(by, duty.unit)
    if duty.explained_at or ReasonsNote.objects.filter(decision=decision).exists():
        raise NotReminded(
            "The explanation has come meanwhile, so nobody was reminded. It stands with the letter."
        )
    if duty.drafted_at or duty.sent_at or duty.state != Duty.State.OPEN:
        raise NotReminded("This letter waits for no explanation any more, so nobody was reminded.")
    decided = decision.made_by
    here = presence(duty.area_id, day_of(local(at)))
    person = decided if is_to_remind(here, decided, duty.unit_id) else to
    is_asked_anyway = by is None and decided is not None and decided.is_active
    if is_asked_anyway:
        person = decided
    if person is None or not (is_asked_anyway or can_explain(here, person, duty.unit_id)):
        why = here.away_words(decided, duty.unit_id)
        why = why or "Whoever decided cannot open this letter now"
        raise NotReminded(f"{why}. Choose whom to remind.")
    limit = explanation_limit(duty, at)
    because = because_words(duty, limit, allowances_of(duty.area))
    asked = Asked(about=Reminder.About.EXPLANATION, to=person, because=because)
    reminder = _remind(decision, duty, asked, by=by, at=at)
    deputy = here.stands_in(decided, duty.unit_id) if here.is_away(decided) else None
    if is_asked_anyway and deputy is not None:
        _remind(decision, duty, replace(asked, to=deputy), by=by, at=at)
    return reminder


@transaction.atomic
def ask_who_is_told(decision: Decision, *, by: User | None, at: datetime) -> Reminder:
    """Ask whoever decided who is to be told of a decision for which no letter is owed to anybody.

    :raises NotAllowed: if this decision is on no list of this person's now
    :raises NotReminded: if somebody is to be told by now, it was said that nobody is, or it was
        asked today
    """
    decision = _locked(decision.pk)
    policies.check_can_work(by, decision.case.unit)
    if Duty.objects.filter(decision=decision).exists():
        raise NotReminded("A letter is owed for this decision by now, so nobody was asked.")
    if nobody := standing().filter(decision=decision).select_related("said_by").first():
        raise NotReminded(
            f"{nobody.said_by} said on {moment_words(nobody.said_at)} that nobody is to be told, "
            f"so nobody was asked. The reason given: {nobody.reason}"
        )
    if decision.made_by is None or not decision.made_by.is_active:
        raise NotReminded("Whoever decided has no account here now, so nobody could be asked.")
    because = (
        "The time for a letter began with the decision, and no letter can be owed until somebody "
        "to tell is recorded."
    )
    asked = Asked(about=Reminder.About.WHO_IS_TOLD, to=decision.made_by, because=because)
    return _remind(decision, None, asked, by=by, at=at)


def remind_by_itself(area: Area, *, by: User | None, at: datetime) -> int:
    """Remind of each explanation whose moment has come and of which nobody was reminded yet.

    One reminder goes by itself; more are for people to send. What is overdue already is theirs
    too: it is on the list in the morning. So is what was decided by somebody without an account.
    """
    allowances = allowances_of(area)
    reckoning = Reckoning(allowances, allowances.hours(calendar_of(area)), at)
    if not _are_working_hours(reckoning):
        return 0
    number = 0
    for duty in [each for each in _to_remind(area, at) if _is_time(each, reckoning)]:
        try:
            remind_of_explanation(duty, by=by, at=at)
        except NotReminded:
            continue
        number += 1
        if number == MOST_AT_ONCE:
            break
    return number


def _is_time(duty: Duty, reckoning: Reckoning) -> bool:
    try:
        limit = _limit_of(duty, reckoning)
        return is_time_to_remind(limit, reckoning)
    except CalendarTooShort:
        return False


def send_reminder(reminder: Reminder, *, address: str, by: User | None, at: datetime) -> Reminder:
    """Send a reminder that was asked for; it names the case by its URN and nobody in it.

    The mail goes out before the record is written, so a crash between the two sends it again
    rather than losing it; both copies carry the same Message-ID, so a mail program shows one.
    Whoever has left since it was asked for gets none, and nobody is reminded of what was done
    meanwhile: it is called off.
    """
    if reminder.sent_at is not None or reminder.called_off_at is not None:
        return reminder
    if not reminder.to.is_active or not _still_waits(reminder):
        return _call_off(reminder, by=by, at=at)
    asker = reminder.asked_by
    EmailMessage(
        subject=_subject(reminder),
        body=_words(reminder, address, at),
        to=[reminder.to.email],
        reply_to=[asker.email] if asker and asker.is_active else _who_waits(reminder, at),
        headers={"Message-ID": f"<reminder-{reminder.pk}@forthright>"},
    ).send()
    return _note_sent(reminder, by=by, at=at)


def goes_elsewhere(reminder: Reminder, at: datetime) -> bool:
    """Return whether a reminder is to somebody who cannot open the letter that it is about."""
    here = presence(reminder.area_id, day_of(local(at)))
    is_about_letter = reminder.about == Reminder.About.EXPLANATION
    return is_about_letter and not can_explain(here, reminder.to, reminder.unit_id)


def explanation_limit(duty: Duty, at: datetime) -> StepLimit | None:
    """Return by when a decision is to be explained; None where the calendar does not reach."""
    allowances = allowances_of(duty.area)
    reckoning = Reckoning(allowances, allowances.hours(calendar_of(duty.area)), at)
    try:
        return _limit_of(duty, reckoning)
    except CalendarTooShort:
        return None


def _limit_of(duty: Duty, reckoning: Reckoning) -> StepLimit:
    waits = Steps(
        decided=duty.decided_at,
        due_on=duty.due_on,
        in_post=in_post_of(duty),
        reopened=reopened_of(duty),
    )
    return stage_clock(waits, reckoning).now.limit


def because_words(duty: Duty, limit: StepLimit | None, allowances: StageAllowances) -> str:
    """Say by when an explanation is wanted, why, and who says so."""
    due = f"The letter is due {day_words(duty.due_on)}. " + " ".join(duty.due_because)
    if limit is None:
        return due
    return (
        f"Wanted by {moment_words(limit.at)}: {limit.because}. {due} "
        f"The hours of each step: {allowances.source}."
    )


def _subject(reminder: Reminder) -> str:
    if reminder.about == Reminder.About.WHO_IS_TOLD:
        return "Who is to be told of a decision of yours?"
    is_own = reminder.to_id == reminder.decision.made_by_id
    return f"A decision{' of yours' if is_own else ''} waits to be explained"


def _words(reminder: Reminder, address: str, at: datetime) -> str:
    decision = reminder.decision
    what = f"decision of {day_words(day_of(local(decision.made_at)))} in case {decision.case}"
    if reminder.about == Reminder.About.EXPLANATION and goes_elsewhere(reminder, at):
        ask = (
            f"The {what} waits to be explained. Until it is, nobody can write the letter that is "
            f"owed for it. It is a letter of {reminder.unit}, and you do not write reasons there "
            "now, so you cannot do it here yourself. Please send them to the legal SPOC of that "
            "unit, or whoever covers for them, in answer to this e-mail, and they see to it that "
            "they are written down."
        )
    elif reminder.about == Reminder.About.EXPLANATION:
        ask = (
            f"The {what} waits to be explained. Until it is, nobody can write the letter that is "
            f"owed for it. {_stands_in_words(reminder, at)}Please give the reasons here:\n"
            f"{address}"
        )
    else:
        ask = (
            f"No letter is owed to anybody for the {what}, because nobody to tell is recorded. "
            "Please say who is to be told, or that nobody is, in answer to this e-mail."
        )
    who = stood_for(reminder.asked_by, reminder.asked_for)
    return (
        f"Hello {reminder.to},\n\n{ask}\n\n{reminder.because}\n\n"
        f"Asked by {who}, {moment_words(reminder.asked_at)}.\n\nForthright\n"
    )


def _stands_in_words(reminder: Reminder, at: datetime) -> str:
    """Say to somebody else than who decided why it is asked of them, where those are away."""
    decided = reminder.decision.made_by
    if decided is None or decided == reminder.to:
        return ""
    here = presence(reminder.area_id, day_of(local(at)))
    away = here.away_words(decided, reminder.unit_id)
    return f"{away}. " if away else ""


def _who_waits(reminder: Reminder, at: datetime) -> list[str]:
    """Return who has the answer to a reminder that nobody asked for, or whose asker has left.

    They are the unit's SPOCs, and whoever covers for one of them today and is here; where there is
    none, those who manage the unit.
    """
    spocs = spocs_of(reminder.unit).order_by("pk").values_list("email", flat=True)
    here, _away = covers_here(reminder.unit, day_of(local(at)))
    waiting = list(dict.fromkeys([*spocs, *(each.deputy.email for each in here)]))
    return waiting or list(managers_of(reminder.unit).values_list("email", flat=True))


def _still_waits(reminder: Reminder) -> bool:
    """Return whether what a reminder asks for has not come since it was asked for."""
    duties = Duty.objects.filter(decision=reminder.decision_id)
    if reminder.about == Reminder.About.EXPLANATION:
        return unexplained(duties.filter(state=Duty.State.OPEN, sent_at=None)).exists()
    said = standing().filter(decision=reminder.decision_id)
    return not duties.exists() and not said.exists()


def _to_remind(area: Area, at: datetime) -> "QuerySet[Duty]":
    """Return every letter whose explanation nobody was reminded of, the one due first first.

    Those of which it is not time yet are among them: many due sooner may have been decided later.
    """
    reminded = Reminder.objects.filter(
        decision=OuterRef("decision"), about=Reminder.About.EXPLANATION, called_off_at=None
    )
    due = Duty.objects.filter(
        area=area, state=Duty.State.OPEN, sent_at=None, due_on__gte=day_of(local(at))
    )
    rows = unexplained(due).filter(~Exists(reminded), decision__made_by__is_active=True)
    return rows.only("area", "decision", "decided_at", "due_on").order_by("due_on", "pk")


def _are_working_hours(by: Reckoning) -> bool:
    try:
        return by.hours.are_now(by.now)
    except CalendarTooShort:
        return False


def _remind(
    decision: Decision, duty: Duty | None, asked: Asked, *, by: User | None, at: datetime
) -> Reminder:
    # A letter stays with the unit that owes it, also where the case has moved to another since.
    unit = duty.unit if duty else decision.case.unit
    today = day_of(local(at))
    before = Reminder.objects.filter(
        decision=decision, about=asked.about, on=today, to=asked.to, called_off_at=None
    )
    before = before.select_related("to", "asked_by", "asked_for")
    if stands := before.first():
        raise NotReminded(
            f"{reminded_words(stands)}. Nobody is reminded twice of one thing in a day."
        )
    stands_for = covered_for(by, unit.pk) if by else []
    reminder = Reminder.objects.create(
        area=unit.area, unit=unit, decision=decision, about=asked.about, on=today, to=asked.to,
        because=asked.because, asked_by=by, asked_for_id=stands_for[0] if stands_for else None,
        asked_at=at,
    )  # fmt: skip
    jobs.ask("morning_lists.remind", key=f"reminder {reminder.pk}", by=by, at=at,
             args={"reminder": reminder.pk}, area=unit.area)  # fmt: skip
    audit.record(
        "reminder.asked", reminder, by=by, at=at, about=asked.about, decision=decision.pk,
        to=asked.to.pk, letter=duty.pk if duty else None,
    )  # fmt: skip
    return reminder


@transaction.atomic
def _call_off(reminder: Reminder, *, by: User | None, at: datetime) -> Reminder:
    reminder.called_off_at = at
    reminder.save(update_fields=["called_off_at"])
    audit.record("reminder.called_off", reminder, by=by, at=at, to=reminder.to_id)
    return reminder


@transaction.atomic
def _note_sent(reminder: Reminder, *, by: User | None, at: datetime) -> Reminder:
    reminder.sent_at = at
    reminder.save(update_fields=["sent_at"])
    audit.record("reminder.sent", reminder, by=by, at=at, to=reminder.to_id)
    return reminder


def _locked(decision_id: int) -> Decision:
    """Return a decision and hold it, so that of two who remind at once the second is told."""
    rows = Decision.objects.select_related("case__unit__area", "made_by")
    return rows.select_for_update(of=("self",)).get(pk=decision_id)


def _owed(duty: Duty) -> Duty:
    return Duty.objects.select_related("area", "unit").get(pk=duty.pk)
