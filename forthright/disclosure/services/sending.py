"""Keeps which answers to a defence statement went to the defence: with a service, or alone."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import (
    AnswersSending,
    DefenceRequest,
    DisclosureDuty,
    SentAnswer,
    Serving,
)
from forthright.disclosure.selectors.answers import (
    answers_facts,
    asked_about,
    telling_of,
    to_send,
    unkept_of,
)
from forthright.disclosure.selectors.broken import Broken
from forthright.disclosure.selectors.promises import unsent_of
from forthright.disclosure.services.moving import locked
from forthright.rules.words import moment_words
from forthright.rules.written import proof_in
from forthright.web.meanwhile import ChangedMeanwhile, by_whom

NONE_STAYED = (
    "By this no answer went, so there is nothing to record. Say of each that went that it did, or "
    "leave the page."
)
NONE_BY_THEN = (
    "No answer that waits to be sent was given by then. Enter the moment at which the answers went."
)


class SendingRefused(ValueError):
    """Answers cannot be recorded as sent so; the message says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How and when answers went by themselves, and what proves it."""

    method: str
    proof: str
    sent_at: datetime
    # Of the answers that promise what did not hold: the requests whose answer went all the same,
    # and those whose answer did not.
    went: frozenset[int] = field(default_factory=frozenset)
    stayed: frozenset[int] = field(default_factory=frozenset)


def stamp_of_answers(
    requests: Iterable[DefenceRequest], asked_about: Iterable[DefenceRequest] = ()
) -> str:
    """Return the stamp of the answers that a page shows: which they are, and as given when.

    :param asked_about: those of which it asks whether they went
    """
    shown = [
        sorted((each.pk, str(each.answered_at), each.asked) for each in those)
        for those in (requests, asked_about)
    ]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


@transaction.atomic
def send_answers(
    duty: DisclosureDuty, sent: Sent, *, by: User | None, at: datetime, opened: str | None = None
) -> AnswersSending:
    """Record that the answers that were not sent went to the defence by themselves.

    Of an answer that promises what did not hold by then somebody says whether it went.

    :raises NotAllowed: if it is not this person's
    :raises SendingRefused: if none waits, or they went at no moment that can be, nothing proves
        it, or nobody says of one whether it went
    :raises ChangedMeanwhile: if an answer was given since the page was opened
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    stands = stamp_of_answers(to_send(duty, at), asked_about(duty, at))
    if opened not in {None, stands}:
        who = by_whom(duty, "request.answered", "disclosure.served", "answers.sent",
                      "item.endorsed")()  # fmt: skip
        raise ChangedMeanwhile(
            f"The answers to send were changed after you opened the page{who}. Read them below as "
            "they stand now, then keep what went.",
            stands=stands,
        )
    _check_has_come(sent, at)
    _check_was_given(duty, sent)
    broken = unkept_of(duty, sent.sent_at)
    _check_is_said(broken, sent)
    rows = to_send(duty, sent.sent_at, went=sent.went, stayed=sent.stayed)
    if not rows:
        raise SendingRefused(NONE_STAYED if sent.stayed else NONE_BY_THEN)
    _check_goes_last(rows, sent.sent_at)
    _check_parts_went(rows, sent.sent_at)
    _check_is_proved(sent)
    facts = answers_facts(duty, sent.sent_at, rows)
    kept = AnswersSending.objects.create(
        duty=duty, method=sent.method, proof=proof_in(sent.proof), sent_at=sent.sent_at,
        sent_by=by, papers=facts.as_table(),
    )  # fmt: skip
    although = sorted(each.request for each in broken if each.request in sent.went)
    _keep(kept, rows, by=by, at=at, although=although, stayed=sorted(sent.stayed))
    return kept


@transaction.atomic
def record_told(
    request: DefenceRequest, sent: Sent, *, by: User | None, at: datetime, opened: str | None = None
) -> AnswersSending:
    """Record that an answer that tells of sensitive material by now did go to the defence.

    No paper is made of it, then or later: it was a disclosure of sensitive words, and stands on
    the page of the duty as one to be looked into until the request is answered again.

    :param opened: the stamp of the answer that the page showed; None comes from no page
    :raises NotAllowed: if it is not this person's, or they may not read what is sensitive
    :raises SendingRefused: if the answer goes as any other or went, or it went at no moment that
        can be, or nothing proves it
    :raises ChangedMeanwhile: if it was answered since the page was opened
    """
    duty = locked(request.statement.duty)
    policies.check_can_record_told(by, duty)
    [request] = DefenceRequest.objects.select_for_update(of=["self"]).filter(pk=request.pk)
    stands = stamp_of_answers([request])
    if opened not in {None, stands}:
        who = by_whom(duty, "request.answered")()
        raise ChangedMeanwhile(
            f"This request was answered after you opened the page{who}. Read the answer above as "
            "it stands now, and record only what went.",
            stands=stands,
        )
    if request.pk not in telling_of(duty):
        raise SendingRefused(
            "This answer is recorded as sent already, or nothing sensitive is told in it. What "
            "waits to be sent is recorded on the page of the defence statement."
        )
    sent = replace(sent, went=frozenset({request.pk}))
    _check_has_come(sent, at)
    _check_was_given(duty, sent)
    _check_goes_last([request], sent.sent_at)
    _check_parts_went([request], sent.sent_at)
    _check_is_proved(sent)
    kept = AnswersSending.objects.create(
        duty=duty, method=sent.method, proof=proof_in(sent.proof), sent_at=sent.sent_at,
        sent_by=by, is_told=True,
    )  # fmt: skip
    _keep(kept, [request], by=by, at=at)
    return kept


