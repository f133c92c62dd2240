"""Who may plan, draw, replace and mark: nobody chooses the letters they will mark or wrote."""

from collections.abc import Collection

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.letters.models import Override
from forthright.rules.separation import (
    reasons_against_drawing,
    reasons_against_marking,
    reasons_against_swapping,
)
from forthright.samples.models import DrawnLetter, PlanVersion
from forthright.samples.selectors.hands import Hands, hands_of
from forthright.samples.selectors.plans import reaches_to_mark


def check_can_draw(
    user: User, version: PlanVersion, drafters: Collection[int] = frozenset()
) -> None:
    """Refuse a draw by whoever will mark the letters or drafted one of them.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, Permission.SAMPLE_DRAW)
    markers = [version.marker_id] if version.marker_id is not None else []
    reasons = reasons_against_drawing(user.pk, markers=markers, drafters=drafters)
    if reasons:
        raise NotAllowed(" ".join(reasons))


def check_can_substitute(user: User, letter: DrawnLetter, hands: Hands) -> None:
    """Refuse a replacement by whoever marks, wrote or approved a letter, or of one marked.

    :raises NotAllowed: with every reason
    """
    _check_can_decide(user, letter, hands, approvers=hands.approvers)


def check_can_give(user: User, letter: DrawnLetter, hands: Hands) -> None:
    """Refuse the choice of a marker to the marker and to whoever wrote the letter.

    Whoever approved it may choose: they take no letter out of the sample by that, and often
    nobody else is left who draws.

    :raises NotAllowed: with every reason
    """
    _check_can_decide(user, letter, hands)


def _check_can_decide(
    user: User, letter: DrawnLetter, hands: Hands, *, approvers: Collection[int] = ()
) -> None:
    check_has_permission(user, Permission.SAMPLE_DRAW)
    reasons = reasons_against_swapping(
        user.pk,
        marker=letter.marker_id,
        drafter=hands.drafter,
        writers=hands.writers,
        approvers=approvers,
    )
    if letter.draw.plan_version.marker_id == user.pk and letter.marker_id != user.pk:
        reasons = (*reasons, "You mark this sample, so somebody else must decide.")
    if letter.state in {DrawnLetter.State.MARKED, DrawnLetter.State.TOLD}:
        reasons = (*reasons, "This letter has been marked. A mark cannot be swapped for another.")
    if letter.state == DrawnLetter.State.SUBSTITUTED:
        reasons = (*reasons, "This letter has been replaced already.")
    if reasons:
        raise NotAllowed(" ".join(reasons))


def check_can_give_to(marker: User, letter: DrawnLetter, hands: Hands) -> None:
    """Refuse a marker who wrote, approved or drew the letter, or whom it does not reach.

    :raises NotAllowed: with every reason
    """
    reasons = [
        f"{marker} {act} this letter, so somebody else must mark it."
        for act in hands.acts_of(marker.pk)
    ]
    if marker.pk == letter.draw.drawn_by_id:
        reasons.append(f"{marker} drew this sample, so somebody else must mark it.")
    if not reaches_to_mark(marker, letter.duty.unit):
        reasons.append(f"{marker} may not mark letters of {letter.duty.unit}.")
    if reasons:
        raise NotAllowed(" ".join(reasons))


def check_may_be_marked_by(user: User, letter: DrawnLetter) -> None:
    """Refuse marks by anybody but the marker the letter was given to.

    Whoever approves a letter after marking it as not sent may still tell its drafter.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, Permission.REVIEW_MARK)
    is_to_mark = letter.state == DrawnLetter.State.TO_MARK
    hands = hands_of(letter) if is_to_mark else Hands(letter.duty.drafter_id)
    reasons = list(
        reasons_against_marking(
            user.pk,
            drafter=hands.drafter,
            writers=hands.writers,
            approvers=hands.approvers,
            overrulers=hands.overrulers,
            drawn_by=letter.draw.drawn_by_id,
        )
    )
    if letter.marker_id != user.pk:
        reasons.append("This letter was given to somebody else to mark.")
    if letter.state == DrawnLetter.State.SUBSTITUTED:
        reasons.append("This letter was replaced by another, so it is not marked.")
    if reasons:
        raise NotAllowed(" ".join(reasons))


def check_can_look(user: User, override: Override) -> None:
    """Refuse to decide about a stop that this person overruled, or in a letter they drafted.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.OVERRIDE_LOOK)
    duty = override.letter.duty
    if user.pk == override.made_by_id:
        raise NotAllowed("You overruled this stop, so somebody else must look at it.")
    if user.pk == duty.drafter_id:
        raise NotAllowed("You drafted this letter, so somebody else must look at it.")
