"""Who may not be both: the reasons, in words, why one person may not do the next thing."""

from collections.abc import Collection, Mapping
from typing import TypeAlias

PersonKey: TypeAlias = int | str
# By what else somebody did to a letter, who did it: gave the reasons it tells, or had to do with
# the look before it went.
Others: TypeAlias = Mapping[str, Collection[PersonKey]]
EXPLAINED, PASSED, WAIVED = "wrote the reasons of", "passed", "waived the look at"


def acts_of(
    person: PersonKey | None,
    *,
    drafter: PersonKey | None,
    writers: Collection[PersonKey] = (),
    approvers: Collection[PersonKey] = (),
    overrulers: Collection[PersonKey] = (),
    others: Others | None = None,
) -> tuple[str, ...]:
    """Return what a person did to a letter, as words to put before "this letter".

    :param others: who wrote its reasons, and who passed it, or waived the look, before it went
    """
    if person is None:
        return ()
    acts = []
    if person == drafter:
        acts.append("drafted")
    elif person in writers:
        acts.append("wrote words of")
    if person in approvers:
        acts.append("approved")
    if person in overrulers:
        acts.append("overruled a stop in")
    acts += [act for act, people in (others or {}).items() if person in people]
    return tuple(acts)


def reasons_against_drawing(
    person: PersonKey, *, markers: Collection[PersonKey], drafters: Collection[PersonKey] = ()
) -> tuple[str, ...]:
    """Say why a person may not draw a sample; nothing said means they may."""
    reasons = []
    if person in markers:
        reasons.append(
            "You will mark this sample, so somebody else must draw it. "
            "Nobody chooses the letters they mark."
        )
    if person in drafters:
        reasons.append(
            "Letters you drafted are in this frame, so somebody else must draw the sample."
        )
    return tuple(reasons)


def reasons_by_acts(
    acts: Collection[str], *, others: str, thing: str = "letter"
) -> tuple[str, ...]:
    """Say of each act of a person on a letter or a disclosure what others must therefore do."""
    return tuple(f"You {act} this {thing}, so somebody else must {others}." for act in acts)


def reasons_against_marking(
    person: PersonKey,
    *,
    drafter: PersonKey | None,
    writers: Collection[PersonKey] = (),
    approvers: Collection[PersonKey] = (),
    overrulers: Collection[PersonKey] = (),
    drawn_by: PersonKey | None = None,
) -> tuple[str, ...]:
    """Say why a person may not mark a letter."""
    acts = acts_of(
        person, drafter=drafter, writers=writers, approvers=approvers, overrulers=overrulers
    )
    return (*reasons_by_acts(acts, others="mark it"), *reasons_as_drawer(person, drawn_by))


def reasons_as_drawer(person: PersonKey, drawn_by: PersonKey | None) -> tuple[str, ...]:
    """Say why whoever drew a sample marks nothing of it."""
    if person != drawn_by:
        return ()
    return ("You drew this sample, so somebody else must mark it. Nobody marks what they chose.",)


def reasons_against_approving(person: PersonKey, *, drafter: PersonKey | None) -> tuple[str, ...]:
    """Say why a person may not approve a letter."""
    if person == drafter:
        return ("You drafted this letter, so somebody else must approve it.",)
    return ()


def reasons_against_checking(
    person: PersonKey,
    *,
    drafter: PersonKey | None,
    writers: Collection[PersonKey] = (),
    approvers: Collection[PersonKey] = (),
) -> tuple[str, ...]:
    """Say why a person may not check a letter before it goes."""
    acts = acts_of(person, drafter=drafter, writers=writers, approvers=approvers)
    return reasons_by_acts(acts, others="check it")


def reasons_against_second_marking(
    person: PersonKey,
    *,
    drafter: PersonKey | None,
    first_marker: PersonKey | None,
    line_manager: PersonKey | None = None,
) -> tuple[str, ...]:
    """Say why a person may not be the blind second marker."""
    reasons = list(reasons_against_marking(person, drafter=drafter))
    if person == first_marker:
        reasons.append("You gave the first mark, so somebody else must give the second.")
    if person == line_manager:
        reasons.append(
            "You manage the person who drafted this letter, so the second mark must come from "
            "another unit."
        )
    return tuple(reasons)


DECIDE = "decide the dispute"


def reasons_against_deciding_dispute(
    person: PersonKey,
    *,
    marker: PersonKey,
    disputed_by: PersonKey,
    own_part: Collection[str] = (),
) -> tuple[str, ...]:
    """Say why a person may not decide a dispute about a mark.

    :param own_part: why not for what they did to the letter, where somebody else can decide
    """
    reasons = []
    if person == marker:
        reasons.append("You gave the disputed mark, so somebody else must decide the dispute.")
    if person == disputed_by:
        reasons.append("You raised this dispute, so somebody else must decide it.")
    return (*reasons, *own_part)
