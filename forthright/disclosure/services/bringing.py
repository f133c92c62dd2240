"""Takes schedules in: checked first, so that nothing comes in that nobody has seen."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import (
    WAITING_RETURN,
    Delivery,
    DisclosureDuty,
    Item,
    PoliceReturn,
    Schedule,
)
from forthright.disclosure.selectors.schedules import live_schedules, read_again
from forthright.disclosure.selectors.secrets import names_in_record
from forthright.disclosure.services.comparing import changes_of, check_nothing_came, ids_of
from forthright.disclosure.services.holding import hold_alike, hold_told, remember_held
from forthright.disclosure.services.holding_back import HeldBack
from forthright.disclosure.services.moving import locked_of_case, move
from forthright.disclosure.services.naming import told_of, wait_for_named
from forthright.disclosure.services.of_case import (
    DeliveryRefused,
    check_is_of_case,
    findings_about_case,
)
from forthright.disclosure.services.placing import LetGo, put_in_place
from forthright.disclosure.services.reading import Contents, HandedOver, read_files
from forthright.disclosure.services.unnumbered import wait_for_numbers
from forthright.rules.disclosure_duty import BEFORE_SERVING, DutyEvent
from forthright.rules.endorsements import ItemToEndorse
from forthright.rules.schedules.answering import mends_return
from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import (
    PreparedRules,
    check_schedules,
    prepare_schedule_rules,
)
from forthright.rules.schedules.kept_words import kept_words_table
from forthright.rules.schedules.presumed import presumed_table
from forthright.rules.schedules.return_note import return_note
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.rules.schedules.schedule import Form, ScheduleItem
from forthright.rules.schedules.schedule import Schedule as ReadSchedule
from forthright.rules.words import list_words
from forthright.rules.written import reason_in
from forthright.web import clock
from forthright.web.writing import insert_many

LONGEST_NAME = 255
LONGEST_OF_FORM = 100
GONE = "This delivery is there no more: it was thrown away. Decide on one that is."
REPLACED = (
    "The police handed a newer version in, with which this one went on. Decide on that one, to "
    "which the page of this one leads; its files stay there as they came."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came together: the files, from whom, whether it is all, and which return it answers."""

    files: Sequence[HandedOver]
    police_unit: Unit | None = None
    is_whole: bool = False
    answers: PoliceReturn | None = None
    # Why it is of this case, where it is headed with nobody of it or another ending of its URN.
    of_this_case: str = ""


@cache
def rules_in_use() -> tuple[PreparedRules, str]:
    """Return the rules that schedules are checked by, and the name of their version."""
    rules = shipped_schedule_rules()
    lists = presumed_table() + kept_words_table()
    said = "".join(rule.model_dump_json() for rule in rules) + lists
    digest = hashlib.sha256(said.encode()).hexdigest()[:8]
    return prepare_schedule_rules(rules), f"{len(rules)} rules, {digest}"


def check_delivery(  # noqa: PLR0913 - what a page asks
    duty: DisclosureDuty, files: Sequence[HandedOver], *, police_unit: Unit | None, is_whole: bool,
    by: User | None, at: datetime, of_this_case: str = "",
) -> Delivery:  # fmt: skip
    """Read and check files without taking them in; nothing of the case changes.

    :param of_this_case: why it is of this case, where it is headed with nobody of it or with
        another ending of its URN
    :raises NotAllowed: if the case is not this person's
    :raises DeliveryRefused: if a file cannot be read, none is a schedule, or it is another case's
    """
    policies.check_can_bring(by, duty)
    brought = Brought(
        files=files, police_unit=police_unit, is_whole=is_whole, of_this_case=of_this_case
    )
    read = read_files(files)
    with transaction.atomic():
        return keep_checked(duty, brought, read, by=by, at=at)


