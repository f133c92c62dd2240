"""Who may plan, draw, replace and mark: nobody chooses what they will mark, wrote or endorsed."""

from collections.abc import Collection
from dataclasses import replace

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.letters.models import Override
from forthright.rules.sampled import Subject
from forthright.rules.separation import (
    reasons_against_drawing,
    reasons_as_drawer,
    reasons_by_acts,
)
from forthright.samples.models import DrawnLetter, PlanVersion
from forthright.samples.selectors.hands import Hands, hands_of
from forthright.samples.selectors.plans import permission_to_mark, reaches_to_mark

ENDORSED_IN_FRAME = "Items you endorsed are in this frame, so somebody else must draw the sample."


def check_can_draw(
    user: User, version: PlanVersion, drafters: Collection[int] = frozenset()
) -> None:
    """Refuse a draw by whoever will mark the sample, or drafted or endorsed any of it.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, Permission.SAMPLE_DRAW)
    markers = [version.marker_id] if version.marker_id is not None else []
    own = frozenset() if version.plan.subject == Subject.DISCLOSURE else frozenset(drafters)
    reasons = reasons_against_drawing(user.pk, markers=markers, drafters=own)
    if user.pk in drafters and not own:
        reasons = (*reasons, ENDORSED_IN_FRAME)
    if reasons:
        raise NotAllowed(" ".join(reasons))


def check_can_substitute(user: User, letter: DrawnLetter, hands: Hands) -> None:
    """Refuse a replacement by whoever marks, wrote, approved or let go a letter, or of one marked.

    Whoever endorsed, approved or served a disclosure replaces it neither.

    :raises NotAllowed: with every reason
    """
    of_letter = hands.subject is Subject.LETTERS
    _check_can_decide(user, letter, replace(hands, overrulers=frozenset()) if of_letter else hands)


def check_can_give(user: User, letter: DrawnLetter, hands: Hands) -> None:
    """Refuse the choice of a marker to the marker and to whoever wrote the letter.

    Whoever approved it or let it go may choose: they take no letter out of the sample by that, and
    often nobody else is left who draws.

    :raises NotAllowed: with every reason
    """
    none = frozenset[int]()
    wrote = replace(hands, approvers=none, overrulers=none, passers=none, waivers=none)
    _check_can_decide(user, letter, wrote)


def _check_can_decide(user: User, letter: DrawnLetter, hands: Hands) -> None:
    check_has_permission(user, Permission.SAMPLE_DRAW)
    acts = [*(["mark"] if user.pk == letter.marker_id else []), *hands.acts_of(user.pk)]
    reasons = reasons_by_acts(acts, others="decide whether it is replaced", thing=hands.thing)
    if letter.draw.plan_version.marker_id == user.pk and letter.marker_id != user.pk:
        reasons = (*reasons, "You mark this sample, so somebody else must decide.")
    if letter.state in {DrawnLetter.State.MARKED, DrawnLetter.State.TOLD}:
        reasons = (
            *reasons, f"This {hands.thing} has been marked. A mark cannot be swapped for another."
        )  # fmt: skip
    if letter.state == DrawnLetter.State.SUBSTITUTED:
        reasons = (*reasons, f"This {hands.thing} has been replaced already.")
    if reasons:
        raise NotAllowed(" ".join(reasons))


def check_can_give_to(marker: User, letter: DrawnLetter, hands: Hands) -> None:
    """Refuse a marker who wrote, approved or drew the letter, or whom it does not reach.

    :raises NotAllowed: with every reason
    """
    reasons = [
        f"{marker} {act} this {hands.thing}, so somebody else must mark it."
        for act in hands.acts_of(marker.pk)
    ]
    if marker.pk == letter.draw.drawn_by_id:
        reasons.append(f"{marker} drew this sample, so somebody else must mark it.")
    if not reaches_to_mark(marker, letter.owed.unit, letter.subject):
        reasons.append(f"{marker} may not mark {letter.words.things} of {letter.owed.unit}.")
    if reasons:
        raise NotAllowed(" ".join(reasons))


def check_may_be_marked_by(user: User, letter: DrawnLetter) -> None:
    """Refuse marks by anybody but the marker the letter was given to.

    Whoever approves a letter after marking it as not sent may still tell its drafter.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, permission_to_mark(letter.subject))
    is_to_mark = letter.state == DrawnLetter.State.TO_MARK
    hands = hands_of(letter) if is_to_mark else Hands(letter.author_id, subject=letter.subject)
    acts = hands.acts_of(user.pk)
    reasons = [
        *reasons_by_acts(acts, others="mark it", thing=hands.thing),
        *reasons_as_drawer(user.pk, letter.draw.drawn_by_id),
    ]
    if letter.marker_id != user.pk:
        reasons.append(f"This {hands.thing} was given to somebody else to mark.")
    if letter.state == DrawnLetter.State.SUBSTITUTED:
        reasons.append(f"This {hands.thing} was replaced by another, so it is not marked.")
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
