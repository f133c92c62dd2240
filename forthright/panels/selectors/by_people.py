"""What people hid in letters by themselves: words in which no layer of the anonymiser saw more."""

from collections.abc import Iterable
from dataclasses import dataclass

from forthright.accounts.models import User
from forthright.panels.models import AnonymisedLetter, Correction, Place
from forthright.panels.selectors.judged import judged_by_each


@dataclass(frozen=True, slots=True)
class HiddenByPerson:
    """Some words that a person hid, who it was, and whether they are judged by the letter."""

    letter: int
    words: str
    who: User
    is_judged: bool


def hidden_by_people(letters: Iterable[AnonymisedLetter]) -> list[HiddenByPerson]:
    """Return what is hidden because a person added it, be it around what a layer had seen."""
    by_number = {each.pk: each for each in letters}
    rows = Correction.objects.filter(letter__in=by_number, what=Correction.What.ADD)
    added = set(rows.values_list("letter", "start", "end"))
    places = Place.objects.filter(
        letter__in=by_number, state=Place.State.HIDDEN, decided_by__isnull=False
    )
    found = []
    judged = judged_by_each(list(by_number.values()))
    for place in places.select_related("decided_by").order_by("letter", "start"):
        if (place.letter_id, place.start, place.end) not in added or place.decided_by is None:
            continue
        letter = by_number[place.letter_id]
        words = letter.given[place.start : place.end]
        is_judged = place.decided_by_id in judged[letter.pk]
        found.append(HiddenByPerson(letter.pk, words, place.decided_by, is_judged))
    return found
