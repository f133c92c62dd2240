"""What a service rests on: when each item came, was decided, and was looked at again."""

from bisect import bisect_left
from collections.abc import Collection
from datetime import datetime

from forthright.disclosure.models import (
    DisclosureDuty,
    Endorsement,
    Item,
    SentAnswer,
    Serving,
)
from forthright.disclosure.selectors.against import queried_elsewhere
from forthright.disclosure.selectors.standings import Line, lines_of
from forthright.disclosure.selectors.stood import lines_when_served, unlooked_then, untaken_then
from forthright.disclosure.selectors.unnumbered import unplaced_of, unplaced_words
from forthright.rules.disclosure_duty import waited_words
from forthright.rules.disclosure_order import Rests, why_not_served_then
from forthright.rules.words import list_words, moment_words
from forthright.web import clock

Moments = dict[int, datetime | None]


def why_not_then(
    duty: DisclosureDuty, lines: Collection[Line], things: Collection[int], served: datetime
) -> str:
    """Say why some things of a duty cannot have been served at a moment; nothing where they can.

    The first service rests on the approval of all. A later one rests on the service before it, on
    the decision and approval of each thing that goes, and on a decision on each that was there.
    """
    if duty.served_at is None:
        before = [(duty.approved_at, "It was approved")] if duty.approved_at else []
        return why_not_served_then(served, rests=(), before=before)
    last = duty.servings.order_by("-served_at").values_list("served_at", flat=True).first()
    rests = _rests(duty, lines, things)
    before = [(last or duty.served_at, "What was served before it was served")]
    return why_not_served_then(served, rests=rests, before=before)


def why_not_corrected(duty: DisclosureDuty, serving: Serving, served: datetime) -> str:
    """Say why a service that is recorded cannot have been at a moment; nothing where it can.

    It stays between the service before it and the one after it, after the answers to the defence
    that went with it were given and before newer ones were sent, and nothing waited then.
    """
    others = list(duty.servings.exclude(pk=serving.pk).order_by("pk"))
    after = [each.served_at for each in others if each.pk > serving.pk]
    if after and served > min(after):
        return f"What was served after it was served {moment_words(min(after))}."
    earlier = [each.served_at for each in others if each.pk < serving.pk]
    if not earlier:
        before = [(duty.approved_at, "It was approved")] if duty.approved_at else []
        words = why_not_served_then(served, rests=(), before=before)
        return words or _waited(duty, serving, served)
    things = set(serving.items.values_list("item", flat=True))
    lines = [line for line in lines_of(duty) if line.item.thing_id in things]
    before = [(max(earlier), "What was served before it was served")]
    answers = SentAnswer.objects.filter(sending__serving=serving).order_by("answered_at")
    if answered := answers.values_list("answered_at", flat=True).last():
        before.append((answered, "An answer that went with it was given"))
    words = why_not_served_then(served, rests=_rests_then(duty, lines, serving), before=before)
    return words or _sent_since(serving, served) or _waited(duty, serving, served)


def _sent_since(serving: Serving, served: datetime) -> str:
    """Say that a newer answer went before a moment of a service; nothing where none did.

    The defence holds what was sent last to be what is answered.
    """
    went = SentAnswer.objects.filter(sending__serving=serving)
    given = dict(went.values_list("request", "answered_at"))
    sent = SentAnswer.objects.filter(request__in=given).select_related("sending", "request")
    newer = (each for each in sent.order_by("sending__sent_at", "pk")
             if each.answered_at > given[each.request_id])  # fmt: skip
    first = next(newer, None)
    if first is None or served <= first.sending.sent_at:
        return ""
    return (
        f"A newer answer to request {first.request.number} than the one that went with it was sent "
        f"{moment_words(first.sending.sent_at)}, so it was served then or before. Where it was "
        "served later all the same, the older answer is what the defence had last: ask first, from "
        "the page of the duty, that this sending be taken back, then correct the service and send "
        "the newer answer again."
    )


