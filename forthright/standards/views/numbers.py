"""The numbers that second marks, leniency and faults are governed by, and their history."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.rules.second_mark_numbers import NumbersRefused, published_second_mark_numbers
from forthright.standards import forms
from forthright.standards.selectors import marking_numbers as selectors
from forthright.standards.services.marking_numbers import adopt_marking_numbers, stamp_of_numbers
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.STANDARD_SEE)
def numbers(request: SignedInRequest) -> HttpResponse:
    """Show the numbers in force, what nobody has confirmed, and the editions before."""
    in_force = selectors.marking_numbers_of(request.user.area, clock.today())
    context = {
        "numbers": in_force,
        "to_confirm": in_force.to_confirm(),
        "editions": selectors.editions_of_numbers(request.user),
        "may_change": has_permission(request.user, Permission.SAMPLE_PLAN),
    }
    return render(request, "standards/numbers.html", context)


@page(Permission.STANDARD_SEE)
def numbers_edition(request: SignedInRequest, numbers_id: int) -> HttpResponse:
    """Show one edition of the numbers as it was adopted."""
    edition = selectors.numbers_edition_for(request.user, numbers_id)
    context = {"edition": edition, "numbers": selectors.numbers_of(edition)}
    return render(request, "standards/numbers_edition.html", context)


@page(Permission.SAMPLE_PLAN, methods=("GET", "POST"))
def numbers_change(request: SignedInRequest) -> HttpResponse:
    """Adopt the Area's own edition of the numbers."""
    last = selectors.newest_numbers(request.user.area)
    now = selectors.numbers_of(last) if last else published_second_mark_numbers()
    initial = {"opened": stamp_of_numbers(last), "in_force_from": clock.today()}
    form = forms.NumbersForm(request.POST or None, numbers=now, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = adopt_marking_numbers(
                request.user.area, form.draft(), by=request.user, at=clock.now(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, {name: now[name] for name in form.names})
        except NumbersRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Edition {kept.number} of the numbers is kept.")
            return redirect("standards:numbers")
    return render(request, "standards/numbers_change.html", {"form": form})
