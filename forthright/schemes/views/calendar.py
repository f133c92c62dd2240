"""The days that do not count: shown by year, added and taken out with a look at what moves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.rules.words import count_words
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes import services
from forthright.schemes.forms.rules import ClosedDayForm, RemoveDayForm
from forthright.schemes.selectors import redating
from forthright.schemes.selectors import rules_in_words as in_words
from forthright.schemes.selectors.area_clock import AreaNotStarted, calendar_warning_for
from forthright.schemes.selectors.calendar_reach import stretches_of
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

REFUSALS = (services.DayRefused, CalendarTooShort, AreaNotStarted)
YEARS_BACK = 1


@page(Permission.SCHEME_SEE)
def calendar(request: SignedInRequest) -> HttpResponse:
    """Show the closed days by year, and up to when they are known."""
    area, today = request.user.area, clock.today()
    asked = request.GET.get("from", "")
    since = int(asked) if asked.isdigit() and len(asked) == 4 else today.year - YEARS_BACK
    span = in_words.span_of(area)
    context = {
        "years": in_words.closed_days_by_year(area, since=since),
        "span": span,
        "stretches": stretches_of(span) if span else [],
        "earlier": span.known_from.year if span and span.known_from.year < since else None,
        "warning": calendar_warning_for(area, today) if span else None,
        "may_change": has_permission(request.user, Permission.SCHEME_CHANGE),
    }
    return render(request, "schemes/calendar.html", context)


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def closed_day_add(request: SignedInRequest) -> HttpResponse:
    """Add a closed day: the form, then what it would move, then done."""
    area = request.user.area
    form = ClosedDayForm(request.POST or None, initial={"kind": "BANK_HOLIDAY"})
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        new = form.new_day()
        try:
            if "confirm" in request.POST:
                moved = services.add_closed_day(area, new, by=request.user, at=clock.now())
                return _done(request, f"{new.name} is in the calendar.", moved)
            services.check_day_can_close(area, new.day)
            preview = redating.moves_if_closed(area, new.day, new.name, today=clock.today())
            context = {"new": new, "preview": preview, "answers": list(request.POST.lists())}
            return render(request, "schemes/closed_day_check.html", context)
        except REFUSALS as refusal:
            form.add_error("day", str(refusal))
    return render(request, "schemes/closed_day_add.html", {"form": form})


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def closed_day_remove(request: SignedInRequest, closed_day_id: int) -> HttpResponse:
    """Take a day out of the calendar, seeing first what that would move."""
    closed = in_words.closed_day_for(request.user, closed_day_id)
    form = RemoveDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moved = services.remove_closed_day(
            closed, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
        )
        return _done(request, f"{closed.name} was taken out of the calendar.", moved)
    preview = redating.moves_if_open_again(closed, today=clock.today())
    context = {"form": form, "closed": closed, "preview": preview}
    return render(request, "schemes/closed_day_remove.html", context)


def _done(request: SignedInRequest, words: str, moved: int) -> HttpResponse:
    letters = count_words(moved, "letter")
    messages.success(request, f"{words} The due date of {letters} moved; the old one is kept.")
    return redirect("schemes:calendar")
