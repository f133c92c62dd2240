"""Pages on what was said of decisions with nobody to tell: who said it, why, and the way back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.morning_lists import policies
from forthright.morning_lists.forms import PutBackForm
from forthright.morning_lists.selectors.awaiting import said_of_nobody
from forthright.morning_lists.selectors.covers import unit_for
from forthright.morning_lists.services.nobody import NobodyRefused, put_back, see_said
from forthright.morning_lists.views.asking import asked
from forthright.rules.words import moment_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@page(Permission.MORNING_SEE)
def said(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show of which decisions it was said that nobody is to be told, by whom, when and why."""
    unit = unit_for(request.user, unit_id)
    pages = slice_of(said_of_nobody(unit), request.GET, order=("-said_at", "-pk"))
    see_said(unit, pages.rows, by=request.user, at=clock.now())
    context = {
        "unit": unit,
        "pages": pages,
        "puts_back": is_allowed(policies.check_can_say_nobody, request.user, unit),
    }
    return render(request, "morning_lists/said.html", context)


@page(Permission.DUTY_NOT_REQUIRED, methods=("GET", "POST"))
def said_put_back(request: SignedInRequest, unit_id: int, said_id: int) -> HttpResponse:
    """Put a decision back on the morning list, with the reason."""
    unit = unit_for(request.user, unit_id)
    policies.check_can_say_nobody(request.user, unit)
    one = said_of_nobody(unit).filter(pk=said_id).first()
    if one is None:
        raise Http404("Nothing such was said in this unit")
    form = PutBackForm(request.POST or None)
    back = reverse("morning_lists:said", args=[unit.pk])
    if request.method == "POST" and form.is_valid():
        try:
            put_back(one, by=request.user, at=clock.now(), **form.cleaned_data)
        except NobodyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"The decision in {one.decision.case} is on the morning list again."
            )
            return redirect(back)
    see_said(unit, [one], by=request.user, at=clock.now())
    return asked(
        request, form, "Put it back on the list", save="Put it back on the list", back=back,
        intro=f"Case {one.decision.case}: {one.said_by} said on {moment_words(one.said_at)} that "
        f"nobody is to be told. The reason given: {one.reason}",
    )  # fmt: skip
