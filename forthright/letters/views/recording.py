"""Recording by hand what was done about the letter owed: when each step was taken."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.letters import policies
from forthright.letters.selectors.which import letter_of
from forthright.letters.services.recording import answer_step
from forthright.rules.states import MoveNotAllowed
from forthright.rules.words import is_day_only, list_words
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes import policies as scheme_policies
from forthright.schemes import services
from forthright.schemes.forms.recording import QUESTIONS, StageForm
from forthright.schemes.models import Duty
from forthright.schemes.selectors import facts
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.selectors.stages import STEPS
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile
from forthright.web.page import SignedInRequest, page

REFUSALS = (services.TimeRefused, services.ReasonNeeded, MoveNotAllowed, CalendarTooShort)


@page(Permission.DUTY_RECORD, methods=("GET", "POST"))
def stage_record(request: SignedInRequest, duty_id: int, stage: str) -> HttpResponse:
    """Record when a step of a letter happened, correct it, or take it back."""
    duty = duty_for(request.user, duty_id)
    if stage not in STEPS:
        raise Http404("No such stage")
    policies.check_can_answer_step(request.user, duty, stage)
    form = _stage_form(request, duty, stage, request.POST or None)
    if request.method == "POST":
        if form.is_valid() and _is_recorded(request, duty, stage, form):
            return redirect("letters:letter", duty.pk)
        duty.refresh_from_db()
        form = _asked_again(form, request, duty, stage)
    see_letter(duty, by=request.user, at=clock.now())
    context = {
        "duty": duty,
        "form": form,
        "recorded": getattr(duty, f"{stage}_at"),
        "question": QUESTIONS[stage],
        "missing": list_words(services.steps_missing(duty, stage)),
        "may_change": form.asks_when,
        "may_take_back": is_allowed(policies.check_can_take_back, request.user, duty, stage),
        "given_here": _approver_here(duty) if stage == "approved" else None,
        "stands_for_approval": form.asks_when and scheme_policies.stands_for_approval(duty, stage),
    }
    return render(request, "letters/stage_record.html", context)


def _approver_here(duty: Duty) -> User | None:
    """Return who approved the words of a letter here, where it was not recorded by hand."""
    letter = letter_of(duty)
    return letter.approved_by if letter.approved_version_id else None


def _stage_form(
    request: SignedInRequest, duty: Duty, stage: str, said: QueryDict | None
) -> StageForm:
    """Return the form of a step as it is recorded now, which knows what that is."""
    may_record = is_allowed(policies.check_can_record_step, request.user, duty, stage)
    recorded = getattr(duty, f"{stage}_at")
    missing = services.steps_missing(duty, stage)
    offered = _time_offered(recorded, is_past=bool(missing))
    return StageForm(
        said,
        is_correction=recorded is not None,
        asks_when=may_record,
        missing=missing,
        initial={**offered, "opened": facts.stage_stamp(duty, stage)},
    )


def _asked_again(form: StageForm, request: SignedInRequest, duty: Duty, stage: str) -> StageForm:
    """Return a form with what was typed that says what somebody else recorded meanwhile, if so."""
    stamp = facts.stage_stamp(duty, stage)
    if request.POST.get("opened") == stamp:
        return form
    said = request.POST.copy()
    said["opened"] = stamp
    again = _stage_form(request, duty, stage, said)
    again.add_error("day" if again.asks_when else None, facts.stage_now(duty, stage))
    return again


def _time_offered(recorded: datetime | None, *, is_past: bool) -> dict[str, Any]:
    """Return the time to begin with: the one recorded, or now where the step may be fresh."""
    if recorded is None and is_past:
        return {}
    shown = timezone.localtime(recorded or clock.now())
    return {"day": shown.date(), "hour": None if is_day_only(shown) else shown.time()}


def _is_recorded(request: SignedInRequest, duty: Duty, stage: str, form: StageForm) -> bool:
    """Record or take back the step; a refusal goes into the form."""
    is_taken_back = "take_back" in request.POST or not form.asks_when
    answer = services.StageAnswer(
        happened_at=None if is_taken_back else form.moment(),
        reason=form.cleaned_data.get("reason", ""),
        opened=form.cleaned_data["opened"],
    )
    step = STEPS[stage][1]
    try:
        answer_step(duty, stage, answer, by=request.user, at=clock.now())
    except ChangedMeanwhile:
        # What stands now is told when the form is asked again.
        return False
    except REFUSALS as refusal:
        _refuse(form, refusal)
        return False
    messages.success(
        request, f"Taken back: {step.lower()}." if is_taken_back else f"Recorded: {step}."
    )
    return True


def _refuse(form: Form, refusal: Exception) -> None:
    field = "day" if isinstance(refusal, services.TimeRefused) and "day" in form.fields else None
    form.add_error(field, str(refusal))
