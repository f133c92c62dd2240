"""Asks a person about what may be a name of somebody whom the record knows by now.

Whoever takes a letter is asked about each such place of it. Where somebody became known later, or a
letter was taken before the anonymiser asked about such words, nobody was; the search of its files
asks then, and the letter waits for the answer.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from forthright.accounts.models import User
from forthright.anonymiser.known import Known
from forthright.anonymiser.record import doubts_in
from forthright.anonymiser.spans import Found
from forthright.audit import services as audit
from forthright.panels.models import AnonymisedLetter, Place

WHERE = "the letter"
END_OF_LINE = "\n"
ASK = "{because}: somebody has to say whether it is. It is marked “Please look” on its page now"


def not_asked(letter: AnonymisedLetter, known: Known) -> list[Found]:
    """Return the places that may be a name and of which nobody was asked."""
    taken = list(letter.places.values_list("start", "end"))
    return [
        each
        for each in doubts_in(letter.given, known)
        if not any(each.start < end and each.end > start for start, end in taken)
    ]


def said_of(letter: AnonymisedLetter, doubts: Sequence[Found]) -> list[dict[str, Any]]:
    """Return what is said of such places beside what the gate found."""
    return [
        {"file": WHERE, "where": f"line {1 + letter.given[: each.start].count(END_OF_LINE)}",
         "words": letter.given[each.start : each.end], "because": ASK.format(because=each.because)}
        for each in doubts
    ]  # fmt: skip


def ask_about(
    letter: AnonymisedLetter, doubts: Sequence[Found], *, by: User | None, at: datetime
) -> None:
    """Mark places as ones that somebody has to look at; nothing of the text changes by it."""
    if not doubts:
        return
    # Two people of one name are one place.
    places = {(each.start, each.end): each for each in doubts}
    Place.objects.bulk_create(
        Place(
            letter=letter, start=each.start, end=each.end, kind=each.kind, layer=each.layer,
            score=each.score, role=each.role[:200], because=each.because[:300],
            state=Place.State.IN_DOUBT,
        )
        for each in places.values()
    )  # fmt: skip
    letter.changes += 1
    letter.save(update_fields=["changes"])
    audit.record("letter.places_asked_about", letter, by=by, at=at, places=len(places))
