"""Records each sign-in, failed sign-in, lock-out and sign-out; never what was typed."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit


def record_sign_in(person: User, *, at: datetime, ways: list[str]) -> None:
    """Record that a person signed in, and by which ways they proved who they are."""
    audit.record("person.signed_in", person, by=person, at=at, ways=ways)


def record_sign_out(person: User, *, at: datetime) -> None:
    """Record that a person signed out."""
    audit.record("person.signed_out", person, by=person, at=at)


def record_failed_sign_in(person: User | None, *, at: datetime, why: str) -> None:
    """Record a sign-in that was refused; an unknown account leaves no name behind."""
    audit.record("person.sign_in_failed", person, by=None, at=at, why=why)


def record_lock_out(person: User | None, *, at: datetime, minutes: int) -> None:
    """Record that an account is locked after too many wrong passwords."""
    audit.record("person.locked_out", person, by=None, at=at, minutes=minutes)


@transaction.atomic
def link_single_sign_on(
    person: User, *, service: str, reference: str, by: User, at: datetime
) -> SocialAccount:
    """Tie a person's account to the one their organisation keeps for them.

    Only the organisation's reference is kept, none of what it says about the person.
    """
    account = SocialAccount.objects.create(user=person, provider=service, uid=reference)
    audit.record("person.single_sign_on_linked", person, by=by, at=at)
    return account
