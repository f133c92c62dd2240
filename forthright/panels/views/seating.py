"""Ending a member's seat at a meeting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.panels.forms.meetings import MembersForm
from forthright.panels.forms.seating import EndSeatForm, GiveForm
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors.conflicts import not_given_at
from forthright.panels.services import inviting
from forthright.panels.services import seating as services
from forthright.panels.services.copies import copy_is_back
from forthright.panels.services.meeting import PanelRefused
from forthright.rules.words import day_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_KEEP, methods=("POST",))
def seats_add(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Give the open pack to members who come later."""
    meeting = selectors.meeting_for(request.user, meeting_id)
    form = MembersForm(request.POST, members=selectors.members_of_area(request.user))
    members = list(form.cleaned_data["members"]) if form.is_valid() else []
    try:
        inviting.add_seats(meeting, members, by=request.user, at=clock.now())
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Added. They find the pack on their first page.")
    return redirect("panels:meeting", meeting_id)


@page(Permission.PANEL_KEEP, methods=("POST",))
def letter_give(request: SignedInRequest, meeting_id: int, not_given_id: int) -> HttpResponse:
    """Give a member a letter whose case names somebody else of their name."""
    meeting = selectors.meeting_for(request.user, meeting_id)
    kept = not_given_at(meeting).filter(pk=not_given_id).first()
    if kept is None:
        raise Http404
    form = GiveForm(request.POST)
    if not form.is_valid():
        for said in form.errors.get("reason", []):
            messages.error(request, f"Letter {kept.letter.position}, {kept.seat.member}: {said}")
        return redirect("panels:meeting", meeting_id)
    reason = form.cleaned_data["reason"]
    try:
        inviting.give_after_all(kept, reason, by=request.user, at=clock.now())
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = f"{kept.seat.member} is given letter {kept.letter.position} too."
        if kept.seat.handed_in_at is not None:
            said += " They have handed in: tell them that this letter waits for them."
        messages.success(request, said)
    return redirect("panels:meeting", meeting_id)


@page(Permission.PANEL_KEEP, methods=("POST",))
def copy_back(
    request: SignedInRequest, meeting_id: int, release_id: int, seat_number: int
) -> HttpResponse:
    """Keep that a member's copy of a withdrawn letter came back or was destroyed."""
    meeting = selectors.meeting_for(request.user, meeting_id)
    try:
        copy_is_back(meeting, release_id, seat_number, by=request.user, at=clock.now())
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Kept: that copy is back or destroyed.")
    return redirect("panels:meeting", meeting_id)


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
