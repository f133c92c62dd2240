"""A second person reads a letter with what the checks say, and approves or returns it."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.letters import policies
from forthright.letters.addresses import address_of
from forthright.letters.forms.drafts import ApproveForm, OverruleForm
from forthright.letters.models import Letter, LetterVersion
from forthright.letters.selectors.checking import Shown, check_version, overrides_of
from forthright.letters.selectors.checks import why_unchecked
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.looks import before_approving
from forthright.letters.selectors.which import letter_at
from forthright.letters.services import approving as services
from forthright.letters.services.drafting import DraftRefused
from forthright.letters.views.about import about_letter
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

REFUSALS = (services.ApprovalRefused, DraftRefused)


@page(Permission.LETTER_APPROVE, methods=("GET", "POST"))
def approve(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Read the letter and decide on it."""
    letter = letter_at(request.user, duty_id, number)
    version = _newest(letter)
    policies.check_can_approve(request.user, letter)
    form = ApproveForm(request.POST or None, initial={"number": version.number})
    if request.method == "POST" and form.is_valid() and _is_decided(request, letter, form):
        return redirect(address_of("letter", letter))
    version = _newest(letter)
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {
        **about_letter(letter),
        "form": form,
        "may_draft": is_allowed(policies.check_can_draft, request.user, letter),
        "version": version,
        "checked": check_version(version, letter, clock.today()),
        "overrides": overrides_of(letter),
        "own_look": before_approving(request.user, letter),
    }
    return render(request, "letters/approve.html", context)


@page(Permission.STOP_OVERRULE, methods=("GET", "POST"))
def overrule(request: SignedInRequest, duty_id: int, finding: int, number: int = 1) -> HttpResponse:
    """Say why words may stand that a check stops."""
    letter = letter_at(request.user, duty_id, number)
    policies.check_can_overrule(request.user, letter)
    shown = _stop(letter, finding)
    about = _named(shown)
    form = OverruleForm(request.POST or None, initial={"about": about})
    if request.method == "POST" and form.is_valid():
        if _is_overruled(request, letter, shown, form):
            messages.success(request, "The stop is overruled, with your name and reason.")
            return redirect(address_of("letter", letter))
        form.ask_about(about)
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {**about_letter(letter), "form": form, "each": shown}
    return render(request, "letters/overrule.html", context)


def _named(shown: Shown) -> str:
    """Return what a stop is known by whatever its number: its rule and the words it is about."""
    finding = shown.finding
    return hashlib.sha256(f"{finding.rule}\n{finding.words}".encode()).hexdigest()


def _is_overruled(
    request: SignedInRequest, letter: Letter, shown: Shown, form: OverruleForm
) -> bool:
    """Overrule the stop whose page was sent, and no other; a refusal goes into the form."""
    if form.cleaned_data["about"] != _named(shown):
        form.add_error(
            None,
            "The letter was changed since you opened this page, and another stop stands in this "
            "place now. It is shown here: read it before you overrule it.",
        )
        return False
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        services.overrule(letter, shown, reason=form.cleaned_data["reason"], **said)
    except REFUSALS as refusal:
        form.add_error("reason", str(refusal))
        return False
    return True


def _is_decided(request: SignedInRequest, letter: Letter, form: ApproveForm) -> bool:
    """Approve or return; a refusal goes into the form."""
    answers = form.cleaned_data
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        if answers["answer"] == "RETURN":
            services.return_to_drafter(
                letter, reason=answers["reason"], number=answers["number"], **said
            )
            messages.success(request, "The letter is back with its drafter.")
        else:
            approved = services.approve(letter, answers["number"], **said)
            waits = why_unchecked(approved, approved.approved_version_id)
            done = f"The letter is approved. {waits}" if waits else ""
            messages.success(request, done or "The letter is approved and can be sent.")
    except REFUSALS as refusal:
        field = "reason" if answers["answer"] == "RETURN" else "answer"
        form.add_error(field, str(refusal))
        # The page shows the newest words from here on, so the next answer is about those.
        form.ask_of(_newest(letter).number)
        return False
    return True


def _newest(letter: Letter) -> LetterVersion:
    version = latest_words(letter)
    if version is None:
        raise Http404("No words yet")
    return version


def _stop(letter: Letter, number: int) -> Shown:
    """Return one stop of the newest words.

    :raises Http404: if there is none of that number
    """
    found = check_version(_newest(letter), letter, clock.today()).stops
    for each in found:
        if each.number == number:
            return each
    raise Http404("No such stop")
