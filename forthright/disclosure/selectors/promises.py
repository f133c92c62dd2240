"""What the defence was told that it gets, and of which services the court knows nothing yet."""

from collections.abc import Collection

from django.db.models import QuerySet

from forthright.disclosure.models import DefenceRequest, DisclosureDuty, Serving
from forthright.disclosure.selectors.standings import Line, lines_of, served_things
from forthright.rules.disclosure_end import Promise


def promises_of(duty: DisclosureDuty) -> list[Promise]:
    """Return the requests that were answered "to be disclosed", each with its items."""
    served = served_things(duty)
    return [promise_of(each, served) for each in _promised(duty)]


def requests_owed(duty: DisclosureDuty) -> list[DefenceRequest]:
    """Return the requests that were answered "to be disclosed" and are still owed."""
    served = served_things(duty)
    return [each for each in _promised(duty) if promise_of(each, served).is_owed]


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


def untold_of(duty: DisclosureDuty) -> "QuerySet[Serving]":
    """Return the services of which the court was given no notice, the first first."""
    return duty.servings.filter(court_told_at=None).order_by("pk")


def _promised(duty: DisclosureDuty) -> "QuerySet[DefenceRequest]":
    requests = DefenceRequest.objects.filter(
        statement__duty=duty, outcome=DefenceRequest.Outcome.DISCLOSED
    )
    return requests.order_by("statement", "number").prefetch_related("items")
