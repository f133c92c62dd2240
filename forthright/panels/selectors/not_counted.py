"""What changed of the letters of a pack while members read, and what is not counted by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from forthright.accounts.models import User
from forthright.panels.models import (
    AnonymisedLetter,
    Meeting,
    PackLetter,
    Recognition,
    Release,
)
from forthright.panels.selectors.by_people import HiddenByPerson, hidden_by_people
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.meetings import OVER, pack_lines, readings_sorted

BY_A_MEMBER = "a member of the panel might have known whom it is about."


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """That a letter was withdrawn while members read, by whom and why.

    `by` is nobody where the product did it, and in a note that does not say who did. Where a
    member had put it aside, why stays with who decided so: it could help others to tell.
    """

    position: int
    at: datetime
    by: User | None
    because: str
    is_put_aside: bool
    is_by_product: bool
    released_again_at: datetime | None


def number_not_counted(meeting: Meeting) -> dict[str, int]:
    """Return how many readings were of other words than those that stood last, or not finished."""
    if meeting.state not in OVER:
        return {"of_other_words": 0, "unfinished": 0}
    found = readings_sorted([meeting])
    return {"of_other_words": len(found.of_other_words), "unfinished": len(found.unfinished)}


def hidden_in_pack(meeting: Meeting) -> list[HiddenByPerson]:
    """Return what people hid by themselves in the letters of a pack."""
    lines = [each for each in pack_lines(meeting) if not each.is_left_out]
    return hidden_by_people([each.anonymised for each in lines if each.anonymised is not None])


def hidden_with_position(meeting: Meeting) -> list[tuple[int, HiddenByPerson, int]]:
    """Return what people hid by themselves with the position of its letter and how many words."""
    at = {
        each.anonymised.pk: each.letter.position
        for each in pack_lines(meeting)
        if each.anonymised is not None
    }
    found = [(at[each.letter], each, len(each.words.split())) for each in hidden_in_pack(meeting)]
    return sorted(found, key=lambda row: row[0])


def taken_back(meeting: Meeting) -> list[TakenBack]:
    """Return each withdrawal of a letter from the opening of its pack to the end of its marks."""
    if meeting.opened_at is None:
        return []
    letters = {each.duty_id: each for each in meeting.letters.filter(left_out_because="")}
    rows = list(_releases_of(letters.values(), meeting))
    aside = Recognition.objects.filter(seat__meeting=meeting.pk, decided_at__isnull=False)
    decided = set(aside.values_list("letter__duty", "decided_at"))
    found = []
    for place, each in enumerate(rows):
        at, duty = each.withdrawn_at, each.letter.duty_id
        if at is None or at < meeting.opened_at or not _is_by_closing(at, meeting):
            continue
        again = next((e.released_at for e in rows[place + 1 :] if e.letter.duty_id == duty), None)
        is_put_aside = (duty, at) in decided
        found.append(
            TakenBack(
                position=letters[duty].position,
                at=at,
                by=each.withdrawn_by,
                because=BY_A_MEMBER if is_put_aside else each.withdrawn_because,
                is_put_aside=is_put_aside,
                is_by_product=each.withdrawn_by is None,
                released_again_at=again,
            )
        )
    return sorted(found, key=lambda each: (each.at, each.position))


def withdrawn_meanwhile(meeting: Meeting) -> list[int]:
    """Return by position the letters that stood withdrawn when the marks were closed, or now."""
    letters = {each.duty_id: each for each in meeting.letters.filter(left_out_because="")}
    last = {each.letter.duty_id: each for each in _releases_of(letters.values(), meeting)}
    return sorted(
        letters[duty].position
        for duty, each in last.items()
        if each.withdrawn_at is not None and _is_by_closing(each.withdrawn_at, meeting)
    )


def are_words_read(letter: PackLetter, anonymised: AnonymisedLetter) -> bool:
    """Say whether these are the words of a letter that stood last for its panel, as far as known.

    What is hidden in a letter can be changed after the marks were closed.
    """
    released = [each.sha256 for each in _releases_of([letter], letter.meeting) if each.sha256]
    return not released or released[-1] == text_stamp(anonymised)


def _is_by_closing(at: datetime, meeting: Meeting) -> bool:
    """Say whether something was done before the marks were closed, if they are."""
    return meeting.closed_at is None or at <= meeting.closed_at


def _releases_of(letters: Iterable[PackLetter], meeting: Meeting) -> Iterable[Release]:
    """Return the releases of some letters until the marks of a meeting were closed, in order."""
    rows = Release.objects.filter(letter__duty__in=[each.duty_id for each in letters])
    if meeting.closed_at is not None:
        rows = rows.filter(
            Q(released_at=None) | Q(released_at__lte=meeting.closed_at),
            letter__taken_at__lte=meeting.closed_at,
        )
    return rows.select_related("letter", "withdrawn_by").order_by("letter__taken_at", "pk")
