"""The note of a meeting as a file, and to the members of that panel beside their own letters."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.panels import documents
from forthright.panels.models import Meeting, Seat
from forthright.panels.selectors import meetings as selectors
from forthright.panels.services import findings as services
from forthright.panels.views.findings import note_context
from forthright.panels.views.meetings import as_file
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_SEE)
def note_file(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Hand out the published note of a meeting as a file."""
    shown = selectors.meeting_for(request.user, meeting_id)
    if shown.published_at is None:
        raise NotAllowed("This note is not published yet. Publish it first, then take it out.")
    return _file(request, shown)


@page(Permission.PANEL_READ)
def pack_note(request: SignedInRequest, seat_id: int) -> HttpResponse:
    """Show a member the published note of the panel that they were at."""
    seat = _published(request, seat_id)
    services.see_meeting(seat.meeting, "note", by=request.user, at=clock.now())
    context = note_context(seat.meeting) | {"seat": seat, "is_member": True}
    return render(request, "panels/note.html", context)


@page(Permission.PANEL_READ)
def pack_note_file(request: SignedInRequest, seat_id: int) -> HttpResponse:
    """Hand out that note to a member as a file."""
    return _file(request, _published(request, seat_id).meeting)


def _published(request: SignedInRequest, seat_id: int) -> Seat:
    seat = selectors.seat_for(request.user, seat_id)
    if seat.meeting.published_at is None:
        raise Http404
    return seat


def _file(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    now = clock.now()
    context = note_context(meeting) | {"taken_out_at": now}
    content = documents.note_pdf(context)
    services.take_note_out(meeting, by=request.user, at=now)
    return as_file(content, f"panel-{meeting.number}-note.pdf", "application/pdf")
