"""Lets a deputy do what they cover for, as it stands at the moment of each request."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from forthright.accounts.covering import let_cover
from forthright.accounts.permissions import DEPUTIES
from forthright.morning_lists.selectors.covers import covering_on
from forthright.web import clock


class WhomTheyCoverFor:
    """Looks up whom somebody covers for before any page of theirs is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponse | None:
        """Look it up where a page needs a permission and the person may be a deputy at all."""
        if getattr(view, "permission", None) is None or not request.user.is_authenticated:
            return None
        if request.user.role in DEPUTIES:
            let_cover(request.user, covering_on(request.user, clock.today()))
        return None
