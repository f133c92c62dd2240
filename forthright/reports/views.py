"""The weekly reports as pages and files; every figure opens its records."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, has_permission
from forthright.audit import services as audit
from forthright.calibration.selectors.waited_for import waited_for
from forthright.reports import documents, selectors, services
from forthright.reports.forms import MakeReport
from forthright.reports.models import ReportFile, WeeklyReport
from forthright.reports.selectors import NotAsMade, NothingToReport
from forthright.reports.selectors.held_back import report_for_reader
from forthright.reports.selectors.records import letters_of_marks, reviews_to_mark_blind
from forthright.reports.services import WeekNotOver
from forthright.rules.weekly_report.loop import CHECK, PART, WATCHED, WENT
from forthright.rules.weekly_report.pieces import population_key
from forthright.rules.weeks import NotAWeek, read_week, week_of
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

OFFERED_WEEKS = 13
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# What comes of reading figures that are no longer figures.
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)
# Why a record behind a figure may be of a letter that another of its records is of.
DRAWN_TWICE = "two plans drew"
WHY_TWICE = {
    CHECK: "colleagues looked more than once at",
    PART: "people were told more than once of",
    WENT: "more than one letter went about",
    WATCHED: "the author was told more than once of",
}
View = Callable[..., HttpResponse]
Row = selectors.RecordRow | selectors.RegisterRow | selectors.DisclosureRow


def _report_or_404(request: SignedInRequest, report_id: int) -> WeeklyReport:
    report = selectors.report_for(request.user, report_id)
    if report is None:
        raise Http404
    return report


def _or_what_became_of_it(view: View) -> View:
    """Let a page of a report that was changed until nobody can read it say so, and fail no more."""

    @wraps(view)
    def shown(request: SignedInRequest, report_id: int, **rest: Any) -> HttpResponse:
        try:
            return view(request, report_id, **rest)
        except UNREADABLE:
            report = _report_or_404(request, report_id)
            if not (faults := selectors.faults_of(report)):
                raise
            context = {"report": report, "faults": faults}
            return render(request, "reports/damaged.html", context)

    return shown


@page(Permission.REPORT_SEE)
def report_list(request: SignedInRequest) -> HttpResponse:
    """Show every week's newest report, with its earlier versions."""
    reports = selectors.reports_visible_to(request.user).defer("figures", "records", "standing")
    may_make = has_permission(request.user, Permission.REPORT_MAKE)
    context = {"reports": reports[:60], "may_make": may_make}
    return render(request, "reports/list.html", context)


@page(Permission.REPORT_MAKE, methods=("GET", "POST"))
def report_make(request: SignedInRequest) -> HttpResponse:
    """Make a report by hand."""
    this_week = week_of(clock.today())
    weeks = [this_week.plus(-back) for back in range(1, OFFERED_WEEKS)] + [this_week]
    form = MakeReport(request.POST or None, weeks=weeks)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            report = services.make_weekly_report(
                request.user.area, read_week(form.cleaned_data["week"]), by=request.user, at=now
            )
        except (NothingToReport, WeekNotOver) as refusal:
            form.add_error(None, str(refusal))
        else:
            if form.cleaned_data["is_to_be_sent"]:
                services.ask_for_sending(report, by=request.user, at=clock.now())
            made = f"Report made: version {report.version}."
            kept = f"Nothing has changed since version {report.version} was made, so it stands."
            messages.success(request, made if report.made_at == now else kept)
            return redirect("reports:report", report.pk)
    return render(request, "reports/make.html", {"form": form})


@page(Permission.REPORT_SEE)
@_or_what_became_of_it
def report_see(request: SignedInRequest, report_id: int) -> HttpResponse:
    """Show one report."""
    report = _report_or_404(request, report_id)
    shown, blind = report_for_reader(report, request.user, clock.today())
    context = {
        **documents.page_context(shown),
        "report": report,
        "blind": blind,
        "waited_for": waited_for(request.user, reviews_to_mark_blind(report, request.user)),
        "sendings": report.sendings.select_related("recipient"),
        "newer": selectors.newer_version_of(report),
        "faults": selectors.faults_of(report),
        "may_send": has_permission(request.user, Permission.REPORT_MAKE),
    }
    return render(request, "reports/report.html", context)


@page(Permission.REPORT_SEE)
@_or_what_became_of_it
def figure_see(request: SignedInRequest, report_id: int, key: str) -> HttpResponse:
    """Show the records behind one figure, as they stood when the report was made."""
    report = _report_or_404(request, report_id)
    if key not in report.figures["figures"]:
        raise Http404
    figure = report.figures["figures"][key]
    kind = figure["record_kind"]
    behind = _behind(kind)
    of_marks = kind in selectors.OF_MARKS
    blind = selectors.number_to_mark_blind(report, request.user) if of_marks else 0
    rows, number = ([], 0) if blind else behind(report, key, request.user)
    duties = [each.duty for each in rows if isinstance(each, selectors.RecordRow)]
    audit.record(
        "report.figure_opened", report, by=request.user, at=clock.now(), figure=figure["label"],
        duties=duties if of_marks else [],
    )  # fmt: skip
    has_population = population_key(key) in report.records
    is_outcome = key in selectors.outcomes_in(report)
    listed = figure["n"] if has_population else figure["count"]
    context = {
        "report": report, "figure": figure, "rows": rows, "has_population": has_population,
        "is_outcome": is_outcome, "says_counted": has_population and not is_outcome,
        "hidden": number - len(rows), "twice": 0 if blind else listed - number, "blind": blind,
        "why_twice": WHY_TWICE.get(kind, DRAWN_TWICE),
        "faults": selectors.faults_of(report),
        "is_register": kind in selectors.REGISTER,
        "is_disclosure": kind in selectors.OF_DISCLOSURE,
        "gone": sum(_is_gone(row) for row in rows) if kind != "decision" else 0,
    }  # fmt: skip
    return render(request, "reports/figure.html", context)


