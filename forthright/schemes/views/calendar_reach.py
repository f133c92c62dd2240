"""How far the calendar reaches: further, with each day it would get shown first, or back."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.rules.foretold_holidays import furthest_day
from forthright.rules.words import count_words, date_words
from forthright.schemes import services
from forthright.schemes.forms.rules import ExtendForm, ShortenForm
from forthright.schemes.selectors import calendar_reach as reach
from forthright.schemes.selectors.area_clock import AreaNotStarted, closed_days_of
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

REFUSALS = (services.DayRefused, AreaNotStarted)


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def calendar_extend(request: SignedInRequest) -> HttpResponse:
    """Make the calendar reach further: the form, then each day it would get, then done."""
    area, today = request.user.area, clock.today()
    try:
        span = reach.started_span_of(area)
    except AreaNotStarted as refusal:
        return _not_started(request, refusal)
    furthest = furthest_day(today)
    form = ExtendForm(request.POST or None)
    form.fields["until"].help_text = _example(min(reach.next_end(span), furthest))
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        try:
            if "confirm" in request.POST:
                return _extend(request, form)
            until = form.cleaned_data["until"]
            context = {
                "until": until,
                "source": form.cleaned_data["source"],
                "to_add": reach.days_to_add(span, until, today=today),
                "there": {
                    day: name
                    for day, name in sorted(closed_days_of(area).items())
                    if span.known_until < day <= until
                },
                "answers": list(request.POST.lists()),
            }
            return render(request, "schemes/calendar_extend_check.html", context)
        except REFUSALS as refusal:
            form.add_error("until", str(refusal))
    context = {
        "form": form,
        "span": span,
        "furthest": furthest,
        "may_from": None if span.known_until < furthest else date(today.year + 1, 1, 1),
    }
    return render(request, "schemes/calendar_extend.html", context)


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def calendar_shorten(request: SignedInRequest) -> HttpResponse:
    """Take the calendar back to an earlier last day, with the reason."""
    area = request.user.area
    try:
        span = reach.started_span_of(area)
    except AreaNotStarted as refusal:
        return _not_started(request, refusal)
    form = ShortenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.shorten_calendar(area, **form.cleaned_data, by=request.user, at=clock.now())
        except REFUSALS as refusal:
            form.add_error("until", str(refusal))
        else:
            last = date_words(form.cleaned_data["until"])
            messages.success(request, f"The calendar ends on {last} now.")
            return redirect("schemes:calendar")
    return render(request, "schemes/calendar_shorten.html", {"form": form, "span": span})


@page(Permission.SCHEME_CHANGE, methods=("POST",))
def days_confirm(request: SignedInRequest, year: int) -> HttpResponse:
    """Confirm the foretold days of a year against GOV.UK."""
    if not reach.has_year(request.user.area, year):
        raise Http404
    number = services.confirm_foretold_days(
        request.user.area, year, by=request.user, at=clock.now()
    )
    messages.success(request, f"{count_words(number, 'day')} of {year} confirmed against GOV.UK.")
    return redirect("schemes:calendar")


def _extend(request: SignedInRequest, form: ExtendForm) -> HttpResponse:
    span = services.extend_calendar(
        request.user.area, **form.cleaned_data, by=request.user, at=clock.now()
    )
    messages.success(request, f"The calendar reaches to {date_words(span.known_until)} now.")
    return redirect("schemes:calendar")


def _not_started(request: SignedInRequest, refusal: AreaNotStarted) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("schemes:calendar")


def _example(last: object) -> str:
    return f"For example, {last:%-d %-m %Y}. The bank holidays of every year are added with it."
