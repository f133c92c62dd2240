"""Saying what became of a printed booklet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.panels.forms.booklets import BookletForm
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors.booklets import booklet_of
from forthright.panels.services.booklets import Became, say_of_booklet
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.services.seating import see_seat
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def booklet_back(
    request: SignedInRequest, meeting_id: int, seat_number: int, issue_number: int
) -> HttpResponse:
    """Ask what became of a booklet: whether it is back, was destroyed or does not come back."""
    meeting = selectors.meeting_for(request.user, meeting_id)
    seat = selectors.seat_kept(meeting, seat_number)
    if (booklet := booklet_of(seat, issue_number)) is None:
        raise Http404("No such booklet was printed")
    form = BookletForm(request.POST or None, booklet=booklet, initial={"opened": booklet.stamp})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            say_of_booklet(
                seat, issue_number, Became(said["what"], said["because"], opened=said["opened"]),
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            booklet = booklet_of(seat, issue_number) or booklet
            ask_anew(form, refusal)
        except PanelRefused as refusal:
            form.add_error("because", str(refusal))
        else:
            messages.success(
                request, f"Kept, of issue {issue_number} that was printed for {seat.member}."
            )
            return redirect("panels:meeting", meeting_id)
    see_seat(seat, by=request.user, at=clock.now())
    context = {"meeting": meeting, "seat": seat, "booklet": booklet, "form": form}
    return render(request, "panels/booklet_back.html", context)
