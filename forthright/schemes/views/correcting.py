"""Pages that correct what a due date was counted from; the date is worked out again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.rules.entitlement import Entitlement, entitlement_doubt
from forthright.rules.words import count_words, is_day_only, local
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes import policies, services
from forthright.schemes.forms.correcting import DecisionTimeForm, EntitlementForm
from forthright.schemes.models import Duty
from forthright.schemes.selectors import facts
from forthright.schemes.selectors.area_clock import NoRulesInForce
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page

REFUSALS = (services.TimeRefused, services.ReasonNeeded, CalendarTooShort, NoRulesInForce)


@page(Permission.DUTY_RECORD, methods=("GET", "POST"))
def entitlement_correct(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Correct what a person is entitled to."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_record(request.user, duty)
    person = duty.person
    initial = {"entitlement": person.entitlement, "opened": facts.entitlement_stamp(person)}
    form = EntitlementForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            moved = services.correct_entitlement(
                duty, said["entitlement"], because=said["because"],
                by=request.user, at=clock.now(), opened=said["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            person.refresh_from_db()
            ask_anew(form, refusal)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, duty, "The entitlement is corrected.", moved)
    known = f"Recorded now: {person.get_entitlement_display()}. {person.entitlement_because}"
    if doubt := entitlement_doubt(person.relation, Entitlement(person.entitlement)):
        known = f"{known.strip().rstrip('.')}. {doubt}"
    return _asked(request, duty, form, question="What is this person entitled to?", known=known)


@page(Permission.DUTY_RECORD, methods=("GET", "POST"))
def decision_time_correct(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Correct when the decision was made."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_record(request.user, duty)
    shown = local(duty.decided_at)
    hour = None if is_day_only(shown) else shown.time()
    initial = {"day": shown.date(), "hour": hour, "opened": facts.decision_stamp(duty.decision)}
    form = DecisionTimeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            moved = services.correct_decision_time(
                duty, form.moment(), reason=form.cleaned_data["reason"],
                by=request.user, at=clock.now(), opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except REFUSALS as refusal:
            is_time = isinstance(refusal, services.TimeRefused)
            form.add_error("day" if is_time else None, str(refusal))
        else:
            return _done(request, duty, "The time of the decision is corrected.", moved)
    return _asked(request, duty, form, question="When was the decision made?")


def _done(request: SignedInRequest, duty: Duty, words: str, moved: int) -> HttpResponse:
    """Say what the correction did to due dates, and go back to the letter."""
    dates = f"{count_words(moved, 'due date')} moved" if moved else "No due date moved"
    messages.success(request, f"{words} {dates}; the old dates are kept.")
    return redirect("letters:letter", duty.pk)


def _asked(
    request: SignedInRequest, duty: Duty, form: Any, *, question: str, known: str = ""
) -> HttpResponse:
    see_letter(duty, by=request.user, at=clock.now())
    context = {
        "duty": duty,
        "form": form,
        "question": question,
        "known": known,
        "save": "Correct it",
    }
    return render(request, "schemes/fact_correct.html", context)
