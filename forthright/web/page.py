"""Declares a page: who may open it and how it may be asked for.

HEAD is answered only where a page declares it. To open a page is an act here, which is recorded
and may be a receipt, and HEAD shows nothing; nor is it a button, though it is not GET.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_one_of
from forthright.rules.working_days import CalendarTooShort

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """A request from a known person."""

    user: User


def page(
    permission: Permission, *or_else: Permission, methods: tuple[str, ...] = ("GET",)
) -> Callable[[View], View]:
    """Declare the permission a page needs, or those of which one is enough, and its methods."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            if request.method not in methods:
                return _asked_the_wrong_way(request, methods)
            try:
                check_has_one_of(request.user, permission, *or_else)
                return view(request, *args, **kwargs)
            except NotAllowed as refusal:
                return _refused(request, "errors/not_allowed.html", refusal, status=403)
            except CalendarTooShort as refusal:
                # Where a page has no better place for it: without the day nothing can be done.
                return _refused(request, "errors/calendar_ends.html", refusal, status=409)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.permissions = (permission, *or_else)  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        return guarded

    return declare


def _refused(
    request: HttpRequest, template: str, refusal: Exception, *, status: int
) -> HttpResponse:
    context = {"refusal": str(refusal), "typed": typed_in(request)}
    return render(request, template, context, status=status)


def typed_in(request: HttpRequest) -> list[str]:
    """Return the sentences that a refused form came with: they are given back, not lost."""
    if request.method != "POST":
        return []
    given = [each for _, values in request.POST.lists() for each in values if isinstance(each, str)]
    return [each for each in given if len(each.split()) > 1]


def _asked_the_wrong_way(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    """Say that an address answers a button only, or a link only, and that nothing was done."""
    context = {"for_a_button": "GET" not in methods}
    headers = {"Allow": ", ".join(methods)}
    words = render_to_string("errors/wrong_way.html", context, request=request)
    return HttpResponse(words, status=405, headers=headers)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page and then back; a button that was pressed is not pressed again."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    messages.error(request, "You had been signed out, so nothing was done. Press the button again.")
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return redirect_to_login(came_from if is_ours else "/")


def open_page(*, because: str, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Declare a page that anybody may open, and why."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return _asked_the_wrong_way(request, methods)
            return view(request, *args, **kwargs)

        guarded.permission = None  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        guarded.open_because = because  # type: ignore[attr-defined]
        return guarded

    return declare
