"""Holding back words that tell of somebody, and showing them again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import reason_against
from forthright.panels.forms.meetings import HoldBackForm, ShowAgainForm
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors.held_back import Part, held_in, stamp_of_words, words_of
from forthright.panels.services import holding_back as services
from forthright.panels.services.findings import NameSeen, see_meeting
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
    against = reason_against(services.check_can_hold_back, shown, (part, number), by=request.user)
    context = {"meeting": shown, "words": words, "form": form, "refusal": against}
    context |= _about(part, number)
    return render(request, "panels/words_hold_back.html", context)


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def words_show_again(
    request: SignedInRequest, meeting_id: int, words_part: str, words_number: int
) -> HttpResponse:
    """Show words again that were held back by mistake, with why."""
    which = words_part, words_number
    shown = selectors.meeting_for(request.user, meeting_id)
    if (held := held_in(shown).get(which)) is None:
        messages.error(request, services.nothing_held(shown))
        return redirect("panels:meeting", meeting_id)
    words = words_of(shown, *which)
    form = ShowAgainForm(request.POST or None, initial={"opened": str(held.pk)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        again = services.Again(said["because"], said["names_nobody"])
        try:
            services.show_again(
                shown, which, again, opened=said["opened"], by=request.user, at=clock.now()
            )
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
        except NameSeen as look:
            form.ask_to_look(str(look))
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Shown again to everybody who may read them.")
            return redirect("panels:meeting", meeting_id)
    see_meeting(shown, "letters", by=request.user, at=clock.now())
    against = reason_against(services.check_can_hold_back, shown, which, by=request.user)
    context = {"meeting": shown, "words": words, "held": held, "form": form, "refusal": against}
    return render(request, "panels/words_show_again.html", context | _about(*which))


def _about(part: str, number: int) -> dict[str, object]:
    """Return what the words are, as the page says it."""
    about = f"Letter {number}" if part == Part.LEFT_OUT else f"Finding {number}"
    return {"about": about, "is_finding": part != Part.LEFT_OUT, "what": Part(part).label}
