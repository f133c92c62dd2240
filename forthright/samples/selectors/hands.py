"""Through whose hands a letter went before it was drawn: they may not mark it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from forthright.letters.models import Letter, LetterVersion, Override
from forthright.rules.separation import acts_of
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors.overruled import overrulers_of
from forthright.schemes.models import Duty

HOW = LetterVersion.MadeHow
# Words that came into being here. Whoever pastes a letter that was sent need not have written it.
WRITTEN = (HOW.ASSEMBLED, HOW.EDITED, HOW.EDITED_IN_WORD)


@dataclass(frozen=True, slots=True)
class Hands:
    """Who drafted a letter, wrote any version of its words, approved it, or overruled a stop."""

    drafter: int | None
    writers: frozenset[int] = frozenset()
    approvers: frozenset[int] = frozenset()
    overrulers: frozenset[int] = frozenset()

    def acts_of(self, person: int | None) -> tuple[str, ...]:
        """Return what a person did to the letter, as words to put before "this letter"."""
        return acts_of(
            person, drafter=self.drafter, writers=self.writers, approvers=self.approvers,
            overrulers=self.overrulers,
        )  # fmt: skip


def hands_on(duties: Iterable[Duty]) -> dict[int, Hands]:
    """Return through whose hands each of these letters went, by the letter owed."""
    drafters = {duty.pk: duty.drafter_id for duty in duties}
    writers: dict[int, set[int]] = {pk: set() for pk in drafters}
    approvers: dict[int, set[int]] = {pk: set() for pk in drafters}
    overrulers = overrulers_of(drafters)
    # Only the letter that is owed is drawn, not others to the same person.
    rows = Letter.objects.filter(duty__in=drafters, number=1)
    for duty, approver, writer, how in rows.values_list(
        "duty", "approved_by", "versions__added_by", "versions__made_how"
    ):
        approvers[duty] |= {approver} - {None}
        writers[duty] |= {writer} - {None} if how in WRITTEN else set()
    return {
        pk: Hands(
            drafter, frozenset(writers[pk]), frozenset(approvers[pk]), frozenset(overrulers[pk])
        )
        for pk, drafter in drafters.items()
    }


def hands_of(letter: DrawnLetter) -> Hands:
    """Return through whose hands a drawn letter went."""
    return hands_on([letter.duty])[letter.duty_id]


def went_through_its_marker() -> Q:
    """Return the condition of drawn letters that went through the hands of their marker."""
    drafted = Duty.objects.filter(pk=OuterRef("duty"), drafter=OuterRef("marker"))
    owed = {"duty": OuterRef("duty"), "number": 1}
    approved = Letter.objects.filter(**owed, approved_by=OuterRef("marker"))
    wrote = LetterVersion.objects.filter(
        letter__duty=OuterRef("duty"), letter__number=1, added_by=OuterRef("marker"),
        made_how__in=WRITTEN,
    )  # fmt: skip
    passed = Override.objects.filter(
        letter__duty=OuterRef("duty"), letter__number=1, made_by=OuterRef("marker")
    )
    return Q(Exists(drafted)) | Q(Exists(approved)) | Q(Exists(wrote)) | Q(Exists(passed))
