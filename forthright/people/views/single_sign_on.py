"""The way through the organisation's own sign-in, and back."""

import requests
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from forthright.people.services import signing_in
from forthright.web import clock
from forthright.web.page import View, open_page

BEFORE_SIGN_IN = "people come here before they are signed in"


@open_page(because=BEFORE_SIGN_IN)
def organisation(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the organisation's sign-in page."""
    # The library would also tie a second account to whoever is signed in; nobody needs that.
    if "process" in request.GET:
        raise Http404
    return or_broken_off(openid_connect.login, request, provider_id)


@open_page(because=BEFORE_SIGN_IN)
def organisation_return(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take a person back from the organisation's sign-in page."""
    return or_broken_off(openid_connect.callback, request, provider_id)


@open_page(because=BEFORE_SIGN_IN)
def organisation_cancelled(request: HttpRequest) -> HttpResponse:
    """Say that the sign-in was given up, and how to start again."""
    return render(request, "people/sign_in/broken_off.html")


def or_broken_off(view: View, request: HttpRequest, provider_id: str) -> HttpResponse:
    """Return what the library answers, or a page in plain words where the service is away."""
    try:
        return view(request, provider_id)
    except requests.RequestException:
        signing_in.record_failed_sign_in(None, at=clock.now(), why="single sign-on away")
        return render(request, "people/sign_in/broken_off.html", status=502)
