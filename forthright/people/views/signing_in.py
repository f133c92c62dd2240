"""The pages of signing in and out."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.account.views import LoginView, ReauthenticateView
from allauth.decorators import rate_limit
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateCodeView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from forthright.accounts.models import Role
from forthright.accounts.permissions import Permission
from forthright.people import selectors
from forthright.people.demo import WHAT_TO_TRY
from forthright.people.forms import ForgottenPasswordForm, SetPasswordForm
from forthright.people.middleware import comes_before_second_step
from forthright.people.services import invitations, signing_in
from forthright.web import clock
from forthright.web.page import SignedInRequest, open_page, page

BEFORE_SIGN_IN = "people come here before they are signed in"


@open_page(because=BEFORE_SIGN_IN, methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for email address and password, or offer the organisation's own sign-in."""
    services = [app["name"] for app in single_sign_on_services()]
    return LoginView.as_view(
        template_name="people/sign_in/sign_in.html",
        extra_context={"service": services[0] if services else ""},
    )(request)


def single_sign_on_services() -> list[dict[str, Any]]:
    """Return the organisation's sign-in, if the settings name one."""
    return settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])


@open_page(because=BEFORE_SIGN_IN, methods=("GET", "POST"))
def second_step_ask(request: HttpRequest) -> HttpResponse:
    """Ask somebody whose password was right for the code from their phone."""
    view = AuthenticateView.as_view(template_name="people/sign_in/second_step.html")
    response = view(request)
    stage = getattr(request, "_login_stage", None)
    if request.method == "POST" and stage is not None and not request.user.is_authenticated:
        signing_in.record_failed_sign_in(stage.login.user, at=clock.now(), why="code")
    return response


@open_page(because="whoever is here may leave", methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go back to the sign-in page."""
    if request.user.is_authenticated:
        signing_in.record_sign_out(request.user, at=clock.now())
    get_adapter(request).logout(request)
    messages.success(request, "You are signed out.")
    return redirect("accounts:sign_in")


@open_page(because="the demonstration has no secrets; outside it the page does not exist")
def demo(request: HttpRequest) -> HttpResponse:
    """List the made-up people one can sign in as, by role."""
    if not settings.IS_DEMO:
        raise Http404
    roles = [
        {"name": Role(role).label, "try": WHAT_TO_TRY[role], "first": first, "others": others}
        for role, (first, *others) in selectors.demo_people().items()
    ]
    context = {"roles": roles, "next": request.GET.get("next", "")}
    return render(request, "people/sign_in/demo.html", context)


@open_page(because="only made-up people, and only in the demonstration", methods=("POST",))
def demo_sign_in(request: HttpRequest, person_id: int) -> HttpResponse:
    """Sign in as one of the made-up people."""
    person = selectors.demo_person(person_id) if settings.IS_DEMO else None
    if person is None:
        raise Http404
    if request.user.is_authenticated:
        signing_in.record_sign_out(request.user, at=clock.now())
        get_adapter(request).logout(request)
    record_authentication(request, person, "demo")
    # Leads on to the page that was asked for, if it is one of ours.
    return perform_login(request, person, redirect_url=get_next_redirect_url(request))


@open_page(because=BEFORE_SIGN_IN, methods=("GET", "POST"))
@rate_limit(action="reset_password", key="all")
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link to set a new password, and say the same whether or not there is an account."""
    form = ForgottenPasswordForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "people/sign_in/forgotten.html", {"form": form})
    person = selectors.person_with_email(form.cleaned_data["email"])
    try:
        invitations.send_forgotten_password_link(person, at=clock.now())
    except invitations.LinkNotSent as trouble:
        form.add_error(None, str(trouble))
        return render(request, "people/sign_in/forgotten.html", {"form": form})
    return render(request, "people/sign_in/link_sent.html")


@open_page(because="the link in the message is the proof", methods=("GET", "POST"))
@never_cache
def password_set(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Set a password by the link that was sent."""
    person = invitations.person_of_link(reference, token)
    if person is None:
        return render(request, "people/sign_in/link_old.html", status=410)
    form = SetPasswordForm(request.POST or None, person=person)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "person": person}
        return render(request, "people/sign_in/password_set.html", context)
    invitations.set_password(
        person, password=form.cleaned_data["password"], by=person, at=clock.now()
    )
    messages.success(request, "Your password is set. Sign in with it.")
    return redirect("accounts:sign_in")


@comes_before_second_step
@page(Permission.ACCOUNT_KEEP, methods=("GET", "POST"))
def confirm_password(request: SignedInRequest) -> HttpResponse:
    """Ask for the password again before something that matters."""
    return ReauthenticateView.as_view(template_name="people/account/confirm.html")(request)


@comes_before_second_step
@page(Permission.ACCOUNT_KEEP, methods=("GET", "POST"))
def confirm_code(request: SignedInRequest) -> HttpResponse:
    """Ask for a code again before something that matters."""
    return ReauthenticateCodeView.as_view(template_name="people/account/confirm.html")(request)
