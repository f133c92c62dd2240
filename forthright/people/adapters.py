"""Where the sign-in library asks us: who may come in, in which words, and what is recorded."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from forthright.accounts.models import User
from forthright.people import lock_out, selectors
from forthright.people.services import signing_in
from forthright.web import clock

WRONG_CODE = (
    "That code is not right. Codes change every 30 seconds: enter the one that shows now. "
    "If it is still refused, check that the phone's clock is right."
)


class AccountAdapter(DefaultAccountAdapter):
    """Signs people in by email address and password, and lets nobody make an account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "That email address and password do not go together. Check both, "
            "or set a new password with the link below."
        ),
        "incorrect_password": "That is not your password.",
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": "Too many wrong codes. Wait 5 minutes, then try again.",
        "rate_limited": "Too many wrong codes. Wait 5 minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: people are added by an administrator."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether an address is a page of this product."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the counting of wrong passwords to the lock-out, which all servers share."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a wrong password, and the lock-out that it led to."""
        person = selectors.person_with_email(credentials.get("email", ""))
        now = clock.now()
        is_locked = getattr(request, "axes_locked_out", False)
        began_now = is_locked and bool(getattr(request, "axes_failures_since_start", None))
        why = "locked" if is_locked and not began_now else "password"
        signing_in.record_failed_sign_in(person, at=now, why=why)
        if began_now:
            signing_in.record_lock_out(person, at=now, minutes=lock_out.minutes())

    def reauthenticate(self, user: User, password: str) -> bool:
        """Return whether this is the password of the person who is signed in."""
        found = authenticate(self.request, email=user.email, password=password)
        if found is None:
            self.authentication_failed(self.request, email=user.email)
        return found is not None and found.pk == user.pk

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Record the sign-in."""
        ways = selectors.ways_signed_in(request, user)
        signing_in.record_sign_in(user, at=clock.now(), ways=ways)
        return super().post_login(request, user, **details)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Say that the account is closed, and who can open it again."""
        signing_in.record_failed_sign_in(user, at=clock.now(), why="closed")
        return render(request, "people/sign_in/closed.html", status=403)

    def add_message(self, *arguments: Any, **named: Any) -> None:
        """Say nothing of the library's own; our pages say what happened."""


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of the second step unreadable in the database and its copies."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Return the text as it is kept."""
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text that was kept; under a lost key, one that no code can match."""
        try:
            return keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()


def keys() -> MultiFernet:
    """Return the keys made from the secret key and from those it replaced."""
    secrets = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(f"second step {secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Lets in those whom the organisation vouches for and who have an account here."""

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        """Keep nothing of what the organisation says, beyond its reference."""
        sociallogin.account.extra_data = {}
        return super().populate_user(request, sociallogin, data)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Refuse: people are added by an administrator."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account with the same verified email address, or refuse in plain words."""
        if sociallogin.is_existing:
            return
        person = person_vouched_for(sociallogin)
        if person is None:
            signing_in.record_failed_sign_in(None, at=clock.now(), why="single sign-on unknown")
            is_verified = any(address.verified for address in sociallogin.email_addresses)
            context = {"is_verified": is_verified, "service": sociallogin.provider.name}
            page = render(request, "people/sign_in/not_known.html", context, status=403)
            raise ImmediateHttpResponse(page)
        if not person.is_active:
            page = AccountAdapter(request).respond_user_inactive(request, person)
            raise ImmediateHttpResponse(page)
        sociallogin.account = signing_in.link_single_sign_on(
            person,
            service=sociallogin.account.provider,
            reference=sociallogin.account.uid,
            by=person,
            at=clock.now(),
        )
        sociallogin.user = person

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        """Say that the organisation's sign-in did not finish, and what to do."""
        signing_in.record_failed_sign_in(None, at=clock.now(), why="single sign-on broke off")
        page = render(request, "people/sign_in/broken_off.html", status=502)
        raise ImmediateHttpResponse(page)


def person_vouched_for(sociallogin: SocialLogin) -> User | None:
    """Return the person whose email address the organisation says is verified."""
    for address in sociallogin.email_addresses:
        if address.verified:
            person = selectors.person_with_email(address.email)
            if person is not None and not person.is_demo:
                return person
    return None
