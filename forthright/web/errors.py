"""Pages for when something cannot be shown; each says what to do next."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from forthright.web.page import typed_in

BUSY_SECONDS = 10


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read."""
    return render(request, "errors/bad_request.html", status=400)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was open for too long, and that nothing was saved."""
    return render(request, "errors/form_too_old.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none that this person may see.

    Whoever wrote on a page that is closed to them since gets their words back. Where it was not
    asked whether the form is one of ours, as at an address that leads nowhere, none of it is shown.
    """
    is_ours = getattr(request, "csrf_processing_done", False)
    context = {"typed": typed_in(request) if is_ours else []}
    return render(request, "errors/404.html", context, status=404)


def server_fault(request: HttpRequest) -> HttpResponse:
    """Say that the product failed, without asking the database for anything."""
    if is_busy(sys.exc_info()[1]):
        words = render_to_string("errors/busy.html", {"seconds": BUSY_SECONDS})
        return HttpResponse(words, status=503, headers={"Retry-After": str(BUSY_SECONDS)})
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def is_busy(fault: BaseException | None) -> bool:
    """Tell whether the database was busy with somebody else’s work for too long.

    SQLite has one writer at a time; whoever waited longer than the setting allows is told
    "database is locked". PostgreSQL says that the lock was not available in time.
    """
    words = str(fault)
    return isinstance(fault, OperationalError) and ("locked" in words or "lock timeout" in words)
