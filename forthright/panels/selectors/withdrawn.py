"""Which withdrawn letters somebody is told of: by the gate, or released by them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.accounts.models import User
from forthright.panels.models import AnonymisedLetter, Confirmation, Release
from forthright.panels.selectors.letters import letters_visible_to
from forthright.panels.selectors.seen import seen_by


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What the gate took back and nobody mended, and what another took back, not seen since."""

    by_gate: list[AnonymisedLetter]
    from_releaser: list[Release]


def withdrawn_told(user: User) -> Withdrawn:
    """Return what of withdrawn letters stands on the overview of this person.

    Words that were never sent are mended once those that were are taken in their place. What they
    released stands until they opened it since, whether it was released again or not.
    """
    newer = AnonymisedLetter.objects.filter(
        duty=OuterRef("duty"), taken_at__gt=OuterRef("taken_at")
    )
    theirs = _releases_ended(user).filter(letter=OuterRef("pk"))
    # Asked in one, as the overview asks for both each time that it opens.
    rows = letters_visible_to(user).annotate(
        by_gate=~Exists(newer)
        & Q(state=AnonymisedLetter.State.WITHDRAWN, withdrawn_by__isnull=True),
        from_them=Exists(theirs),
    )
    found = list(rows.filter(Q(by_gate=True) | Q(from_them=True)))
    return Withdrawn(
        [each for each in found if each.by_gate],
        _unseen(user, [each.pk for each in found if each.from_them]),
    )


def _unseen(user: User, letters: Collection[int]) -> list[Release]:
    """Return the newest time that each letter was taken from who released it, if not seen since."""
    if not letters:
        return []
    rows = _releases_ended(user).filter(letter__in=letters).order_by("withdrawn_at", "pk")
    newest = {each.letter_id: each for each in rows.select_related("letter__duty", "withdrawn_by")}
    seen = seen_by(letters)
    return [
        each
        for each in reversed(newest.values())
        if each.withdrawn_at is not None
        and not any(p == user.pk and at > each.withdrawn_at for p, at in seen[each.letter_id])
    ]


def _releases_ended(user: User) -> "QuerySet[Release]":
    """Return the releases that this person confirmed and another person ended."""
    earlier = Release.objects.filter(
        letter=OuterRef("letter"), pk__lt=OuterRef(OuterRef("pk")),
        withdrawn_at__gte=OuterRef("confirmed_at"),
    )  # fmt: skip
    # What they confirmed for a release before this one is no part of this one.
    theirs = Confirmation.objects.filter(
        ~Exists(earlier), letter=OuterRef("letter"), sha256=OuterRef("sha256"),
        confirmed_by=user.pk, confirmed_at__lte=OuterRef("released_at"),
    )  # fmt: skip
    rows = Release.objects.filter(Exists(theirs), withdrawn_by__isnull=False)
    return rows.exclude(withdrawn_by=user.pk)
