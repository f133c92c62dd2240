"""The days that do not count, by year."""

from django.http import HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.schemes.selectors import rules_in_words as in_words
from forthright.schemes.selectors.area_clock import calendar_warning_for
from forthright.schemes.selectors.calendar_reach import stretches_of
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

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
