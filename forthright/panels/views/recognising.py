"""A member puts a letter aside because they may know whom it is about; what follows is decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import reason_against
from forthright.panels import policies
from forthright.panels.forms.recognising import DecideForm, PutAsideForm
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors.recognised import put_aside_on_word, recognition_for
from forthright.panels.services import recognising as services
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.services.opening import check_is_readable
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_READ, methods=("GET", "POST"))
def letter_put_aside(request: SignedInRequest, seat_id: int, position: int) -> HttpResponse:
    """Ask a member by what they may know whom a letter is about, and take it away from them."""
    seat = selectors.seat_for(request.user, seat_id)
    letter = selectors.pack_letter_for(seat, position)
    check_is_readable(seat, clock.now())
    form = PutAsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.put_aside(
                seat, letter, form.cleaned_data["how"], by=request.user, at=clock.now()
            )
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                f"Letter {position} is put aside. Thank you: you need do nothing more about it.",
            )
            return redirect("panels:pack", seat_id)
    is_over = seat.meeting.state in selectors.OVER
    context = {"seat": seat, "letter": letter, "form": form, "is_over": is_over}
    return render(request, "panels/put_aside.html", context)


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def put_aside_decide(
    request: SignedInRequest, meeting_id: int, recognition_id: int
) -> HttpResponse:
    """Show which letter a member put aside and how they may know it, and decide what follows."""
    shown = recognition_for(request.user, meeting_id, recognition_id)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.decide_put_aside(
                shown, said["outcome"], said["reason"], by=request.user, at=clock.now()
            )
        except PanelRefused as refusal:
            shown.refresh_from_db()
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Decided.")
            return redirect("panels:meeting", meeting_id)
    services.see_put_aside(shown, by=request.user, at=clock.now())
    anonymised = selectors.anonymised_of(shown.letter)
    closed = shown.seat.meeting.closed_at
    letter = shown.letter
    context = {
        "refusal": reason_against(policies.check_can_decide_put_aside, request.user, letter),
        "on_word": next((e for e in put_aside_on_word(shown.seat) if e.letter == letter), None),
        "recognition": shown, "form": form, "anonymised": anonymised,
        "is_after_closing": closed is not None and shown.said_at > closed,
    }  # fmt: skip
    return render(request, "panels/put_aside_decide.html", context)
