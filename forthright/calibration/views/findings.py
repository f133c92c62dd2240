"""Faults that come again: what was found, who puts it right, and how it ended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, is_allowed
from forthright.calibration import forms, policies
from forthright.calibration.models import SystemicFinding
from forthright.calibration.selectors import findings as selectors
from forthright.calibration.services import findings as services
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

# Somebody was quicker while the form was filled in.
NOTHING_LOST = (
    "Nothing was kept. What you wrote is still on this page: copy it, and talk to them about it."
)


@page(Permission.FINDING_SEE)
def findings(request: SignedInRequest) -> HttpResponse:
    """List the findings of the Area: those that stand, then those closed."""
    found = list(selectors.findings_visible_to(request.user))
    blind = selectors.findings_to_mark_blind(request.user, found)
    rows = [(each, selectors.owner_words(each), each.pk in blind) for each in found]
    closed = SystemicFinding.State.CLOSED
    context = {
        "standing": [
            (*each, len(selectors.lifted_since(each[0])))
            for each in rows
            if each[0].state != closed
        ],
        "closed": [each for each in rows if each[0].state == closed],
    }
    return render(request, "calibration/findings.html", context)


@page(Permission.FINDING_SEE)
def finding(request: SignedInRequest, systemic_id: int) -> HttpResponse:
    """Show a finding, how it was found, and its letters."""
    shown = selectors.finding_for(request.user, systemic_id)
    letters, number = selectors.letters_behind(shown, request.user)
    services.see_finding(shown, letters, by=request.user, at=clock.now())
    blind = selectors.number_blind(shown, request.user)
    behind = [] if blind else selectors.editions_behind(shown)
    context = {
        "finding": shown,
        "joined": selectors.joined_words(shown, behind),
        "by_several": len(behind) > 1,
        "lifted": [] if blind else selectors.lifted_since(shown),
        "owner": selectors.owner_words(shown),
        "letters": letters,
        "hidden": 0 if blind else number - len(letters),
        "blind": blind,
        "closed_before": selectors.closed_before(shown),
        "left_by": selectors.left_by(shown),
        "may_take": is_allowed(policies.check_can_take, request.user, shown),
        "may_close": is_allowed(policies.check_can_close_finding, request.user, shown),
    }
    return render(request, "calibration/finding.html", context)


@page(Permission.FINDING_TAKE, methods=("GET", "POST"))
def finding_take(request: SignedInRequest, systemic_id: int) -> HttpResponse:
    """Take a finding on."""
    shown = selectors.finding_for(request.user, systemic_id)
    form = forms.TakingForm(request.POST or None)
    if request.method != "POST":
        policies.check_can_take(request.user, shown)
    if request.method == "POST" and form.is_valid():
        try:
            services.take_finding(shown, by=request.user, at=clock.now(), **form.cleaned_data)
        except services.FindingRefused as refusal:
            form.add_error("plan", str(refusal))
        except NotAllowed as refusal:
            form.add_error(None, f"{refusal} {NOTHING_LOST}")
        else:
            messages.success(request, "This finding is yours to put right.")
            return redirect("calibration:finding", systemic_id)
    context = {"form": form, "finding": shown, "blind": selectors.number_blind(shown, request.user)}
    return render(request, "calibration/finding_take.html", context)


@page(Permission.FINDING_TAKE, methods=("GET", "POST"))
def finding_close(request: SignedInRequest, systemic_id: int) -> HttpResponse:
    """Close a finding with what came of it."""
    shown = selectors.finding_for(request.user, systemic_id)
    form = forms.ClosingFindingForm(request.POST or None)
    if request.method != "POST":
        policies.check_can_close_finding(request.user, shown)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_finding(shown, by=request.user, at=clock.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, f"{refusal} {NOTHING_LOST}")
        else:
            messages.success(request, "The finding is closed.")
            return redirect("calibration:finding", systemic_id)
    context = {"form": form, "finding": shown, "blind": selectors.number_blind(shown, request.user)}
    return render(request, "calibration/finding_close.html", context)
