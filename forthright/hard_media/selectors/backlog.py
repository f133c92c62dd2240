"""What the weekly report counts of the register, in five queries for every 5,000 recordings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet

from forthright.accounts.models import Area
from forthright.cases.models import Defendant
from forthright.hard_media.models import (
    Carried,
    Carrier,
    Hearing,
    MediaItem,
    MediaStep,
    Representation,
    SentFile,
    ShareContent,
    ShareRecord,
)
from forthright.hard_media.selectors.gave import with_what_is_given
from forthright.hard_media.selectors.ladder import firm_key
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.secrets import secrets_of
from forthright.rules.media_backlog import BacklogFacts, DiscFact, Left, RecordingFact, reached
from forthright.rules.media_facts import COURT, Classification, Gives, ShareFacts
from forthright.rules.media_parties import is_standing, present_on
from forthright.rules.media_states import CarrierState, MediaEvent, MediaState
from forthright.rules.weeks import Week
from forthright.rules.words import day_of
from forthright.web import clock

WAITED_FOR = (Classification.RELIED_ON, Classification.NOT_ASSESSED)
DECIDING = (MediaEvent.CLASSIFY, MediaEvent.CLASSIFY_SENSITIVE, MediaEvent.WITHDRAW)
AT_ONCE = 5_000  # recordings whose surroundings are asked for in one query
# What was shared before a recording was asked for again is of an earlier copy.
OF_THE_LAST_COPY = Q(item__requested_at=None) | Q(recorded_at__gte=F("item__requested_at"))
POLICE_UNIT = slice(0, 4)  # of a URN: the force and the unit


@dataclass(frozen=True, slots=True)
class _Firm:
    """Who represents a defendant between two days, or that nobody does."""

    key: str
    starts_on: date
    ends_on: date | None
    is_alone: bool


@dataclass(frozen=True, slots=True)
class _Around:
    """What is read once for all recordings: of their cases, and of each of them."""

    secret: set[str]
    hearings: dict[int, date | None]
    firms: defaultdict[int, list[list[_Firm]]]
    shares: defaultdict[int, list[ShareFacts]]
    decided: dict[int, date]


def backlog_of(
    area: Area, week: Week, first: Week, *, as_of: date, at_once: int = AT_ONCE
) -> BacklogFacts | None:
    """Return what the register held at the end of a week, or of the day before if that is earlier.

    A recording that left the stock before the first week, and whose hearing was before it, is not
    read: nothing in the report is counted from it. None where there is neither recording nor disc.
    """
    until = min(week.sunday, as_of - timedelta(days=1))
    end = clock.start_of(until + timedelta(days=1))
    begun = MediaItem.objects.filter(area=area, added_at__lt=end).aggregate(at=Min("added_at"))
    discs = _discs(area, until)
    if begun["at"] is None and not discs:
        return None
    periods = periods_of(area)
    # Which recordings count is worked out once; the rest is asked by their numbers.
    secret = secrets_of(area)
    rows = list(_rows(_items(area, first.monday, end, secret)))
    around = _Around(secret, {}, defaultdict(list), defaultdict(list), {})
    for place in range(0, len(rows), at_once):
        part = rows[place : place + at_once]
        _read_around([row[0] for row in part], sorted({row[1] for row in part}), around, until, end)
    return BacklogFacts(
        until=until,
        periods=periods.version,
        early_days=periods["pack_days"],
        begun_on=day_of(begun["at"]) if begun["at"] else None,
        recordings=tuple(_recording(row, around, until) for row in rows),
        discs=discs,
    )


def _items(area: Area, first: date, end: datetime, secret: set[str]) -> "QuerySet[MediaItem]":
    """Return the recordings that may be in stock, or left it or had their hearing since a day."""
    moved = Exists(MediaStep.objects.filter(item=OuterRef("pk"), at__gte=clock.start_of(first)))
    over = Q(case__in=Hearing.objects.filter(area=area, on__lt=first).values("case"))
    unneeded = Q(state=MediaState.WITHDRAWN) | ~Q(classification__in=WAITED_FOR)
    held = MediaItem.objects.filter(area=area, added_at__lt=end)
    return held.exclude(~moved & (unneeded | (over & _are_with_everybody(first, secret))))


def _are_with_everybody(first: date, secret: set[str]) -> Q:
    """Say of which recordings it is sure that everybody has them, and had on a first day.

    Of those shared by a link that can expire, or as a copy, or whose file is sensitive elsewhere,
    it is worked out one by one; so it is where a firm came after that day.
    """
    sure = ShareRecord.objects.filter(OF_THE_LAST_COPY, revoked_at=None).filter(
        Q(link_expires_on=None) | Q(opened_on__isnull=False)
    )
    of_copies = ShareContent.objects.filter(share=OuterRef("pk"), copy__isnull=False)
    sure = sure.exclude(Exists(of_copies)).exclude(item__files__sha256__in=secret)
    nobody = Representation.objects.filter(
        defendant=OuterRef("pk"), ends_on=None, is_unrepresented=True, starts_on__lte=first
    )
    theirs = sure.filter(
        item=OuterRef(OuterRef("pk")),
        representation__defendant=OuterRef("pk"),
        representation__ends_on=None,
        representation__starts_on__lte=first,
    )
    defendants = Defendant.objects.filter(case=OuterRef("case"))
    lacking = defendants.filter(~Exists(nobody), ~Exists(theirs))
    court = sure.filter(item=OuterRef("pk"), party=ShareRecord.Party.COURT)
    return Q(Exists(court)) & Q(Exists(defendants)) & ~Q(Exists(lacking))


def _rows(items: "QuerySet[MediaItem]") -> Iterable[tuple]:  # type: ignore[type-arg]
    kept = SentFile.objects.filter(item=OuterRef("pk"), state=SentFile.State.KEPT)
    carried = Carried.objects.filter(item=OuterRef("pk"))
    rows = items.annotate(is_held=Exists(kept) | Exists(carried)).order_by("pk")
    return rows.values_list(
        "pk", "case_id", "case__urn", "unit__name", "state", "classification", "added_at",
        "received_at", "is_readable", "link_expires_on", "is_held",
    )  # fmt: skip


def _read_around(
    items: Sequence[int], cases: Sequence[int], around: _Around, until: date, end: datetime
) -> None:
    """Read what is known of some recordings and their cases."""
    firms: dict[int, list[_Firm]] = defaultdict(list)
    for pk, defendant, starts, ends, is_alone in Representation.objects.filter(
        defendant__case__in=cases, recorded_at__lt=end
    ).values_list("pk", "defendant_id", "starts_on", "ends_on", "is_unrepresented"):
        firms[defendant].append(_Firm(firm_key(pk), starts, ends, is_alone))
    # A case whose recordings fall into two parts is read twice and must not count twice.
    for case in cases:
        around.firms.pop(case, None)
    for pk, case in Defendant.objects.filter(case__in=cases).values_list("pk", "case_id"):
        around.firms[case].append(firms.get(pk, []))
    around.hearings.update(Hearing.objects.filter(case__in=cases).values_list("case_id", "on"))
    _read_shares(items, around, until, end)
    decided = (
        MediaStep.objects.filter(item__in=items, event__in=DECIDING, at__lt=end)
        .order_by()
        .values_list("item_id")
        .annotate(last=Max("at"))
    )
    around.decided.update((item, day_of(last)) for item, last in decided)


def _read_shares(items: Sequence[int], around: _Around, until: date, end: datetime) -> None:
    """Read the shares of some recordings, as they were known at the end of a day."""
    rows = ShareRecord.objects.filter(
        OF_THE_LAST_COPY | Q(item__requested_at__gte=end), item__in=items, recorded_at__lt=end
    ).order_by()
    for item, party, firm, on, opened, expires, revoked, gives, is_shut in with_what_is_given(
        rows, around.secret
    ).values_list(
        "item_id", "party", "representation_id", "shared_on", "opened_on", "link_expires_on",
        "revoked_at", "gives", "is_shut",
    ):  # fmt: skip
        facts = ShareFacts(
            party=COURT if party == ShareRecord.Party.COURT else firm_key(firm) if firm else party,
            shared_on=on,
            opened_on=opened if opened and opened <= until else None,
            link_expires_on=expires,
            is_revoked=revoked is not None and revoked < end,
            gives=Gives(gives),
            is_shut=is_shut,
        )
        around.shares[item].append(facts)


def _recording(row: tuple, around: _Around, until: date) -> RecordingFact:  # type: ignore[type-arg]
    pk, case, urn, unit, state, kind, added, received, plays, expires, is_held = row
    hearing = around.hearings.get(case)
    held_on = hearing if hearing and hearing <= until else None
    shares = around.shares.get(pk, []) if kind != Classification.SENSITIVE else []
    now = _parties(around.firms.get(case, []), until)
    beside = everybody = reached(shares, now, today=until, hearing_on=hearing)
    how, left_on = _left(state, kind, around.decided.get(pk), everybody.shared_on)
    entered_on = day_of(added)
    then = _parties(around.firms.get(case, []), held_on or until)
    if then != now:
        beside = reached(shares, then, today=until, hearing_on=hearing)
    return RecordingFact(
        id=pk,
        unit=unit,
        police=urn[POLICE_UNIT],
        entered_on=entered_on,
        left_how=how,
        left_on=max(left_on, entered_on) if left_on else None,
        received_on=_day_if(received, until),
        plays=plays,
        is_relied_on=kind == Classification.RELIED_ON and state != MediaState.WITHDRAWN,
        is_unassessed=kind == Classification.NOT_ASSESSED and state != MediaState.WITHDRAWN,
        held_on=held_on,
        shared_on=beside.shared_on,
        opened_on=beside.opened_on,
        is_link_lost=expires is not None and expires < until and not is_held,
        is_unopened=_is_unopened(shares, now, until, hearing),
    )


def _parties(defendants: Sequence[Sequence[_Firm]], day: date) -> list[str]:
    """Return the keys of who must have what is relied on; nobody known is an empty one."""
    if not defendants:
        return [COURT, ""]
    parties = [COURT]
    for firms in defendants:
        present = present_on(firms, day)
        if present is None or not present.is_alone:
            parties.append(present.key if present else "")
    return parties


def _left(
    state: str, kind: str, decided_on: date | None, shared_on: date | None
) -> tuple[Left | None, date | None]:
    """Return how and when a recording left the stock; neither where it has not."""
    if state == MediaState.WITHDRAWN or kind not in WAITED_FOR:
        how = Left.WITHDRAWN if state == MediaState.WITHDRAWN else Left.NOT_NEEDED
        return (how, decided_on) if decided_on else (None, None)
    return (Left.SHARED, shared_on) if shared_on else (None, None)


def _is_unopened(
    shares: Sequence[ShareFacts], parties: Sequence[str], until: date, hearing: date | None
) -> bool:
    """Say whether a party's link expired unopened and nothing else gave it the recording."""
    have = {each.party for each in shares if is_standing(each, until, hearing)}
    return any(
        each.party in parties
        and each.party not in have
        and not each.is_revoked
        and each.link_expires_on is not None
        and each.link_expires_on < until
        for each in shares
    )


def _day_if(moment: datetime | None, until: date) -> date | None:
    day = day_of(moment) if moment else None
    return day if day and day <= until else None


def _discs(area: Area, until: date) -> tuple[DiscFact, ...]:
    """Return the discs and sticks that were neither returned nor destroyed by the end of a day."""
    to_come = Hearing.objects.filter(Q(on=None) | Q(on__gt=until)).values("case")
    waits = Carried.objects.filter(carrier=OuterRef("pk"), item__case__in=to_come)
    discs = (
        Carrier.objects.filter(Q(ended_on=None) | Q(ended_on__gt=until), area=area)
        .filter(received_on__lte=until)
        .annotate(waits=Exists(waits))
        .order_by("pk")
    )
    return tuple(
        DiscFact(id=pk, is_missing=state == CarrierState.MISSING, is_over=not waits)
        for pk, state, waits in discs.values_list("pk", "state", "waits")
    )
