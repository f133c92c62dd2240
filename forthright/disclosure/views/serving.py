"""Approval, service, the papers of a service, and notice to the court."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, has_permission
from forthright.disclosure import documents, policies
from forthright.disclosure.forms.endorsing import numbers_in
from forthright.disclosure.forms.serving import (
    DayAndHour,
    SendBackForm,
    ServeForm,
)
from forthright.disclosure.models import DisclosureDuty, Serving
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.against import against_once_approved, stands_against
from forthright.disclosure.selectors.answers import answers_shown, left_out_words
from forthright.disclosure.selectors.broken import broken_of
from forthright.disclosure.selectors.handed_in import days_of, unread_of
from forthright.disclosure.selectors.hidden import hidden_of
from forthright.disclosure.selectors.packs import NoPackYet
from forthright.disclosure.selectors.promises import untold_of
from forthright.disclosure.selectors.standings import Line, counts_of, lines_of, makers_of
from forthright.disclosure.selectors.stood import passed_approvals, stood_at, waited_since
from forthright.disclosure.selectors.stuck import stuck_of
from forthright.disclosure.services import (
    approving_later,
    seeing,
    serving,
    serving_then,
)
from forthright.disclosure.views.duties import question
from forthright.disclosure.views.entries import unplaced_for
from forthright.disclosure.views.progress import OPEN_AFTER
from forthright.rules.disclosure_duty import (
    SERVED_OR_LATER,
    DutyState,
    not_yet_served,
)
from forthright.rules.endorsements import Endorsed
from forthright.rules.words import count_words, list_words, moment_words, uncapitalised
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.numbers import number_of
from forthright.web.page import SignedInRequest, page

# What the page of approval sends of an item whose words may go to the defence.
RELEASED = "RELEASE"
SERVED = "Served. Now tell the court, on the same day."
LEFT_OUT = "If it went all the same, record that on the page of the defence statement."


@page(Permission.DISCLOSURE_APPROVE, methods=("GET", "POST"))
def approve(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Approve what is to be disclosed, having looked again at what is presumed and withheld."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_reaches(request.user, Permission.DISCLOSURE_APPROVE, duty)
    is_later = duty.stands in SERVED_OR_LATER
    approve_it: Callable[..., object] = (
        approving_later.approve_later if is_later else serving.approve_duty
    )
    refusal = ""
    if request.method == "POST":
        looked = numbers_in(request.POST, "looked_again")
        released = [line.item.pk for line in lines_of(duty) if _is_released(request, line)]
        try:
            approve_it(
                duty, looked_again=looked, released=released, by=request.user, at=clock.now(),
                opened=request.POST.get("opened", ""),
            )  # fmt: skip
        except (serving.ServingRefused, NotAllowed, ChangedMeanwhile) as refused:
            refusal = str(refused)
        else:
            said = "What was decided since is approved." if is_later else "It can be served."
            messages.success(request, f"Approved. {said}")
            return redirect("disclosure:duty", duty.pk)
    return _approve_page(request, duty, refusal=refusal, form=None)


def _is_released(request: SignedInRequest, line: Line) -> bool:
    """Say whether the page says of an item that its words may go to the defence."""
    return request.POST.get(f"words_{line.item.pk}") == RELEASED


@page(Permission.DISCLOSURE_APPROVE, methods=("POST",))
def duty_send_back(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Send a duty back to whoever endorsed it, with what to look at again."""
    duty = selectors.duty_for(request.user, disclosure_id)
    form = SendBackForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        serving.send_back(duty, reason=reason, by=request.user, at=clock.now())
        messages.success(request, "Sent back, with what to look at again.")
        return redirect("disclosure:duty", duty.pk)
    return _approve_page(request, duty, refusal="", form=form)


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def serve(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Record that all that was said to be disclosed was served, or that there is nothing."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    lines = lines_of(duty)
    due = [line for line in lines if line.standing.is_owed]
    now = clock.now()
    not_yet, passed = _against(duty, lines, due), _passed(duty)
    initial = {
        "day": now.date(),
        "hour": now.time(),
        "opened": serving.stamp_to_serve(duty, due, now),
    }
    if not_yet:
        # What was served before is recorded at its moment, which only a person knows.
        del initial["hour"]
    form = ServeForm(
        request.POST or None, initial=initial, waited=days_of(waited_since(duty))
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        service = serving.Service(
            method=said["method"], proof=said["proof"], served_at=form.moment(),
            things=frozenset(line.item.thing_id for line in due), is_nil=not due,
            went_past=said.get("went_past", ""),
        )  # fmt: skip
        try:
            kept, is_then = serving_then.serve_when_it_was(
                duty, service, by=request.user, at=now, opened=said["opened"]
            )
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except serving.ServingRefused as refusal:
            form = _refused(form, refusal)
        else:
            _say_served(request, kept, is_then=is_then)
            return redirect(f"{reverse('disclosure:court_tell', args=[duty.pk])}?service={kept.pk}")
    context = {
        "duty": duty, "form": form, "due": due,
        "aside": [line for line in lines if line.is_aside and not line.standing.is_decided],
        "is_later": duty.stands in SERVED_OR_LATER,
        "save": f"Record service on {duty.defendant}",
        "not_yet": not_yet, "unread": unread_of(duty.case_id), "passed": passed,
        "unplaced": unplaced_for(request.user, duty), "stuck": stuck_of(duty, now),
        "hidden": see_lines(request, duty, [*due, *(passed.due if passed else [])]),
        **answers_shown(duty),
        "may_endorse": has_permission(request.user, Permission.ITEM_ENDORSE),
        "with_sensitive": selectors.may_see_sensitive(request.user, duty),
        "may_be_late": not_yet and (passed or _may_have_gone(duty, lines)),
        "overdue": [line for line in lines if line.standing.is_overdue(clock.today())],
    }  # fmt: skip
    return render(request, "disclosure/serve.html", context)


def _refused(form: ServeForm, refusal: serving.ServingRefused) -> ServeForm:
    """Return the form with why nothing is kept, and the question why it went where that is asked.

    It is asked of any moment, and the page asks by itself only of those since the newest service.
    """
    if isinstance(refusal, serving_then.WhyItWent):
        form = ServeForm(form.data, initial=form.initial, waited=days_of(refusal.came))
    form.add_error(None, str(refusal))
    return form


def _may_have_gone(duty: DisclosureDuty, lines: list[Line]) -> bool:
    """Say whether something was approved and nothing stood against it then, so it may have gone.

    The first service is approved as a whole; a day until which an item was set aside may have
    passed since. Later more than the first was approved.
    """
    if duty.stands in OPEN_AFTER:
        return duty.approvals.count() > 1
    if duty.stands is not DutyState.APPROVED or duty.approved_at is None:
        return False
    due = frozenset(line.item.thing_id for line in lines if line.standing.is_owed)
    on = clock.day_of(duty.approved_at)
    return not stands_against(duty, lines, due, on=on, is_nil=not due)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passed:
    """When a duty was approved before it was opened again, and what was to be disclosed then."""

    since: datetime
    until: datetime
    was_closed: bool
    due: list[Line]


def _passed(duty: DisclosureDuty) -> _Passed | None:
    """Return the newest time in which a duty was approved and that is over; None where none is."""
    spans = passed_approvals(duty)
    stood = stood_at(duty, spans[-1].since) if spans else None
    if stood is None or spans[-1].until is None:
        return None
    return _Passed(
        since=spans[-1].since, until=spans[-1].until, was_closed=spans[-1].was_closed,
        due=stood.owed,
    )  # fmt: skip


def _say_served(request: SignedInRequest, kept: Serving, *, is_then: bool) -> None:
    """Say that a service is kept, and which answers to the defence are not kept as sent with it."""
    messages.success(request, _served_words(kept) if is_then else SERVED)
    if left := left_out_words(kept.duty, kept.served_at, may_have_gone=LEFT_OUT):
        messages.info(request, left)


def _served_words(kept: Serving) -> str:
    """Say by what a service was kept whose moment is before something that came or changed."""
    number = kept.items.count()
    what = count_words(number, "item") if number else "the statement that there is nothing"
    return (
        f"Kept as it was served {moment_words(kept.served_at)}: {what}, as it stood approved then. "
        "What came or changed since waits on the page of the duty. Now tell the court."
    )


def _against(duty: DisclosureDuty, lines: list[Line], due: list[Line]) -> str:
    """Say why what is due cannot be served now; nothing where it can, or none is due later."""
    if not due and duty.stands in SERVED_OR_LATER:
        return not_yet_served(duty.stands)
    things = {line.item.thing_id for line in due}
    return stands_against(duty, lines, things, on=clock.today(), is_nil=not due)


@page(Permission.DISCLOSURE_SERVE)
def pack(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Hand out the papers of a service: letter, schedule, list, notice to the court."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    try:
        serving_id = number_of(request.GET.get("service", ""))
        files = documents.pack_of(duty, serving_id, by=request.user, at=clock.now())
    except NoPackYet as refusal:
        messages.error(request, str(refusal))
        return redirect("disclosure:duty", duty.pk)
    name = f"disclosure-{duty.pk}.zip"
    return HttpResponse(
        documents.zipped(files),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def court_tell(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Record that the court was given notice of a service: the one named, or the first untold."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    named = number_of(request.GET.get("service", ""))
    left = untold_of(duty)
    untold = left.filter(pk=named).first() if named else left.first()
    if untold is None and named and left.exists():
        messages.info(request, "The court was told of that service already.")
        return redirect("disclosure:duty", duty.pk)
    if untold is None:
        messages.info(request, "The court was told of every service already.")
        return redirect("disclosure:duty", duty.pk)
    now = clock.now()
    form = DayAndHour(request.POST or None, initial={"day": now.date(), "hour": now.time()})
    if request.method == "POST" and form.is_valid():
        try:
            serving.tell_court(untold, form.moment(), by=request.user, at=now)
        except serving.ServingRefused as refusal:
            form.add_error("day", str(refusal))
        else:
            more = untold_of(duty).count()
            waits = f" Of {count_words(more, 'other service')} it was not told yet." if more else ""
            messages.success(request, f"Kept that the court was told.{waits}")
            return redirect("disclosure:duty", duty.pk)
    kind = untold.get_kind_display()
    says = f"Of the service of {moment_words(untold.served_at)}: {uncapitalised(kind)}."
    return question(request, duty, form, "When was the court told?", "Keep it", says=says)


def _approve_page(
    request: SignedInRequest, duty: DisclosureDuty, *, refusal: str, form: SendBackForm | None
) -> HttpResponse:
    is_later = duty.stands in SERVED_OR_LATER
    every = lines_of(duty)
    if is_later:
        every = approving_later.waiting_among(every)
    may_see = selectors.may_see_sensitive(request.user, duty)
    lines = [line for line in every if may_see or line.form != "MG6D"]
    see_lines(request, duty, lines)
    held = serving.may_leave(lines)
    again = [line for line in serving.second_looks(lines) if not line.item.is_held_back]
    given = [line for line in lines if line.standing.is_owed]
    gone = [line for line in lines if line.is_served]
    aside = [line for line in lines if line.is_aside and not line.standing.is_decided]
    # By their ids: a schedule may hold thousands.
    shown = {line.item.pk for line in (*again, *held, *given, *gone, *aside)}
    try:
        if is_later:
            approving_later.check_may_approve(request.user, duty, every)
        else:
            policies.check_can_approve(request.user, duty, makers_of(duty))
        cannot = ""
    except NotAllowed as refused:
        cannot = str(refused)
    context = {
        "duty": duty,
        "form": form or SendBackForm(initial={"reason": _to_query(request, held)}),
        "refusal": refusal,
        "cannot": cannot,
        "unread": unread_of(duty.case_id),
        "unplaced": unplaced_for(request.user, duty),
        "is_later": is_later,
        "again": again,
        "held": [(line, _is_released(request, line)) for line in held],
        "given": given,
        "gone": gone,
        "aside": aside,
        "rest": [line for line in lines if line.item.pk not in shown],
        "counts": _count_words(lines),
        "not_yet": "" if is_later else against_once_approved(duty, every, on=clock.today()),
        "opened": serving.stamp_of(every),
        "broken": broken_of(duty, clock.now()).values(),
        "may_endorse": has_permission(request.user, Permission.ITEM_ENDORSE),
    }
    return render(request, "disclosure/approve.html", context)


def _to_query(request: SignedInRequest, held: list[Line]) -> str:
    """Return what a duty is sent back with where the words of items were not released."""
    left = [line.standing.named for line in held if not _is_released(request, line)]
    return f"Query (Q) {list_words(left)}: the words may be sensitive." if left else ""


def _count_words(lines: list[Line]) -> list[tuple[str, int]]:
    counts = counts_of(lines)
    return [(each.words, counts[each.value]) for each in Endorsed if each.value in counts]


def see_lines(request: SignedInRequest, duty: DisclosureDuty, lines: list[Line]) -> frozenset[int]:
    """Record that items were opened; return those whose words are not for this person."""
    private = hidden_of(duty.case_id, [line.item for line in lines])
    may_see = selectors.may_see_sensitive(request.user, duty)
    seeing.see_items(
        duty, items=len(lines), with_sensitive=may_see and bool(private),
        by=request.user, at=clock.now(),
    )  # fmt: skip
    return frozenset() if may_see else frozenset(item.pk for item in private)
