"""A manager lets a letter go without the look that is required, where nobody can give it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.letters import policies
from forthright.letters.addresses import address_of
from forthright.letters.forms.sending import WaiveForm
from forthright.letters.selectors.checks import why_unchecked
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.which import letter_at
from forthright.letters.services.checks import CheckRefused, waive_look
from forthright.letters.views.about import about_letter
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.LOOK_WAIVE, methods=("GET", "POST"))
def look_waive(request: SignedInRequest, duty_id: int, number: int = 1) -> HttpResponse:
    """Let the letter go without the look, by name and with the reason."""
    letter = letter_at(request.user, duty_id, number)
    policies.check_can_waive_look(request.user, letter)
    version = latest_words(letter)
    if version is None:
        raise Http404("No words yet")
    form = WaiveForm(request.POST or None, initial={"number": version.number})
    if request.method == "POST" and form.is_valid():
        reason, read = form.cleaned_data["reason"], form.cleaned_data["number"]
        try:
            waive_look(letter, read, reason=reason, by=request.user, at=clock.now())
        except CheckRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(
                request, "The letter may go without the look, with your name and reason."
            )
            return redirect(address_of("letter", letter))
    see_letter(letter.duty, by=request.user, at=clock.now())
    context = {
        **about_letter(letter),
        "form": form,
        "version": version,
        "unchecked": why_unchecked(letter, version.pk),
    }
    return render(request, "letters/look_waive.html", context)
