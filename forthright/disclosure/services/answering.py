"""Keeps what the defence stated, and answers each thing it asks for."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import (
    DefenceRequest,
    DefenceStatement,
    DisclosureDuty,
    RequestedItem,
)
from forthright.disclosure.selectors.promises import (
    ANSWERED,
    lines_given,
    requests_open,
    unsent_of,
)
from forthright.disclosure.selectors.secrets import why_not_said
from forthright.disclosure.services.moving import locked, move
from forthright.disclosure.services.reckoning import DateRefused, reckon, say_which_came_late
from forthright.disclosure.services.sending import stamp_of_answers
from forthright.rules.disclosure_duty import DutyEvent, DutyState
from forthright.rules.disclosure_management import speaks_of_sensitive
from forthright.rules.words import day_words, list_words, moment_words
from forthright.rules.written import cleaned, reason_in
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile

MOST_REQUESTS = 100


class StatementRefused(ValueError):
    """What the defence did cannot be recorded so; the message says what to change."""


@transaction.atomic
def record_statement(
    duty: DisclosureDuty, received_on: date, requests: Sequence[str], *, by: User | None,
    at: datetime, opened: str | None = None,
) -> DefenceStatement:  # fmt: skip
    """Keep that a defence statement came, and each thing that it asks for.

    A statement without requests is answered at once: the duty goes on being reviewed, and waits
    until a lawyer looked again at what was not disclosed.

    :param opened: the stamp of the statements that the page showed; None comes from no page
    :raises NotAllowed: if it is not this person's, or disclosure was not served
    :raises StatementRefused: if its day cannot be, it asks for too much, or it is kept already
    :raises ChangedMeanwhile: if another was recorded since the page was opened
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    policies.check_move(duty, DutyEvent.STATE)
    served_on = clock.day_of(duty.served_at or at)
    if not served_on <= received_on <= clock.day_of(at):
        raise StatementRefused(
            "The day must be today or before, and not before initial disclosure was served, on "
            f"{day_words(served_on)}: the defence statement answers it."
        )
    asked = [cleaned(each) for each in requests if reason_in(each)]
    if len(asked) > MOST_REQUESTS:
        raise StatementRefused(f"A statement may have {MOST_REQUESTS} requests.")
    if _is_kept(duty, received_on, asked):
        raise StatementRefused(
            f"A statement of {day_words(received_on)} that asks for the same is kept already."
        )
    _check_none_came_meanwhile(duty, opened)
    statement = DefenceStatement.objects.create(
        duty=duty, received_on=received_on, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    say_which_came_late(duty)
    statement.refresh_from_db()
    DefenceRequest.objects.bulk_create(
        DefenceRequest(statement=statement, number=number, words=words)
        for number, words in enumerate(asked, 1)
    )
    audit.record("statement.received", duty, by=by, at=at, day=received_on, requests=len(asked),
                 is_late=statement.is_late)  # fmt: skip
    move(duty, DutyEvent.STATE, by=by, at=at)
    try:
        # What the prosecution answers by moves with a statement that came late.
        reckon(duty, f"The defence statement came on {day_words(received_on)}", by=by, at=at)
    except DateRefused as refusal:
        raise StatementRefused(str(refusal)) from None
    if not requests_open(duty).exists():
        move(duty, DutyEvent.ANSWER_LAST, by=by, at=at)
    return statement


def _is_kept(duty: DisclosureDuty, received_on: date, asked: Sequence[str]) -> bool:
    """Say whether a statement of that day that asks for the same is recorded."""
    same = duty.statements.filter(received_on=received_on).prefetch_related("requests")
    return any([one.words for one in each.requests.all()] == list(asked) for each in same)


def stamp_of_statements(duty: DisclosureDuty) -> str:
    """Return the stamp of the statements that a page shows: the last that was recorded.

    One that was taken back since does not make a page old.
    """
    last: int | None = duty.statements.aggregate(last=Max("pk"))["last"]
    return str(last or 0)


def _check_none_came_meanwhile(duty: DisclosureDuty, opened: str | None) -> None:
    """Ask before a second statement is kept that may be the one which somebody else recorded."""
    if opened is None:
        return
    seen = int(opened) if opened.isascii() and opened.isdecimal() else 0
    came = duty.statements.filter(received_on__isnull=False).order_by("pk")
    unseen = [
        f"{day_words(each.received_on)}{_by(each.recorded_by)}, {moment_words(each.recorded_at)}"
        for each in came.select_related("recorded_by")
        if each.pk > seen and each.received_on
    ]
    if not unseen:
        return
    raise ChangedMeanwhile(
        f"After you opened the page a statement was recorded: received {list_words(unseen)}. Read "
        "above what it asks for. If yours is the same in other words, leave the page, and nothing "
        "is kept twice. If another one came, send yours again, and both are kept.",
        stands=stamp_of_statements(duty),
    )


def _by(person: User | None) -> str:
    return f", kept by {person}" if person else ", kept"


@transaction.atomic
def record_no_statement(duty: DisclosureDuty, *, by: User | None, at: datetime) -> DefenceStatement:
    """Keep that no defence statement came in its time.

    :raises NotAllowed: if it is not this person's, or disclosure was not served
    :raises StatementRefused: if the time is not over
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    policies.check_move(duty, DutyEvent.STATE_NOTHING)
    due = duty.statement_due_on
    if due is not None and clock.day_of(at) <= due:
        raise StatementRefused(f"The defence has until {day_words(due)}.")
    statement = DefenceStatement.objects.create(duty=duty, recorded_at=at, recorded_by=by)
    audit.record("statement.none", duty, by=by, at=at)
    move(duty, DutyEvent.STATE_NOTHING, by=by, at=at)
    return statement


@transaction.atomic
def answer_request(  # noqa: PLR0913 - what a page asks
    request: DefenceRequest, outcome: str, *, answer: str, items: Collection[int] = (),
    by: User | None, at: datetime, opened: str | None = None,
) -> DefenceRequest:  # fmt: skip
    """Answer one thing that a defence statement asks for; the last answer moves the duty on.

    What is "to be disclosed" is owed until the items named were served; without items until they
    are named. Until the duty is closed a request may be answered again: what was answered before
    stays beside, the defence is sent the newest, and what went before reads as replaced. A line
    that is part of the request above has no answer: the defence reads it there.

    :param items: the items that answer it, each endorsed to be disclosed
    :param opened: the stamp of the answer that the page showed; None comes from no page
    :raises NotAllowed: if it is not this person's
    :raises StatementRefused: if there is no outcome, or no reason for it, it tells or speaks of
        sensitive material, an item is not given, it is answered so already, an answer that went
        stands against it, or the duty is closed
    :raises ChangedMeanwhile: if it was answered since the page was opened
    """
    duty = locked(request.statement.duty)
    policies.check_can_serve(by, duty)
    request = DefenceRequest.objects.select_for_update().get(pk=request.pk)
    _check_is_said(outcome, answer)
    if not may_be_answered(duty, request):
        raise StatementRefused(
            "This request was answered, and the duty is closed. Open the duty again first, where "
            "the answer was wrong."
        )
    _check_as_shown(request, opened)
    if found := speaks_of_sensitive(answer):
        raise StatementRefused(
            f"The answer speaks of sensitive material: “{found}”. It goes to the defence, and says "
            "neither that there is such material nor that there is none: take it out."
        )
    # What the defence asks for by name it knows.
    if against := why_not_said(duty, "the answer", answer, readers="the defence", by=by,
                               known=[request.asked]):  # fmt: skip
        raise StatementRefused(against)
    if outcome == DefenceRequest.Outcome.PART_OF_ABOVE:
        _check_is_part(duty, request)
    things = _things(duty, outcome, items)
    said, stood = cleaned(answer), {each.item_id for each in request.items.all()}
    if (request.outcome, request.newest, stood) == (outcome, said, things):
        raise StatementRefused("It is answered so already: say what is to be corrected.")
    again: dict[str, Any] = {"before": request.outcome} if request.answer else {}
    _keep(request, outcome, said, by=by, at=at)
    request.items.all().delete()
    RequestedItem.objects.bulk_create(
        RequestedItem(request=request, item_id=thing) for thing in things
    )
    audit.record("request.answered", duty, by=by, at=at, request=request.pk, outcome=outcome,
                 items=sorted(things), **again)  # fmt: skip
    if duty.stands is DutyState.STATEMENT and not requests_open(duty).exists():
        move(duty, DutyEvent.ANSWER_LAST, by=by, at=at)
    return request


def may_be_answered(duty: DisclosureDuty, request: DefenceRequest) -> bool:
    """Say whether a request may be answered: nobody did yet, or the duty is not closed."""
    return request.outcome == DefenceRequest.Outcome.OPEN or duty.stands is not DutyState.CLOSED


def _check_is_said(outcome: str, answer: str) -> None:
    if outcome == DefenceRequest.Outcome.OPEN or outcome not in DefenceRequest.Outcome.values:
        raise StatementRefused("Choose what comes of this request.")
    if not reason_in(answer):
        raise StatementRefused("Write the answer as the defence will read it.")


def _keep(
    request: DefenceRequest, outcome: str, said: str, *, by: User | None, at: datetime
) -> None:  # fmt: skip
    """Keep an answer beside those before it, each of which says what came of it."""
    before = ""
    if request.answer:
        came = request.get_outcome_display()
        before = f"{request.answer} ({came})\n{day_words(clock.day_of(at))}: "
    request.outcome, request.answer, request.newest = outcome, before + said, said
    request.answered_at, request.answered_by = at, by
    request.save(update_fields=["outcome", "answer", "newest", "answered_at", "answered_by"])


def _check_is_part(duty: DisclosureDuty, request: DefenceRequest) -> None:
    """Refuse to read a request with the one above where the defence would miss its words.

    :raises StatementRefused: if there is none above, or an answer went that does not hold both
    """
    if request.sent.exists():
        raise StatementRefused(
            "This request had its own answer, and that went to the defence. Answer it again by "
            "itself, where that was wrong."
        )
    above = request.statement.requests.filter(number__lt=request.number)
    whole = above.exclude(outcome=DefenceRequest.Outcome.PART_OF_ABOVE).last()
    if whole is None:
        raise StatementRefused("There is no request above the first. Answer it by itself.")
    # Where it was asked of the police since, its answer is still to come, and holds both.
    is_answered = whole.outcome in ANSWERED
    if is_answered and whole.sent.exists() and not unsent_of(duty).filter(pk=whole.pk).exists():
        raise StatementRefused(
            f"The answer to request {whole.number} went without these words. Answer request "
            f"{whole.number} again with them first, or answer this one by itself."
        )


def _check_as_shown(request: DefenceRequest, opened: str | None) -> None:
    stands = stamp_of_answers([request])
    if opened not in {None, stands}:
        who = f" by {request.answered_by}" if request.answered_by else ""
        when = f", {moment_words(request.answered_at)}" if request.answered_at else ""
        raise ChangedMeanwhile(
            f"This request was answered after you opened the page{who}{when}. Read the answer "
            "above as it stands now. Send yours again to put it in its place, or leave the page.",
            stands=stands,
        )


def _things(duty: DisclosureDuty, outcome: str, items: Collection[int]) -> set[int]:
    """Return the things by which a request is answered.

    :raises StatementRefused: if one is not on the open schedules, or not to be disclosed
    """
    wanted = set(items)
    if not wanted:
        return set()
    if outcome != DefenceRequest.Outcome.DISCLOSED:
        raise StatementRefused("Items are named only where something is to be disclosed.")
    given = {line.item.pk: line.item.thing_id for line in lines_given(duty)}
    if wanted - set(given):
        raise StatementRefused(
            "An item that answers a request must be endorsed to be disclosed first. Endorse it, or "
            "leave the items empty: the request is then owed until they are named."
        )
    return {given[pk] for pk in wanted}
