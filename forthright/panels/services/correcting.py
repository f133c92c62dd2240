"""Puts right a slip of the pen in a finding: its words, whose it is, or the day to answer by."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.audit import services as audit
from forthright.panels import policies
from forthright.panels.models import FindingCorrection, PanelFinding
from forthright.panels.services.findings import check_answers_for_it, check_said_own, check_seen
from forthright.panels.services.meeting import PanelRefused, check_names_nobody
from forthright.rules.words import day_words, moment_words
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.web import clock
from forthright.web.meanwhile import by_whom, check_unchanged

# How far ahead an answer may be due: our own bound. A later day is a year typed wrong.
MOST_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsMeant:
    """A finding as it was meant, and what was wrong with it."""

    said: str
    manager: User
    reply_by: date
    because: str
    to_self: bool = False
    names_nobody: bool = False


@transaction.atomic
def correct_finding(
    finding: PanelFinding, meant: AsMeant, *, opened: str | None = None, by: User, at: datetime
) -> PanelFinding:
    """Put a finding right that nobody has answered; what it said before stays beside it.

    ``opened`` is the stamp of what stood when the page was opened.

    :raises NotAllowed: if this person does not keep this panel, or answers for the finding while
        others keep it
    :raises PanelRefused: if it is answered, nothing would be different, or it says nothing, whom a
        letter is about, or a day that is over or a year ahead
    :raises NameSeen: if other words look as if they named somebody, and it is not said otherwise
    :raises ChangedMeanwhile: if somebody else put it right or gave it on meanwhile
    """
    finding = PanelFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    check_can_correct(finding, by=by)
    check_unchanged(opened, stamp_of_finding(finding), by_whom(finding, "panel.finding_corrected"))
    words = _checked(finding, meant, by=by, at=at)
    is_new = words != finding.said
    looked = check_seen(words, is_said=meant.names_nobody) if is_new else {}
    because = reason_in(meant.because, least=LEAST_WEIGHED)
    if not because:
        raise PanelRefused("Say what was wrong with it; it stands beside the finding.")
    FindingCorrection.objects.create(
        finding=finding, said=finding.said, manager=finding.manager, reply_by=finding.reply_by,
        what_was_wrong=because[:300], corrected_at=at, corrected_by=by,
    )  # fmt: skip
    is_own = finding.manager_id == by.pk
    changed = {
        "words": is_new,
        "manager": meant.manager.pk != finding.manager_id,
        "day": meant.reply_by != finding.reply_by,
    }
    if changed["manager"]:
        finding.given_to_self = meant.manager.pk == by.pk
    if changed["day"]:
        today, before = day_words(clock.day_of(at)), day_words(finding.reply_by)
        finding.reply_by_because = [f"Put right on {today}; before, it said {before}."]
    finding.said, finding.manager, finding.reply_by = words, meant.manager, meant.reply_by
    finding.save(update_fields=["said", "manager", "reply_by", "reply_by_because", "given_to_self"])
    audit.record("panel.finding_corrected", finding, by=by, at=at, manager=finding.manager_id,
                 reply_by=finding.reply_by, is_own=is_own, **looked,
                 changed=sorted(name for name, is_so in changed.items() if is_so))  # fmt: skip
    return finding


def check_can_correct(finding: PanelFinding, *, by: User) -> None:
    """Refuse to put right what is answered, one's own, or a finding of another Area's panel.

    :raises NotAllowed: if this person does not keep this panel, or answers for the finding while
        others keep it
    :raises PanelRefused: if it is answered
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    if by.area_id != finding.area_id:
        raise NotAllowed("This is the panel of another Area.")
    policies.check_can_decide_of_finding(by, finding)
    if finding.replied_at is not None:
        raise PanelRefused(
            f"This finding was answered {moment_words(finding.replied_at)} as it stands, and other "
            "words would make another question of it. Write down one more finding that says what "
            "was meant. Where its words say who a letter is about, hold them back, on the page of "
            "the meeting."
        )


def stamp_of_finding(finding: PanelFinding) -> str:
    """Return what is another once a finding was put right or given on."""
    said = f"{finding.manager_id} {finding.reply_by} {finding.said}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _checked(finding: PanelFinding, meant: AsMeant, *, by: User, at: datetime) -> str:
    """Return the words of a finding as meant, once they may stand."""
    if not (words := reason_in(meant.said, least=LEAST_WEIGHED)):
        raise PanelRefused("Write what the panel found, so that somebody can act on it.")
    before = (finding.said, finding.manager_id, finding.reply_by)
    if (words, meant.manager.pk, meant.reply_by) == before:
        raise PanelRefused("Nothing is different: words, manager and day stand so already.")
    check_names_nobody(words, finding.meeting)
    if meant.manager.pk != finding.manager_id:
        check_answers_for_it(meant.manager, finding.meeting)
        check_said_own(meant.manager, by=by, is_said=meant.to_self)
    same = finding.meeting.findings.exclude(pk=finding.pk)
    if given := same.filter(said=words, manager=meant.manager).first():
        raise PanelRefused(
            f"{meant.manager} has these very words already, as finding {given.number}."
        )
    if meant.reply_by != finding.reply_by:
        _check_day(meant.reply_by, at)
    return words


def _check_day(reply_by: date, at: datetime) -> None:
    today = clock.day_of(at)
    if reply_by <= today:
        raise PanelRefused("The day to answer by is over, or is today. Choose a day to come.")
    if reply_by > today + MOST_AHEAD:
        raise PanelRefused(
            "The answer would be due more than a year ahead. Is its year right? Choose a day until "
            f"{day_words(today + MOST_AHEAD)}."
        )
