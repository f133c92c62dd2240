"""How a meeting's letters were drawn: drawn again, and the list to draw them again elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from forthright.accounts.permissions import Permission
from forthright.panels.selectors import meetings as selectors
from forthright.panels.services import drawing as services
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.views.meetings import as_file
from forthright.rules.words import count_words
from forthright.samples import exports
from forthright.samples.selectors.frames import reference_of
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

KINDS = {"csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=utf-8"}


@page(Permission.PANEL_KEEP, methods=("POST",))
def draw_check(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Draw the letters again from the frozen list and say whether they are the same."""
    shown = selectors.meeting_for(request.user, meeting_id)
    try:
        found = services.check_drawing(shown, by=request.user, at=clock.now())
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    if found.is_same:
        words = f"the same {count_words(found.letters, 'letter')}"
        messages.success(request, f"Drawn again from the frozen list: {words}.")
    else:
        messages.error(request, f"Drawn again: not the same. {' '.join(found.differences)}")
    return redirect("panels:meeting", meeting_id)


@page(Permission.PANEL_KEEP)
def list_csv(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Hand out the frozen list, which names nobody, in the order of the draw."""
    return _list_as_file(request, meeting_id, "csv")


@page(Permission.PANEL_KEEP)
def list_text(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Hand out the very text whose SHA-256 is the digest."""
    return _list_as_file(request, meeting_id, "txt")


def _list_as_file(request: SignedInRequest, meeting_id: int, ending: str) -> HttpResponse:
    """Return the list as a file, or go back to the meeting and say why it is not handed out."""
    shown = selectors.meeting_for(request.user, meeting_id)
    try:
        rows = services.hand_out_list(shown, by=request.user, at=clock.now(), form=ending)
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    if ending == "csv":
        parts = {reference_of(each.duty_id): each.part for each in shown.letters.all()}
        content = exports.rows_as_csv(rows, seed=int(shown.seed), parts=parts)
    else:
        content = exports.rows_as_text(rows)
    return as_file(content.encode(), f"panel-{shown.number}-list.{ending}", KINDS[ending])
