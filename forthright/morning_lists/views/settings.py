"""When the list comes by e-mail, and how long each step of a letter may take."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.morning_lists.forms import DigestForm
from forthright.morning_lists.selectors.allowances import (
    allowances_of,
    allowances_stamp,
    editions_of,
)
from forthright.morning_lists.selectors.digests import (
    USUAL_HOUR,
    choice_of,
    choice_words,
    last_sent,
)
from forthright.morning_lists.services.allowances import NewAllowances, change_allowances
from forthright.morning_lists.services.digests import ChoiceRefused, choose_digest
from forthright.morning_lists.views.asking import asked
from forthright.rules.stage_allowances import AllowanceRefused, most_of
from forthright.rules.words import moment_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.own_numbers import OwnNumbersForm
from forthright.web.page import SignedInRequest, page


@page(Permission.MORNING_SEE, methods=("GET", "POST"))
def digest(request: SignedInRequest) -> HttpResponse:
    """Choose whether the morning list comes by e-mail, and at what time."""
    kept = choice_of(request.user)
    wanted = "yes" if kept and kept.is_wanted else "no"
    hour = kept.hour if kept else USUAL_HOUR
    initial = {"is_wanted": wanted if kept else None, "hour": f"{hour:%H:%M}"}
    form = DigestForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = choose_digest(**form.cleaned_data, by=request.user, at=clock.now())
        except ChoiceRefused as refusal:
            form.add_error("hour", str(refusal))
        else:
            messages.success(request, choice_words(chosen))
            return redirect("morning_lists:start")
    newest = last_sent(request.user)
    sent = moment_words(newest.sent_at) if newest and newest.sent_at else "never so far"
    return asked(
        request, form, "Your morning list by e-mail", save="Save",
        back=reverse("morning_lists:start"),
        intro=f"It says how much waits and links to the list; it names nobody. Last sent: {sent}.",
    )  # fmt: skip


@page(Permission.SCHEME_SEE)
def allowances(request: SignedInRequest) -> HttpResponse:
    """Show how long each step may take, with its source and whether the Area has confirmed it."""
    area = request.user.area
    context = {
        "allowances": list(allowances_of(area).allowances.values()),
        "editions": editions_of(area),
        "may_change": has_permission(request.user, Permission.SCHEME_CHANGE),
    }
    return render(request, "morning_lists/allowances.html", context)


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def allowances_change(request: SignedInRequest) -> HttpResponse:
    """Change or confirm how long steps may take; the edition before is kept."""
    area = request.user.area
    stand = allowances_of(area)
    initial = {"opened": allowances_stamp(editions_of(area).first())}
    form = OwnNumbersForm(
        request.POST or None, numbers=stand.allowances, most=most_of, initial=initial
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        new = NewAllowances(values=form.values(), source=said["source"], reason=said["reason"])
        try:
            change_allowances(area, new, by=request.user, at=clock.now(), opened=said["opened"])
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, {name: each.value for name, each in stand.allowances.items()})
        except AllowanceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The hours are changed. Every morning list follows from now.")
            return redirect("morning_lists:allowances")
    back = reverse("morning_lists:allowances")
    return asked(request, form, "Change the hours of each step", save="Change them", back=back)
