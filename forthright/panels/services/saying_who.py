"""Says who a hidden name is, where the layers could not tell or told wrongly."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.anonymiser.colleagues import lettered
from forthright.audit import services as audit
from forthright.panels.models import AnonymisedLetter, Correction, Place
from forthright.panels.selectors.hidden import TITLED
from forthright.panels.selectors.known import kept_known, known_as_kept
from forthright.panels.selectors.whose import NOBODY_KNOWN, may_be_said, roles_offered
from forthright.panels.services.taking import (
    LONGEST,
    CannotAnonymise,
    locked_to_change,
    write_anew,
)
from forthright.rules.finding_words import same_words


@dataclass(frozen=True, slots=True)
class SaidWho:
    """Who a person says that a hidden name is, there or wherever the same words are hidden."""

    place: int
    role: str
    everywhere: bool = False


@transaction.atomic
def say_who(
    letter: AnonymisedLetter, said: SaidWho, *, opened: str | None, by: User, at: datetime
) -> int:
    """Keep who a hidden name is; return of how many places. What stood before stays beside it.

    Of the same words a title is no part: “Mr Doyle” and “Doyle” are the same.

    :raises NotAllowed: if the letter is released
    :raises ChangedMeanwhile: if somebody changed a place since the page was opened
    :raises CannotAnonymise: if there is no such hidden name, or nobody of the case is chosen
    """
    letter = locked_to_change(letter, opened, by)
    places = [each for each in letter.places.all() if may_be_said(each)]
    chosen = next((each for each in places if each.pk == said.place), None)
    if chosen is None:
        raise CannotAnonymise(
            "Who it is can be said of a hidden name alone, and none is hidden there. Hide the "
            "words first, then say who it is."
        )
    if said.role not in dict(roles_offered(letter)):
        raise CannotAnonymise(
            "Nobody was chosen. Choose from the list who it is, or that nobody can tell; then "
            "press the button beside it."
        )
    same = [each for each in places if _is_same(letter, chosen, each)]
    named = same if said.everywhere else [chosen]
    role = "" if said.role == NOBODY_KNOWN else _with_its_letter(letter, said.role)
    _note(letter, named, chosen, role, by=by, at=at)
    for each in named:
        each.role, each.decided_at, each.decided_by = role, at, by
    Place.objects.bulk_update(named, ["role", "decided_at", "decided_by"])
    letter.changes += 1
    write_anew(letter)
    audit.record("letter.place_named", letter, by=by, at=at, places=len(named))
    return len(named)


def _with_its_letter(letter: AnonymisedLetter, role: str) -> str:
    """Return a role; one of several who was not named so far gets the next letter, and keeps it."""
    known, became = lettered(kept_known(letter), [role])
    if became:
        letter.known = known_as_kept(known)
        letter.save(update_fields=["known"])
    return became.get(role, role)


def _is_same(letter: AnonymisedLetter, chosen: Place, other: Place) -> bool:
    words = [TITLED.sub("", letter.given[each.start : each.end]) for each in (chosen, other)]
    return same_words(*words)


def _note(
    letter: AnonymisedLetter, named: list[Place], chosen: Place, role: str, *, by: User,
    at: datetime,
) -> None:  # fmt: skip
    Correction.objects.bulk_create(
        Correction(
            letter=letter, what=Correction.What.NAME, start=each.start, end=each.end,
            kind=each.kind, words=letter.given[each.start : each.end][:LONGEST], layer=each.layer,
            score=each.score if each.layer else None, is_repeat=each is not chosen, role=role,
            role_before=each.role, made_at=at, made_by=by,
        )
        for each in named
    )  # fmt: skip
