"""A letter owed, with everything that is known of it."""

from django.http import HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.DUTY_SEE)
def letter(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Show one letter owed."""
    duty = duty_for(request.user, duty_id)
    see_letter(duty, by=request.user, at=clock.now())
    return render(request, "letters/letter.html", {"duty": duty})
