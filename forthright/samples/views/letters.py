"""What can be done about one drawn letter: replace it, or choose who marks it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.samples import forms, policies, selectors, services
from forthright.samples.models import DrawnLetter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.SAMPLE_DRAW, methods=("GET", "POST"))
def letter_substitute(request: SignedInRequest, letter_id: int) -> HttpResponse:
    """Leave a letter out for a reason and take the next in order."""
    letter = selectors.drawn_letter_for(request.user, letter_id)
    policies.check_can_substitute(request.user, letter, selectors.hands_of(letter))
    try:
        services.check_can_be_replaced(letter)
    except selectors.NotAsDrawn as refusal:
        messages.error(request, str(refusal))
        return redirect("samples:draw", letter.draw_id)
    form = forms.SubstituteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = services.substitute_letter(
                letter, by=request.user, at=clock.now(), reason=form.cleaned_data["reason"]
            )
        except services.ReasonMissing as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, replaced_words(letter, taken))
            return redirect("samples:draw", letter.draw_id)
    services.see_draw(letter.draw, by=request.user, at=clock.now(), letters=1)
    return render(request, "samples/letter_substitute.html", {"form": form, "letter": letter})


def replaced_words(letter: DrawnLetter, taken: DrawnLetter | None) -> str:
    """Say what came in a replaced letter's place."""
    if taken is None:
        return f"{letter.called} left out. No other {letter.words.thing} could take its place."
    return f"{letter.called} replaced by {taken.called}, the next in order."


@page(Permission.SAMPLE_DRAW, methods=("GET", "POST"))
def letter_give(request: SignedInRequest, letter_id: int) -> HttpResponse:
    """Choose who marks a letter that the plan's marker drafted, wrote or approved."""
    letter = selectors.drawn_letter_for(request.user, letter_id)
    hands = selectors.hands_of(letter)
    policies.check_can_give(request.user, letter, hands)
    form = forms.MarkerForm(request.POST or None, letter=letter, hands=hands)
    if request.method == "POST" and form.is_valid():
        marker = form.people[form.cleaned_data["marker"]]
        try:
            services.give_letter(letter, marker=marker, by=request.user, at=clock.now())
        except NotAllowed as refusal:
            form.add_error("marker", str(refusal))
        else:
            messages.success(request, f"{letter.called} given to {marker} to mark.")
            return redirect("samples:draw", letter.draw_id)
    services.see_draw(letter.draw, by=request.user, at=clock.now(), letters=1)
    return render(request, "samples/letter_give.html", {"form": form, "letter": letter})