def keep_answers_with(serving: Serving, *, by: User | None, at: datetime) -> None:
    """Keep which answers went with a service whose papers are written; nothing for the first."""
    if serving.kind != Serving.Kind.CONTINUING:
        return
    things = set(serving.items.values_list("item", flat=True))
    rows = to_send(serving.duty, serving.served_at, things=things)
    if not rows:
        return
    _check_parts_went(rows, serving.served_at)
    kept = AnswersSending.objects.create(
        duty=serving.duty, serving=serving, method=serving.method, proof=serving.proof,
        sent_at=serving.served_at, sent_by=by,
    )  # fmt: skip
    _keep(kept, rows, by=by, at=at)


def correct_answers_with(serving: Serving) -> None:
    """Let the answers that went with a service say when and how it went, once it is corrected."""
    AnswersSending.objects.filter(serving=serving).update(
        sent_at=serving.served_at, method=serving.method
    )


def _check_has_come(sent: Sent, at: datetime) -> None:
    if sent.sent_at > at:
        raise SendingRefused("That time has not come. Enter the moment at which the answers went.")


def _check_is_proved(sent: Sent) -> None:
    """Refuse a way in which nothing is sent, and a sending that nothing proves."""
    if sent.method not in Serving.Method.values:
        raise SendingRefused("Choose how they were sent.")
    if not proof_in(sent.proof):
        raise SendingRefused("Write what proves that they were sent, such as a receipt.")


def _check_was_given(duty: DisclosureDuty, sent: Sent) -> None:
    """Refuse that an answer went before it was given."""
    for each in unsent_of(duty).filter(pk__in=sent.went):
        if each.answered_at and each.answered_at >= sent.sent_at + timedelta(minutes=1):
            raise SendingRefused(
                f"The answer to request {each.number} was given only at "
                f"{moment_words(each.answered_at)}, so it did not go before that. Enter the moment "
                "at which it went, or say that it did not go."
            )


def _check_is_said(broken: Sequence[Broken], sent: Sent) -> None:
    """Refuse to leave an answer out, or keep it as sent, of which nobody says whether it went."""
    unsaid = [each for each in broken if each.request not in sent.went | sent.stayed]
    if unsaid:
        said = "; ".join(f"of request {each.number}: {each.stands}" for each in unsaid)
        raise SendingRefused(
            "What these answers promise does not hold, so they go on no paper. Say of each whether "
            f"it went all the same: {said}."
        )


def _check_goes_last(rows: Sequence[DefenceRequest], sent_at: datetime) -> None:
    """Refuse a moment after which an older answer to one of these requests went."""
    older = SentAnswer.objects.filter(
        request__in=[each.pk for each in rows], sending__sent_at__gte=sent_at + timedelta(minutes=1)
    ).select_related("sending", "request")
    if last := older.order_by("sending__sent_at", "pk").last():
        raise SendingRefused(
            f"An older answer to request {last.request.number} was sent "
            f"{moment_words(last.sending.sent_at)}, and is what the defence had last. Send the "
            "newer one after it, and enter that moment."
        )


def _check_parts_went(rows: Sequence[DefenceRequest], sent_at: datetime) -> None:
    """Refuse a moment before which a line was no part of a request: no paper of then held it."""
    for each in rows:
        for part in each.parts:
            if part.answered_at and part.answered_at >= sent_at + timedelta(minutes=1):
                raise SendingRefused(
                    f"Request {part.number} was made part of request {each.number} only at "
                    f"{moment_words(part.answered_at)}, so what went before does not answer it. "
                    f"Answer request {part.number} by itself, record the sending, and then answer "
                    "it as it is to be."
                )


def _keep(
    kept: AnswersSending, rows: Sequence[DefenceRequest], *, by: User | None, at: datetime,
    although: Sequence[int] = (), stayed: Sequence[int] = (),
) -> None:  # fmt: skip
    SentAnswer.objects.bulk_create(
        SentAnswer(sending=kept, request=each, answered_at=each.answered_at or at) for each in rows
    )
    said: dict[str, Any] = {"serving": kept.serving_id} if kept.serving_id else {}
    if although:
        said["although"] = list(although)
    if kept.is_told:
        said["is_told"] = True
    if stayed:
        said["stayed"] = list(stayed)
    audit.record("answers.sent", kept.duty, by=by, at=at, sending=kept.pk, method=kept.method,
                 requests=[each.pk for each in rows], **said)  # fmt: skip
