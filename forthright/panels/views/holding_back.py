"""Holding back words that tell of somebody."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.panels.forms.meetings import HoldBackForm
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors.held_back import Part, stamp_of_words, words_of
from forthright.panels.services import holding_back as services
from forthright.panels.services.findings import see_meeting
from forthright.panels.services.meeting import PanelRefused
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def words_hold_back(
    request: SignedInRequest, meeting_id: int, words_part: str, words_number: int
) -> HttpResponse:
    """Hold back from everybody else what a finding, its answer or a reason says."""
    part, number = words_part, words_number
    shown = selectors.meeting_for(request.user, meeting_id)
    if part not in Part.values or not (words := words_of(shown, part, number)):
        raise Http404("Nothing is said there")
    form = HoldBackForm(request.POST or None, initial={"opened": stamp_of_words(words)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.hold_back(
                shown, (part, number), said["because"], opened=said["opened"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            words = words_of(shown, part, number)
            ask_anew(form, refusal)
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            manager = "" if part == Part.LEFT_OUT else " and the manager who answers"
            words = f"Held back. Nobody but who keeps the panel{manager} reads it from now on."
            messages.success(request, words)
            return redirect("panels:meeting", meeting_id)
    see_meeting(shown, "letters", by=request.user, at=clock.now())
    about = f"Letter {number}" if part == Part.LEFT_OUT else f"Finding {number}"
    context = {"meeting": shown, "words": words, "form": form, "about": about,
               "is_finding": part != Part.LEFT_OUT,
               "what": Part(part).label}  # fmt: skip
    return render(request, "panels/words_hold_back.html", context)
