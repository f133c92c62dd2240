"""What of a case must not leave it, and whether words that somebody writes tell of it.

It stands on the sensitive schedules, is held back or queried. What the open schedules say too is
known to everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from forthright.accounts.models import User
from forthright.cases.models import PersonToTell
from forthright.disclosure.models import Delivery, DisclosureDuty, HeldWords, Item
from forthright.disclosure.selectors.duties import duties_of_case, may_see_sensitive
from forthright.disclosure.selectors.hidden import OPEN_FORMS, hidden_of, queried_items
from forthright.disclosure.selectors.released import released_items
from forthright.rules.disclosure_management import speaks_of_sensitive, told_of_sensitive
from forthright.rules.schedules.schedule import Form
from forthright.rules.words import capitalised


@dataclass(frozen=True)
class Secrets:
    """What of the case of a duty must not leave it, read once for all the words that are asked."""

    duty: DisclosureDuty

    @cached_property
    def secret(self) -> list[str]:
        """Return every word that must not leave the case."""
        return secrets_of(self.duty)

    @cached_property
    def known(self) -> list[str]:
        """Return what everybody in the case knows."""
        return known_of(self.duty)

    def told_in(self, words: str, known: Iterable[str] = ()) -> str:
        """Return what some words tell of what must not leave the case, or nothing.

        :param known: what is known besides to whoever will read them
        """
        # What everybody knows is much to read, and asked only where something seems to be told.
        if not words or not told_of_sensitive(words, self.secret):
            return ""
        return told_of_sensitive(words, self.secret, [*self.known, *known])

    def stops(self, words: str, known: Iterable[str] = ()) -> bool:
        """Say whether words must not leave: they speak of sensitive material, or tell of it."""
        return bool(speaks_of_sensitive(words) or self.told_in(words, known))


# Who reads why a duty ended, was opened again, or one of its days moved.
READERS_OF_DUTY = "whoever reads the page of this duty, also outside the lawyers of the unit"


def why_not_said(
    duty: DisclosureDuty, what: str, words: str, *, readers: str, by: User | None,
    known: Iterable[str] = (),
) -> str:  # fmt: skip
    """Say why words are not kept: they tell of sensitive material. Nothing where they do not.

    Which words is said to nobody who may not see what is sensitive: it would confirm a guess.

    :param what: what the words are, as "the answer"
    :param readers: who reads it, as "the defence"
    """
    found = Secrets(duty).told_in(words, known)
    if not found:
        return ""
    said = f"{capitalised(what)} repeats words of sensitive material of this case"
    if by is not None and not may_see_sensitive(by, duty):
        return (
            f"{said}, and goes to {readers}. Say it without what an item that is not on an open "
            "schedule says: name it by its form and number. If you cannot tell which words those "
            "are, ask a lawyer of the unit to write it: they are told."
        )
    return f"{said}: “{found}”. It goes to {readers}: say it without “{found}”."


def secrets_of(duty: DisclosureDuty) -> list[str]:
    """Return every word that the case holds and that must not leave, to be looked for."""
    rows = Item.objects.filter(schedule__delivery__case=duty.case_id)
    may_be = rows.filter(
        Q(schedule__form__in=[Form.MG6D, Form.MG6E])
        | Q(is_held_back=True)
        | Q(pk__in=queried_items(duty.case_id))
    )
    found = hidden_of(duty.case_id, may_be.select_related("schedule"))
    said = [
        (each.description, each.sensitive_reason, each.undermines, each.location, each.comments,
         each.copy)
        for each in found
    ]  # fmt: skip
    # Of a version that was thrown away no item is left.
    kept = HeldWords.objects.filter(case=duty.case_id).values_list("description", "reason")
    return [words for row in (*said, *kept) for words in row if words]


def known_of(duty: DisclosureDuty) -> list[str]:
    """Return what everybody in the case knows: the open schedules, who is in it, whose it is.

    Those who are accused and the victims are in it. What was held back and let go by a second
    person is known too.
    """
    rows = Item.objects.filter(
        Q(is_held_back=False) | Q(pk__in=released_items(duty)),
        schedule__delivery__case=duty.case_id, schedule__form__in=OPEN_FORMS,
    ).exclude(pk__in=queried_items(duty.case_id))  # fmt: skip
    named = [str(each) for each in duties_of_case(duty.case)]
    listed = [words for row in rows.values_list("description", "location") for words in row]
    return [*listed, *named, *names_in_record(duty)]


def names_in_record(of: DisclosureDuty | Delivery) -> tuple[str, ...]:
    """Return the names that a case has whatever its schedules say: no schedule gives them away."""
    victims = of.case.people_to_tell.filter(relation=PersonToTell.Relation.VICTIM)
    people = [*of.case.defendants.all(), *victims]
    return (*(str(each) for each in people), of.unit.name, of.area.name)
