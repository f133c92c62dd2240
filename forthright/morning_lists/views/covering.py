"""Who covers in a unit: named for some days, and ended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.morning_lists.forms import CoverForm
from forthright.morning_lists.selectors.covers import (
    cover_for,
    covers_here,
    covers_to_show,
    deputies_away,
    own_covers_elsewhere,
    unit_for,
    why_it_holds_not,
)
from forthright.morning_lists.services.covering import CoverRefused, end_cover, name_deputy
from forthright.rules.words import date_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.COVER_NAME, methods=("GET", "POST"))
def covers(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show who covers in a unit, and name a deputy."""
    unit = unit_for(request.user, unit_id, Permission.COVER_NAME)
    form = CoverForm(request.POST or None, unit=unit, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            named = name_deputy(unit, form.cover(), by=request.user, at=clock.now())
        except (CoverRefused, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                f"{named.deputy} covers for {named.spoc} from {date_words(named.first_day)} to "
                f"{date_words(named.last_day)}.",
            )
            return redirect("morning_lists:covers", unit.pk)
    today = clock.today()
    rows = list(covers_to_show(unit, today))
    away = deputies_away(rows, today)
    gone = {each.cover.pk: each for each in covers_here(unit, today)[1]}
    shown = [(each, away.get(each.pk), why_it_holds_not(each), gone.get(each.pk)) for each in rows]
    elsewhere = own_covers_elsewhere(request.user, unit, today)
    context = {
        "unit": unit, "form": form, "covers": shown, "today": today, "elsewhere": elsewhere,
    }  # fmt: skip
    return render(request, "morning_lists/covers.html", context)


@page(Permission.COVER_NAME, methods=("POST",))
def cover_end(request: SignedInRequest, unit_id: int, cover_id: int) -> HttpResponse:
    """End a cover now."""
    unit = unit_for(request.user, unit_id, Permission.COVER_NAME)
    cover = cover_for(request.user, unit, cover_id)
    try:
        end_cover(cover, by=request.user, at=clock.now())
    except (CoverRefused, NotAllowed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{cover.deputy} covers for {cover.spoc} no longer.")
    return redirect("morning_lists:covers", unit.pk)
