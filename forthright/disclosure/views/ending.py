"""The end of a duty, and how one that was closed is opened again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.disclosure import policies
from forthright.disclosure.forms.serving import CloseForm, EndForm, OpenAgainForm
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.handed_in import unread_of
from forthright.disclosure.services import reopening, seeing, starting
from forthright.disclosure.views.duties import question
from forthright.disclosure.views.entries import unplaced_for
from forthright.rules.disclosure_duty import BEFORE_SERVING
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def duty_close(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """End a duty when the trial is over, or with its case, whatever still waits."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    if duty.stands in BEFORE_SERVING or "ended" in request.GET:
        return _end_page(request, duty)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            starting.close_duty(duty, reason=reason, by=request.user, at=clock.now())
        except (starting.DutyRefused, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The duty is closed.")
            return redirect("disclosure:duty", duty.pk)
    seeing.see_duty(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form, "question": "Is the duty over?",
               "save": "Close the duty", "unread": unread_of(duty.case_id),
               "unplaced": unplaced_for(request.user, duty)}  # fmt: skip
    return render(request, "disclosure/duty_close.html", context)


# What the page of the end says: the button, what was kept, and what it is asked of.
BEFORE = ("Close the duty without serving", "Nothing is served.", "")
WHAT_WAITS = (
    "Such as a plea of guilty, or no evidence offered. What still waits stays as it is, and the "
    "record says how much that was. After a conviction at trial the duty goes on until it is done: "
    "answer what waits, and close it then."
)
AFTER = ("Close the duty", "What waited stays as it was.", WHAT_WAITS)


def _end_page(request: SignedInRequest, duty: DisclosureDuty) -> HttpResponse:
    save, kept, says = BEFORE if duty.stands in BEFORE_SERVING else AFTER
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            starting.end_duty(
                duty, said["ended_on"], reason=said["reason"], by=request.user, at=clock.now()
            )
        except (starting.DutyRefused, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The duty is closed. {kept}")
            return redirect("disclosure:duty", duty.pk)
    asks = "Has the case ended for this defendant?"
    return question(request, duty, form, asks, save, says=says)


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def duty_open_again(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Open a closed duty again, with why."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    form = OpenAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            reopening.open_again(duty, reason=reason, by=request.user, at=clock.now())
        except (starting.DutyRefused, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The duty is open again. It stands where it had come to.")
            return redirect("disclosure:duty", duty.pk)
    return question(request, duty, form, "Does the case go on?", "Open the duty again")
