"""What the register of recordings and hearings knows of a case: who defends, when it is heard."""

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from forthright.anonymiser.known import KnownPerson, KnownWords
from forthright.anonymiser.spans import Kind
from forthright.hard_media.models import (
    FormerAddress,
    Hearing,
    HearingMove,
    MediaItem,
    Representation,
)
from forthright.rules.letter_checks.spelling import common_words
from forthright.schemes.models import Duty

SOLICITOR = "the defence solicitor"
WORD = re.compile(r"[^\W\d_]+")
HAS_BOTH = re.compile(r"(?=.*[A-Za-z])(?=.*\d)")


def defended_by(duty: Duty) -> Iterator[KnownPerson]:
    """Yield the people at firms that defend in a case, now or before, by name.

    “Crime team” is nobody: it would be found wherever a letter speaks of a team.
    """
    for contact in _contacts(duty):
        given, _, family = contact.strip().rpartition(" ")
        if family and family[0].isupper() and family.lower() not in common_words():
            yield KnownPerson(SOLICITOR, given, family)


def known_by_register(duty: Duty) -> Iterator[KnownWords]:
    """Yield firms that defend in a case, where they are written to, and references of exhibits."""
    rows = Representation.everything.filter(defendant__case=duty.case_id)
    former = _former(duty).values_list("firm", "email")
    for firm, email in [*rows.values_list("firm", "email"), *former]:
        if any(word.lower() not in common_words() for word in WORD.findall(firm)):
            yield KnownWords(Kind.ORGANISATION, firm, "the firm of a defence solicitor")
        if email:
            yield KnownWords(Kind.EMAIL, email, "e-mail address")
    exhibits = MediaItem.objects.filter(case=duty.case_id).values_list("exhibit", flat=True)
    for exhibit in exhibits.order_by("pk"):
        if HAS_BOTH.match(exhibit):
            yield KnownWords(Kind.EXHIBIT, exhibit, "exhibit")


def heard_on(duty: Duty) -> Iterator[date]:
    """Yield the days on which a case is, was or was to be heard."""
    hearings = Hearing.objects.filter(case=duty.case_id)
    moves = HearingMove.objects.filter(hearing__case=duty.case_id)
    for days in (hearings.values_list("on"), moves.values_list("old_on", "new_on")):
        for row in days.order_by("pk"):
            yield from (day for day in row if day is not None)


def _contacts(duty: Duty) -> Iterator[str]:
    rows = Representation.everything.filter(defendant__case=duty.case_id).exclude(contact="")
    yield from rows.values_list("contact", flat=True)
    yield from _former(duty).exclude(contact="").values_list("contact", flat=True)


def _former(duty: Duty) -> "QuerySet[FormerAddress]":
    return FormerAddress.objects.filter(representation__defendant__case=duty.case_id)
