"""What holds for every answer, whatever page gives it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control

LARGEST = 2**63 - 1


class NothingKept:
    """Lets no browser keep a page that somebody signed in has seen.

    A shared computer must not show a page with somebody's name after they have signed out. Style
    sheets and scripts are served before this is reached and may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what makes the answer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer; the session's cookie tells without asking the database."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        return response


class NumbersThatMayBe:
    """Answers "no such page" to an address with a number that no record has.

    Numbers of records are 64 bits long; SQLite ends in an error where it is asked for a longer one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what makes the answer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the page does."""
        return self.get_response(request)

    def process_view(
        self, _request: HttpRequest, _view: Any, _args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        """Look at the numbers of an address before its page does.

        :raises Http404: if one of them is too long
        """
        if any(isinstance(each, int) and each > LARGEST for each in kwargs.values()):
            raise Http404("No such number")
