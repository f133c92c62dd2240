"""Decides whether what came is adequate, or goes back to the police with exact reasons."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import (
    Delivery,
    DisclosureDuty,
    Item,
    PoliceReturn,
    Schedule,
)
from forthright.disclosure.selectors.schedules import stops_of
from forthright.disclosure.selectors.secrets import why_not_said
from forthright.disclosure.selectors.standings import lists_not_sent_again, things_gone
from forthright.disclosure.services.bringing import GONE, mend_returns
from forthright.disclosure.services.moving import locked_of_case, move, move_by_triage
from forthright.rules.days_to_decide import FURTHEST_DAYS
from forthright.rules.disclosure_duty import BEFORE_SERVING, DutyEvent, DutyState
from forthright.rules.endorsements import LONGEST_REASON
from forthright.rules.schedules.return_note import LONGEST_REQUEST
from forthright.rules.schedules.rule import failure_reasons
from forthright.rules.words import count_words, day_words, list_words
from forthright.rules.written import cleaned, reason_in
from forthright.web import clock


class TriageRefused(ValueError):
    """A delivery cannot be decided on so; the message says what to change."""


class UnitRefused(TriageRefused):
    """Nobody says which unit of the police sent a delivery."""


def asks_for_unit(delivery: Delivery) -> bool:
    """Return whether it is still to be said which unit of the police sent a delivery.

    What is returned goes to a unit; were what is adequate of none, each unit would seem to be
    sent back all that it sends.
    """
    units = Unit.objects.filter(area=delivery.area_id, kind=Unit.Kind.POLICE)
    return delivery.police_unit_id is None and units.exists()


@transaction.atomic
def find_adequate(
    delivery: Delivery, *, reason: str = "", unit: Unit | None = None, by: User | None,
    at: datetime,
) -> Delivery:  # fmt: skip
    """Find a delivery adequate, so that its items can be endorsed.

    :param unit: which unit of the police sent it, where that is not known yet
    :raises NotAllowed: if it is not this person's, or was decided on
    :raises UnitRefused: if nobody says which unit of the police sent it
    :raises TriageRefused: if a finding stops it, a schedule that was returned did not come again,
        or something said to be disclosed is gone from it, and no reason is given; or the reason
        is too long
    """
    duties, delivery = _locked(delivery)
    policies.check_can_triage(by, delivery)
    _keep_unit(delivery, unit)
    stops = stops_of(delivery)
    left = list(lists_not_sent_again(delivery.case_id).order_by("pk"))
    _decide(delivery, Delivery.State.ADEQUATE, _written(reason), by=by, at=at)
    gone = [item for duty in duties for item in things_gone(duty)]
    against = " ".join(_against(stops, left, gone))
    if against and not reason_in(reason):
        raise TriageRefused(f"{against} Write why that is right, or return it.")
    audit.record("delivery.adequate", delivery, by=by, at=at, stops=stops,
                 unit=delivery.police_unit_id)  # fmt: skip
    for duty in duties:
        move_by_triage(duty, by=by, at=at)
    return delivery


@transaction.atomic
def return_to_police(
    delivery: Delivery, requests: Mapping[str, Sequence[str]], *, unit: Unit, answer_by: date,
    by: User | None, at: datetime,
) -> PoliceReturn:  # fmt: skip
    """Return a delivery to a unit of the police: what is asked, each under its exact reason.

    One that was not taken in, such as one that cannot be read, goes back without coming into the
    case. What it answers is then as good as mended: what is still wrong is asked by this return.

    :raises NotAllowed: if it is not this person's, or was decided on
    :raises TriageRefused: if nothing is asked, a reason is not one, what is asked repeats words of
        sensitive material, the day is not ahead, or it is there no more
    """
    duties, delivery = _locked(delivery)
    policies.check_can_return(by, delivery)
    asked = _asked(requests)
    if not _is_of_police(unit, delivery):
        raise TriageRefused("Choose the unit of the police that this goes back to.")
    written = "\n".join(words for each in asked for words in each["requests"])
    _check_tells_nothing(duties, "what you ask", written, unit, by)
    if answer_by <= clock.day_of(at):
        raise TriageRefused("The day to answer by must be in the future.")
    if (answer_by - clock.day_of(at)).days > FURTHEST_DAYS:
        # It can be set right only by taking the whole return back, so none is kept so far off.
        raise TriageRefused(
            f"Look at the day to answer by: {day_words(answer_by)} is more than {FURTHEST_DAYS} "
            "days away, and until it has passed nobody is told that the answer is late. Choose a "
            "nearer day."
        )
    _decide(delivery, Delivery.State.RETURNED, "", by=by, at=at)
    is_untaken = delivery.received_at is None
    if is_untaken:
        mend_returns(delivery)
    delivery.police_unit = unit
    delivery.save(update_fields=["police_unit"])
    returned = PoliceReturn.objects.create(
        delivery=delivery, area_id=delivery.area_id, unit=unit, requests=asked,
        answer_by=answer_by, sent_at=at, sent_by=by,
    )  # fmt: skip
    said: dict[str, Any] = {"before_taken_in": True} if is_untaken else {}
    audit.record(
        "delivery.returned", delivery, by=by, at=at, unit=unit.pk, answer_by=answer_by,
        reasons=[each["reason"] for each in asked], **said,
    )  # fmt: skip
    for duty in duties:
        if is_untaken:
            _wait_again(duty, by=by, at=at)
        move_by_triage(duty, by=by, at=at)
    return returned


@transaction.atomic
def take_adequate_back(
    delivery: Delivery, *, reason: str, by: User | None, at: datetime
) -> Delivery:
    """Take back that a delivery is adequate, as a mistake of the day; it waits for a decision.

    Which unit of the police sent it is asked again, as the wrong one may have been chosen.

    :raises NotAllowed: if it is not this person's, it was found so on another day, or something
        was decided since
    :raises TriageRefused: if nothing says why, or the reason is too long
    """
    duties, delivery = _locked(delivery)
    policies.check_can_take_adequate_back(by, delivery, clock.day_of(at))
    if not reason_in(reason):
        raise TriageRefused("Write why it was a mistake.")
    before = f"{delivery.triage_reason} (Taken back as a mistake: {_written(reason)})".strip()
    delivery.triage_before = f"{delivery.triage_before}\n{before}".strip()
    _decide(delivery, Delivery.State.RECEIVED, "", by=None, at=None)
    delivery.police_unit = delivery.answers.unit if delivery.answers else None
    delivery.save(update_fields=["police_unit", "triage_before"])
    audit.record("delivery.adequate_taken_back", delivery, by=by, at=at)
    for duty in duties:
        _wait_again(duty, by=by, at=at)
    return delivery


@transaction.atomic
def take_back(returned: PoliceReturn, *, reason: str, by: User | None, at: datetime) -> Delivery:
    """Take a return to the police back that was a mistake; the delivery waits for a decision again.

    It stays on the record as taken back, and counts as no return. Which unit sent the delivery is
    asked again, as the return may have named the wrong one.

    :raises NotAllowed: if it is not this person's, was taken back already, or the police mended it
        or handed a new version in
    :raises TriageRefused: if nothing says why, or that repeats words of sensitive material
    """
    # The duties first, as whoever hands a new version in does: two who wait for each other never
    # end, and the second of them is refused.
    duties, delivery = _locked(returned.delivery)
    returned = PoliceReturn.objects.select_for_update().get(pk=returned.pk)
    policies.check_can_take_back(by, returned)
    if not reason_in(reason):
        raise TriageRefused("Write why it was a mistake.")
    _check_tells_nothing(duties, "why it was a mistake", reason_in(reason), returned.unit, by)
    returned.taken_back_at, returned.taken_back_by = at, by
    returned.taken_back_reason = reason_in(reason)
    returned.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
    is_untaken = delivery.received_at is None
    delivery.state, delivery.police_unit = Delivery.State.RECEIVED, None
    if is_untaken:
        # It waits to be taken in as before, and what it had answered waits for that.
        delivery.state = Delivery.State.CHECKED
        delivery.police_unit = delivery.answers.unit if delivery.answers else None
        PoliceReturn.objects.filter(mended_by=delivery).update(mended_by=None)
    delivery.triaged_at = delivery.triaged_by = None
    delivery.save(update_fields=["state", "police_unit", "triaged_at", "triaged_by"])
    audit.record("return.taken_back", returned, by=by, at=at, delivery=delivery.pk,
                 reason=reason_in(reason))  # fmt: skip
    for duty in duties:
        _wait_again(duty, by=by, at=at)
        if is_untaken:
            move_by_triage(duty, by=by, at=at)
    return delivery


@transaction.atomic
def answer_return(returned: PoliceReturn, text: str, *, by: User, at: datetime) -> PoliceReturn:
    """Keep what a unit of the police answers to a return.

    :raises NotAllowed: if it was returned to another unit, or was answered already
    :raises TriageRefused: if the answer says nothing
    """
    returned = PoliceReturn.objects.select_for_update().get(pk=returned.pk)
    policies.check_can_answer(by, returned)
    if not reason_in(text):
        raise TriageRefused("Write what you did, or why you do not agree.")
    returned.answer, returned.answered_at, returned.answered_by = cleaned(text), at, by
    returned.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("return.answered", returned, by=by, at=at)
    return returned


@transaction.atomic
def accept_answer(
    returned: PoliceReturn, *, reason: str, by: User | None, at: datetime
) -> Delivery:  # fmt: skip
    """Accept what the police answered to a return: the schedules stand as they came.

    The return stays one, and is answered; the delivery is adequate for this reason.

    :raises NotAllowed: if it is not this person's, was not answered, or is settled otherwise
    :raises TriageRefused: if nothing says why
    """
    duties, delivery = _locked(returned.delivery)
    returned = PoliceReturn.objects.select_for_update().get(pk=returned.pk)
    policies.check_can_accept(by, returned)
    if not reason_in(reason):
        raise TriageRefused("Write why their answer is right.")
    returned.accepted_at, returned.accepted_by = at, by
    returned.save(update_fields=["accepted_at", "accepted_by"])
    audit.record("return.answer_accepted", returned, by=by, at=at, delivery=delivery.pk)
    delivery.state = Delivery.State.RECEIVED
    delivery.save(update_fields=["state"])
    for duty in duties:
        _wait_again(duty, by=by, at=at)
    return find_adequate(delivery, reason=reason, by=by, at=at)


def _against(stops: int, left: Sequence[Schedule], gone: Sequence[Item]) -> Iterator[str]:
    """Yield what speaks against a delivery, each as a sentence."""
    if stops:
        yield (
            f"{count_words(stops, 'thing')} should stop this delivery: a finding, a file that "
            "could not be read, or a part of a schedule in which items may stand that were not."
        )
    if left:
        yield (
            f"{list_words([str(each) for each in left])} went back to the police and did not come "
            "again with this, so its items would be endorsed as they stand."
        )
    if gone:
        named = list_words([f"{item.schedule.form} {item}" for item in gone])
        yield (f"{named} of the version before was said to be disclosed, and stands here no more.")


def _locked(delivery: Delivery) -> tuple[list[DisclosureDuty], Delivery]:
    duties = locked_of_case(delivery.case_id)
    found = Delivery.objects.select_for_update().filter(pk=delivery.pk).first()
    if found is None:
        raise TriageRefused(GONE)
    return duties, found


def _check_tells_nothing(
    duties: Sequence[DisclosureDuty], what: str, words: str, unit: Unit, by: User | None
) -> None:
    """Refuse words for the police that repeat what is sensitive: more of them read a return.

    Whoever of the unit sees returns is not whoever may see its sensitive schedules, so the note
    that the check writes leaves those words out as well.
    """
    readers = f"everybody at {unit} who reads what was returned"
    for duty in duties[:1]:
        if against := why_not_said(duty, what, words, readers=readers, by=by):
            raise TriageRefused(against)


def _wait_again(duty: DisclosureDuty, *, by: User | None, at: datetime) -> None:
    """Let a duty wait to be looked through; one of which nothing was ever taken in waits for that.

    What went back before it was taken in does not count as schedules that came.
    """
    if duty.stands in BEFORE_SERVING and duty.stands is not DutyState.TRIGGERED:
        move(duty, DutyEvent.RECEIVE, by=by, at=at)


def _decide(
    delivery: Delivery, state: str, reason: str, *, by: User | None, at: datetime | None
) -> None:
    """Keep what was decided of a delivery, with why."""
    delivery.state, delivery.triage_reason = state, reason
    delivery.triaged_at, delivery.triaged_by = at, by
    delivery.save(update_fields=["state", "triage_reason", "triaged_at", "triaged_by"])


def _written(reason: str) -> str:
    """Return what a reason says; those of before take none of its room."""
    read = reason_in(reason)
    if len(read) > LONGEST_REASON:
        raise TriageRefused(f"The reason may have {LONGEST_REASON} letters and spaces.")
    return read


def _keep_unit(delivery: Delivery, unit: Unit | None) -> None:
    if not asks_for_unit(delivery):
        return
    if unit is None or not _is_of_police(unit, delivery):
        raise UnitRefused("Choose the unit of the police that sent it.")
    delivery.police_unit = unit
    delivery.save(update_fields=["police_unit"])


def _is_of_police(unit: Unit, delivery: Delivery) -> bool:
    return unit.area_id == delivery.area_id and unit.kind == Unit.Kind.POLICE


def _asked(requests: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    asked = [
        {"reason": reason, "requests": [cleaned(each) for each in words if reason_in(each)]}
        for reason, words in requests.items()
    ]
    asked = [each for each in asked if each["requests"]]
    if not asked:
        raise TriageRefused("Write what the police should mend, under one of the reasons.")
    if unknown := [each["reason"] for each in asked if each["reason"] not in failure_reasons()]:
        raise TriageRefused(f"“{unknown[0]}” is not a reason by which files are returned.")
    if any(len(words) > LONGEST_REQUEST for each in asked for words in each["requests"]):
        raise TriageRefused(f"Each request may have {LONGEST_REQUEST} letters and spaces.")
    return asked
