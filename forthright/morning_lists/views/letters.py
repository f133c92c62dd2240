"""All the letters of one section of a unit's morning list, of which that shows the first."""

from django.http import HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.morning_lists.selectors.allowances import allowances_of
from forthright.morning_lists.selectors.covers import unit_for
from forthright.morning_lists.selectors.morning import SHOWN, letters_of, lines_of
from forthright.morning_lists.services.seeing import see_letters
from forthright.schemes.selectors import AreaNotStarted
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@page(Permission.MORNING_SEE)
def new_letters(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show every letter of a new decision that nobody was told of."""
    return _letters(request, unit_id, "new", "Letters of new decisions with nobody told")


@page(Permission.MORNING_SEE)
def unexplained(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show every letter that is due later and whose decision is not explained yet."""
    return _letters(request, unit_id, "unexplained", "Letters due later, and not explained yet")


@page(Permission.MORNING_SEE)
def not_taken_up(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show every letter that is due later, is explained, and that nobody is here to draft."""
    heading = "Letters due later, explained, and with nobody here to draft them"
    return _letters(request, unit_id, "not-taken-up", heading)


def _letters(request: SignedInRequest, unit_id: int, key: str, heading: str) -> HttpResponse:
    unit, now = unit_for(request.user, unit_id), clock.now()
    context = {"unit": unit, "heading": heading, "key": key}
    try:
        rows = letters_of(unit, key, now)
        pages = slice_of(rows, request.GET, order=("due_on", "pk"), size=SHOWN)
        lines = lines_of(unit, pages.rows, now)
    except AreaNotStarted as missing:
        return render(request, "morning_lists/letters.html", {**context, "missing": str(missing)})
    see_letters(unit, pages.rows, by=request.user, at=now)
    context |= {"pages": pages, "lines": lines, "source": allowances_of(unit.area).source}
    return render(request, "morning_lists/letters.html", context)
