"""Keeps what letters rest on: contacts and support of the Area, and how a person is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.cases.models import PersonToTell
from forthright.letters import policies
from forthright.letters.models import ContactPoint, ContactWishes, SupportService
from forthright.letters.selectors.case_facts import wishes_of, wishes_stamp
from forthright.rules.written import LEAST_WEIGHED, cleaned, reason_in
from forthright.schemes.models import Duty
from forthright.web.meanwhile import by_whom, check_unchanged

WISHES_SET = "person_to_tell.wishes_set"


class FactRefused(ValueError):
    """Something that letters rest on cannot be so; the message says why."""


class LiftRefused(FactRefused):
    """A protection is taken away without a reason."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How a person can be reached safely, and how they want to be."""

    channel: str = ContactWishes.Channel.POST
    adviser: str = ""
    is_large_print: bool = False
    plain_envelope: bool = False
    no_voicemail: bool = False
    unsafe: Sequence[str] = ()
    about_given_names: str = ""
    about_family_name: str = ""

    def lifts(self, kept: ContactWishes | None) -> bool:
        """Say whether something that kept a person safe until now would no longer hold."""
        if kept is None:
            return False
        routes = {ContactWishes.Channel.VIA_POLICE, ContactWishes.Channel.VIA_ADVISER}
        return (
            bool(set(kept.unsafe) - set(self.unsafe))
            or (kept.channel in routes and kept.channel != self.channel)
            or (kept.plain_envelope and not self.plain_envelope)
            or (kept.no_voicemail and not self.no_voicemail)
        )


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """A way to reach the Area that letters are to name."""

    kind: str
    value: str
    words: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class NewService:
    """A support service that letters are to name."""

    name: str
    phone: str = ""
    web: str = ""
    fits: Sequence[str] = ()


@transaction.atomic
def set_wishes(
    duty: Duty,
    wishes: Wishes,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    opened: str | None = None,
) -> ContactWishes:
    """Keep how the person of a letter can be reached.

    `opened` is the stamp of what the page showed; without one, nothing is asked.

    :raises NotAllowed: if this letter is not this person's to record
    :raises ChangedMeanwhile: if somebody kept something since the page was opened
    :raises FactRefused: if a letter through an adviser names none
    :raises LiftRefused: if what kept the person safe is taken away and nobody says why
    """
    policies.check_can_set_wishes(by, duty)
    if wishes.channel == ContactWishes.Channel.VIA_ADVISER and not cleaned(wishes.adviser):
        raise FactRefused("Enter who passes the letter on.")
    unsafe = [cleaned(each) for each in wishes.unsafe if cleaned(each)]
    PersonToTell.objects.select_for_update().get(pk=duty.person_id)
    before = wishes_of(duty.person)
    check_unchanged(opened, wishes_stamp(before), by_whom(before, WISHES_SET) if before else str)
    if wishes.lifts(before) and not reason_in(reason, least=LEAST_WEIGHED):
        raise LiftRefused(
            "Say who told you, and when, that what kept this person safe is no longer needed."
        )
    kept, _ = ContactWishes.objects.update_or_create(
        person=duty.person,
        defaults={**vars(wishes), "unsafe": unsafe, "changed_at": at, "changed_by": by},
    )
    audit.record(
        WISHES_SET, kept, by=by, at=at, area=duty.area, channel=kept.channel,
        unsafe=len(unsafe), lifted_because=reason_in(reason) if wishes.lifts(before) else "",
    )  # fmt: skip
    return kept


@transaction.atomic
def add_contact(
    area: Area, contact: NewContact, *, used_from: date, by: User | None, at: datetime
) -> ContactPoint:
    """Add a way to reach the Area, from a day on.

    :raises NotAllowed: if this person may not change the contacts
    """
    policies.check_can_change_contacts(by, area)
    kept = ContactPoint.objects.create(
        area=area, used_from=used_from, added_at=at, added_by=by, **vars(contact)
    )
    audit.record("contact.added", kept, by=by, at=at, kind=kept.kind, used_from=used_from)
    return kept


@transaction.atomic
def add_support(
    area: Area, service: NewService, *, used_from: date, by: User | None, at: datetime
) -> SupportService:
    """Add a support service, from a day on.

    :raises NotAllowed: if this person may not change the contacts
    """
    policies.check_can_change_contacts(by, area)
    said = {**vars(service), "fits": list(service.fits)}
    kept = SupportService.objects.create(
        area=area, used_from=used_from, added_at=at, added_by=by, **said
    )
    audit.record("support.added", kept, by=by, at=at, used_from=used_from)
    return kept


@transaction.atomic
def retire(
    offered: ContactPoint | SupportService, *, on: date, by: User | None, at: datetime
) -> None:
    """Stop naming a contact or service in letters from a day on; it stays as what was named.

    :raises NotAllowed: if this person may not change the contacts
    :raises FactRefused: if that day is before it was used
    """
    policies.check_can_change_contacts(by, offered.area)
    if on < offered.used_from:
        raise FactRefused("That is before the day from which it is used.")
    offered.retired_on = on
    offered.save(update_fields=["retired_on"])
    audit.record("contact.retired", offered, by=by, at=at, retired_on=on)


@transaction.atomic
def confirm(offered: ContactPoint | SupportService, *, by: User | None, at: datetime) -> None:
    """Say that a contact or service was checked and is right.

    :raises NotAllowed: if this person may not change the contacts
    """
    policies.check_can_change_contacts(by, offered.area)
    offered.status = offered.Status.CONFIRMED
    offered.save(update_fields=["status"])
    audit.record("contact.confirmed", offered, by=by, at=at)
