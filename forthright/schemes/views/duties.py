"""The list of letters owed."""

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.schemes.forms.filters import DutyFilterForm
from forthright.schemes.models import Duty
from forthright.schemes.selectors import duty_list
from forthright.schemes.selectors.area_clock import calendar_warning_for
from forthright.schemes.selectors.stages import stage_awaited
from forthright.schemes.services.seeing import see_list
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

PAGE = 25
TILES = ("overdue", "today", "tomorrow", "later", "late", "met", "not_required")
ENTITLEMENTS = {"ENHANCED": "Enhanced", "UNKNOWN": "Not known: as enhanced"}


@dataclass(frozen=True)
class Line:
    """One letter as the list shows it."""

    duty: Duty
    standing: str
    entitlement: str


@dataclass
class Group:
    """Letters under one heading, as far as they stand on this page."""

    show: str
    words: str
    lines: list[Line] = field(default_factory=list)


@page(Permission.DUTY_SEE)
def duties(request: SignedInRequest) -> HttpResponse:
    """List the letters owed, what is overdue first, with the count of each group."""
    today = clock.today()
    days = duty_list.days_for(request.user.area, today)
    form = DutyFilterForm(request.GET, user=request.user, today=today)
    form.is_valid()
    filters = form.filters()
    try:
        rows = duty_list.filtered(request.user, filters)
    except duty_list.TooManyFound as refusal:
        form.add_error("words", str(refusal))
        rows = Duty.objects.none()
    counts = duty_list.counts_of(rows, days)
    listed = duty_list.shown(rows, filters.shown, days)
    pages = slice_of(
        listed.only("pk", "due_on"),
        request.GET,
        order=duty_list.order_of(filters.shown),
        size=PAGE,
    )
    rows_shown = duty_list.with_names(pages.rows)
    see_list(rows_shown, by=request.user, at=clock.now())
    context = {
        "form": form,
        "chosen": form.chosen_words(),
        "tiles": _tiles(request, counts, days, filters.shown),
        "groups": _groups(rows_shown, filters.shown, days),
        "pages": pages,
        "days": days,
        "warning": calendar_warning_for(request.user.area, today),
    }
    return render(request, "schemes/duties.html", context)


def _tiles(
    request: SignedInRequest, counts: dict[str, int], days: duty_list.Days, here: str
) -> list[dict[str, object]]:
    """Return each count with the address of its letters, the other filters kept."""
    kept = request.GET.copy()
    for name in ("show", "before", "after"):
        kept.pop(name, None)
    tiles = []
    for show in TILES:
        kept["show"] = show
        tiles.append(
            {
                "count": f"{counts[show]:,}",
                "words": duty_list.heading_of(show, days),
                "address": f"{reverse('schemes:duties')}?{kept.urlencode()}",
                "here": show == here,
            }
        )
    return tiles


def _groups(rows: list[Duty], here: str, days: duty_list.Days) -> list[Group]:
    """Return the letters of the page under their headings, in the order they come."""
    groups: dict[str, Group] = {}
    for duty in rows:
        show = "all" if here == "all" else _group_of(duty, days)
        words = "Letters found" if show == "all" else duty_list.heading_of(show, days)
        group = groups.setdefault(show, Group(show, words))
        group.lines.append(Line(duty, _standing(duty), ENTITLEMENTS.get(duty.entitlement, "")))
    return list(groups.values())


def _group_of(duty: Duty, days: duty_list.Days) -> str:
    if duty.state == Duty.State.OPEN:
        return days.group_of(duty)
    return duty.state.lower()


def _standing(duty: Duty) -> str:
    """Return what a letter waits for, or how it ended."""
    if duty.state == Duty.State.OPEN:
        awaited = stage_awaited(duty)
        return awaited.label if awaited else ""
    if duty.state == Duty.State.LATE:
        stage = Duty.Stage(duty.late_stage).label if duty.late_stage else "stage not known"
        return f"Sent late: {stage}"
    return duty.get_state_display()
