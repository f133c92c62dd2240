"""The panel's marks beside line managers': by criterion, and letter by letter."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.panels.drawing import against_chart
from forthright.panels.selectors import against as selectors
from forthright.panels.services import seeing
from forthright.reviews.selectors import LevelShown
from forthright.rules import panel_against as rules
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.REVIEW_SEE)
def against(request: SignedInRequest) -> HttpResponse:
    """Show by criterion how far the panel's marks lie from line managers', with their sign."""
    area, today = request.user.area, clock.today()
    found = selectors.panel_against_managers(area, until=today)
    blind = selectors.number_blind(request.user, found)
    lines = [] if blind else [each for each in found.lines if each.n]
    context = {
        "found": found,
        "closed_today": selectors.number_closed_since(area, today),
        "lines": lines,
        "chosen": [] if blind else [each for each in found.lines if each.chosen.n],
        "blind": blind,
        "chart": against_chart(lines) if any(each.mean is not None for each in lines) else "",
        "method": rules.METHOD,
        "rules": rules.VERSION,
    }
    return render(request, "panels/against.html", context)


@page(Permission.REVIEW_SEE)
def against_letters(request: SignedInRequest, criterion_code: str) -> HttpResponse:
    """Show the letters behind one criterion, as far as a person may see their marks."""
    found = selectors.panel_against_managers(request.user.area, until=clock.today())
    line = selectors.line_of(found, criterion_code)
    if line is None:
        raise Http404
    blind = selectors.number_blind(request.user, found)
    rows = selectors.letters_against(request.user, found, line)
    seeing.see_against(criterion_code, rows, by=request.user, at=clock.now())
    context = {
        "found": found,
        "line": line,
        "rows": [
            (each.review, LevelShown.of(each.manager),
             [(number, LevelShown.of(level)) for number, level in each.members],
             rules.signed(each.difference), each.is_by_lot)
            for each in rows
        ],
        "blind": blind,
        "hidden": 0 if blind else len(line.all_reviews) - len(rows),
        "rules": rules.VERSION,
    }  # fmt: skip
    return render(request, "panels/against_letters.html", context)
