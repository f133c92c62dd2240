"""Keeps who represents each defendant, from which day on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Defendant
from forthright.hard_media import policies
from forthright.hard_media.models import Hearing, Representation
from forthright.hard_media.selectors.ladder import day_to_work_to
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.services.addresses import Address, is_same_firm, keep_address
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.services.hearings import HearingRefused, OddDay
from forthright.hard_media.services.unsent import send_where_it_is_now
from forthright.rules.firm_days import KnownOfCase, oddities_of_start, why_not_from
from forthright.rules.firm_names import may_be_one_firm
from forthright.rules.marking import said_stamp
from forthright.rules.words import date_words, day_of
from forthright.rules.written import cleaned, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

PUT_RIGHT = "put it right at Put right since when, on the page of the case"


class FirmToTell(HearingRefused):
    """A firm may be the one that is there already, and nobody says whether it is."""


@dataclass(frozen=True, kw_only=True)
class Firm:
    """Who represents a defendant from a day on; without a firm, nobody does.

    :param is_same: whether it is the firm that is there already, where its name or address reads
        like it; None where nobody said
    :param old_was_wrong: whether the address that is put right was never that firm's, where
        something went there; None where nobody said
    """

    firm: str = ""
    contact: str = ""
    email: str = ""
    starts_on: date
    # Why the day is right though it is odd.
    odd_because: str = ""
    is_same: bool | None = None
    old_was_wrong: bool | None = None


def representation_stamp(present: Representation | None) -> str:
    """Return a stamp of who represents a defendant, and of where they are written to."""
    if present is None:
        return ""
    return said_stamp(str(present.pk), present.firm, present.contact, present.email)


@transaction.atomic
def set_representation(
    hearing: Hearing, defendant: Defendant, firm: Firm, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> Representation:  # fmt: skip
    """Keep who represents a defendant from a day on; whoever did before ends the day it begins.

    What was shared with the firm before does not reach the new one. The firm that is there already
    stays, with what it was given, and only its name and address are put right.

    :raises NotAllowed: if the case is another unit's
    :raises ChangedMeanwhile: if somebody kept another since the page was opened
    :raises HearingRefused: if it begins before the one it follows, or nothing changes
    :raises FirmToTell: if it reads like the firm that is there, and nobody says whether it is
    :raises AddressToTell: if something went to its old address, and nobody says whether that was
        wrong
    :raises OddDay: if the day is more likely a slip, and nobody says why it is right
    """
    policies.check_can_record(by, hearing)
    present = (
        Representation.objects.select_for_update()
        .filter(defendant=defendant, ends_on__isnull=True)
        .first()
    )
    who = by_whom(present, "representation.set", "representation.address_changed")
    check_unchanged(opened, representation_stamp(present), who)
    if present is not None and _is_same(present, firm):
        return _same_firm(present, firm, by=by, at=at)
    if present and (why := why_not_from(firm.starts_on, str(present), present.starts_on)):
        raise HearingRefused(f"{why} If that day is wrong, {PUT_RIGHT} first.")
    odd = odd_and_right(hearing, firm.starts_on, firm.odd_because, at=at)
    if present is not None:
        present.ends_on = firm.starts_on
        present.save(update_fields=["ends_on"])
    kept = Representation.objects.create(
        area=hearing.area, defendant=defendant, firm=cleaned(firm.firm),
        contact=cleaned(firm.contact), email=cleaned(firm.email),
        is_unrepresented=not cleaned(firm.firm), starts_on=firm.starts_on, odd=list(odd),
        odd_because=reason_in(firm.odd_because) if odd else "", recorded_at=at, recorded_by=by,
    )  # fmt: skip
    audit.record(
        "representation.set", kept, by=by, at=at, area=hearing.area,
        is_unrepresented=kept.is_unrepresented, starts_on=kept.starts_on, odd=kept.odd,
    )  # fmt: skip
    return kept


def _is_same(present: Representation, firm: Firm) -> bool:
    """Say whether a firm is the one that a defendant has already.

    Only of one that reads like it may somebody say so: whoever else gets the case has been given
    nothing.

    :raises FirmToTell: if it reads like it, and nobody says whether it is
    """
    if is_same_firm(present, firm.firm):
        return True
    if present.is_unrepresented or not cleaned(firm.firm):
        return False
    if not may_be_one_firm(present.firm, present.email, firm.firm, firm.email):
        return False
    if firm.is_same is None:
        raise FirmToTell(
            f"“{cleaned(firm.firm)}” reads like {present}, which has the case since "
            f"{date_words(present.starts_on)}. Say whether it is the same firm. If it is another, "
            "nothing that was shared so far is theirs, and the links of the one before close."
        )
    return firm.is_same


def _same_firm(
    present: Representation, firm: Firm, *, by: User | None, at: datetime
) -> Representation:
    """Put right how the firm is called and written to that a defendant has already."""
    name = "" if is_same_firm(present, firm.firm) else firm.firm
    new = Address(
        name=name, contact=firm.contact, email=firm.email, old_was_wrong=firm.old_was_wrong
    )
    if not keep_address(present, new, by=by, at=at):
        raise HearingRefused(
            f"{present} is recorded since {date_words(present.starts_on)} already, with that "
            f"address, so nothing changes. If that day is wrong, {PUT_RIGHT}."
        )
    try:
        send_where_it_is_now(present, by=by, at=at)
    except ShareRefused as refusal:
        raise HearingRefused(str(refusal)) from refusal
    return present


def odd_and_right(
    hearing: Hearing, on: date, odd_because: str, *, at: datetime
) -> tuple[str, ...]:  # fmt: skip
    """Return what is odd about the day from which a firm has a case, and somebody said is right.

    :raises OddDay: if it is odd, and nobody says why it is right
    """
    periods = periods_of(hearing.area)
    known = KnownOfCase(urn=hearing.case.urn, hearing_on=day_to_work_to(hearing, periods))
    odd = oddities_of_start(
        on, known, today=day_of(at), furthest_days=periods["firm_days"]
    )  # fmt: skip
    if odd and not reason_in(odd_because):
        raise OddDay(odd)
    return odd
