"""What the panel found, given to a named legal manager, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.audit import services as audit
from forthright.panels import policies
from forthright.panels.models import Meeting, PanelFinding
from forthright.panels.selectors.named import known_of_meeting, seen_in, until_day
from forthright.panels.selectors.promised_days import days_to_come_in
from forthright.panels.services.meeting import PanelRefused, check_is_over, check_names_nobody
from forthright.rules.words import count_words, day_words, list_words, moment_words
from forthright.rules.working_days import add_working_days
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.schemes.selectors.area_clock import calendar_of
from forthright.web import clock
from forthright.web.meanwhile import by_whom, check_unchanged


class NameSeen(PanelRefused):
    """Words look as if they named somebody whom no record knows, and nobody said that they do not.

    The message says what looks so.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What whoever gives a finding said of it where it had to be said.

    `to_self`: that they keep the panel and give it to themself. `names_nobody`: that what looks
    like a name in it names nobody.
    """

    to_self: bool = False
    names_nobody: bool = False


NOTHING = Ticked()


@transaction.atomic
def give_finding(
    meeting: Meeting, said: str, manager: User, *, ticked: Ticked = NOTHING, by: User, at: datetime
) -> PanelFinding:
    """Give what the panel found to one named legal manager, with the day to answer by.


    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if the marks are not closed, it says nothing or whom a letter is about,
        nobody answers for it, or they were given the same already
    :raises NameSeen: if it looks as if it named somebody, and nobody said that it does not
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    check_is_over(meeting)
    if not (words := reason_in(said, least=LEAST_WEIGHED)):
        raise PanelRefused("Write what the panel found, so that somebody can act on it.")
    check_names_nobody(words, meeting)
    looked = check_seen(words, is_said=ticked.names_nobody)
    check_answers_for_it(manager, meeting)
    check_said_own(manager, by=by, is_said=ticked.to_self)
    if given := meeting.findings.filter(said=words, manager=manager).first():
        raise PanelRefused(
            f"{manager} was given these very words {moment_words(given.given_at)}, as finding "
            f"{given.number}. Nothing was given twice."
        )
    due, because = _answer_by(meeting, at)
    finding = PanelFinding.objects.create(
        meeting=meeting, area=meeting.area, number=meeting.findings.count() + 1, said=words,
        manager=manager, reply_by=due, given_at=at, given_by=by,
        reply_by_because=because, given_to_self=manager.pk == by.pk,
    )  # fmt: skip
    audit.record("panel.finding_given", finding, by=by, at=at, manager=manager.pk, reply_by=due,
                 to_self=finding.given_to_self, **looked)  # fmt: skip
    return finding


