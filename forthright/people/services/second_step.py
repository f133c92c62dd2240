"""Turns the second step on and off, and makes recovery codes."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.people import policies


@transaction.atomic
def turn_on_second_step(person: User, *, secret: str, by: User, at: datetime) -> None:
    """Ask for a code at each sign-in from now on, and make the codes for a lost phone."""
    Authenticator.objects.filter(user=person).delete()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    audit.record("person.second_step_turned_on", person, by=by, at=at)


@transaction.atomic
def turn_off_second_step(person: User, *, by: User, at: datetime) -> None:
    """Stop asking for a code, so that another phone can be set up.

    :raises NotAllowed: if it is somebody else's and this person may not change their account
    """
    if by.pk != person.pk:
        policies.check_can_change(by, person)
    Authenticator.objects.filter(user=person).delete()
    audit.record("person.second_step_turned_off", person, by=by, at=at)


@transaction.atomic
def stop_old_phone(person: User, *, by: User | None, at: datetime) -> None:
    """Turn the second step off from the machine itself, where no page can be reached."""
    Authenticator.objects.filter(user=person).delete()
    audit.record("person.second_step_turned_off", person, by=by, at=at, where="command")


@transaction.atomic
def make_recovery_codes(person: User, *, by: User, at: datetime) -> None:
    """Make new recovery codes; the old ones stop working."""
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)
    audit.record("person.recovery_codes_made", person, by=by, at=at)