def keep_checked(
    duty: DisclosureDuty, brought: Brought, read: Contents, *, by: User | None, at: datetime
) -> Delivery:
    """Keep what was read and found, for whoever was let hand files over.

    :raises DeliveryRefused: if it is another case's
    """
    files, schedules, papers = brought.files, read.schedules, read.papers
    check_is_of_case(duty, schedules, brought.of_this_case)
    live = list(live_schedules(duty.case_id))
    earlier = tuple(read_again(each) for each in live)
    bundle = Bundle(
        schedules=tuple(schedules),
        papers=tuple(papers),
        earlier=earlier,
        is_whole=brought.is_whole,
        unread=tuple(read.unread),
        known=names_in_record(duty),
    )
    rules, version = rules_in_use()
    findings = [
        *findings_about_case(duty, schedules),
        *check_schedules(bundle, rules, as_of=clock.day_of(at)),
    ]
    note = return_note(list_words([file.name for file in files]), findings)
    delivery = Delivery.objects.create(
        area=duty.area, unit=duty.unit, case=duty.case,
        police_unit=brought.police_unit, answers=brought.answers,
        files=[
            {"name": file.name, "sha256": file.sha256,
             "unread": read.unread.get(file.name, ""),
             "is_paper": any(paper.name == file.name for paper in papers)}
            for file in files
        ],
        is_whole=brought.is_whole, findings=[each.as_table() for each in findings],
        note=note.as_table(), changes=changes_of(earlier, schedules), rules_version=version,
        of_this_case=reason_in(brought.of_this_case), compared_with=ids_of(live), checked_at=at,
        checked_by=by,
    )  # fmt: skip
    for position, (file, said) in enumerate(zip(files, delivery.files, strict=True)):
        delivery.kept_files.create(
            position=position, file_name=file.name[-LONGEST_NAME:], sha256=said["sha256"],
            content=file.path.read_bytes(),
        )  # fmt: skip
    held = HeldBack.of(findings, schedules, rules, as_of=clock.day_of(at))
    for schedule in schedules:
        _keep(delivery, schedule, held)
    hold_told(delivery, bundle, by=by, at=at)
    again = [item for item in hold_alike(duty.case_id, at=at) if item.sensitive_reason]
    audit.record(
        "delivery.checked", delivery, by=by, at=at, files=len(files), findings=len(findings),
        forms=[schedule.form.value for schedule in schedules], held_again=len(again),
    )  # fmt: skip
    return delivery


@transaction.atomic
def take_in(
    delivery: Delivery, *, let_go: LetGo | None = None, by: User | None, at: datetime
) -> Delivery:
    """Take a checked delivery into its case: its schedules replace those they answer, or go on.

    :param let_go: the items that stand on no schedule any more after it, each named, and why
    :raises NotAllowed: if the case is not this person's
    :raises LeavingRefused: if an item would leave that is not named, or without a reason
    :raises DeliveryRefused: if it was taken in already, went back, or is there no more
    :raises ChangedMeanwhile: if other schedules came in since it was checked
    """
    duties = locked_of_case(delivery.case_id)
    delivery = _locked(delivery)
    policies.check_can_bring(by, delivery)
    if delivery.state != Delivery.State.CHECKED:
        raise DeliveryRefused("This delivery was taken in already, or went back to the police.")
    check_nothing_came(delivery)
    told = told_of(duties)
    left = put_in_place(delivery, let_go or LetGo(), by=by, at=at)
    # What left the open schedule may be what stands on the sensitive one now.
    hold_alike(delivery.case_id, at=at)
    delivery.state, delivery.received_at = Delivery.State.RECEIVED, at
    delivery.save(update_fields=["state", "received_at"])
    mend_returns(delivery)
    for duty in duties:
        if duty.stands in BEFORE_SERVING:
            move(duty, DutyEvent.RECEIVE, by=by, at=at)
    unplaced = wait_for_numbers(delivery, at=at)
    wait_for_named(delivery, duties, told, at=at)
    said: dict[str, Any] = {"unplaced": unplaced} if unplaced else {}
    audit.record("delivery.taken_in", delivery, by=by, at=at, left=left, **said)
    return delivery


