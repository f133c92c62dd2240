"""A second person reads a letter with what the checks say, and approves or returns it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.letters import policies
from forthright.letters.forms.drafts import ApproveForm, OverruleForm
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.checking import Shown, check_version, overrides_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services import approving as services
from forthright.letters.services.drafting import DraftRefused
from forthright.schemes.models import Duty
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

REFUSALS = (services.ApprovalRefused, DraftRefused)


@page(Permission.LETTER_APPROVE, methods=("GET", "POST"))
def approve(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Read the letter and decide on it."""
    duty = duty_for(request.user, duty_id)
    version = _newest(duty)
    policies.check_can_approve(request.user, duty)
    form = ApproveForm(request.POST or None, initial={"number": version.number})
    if request.method == "POST" and form.is_valid() and _is_decided(request, duty, form):
        return redirect("letters:letter", duty.pk)
    see_letter(duty, by=request.user, at=clock.now())
    context = {
        "duty": duty,
        "form": form,
        "version": version,
        "checked": check_version(version, duty, clock.today()),
        "overrides": overrides_of(duty),
        "note": note_for(duty.decision),
    }
    return render(request, "letters/approve.html", context)


@page(Permission.STOP_OVERRULE, methods=("GET", "POST"))
def overrule(request: SignedInRequest, duty_id: int, finding: int) -> HttpResponse:
    """Say why words may stand that a check stops."""
    duty = duty_for(request.user, duty_id)
    policies.check_can_overrule(request.user, duty)
    shown = _stop(duty, finding)
    form = OverruleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"by": request.user, "at": clock.now()}
        try:
            services.overrule(duty, shown, reason=form.cleaned_data["reason"], **said)
        except REFUSALS as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "The stop is overruled, with your name and reason.")
            return redirect("letters:letter", duty.pk)
    see_letter(duty, by=request.user, at=clock.now())
    context = {"duty": duty, "form": form, "each": shown}
    return render(request, "letters/overrule.html", context)


def _is_decided(request: SignedInRequest, duty: Duty, form: ApproveForm) -> bool:
    """Approve or return; a refusal goes into the form."""
    answers = form.cleaned_data
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        if answers["answer"] == "RETURN":
            services.return_to_drafter(duty, reason=answers["reason"], **said)
            messages.success(request, "The letter is back with its drafter.")
        else:
            services.approve(duty, answers["number"], **said)
            messages.success(request, "The letter is approved and can be sent.")
    except REFUSALS as refusal:
        field = "reason" if answers["answer"] == "RETURN" else "answer"
        form.add_error(field, str(refusal))
        return False
    return True


def _newest(duty: Duty) -> LetterVersion:
    version = latest_words(duty)
    if version is None:
        raise Http404("No words yet")
    return version


def _stop(duty: Duty, number: int) -> Shown:
    """Return one stop of the newest words.

    :raises Http404: if there is none of that number
    """
    found = check_version(_newest(duty), duty, clock.today()).stops
    for each in found:
        if each.number == number:
            return each
    raise Http404("No such stop")
