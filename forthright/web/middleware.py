"""What holds for every answer, whatever page gives it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control


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
