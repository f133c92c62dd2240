"""How a month's disclosure complied: shares with their intervals, and the worst cases first."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.services import seeing
from forthright.rules.disclosure_compliance import (
    MarkedDuty,
    Month,
    NotAMonth,
    counts_by_level,
    read_month,
)
from forthright.rules.rubric import Level
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

WORST = 25


@page(Permission.DISCLOSURE_SEE)
def compliance(request: SignedInRequest) -> HttpResponse:
    """Show one month: its figures, every mark counted, and the worst cases first."""
    today = clock.today()
    month = _month(request, today.replace(day=1) - timedelta(days=1))
    found = compliance_of(
        selectors.duties_visible_to(request.user).select_related(None),
        selectors.deliveries_visible_to(request.user).select_related(None),
        month, today,
    )  # fmt: skip
    worst = [each for each in found.duties if each.failing][:WORST]
    named = {
        each.pk: each
        for each in selectors.duties_visible_to(request.user).filter(
            pk__in=[each.facts.key for each in worst]
        )
    }
    seeing.see_list(list(named.values()), by=request.user, at=clock.now())
    context = {
        "month": month,
        "before": _near(month.first - timedelta(days=1)),
        "after": _near(month.last + timedelta(days=1)) if month.last < today else None,
        "found": found,
        "levels": [level.words for level in Level],
        "counts": [(words, [counts[level] for level in Level])
                   for words, counts in counts_by_level(found.duties)],
        "worst": [_row(each, named) for each in worst],
    }  # fmt: skip
    return render(request, "disclosure/compliance.html", context)


def _month(request: SignedInRequest, otherwise: date) -> Month:
    """Return the month that was asked for, or the last that is over."""
    try:
        return read_month(request.GET.get("month", f"{otherwise:%Y-%m}"))
    except NotAMonth:
        return read_month(f"{otherwise:%Y-%m}")


def _near(day: date) -> Month:
    return read_month(f"{day:%Y-%m}")


def _row(marked: MarkedDuty, named: dict[int, DisclosureDuty]) -> dict[str, object]:
    return {
        "duty": named[marked.facts.key],
        "failing": marked.failing,
        "marks": [level.words for level in marked.marks],
    }
