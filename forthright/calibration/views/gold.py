"""Letters with agreed marks, for who leads rounds: what goes out, and what no longer does."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.calibration import forms, policies
from forthright.calibration.selectors.gold import gold_for, gold_visible_to, taken_back
from forthright.calibration.services import gold as services
from forthright.calibration.services.seeing import see_letter_of_round
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.standards.selectors.wordings import editions_asked_alike
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.CALIBRATION_LEAD)
def gold(request: SignedInRequest) -> HttpResponse:
    """List the letters with agreed marks, and how often each was held against."""
    letters = list(gold_visible_to(request.user))
    services.see_gold(letters, by=request.user, at=clock.now())
    numbers = marking_numbers_of(request.user.area, clock.today())
    back = taken_back(letters)
    context = {
        "letters": [(each, *back.get(each.pk, (0, None))) for each in letters],
        "weeks": numbers["leniency_weeks"],
        "asked_alike": editions_asked_alike(request.user.area, clock.today()),
    }
    return render(request, "calibration/gold.html", context)


@page(Permission.CALIBRATION_LEAD, methods=("GET", "POST"))
def gold_retire(request: SignedInRequest, gold_id: int) -> HttpResponse:
    """Take a letter with agreed marks out of the queue."""
    shown = gold_for(request.user, gold_id)
    if shown is None:
        raise Http404
    policies.check_can_retire(request.user, shown)
    form = forms.RetiringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.retire_gold(shown, by=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, "It goes out no more. What was given stays.")
        return redirect("calibration:gold")
    see_letter_of_round(shown.letter, by=request.user, at=clock.now())
    return render(request, "calibration/gold_retire.html", {"form": form, "gold": shown})


@page(Permission.CALIBRATION_LEAD, methods=("GET", "POST"))
def gold_wrong(request: SignedInRequest, gold_id: int) -> HttpResponse:
    """Say that the agreed marks of a letter that goes out no more are wrong."""
    shown = gold_for(request.user, gold_id)
    if shown is None:
        raise Http404
    policies.check_can_call_marks_wrong(request.user, shown)
    form = forms.MarksWrongForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.call_marks_wrong(shown, by=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, "Nothing is held against its agreed marks any more.")
        return redirect("calibration:gold")
    see_letter_of_round(shown.letter, by=request.user, at=clock.now())
    return render(request, "calibration/gold_wrong.html", {"form": form, "gold": shown})