def _waited(duty: DisclosureDuty, serving: Serving, served: datetime) -> str:
    """Say what waited at another moment of a service; nothing where nothing did.

    Until then something may have come, or been decided otherwise: a service answers for it.
    """
    on, went = clock.day_of(served), frozenset(serving.items.values_list("item", flat=True))
    is_first = serving.kind != Serving.Kind.CONTINUING
    # What it went past when it was recorded is answered for already.
    known = untaken_then(duty, serving.served_at) if serving.went_past else []
    unread = [each for each in untaken_then(duty, served) if each not in known]
    came = [each.checked_at for each in unread]
    if is_first:
        came += [each.received_at or each.checked_at for each in unlooked_then(duty, served)]
    reasons = []
    if came:
        days = list_words([moment_words(each) for each in sorted(came)])
        reasons.append(
            f"Schedules came ({days}) that nobody had looked through, or that the police had back."
        )
    reasons.append(unplaced_words(unplaced_of(duty.case_id, until=served)))
    if lines := lines_when_served(duty, serving, served):
        is_nil = serving.kind == Serving.Kind.NIL
        standings = [line.standing for line in lines]
        reasons += [
            waited_words(standings, on=on, went=went, is_nil=is_nil),
            queried_elsewhere(duty, lines, went, by=served),
        ]
    if not any(reasons):
        return ""
    return (
        f"By {moment_words(served)}, something waited that this service does not answer for. "
        f"{' '.join(filter(None, reasons))} Give a moment before that. Where it was served then "
        "all the same, ask from the page of the duty that this service be taken back, decide what "
        "waits, have it approved, and serve it with the rest."
    )


def _rests_then(duty: DisclosureDuty, lines: Collection[Line], serving: Serving) -> list[Rests]:
    """Return what a recorded service rests on: the endorsements under which its items went."""
    approvals = _approvals(duty)
    named = {line.item.thing_id: _named(line) for line in lines}
    return [
        Rests(
            named=named.get(each.item_id, "An item"), decided=each.endorsement.made_at,
            approved=_approved(approvals, each.endorsement_id), is_served=True,
        )
        for each in serving.items.select_related("endorsement")
    ]  # fmt: skip


def _rests(
    duty: DisclosureDuty, lines: Collection[Line], things: Collection[int]
) -> list[Rests]:  # fmt: skip
    came = _came([line.item.thing_id for line in lines])
    first: dict[int, tuple[int, datetime]] = {}
    written = Endorsement.objects.filter(duty=duty).order_by("pk")
    for pk, item, made_at in written.values_list("pk", "item", "made_at"):
        first.setdefault(item, (pk, made_at))
    approvals = _approvals(duty)
    found = []
    for line in lines:
        thing = line.item.thing_id
        is_served = thing in things
        decided = first.get(thing)
        if is_served and line.endorsement is not None:
            decided = (line.endorsement.pk, line.endorsement.made_at)
        aside = line.set_aside.made_at if line.set_aside else None
        is_aside = aside is not None and not line.standing.is_decided
        found.append(
            Rests(
                named=_named(line),
                came=came.get(thing),
                decided=aside if is_aside else decided[1] if decided else None,
                approved=_approved(approvals, decided[0]) if decided and not is_aside else None,
                is_served=is_served,
            )
        )
    return found


def _named(line: Line) -> str:
    # A sensitive item is not named: a reason may be read by anybody.
    return "A sensitive item" if line.standing.is_sensitive else line.standing.named


def _came(things: Collection[int]) -> Moments:
    """Return by thing when its schedule could first be used."""
    rows = Item.objects.filter(pk__in=things).values_list(
        "pk", "schedule__delivery__triaged_at", "schedule__delivery__received_at"
    )
    return {pk: triaged or received for pk, triaged, received in rows}


def _approvals(duty: DisclosureDuty) -> list[tuple[int, datetime]]:
    """Return the approvals by the newest endorsement that each covers, the first first."""
    rows = duty.approvals.exclude(up_to=None).order_by("up_to", "pk")
    return list(rows.values_list("up_to", "made_at"))


def _approved(approvals: list[tuple[int, datetime]], endorsement: int) -> datetime | None:
    """Return when a second person first looked at an endorsement."""
    place = bisect_left([up_to for up_to, _ in approvals], endorsement)
    return approvals[place][1] if place < len(approvals) else None
