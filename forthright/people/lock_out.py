"""What happens after too many wrong passwords, and how attempts are counted."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from forthright.accounts.models import User
from forthright.people import selectors


def key_of(person: User) -> str:
    """Return the name under which a person's wrong passwords are counted."""
    return f"person-{person.pk}"


def account_key(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name to count under, which never holds what was typed.

    People type their password into the wrong box, so an unknown address is kept only as a
    keyed digest.
    """
    given = credentials or {}
    typed = given.get("email") or given.get("username") or request.POST.get("login", "")
    person = selectors.person_with_email(typed)
    if person is not None:
        return key_of(person)
    return "unknown-" + salted_hmac("forthright.lock_out", typed.strip().lower()).hexdigest()[:20]


def show_locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Say that the account is locked, for how long, and what to do."""
    return render(request, "people/sign_in/locked_out.html", {"minutes": minutes()}, status=429)


def minutes() -> int:
    """Return for how many minutes an account stays locked."""
    return int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
