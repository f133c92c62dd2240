"""Who acts for the defence in the cases on a disc, and what a disc holds of a copy of before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from forthright.cases.models import Defendant
from forthright.hard_media.models import Carrier, MediaItem, Representation
from forthright.hard_media.selectors.ended import with_end
from forthright.hard_media.selectors.history import turns_of
from forthright.rules.media_facts import Classification
from forthright.rules.media_hands import Receiver, names_one
from forthright.rules.media_history import BEGINS_ANEW, before, kind_of
from forthright.rules.media_states import GOT_BACK_BY_NOBODY
from forthright.rules.words import day_of, day_words, list_words


@dataclass
class Acting:
    """Whoever acts for the defence in one case: firms by name, and people, by any of theirs."""

    urn: str
    # Whether it goes on for one defendant at least.
    is_going_on: bool = False
    firms: dict[str, set[str]] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)

    def is_named_by(self, name: str) -> bool:
        """Say whether a name is that of a firm, a contact or a defendant of the case."""
        firms = {each for names in self.firms.values() for each in names}
        return names_one(name, firms=firms, people=self.people)


def why_nobody_of_the_defence(name: str, items: Sequence[MediaItem], today: date) -> str:
    """Return why recordings are not for who is named as the defence, with what to do, or nothing.

    :param name: who gets a disc, as somebody wrote it
    :param items: all that is on it; whoever is named must act in the case of each
    """
    for each in acting_in(items, today).values():
        if each.is_named_by(name):
            continue
        known = (
            f"There it is {list_words(sorted(each.firms))}."
            if each.firms
            else "Nobody is recorded there who represents a defendant."
        )
        return (
            f"“{name}” names nobody who acts for the defence in {each.urn}, of which a recording "
            f"is on this disc or stick. {known} Write the name of the firm, or of the defendant, "
            "as the page of the case has it; where the firm is missing there, record it first. "
            "What is of several cases goes only to whoever acts in each of them."
        )
    return ""


def why_not_with_them(carrier: Carrier, items: Sequence[MediaItem], today: date) -> str:
    """Return why a disc is not to be with the firm that has it, with what to do, or nothing."""
    last = carrier.hand_overs.order_by("at", "pk").last()
    if last is None or carrier.state in GOT_BACK_BY_NOBODY or last.to_kind != Receiver.DEFENCE:
        return ""
    if last.to_place.casefold() == carrier.received_from.casefold():
        return ""
    why = why_nobody_of_the_defence(last.to_place, items, today)
    return (
        f"It went to the defence, and now {why} Get it back, or record whom it is with."
        if why
        else ""
    )


def copies_not_relevant(carrier: Carrier, items: Sequence[MediaItem]) -> list[str]:
    """Return what a disc holds of copies that were found not relevant before others came, in words.

    What came since may be relied on; what is on the disc is what was found so.
    """
    said = []
    turns = turns_of([each.pk for each in items])
    for item in items:
        known = turns[item.pk]
        anew = next(
            (each for each in known if each.event in BEGINS_ANEW and each.at >= carrier.added_at),
            None,
        )
        if anew and kind_of(before(known, anew.at)) is Classification.NOT_RELEVANT:
            said.append(
                f"{item.exhibit} on it is a copy of before {day_words(day_of(anew.at))}, when "
                "another was asked for, and was found not relevant. It is not what came since: "
                "give that, and not this."
            )
    return said


def acting_in(items: Sequence[MediaItem], today: date) -> dict[int, Acting]:
    """Return who acts for the defence in the case of each recording, by the case."""
    found = {each.case_id: Acting(str(each.case)) for each in items}
    going_on = {
        each.pk: each
        for each in with_end(Defendant.objects.filter(case__in=found))
        if each.ended_on is None
    }
    for defendant in going_on.values():
        found[defendant.case_id].is_going_on = True
        found[defendant.case_id].people.add(str(defendant))
    rows = Representation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today), defendant__in=going_on, is_unrepresented=False
    )
    for firm in rows.prefetch_related("former_addresses"):
        there = found[going_on[firm.defendant_id].case_id]
        former = {each.firm for each in firm.former_addresses.all() if each.firm}
        there.firms.setdefault(firm.firm, set()).update({firm.firm} | former)
        there.people.update({firm.contact, firm.email} - {""})
    return found
