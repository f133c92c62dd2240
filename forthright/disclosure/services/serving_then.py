"""Records a service by what stood at its moment, where something came or changed since."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.disclosure import policies
from forthright.disclosure.models import Delivery, DisclosureDuty, Serving
from forthright.disclosure.selectors.against import queried_elsewhere, unexplained_words
from forthright.disclosure.selectors.handed_in import by_whom_it_came, days_of
from forthright.disclosure.selectors.order import why_not_then
from forthright.disclosure.selectors.secrets import READERS_OF_DUTY, why_not_said
from forthright.disclosure.selectors.stood import Stood, stood_at, untaken_then
from forthright.disclosure.selectors.unnumbered import unplaced_of, unplaced_words
from forthright.disclosure.selectors.versions import names_left
from forthright.disclosure.services.moving import locked
from forthright.disclosure.services.serving import (
    Service,
    ServingRefused,
    Then,
    check_nothing_waits,
    check_said,
    keep_service,
    serve,
    stamp_to_serve,
)
from forthright.rules.disclosure_duty import SERVED_OR_LATER, reasons_against_serving
from forthright.rules.written import reason_in
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile

NOTHING_STOOD = (
    "By then schedules had come that nobody had taken in, and nothing stood approved then by which "
    "the service could be recorded. Enter the moment at which it went."
)


@transaction.atomic
def serve_when_it_was(
    duty: DisclosureDuty, service: Service, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> tuple[Serving, bool]:  # fmt: skip
    """Record a service as things stand, or else as they stood at its moment.

    What the defence was given was approved then, and nothing of it was undecided; what came or was
    changed before anybody wrote the service down waits as it does after any service.

    :returns: the service, and whether it was judged by what stood then
    :raises NotAllowed: if it is not this person's
    :raises ServingRefused: if something stands against it now, and stood against it then
    :raises ChangedMeanwhile: if what is to be disclosed changed since the page was opened
    """
    policies.check_can_serve(by, duty)
    try:
        check_nothing_waits(duty, service.served_at)
        # What came and went back, or went on with what came next, waits for nobody now.
        if untaken_then(duty, service.served_at):
            raise ServingRefused(NOTHING_STOOD)
        return serve(duty, service, by=by, at=at, opened=opened), False
    except (ServingRefused, ChangedMeanwhile) as refusal:
        duty = locked(duty)
        stood = stood_at(duty, service.served_at)
        if stood is None:
            raise
        # Who saw the list as it stood then has seen what went.
        if isinstance(refusal, ChangedMeanwhile) and opened != stamp_to_serve(duty, stood.owed, at):
            raise
        service = replace(
            service,
            things=frozenset(line.item.thing_id for line in stood.owed),
            is_nil=not stood.owed and stood.approval is not None,
        )
        check_said(duty, service, at)
        check_nothing_waits(duty, service.served_at)
        _check_past(duty, service, by=by)
        if against := _against_then(duty, stood, service):
            if stood.approval is None:
                raise
            raise ServingRefused(against) from None
    if stood.approval is not None:
        duty.approved_at, duty.approved_by = stood.approval.made_at, stood.approval.made_by
        duty.save(update_fields=["approved_at", "approved_by"])
    then = Then(stood.by, untaken_then(duty, service.served_at))
    return keep_service(duty, stood.lines, service, then=then, by=by, at=at), True


class WhyItWent(ServingRefused):
    """Something had come by a service that nobody had taken in: why it went is to be said."""

    def __init__(self, words: str, came: list[Delivery]) -> None:
        """Keep what had come, besides the words."""
        super().__init__(words)
        self.came = came


def _check_past(duty: DisclosureDuty, service: Service, *, by: User | None) -> None:
    """Refuse a service by which something had come that nobody had taken in, without why it went.

    A service that was made is recorded all the same, with the reason: the record says what was.
    """
    unread = untaken_then(duty, service.served_at)
    if not unread:
        return
    if why := reason_in(service.went_past):
        if words := why_not_said(
            duty, "why it went all the same", why, readers=READERS_OF_DUTY, by=by
        ):
            raise WhyItWent(words, unread)
        return
    handed, _ = by_whom_it_came(unread)
    what = "the police had handed in a new version of schedules"
    if len(handed) < len(unread):
        what = "schedules had come"
    words = (
        f"By then {what} ({days_of(unread)}) that nobody had taken in: what is on it may have "
        "had to be disclosed. If it went before that, enter the moment at which it did. If it went "
        "all the same, write why: it is recorded by what stood approved then, and what came since "
        "waits. If nothing went then, endorse what is on it, and serve what is to be disclosed."
    )
    raise WhyItWent(words, unread)


def _against_then(duty: DisclosureDuty, stood: Stood, service: Service) -> str:
    """Say what stood against a service at its moment; nothing where nothing did."""
    unplaced = unplaced_words(unplaced_of(duty.case_id, until=service.served_at))
    reasons = reasons_against_serving(
        stood.state, [line.standing for line in stood.lines],
        on=clock.day_of(service.served_at), chosen=service.things, is_nil=service.is_nil,
        gone=names_left(duty),
    )  # fmt: skip
    if unplaced or reasons:
        return " ".join(filter(None, (unplaced, *reasons)))
    if words := queried_elsewhere(duty, stood.lines, service.things, by=stood.by):
        return words
    if duty.stands in SERVED_OR_LATER:
        return why_not_then(duty, stood.lines, service.things, service.served_at)
    return unexplained_words(stood.lines)
