"""A month's disclosure as marked by a person, beside what is counted from the record."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.disclosure.selectors import duties as disclosures
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.reviews import selectors, services
from forthright.reviews.selectors.disclosure_marks import (
    marks_of_month,
    reviews_behind,
    waits_to_mark_blind,
)
from forthright.rules.disclosure_compliance import Month, NotAMonth, read_month
from forthright.rules.disclosure_marks import BESIDE
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@page(Permission.REVIEW_SEE)
def disclosure_marks(request: SignedInRequest, month: str) -> HttpResponse:
    """Show each question of a month twice: as marked by a person, and as the record counts it."""
    of, today = _month(month), clock.today()
    waiting = waits_to_mark_blind(request.user)
    marked = None if waiting else marks_of_month(request.user, of, today)
    counted = compliance_of(
        disclosures.duties_visible_to(request.user).select_related(None),
        disclosures.deliveries_visible_to(request.user).select_related(None),
        of, today,
    )  # fmt: skip
    by_key = {each.key: each for each in counted.figures}
    lines = [
        (figure, by_key.get(BESIDE.get(figure.key.upper(), "")))
        for figure in (marked.figures if marked else ())
    ]
    context = {
        "month": of,
        "before": of.before,
        "after": Month.of(of.last + timedelta(days=1)) if of.last < today else None,
        "waiting": waiting,
        "marked": marked,
        "lines": lines,
        "rules": counted.rules,
    }
    return render(request, "reviews/disclosure_marks.html", context)


@page(Permission.REVIEW_SEE)
def disclosure_marks_figure(request: SignedInRequest, month: str, figure: str) -> HttpResponse:
    """Show the marked disclosures behind one figure: all that it is of, and which are counted."""
    of = _month(month)
    found = (
        None
        if waits_to_mark_blind(request.user)
        else marks_of_month(request.user, of, clock.today())
    )
    shown = next((each for each in found.figures if each.key == figure), None) if found else None
    if shown is None:
        raise Http404("No such figure")
    behind = reviews_behind(request.user, list(shown.counted_from))
    pages = slice_of(behind, request.GET, order=("drawn_letter__disclosure__due_on", "pk"), size=50)
    services.see_list([], list(pages.rows), by=request.user, at=clock.now())
    counted = set(shown.records)
    context = {
        "month": of,
        "figure": shown,
        "rows": [
            (each, selectors.result_of(each), each.drawn_letter_id in counted)
            for each in pages.rows
        ],
        "pages": pages,
    }
    return render(request, "reviews/disclosure_marks_figure.html", context)


def _month(text: str) -> Month:
    try:
        return read_month(text)
    except NotAMonth:
        raise Http404("No such month") from None