@transaction.atomic
def give_up(delivery: Delivery, *, by: User | None, at: datetime) -> int:
    """Throw away a delivery that was checked and not taken in.

    :returns: of how many items the words were held back by hand, and stay so if they come again

    :raises NotAllowed: if the case is not this person's
    :raises DeliveryRefused: if it was taken in, went back, or is there no more
    """
    locked_of_case(delivery.case_id)
    delivery = _locked(delivery)
    policies.check_can_bring(by, delivery)
    if delivery.state != Delivery.State.CHECKED:
        raise DeliveryRefused(
            "This delivery was taken in, or went back to the police, so it stays in the record."
        )
    if delivery.answers_id is not None:
        raise DeliveryRefused(
            "The police handed this in, and they think that it is with you. Take it in, or return "
            "it to them where it is still not right or cannot be read."
        )
    held = remember_held(delivery, at=at)
    audit.record("delivery.given_up", delivery, by=by, at=at, still_held=held)
    delivery.delete()
    return held


def mend_returns(delivery: Delivery) -> None:
    """Keep which returns a delivery answers: what is still wrong with them is asked anew."""
    PoliceReturn.objects.filter(pk__in=_mended_by(delivery)).update(mended_by=delivery)


def _locked(delivery: Delivery) -> Delivery:
    """Return a delivery that nobody else changes until the transaction ends.

    :raises DeliveryRefused: if it was thrown away, or the police replaced it
    """
    found = Delivery.objects.select_for_update().filter(pk=delivery.pk).first()
    if found is None:
        raise DeliveryRefused(GONE)
    if found.state == Delivery.State.REPLACED:
        raise DeliveryRefused(REPLACED)
    return found


def _mended_by(delivery: Delivery) -> list[int]:
    """Return what a delivery mends of what waits in its case, but for other units' returns."""
    waiting = PoliceReturn.objects.filter(WAITING_RETURN, delivery__case=delivery.case_id)
    if delivery.police_unit:
        waiting = waiting.filter(unit=delivery.police_unit)
    came = _schedules_of(delivery)
    return [
        each.pk
        for each in waiting.select_related("delivery")
        if mends_return(
            _schedules_of(each.delivery), came, is_handed_in=delivery.answers_id == each.pk,
            was_taken_in=each.delivery.received_at is not None,
            reasons=[asked["reason"] for asked in each.requests],
        )
    ]  # fmt: skip


def _schedules_of(delivery: Delivery) -> list[ReadSchedule]:
    rows = delivery.schedules.order_by("pk").prefetch_related("items")
    return [read_again(each) for each in rows]


def _keep(delivery: Delivery, read: ReadSchedule, held: HeldBack) -> None:
    before = Schedule.objects.filter(delivery__case=delivery.case_id, form=read.form.value)
    newest = before.order_by("-version").values_list("version", flat=True).first()
    schedule = Schedule.objects.create(
        delivery=delivery, form=read.form.value, version=(newest or 0) + 1,
        certificate=read.certificate_text,
        unread=[
            {"place": each.place.words, "what": each.what, "why": each.why, "mend": each.mend,
             "may_hide_items": each.may_hide_items}
            for each in read.unread
        ],
    )  # fmt: skip
    insert_many([
        _item(schedule, row, place, is_held_back=held.has(read.form, row))
        for place, row in enumerate(read.items, 1)
    ])  # fmt: skip


def _item(schedule: Schedule, row: ScheduleItem, place: int, *, is_held_back: bool) -> Item:
    known = ItemToEndorse(form=Form(schedule.form), description=row.description)
    # On the sensitive schedule a column headed "Reason" says why it is sensitive.
    reason = row.reason if known.is_sensitive else ""
    return Item(
        schedule=schedule, place=place, number=row.number, description=row.description,
        location=row.location, sensitive_reason=row.sensitive_reason or reason,
        undermines=row.undermines, copy=row.copy, comments=row.comments,
        of_form=row.of_form[:LONGEST_OF_FORM] if schedule.form == Form.MG6E else "",
        is_recording=known.is_recording, is_held_back=is_held_back,
    )  # fmt: skip
