"""Endorses items, one by one or the obvious together; what was written is never written over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.policies import NotAllowed
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import Delivery, DisclosureDuty, Endorsement, SetAside
from forthright.disclosure.selectors.hidden import hidden_in
from forthright.disclosure.selectors.secrets import READERS_OF_DUTY, why_not_said
from forthright.disclosure.selectors.standings import Line, ids_now, line_of, lines_of
from forthright.disclosure.selectors.stuck import back_words
from forthright.disclosure.services.moving import locked, move_by_items
from forthright.rules.days_to_decide import oddities_of_limit
from forthright.rules.endorsements import (
    LONGEST_REASON,
    Beside,
    Endorsed,
    is_reason_of_another,
    may_be_one_of_many,
    reasons_against,
    same_reason_words,
    why_it_stays_served,
)
from forthright.rules.endorsements import Endorsement as Wanted
from forthright.rules.hearing_days import asked_why
from forthright.rules.words import count_words, day_words, moment_words
from forthright.rules.written import LEAST_WEIGHED, cleaned, reason_in
from forthright.web import clock
from forthright.web.meanwhile import check_unchanged


class EndorsementRefused(ValueError):
    """An item cannot be endorsed so; the message says what to change."""


class SameReason(EndorsementRefused):
    """An item would have the reason of the decision before, and nobody said that it holds."""


class OddDay(EndorsementRefused):
    """A day to decide by that is more likely a slip; nobody has said why it is right."""


UNDECIDED = (
    "This was decided, and what was decided is not taken away here: it stays in the history. "
    "Choose what is right; where nothing is decided yet, open the page of the item and take the "
    "decision back, with why."
)
ONLY_A_REASON = "Choose an endorsement: what is written beside it alone decides nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One item as somebody wants to endorse it; `opened` is the stamp of what they saw.

    `is_same_reason` confirms that the reason of the decision before is that of this one too;
    `beside` says of an item that was served in other words whether there is more in it, or it is
    another thing. Where nothing is said, what was said before holds.
    """

    item_id: int
    code: str
    reason: str = ""
    inspected: str = ""
    opened: str | None = None
    is_same_reason: bool = False
    beside: Beside | None = None


def stamp_of(endorsement: Endorsement | None) -> str:
    """Return the stamp of what stands against an item."""
    return str(endorsement.pk if endorsement else 0)


def is_what_was_opened(duty: DisclosureDuty, written: Written) -> bool:
    """Return whether a row was sent as it stood when its page was opened, so that nobody wrote it.

    This is of an item that stands no more; of another, what stands now decides.
    """
    same = Endorsement.objects.filter(
        duty=duty, code=written.code, reason=cleaned(written.reason),
        inspected=cleaned(written.inspected),
    )  # fmt: skip
    return any(stamp_of(each) == written.opened for each in same)


@transaction.atomic
def endorse_item(
    duty: DisclosureDuty, written: Written, *, by: User | None, at: datetime
) -> Endorsement:
    """Write an endorsement against an item for one defendant, beside all that stood before.

    :raises NotAllowed: if it is not this person's, or not the time
    :raises EndorsementRefused: if the rules do not allow it so
    :raises SameReason: if it has the reason of another decision, and nobody confirmed it
    :raises ChangedMeanwhile: if somebody endorsed it since the page was opened
    """
    duty = locked(duty)
    made = _write(duty, standing_line(duty, written.item_id, by=by), written, by=by, at=at)
    move_by_items(duty, by=by, at=at)
    return made


@transaction.atomic
def endorse_obvious(
    duty: DisclosureDuty, item_ids: Collection[int], *, by: User | None, at: datetime
) -> list[Endorsement]:
    """Endorse obvious items together as clearly not disclosable; whatever takes thought is refused.

    An item may be given by the id that it had in a version before, in the same words.

    :raises NotAllowed: if it is not this person's, or not the time
    :raises EndorsementRefused: if one of them is not obvious, or somebody endorsed it already; the
        message names them all
    """
    duty = locked(duty)
    policies.check_can_endorse(by, duty)
    now = ids_now(duty, item_ids)
    stands = set(now.values())
    chosen = [line for line in lines_of(duty) if line.item.pk in stands]
    if not item_ids:
        raise EndorsementRefused("Tick at least one item.")
    if why := [*_why_not_together(chosen), *_why_no_more(duty, set(item_ids) - set(now))]:
        raise EndorsementRefused(" ".join([*why, "Nothing was endorsed."]))
    made = Endorsement.objects.bulk_create(
        Endorsement(
            duty=duty, item_id=line.item.thing_id, version=line.item,
            code=Endorsed.CLEARLY_NOT.value, since_served=line.beside.value,
            is_one_of_many=True, made_at=at, made_by=by,
        )
        for line in chosen
    )  # fmt: skip
    audit.record("items.endorsed", duty, by=by, at=at, code=Endorsed.CLEARLY_NOT.value,
                 items=[line.item.pk for line in chosen])  # fmt: skip
    move_by_items(duty, by=by, at=at)
    return made


