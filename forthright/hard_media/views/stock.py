"""Stock-takes: begin, scan, and what is found, missing or not expected."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, has_permission, is_allowed
from forthright.hard_media import policies
from forthright.hard_media.forms.discs import PlaceForm, ScanForm
from forthright.hard_media.models import StockTake
from forthright.hard_media.selectors.discs import disc_lines
from forthright.hard_media.selectors.registered import (
    places_used,
    stock_take_for,
    stock_takes_visible_to,
)
from forthright.hard_media.services import seeing, stock
from forthright.rules.words import count_words, day_of, uncapitalised
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

SHOWN = 50


@page(Permission.MEDIA_SEE)
def stock_takes(request: SignedInRequest) -> HttpResponse:
    """List the stock-takes, and ask which place to count next."""
    taken = list(stock_takes_visible_to(request.user)[:SHOWN])
    seeing.see_stock_takes(taken, by=request.user, at=clock.now())
    context = {
        "taken": [(each, _place_shown(request, each)) for each in taken],
        "form": PlaceForm(),
        "places": places_used(request.user),
        "may_record": has_permission(request.user, Permission.MEDIA_RECORD),
    }
    return render(request, "hard_media/stock_takes.html", context)


@page(Permission.MEDIA_RECORD, methods=("POST",))
def stock_take_begin(request: SignedInRequest) -> HttpResponse:
    """Begin to count a place."""
    form = PlaceForm(request.POST)
    if request.user.unit is None:
        raise NotAllowed("You belong to no unit, so that there is nothing to count.")
    if not form.is_valid():
        messages.error(request, "Say which place is counted.")
        return redirect("hard_media:stock_takes")
    begun = stock.begin_stock_take(
        request.user.unit, form.cleaned_data["location"], by=request.user, at=clock.now()
    )
    return redirect("hard_media:stock_take", begun.pk)


@page(Permission.MEDIA_SEE)
def stock_take(request: SignedInRequest, stock_take_id: int) -> HttpResponse:
    """Show one stock-take: what was scanned and what is still to find."""
    taken, now = stock_take_for(request.user, stock_take_id), clock.now()
    still = stock.still_to_find(taken, on=day_of(now)) if taken.is_open else []
    lines = stock.lines_of(taken)
    carriers = [each.carrier for each in lines if each.carrier] + still
    seeing.see_carriers(carriers, by=request.user, at=now)
    # While it goes on, what was scanned on an earlier day is to be scanned again.
    earlier = [each for each in lines if taken.is_open and day_of(each.at) != day_of(now)]
    lines = [each for each in lines if each not in earlier]
    context = {
        "taken": taken,
        "place": _place_shown(request, taken),
        "is_of_an_earlier_day": taken.is_open and day_of(taken.begun_at) != day_of(now),
        "earlier": earlier,
        "scanned": [each for each in lines if each.outcome != each.Outcome.MISSING],
        "wrong": [each for each in lines if each.outcome != each.Outcome.FOUND],
        "still": disc_lines(request.user, still),
        "is_of_no_disc": stock.is_of_no_disc(taken),
        "form": ScanForm(is_first=True),
        "may_record": is_allowed(policies.check_can_record, request.user, taken),
    }
    return render(request, "hard_media/stock_take.html", context)


@page(Permission.MEDIA_RECORD, methods=("POST",))
def stock_take_scan(request: SignedInRequest, stock_take_id: int) -> HttpResponse:
    """Note one barcode."""
    taken = stock_take_for(request.user, stock_take_id)
    barcode = request.POST.get("barcode", "")
    try:
        line = stock.scan(taken, barcode, by=request.user, at=clock.now())
    except stock.StockRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if line.outcome == line.Outcome.UNEXPECTED:
            messages.warning(request, f"{line.barcode}: {uncapitalised(line.why)}.")
    return redirect("hard_media:stock_take", stock_take_id)


@page(Permission.MEDIA_RECORD, methods=("POST",))
def stock_take_finish(request: SignedInRequest, stock_take_id: int) -> HttpResponse:
    """End a stock-take; what was not scanned is recorded as missing."""
    taken = stock_take_for(request.user, stock_take_id)
    try:
        stock.finish_stock_take(taken, by=request.user, at=clock.now())
    except stock.StockRefused as refusal:
        messages.error(request, str(refusal))
    else:
        missing = taken.lines.filter(outcome="MISSING").count()
        said = count_words(missing, "disc or stick is", "discs or sticks are")
        messages.success(request, f"The stock-take is finished. {said} missing.")
    return redirect("hard_media:stock_take", stock_take_id)


@page(Permission.MEDIA_RECORD, methods=("POST",))
def stock_take_give_up(request: SignedInRequest, stock_take_id: int) -> HttpResponse:
    """Give a stock-take up; nothing is recorded as missing."""
    taken = stock_take_for(request.user, stock_take_id)
    try:
        stock.give_up_stock_take(taken, by=request.user, at=clock.now())
    except stock.StockRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, "The stock-take is given up. No disc or stick is missing or found by it."
        )
    return redirect("hard_media:stock_take", stock_take_id)


def _place_shown(request: SignedInRequest, taken: StockTake) -> str:
    """Return the place that was counted; to whom counts nothing there only whose it is.

    A place may be called by what is sensitive on a disc that lies there.
    """
    may_read = is_allowed(policies.check_can_record, request.user, taken)
    return taken.location if may_read else f"a place of {taken.unit}"
