"""The list of duties to disclose, one duty, and its dates."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, has_permission, is_allowed
from forthright.cases.hearings import heard_otherwise, listed_of, sent_otherwise
from forthright.cases.models import Case
from forthright.cases.selectors import WhichCase, the_case
from forthright.disclosure import policies
from forthright.disclosure.forms.duties import CaseForm, CourtDateForm, StartForm, TriggerForm
from forthright.disclosure.forms.endorsing import numbers_in
from forthright.disclosure.forms.schedules import LetGoForm
from forthright.disclosure.models import DisclosureDuty, TakingBack
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.after_service import next_steps
from forthright.disclosure.selectors.answered import answered_for, with_answers
from forthright.disclosure.selectors.closed_since import is_new_since_closed, with_new_since_closed
from forthright.disclosure.selectors.corrected import corrected_of
from forthright.disclosure.selectors.ended import end_of, opened_again_of
from forthright.disclosure.selectors.handed_in import listed, unread_of
from forthright.disclosure.selectors.limits import judged_words_of
from forthright.disclosure.selectors.not_begun import not_begun_for, not_begun_in, to_begin_for
from forthright.disclosure.selectors.orders import outdated_words
from forthright.disclosure.selectors.over import over_on
from forthright.disclosure.selectors.promises import told_of
from forthright.disclosure.selectors.record_sheet import entries_of, events_of, sent_back_with
from forthright.disclosure.selectors.remands import remand_now, standing_changes
from forthright.disclosure.selectors.set_hearings import hearing_set_in
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.selectors.stuck import items_waiting, stuck_of
from forthright.disclosure.selectors.taken_back import takings_of
from forthright.disclosure.selectors.went_and_held import went_and_held
from forthright.disclosure.services import correcting, dating, placing, seeing, starting
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.views.entries import unplaced_for
from forthright.disclosure.views.leaving import left_shown
from forthright.disclosure.views.progress import steps_shown
from forthright.rules.disclosure_after_service import next_words
from forthright.rules.disclosure_duty import BEFORE_SERVING, SERVED_OR_LATER, DutyState
from forthright.rules.disclosure_limits import INITIAL, Court
from forthright.rules.urn import NotAUrn
from forthright.rules.words import count_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

PAGE, ENTRIES, MOVES_SHOWN = 25, 200, 20
# What the list may be narrowed to: its words, and the states.
SHOWN = {
    "open": ("To be served", [each.value for each in BEFORE_SERVING]),
    "served": ("Served", [each.value for each in SERVED_OR_LATER - {DutyState.CLOSED}]),
    "closed": ("Closed", [DutyState.CLOSED.value]),
}


@page(Permission.DISCLOSURE_SEE)
def duties(request: SignedInRequest) -> HttpResponse:
    """List the duties: what needs this person first, then the rest by when it is due."""
    today = clock.today()
    shown = request.GET.get("show", "open")
    shown = shown if shown in SHOWN else "open"
    rows = with_answers(selectors.duties_visible_to(request.user), today)
    rows = rows.filter(state__in=SHOWN[shown][1])
    pages = slice_of(rows, request.GET, order=("serve_by", "pk"), size=PAGE)
    needed = with_answers(selectors.waiting_for(request.user, today), today)
    waiting = list(with_new_since_closed(needed)[:PAGE])
    steps = next_steps(request.user, [each.pk for each in waiting], today)
    for each in waiting:
        each.next_words = next_words(steps.get(each.pk, ()))
    seeing.see_list([*waiting, *pages.rows], by=request.user, at=clock.now())
    context = {
        "waiting": waiting,
        "pages": pages,
        "today": today,
        "shown": shown,
        "choices": [(key, words) for key, (words, _) in SHOWN.items()],
        "may_start": has_permission(request.user, Permission.SCHEDULE_BRING),
    }
    return render(request, "disclosure/duties.html", context)


@page(Permission.DISCLOSURE_SEE)
def duty(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Show one duty: what is next, what was done, and each date with why."""
    return _duty_page(request, selectors.duty_for(request.user, disclosure_id), LetGoForm())


