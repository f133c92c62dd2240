"""Adds closed days and takes them out, with a look at the due dates and last days that move.

The calendar is of the schemes; its days move disputes too, which only this room knows.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.models import Area
from forthright.accounts.permissions import Permission
from forthright.peer_checks.selectors.last_days import PartDayMove, part_moves
from forthright.reviews.selectors import last_days
from forthright.reviews.selectors.last_days import LastDayMove
from forthright.rules.words import count_words
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes import services
from forthright.schemes.forms.rules import ClosedDayForm, RemoveDayForm
from forthright.schemes.selectors import redating
from forthright.schemes.selectors import rules_in_words as in_words
from forthright.schemes.selectors.area_clock import AreaClock, AreaNotStarted
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

REFUSALS = (services.DayRefused, CalendarTooShort, AreaNotStarted)


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def closed_day_add(request: SignedInRequest) -> HttpResponse:
    """Add a closed day: the form, then what it would move, then done."""
    area, today = request.user.area, clock.today()
    form = ClosedDayForm(request.POST or None, initial={"kind": "BANK_HOLIDAY"})
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        new = form.new_day()
        try:
            if "confirm" in request.POST:
                moved = services.add_closed_day(area, new, by=request.user, at=clock.now())
                return _done(request, f"{new.name} is in the calendar.", moved)
            services.check_day_can_close(area, new.day)
            rules = redating.clock_if_closed(area, new.day, new.name)
            context = {
                "new": new,
                "preview": redating.moves_if_closed(area, new.day, new.name, today=today),
                "last_days": _last_days(area, rules),
                "answers": list(request.POST.lists()),
            }
            return render(request, "reviews/closed_day_check.html", context)
        except REFUSALS as refusal:
            form.add_error("day", str(refusal))
    return render(request, "reviews/closed_day_add.html", {"form": form})


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def closed_day_remove(request: SignedInRequest, closed_day_id: int) -> HttpResponse:
    """Take a day out of the calendar, seeing first what that would move."""
    closed, today = in_words.closed_day_for(request.user, closed_day_id), clock.today()
    form = RemoveDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moved = services.remove_closed_day(
            closed, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
        )
        return _done(request, f"{closed.name} was taken out of the calendar.", moved)
    rules = redating.clock_if_open_again(closed)
    context = {
        "form": form,
        "closed": closed,
        "preview": redating.moves_if_open_again(closed, today=today),
        "last_days": _last_days(closed.area, rules),
    }
    return render(request, "reviews/closed_day_remove.html", context)


def _last_days(area: Area, rules: AreaClock) -> list[LastDayMove | PartDayMove]:
    """Return every last day of a dispute that moves, of marks and of looks before letters went."""
    today = clock.today()
    return [*last_days.moves(area, rules, today=today), *part_moves(area, rules, today=today)]


def _done(request: SignedInRequest, words: str, moved: int) -> HttpResponse:
    letters = count_words(moved, "letter")
    messages.success(request, f"{words} The due date of {letters} moved; the old one is kept.")
    return redirect("schemes:calendar")
