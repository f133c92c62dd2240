"""Leads a person who must have a second step to set it up before anything else."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from forthright.people import selectors
from forthright.web.page import View

# Those who come through their organisation gave their second step there.
ENOUGH = {"totp", "recovery_codes", "socialaccount", "demo"}


class SecondStepComesFirst:
    """Holds back every page but the open ones and those that set the second step up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponse | None:
        """Lead to the second step where it is required and was not taken."""
        if not settings.REQUIRE_SECOND_STEP or not request.user.is_authenticated:
            return None
        if getattr(view, "permission", "undeclared") is None:
            return None
        if getattr(view, "comes_before_second_step", False):
            return None
        if ENOUGH & set(selectors.ways_signed_in(request, request.user)):
            return None
        return redirect("accounts:second_step")


def comes_before_second_step(view: View) -> View:
    """Mark a page that a person may open before they have a second step."""
    view.comes_before_second_step = True  # type: ignore[attr-defined]
    return view
