"""Through whose hands a letter went before it was drawn: they may not mark it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.disclosure.models import DisclosureDuty, Endorsement, Serving, SetAside
from forthright.letters.models import (
    Letter,
    LetterVersion,
    LookPassed,
    LookWaived,
    Override,
    ReasonsNote,
)
from forthright.rules.sampled import Subject
from forthright.rules.separation import EXPLAINED, PASSED, WAIVED, acts_of
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors import disclosures
from forthright.samples.selectors.overruled import overrulers_of
from forthright.schemes.models import Duty

HOW = LetterVersion.MadeHow
# Words that came into being here. Whoever pastes a letter that was sent need not have written it.
WRITTEN = (HOW.ASSEMBLED, HOW.EDITED, HOW.EDITED_IN_WORD)


# What the same four places are called where a disclosure and not a letter went through them.
OF_DISCLOSURE = {
    "drafted": "endorsed items of",
    "wrote words of": "endorsed items of",
    "overruled a stop in": "served",
}


@dataclass(frozen=True, slots=True)
class Hands:
    """Who drafted a letter, wrote any version of its words, approved it, or overruled a stop.

    Whoever wrote the reasons that it tells is among them too, and whoever passed it in the look
    before it went, or let it go without one.
    Of a disclosure: who endorsed most of its items, endorsed any, approved it, or served it.
    """

    drafter: int | None
    writers: frozenset[int] = frozenset()
    approvers: frozenset[int] = frozenset()
    overrulers: frozenset[int] = frozenset()
    passers: frozenset[int] = frozenset()
    waivers: frozenset[int] = frozenset()
    explainers: frozenset[int] = frozenset()
    subject: Subject = Subject.LETTERS

    @property
    def thing(self) -> str:
        """Return what went through them: "letter", or "disclosure"."""
        return self.subject.words.thing

    def acts_of(self, person: int | None) -> tuple[str, ...]:
        """Return what a person did to it, as words to put before "this letter"."""
        acts = acts_of(
            person, drafter=self.drafter, writers=self.writers, approvers=self.approvers,
            overrulers=self.overrulers,
            others={EXPLAINED: self.explainers, PASSED: self.passers, WAIVED: self.waivers},
        )  # fmt: skip
        if self.subject is Subject.LETTERS:
            return acts
        return tuple(OF_DISCLOSURE.get(act, act) for act in acts)


def hands_on(duties: Iterable[Duty]) -> dict[int, Hands]:
    """Return through whose hands each of these letters went, by the letter owed."""
    duties = list(duties)
    drafters = {duty.pk: duty.drafter_id for duty in duties}
    writers: dict[int, set[int]] = {pk: set() for pk in drafters}
    approvers: dict[int, set[int]] = {pk: set() for pk in drafters}
    overrulers = overrulers_of(drafters)
    passers, waivers = (_who_let_go(model, drafters) for model in (LookPassed, LookWaived))
    explainers = _who_gave_reasons(duties)
    # Only the letter that is owed is drawn, not others to the same person.
    rows = Letter.objects.filter(duty__in=drafters, number=1)
    for duty, approver, writer, how in rows.values_list(
        "duty", "approved_by", "versions__added_by", "versions__made_how"
    ):
        approvers[duty] |= {approver} - {None}
        writers[duty] |= {writer} - {None} if how in WRITTEN else set()
    return {
        pk: Hands(
            drafter, frozenset(writers[pk]), frozenset(approvers[pk]), frozenset(overrulers[pk]),
            frozenset(passers[pk]), frozenset(waivers[pk]), frozenset(explainers[pk]),
        )
        for pk, drafter in drafters.items()
    }  # fmt: skip


def _who_gave_reasons(duties: Collection[Duty]) -> dict[int, set[int]]:
    """Return by letter owed who wrote any version of the reasons for its decision."""
    gave: dict[int, set[int]] = defaultdict(set)
    notes = ReasonsNote.objects.filter(
        decision__in=[each.decision_id for each in duties], written_by__isnull=False
    )
    for decision, person in notes.order_by().values_list("decision", "written_by").distinct():
        gave[decision].add(person)
    return {each.pk: gave[each.decision_id] for each in duties}


def _who_let_go(
    model: type[LookPassed | LookWaived], duties: Collection[int]
) -> dict[int, set[int]]:
    """Return by letter owed who passed any words of it, or let them go without a look."""
    found: dict[int, set[int]] = {duty: set() for duty in duties}
    rows = model.objects.filter(letter__duty__in=duties, letter__number=1)
    for duty, person in rows.values_list("letter__duty", "made_by"):
        found[duty].add(person)
    return found


def hands_by_reference(letters: Iterable[DrawnLetter]) -> dict[str, Hands]:
    """Return through whose hands each drawn letter or disclosure went, by its reference."""
    drawn = list(letters)
    duties = [each.duty for each in drawn if each.duty is not None]
    of_letters = hands_on(duties) if duties else {}
    found = {f"L{pk}": hands for pk, hands in of_letters.items()}
    of_disclosure = {each.disclosure.pk: each for each in drawn if each.disclosure is not None}
    return found | _hands_on_disclosures(of_disclosure) if of_disclosure else found


def _hands_on_disclosures(drawn: dict[int, DrawnLetter]) -> dict[str, Hands]:
    endorsers = disclosures.endorsers_of(drawn)
    servers = disclosures.servers_of(drawn)
    return {
        f"D{pk}": Hands(
            letter.prosecutor_id,
            frozenset(endorsers[pk]),
            frozenset(filter(None, [letter.owed_disclosure.approved_by_id])),
            frozenset(servers[pk]),
            subject=Subject.DISCLOSURE,
        )
        for pk, letter in drawn.items()
    }


def hands_of(letter: DrawnLetter) -> Hands:
    """Return through whose hands a drawn letter or disclosure went."""
    return hands_by_reference([letter])[letter.reference]


def went_through_its_marker() -> Q:
    """Return the condition of what was drawn and went through the hands of its marker."""
    return went_through_hands_of(OuterRef("marker"))


def went_through_hands_of(marker: int | OuterRef) -> Q:
    """Return the condition of what was drawn and went through the hands of a person."""
    owed = {"duty": OuterRef("duty"), "number": 1}
    of_letter = {f"letter__{name}": value for name, value in owed.items()}
    acts: tuple[QuerySet[Any], ...] = (
        Duty.objects.filter(pk=OuterRef("duty"), drafter=marker),
        ReasonsNote.objects.filter(decision=OuterRef("duty__decision"), written_by=marker),
        Letter.objects.filter(approved_by=marker, **owed),
        LetterVersion.objects.filter(added_by=marker, made_how__in=WRITTEN, **of_letter),
        *(
            each.objects.filter(made_by=marker, **of_letter)
            for each in (Override, LookPassed, LookWaived)
        ),
    )
    did_one = Q(*(Exists(each) for each in acts), _connector=Q.OR)
    return did_one | _disclosed_by(marker)


def _disclosed_by(marker: int | OuterRef) -> Q:
    own = {"duty": OuterRef("disclosure"), "made_by": marker}
    endorsed = Exists(Endorsement.objects.filter(**own)) | Exists(SetAside.objects.filter(**own))
    approved = DisclosureDuty.objects.filter(pk=OuterRef("disclosure"), approved_by=marker)
    served = Serving.objects.filter(duty=OuterRef("disclosure"), served_by=marker)
    return Q(endorsed) | Q(Exists(approved)) | Q(Exists(served))


def markers_elsewhere(drawn: Collection[DrawnLetter]) -> dict[int, set[int]]:
    """Return by number who marks, or is to mark, the same letter or disclosure as another drew it.

    What was replaced in its draw is marked by nobody.
    """
    rows = DrawnLetter.objects.filter(
        Q(duty__in=[each.duty_id for each in drawn if each.duty_id])
        | Q(disclosure__in=[each.disclosure_id for each in drawn if each.disclosure_id]),
        marker__isnull=False,
    ).exclude(state=DrawnLetter.State.SUBSTITUTED)
    same = defaultdict[tuple[int | None, int | None], set[tuple[int, int]]](set)
    for pk, duty, disclosure, marker in rows.values_list("pk", "duty", "disclosure", "marker"):
        same[duty, disclosure].add((pk, marker))
    return {
        each.pk: {by for pk, by in same[each.duty_id, each.disclosure_id] if pk != each.pk}
        for each in drawn
    }
