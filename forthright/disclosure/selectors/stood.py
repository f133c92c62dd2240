"""What stood at a moment that is past, told by the record: a service rests on that alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from forthright.audit.models import Event
from forthright.disclosure.models import (
    Approval,
    Delivery,
    DisclosureDuty,
    Endorsement,
    Item,
    PoliceReturn,
    Serving,
    SetAside,
)
from forthright.disclosure.selectors.served import served_in
from forthright.disclosure.selectors.standings import Line, lists_then
from forthright.rules.disclosure_duty import BEFORE_SERVING, SERVED_OR_LATER, DutyState
from forthright.rules.disclosure_order import Approved, approved_then
from forthright.rules.endorsements import ENDS_ASIDE


@dataclass(frozen=True, slots=True)
class Stood:
    """How a duty and its items stood at a moment."""

    state: DutyState
    lines: list[Line]
    # What was written by then counts; the moment, or that of the approval within its minute.
    by: datetime
    # The approval of the first service; None of a later one.
    approval: Approval | None = None

    @property
    def owed(self) -> list[Line]:
        """Return the items that were said to be disclosed and were still to be."""
        return [line for line in self.lines if line.standing.is_owed]


def passed_approvals(duty: DisclosureDuty) -> list[Approved]:
    """Return when a duty that was not served was approved and then opened again, the first first.

    Nothing of a duty that was served: what was approved was served, or the record says otherwise.
    """
    if duty.stands not in BEFORE_SERVING:
        return []
    return [each for each in _approvals(duty) if each.until is not None]


def stood_at(duty: DisclosureDuty, moment: datetime) -> Stood | None:
    """Return how a duty stood at a moment in which it could be served; None where it could not.

    Before the first service it stood approved then, and was opened again since; after one, what is
    said to be disclosed may be served at any time.
    """
    state, by, approval = duty.stands, moment, None
    if state in BEFORE_SERVING:
        span = approved_then(moment, passed_approvals(duty))
        if span is None:
            return None
        state, by = DutyState.APPROVED, max(moment, span.since)
        approval = duty.approvals.filter(made_at__lte=by).last()
        # Of what was taken in long ago it is not kept which schedules it found.
        if approval is None or not lists_then(duty.case_id, by).exists():
            return None
    elif state not in SERVED_OR_LATER - {DutyState.CLOSED}:
        return None
    return Stood(state, _lines_then(duty, by), by, approval)


def lines_when_served(
    duty: DisclosureDuty, serving: Serving, moment: datetime
) -> list[Line] | None:
    """Return the items as they stood, were a recorded service made at another moment.

    What went with it counts as not served yet. None where it is not kept which schedules stood.
    """
    # Moments count to the minute: what was approved within it was approved by then.
    within = duty.approvals.filter(made_at__gt=moment, made_at__lt=moment + timedelta(minutes=1))
    by = max([moment, *within.values_list("made_at", flat=True)])
    if not lists_then(duty.case_id, by).exists():
        return None
    return _lines_then(duty, by, but=serving)


def unlooked_then(duty: DisclosureDuty, moment: datetime) -> list[Delivery]:
    """Return what came after the approval of a duty and could not be endorsed at a moment.

    Nobody had looked through it by then, or it had gone back to the police and they had not sent it
    again.
    """
    came = Delivery.objects.filter(case=duty.case_id, received_at__lte=moment)
    if duty.approved_at is not None:
        came = came.filter(received_at__gt=duty.approved_at)
    back = PoliceReturn.objects.filter(
        delivery__in=came, sent_at__lte=moment, taken_back_at=None
    ).exclude(Q(accepted_at__lte=moment) | Q(mended_by__triaged_at__lte=moment))
    waits = Q(triaged_at=None) | Q(triaged_at__gt=moment) | Q(pk__in=back.values("delivery"))
    return list(came.filter(waits).order_by("received_at", "pk"))


def untaken_then(duty: DisclosureDuty, moment: datetime) -> list[Delivery]:
    """Return what had come by a moment and nobody had taken in, returned or replaced then."""
    rows = Delivery.objects.filter(case=duty.case_id, checked_at__lte=moment).exclude(
        Q(received_at__lte=moment) | Q(triaged_at__lte=moment)
        | Q(replaced_by__checked_at__lte=moment)
    )  # fmt: skip
    return list(rows.order_by("checked_at", "pk"))


def waited_since(duty: DisclosureDuty) -> list[Delivery]:
    """Return what had come and nobody had taken in when something may have been served.

    That is since the first approval that is over, or since the newest service. What waits still is
    not among them: it is taken in, returned or thrown away first.
    """
    if duty.stands in BEFORE_SERVING:
        since = min((each.since for each in passed_approvals(duty)), default=None)
    else:
        since = max(duty.servings.values_list("served_at", flat=True), default=None)
    if since is None:
        return []
    ends = ("received_at", "triaged_at", "replaced_by__checked_at")
    rows = Delivery.objects.filter(case=duty.case_id).exclude(state=Delivery.State.CHECKED)
    for end in ends:
        waited = Q(**{f"{end}__gt": F("checked_at")}) & Q(**{f"{end}__gt": since})
        rows = rows.filter(Q(**{end: None}) | waited)
    return list(rows.order_by("checked_at", "pk"))


def _approvals(duty: DisclosureDuty) -> list[Approved]:
    spans: list[Approved] = []
    for at, detail in _events(duty, "disclosure.moved").values_list("at", "detail"):
        # What was recorded as served and taken back since stood approved all the while.
        was_served = detail["after"] == DutyState.SERVED
        if detail["before"] == DutyState.APPROVED and spans and not was_served:
            was_closed = detail["after"] == DutyState.CLOSED
            spans[-1] = Approved(spans[-1].since, at, was_closed)
        is_open = bool(spans) and spans[-1].until is None
        if detail["after"] == DutyState.APPROVED and not is_open:
            spans.append(Approved(at))
    return [each for each in spans if each.until is None or each.since < each.until]


def _events(duty: DisclosureDuty, name: str) -> "QuerySet[Event]":
    return Event.objects.filter(
        name=name, subject_kind=DisclosureDuty._meta.label, subject_id=str(duty.pk)
    ).order_by("sequence")


def _lines_then(duty: DisclosureDuty, by: datetime, *, but: Serving | None = None) -> list[Line]:
    items = Item.objects.filter(schedule__in=lists_then(duty.case_id, by))
    items = items.select_related("schedule__delivery")
    written = Endorsement.objects.filter(duty=duty, made_at__lte=by).order_by("pk")
    newest = {each.item_id: each for each in written.select_related("made_by")}
    ended = {each.item_id: each.made_at for each in written if each.code in ENDS_ASIDE}
    aside = _aside_then(duty, by)
    approvals = duty.approvals.filter(made_at__lte=by, up_to__isnull=False)
    up_to = max(approvals.values_list("up_to", flat=True), default=0)
    served = served_in(duty, by=by, but=but)
    found = []
    for item in items.order_by("schedule__form", "schedule_id", "place"):
        thing, stands = item.thing_id, newest.get(item.thing_id)
        kept = aside.get(thing)
        since = ended.get(thing)
        line = item.line_id
        beside = served.beside(thing, line, stands.since_served if stands else None)
        found.append(
            Line(
                item, item.schedule.form, stands, kept,
                served.has(thing, line, beside),
                stands is not None and stands.pk <= up_to,
                kept is not None and since is not None and since > kept.made_at,
                served_before=served.before(thing, line), beside=beside,
                served_as=served.under(thing, line),
            )
        )  # fmt: skip
    return found


def _aside_then(duty: DisclosureDuty, by: datetime) -> dict[int, SetAside]:
    """Return what was set aside by a moment; what was set aside anew since, as it was before."""
    found = {each.item_id: each for each in duty.set_aside.filter(made_at__lte=by)}
    anew = set(duty.set_aside.filter(made_at__gt=by).values_list("item", flat=True))
    if not anew:
        return found
    roots = {
        pk: root or pk
        for pk, root in Item.objects.filter(schedule__delivery__case=duty.case_id).values_list(
            "pk", "root"
        )
    }
    for at, detail in (
        _events(duty, "item.set_aside").filter(at__lte=by).values_list("at", "detail")
    ):
        thing = roots.get(detail["item"])
        if thing in anew:
            found[thing] = SetAside(
                duty=duty, item_id=thing, decide_by=date.fromisoformat(detail["decide_by"]),
                made_at=at,
            )  # fmt: skip
    return found
