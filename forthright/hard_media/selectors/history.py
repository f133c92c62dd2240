"""What was recorded of recordings and their cases by a moment, and which cases changed since."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import Max

from forthright.accounts.models import Area, Unit
from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.hard_media.models import (
    Hearing,
    MediaItem,
    MediaStep,
    Representation,
    SentFile,
    ShareRecord,
    StartChange,
)
from forthright.hard_media.selectors.ended import ends_told
from forthright.rules.media_facts import Classification
from forthright.rules.media_history import Turn
from forthright.rules.media_states import MediaEvent, MediaState
from forthright.web import clock

UNIT_MOVED = "hearing.unit_moved"
CLASSIFYING = (MediaEvent.CLASSIFY, MediaEvent.CLASSIFY_SENSITIVE)
# What decides whether anybody waits for a recording, and for which copy of it.
TURNING = (*CLASSIFYING, MediaEvent.WITHDRAW, MediaEvent.REINSTATE, MediaEvent.REQUEST)

# What a case may stand otherwise by: a file that was viewed only later was not viewed by then.
TELLING = (*TURNING, MediaEvent.VIEW)


def turns_of(
    items: Collection[int], *, events: Collection[MediaEvent] = ()
) -> defaultdict[int, list[Turn]]:
    """Return the steps of some recordings in their order, by the recording.

    :param events: which of them are read; without any, all
    """
    rows = MediaStep.objects.filter(item__in=items).order_by("at", "pk")
    if events:
        rows = rows.filter(event__in=events)
    steps = list(rows.values_list("item_id", "at", "event", "after", "item__classification"))
    decided: dict[int, int] = defaultdict(int)
    for item, _, event, _, _ in steps:
        decided[item] += event in CLASSIFYING
    # Of one that begins anew the row says no more what was said of the copy before.
    anew = {item for item, *_, present in steps if present == Classification.NOT_ASSESSED}
    asked = [item for item, number in decided.items() if number > 1 or (number and item in anew)]
    kinds = _kinds_of(asked, decided)
    turns: defaultdict[int, list[Turn]] = defaultdict(list)
    for item, at, event, after, present in steps:
        kind = None
        if event in CLASSIFYING:
            # One of which something was said only once is what was said.
            told = kinds.get(item)
            kind = Classification(told.pop(0) if told else present)
        turns[item].append(Turn(at, MediaEvent(event), MediaState(after), kind))
    return turns


def _kinds_of(items: Sequence[int], decided: dict[int, int]) -> dict[int, list[str]]:
    """Return what some recordings were found to be each time, from the record."""
    if not items:
        return {}
    told: dict[int, list[str]] = defaultdict(list)
    events = Event.objects.filter(
        subject_kind=MediaItem._meta.label,
        subject_id__in=[str(each) for each in items],
        name__in=[f"media.{each.lower()}" for each in CLASSIFYING],
    )
    for subject, detail in events.order_by("at", "sequence").values_list("subject_id", "detail"):
        told[int(subject)].append(detail["classification"])
    return {item: kinds for item, kinds in told.items() if len(kinds) == decided[item]}


def units_by(area: Area, end: datetime) -> dict[int, str]:
    """Return which unit held each case at a moment, of the cases that moved to another since."""
    kind = Hearing._meta.label
    events = Event.objects.filter(area=area, subject_kind=kind, name=UNIT_MOVED, at__gte=end)
    first: dict[int, int] = {}
    for hearing, detail in events.order_by("-sequence").values_list("subject_id", "detail"):
        first[int(hearing)] = detail["of_unit"]
    if not first:
        return {}
    names = dict(Unit.objects.filter(area=area).values_list("pk", "name"))
    cases = dict(Hearing.objects.filter(pk__in=first).values_list("pk", "case_id"))
    return {cases[hearing]: names[unit] for hearing, unit in first.items() if hearing in cases}


def has_a_past(hearing: Hearing, today: date) -> bool:
    """Say whether a hearing is over, and its case was in the register by the end of its day."""
    on = hearing.on
    return on is not None and on < today and hearing.added_at < clock.end_of(on)


def changed_since(hearings: Sequence[Hearing], today: date) -> list[Hearing]:
    """Return those hearings that are over and of whose case something changed since.

    A case that came into the register after its hearing has no past in it.
    """
    over = [each for each in hearings if has_a_past(each, today)]
    if not over:
        return []
    since = min(clock.end_of(each.on) for each in over if each.on)
    cases = [each.case_id for each in over]
    first, *rest = (
        rows.order_by().values_list(case).annotate(last=Max(what))
        for rows, case, what in (
            (
                Representation.objects.filter(defendant__case__in=cases, recorded_at__gte=since),
                "defendant__case", "recorded_at",
            ),
            (
                Representation.everything.filter(
                    defendant__case__in=cases, mistake_at__gte=since
                ),
                "defendant__case", "mistake_at",
            ),
            (
                StartChange.objects.filter(
                    representation__defendant__case__in=cases, changed_at__gte=since
                ),
                "representation__defendant__case", "changed_at",
            ),
            (MediaItem.objects.filter(case__in=cases, added_at__gte=since), "case", "added_at"),
            (Defendant.objects.filter(case__in=cases, added_at__gte=since), "case", "added_at"),
            (
                MediaStep.objects.filter(item__case__in=cases, at__gte=since, event__in=TELLING),
                "item__case", "at",
            ),
            (
                ShareRecord.objects.filter(item__case__in=cases, revoked_at__gte=since),
                "item__case", "revoked_at",
            ),
            (
                SentFile.objects.filter(item__case__in=cases, kept_at__gte=since),
                "item__case", "kept_at",
            ),
        )
    )  # fmt: skip
    last = ends_told(cases)
    for case, at in first.union(*rest, all=True):
        last[case] = max(at, last.get(case, at))
    return [
        each for each in over if each.on and each.case_id in last
        and last[each.case_id] >= clock.end_of(each.on)
    ]  # fmt: skip
