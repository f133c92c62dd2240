"""Takes back a service, a notice or a statement that never was: one asks, a second confirms."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.disclosure import policies
from forthright.disclosure.forms.taking_back import LeaveForm, TakeBackForm
from forthright.disclosure.models import DisclosureDuty, TakingBack
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.taken_back import recorded_of, taking_of
from forthright.disclosure.services import seeing, taking_back
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.views.duties import question
from forthright.rules.words import day_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

SAYS = (
    "For what was not served on this defendant or not sent, of which the court was not told, or "
    "which the defence of this defendant did not state. Nothing changes until a second person of "
    "the unit confirms it on the page of the duty. Then it counts nowhere, and stays beside why. "
    "Where only the day or the way of a service is wrong, correct that instead."
)


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def duty_take_back(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Ask that a service, a notice or a statement that never was be taken back."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    choices = [(each.key, each.words) for each in recorded_of(duty)]
    if not choices:
        messages.info(request, "Nothing is recorded of this duty that could be taken back.")
        return redirect("disclosure:duty", duty.pk)
    form = TakeBackForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            taking_back.ask_to_take_back(
                duty, said["what"], reason=said["reason"], by=request.user, at=clock.now()
            )
        except DateRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Asked. Somebody else of the unit confirms it on this page.")
            return redirect("disclosure:duty", duty.pk)
    asks = f"What is recorded of {duty.defendant} and never happened?"
    return question(request, duty, form, asks, "Ask to take it back", says=SAYS)


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def taking_confirm(request: SignedInRequest, disclosure_id: int, taking_id: int) -> HttpResponse:
    """Confirm, as a second person, that something recorded never was."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    taking = taking_of(duty, taking_id)
    refusal = ""
    if request.method == "POST":
        try:
            taking_back.take_back(taking, by=request.user, at=clock.now())
        except (DateRefused, NotAllowed) as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Taken back. It counts nowhere, and stays beside why.")
            return redirect("disclosure:duty", duty.pk)
    return _taking_page(request, duty, taking, LeaveForm(), refusal=refusal)


@page(Permission.DISCLOSURE_SERVE, methods=("POST",))
def taking_leave(request: SignedInRequest, disclosure_id: int, taking_id: int) -> HttpResponse:
    """Leave something as it is recorded that somebody asked to take back."""
    duty = selectors.duty_for(request.user, disclosure_id)
    taking = taking_of(duty, taking_id)
    form = LeaveForm(request.POST)
    if form.is_valid():
        try:
            taking_back.leave_as_it_is(
                taking, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
            )
        except DateRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It stays as it is recorded, with why.")
            return redirect("disclosure:duty", duty.pk)
    return _taking_page(request, duty, taking, form, refusal="")


def _taking_page(
    request: SignedInRequest, duty: DisclosureDuty, taking: TakingBack, form: LeaveForm,
    *, refusal: str,
) -> HttpResponse:  # fmt: skip
    seeing.see_duty(duty, by=request.user, at=clock.now())
    is_theirs = taking.asked_by_id == request.user.pk
    context = {
        "duty": duty, "taking": taking, "form": form, "refusal": refusal, "is_theirs": is_theirs,
        "waits": taking.state == TakingBack.State.ASKED,
        "follows": _follows(duty, taking),
    }  # fmt: skip
    return render(request, "disclosure/taking_back.html", context)


def _follows(duty: DisclosureDuty, taking: TakingBack) -> str:
    """Say what follows where it is confirmed."""
    if taking.what == TakingBack.What.NOTICE:
        return "The court then counts as not told of that service, until it is."
    if taking.what == TakingBack.What.SENDING:
        return (
            "The answers that went then wait to be sent, and the day is recorded anew once they go."
        )
    if taking.what == TakingBack.What.STATEMENT:
        return (
            "The duty then stands as if it had not been recorded: what it asks for waits for "
            "nobody, and the time of the defence runs on or is over by the dates of the duty."
        )
    if taking.serving is not None and taking.serving.kind == taking.serving.Kind.CONTINUING:
        return "What went by it then waits to be served."
    return (
        "The duty then waits to be served as it was approved, or goes back to what came or was "
        "decided since. The time of the defence for its statement stops. Initial disclosure is due "
        f"by {day_words(duty.due_on)}: served after that day, it is late."
    )
