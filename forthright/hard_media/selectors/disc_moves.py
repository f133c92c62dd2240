"""What became of a disc or stick, for those outside: each hand, each loss, and what never was."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.hard_media.models import Carrier, HandOver
from forthright.hard_media.selectors.discs_then import FOUND, MISSED
from forthright.rules.media_states import CarrierState
from forthright.rules.words import date_words, uncapitalised


class Step(NamedTuple):
    """What became, when it was recorded, and by whom; no other act has its key."""

    words: str
    at: datetime
    who: User | None
    key: str


def lost_and_found(discs: Collection[int]) -> defaultdict[int, list[Event]]:
    """Return by the disc when each was missed and when it was found, the first first."""
    found: defaultdict[int, list[Event]] = defaultdict(list)
    events = Event.objects.filter(
        subject_kind=Carrier._meta.label,
        subject_id__in=[str(each) for each in discs],
        name__in=[MISSED, FOUND],
    )
    for each in events.select_related("by").order_by("sequence"):
        found[int(each.subject_id)].append(each)
    return found


def moves_of(disc: Carrier, lost: Sequence[Event], *, is_secret: bool) -> tuple[Step, ...]:
    """Return each hand that a disc went through, and each time it was missed, found or put right.

    That it was returned or destroyed and was not is no hand: it is told as recorded and put right.

    :param lost: when it was missed and when it was found
    :param is_secret: something sensitive is on it as well, so that no name or place is said
    """
    hands = list(disc.hand_overs.all())
    found_at = {each.at for each in lost if each.name == FOUND}
    steps: list[Step] = []
    told_as_found: set[datetime] = set()
    for place, each in enumerate(hands):
        after = hands[place + 1] if place + 1 < len(hands) else None
        to = uncapitalised(each.get_to_kind_display()) if is_secret else each.to_place
        if each.at in found_at - told_as_found:
            told_as_found.add(each.at)
            words = f"found again: {to}"
        else:
            words = _hand_words(disc, each, after, to, is_secret=is_secret)
        steps.append(Step(words, each.at, each.by, f"hand/{each.pk}"))
    for number, event in enumerate(lost):
        if event.name == MISSED:
            is_found = any(each.name == FOUND for each in lost[number + 1 :])
            since = "" if is_found else ", and not found since"
            how = _lost_words(event.detail) or "recorded as missing after a stock-take"
            words = f"{how}{since}"
        elif event.at not in told_as_found:
            words = "found again in a stock-take, where it was missed"
        else:
            continue
        steps.append(Step(words, event.at, event.by, f"event/{event.pk}"))
    steps += [
        Step(
            f"put right: {', and '.join(each.papers)}",
            each.changed_at,
            each.changed_by,
            f"change/{each.pk}",
        )
        for each in disc.changes.all()
        if each.papers
    ]
    return tuple(sorted(steps, key=lambda step: step.at))


def _lost_words(detail: Mapping[str, Any]) -> str:
    """Say when it was noticed that a disc is lost; of one that a stock-take missed, nothing."""
    if "loss" not in detail:
        return ""
    noticed = date_words(date.fromisoformat(detail["noticed_on"]))
    return f"recorded as lost, which was noticed on {noticed}"


def _hand_words(
    disc: Carrier, handed: HandOver, after: HandOver | None, to: str, *, is_secret: bool
) -> str:  # fmt: skip
    """Say what a hand-over was: with a certificate an end, which may have been put right."""
    if handed.undoes is not None:
        state, number = handed.undoes.get_old_state_display().lower(), handed.undoes.old_certificate
        return f"put right: it was not {state}, and certificate {number} is void"
    if after is not None and (change := after.undoes) is not None and change.old_ended_on:
        return (
            f"recorded as {change.get_old_state_display().lower()} on "
            f"{date_words(change.old_ended_on)}, certificate {change.old_certificate}, by mistake: "
            "put right since"
        )
    if after is None and disc.ended_on is not None:
        by = "by" if disc.state == CarrierState.DESTROYED else "to"
        return (
            f"{disc.get_state_display().lower()} on {date_words(disc.ended_on)} {by} {to}, "
            f"certificate {disc.certificate}"
        )
    return f"handed on: {to}" if is_secret else f"handed on from {handed.from_place} to {to}"
