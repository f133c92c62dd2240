"""Sends people their morning list by e-mail, once on each working day at the time they chose."""

from datetime import datetime, time

from django.core.mail import EmailMessage
from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.morning_lists.models import Digest, DigestChoice
from forthright.morning_lists.selectors.digests import HOURS, digest_words, wanting_now
from forthright.rules.words import day_of, local
from forthright.rules.working_days import CalendarTooShort, is_working_day
from forthright.schemes.selectors.area_clock import calendar_of
from forthright.web import jobs


class ChoiceRefused(ValueError):
    """A time at which nothing is sent; the message says so."""


@transaction.atomic
def choose_digest(*, is_wanted: bool, hour: time, by: User, at: datetime) -> DigestChoice:
    """Keep whether a person wants their morning list by e-mail, and at what time.

    :raises ChoiceRefused: if nothing is sent at that time
    """
    if hour not in HOURS:
        raise ChoiceRefused("Choose one of the times in the list.")
    choice, _ = DigestChoice.objects.update_or_create(
        person=by, defaults={"is_wanted": is_wanted, "hour": hour, "chosen_at": at}
    )
    audit.record("digest.chosen", choice, by=by, at=at, is_wanted=is_wanted, hour=f"{hour:%H:%M}")
    return choice


def ask_for_digests(area: Area, *, by: User | None, at: datetime) -> int:
    """Ask for the e-mail of each person whose time has come today; return how many.

    Each person has one row and one job for a day, whatever is killed and however often this is
    asked: so nobody's is lost and nobody's is sent a second time.
    """
    if not _is_working_day(area, at):
        return 0
    people = wanting_now(area, at)
    for person in people:
        _ask(area, person, by=by, at=at)
    return len(people)


def send_digest(digest: Digest, *, site: str, by: User | None, at: datetime) -> Digest:
    """Send a person their morning list as it stands now: counts and links, and no names.

    One whose day is over is not sent any more: the next day has its own.

    The mail goes out before the record is written, so a crash between the two sends it again
    rather than losing it; both copies carry the same Message-ID, so a mail program shows one.
    """
    if digest.sent_at is not None or digest.on != day_of(local(at)):
        return digest
    person = User.objects.select_related("unit", "area").get(pk=digest.person_id)
    words = digest_words(person, at, site) if person.is_active else None
    if words is None:
        return digest
    EmailMessage(
        subject=words.subject,
        body=words.body,
        to=[person.email],
        headers={"Message-ID": f"<morning-{digest.pk}@forthright>"},
    ).send()
    return _note_sent(digest, by=by, at=at)


@transaction.atomic
def _ask(area: Area, person: User, *, by: User | None, at: datetime) -> None:
    digest, is_new = Digest.objects.get_or_create(
        person=person, on=day_of(local(at)), defaults={"area": area, "asked_at": at}
    )
    if is_new:
        jobs.ask("morning_lists.digest", key=f"morning list {digest.pk}", by=by, at=at,
                 args={"digest": digest.pk}, area=area)  # fmt: skip


@transaction.atomic
def _note_sent(digest: Digest, *, by: User | None, at: datetime) -> Digest:
    digest.sent_at = at
    digest.save(update_fields=["sent_at"])
    audit.record("digest.sent", digest, by=by, at=at, person=digest.person_id)
    return digest


def _is_working_day(area: Area, at: datetime) -> bool:
    """Say whether a day is a working day; past the calendar's end, whether it is a weekday."""
    day = day_of(local(at))
    try:
        return is_working_day(day, calendar_of(area))
    except CalendarTooShort:
        return day.weekday() < 5
