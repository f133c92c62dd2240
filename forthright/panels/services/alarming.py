"""Tells who keeps the panel that a letter should be taken from an open pack, and answers that."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels import policies
from forthright.panels.models import Alarm, AnonymisedLetter
from forthright.panels.selectors.judged import alarms_unanswered
from forthright.panels.services.withdrawing import NotReleased
from forthright.rules.written import LEAST_WEIGHED, reason_in


@transaction.atomic
def raise_alarm(letter: AnonymisedLetter, reason: str, *, by: User, at: datetime) -> Alarm:
    """Keep why a letter should be withdrawn from an open pack; who keeps the panel decides it.

    :raises NotAllowed: if it is not released, or no panel is reading it
    :raises NotReleased: if the reason says nothing
    """
    locked = AnonymisedLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    policies.check_can_alarm(by, locked)
    if not (said := reason_in(reason)):
        raise NotReleased("Write why the letter should be withdrawn, so that others can decide it.")
    alarm = Alarm.objects.create(letter=locked, reason=said[:300], raised_at=at, raised_by=by)
    audit.record("letter.alarm_raised", locked, by=by, at=at, area=locked.area, alarm=alarm.pk)
    return alarm


@transaction.atomic
def ask_keeper(letter: AnonymisedLetter, question: str, *, by: User | None, at: datetime) -> Alarm:
    """Ask who keeps the panel whether a released letter is to stay; nobody is the product itself.

    What is asked names nobody: it stands on their overview once a panel reads the letter.
    """
    alarm = Alarm.objects.create(letter=letter, reason=question, raised_at=at, raised_by=by)
    audit.record("letter.alarm_raised", letter, by=by, at=at, area=letter.area, alarm=alarm.pk)
    return alarm


@transaction.atomic
def let_stay(letter: AnonymisedLetter, reason: str, *, by: User, at: datetime) -> list[Alarm]:
    """Answer every alarm about a letter: it stays in the pack, and why.

    :raises NotAllowed: if this person does not keep the panel, or had a part in the letter
    :raises NotReleased: if there is no alarm to answer, or the reason says nothing
    """
    locked = AnonymisedLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    policies.check_can_let_stay(by, locked)
    if not (alarms := alarms_unanswered(locked)):
        raise NotReleased("Nobody waits for an answer about this letter any more.")
    if not (said := reason_in(reason, least=LEAST_WEIGHED)):
        raise NotReleased("Write why the letter stays, so that who raised the alarm can follow it.")
    for each in alarms:
        each.answer, each.answered_at, each.answered_by = said[:300], at, by
    Alarm.objects.bulk_update(alarms, ["answer", "answered_at", "answered_by"])
    audit.record("letter.alarm_answered", locked, by=by, at=at, area=locked.area,
                 alarms=[each.pk for each in alarms])  # fmt: skip
    return alarms
