"""Sends the links by which people set their passwords, and sets them."""

from datetime import datetime

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.people import policies
from forthright.people.lock_out import key_of


class LinkNotSent(Exception):
    """The mail server did not take a message; the message is for the person who asked."""


def invite_person(person: User, *, by: User, at: datetime) -> None:
    """Open a person's account again if it was closed, and send a link to set a password.

    :raises NotAllowed: if this person may not invite them
    :raises LinkNotSent: if the mail server did not take it; the account stands all the same
    """
    with transaction.atomic():
        policies.check_can_invite(by, person)
        person.is_active = True
        person.save(update_fields=["is_active"])
        audit.record("person.invited", person, by=by, at=at)
    send_link(person, message="people/messages/invitation.txt", subject="Your Forthright account")


def send_forgotten_password_link(person: User | None, *, at: datetime) -> None:
    """Send a link to set a new password, if there is such a person and their account is open.

    Whoever asks is told the same in every case, so that nobody learns who has an account.
    """
    if person is None or not person.is_active or person.is_demo:
        return
    audit.record("person.password_link_sent", person, by=None, at=at)
    send_link(person, message="people/messages/forgotten.txt", subject="Set a new password")


@transaction.atomic
def set_password(person: User, *, password: str, by: User, at: datetime) -> None:
    """Set a password, which ends every other session and any lock-out of this account."""
    person.set_password(password)
    person.save(update_fields=["password"])
    reset(username=key_of(person))
    audit.record("person.password_set", person, by=by, at=at)


def send_link(person: User, *, message: str, subject: str) -> None:
    """Send a message that holds the link to set a password.

    :raises LinkNotSent: if the mail server did not take it
    """
    text = render_to_string(
        message,
        {
            "person": person,
            "link": link_for(person),
            "is_second_step_required": settings.REQUIRE_SECOND_STEP,
            "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        },
    )
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
    except OSError as trouble:
        raise LinkNotSent(
            "The mail server did not take the message, so no link was sent. "
            "Try again in a few minutes; if it still fails, tell whoever runs the mail server."
        ) from trouble


def link_for(person: User) -> str:
    """Return the address at which this person may set a password, once."""
    reference = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return settings.SITE_ADDRESS + reverse("accounts:password_set", args=[reference, token])


def person_of_link(reference: str, token: str) -> User | None:
    """Return the person whom a link belongs to, or None if it is used, old or made up."""
    try:
        key = force_str(urlsafe_base64_decode(reference))
        person = User.objects.filter(pk=int(key), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    if person is None or not default_token_generator.check_token(person, token):
        return None
    return person
