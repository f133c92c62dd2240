"""Ending a member's seat at a meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.panels.forms.seating import EndSeatForm
from forthright.panels.selectors import meetings as selectors
from forthright.panels.services import seating as services
from forthright.panels.services.meeting import PanelRefused
from forthright.rules.words import day_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def seat_end(request: SignedInRequest, meeting_id: int, seat_number: int) -> HttpResponse:
    """Show how far a member has come, and end their seat with a reason and a day."""
    meeting = selectors.meeting_for(request.user, meeting_id)
    seat = selectors.seat_kept(meeting, seat_number)
    try:
        services.check_can_end(seat, by=request.user, at=clock.now())
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    form = EndSeatForm(request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.end_seat(seat, said["reason"], said["day"], by=request.user, at=clock.now())
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                f"The seat of {seat.member} ends on {day_words(said['day'])}. Tell them as well; "
                "if they put the meeting in their calendar, it stays there until it is taken out.",
            )
            return redirect("panels:meeting", meeting_id)
    services.see_seat(seat, by=request.user, at=clock.now())
    context = {"meeting": meeting, "seat": seat, "form": form}
    return render(request, "panels/seat_end.html", context)
