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
from forthright.samples.models import Draw, DrawnLetter, PlanVersion
from forthright.samples.selectors.overruled import overrulers_of
from forthright.samples.selectors.plans import reaches_to_mark
from forthright.schemes.models import Duty


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


def check_can_substitute(user: User, letter: DrawnLetter) -> None:
    """Refuse a replacement by the marker or the drafter of a letter, or of one already marked.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, Permission.SAMPLE_DRAW)
    reasons = reasons_against_swapping(
        user.pk, marker=letter.marker_id, drafter=letter.duty.drafter_id
    )
    if letter.draw.plan_version.marker_id == user.pk and letter.marker_id != user.pk:
        reasons = (*reasons, "You mark this sample, so somebody else must decide.")
    if letter.state in {DrawnLetter.State.MARKED, DrawnLetter.State.TOLD}:
        reasons = (*reasons, "This letter has been marked. A mark cannot be swapped for another.")
    if letter.state == DrawnLetter.State.SUBSTITUTED:
        reasons = (*reasons, "This letter has been replaced already.")
    if reasons:
        raise NotAllowed(" ".join(reasons))


def check_can_give_to(marker: User, duty: Duty, draw: Draw) -> None:
    """Refuse a marker who drafted, drew or overruled it, or whose role or unit does not reach it.

    :raises NotAllowed: with every reason
    """
    reasons = []
    if marker.pk == duty.drafter_id:
        reasons.append(f"{marker} drafted this letter, so somebody else must mark it.")
    if marker.pk in overrulers_of([duty.pk])[duty.pk]:
        reasons.append(f"{marker} overruled a stop in it, so somebody else must mark it.")
    if marker.pk == draw.drawn_by_id:
        reasons.append(f"{marker} drew this sample, so somebody else must mark it.")
    if not reaches_to_mark(marker, duty.unit):
        reasons.append(f"{marker} may not mark letters of {duty.unit}.")
    if reasons:
        raise NotAllowed(" ".join(reasons))


def check_may_be_marked_by(user: User, letter: DrawnLetter) -> None:
    """Refuse marks by anybody but the marker the letter was given to.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, Permission.REVIEW_MARK)
    reasons = list(
        reasons_against_marking(
            user.pk,
            drafter=letter.duty.drafter_id,
            drawn_by=letter.draw.drawn_by_id,
            overruled_by=overrulers_of([letter.duty_id])[letter.duty_id],
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