@page(Permission.SCHEDULE_BRING, methods=("POST",))
def duty_left(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Keep why items left the schedules undecided, where nobody was asked when they did."""
    duty = selectors.duty_for(request.user, disclosure_id)
    form = LetGoForm(request.POST)
    let_go = placing.LetGo(numbers_in(request.POST, "left"), request.POST.get("reason", ""))
    try:
        placing.say_why_left(duty, let_go, by=request.user, at=clock.now())
    except placing.LeavingRefused as refusal:
        form.add_error("reason", str(refusal))
        return _duty_page(request, duty, form)
    messages.success(request, "Kept, with your name.")
    return redirect("disclosure:duty", duty.pk)


def _duty_page(request: SignedInRequest, shown: DisclosureDuty, form: LetGoForm) -> HttpResponse:
    deliveries = selectors.deliveries_visible_to(request.user).filter(case=shown.case_id)
    seeing.see_duty(shown, by=request.user, at=clock.now())
    lines = lines_of(shown)
    others = list(not_begun_in(Case.objects.filter(pk=shown.case_id)))
    seeing.see_defendants(others, by=request.user, at=clock.now())
    with_sensitive = selectors.may_see_sensitive(request.user, shown)
    takings = list(takings_of(shown))
    is_closed = shown.stands is DutyState.CLOSED
    now = clock.now()
    held = items_waiting(shown, now) if shown.served_at else []
    context = {
        "duty": shown,
        "is_new_since": is_closed and is_new_since_closed(shown),
        "answered": answered_for(shown).first(),
        "left": left_shown(shown, request.POST, with_sensitive=with_sensitive),
        "let_go": form,
        "corrected": corrected_of(shown),
        "judged": judged_words_of(shown),
        "steps": steps_shown(request.user, shown, lines, held),
        "sent_back": sent_back_with(shown, with_sensitive=with_sensitive),
        "remands": standing_changes(shown),
        "earlier_courts": shown.earlier_courts.select_related("set_by"),
        "dates": shown.dates.all(),
        "moved_since": shown.dates.filter(key=INITIAL).exclude(day=shown.due_on).exists(),
        "changes": shown.date_changes.select_related("changed_by")[:MOVES_SHOWN],
        "more_changes": max(0, shown.date_changes.count() - MOVES_SHOWN),
        "deliveries": listed(deliveries),
        "over": over_on([shown.case_id]).get(shown.case_id),
        "unread": unread_of(shown.case_id),
        "unplaced": unplaced_for(request.user, shown),
        "stuck": stuck_of(shown, now, held),
        "went_and_held": went_and_held(shown),
        "told": told_of(shown),
        "servings": shown.servings.select_related("served_by", "court_told_by"),
        "takings": takings,
        "was_asked": any(each.state != TakingBack.State.ASKED for each in takings),
        "not_begun": others,
        "may_bring": is_allowed(policies.check_can_bring, request.user, shown),
        "may_serve": is_allowed(policies.check_can_serve, request.user, shown),
        "may_end": shown.stands is not DutyState.CLOSED,
        "ended_on": end_of(shown),
        "opened_again": opened_again_of(shown),
        # Before magistrates, and of a duty that is closed, nobody is asked.
        "sent_otherwise": shown.court == Court.CROWN
        and shown.stands is not DutyState.CLOSED
        and sent_otherwise(shown.case_id),
        "heard_otherwise": shown.court == Court.CROWN
        and shown.stands is not DutyState.CLOSED
        and heard_otherwise(shown.case_id),
        "heard_here": hearing_set_in(shown),
        "today": clock.today(),
    }
    return render(request, "disclosure/duty.html", context)


@page(Permission.DISCLOSURE_SEE)
def not_begun(request: SignedInRequest) -> HttpResponse:
    """List the defendants of cases sent to the Crown Court for whom no duty has begun."""
    rows = not_begun_for(request.user)
    pages = slice_of(rows, request.GET, order=("case", "pk"), size=PAGE)
    seeing.see_defendants(pages.rows, by=request.user, at=clock.now())
    may_start = has_permission(request.user, Permission.SCHEDULE_BRING)
    context = {"pages": pages, "number": rows.count(),
               "own": to_begin_for(request.user).count(),
               "own_unit": request.user.unit_id if may_start else None}  # fmt: skip
    return render(request, "disclosure/not_begun.html", context)


@page(Permission.DISCLOSURE_SEE)
def dates_moved(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Show every date of a duty that moved, with why, the newest first."""
    shown = selectors.duty_for(request.user, disclosure_id)
    seeing.see_duty(shown, by=request.user, at=clock.now())
    rows = shown.date_changes.select_related("changed_by")
    pages = slice_of(rows, request.GET, order=("-changed_at", "-pk"), size=ENTRIES)
    return render(request, "disclosure/dates_moved.html", {"duty": shown, "pages": pages})


@page(Permission.DISCLOSURE_SEE)
def record_sheet(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Show all that was done about a duty, as the record has it."""
    shown = selectors.duty_for(request.user, disclosure_id)
    seeing.see_duty(shown, by=request.user, at=clock.now())
    pages = slice_of(events_of(shown), request.GET, order=("sequence",), size=ENTRIES)
    with_sensitive = selectors.may_see_sensitive(request.user, shown)
    is_theirs = is_allowed(policies.check_can_bring, request.user, shown)
    entries = entries_of(
        shown, list(pages.rows), with_sensitive=with_sensitive, is_theirs=is_theirs
    )
    context = {"duty": shown, "entries": entries, "pages": pages}
    return render(request, "disclosure/record_sheet.html", context)


@page(Permission.SCHEDULE_BRING, methods=("GET", "POST"))
def duty_start(request: SignedInRequest) -> HttpResponse:
    """Begin the duty to disclose to a defendant: first the case, then what began it."""
    asked = CaseForm(request.GET if "urn" in request.GET else None)
    case = _case_in(request, asked) if asked.is_bound and asked.is_valid() else None
    if case is None:
        return render(request, "disclosure/duty_start.html", {"form": asked, "case": None})
    defendants = selectors.defendants_without_duty(case)
    listed = listed_of(case.pk)
    first = {"triggered_on": listed.sent_on, "court": "CROWN"} if listed and listed.sent_on else {}
    form = StartForm(request.POST or None, defendants=defendants, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        trigger = starting.Trigger(
            court=said["court"], triggered_on=said["triggered_on"], remand=said["remand"]
        )
        try:
            begun = starting.start_duty(said["defendant"], trigger, by=request.user, at=clock.now())
        except (starting.DutyRefused, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The duty has begun. Its dates are worked out.")
            return redirect("disclosure:duty", begun.pk)
    begun_already = list(selectors.duties_of_case(case))
    seeing.see_list(begun_already, by=request.user, at=clock.now())
    context = {"form": form, "case": case, "begun": begun_already,
               "has_more": defendants.exists()}  # fmt: skip
    return render(request, "disclosure/duty_start.html", context)


def _case_in(request: SignedInRequest, asked: CaseForm) -> Case | None:
    """Return the one case of this person's unit with that URN, or say that there is none."""
    rows = Case.objects.filter(area=request.user.area_id, unit=request.user.unit_id)
    try:
        case = the_case(rows, asked.cleaned_data["urn"])
    except (NotAUrn, WhichCase) as refusal:
        asked.add_error("urn", str(refusal))
        return None
    if case is None:
        asked.add_error("urn", "Your unit holds no case with this URN")
    return case


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def court_date_set(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Keep a date that a court ordered, or a hearing that moved; every date is counted anew."""
    shown = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, shown)
    initial = {"opened": dating.court_stamp(shown)}
    form = CourtDateForm(request.POST or None, initial=initial, dates=list(shown.dates.all()))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        ordered = dating.Ordered(
            key=said["key"], day=said["day"], reason=said["reason"],
            odd_because=said.get("odd_because", ""), ordered_on=said["ordered_on"],
            is_correction=said["is_correction"],
        )  # fmt: skip
        try:
            moved = dating.set_court_date(
                shown, ordered, by=request.user, at=clock.now(), opened=said["opened"]
            )
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except dating.OddDate as refusal:
            form.ask_why(str(refusal))
        except DateRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            # What the court ordered before another order that stands moves nothing.
            says = () if moved else outdated_words(shown).get(said["key"], ())
            return _dated(request, shown, moved, says=says)
    return question(request, shown, form, "Which date did the court set?", "Set the date")


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def trigger_correct(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Correct the day on which a duty began, the court, or where the defendant waits."""
    shown = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, shown)
    initial = {"triggered_on": shown.triggered_on, "remand": remand_now(shown),
               "court": shown.court}  # fmt: skip
    form = TriggerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            moved = correcting.correct_trigger(
                shown, correcting.Trigger(**said), by=request.user, at=clock.now()
            )
        except dating.OddDate as refusal:
            form.ask_why(str(refusal))
        except DateRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _dated(request, shown, moved)
    return question(request, shown, form, "What began the duty?", "Correct it")


def question(
    request: SignedInRequest, duty: DisclosureDuty, form: object, asks: str, save: str,
    *, says: str = "",
) -> HttpResponse:  # fmt: skip
    """Ask one question about a duty; `says` is what it is asked of."""
    seeing.see_duty(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form, "question": asks, "save": save, "says": says}
    return render(request, "disclosure/question.html", context)


def _dated(
    request: SignedInRequest, duty: DisclosureDuty, moved: int, *, says: Sequence[str] = ()
) -> HttpResponse:
    words = f"{count_words(moved, 'date')} moved" if moved else "No date moved"
    because = says[-1] if says else ""
    messages.success(request, f"Kept. {words}; each is listed with its reason. {because}".strip())
    return redirect("disclosure:duty", duty.pk)
