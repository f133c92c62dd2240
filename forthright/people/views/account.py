"""A person's own account: who they are, what they may do, how it is protected."""

import base64
import time

from allauth.account.internal.flows.login import (
    clear_authentication_records,
    record_authentication,
)
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import get_adapter as get_second_step_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.people import selectors
from forthright.people.forms import SetPasswordForm, SetUpSecondStepForm
from forthright.people.middleware import comes_before_second_step
from forthright.people.services import invitations, second_step
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.templatetags.plain_words import short_day

A_WHILE = 10 * 60  # seconds for which one proof of who you are is enough


def ask_again_after_a_while(request: SignedInRequest) -> None:
    """Have the person prove who they are, unless they did so in the last ten minutes.

    :raises ReauthenticationRequired: which leads to the page that asks
    """
    if time.time() - selectors.last_proved_at(request, request.user) > A_WHILE:
        raise ReauthenticationRequired


@page(Permission.ACCOUNT_KEEP)
def account(request: SignedInRequest) -> HttpResponse:
    """Show who the person is here, what they may do, and how the account is protected."""
    standing = selectors.standing_of(request.user)
    context = {
        "standing": standing,
        "who": who(request.user),
        "protection": protection(standing),
        "may_do": selectors.what_they_may_do(request.user),
    }
    return render(request, "people/account/account.html", context)


def who(person: User) -> list[dict[str, str]]:
    """Return who the person is here, as lines of a list."""
    return [
        {"key": "Name", "value": person.full_name},
        {"key": "Email address", "value": person.email},
        {"key": "Role", "value": person.get_role_display()},
        {"key": "Unit", "value": str(person.unit or "None: the whole Area")},
        {"key": "Area", "value": str(person.area)},
    ]


def protection(standing: selectors.Standing) -> list[dict[str, str]]:
    """Return how the account is protected, as lines of a list."""
    if not standing.has_password:
        how = "Your organisation’s sign-in" if standing.has_single_sign_on else "Not set"
        return [{"key": "Password", "value": how}]
    password = {"key": "Password", "value": "Set", "address": reverse("accounts:password_change")}
    if standing.second_step_since is None:
        off = {"key": "Code from your phone", "value": "Off", "action": "Set up"}
        return [password, {**off, "address": reverse("accounts:second_step")}]
    since = f"On since {short_day(standing.second_step_since)}"
    left = f"{standing.recovery_codes_left} of 10 left"
    codes = {"key": "Recovery codes", "value": left, "action": "See or renew"}
    return [
        password,
        {"key": "Code from your phone", "value": since},
        {**codes, "address": reverse("accounts:recovery_codes")},
    ]


@page(Permission.ACCOUNT_KEEP, methods=("GET", "POST"))
@never_cache
def password_change(request: SignedInRequest) -> HttpResponse:
    """Change the person's own password; their other sessions end."""
    refuse_without_password(request.user)
    ask_again_after_a_while(request)
    form = SetPasswordForm(request.POST or None, person=request.user)
    if request.method == "GET" or not form.is_valid():
        return render(request, "people/account/password.html", {"form": form})
    invitations.set_password(
        request.user, password=form.cleaned_data["password"], by=request.user, at=clock.now()
    )
    update_session_auth_hash(request, request.user)
    messages.success(request, "Your password is changed.")
    return redirect("accounts:account")


@comes_before_second_step
@page(Permission.ACCOUNT_KEEP, methods=("GET", "POST"))
@never_cache
def second_step_set_up(request: SignedInRequest) -> HttpResponse:
    """Show the picture to scan, and turn the second step on with the first code."""
    refuse_without_password(request.user)
    ask_again_after_a_while(request)
    if selectors.standing_of(request.user).second_step_since:
        return redirect("accounts:account")
    form = SetUpSecondStepForm(request.POST or None, user=request.user)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, **picture_of(request.user, form.secret)}
        context["is_required"] = settings.REQUIRE_SECOND_STEP
        return render(request, "people/account/second_step.html", context)
    second_step.turn_on_second_step(
        request.user, secret=form.secret, by=request.user, at=clock.now()
    )
    clear_totp_secret(request)
    record_authentication(request, request.user, "mfa", type=Authenticator.Type.TOTP)
    return redirect("accounts:recovery_codes")


@page(Permission.ACCOUNT_KEEP, methods=("GET", "POST"))
@never_cache
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Show the codes for a lost phone, or make new ones."""
    ask_again_after_a_while(request)
    if not selectors.standing_of(request.user).second_step_since:
        return redirect("accounts:account")
    if request.method == "POST":
        second_step.make_recovery_codes(request.user, by=request.user, at=clock.now())
        messages.success(request, "These are your new codes. The old ones no longer work.")
        return redirect("accounts:recovery_codes")
    codes = selectors.recovery_codes_of(request.user)
    return render(request, "people/account/recovery_codes.html", {"codes": codes})


@page(Permission.ACCOUNT_KEEP, methods=("GET", "POST"))
def second_step_remove(request: SignedInRequest) -> HttpResponse:
    """Turn the second step off, so that another phone can be set up."""
    ask_again_after_a_while(request)
    if not selectors.standing_of(request.user).second_step_since:
        return redirect("accounts:account")
    if request.method == "GET":
        context = {"is_required": settings.REQUIRE_SECOND_STEP}
        return render(request, "people/account/second_step_remove.html", context)
    second_step.turn_off_second_step(request.user, by=request.user, at=clock.now())
    clear_authentication_records(request)
    record_authentication(request, request.user, "password")
    messages.success(request, "The old phone no longer works. Set up the new one.")
    return redirect("accounts:second_step")


def refuse_without_password(person: User) -> None:
    """Hide pages about passwords from those who come only through their organisation.

    :raises Http404: if this person has no password
    """
    if not person.has_usable_password():
        raise Http404


def picture_of(person: User, secret: str) -> dict[str, str]:
    """Return the picture an authenticator app scans, and the key to type instead."""
    adapter = get_second_step_adapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    encoded = base64.b64encode(drawing.encode()).decode()
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"picture": f"data:image/svg+xml;base64,{encoded}", "key": spaced}
