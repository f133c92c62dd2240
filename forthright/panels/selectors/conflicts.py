"""Which members of the panel may be somebody of a case, or had a part in one of its letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.short_names import short_forms
from forthright.anonymiser.spans import Kind
from forthright.panels.models import AnonymisedLetter, Confirmation, Meeting, NotGiven, PackLetter
from forthright.panels.selectors.hidden import with_hidden
from forthright.panels.selectors.judged import judged_by_each
from forthright.panels.selectors.known import all_known_ever
from forthright.panels.selectors.letters import preparers_of_each
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


def conflicts_of(
    meeting: Meeting, members: Sequence[User], known: Mapping[int, Known] | None = None, *,
    only: PackLetter | None = None,
) -> list[Conflict]:  # fmt: skip
    """Return each member with each letter of the pack that is not to be given to them.

    `known` is what is known of each letter's case, where the caller has asked this minute; `only`
    is the one letter that is looked at, where it is not the whole pack.
    """
    lines = {
        each.anonymised: each.letter
        for each in pack_lines(meeting)
        if not each.is_left_out and each.anonymised is not None
        and (only is None or each.letter.pk == only.pk)
    }  # fmt: skip
    asked = dict(known or {})
    asked |= all_known_ever([each for each in lines if each.pk not in asked])
    hidden, had_part = _hidden_names(list(lines), asked), who_had_part(list(lines))
    found = []
    for anonymised, letter in lines.items():
        pk = anonymised.pk
        named = replace(asked[pk], people=(*asked[pk].people, *hidden[pk]))
        for member in members:
            if member.pk in had_part[pk]:
                found.append(Conflict(member, letter, NotGiven.Why.PART))
            elif is_somebody_of(member, named):
                found.append(Conflict(member, letter, NotGiven.Why.NAME))
    return found


def _hidden_names(
    letters: Sequence[AnonymisedLetter], known: Mapping[int, Known]
) -> dict[int, list[KnownPerson]]:
    """Return who is named in each letter by words that are hidden: a neighbour, a witness.

    One word alone by which the record knows somebody is no other person.
    """
    nothing = Known()
    hidden = with_hidden({each.pk: nothing for each in letters}, letters)
    words = {
        pk: {
            word
            for each in known[pk].people
            for word in " ".join((each.given, each.family, *each.also)).casefold().split()
        }
        for pk in hidden
    }
    return {
        pk: [each for each in found.people if each.given or each.family.casefold() not in words[pk]]
        for pk, found in hidden.items()
    }


def who_had_part(letters: Sequence[AnonymisedLetter]) -> dict[int, set[int]]:
    """Return by its number whose hands each letter went through, in words or in marks.

    Whoever decided, gave the reasons, drafted, wrote, approved, looked at or sent it, hid its
    names, or marked it.
    """
    had_part, prepared = judged_by_each(letters), preparers_of_each(letters)
    confirmed = Confirmation.objects.filter(letter__in=[each.pk for each in letters])
    for letter, person in confirmed.values_list("letter", "confirmed_by"):
        had_part[letter].add(person)
    return {pk: people | prepared[pk] for pk, people in had_part.items()}


def is_somebody_of(member: User, known: Known) -> bool:
    """Say whether a record knows somebody by a member's name or e-mail address."""
    emails = {each.words.casefold().strip() for each in known.words if each.kind is Kind.EMAIL}
    if member.email.casefold() in emails:
        return True
    return any(
        each.role != OF_ANOTHER_CASE
        and may_be(member.full_name, each.given, each.family, each.also, forms=short_forms)
        for each in known.people
    )


def not_given_at(meeting: Meeting) -> "QuerySet[NotGiven]":
    """Return which letter of a pack is or was not given to which member."""
    rows = NotGiven.objects.filter(seat__meeting=meeting.pk)
    related = rows.select_related("seat__member", "seat__meeting", "letter", "given_by")
    return related.order_by("seat__number", "letter__position")
