"""Corrects what was typed wrong of a service, notice to the court, a statement, or the end."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.disclosure import policies
from forthright.disclosure.forms.duties import MendForm
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.ended import end_of
from forthright.disclosure.selectors.taken_back import recorded_of
from forthright.disclosure.services import mending
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.views.duties import question
from forthright.rules.words import day_words, local, moment_at
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.DISCLOSURE_SERVE, methods=("GET", "POST"))
def duty_mend(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Correct one day, or the way of a service; what it said before stays, with why."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_serve(request.user, duty)
    choices = _choices(duty)
    if not choices:
        messages.info(request, "Nothing is recorded of this duty that could be typed wrong.")
        return redirect("disclosure:duty", duty.pk)
    form = MendForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            _mend(duty, said, by=request.user, at=clock.now())
        except (DateRefused, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Corrected. What was typed before stays, with why.")
            return redirect("disclosure:duty", duty.pk)
    says = (
        "What it said before stays in the record, and the figures say that it was corrected. Where "
        "a figure becomes better, somebody else corrects it than who recorded it. What was not "
        "served on this defendant at all, of which the court was not told, or which this defence "
        "did not state, is taken back from the page of the duty."
    )
    asks = "What was typed wrong?"
    return question(request, duty, form, asks, "Correct it", says=says)


def _choices(duty: DisclosureDuty) -> list[tuple[str, str]]:
    """Return what is recorded of a duty with a day, each with its words."""
    found = [(each.key, each.words) for each in recorded_of(duty) if each.has_day]
    ended = end_of(duty)
    return [*found, *([("end-0", f"The case ended {day_words(ended)}")] if ended else [])]


def _mend(duty: DisclosureDuty, said: dict[str, Any], *, by: User, at: datetime) -> None:
    what, _, number = said["what"].partition("-")
    why = said["reason"]
    if what == "end":
        mending.correct_end(duty, said["day"], reason=why, by=by, at=at)
    elif what == "statement":
        came = duty.statements.get(pk=number)
        mending.correct_statement(came, said["day"], reason=why, by=by, at=at)
    elif what == "notice":
        told = duty.servings.get(pk=number)
        moment = _moment(said, told.court_told_at or at)
        mending.correct_notice(told, moment, reason=why, by=by, at=at)
    else:
        served = duty.servings.get(pk=number)
        moment = _moment(said, served.served_at) if said["day"] else served.served_at
        mending.correct_service(
            served, moment, method=said["method"], reason=why, by=by, at=at
        )  # fmt: skip


def _moment(said: dict[str, Any], before: datetime) -> datetime:
    """Return the right moment: with the hour as it was where none is said."""
    return moment_at(said["day"], said["hour"] or local(before).time())
