"""What is recorded of a duty, what somebody asked to take back of it, and what was taken back."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from forthright.disclosure.models import DisclosureDuty, TakingBack
from forthright.rules.words import day_words, moment_words
from forthright.web import clock

What = TakingBack.What


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One thing that is recorded of a duty: of what kind, its id, and what it says in words.

    :param has_day: whether it has a day that is corrected by itself; that no statement came has
        none, and answers that were sent are taken back and recorded anew
    """

    what: TakingBack.What
    pk: int
    words: str
    has_day: bool = True

    @property
    def key(self) -> str:
        """Return what names it in a form."""
        return f"{self.what.value.lower()}-{self.pk}"

    @property
    def held_as(self) -> str:
        """Return which of the links of a taking back holds it."""
        links = {What.STATEMENT: "statement_id", What.SENDING: "sending_id"}
        return links.get(self.what, "serving_id")


def recorded_of(duty: DisclosureDuty) -> list[Recorded]:
    """Return what stands of a duty: services, each with its notice, statements, answers alone."""
    found = []
    for each in duty.servings.all():
        kind, at = each.get_kind_display(), moment_words(each.served_at)
        words = f"{kind}: served {at}, {each.get_method_display()}"
        found.append(Recorded(what=What.SERVICE, pk=each.pk, words=words))
        if each.court_told_at:
            words = f"{kind} of {at}: the court told {moment_words(each.court_told_at)}"
            found.append(Recorded(what=What.NOTICE, pk=each.pk, words=words))
    for came in duty.statements.all():
        if came.received_on:
            words = f"Defence statement received {day_words(came.received_on)}"
        else:
            day = day_words(clock.day_of(came.recorded_at))
            words = f"No defence statement came, recorded {day}"
        has_day = came.received_on is not None
        found.append(Recorded(what=What.STATEMENT, pk=came.pk, words=words, has_day=has_day))
    for sent in duty.sendings.filter(serving=None):
        words = (
            f"Answers to the defence statement: sent {moment_words(sent.sent_at)}, "
            f"{sent.get_method_display()}"
        )
        found.append(Recorded(what=What.SENDING, pk=sent.pk, words=words, has_day=False))
    return found


def takings_of(duty: DisclosureDuty) -> "QuerySet[TakingBack]":
    """Return what was asked to be taken back of a duty and what came of it, the first first."""
    return duty.taken_back.select_related("serving", "sending", "asked_by", "answered_by").order_by(
        "pk"
    )


def taking_of(duty: DisclosureDuty, taking_id: int) -> TakingBack:
    """Return one thing that was asked to be taken back.

    :raises Http404: if the duty has no such thing
    """
    found = takings_of(duty).select_related("statement", "duty").filter(pk=taking_id).first()
    if found is None:
        raise Http404("No such thing was asked to be taken back")
    return found
