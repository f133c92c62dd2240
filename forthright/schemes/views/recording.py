"""Small pages that each ask one thing about a letter."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.rules.states import MoveNotAllowed
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes import policies, services
from forthright.schemes.forms.recording import (
    DrafterForm,
    NotRequiredForm,
    ReasonForm,
)
from forthright.schemes.models import Duty
from forthright.schemes.selectors import facts
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page

REFUSALS = (services.TimeRefused, services.ReasonNeeded, MoveNotAllowed, CalendarTooShort)


@page(Permission.DUTY_NOT_REQUIRED, methods=("GET", "POST"))
def duty_not_required(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Say that a letter is not required, and why."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_say_not_required(request.user, duty)
    form = NotRequiredForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.mark_not_required(duty, form.reason_words(), by=request.user, at=clock.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "No letter is required. It can be opened again.")
            return redirect("letters:letter", duty.pk)
    return _asked(
        request, duty, form, question="Is no letter required?", save="Record that none is required"
    )


@page(Permission.DUTY_NOT_REQUIRED, methods=("GET", "POST"))
def duty_reopen(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Open a letter again that was said not to be required."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_say_not_required(request.user, duty)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reopen(duty, form.cleaned_data["reason"], by=request.user, at=clock.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The letter is open again.")
            return redirect("letters:letter", duty.pk)
    return _asked(request, duty, form, question="Open this letter again", save="Open it again")


@page(Permission.DUTY_RECORD, methods=("GET", "POST"))
def duty_drafter(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Say who drafted a letter."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_record(request.user, duty)
    initial = {"drafter": duty.drafter_id, "opened": facts.drafter_stamp(duty)}
    form = DrafterForm(request.POST or None, area=duty.area, initial=initial)
    if request.method == "POST" and form.is_valid():
        drafter = form.cleaned_data["drafter"]
        try:
            services.name_drafter(
                duty, drafter, by=request.user, at=clock.now(), opened=form.cleaned_data["opened"]
            )
        except ChangedMeanwhile as refusal:
            # Another may have been named since this request read who drafted it.
            duty.refresh_from_db()
            ask_beside(form, refusal, {"drafter": duty.drafter or duty.drafter_name})
        else:
            messages.success(request, f"{drafter} is recorded as the drafter.")
            return redirect("letters:letter", duty.pk)
    return _asked(request, duty, form, question="Who drafted the letter?", save="Save")


def _asked(
    request: SignedInRequest, duty: Duty, form: Form, *, question: str, save: str
) -> HttpResponse:
    see_letter(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form, "question": question, "save": save}
    return render(request, "schemes/duty_question.html", context)