def _why_not_together(chosen: Sequence[Line]) -> list[str]:
    """Return, of each item that cannot be endorsed with others, why not."""
    said = []
    for line in chosen:
        named, stands = f"{line.form} {line.item}", line.endorsement
        if stands is not None:
            by = f" by {stands.made_by}" if stands.made_by else ""
            said.append(f"{named} was endorsed {stands.code}{by}, and stays so.")
        elif not is_obvious(line):
            said.append(f"{named} takes a decision of its own. Endorse it by itself.")
    return said


def _why_no_more(duty: DisclosureDuty, gone: Collection[int]) -> list[str]:
    """Return why items are on no schedule that stands; nothing of none."""
    if not gone:
        return []
    if words := back_words(duty, gone, clock.now()):
        return [words]
    number = len(gone)
    ticked = f"{count_words(number, 'item')} that you ticked {'stands' if number == 1 else 'stand'}"
    return [f"{ticked} on no schedule any more, or not in the same words."]


@transaction.atomic
def set_aside(  # noqa: PLR0913 - what a page asks
    duty: DisclosureDuty, item_id: int, *, reason: str, decide_by: date, odd_because: str = "",
    by: User | None, at: datetime,
) -> SetAside:  # fmt: skip
    """Let disclosure be served before an item is decided, by name, with a reason and a day.

    Until that day has passed it may be brought nearer, and from then on be set aside anew; why it
    was before stays beside why it is. Serving so is only purported compliance, and still starts
    the clock of the defence.

    :param odd_because: why a day that is odd, such as one of another year, is right all the same
    :raises NotAllowed: if it is not this person's, or not the time
    :raises EndorsementRefused: if there is no reason or a long one, the day is past, or it needs
        none
    :raises OddDay: if the day is more likely a slip, and nobody says why it is right
    """
    duty = locked(duty)
    line = standing_line(duty, item_id, by=by)
    item = line.item
    policies.check_can_endorse(by, duty, item)
    why = reason_in(reason, least=LEAST_WEIGHED)
    if not why:
        raise EndorsementRefused("Write why disclosure cannot wait for this item.")
    _check_length(why, "why disclosure cannot wait")
    check_is_told_nothing(duty, line, f"{reason}\n{odd_because}", by=by)
    _check_day(line, decide_by, clock.day_of(at))
    odd = oddities_of_limit(decide_by, today=clock.day_of(at))
    if odd:
        if not (right := reason_in(odd_because)):
            raise OddDay(asked_why(odd))
        _check_length(right, "why the day is right")
        why = f"{why} The day is right all the same: {right}"
    if before := line.set_aside:
        why = f"{before.reason} (Until {day_words(before.decide_by)}.) {why}"
    made, _ = SetAside.objects.update_or_create(
        duty=duty, item_id=item.thing_id,
        defaults={"reason": why, "decide_by": decide_by, "made_at": at, "made_by": by},
    )  # fmt: skip
    audit.record("item.set_aside", duty, by=by, at=at, item=item.pk, decide_by=decide_by,
                 odd=list(odd) or None)  # fmt: skip
    move_by_items(duty, by=by, at=at)
    return made


def may_be_set_aside(line: Line, today: date) -> bool:
    """Return whether an item is not decided, nor set aside until a day that is still to come."""
    standing = line.standing
    return not standing.is_settled or standing.is_overdue(today)


def may_be_brought_nearer(line: Line, today: date) -> bool:
    """Return whether an item is set aside until a day before which another is still to come."""
    until = line.standing.decide_by
    return until is not None and not line.standing.is_decided and (until - today).days > 1


def _check_day(line: Line, decide_by: date, today: date) -> None:
    """Refuse a day that is past, and one of an item that is decided or waits for a day before."""
    if decide_by <= today:
        raise EndorsementRefused("The day by which it is decided must be in the future.")
    if may_be_set_aside(line, today):
        return
    until = line.standing.decide_by
    if until is None or line.standing.is_decided:
        raise EndorsementRefused("This item is decided already, so nothing is set aside.")
    if decide_by >= until:
        raise EndorsementRefused(
            f"This item is set aside until {day_words(until)} already, and waits no longer than "
            "that. Choose a day before it, or decide the item; once that day has passed, it can "
            "be set aside anew."
        )


def _check_length(reason: str, what: str) -> None:
    """Refuse a reason that is too long by itself; those of before take none of its room."""
    if len(reason) > LONGEST_REASON:
        raise EndorsementRefused(f"Write {what}, in at most {LONGEST_REASON} letters and spaces.")


def standing_line(duty: DisclosureDuty, item_id: int, *, by: User | None) -> Line:
    """Return an item as it stands, to be endorsed.

    :raises NotAllowed: if it is not this person's, or not the time; or it stands no more
    """
    # Whether it is the time comes first: while a new version waits no item of it stands.
    policies.check_can_endorse(by, duty)
    line = line_of(duty, item_id)
    if line is None:
        raise NotAllowed(why_gone(duty, [item_id]))
    return line


