"""Which members of the panel may be somebody of a case, or had a part in one of its letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.anonymiser.known import Known
from forthright.anonymiser.spans import Kind
from forthright.panels.models import AnonymisedLetter, Meeting, NotGiven, PackLetter
from forthright.panels.selectors.known import known_ever
from forthright.panels.selectors.letters import preparers_of
from forthright.panels.selectors.meetings import pack_lines
from forthright.rules.same_name import may_be

# People of other letters of the same week are known too, and are nobody of this case.
OF_ANOTHER_CASE = "somebody in another case"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A member who should not read a letter, and why."""

    member: User
    letter: PackLetter
    why: NotGiven.Why


def conflicts_of(meeting: Meeting, members: Sequence[User]) -> list[Conflict]:
    """Return each member with each letter of the pack that is not to be given to them."""
    found = []
    for line in pack_lines(meeting):
        if line.is_left_out or line.anonymised is None:
            continue
        had_part, known = _had_part(line.anonymised), known_ever(line.anonymised)
        for member in members:
            if member.pk in had_part:
                found.append(Conflict(member, line.letter, NotGiven.Why.PART))
            elif is_somebody_of(member, known):
                found.append(Conflict(member, line.letter, NotGiven.Why.NAME))
    return found


def _had_part(letter: AnonymisedLetter) -> set[int | None]:
    duty = letter.duty
    confirmed = letter.confirmations.values_list("confirmed_by", flat=True)
    written = {duty.drafter_id, duty.decision.made_by_id, letter.version.added_by_id}
    return {*preparers_of(letter), *confirmed, *written} - {None}


def is_somebody_of(member: User, known: Known) -> bool:
    """Say whether a record knows somebody by a member's name or e-mail address."""
    emails = {each.words.casefold().strip() for each in known.words if each.kind is Kind.EMAIL}
    if member.email.casefold() in emails:
        return True
    return any(
        each.role != OF_ANOTHER_CASE
        and may_be(member.full_name, each.given, each.family, each.also)
        for each in known.people
    )


def not_given_at(meeting: Meeting) -> "QuerySet[NotGiven]":
    """Return which letter of a pack is or was not given to which member."""
    rows = NotGiven.objects.filter(seat__meeting=meeting.pk)
    related = rows.select_related("seat__member", "seat__meeting", "letter", "given_by")
    return related.order_by("seat__number", "letter__position")
