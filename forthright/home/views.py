"""The start page: what waits for this person today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.home import selectors
from forthright.schemes.services.seeing import see_list
from forthright.web import clock
from forthright.web.page import SignedInRequest, open_page, page
from forthright.web.rooms import ROOMS, rooms_in_line, rooms_under_more


@page(Permission.OVERVIEW_SEE)
def overview(request: SignedInRequest) -> HttpResponse:
    """Show what needs this person today."""
    today = clock.today()
    waiting = selectors.today_for(request.user, today)
    see_list(waiting.begin_with, by=request.user, at=clock.now())
    context = {"today": today, "waiting": waiting}
    return render(request, "home/overview.html", context)


@page(Permission.OVERVIEW_SEE)
def more(request: SignedInRequest) -> HttpResponse:
    """List the rooms for which the navigation has no space; where it has, all of them."""
    rooms = rooms_under_more(request.user) or rooms_in_line(request.user)
    return render(request, "home/more.html", {"rooms": rooms})


@open_page(because="help must be there for those who cannot sign in")
def help_page(request: HttpRequest) -> HttpResponse:
    """Say what each part is for and whom to ask."""
    return render(request, "home/help.html", {"rooms": ROOMS})


@open_page(because="a person must be able to read it before signing in")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the pages are and what is not yet known."""
    return render(request, "home/accessibility.html")
