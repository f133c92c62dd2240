"""What the defence was told that it gets, and of which services the court knows nothing yet."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.disclosure.models import (
    DefenceRequest,
    DisclosureDuty,
    Endorsement,
    Item,
    SentAnswer,
    Serving,
)
from forthright.disclosure.selectors.hidden import OPEN_FORMS
from forthright.disclosure.selectors.numbers import names_held
from forthright.disclosure.selectors.standings import (
    Line,
    lines_of,
    lists_then,
    served_things,
    stood_then,
)
from forthright.rules.disclosure_end import Promise
from forthright.rules.endorsements import GIVEN, Endorsed
from forthright.rules.words import list_words

ANSWERED = (
    DefenceRequest.Outcome.DISCLOSED,
    DefenceRequest.Outcome.NOT_DISCLOSABLE,
    DefenceRequest.Outcome.NOT_HELD,
)


def promises_of(duty: DisclosureDuty) -> list[Promise]:
    """Return the requests that were answered "to be disclosed", each with its items."""
    served = served_things(duty)
    return [promise_of(each, served) for each in _promised(duty)]


def requests_owed(duty: DisclosureDuty) -> list[DefenceRequest]:
    """Return the requests that were answered "to be disclosed" and are still owed."""
    served = served_things(duty)
    return [each for each in _promised(duty) if promise_of(each, served).is_owed]


def requests_open(duty: DisclosureDuty) -> "QuerySet[DefenceRequest]":
    """Return what the defence asked for and nobody answered."""
    return DefenceRequest.objects.filter(statement__duty=duty, outcome=DefenceRequest.Outcome.OPEN)


def requests_asked(duty: DisclosureDuty) -> list[DefenceRequest]:
    """Return the requests that were asked of the police, whose reply is not recorded."""
    rows = DefenceRequest.objects.filter(
        statement__duty=duty, outcome=DefenceRequest.Outcome.WITH_THE_POLICE
    )
    return list(rows.order_by("statement", "number"))


def promise_of(request: DefenceRequest, served: Collection[int]) -> Promise:
    """Return one request with its items; `served` are the things that the defence has."""
    things = frozenset(each.item_id for each in request.items.all())
    return Promise(number=request.number, things=things, served=things & set(served))


def broken_of(duty: DisclosureDuty, at: datetime) -> dict[int, str]:
    """Return the requests whose answer promises what is not to be disclosed any more, in words.

    An item of it was endorsed otherwise since, or stands on no open schedule that may be used; what
    was served is not taken back by that. The words are for the unit, never for the defence.

    :param at: the moment that counts: what went before an item changed was no broken promise
    """
    served = served_things(duty)
    found: dict[int, str] = {}
    stood: dict[datetime, dict[int, str]] = {}
    names = None
    # What was answered later could not go by then.
    given = [each for each in _promised(duty) if _given_at(each, at) < at + timedelta(minutes=1)]
    # Each item was to be disclosed when the answer was given, within whichever minute.
    last = max((_given_at(each, at) for each in given), default=at)
    for each in given:
        things = [one.item for one in each.items.all() if one.item_id not in served]
        if not things:
            continue
        moment = last if _given_at(each, at) > at else at
        if moment not in stood:
            stood[moment] = _open_codes(duty, moment)
        codes = stood[moment]
        broken = [thing for thing in things if codes.get(thing.pk, "") not in GIVEN]
        if broken:
            names = names or names_held(duty, lines_of(duty, with_sensitive=False))
            stands = list_words(
                [f"{names.of(thing)} {_stands_words(codes.get(thing.pk))}" for thing in broken]
            )
            found[each.pk] = (
                f"Request {each.number} was answered “To be disclosed”, but {stands}. Answer "
                f"request {each.number} again: until then this answer goes on no paper."
            )
    return found


def _given_at(request: DefenceRequest, at: datetime) -> datetime:
    return request.answered_at or at


def _open_codes(duty: DisclosureDuty, moment: datetime) -> dict[int, str]:
    """Return what stood against each thing on the open schedules at a moment.

    Where it is not kept which schedules stood then, what was written by then alone counts.
    """
    written = Endorsement.objects.filter(duty=duty, made_at__lte=moment).order_by("pk")
    newest = dict(written.values_list("item", "code"))
    if not stood_then(duty.case_id, moment).exists():
        return newest
    lists = lists_then(duty.case_id, moment).filter(form__in=OPEN_FORMS)
    rows = Item.objects.filter(schedule__in=lists).values_list("pk", "root")
    return {root or pk: newest.get(root or pk, "") for pk, root in rows}


def _stands_words(code: str | None) -> str:
    if code is None:
        return "stands on no open schedule that may be used now"
    return f"stands as {code} ({Endorsed(code).words}) now" if code else "is not decided now"


def lines_given(duty: DisclosureDuty) -> list[Line]:
    """Return the items that may answer a request: said to be disclosed, or served."""
    lines = lines_of(duty, with_sensitive=False)
    return [line for line in lines if line.standing.is_owed or line.is_served]


def answers_unsent() -> "QuerySet[DefenceRequest]":
    """Return the requests whose answer, as it was given last, has not gone to the defence.

    What is open or was asked of the police is no answer yet.
    """
    went = SentAnswer.objects.filter(request=OuterRef("pk"), answered_at=OuterRef("answered_at"))
    return DefenceRequest.objects.filter(~Exists(went), outcome__in=ANSWERED).order_by(
        "statement", "number"
    )


def unsent_of(duty: DisclosureDuty) -> "QuerySet[DefenceRequest]":
    """Return the requests of a duty whose answer has not gone to the defence."""
    rows = answers_unsent().filter(statement__duty=duty).select_related("statement")
    return rows.prefetch_related("statement__requests")


def waits_for_sending() -> Q:
    """Return which duties have an answer that was not sent, as a condition on duties."""
    return Q(Exists(answers_unsent().filter(statement__duty=OuterRef("pk"))))


def untold_of(duty: DisclosureDuty) -> "QuerySet[Serving]":
    """Return the services of which the court was given no notice, the first first."""
    return duty.servings.filter(court_told_at=None).order_by("pk")


def _promised(duty: DisclosureDuty) -> "QuerySet[DefenceRequest]":
    requests = DefenceRequest.objects.filter(
        statement__duty=duty, outcome=DefenceRequest.Outcome.DISCLOSED
    )
    return requests.order_by("statement", "number").prefetch_related("items__item__schedule")
