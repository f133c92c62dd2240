"""Moving a meeting of the panel to another time or place, and calling it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.panels.forms import meetings as forms
from forthright.panels.models import Meeting
from forthright.panels.selectors import meetings as selectors
from forthright.panels.services import changing as services
from forthright.panels.services.meeting import PanelRefused
from forthright.rules.words import local, moment_at
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def meeting_move(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Move a meeting to another time or place."""
    shown = selectors.meeting_for(request.user, meeting_id)
    form = forms.MoveForm(request.POST or None, area=shown.area, initial=_as_filled(shown))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        moved = services.Moved(
            starts_at=moment_at(said["day"], said["hour"]), place=said["place"],
            pack_until=said["pack_until"],
        )  # fmt: skip
        try:
            services.move_meeting(
                shown, moved, opened=said["opened"], by=request.user, at=clock.now()
            )
        except ChangedMeanwhile as refusal:
            shown.refresh_from_db()
            ask_beside(form, refusal, _as_filled(shown))
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Changed. Members read it on their page: tell them as well.")
            return redirect("panels:meeting", meeting_id)
    return render(request, "panels/meeting_move.html", {"meeting": shown, "form": form})


def _as_filled(meeting: Meeting) -> dict[str, Any]:
    starts_at = local(meeting.starts_at)
    return {
        "day": starts_at.date(), "hour": f"{starts_at:%H:%M}", "place": meeting.place,
        "pack_until": meeting.pack_until, "opened": services.stamp_of_plan(meeting),
    }  # fmt: skip


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def meeting_cancel(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Call a meeting off."""
    shown = selectors.meeting_for(request.user, meeting_id)
    form = forms.CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_meeting(
                shown, form.cleaned_data["reason"], by=request.user, at=clock.now()
            )
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Called off. Tell the members as well.")
            return redirect("panels:meeting", meeting_id)
    return render(request, "panels/meeting_cancel.html", {"meeting": shown, "form": form})