def _behind(kind: str) -> Callable[[WeeklyReport, str, User], tuple[Sequence[Row], int]]:
    """Return what finds the records of a kind that stand behind a figure."""
    if kind in selectors.REGISTER:
        return selectors.register_behind
    if kind in selectors.OF_DISCLOSURE:
        return selectors.disclosures_behind
    return selectors.records_behind


def _is_gone(row: Row) -> bool:
    return isinstance(row, selectors.RecordRow) and row.duty is None


@page(Permission.REPORT_SEE)
def stock_see(request: SignedInRequest) -> HttpResponse:
    """Show the stock of recordings as it stands today, by unit and by police unit."""
    report = selectors.stock_of(request.user.area, clock.today())
    sections = documents.page_context(report)["sections"] if report else []
    context = {"report": report, "section": sections[0] if sections else None}
    return render(request, "reports/stock.html", context)


@page(Permission.REPORT_SEE)
def stock_figure(request: SignedInRequest, key: str) -> HttpResponse:
    """Show the recordings or discs behind one figure of today."""
    report = selectors.stock_of(request.user.area, clock.today())
    if report is None or key not in report.figures["figures"]:
        raise Http404
    figure = report.figures["figures"][key]
    rows, number = selectors.register_behind(report, key, request.user)
    audit.record(
        "report.stock_opened", by=request.user, at=clock.now(), area=request.user.area,
        figure=figure["label"],
    )  # fmt: skip
    context = {
        "figure": figure, "rows": rows, "hidden": number - len(rows),
        "has_population": population_key(key) in report.records,
    }  # fmt: skip
    return render(request, "reports/stock_figure.html", context)


@page(Permission.REPORT_SEE)
@_or_what_became_of_it
def week_see(request: SignedInRequest, report_id: int, chart: str, week: str) -> HttpResponse:
    """Show the letters behind one week of a chart, counted as the chart counts them."""
    report = _report_or_404(request, report_id)
    try:
        behind = selectors.week_behind(report, chart, read_week(week), request.user)
    except NotAWeek as fault:
        raise Http404 from fault
    if behind is None:
        raise Http404
    audit.record(
        "report.week_opened", report, by=request.user, at=clock.now(), chart=chart, week=week
    )
    context = {"report": report, "behind": behind, "faults": selectors.faults_of(report)}
    return render(request, "reports/week.html", context)


@page(Permission.REPORT_SEE)
def report_file(request: SignedInRequest, report_id: int, kind: str) -> HttpResponse:
    """Hand over a report as a file; the PDF and the spreadsheet are kept as first made."""
    report = _report_or_404(request, report_id)
    if kind not in TYPES:
        raise Http404
    try:
        content, is_whole = _content_of(report, kind, request)
    except NotAsMade as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:report", report.pk)
    seen = letters_of_marks(report, request.user) if kind == "json" else []
    left_out: dict[str, Any] = {} if is_whole else {"without_marks": True}
    audit.record("report.taken_out", report, by=request.user, at=clock.now(), kind=kind,
                 duties=seen, **left_out)  # fmt: skip
    response = HttpResponse(content, content_type=TYPES[kind])
    part = "" if is_whole else "-without-marks"
    name = f"weekly-assurance-{report.figures['week']}-v{report.version}{part}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _content_of(
    report: WeeklyReport, kind: str, request: SignedInRequest
) -> tuple[bytes | str, bool]:
    """Return a file of a report as this person may read it, and whether that is the whole."""
    reader, now = request.user, clock.now()
    if kind == "json":
        is_whole = not selectors.number_to_mark_blind(report, reader)
        return documents.figures_of(report, reader=reader, at=now), is_whole
    wanted = ReportFile.Kind(kind.upper())
    return documents.file_for(report, wanted, reader=reader, by=reader, at=now)


@page(Permission.REPORT_MAKE, methods=("POST",))
def report_send(request: SignedInRequest, report_id: int) -> HttpResponse:
    """Ask for a report to be sent to the senior managers."""
    report = _report_or_404(request, report_id)
    try:
        sendings = services.ask_for_sending(report, by=request.user, at=clock.now())
    except (NotAllowed, NotAsMade) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The report will be sent to {len(sendings)} senior managers.")
    return redirect("reports:report", report.pk)