def why_gone(duty: DisclosureDuty, item_ids: Collection[int]) -> str:
    """Say why items of a page that was opened before stand on no schedule now."""
    if words := back_words(duty, item_ids, clock.now()):
        return words
    if Delivery.objects.filter(case=duty.case_id, state=Delivery.State.RECEIVED).exists():
        return policies.NOT_LOOKED_THROUGH
    return (
        "The schedules that stand now do not have this item, or have it in other words. Open the "
        "page again to see what they have."
    )


def is_obvious(line: Line) -> bool:
    """Return whether an item may be endorsed together with others."""
    is_held_back = line.item.is_held_back
    if is_held_back or line.is_renewed:
        return False
    return may_be_one_of_many(line.to_endorse, Endorsed.CLEARLY_NOT)


def _write(
    duty: DisclosureDuty, line: Line, written: Written, *, by: User | None, at: datetime
) -> Endorsement:
    item = line.item
    policies.check_can_endorse(by, duty, item)
    newest = Endorsement.objects.filter(duty=duty, item=item.thing_id).order_by("-pk")
    stands = newest.select_related("made_by").first()
    check_still_stands(stands, written.opened)
    if not written.code:
        raise EndorsementRefused(UNDECIDED if stands else ONLY_A_REASON)
    wanted = _wanted(line, written)
    # Why an item is queried is for the lawyers of the unit alone.
    if wanted.code is not Endorsed.QUERY:
        check_is_told_nothing(duty, line, f"{wanted.reason}\n{wanted.inspected}", by=by)
    beside = _beside(line, written, wanted.code)
    if stands is not None and not written.is_same_reason:
        _check_reason_is_own(stands, wanted)
    made = Endorsement.objects.create(
        duty=duty, item_id=item.thing_id, version=item, code=wanted.code.value,
        reason=wanted.reason, inspected=wanted.inspected, since_served=beside.value, made_at=at,
        made_by=by,
    )  # fmt: skip
    said: dict[str, Any] = {} if written.beside is None else {"since_served": beside.value}
    audit.record("item.endorsed", duty, by=by, at=at, item=item.pk, code=wanted.code.value,
                 before=stands.code if stands else "", **said)  # fmt: skip
    return made


def _beside(line: Line, written: Written, code: Endorsed) -> Beside:
    """Return how an item is to stand beside what was served of it.

    :raises EndorsementRefused: if it would not stay served, or nothing was served in other words
    """
    named, said = line.standing.named, written.beside
    if said is not None and line.served_before is None:
        raise EndorsementRefused(f"{named} was not served in other words before.")
    if said is not None and not reason_in(written.reason, least=LEAST_WEIGHED):
        raise EndorsementRefused("Write why: what it is beside what was served.")
    beside = line.beside if said is None else said
    if why := why_it_stays_served(
        named, code, beside, is_served_so=line.is_served_so,
        is_served_before=line.served_before is not None,
    ):  # fmt: skip
        raise EndorsementRefused(why)
    return beside


def check_is_told_nothing(duty: DisclosureDuty, line: Line, words: str, *, by: User | None) -> None:
    """Refuse a reason beside an open item that tells of sensitive material.

    Beside an item that is for the lawyers of the unit alone, so is the reason.
    """
    against = why_not_said(duty, f"what you write of {line.standing.named}", words,
                           readers=READERS_OF_DUTY, by=by)  # fmt: skip
    if against and not hidden_in(duty.case_id).has(line.item, line.form):
        raise EndorsementRefused(against)


def check_still_stands(stands: Endorsement | None, opened: str | None) -> None:
    """Refuse to decide on what somebody endorsed since the page was opened.

    :raises ChangedMeanwhile: with who did, and when
    """
    check_unchanged(opened, stamp_of(stands), lambda: _who(stands))


def _check_reason_is_own(stands: Endorsement, wanted: Wanted) -> None:
    before = Wanted(code=Endorsed(stands.code), reason=stands.reason)
    if is_reason_of_another(before, wanted):
        raise SameReason(same_reason_words(before, wanted))


def _wanted(line: Line, written: Written) -> Wanted:
    try:
        code = Endorsed(written.code)
    except ValueError:
        raise EndorsementRefused("Choose an endorsement.") from None
    wanted = Wanted(
        code=code, reason=cleaned(written.reason), inspected=cleaned(written.inspected)[:300]
    )
    if against := reasons_against(line.to_endorse, wanted):
        raise EndorsementRefused(" ".join(against))
    return wanted


def _who(stands: Endorsement | None) -> str:
    if stands is None:
        return ""
    by = f" by {stands.made_by}" if stands.made_by else ""
    return f"{by}, {moment_words(stands.made_at)}"