@transaction.atomic
def give_finding_on(
    finding: PanelFinding, manager: User, *, to_self: bool = False, opened: str | None = None,
    by: User, at: datetime,
) -> PanelFinding:  # fmt: skip
    """Give a finding that nobody has answered to another legal manager, who has the time anew.

    By when it was first to be answered stays beside it.

    ``opened`` is the number of the manager who had it when the page was opened.

    :raises NotAllowed: if this person does not keep this panel, or has the finding themself while
        others keep it
    :raises PanelRefused: if it is answered, or given to who has it or who answers for nothing
    :raises ChangedMeanwhile: if somebody else gave it on meanwhile
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    if by.area_id != finding.area_id:
        raise NotAllowed("This is the panel of another Area.")
    finding = PanelFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    policies.check_can_decide_of_finding(by, finding)
    if finding.replied_at is not None:
        raise PanelRefused("This finding is answered, so it is given to nobody else.")
    check_unchanged(opened, str(finding.manager_id), by_whom(finding, "panel.finding_given_on"))
    if manager.pk == finding.manager_id:
        raise PanelRefused("They have this finding already. Choose somebody else.")
    check_answers_for_it(manager, finding.meeting)
    check_said_own(manager, by=by, is_said=to_self)
    before, finding.manager = finding.manager_id, manager
    finding.given_to_self = manager.pk == by.pk
    finding.first_reply_by = finding.first_reply_by or finding.reply_by
    finding.reply_by, finding.reply_by_because = _answer_by(finding.meeting, at)
    finding.save(update_fields=["manager", "reply_by", "first_reply_by", "reply_by_because",
                                "given_to_self"])  # fmt: skip
    audit.record(
        "panel.finding_given_on",
        finding,
        by=by,
        at=at,
        manager=manager.pk,
        before=before,
        reply_by=finding.reply_by,
        to_self=finding.given_to_self,
    )
    return finding


def check_seen(words: str, days: Sequence[str] = (), *, is_said: bool) -> dict[str, Any]:
    """Return what the event says where somebody said that what looks like a name names nobody.

    `days` are those in the words of which it is asked too.

    :raises NameSeen: with what looks like one, until that is said
    """
    seen = seen_in(words)
    if (seen or days) and not is_said:
        like = "looks like a name or a place" if len(seen) == 1 else "look like names or places"
        to_come = "is a day to come" if len(days) == 1 else "are days to come"
        said = [f"{_quoted(seen)} {like}"] if seen else []
        said += [f"{_quoted(days)} {to_come}"] if days else []
        instead = ", as “in the first week of December”" if days else ""
        raise NameSeen(
            f"Please look: {', and '.join(said)}. If a member of the panel, or a reader of its "
            f"note, could tell by this whom a letter is about, write it without{instead}. If not, "
            "tick that it names nobody."
        )
    return {"names_nobody": True} if seen or days else {}


def _quoted(words: Sequence[str]) -> str:
    return list_words([f"“{each}”" for each in words])


def check_said_own(manager: User, *, by: User, is_said: bool) -> None:
    """Refuse a finding that whoever keeps the panel gives to themself without saying so.

    :raises PanelRefused: with how to say it
    """
    if manager.pk == by.pk and not is_said:
        raise PanelRefused(
            "You keep this panel, and would answer to it for yourself. Tick that you do, and it "
            "stands beside the finding, or choose somebody else."
        )


def check_answers_for_it(manager: User, meeting: Meeting) -> None:
    """Refuse to give a finding to who is no legal manager of the Area with an account.

    :raises PanelRefused: if they are none
    """
    is_one = manager.role == Role.LEGAL_MANAGER and manager.area_id == meeting.area_id
    if not is_one or not manager.is_active:
        raise PanelRefused("A finding is given to a legal manager of the Area with an account.")


def _answer_by(meeting: Meeting, at: datetime) -> tuple[date, list[str]]:
    """Return the day to answer by, and why it is that day."""
    day, days = clock.day_of(at), meeting.reply_working_days
    because = [
        f"Given on {day_words(day)}; the day itself does not count.",
        f"{count_words(days, 'working day')} to answer, as set when the meeting was planned.",
    ]
    return add_working_days(day, days, calendar_of(meeting.area)), because


@transaction.atomic
def answer_finding(
    finding: PanelFinding, did: str, *, names_nobody: bool = False, by: User, at: datetime
) -> PanelFinding:
    """Keep what a legal manager did about a finding; it opens the next meeting.

    :raises NotAllowed: if it was given to somebody else
    :raises PanelRefused: if it is answered already, or the answer says nothing or whom a letter
        is about
    :raises NameSeen: if it looks as if it named somebody, or holds a day to come, which may be one
        of a case, and ``names_nobody`` is not said
    """
    finding = PanelFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    check_has_permission(by, Permission.PANEL_ANSWER)
    if finding.manager_id != by.pk:
        raise NotAllowed("This finding was given to somebody else to answer.")
    if finding.replied_at is not None:
        raise PanelRefused("You have answered this already. Your answer stands, as below.")
    if not (words := reason_in(did, least=LEAST_WEIGHED)):
        raise PanelRefused("Write what you did, or what you will do and by when.")
    cases, day = known_of_meeting(finding.meeting), clock.day_of(at)
    check_names_nobody(words, finding.meeting, cases=until_day(cases, day))
    days = days_to_come_in(words, cases, day)
    looked = check_seen(words, days, is_said=names_nobody)
    finding.did, finding.replied_at = words, at
    finding.save(update_fields=["did", "replied_at"])
    audit.record("panel.finding_answered", finding, by=by, at=at, **looked)
    return finding


@transaction.atomic
def see_meeting(meeting: Meeting, what: str, *, by: User, at: datetime) -> None:
    """Record that what the panel said, or which letters it has, was looked at."""
    audit.record(f"panel.{what}_seen", meeting, by=by, at=at)


@transaction.atomic
def see_findings(findings: list[PanelFinding], *, by: User, at: datetime) -> None:
    """Record which findings were listed."""
    if findings:
        audit.record("panel.findings_listed", by=by, at=at,
                     findings=[each.pk for each in findings])  # fmt: skip


@transaction.atomic
def take_invitation_out(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Record that the invitation to a meeting was taken out."""
    audit.record("panel.invitation_taken_out", meeting, by=by, at=at)


@transaction.atomic
def take_note_out(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Record that the published note of a meeting was taken out as a file."""
    audit.record("panel.note_taken_out", meeting, by=by, at=at)
