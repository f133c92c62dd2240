"""What the defence is answered, request by request, as the paper of it says; nothing sensitive."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.disclosure.models import (
    DefenceRequest,
    DisclosureDuty,
    RequestedItem,
    SentAnswer,
)
from forthright.disclosure.selectors.broken import Broken, broken_of
from forthright.disclosure.selectors.duties import may_see_sensitive
from forthright.disclosure.selectors.numbers import names_held
from forthright.disclosure.selectors.promises import ANSWERED, requests_owed, unsent_of
from forthright.disclosure.selectors.secrets import Secrets
from forthright.disclosure.selectors.standings import Line, lines_of
from forthright.rules.disclosure_pack import PackAnswer, PackFacts
from forthright.rules.words import capitalised
from forthright.web import clock

AGAIN_WITHOUT = (
    "An answer that tells of sensitive material goes on no paper: answer it again without those "
    "words, on the page of the defence statement."
)
LEFT_OUT = "Words in it are for the lawyers of the unit by now"


def telling_of(duty: DisclosureDuty) -> set[int]:
    """Return the requests whose answer cannot be sent: it repeats what is sensitive.

    A schedule may come after the answer was written; none of them went to the defence.
    """
    return _telling(duty, unsent_of(duty))


def kept_from(user: User, duty: DisclosureDuty) -> dict[str, set[int]]:
    """Return the requests whose answers tell what is sensitive, and are not for this person.

    Whoever serves records what the defence asks and is told; what is sensitive is for lawyers of
    the unit alone, also where it became so after an answer was written. `kept_from` are those of
    which any answer does, the ones before among them, `newest_kept_from` those of which the newest.
    """
    if may_see_sensitive(user, duty):
        return {"kept_from": set(), "newest_kept_from": set()}
    secrets = Secrets(duty)
    rows = DefenceRequest.objects.filter(statement__duty=duty).exclude(answer="")
    asked = rows.select_related("statement").prefetch_related("statement__requests")
    telling = [each for each in asked if secrets.told_in(each.answer, [each.asked])]
    newest = {each.pk for each in telling if secrets.told_in(each.newest, [each.asked])}
    return {"kept_from": {each.pk for each in telling}, "newest_kept_from": newest}


def _telling(duty: DisclosureDuty, unsent: Iterable[DefenceRequest]) -> set[int]:
    secrets = Secrets(duty)
    return {each.pk for each in unsent if secrets.stops(each.newest, [each.asked])}


def to_send(
    duty: DisclosureDuty,
    until: datetime,
    *,
    things: Collection[int] = (),
    went: Collection[int] = (),
    stayed: Collection[int] = (),
) -> list[DefenceRequest]:
    """Return the requests whose answers go to the defence, in the order in which it asked.

    Those not sent, and those that were sent while an item of theirs was still to be served. None
    that tells what is sensitive, or promises what was not to be disclosed any more by then.

    :param until: the minute of sending; what was answered later could not go
    :param things: the items that go along
    :param went: the requests of which a person says that the answer went although it was not to
    :param stayed: those of which they say that it did not go
    """
    waiting = set(unsent_of(duty).values_list("pk", flat=True))
    rows = (
        DefenceRequest.objects.filter(
            statement__duty=duty, outcome__in=ANSWERED,
            answered_at__lt=until + timedelta(minutes=1),
        )
        .select_related("statement")
        .prefetch_related("items__item__schedule", "statement__requests")
        .order_by("statement", "number")
    )  # fmt: skip
    going = [
        each
        for each in rows
        if each.pk in waiting or any(one.item_id in things for one in each.items.all())
    ]
    # Also what went before as it stood: it may tell by now of what came as sensitive since.
    kept_back = _telling(duty, going) | (set(broken_of(duty, until)) - set(went)) | set(stayed)
    return [each for each in going if each.pk not in kept_back]


def answers_with(
    duty: DisclosureDuty, going: Collection[int], until: datetime, lines: Collection[Line]
) -> tuple[PackAnswer, ...]:
    """Return the answers that go with a service, as they stand now.

    :param going: the things that are served
    :param until: the moment of the service
    """
    return _answers(duty, to_send(duty, until, things=going), lines, going)


def answers_facts(
    duty: DisclosureDuty, at: datetime, rows: Collection[DefenceRequest] | None = None
) -> PackFacts:
    """Return what the paper of the answers that were not sent is written from.

    :param rows: the requests whose answers it holds; None for those that go by the record
    """
    rows = to_send(duty, at) if rows is None else rows
    lines = lines_of(duty, with_sensitive=False) if rows else []
    return PackFacts(
        area=duty.area.name, unit=duty.unit.name, urn=str(duty.case), defendant=str(duty.defendant),
        court=duty.get_court_display(), day=clock.day_of(at), is_first=False, items=(),
        answers=_answers(duty, rows, lines, set()),
    )  # fmt: skip


def answers_shown(duty: DisclosureDuty) -> dict[str, Any]:
    """Return what a page says of answers: which wait to be sent, and which cannot be."""
    unsent = list(unsent_of(duty))
    to_go = [*unsent, *_to_go_again(duty, unsent)]
    telling, broken = _telling(duty, to_go), broken_of(duty, clock.now())
    asked = [each for each in unsent if each.pk in broken and each.pk not in telling]
    return {
        "unsent": {each.pk for each in unsent},
        "telling": telling,
        "telling_unsent": [each for each in to_go if each.pk in telling],
        "broken": broken,
        "broken_unsent": [broken[each.pk] for each in asked],
        "asked_about": asked,
        "answers_to_send": [
            each for each in unsent if each.pk not in telling and each.pk not in broken
        ],
        "sendings": duty.sendings.filter(serving=None),
    }


def _to_go_again(
    duty: DisclosureDuty, unsent: Collection[DefenceRequest]
) -> QuerySet[DefenceRequest]:
    """Return the requests whose answer went, and goes once more with what it still promises."""
    owed = {each.pk for each in requests_owed(duty)} - {each.pk for each in unsent}
    rows = DefenceRequest.objects.filter(pk__in=owed).order_by("statement", "number")
    return rows.select_related("statement").prefetch_related("statement__requests")


def unkept_of(duty: DisclosureDuty, at: datetime) -> list[Broken]:
    """Return the answers that wait to be sent and promised what did not hold at a moment."""
    waiting, broken = {each.pk for each in unsent_of(duty)}, broken_of(duty, at)
    telling = telling_of(duty) if broken else set()
    return [each for pk, each in broken.items() if pk in waiting and pk not in telling]


def asked_about(duty: DisclosureDuty, at: datetime) -> list[DefenceRequest]:
    """Return the requests of which a page asks whether their answer, which was not to go, went."""
    unkept = {each.request for each in unkept_of(duty, at)}
    return [each for each in unsent_of(duty) if each.pk in unkept]


def left_out_words(
    duty: DisclosureDuty, at: datetime, *, may_have_gone: str = "", stayed: Collection[int] = ()
) -> str:  # fmt: skip
    """Say which answers were given by a moment and are not kept as sent by the record, and why.

    :param may_have_gone: what to do about one that is recorded as sent where it went all the same
    :param stayed: the requests of which the reader said that the answer did not go
    """
    by = at + timedelta(minutes=1)
    unsent = [each for each in unsent_of(duty) if each.answered_at and each.answered_at < by]
    telling = _telling(duty, unsent)
    why = (
        dict.fromkeys(stayed, "you said that it did not go")
        | {pk: each.stands for pk, each in broken_of(duty, at).items()}
        | dict.fromkeys(telling, "it repeats words of sensitive material, or speaks of it")
    )
    left = [each for each in unsent if each.pk in why]
    if not left:
        return ""
    said = [
        f"the answer to request {each.number} is not kept as sent: {why[each.pk]}" for each in left
    ]
    ways = (
        may_have_gone if any(each.pk not in telling for each in left) else "",
        AGAIN_WITHOUT if telling else "",
    )
    return " ".join(filter(None, (f"{capitalised('; '.join(said))}.", *ways)))


def why_none_goes(duty: DisclosureDuty, at: datetime) -> str:
    """Say which answers that were not sent promise what is not to be disclosed any more."""
    broken = broken_of(duty, at)
    return " ".join(str(broken[each.pk]) for each in unsent_of(duty) if each.pk in broken)


def names_of_requested(duty: DisclosureDuty) -> dict[int, str]:
    """Return how the items that answer requests are named to the defence, each by its id."""
    rows = RequestedItem.objects.filter(request__statement__duty=duty)
    things = [each.item for each in rows.select_related("item__schedule")]
    if not things:
        return {}
    names = names_held(duty, lines_of(duty, with_sensitive=False))
    return {each.pk: names.of(each) for each in things}


def answers_today(
    duty: DisclosureDuty, answers: tuple[PackAnswer, ...]
) -> tuple[PackAnswer, ...]:  # fmt: skip
    """Return answers that went, without the words that are for the lawyers of the unit today."""
    if not answers:
        return ()
    secrets = Secrets(duty)
    return tuple(
        replace(
            each,
            asked=LEFT_OUT if secrets.told_in(each.asked) else each.asked,
            answer=LEFT_OUT if secrets.told_in(each.answer, [each.asked]) else each.answer,
        )
        for each in answers
    )


def _answers(
    duty: DisclosureDuty,
    rows: Collection[DefenceRequest],
    lines: Collection[Line],
    going: Collection[int],
) -> tuple[PackAnswer, ...]:
    names, replaced = names_held(duty, lines), _replaced(rows)
    found = []
    for row in rows:
        things = [each.item for each in row.items.all()]
        is_disclosed = row.outcome == row.Outcome.DISCLOSED and things
        is_there = all(each.pk in going or each.pk in names.served for each in things)
        found.append(
            PackAnswer(
                stated_on=row.statement.received_on or clock.day_of(row.statement.recorded_at),
                number=row.number, asked=row.asked, answer=row.newest,
                outcome="Disclosed" if is_disclosed and is_there else row.get_outcome_display(),
                items=tuple(
                    f"{names.of(each)}: "
                    f"{'served with this' if each.pk in going else names.when(each) or 'to follow'}"
                    for each in things
                ),
                replaces=replaced.get(row.pk),
            )
        )  # fmt: skip
    return tuple(found)


def _replaced(rows: Collection[DefenceRequest]) -> dict[int, date]:
    """Return on which day the defence was last sent another answer to each request, if it was."""
    went = SentAnswer.objects.filter(request__in=[each.pk for each in rows])
    went = went.select_related("sending").order_by("sending__sent_at", "pk")
    last = {each.request_id: each for each in went}
    return {
        each.pk: clock.day_of(last[each.pk].sending.sent_at)
        for each in rows
        if each.pk in last and last[each.pk].answered_at != each.answered_at
    }
