"""What the defence was told that it gets, and of which services the court knows nothing yet."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from forthright.disclosure.models import (
    DefenceRequest,
    DisclosureDuty,
    SentAnswer,
    Serving,
)
from forthright.disclosure.selectors.served import served_things
from forthright.disclosure.selectors.standings import Line, lines_of
from forthright.rules.disclosure_end import Promise

ANSWERED = (
    DefenceRequest.Outcome.DISCLOSED,
    DefenceRequest.Outcome.NOT_DISCLOSABLE,
    DefenceRequest.Outcome.NOT_HELD,
)


def promises_of(duty: DisclosureDuty) -> list[Promise]:
    """Return the requests that were answered "to be disclosed", each with its items."""
    served = served_things(duty)
    return [promise_of(each, served) for each in promised_of(duty)]


def requests_owed(duty: DisclosureDuty) -> list[DefenceRequest]:
    """Return the requests that were answered "to be disclosed" and are still owed."""
    served = served_things(duty)
    return [each for each in promised_of(duty) if promise_of(each, served).is_owed]


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


def told_answers() -> "QuerySet[SentAnswer]":
    """Return the answers that went and told of what is sensitive, as long as they stand.

    Each is looked into, until its request is answered again without those words.
    """
    return SentAnswer.objects.filter(sending__is_told=True, answered_at=F("request__answered_at"))


def told_of(duty: DisclosureDuty) -> "QuerySet[SentAnswer]":
    """Return the answers of a duty that went and told of what is sensitive."""
    rows = told_answers().filter(request__statement__duty=duty)
    return rows.select_related("request", "sending__sent_by")


def waits_for_look_into() -> Q:
    """Return which duties have an answer that told of what is sensitive and stands."""
    return Q(Exists(told_answers().filter(request__statement__duty=OuterRef("pk"))))


def untold_of(duty: DisclosureDuty) -> "QuerySet[Serving]":
    """Return the services of which the court was given no notice, the first first."""
    return duty.servings.filter(court_told_at=None).order_by("pk")


def promised_of(duty: DisclosureDuty) -> "QuerySet[DefenceRequest]":
    """Return the requests that were answered "to be disclosed", with their items."""
    requests = DefenceRequest.objects.filter(
        statement__duty=duty, outcome=DefenceRequest.Outcome.DISCLOSED
    )
    return requests.order_by("statement", "number").prefetch_related("items__item__schedule")
