"""How a month's disclosure complied: shares with intervals, what is behind each, and the worst."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.disclosure import documents
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.corrected import corrected_in, mended_in, taken_back_in
from forthright.disclosure.selectors.ended import opened_again_in
from forthright.disclosure.selectors.not_begun import not_begun_for
from forthright.disclosure.selectors.trends import trends_of
from forthright.disclosure.services import seeing
from forthright.rules.by_case import METHOD_BY_CASE
from forthright.rules.deemed_service import JUDGED_BY
from forthright.rules.disclosure_compliance import (
    Compliance,
    Month,
    NotAMonth,
    counts_by_level,
    read_month,
)
from forthright.rules.disclosure_judged import MarkedDuty
from forthright.rules.disclosure_trends import MonthlyTrend
from forthright.rules.rubric import Level
from forthright.web import clock
from forthright.web.charts.control import ControlPoint, ControlSegment, control_chart
from forthright.web.charts.drawing import Chart
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

WORST, RECORDS = 25, 50


@page(Permission.DISCLOSURE_SEE)
def compliance(request: SignedInRequest) -> HttpResponse:
    """Show one month: its figures, every mark counted, and the worst cases first."""
    today = clock.today()
    last = Month.of(today).before
    try:
        month = read_month(request.GET.get("month", str(last)))
    except NotAMonth as refusal:
        context = {"refusal": str(refusal), "last": last}
        return render(request, "disclosure/compliance_no_month.html", context, status=400)
    found = _found(request, month, today)
    worst = found.worst(WORST)
    named = {
        each.pk: each
        for each in selectors.duties_visible_to(request.user).filter(
            pk__in=[each.facts.key for each in worst]
        )
    }
    duties = selectors.duties_visible_to(request.user).select_related(None)
    corrected = corrected_in(duties, month)
    again = opened_again_in(duties, month)
    mended = list(mended_in(duties, month))
    deliveries = selectors.deliveries_visible_to(request.user).select_related(None)
    taken_back = list(taken_back_in(deliveries, month))
    noted = [*(each.duty for each in corrected), *(each.duty for each in again)]
    noted += [each.duty for each in mended]
    shown = {**named, **{each.pk: each for each in noted}}
    seeing.see_list(list(shown.values()), by=request.user, at=clock.now())
    seeing.see_deliveries([each.delivery for each in taken_back], by=request.user, at=clock.now())
    context = {
        "month": month,
        "before": month.before if month.before.is_counted else None,
        "after": Month.of(month.last + timedelta(days=1)) if month.last < today else None,
        "is_running": month.last >= today,
        "may_see_marks": has_permission(request.user, Permission.REVIEW_SEE),
        "found": found,
        "judged_by": JUDGED_BY,
        "by_case": METHOD_BY_CASE,
        "not_begun": not_begun_for(request.user).count(),
        "corrected": corrected,
        "opened_again": again,
        "mended": mended,
        "taken_back": taken_back,
        "levels": [level.words for level in Level],
        "counts": [(words, [counts[level] for level in Level])
                   for words, counts in counts_by_level(found)],
        "worst": [_row(each, named) for each in worst],
    }  # fmt: skip
    return render(request, "disclosure/compliance.html", context)


@page(Permission.DISCLOSURE_SEE)
def compliance_months(request: SignedInRequest) -> HttpResponse:
    """Show the main shares month after month, as control charts; each month opens its records."""
    trends = trends_of(
        selectors.duties_visible_to(request.user).select_related(None),
        selectors.deliveries_visible_to(request.user).select_related(None),
        clock.today(),
    )
    charts = [(each, _chart(each) if each.mean is not None else None) for each in trends]
    return render(request, "disclosure/compliance_months.html",
                  {"charts": charts, "by_case": METHOD_BY_CASE,
                   "not_begun": not_begun_for(request.user).count()})  # fmt: skip


@page(Permission.DISCLOSURE_SEE)
def compliance_figure(request: SignedInRequest, month: str, figure: str) -> HttpResponse:
    """Show the records behind one figure of a month: all that it is of, and which are counted."""
    try:
        of = read_month(month)
    except NotAMonth:
        raise Http404("No such month") from None
    found = _found(request, of, clock.today())
    shown = next((each for each in found.figures if each.key == figure), None)
    if shown is None:
        raise Http404("No such figure")
    ids = shown.counted_from or shown.records
    is_delivery = shown.record_kind == "delivery"
    visible = selectors.deliveries_visible_to if is_delivery else selectors.duties_visible_to
    behind: QuerySet[Any] = visible(request.user).filter(pk__in=ids)
    pages = slice_of(behind, request.GET, order=("pk",), size=RECORDS)
    see = seeing.see_deliveries if is_delivery else seeing.see_list
    see(list(pages.rows), by=request.user, at=clock.now())
    counted = set(shown.records)
    context = {
        "month": of,
        "figure": shown,
        "is_delivery": is_delivery,
        "has_population": bool(shown.counted_from),
        "rows": [(row, row.pk in counted) for row in pages.rows],
        "pages": pages,
    }
    return render(request, "disclosure/compliance_figure.html", context)


@page(Permission.DISCLOSURE_SEE)
def evidence(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Hand out what shows how one duty was met, without the record sheet or anything sensitive."""
    duty = selectors.duty_for(request.user, disclosure_id)
    files = documents.evidence_files(duty, by=request.user, at=clock.now())
    return HttpResponse(
        documents.zipped(files),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="evidence-{duty.pk}.zip"'},
    )


def _found(request: SignedInRequest, month: Month, today: date) -> Compliance:
    return compliance_of(
        selectors.duties_visible_to(request.user).select_related(None),
        selectors.deliveries_visible_to(request.user).select_related(None),
        month, today,
    )  # fmt: skip


def _row(marked: MarkedDuty, named: dict[int, DisclosureDuty]) -> dict[str, object]:
    return {
        "duty": named[marked.facts.key],
        "failing": marked.failing,
        "marks": [level.words for level in marked.marks],
    }


def _chart(trend: MonthlyTrend) -> Chart:
    """Return the chart of a measure; each month leads to the records behind it."""
    segment = ControlSegment(
        mean=trend.mean, lower=trend.lower, upper=trend.upper, made_of=trend.made_of,
        points=tuple(
            ControlPoint(
                each.month.words, each.value, each.meaning, each.why,
                of=f"{each.count:,} of {each.n:,}", words=each.words,
                interval=each.interval.words if each.interval else "",
                address=reverse(
                    "disclosure:compliance_figure", args=[str(each.month), trend.measure.figure]
                ),
            )
            for each in trend.values
        ),
    )  # fmt: skip
    return control_chart(
        [segment], name=f"chart-{trend.measure.figure}", caption=trend.measure.title,
        sentence=trend.sentence,
        counted=f"Counted from {trend.population}. Rules: {trend.rules}.",
    )  # fmt: skip
