"""Which letter is meant: the one that a duty owes, or another to the same person."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.letters.models import Letter, LetterFacts, LetterVersion, ReasonsNote
from forthright.schemes.models import Duty
from forthright.schemes.selectors.duties import duty_for

# A duty stands for the letter that it owes.
Which = Duty | Letter


def letter_of(which: Which) -> Letter:
    """Return the letter that is meant; one of which nothing is kept yet is not kept by this."""
    return letter_among(letters_of([which]), which)


def letters_of(meant: Iterable[Which]) -> dict[int, Letter]:
    """Return the first letters of those that are meant by their duties, by the duty's number."""
    owing = [each.pk for each in meant if not isinstance(each, Letter)]
    if not owing:
        return {}
    rows = Letter.objects.filter(duty__in=owing, number=1)
    rows = rows.select_related("approved_by", "returned_by", "checked_by")
    return {each.duty_id: each for each in rows}


def letter_among(known: Mapping[int, Letter], which: Which) -> Letter:
    """Return the letter that is meant, as `letter_of`, from what `letters_of` returned."""
    if isinstance(which, Letter):
        return which
    found = known.get(which.pk)
    if found is None:
        return Letter(duty=which, area_id=which.area_id)
    found.duty = which
    return found


def duty_of(which: Which) -> Duty:
    """Return the duty of the person that a letter goes to."""
    return which.duty if isinstance(which, Letter) else which


def about(which: Which, link: str = "letter") -> dict[str, int]:
    """Return what finds the rows of one letter by their link to it."""
    if isinstance(which, Letter):
        return {f"{link}__duty": which.duty_id, f"{link}__number": which.number}
    return {f"{link}__duty": which.pk, f"{link}__number": 1}


def letter_at(user: User, duty_id: int, number: int = 1) -> Letter:
    """Return the letter at an address, if this person may see the duty it belongs to.

    :raises Http404: if there is none
    """
    duty = duty_for(user, duty_id)
    if number == 1:
        return letter_of(duty)
    found = others_of(duty).filter(number=number).first()
    if found is None:
        raise Http404("No such letter")
    found.duty = duty
    return found


def others_of(duty: Duty) -> "QuerySet[Letter]":
    """Return the letters to the person of a duty besides the one that is owed."""
    rows = Letter.objects.filter(duty=duty, number__gt=1)
    return rows.select_related(
        "approved_by", "returned_by", "checked_by", "drafter", "begun_by", "given_up_by"
    )


def wrote_of(letter: Letter) -> set[int | None]:
    """Return the keys of everybody who drafted a letter or wrote words or facts of it."""
    wrote = LetterVersion.objects.filter(**about(letter)).values_list("added_by", flat=True)
    gave = facts_of(letter).values_list("written_by", flat=True)
    return {letter.steps.drafter_id, *wrote, *gave}


def perhaps_of(user: User, letters: Collection[Letter]) -> set[int]:
    """Return which of these letters a person may have had a part in, by number.

    In all others they had none. Of many letters the database is asked three times, so that a list
    asks exactly of these few alone.
    """
    pks = [each.pk for each in letters]
    wrote = LetterVersion.objects.filter(letter__in=pks, added_by=user.pk)
    gave = LetterFacts.objects.filter(letter__in=pks, written_by=user.pk)
    decisions = {each.duty.decision_id for each in letters}
    notes = ReasonsNote.objects.filter(decision__in=decisions, written_by=user.pk)
    explained = set(notes.values_list("decision", flat=True))
    return {
        *wrote.values_list("letter", flat=True),
        *gave.values_list("letter", flat=True),
        *(
            each.pk for each in letters
            if user.pk in {each.steps.drafter_id, each.approved_by_id}
            or each.duty.decision_id in explained
        ),
    }  # fmt: skip


def facts_given(letter: Letter) -> dict[str, Any]:
    """Return the newest facts that a letter is written from."""
    newest = facts_of(letter).first()
    return newest.facts if newest else {}


def facts_of(letter: Letter) -> "QuerySet[LetterFacts]":
    """Return every version of a letter's facts, the newest first."""
    return LetterFacts.objects.filter(letter=letter.pk).select_related("written_by")
