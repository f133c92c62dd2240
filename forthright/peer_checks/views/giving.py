"""Giving letters out to colleagues, and one check to somebody else."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.covering import covers_standing
from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.presence import presence
from forthright.peer_checks import policies, selectors
from forthright.peer_checks.forms import GiveOnForm
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.selectors.colleagues import colleagues
from forthright.peer_checks.services import giving as services
from forthright.peer_checks.services.seeing import see_checks
from forthright.rules.words import count_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.CHECKS_GIVE, methods=("POST",))
def give_out(request: SignedInRequest) -> HttpResponse:
    """Give out now what waits for a colleague, as is done by itself every few minutes."""
    given = services.give_checks(request.user.area, by=request.user, at=clock.now())
    words = count_words(given, "letter was", "letters were")
    messages.success(request, f"{words} given out." if given else "Nothing more can be given out.")
    return redirect("peer_checks:unit")


@page(Permission.DUTY_SEE, methods=("GET", "POST"))
def give_on(request: SignedInRequest, check_id: int) -> HttpResponse:
    """Give one check to somebody else, with the reason."""
    check = selectors.check_for(request.user, check_id)
    policies.check_can_give_on(request.user, check)
    form = GiveOnForm(
        request.POST or None, people=_offered(check, request),
        initial={"opened": selectors.given_stamp(check)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.give_on(
                check, form.cleaned_data["to"], reason=form.cleaned_data["reason"],
                by=request.user, at=clock.now(), opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            check = selectors.check_for(request.user, check_id)
            ask_beside(form, refusal, {"to": check.checker})
        except services.GivingRefused as refusal:
            form.add_error("to", str(refusal))
        else:
            messages.success(request, f"{form.cleaned_data['to']} looks at it now.")
            return redirect(_list_for(request.user, check))
    see_checks([check], by=request.user, at=clock.now())
    here = presence(check.area_id, clock.today())
    context = {
        "check": check,
        "duty": check.letter.duty,
        "form": form,
        "away": here.away_words(check.checker, check.unit_id),
        "back": _list_for(request.user, check),
    }
    return render(request, "peer_checks/give_on.html", context)


def _offered(check: PeerCheck, request: SignedInRequest) -> QuerySet[User]:
    """Return whom a page offers: not who has it, who may yet be the answer of an older page."""
    covers = covers_standing(check.area_id, clock.today())
    people = colleagues(check.area, check.letter.duty.unit, covers).order_by("full_name", "pk")
    if request.method == "GET" and check.checker_id is not None:
        return people.exclude(pk=check.checker_id)
    return people


def _list_for(user: User, check: PeerCheck) -> str:
    """Return the address of the list that a person came from; a deputy came from the letter."""
    if selectors.checks_visible_to(user).filter(pk=check.pk).exists():
        return reverse("peer_checks:unit")
    if selectors.checks_given_on_by(user).filter(pk=check.pk).exists():
        return reverse("peer_checks:of_letter", args=[check.letter_id])
    return reverse("peer_checks:checks")
