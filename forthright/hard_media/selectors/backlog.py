"""What the weekly report counts of the register, in a few queries for every 5,000 recordings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from forthright.accounts.models import Area
from forthright.cases.models import Defendant
from forthright.hard_media.models import (
    Hearing,
    MediaItem,
    MediaStep,
    Representation,
    ShareRecord,
)
from forthright.hard_media.selectors.defendants import firm_key
from forthright.hard_media.selectors.discs_held import discs_held
from forthright.hard_media.selectors.discs_then import (
    CopyOnDisc,
    DiscsThen,
    copies_on_discs,
    discs_then,
)
from forthright.hard_media.selectors.gave import (
    files_here,
    sure_to_count,
    with_what_is_given,
)
from forthright.hard_media.selectors.held import Heard, heard_of
from forthright.hard_media.selectors.history import TURNING, turns_of, units_by
from forthright.hard_media.selectors.parties_then import (
    DefendantThen,
    defendants_then,
    parties_then,
)
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.secrets import is_alike, secrets_of
from forthright.hard_media.selectors.then import KnownFile, KnownShare, Then, shares_by
from forthright.rules.media_backlog import BacklogFacts, Beside, Left, RecordingFact
from forthright.rules.media_copies import TRYING, copies_of
from forthright.rules.media_ended import has_ended, is_owed_no_more
from forthright.rules.media_facts import COURT, WAITED_FOR, Classification, Gives, ShareFacts
from forthright.rules.media_history import (
    Turn,
    asked_again_at,
    before,
    kind_of,
    not_needed_since,
    state_of,
)
from forthright.rules.media_parties import is_standing
from forthright.rules.media_reach import reached, unviewed_by
from forthright.rules.media_states import MediaState
from forthright.rules.weeks import Week
from forthright.rules.words import day_of
from forthright.web import clock

AT_ONCE = 5_000  # recordings whose surroundings are asked for in one query
POLICE_UNIT = slice(0, 4)  # of a URN: the force and the unit


@dataclass(frozen=True, slots=True)
class _One:
    """One recording: its case, when it was added, its steps, its shares and its files."""

    pk: int
    case: int
    added: datetime
    turns: list[Turn]
    kept: Sequence[KnownShare]
    files: Sequence[KnownFile]


@dataclass(frozen=True, slots=True)
class _Around:
    """What is read once for all recordings: of their cases, and of each of them."""

    secret: set[str]
    then: Then
    discs_then: DiscsThen
    # Which unit held a case at the end, where it moved to another since.
    units: dict[int, str]
    hearings: dict[int, Heard] = field(default_factory=dict)
    defendants: dict[int, list[DefendantThen]] = field(default_factory=dict)
    shares: defaultdict[int, list[KnownShare]] = field(default_factory=lambda: defaultdict(list))
    turns: defaultdict[int, list[Turn]] = field(default_factory=lambda: defaultdict(list))
    # When each copy came, and whether it plays.
    tries: defaultdict[int, list[Turn]] = field(default_factory=lambda: defaultdict(list))
    parties: dict[tuple[int, date, datetime, bool], list[str]] = field(default_factory=dict)
    # Of what came by a link that has ended: the discs that it was on.
    discs: dict[int, list[CopyOnDisc]] = field(default_factory=dict)


def backlog_of(
    area: Area, week: Week, first: Week, *, as_of: date, at_once: int = AT_ONCE
) -> BacklogFacts | None:
    """Return what the register held at the end of a week, or of the day before if that is earlier.

    A recording that left the stock before the first week, and whose hearing was before it, is not
    read: nothing in the report is counted from it. None where there is neither recording nor disc.
    """
    until = min(week.sunday, as_of - timedelta(days=1))
    end = clock.end_of(until)
    begun = MediaItem.objects.filter(area=area, added_at__lt=end).aggregate(at=Min("added_at"))
    stood = discs_then(area, end)
    discs = discs_held(area, until, stood)
    if begun["at"] is None and not discs:
        return None
    periods = periods_of(area)
    # Which recordings count is worked out once; the rest is asked by their numbers.
    secret = secrets_of(area, end)
    rows = list(_rows(_items(area, first.monday, end, secret), end))
    around = _Around(secret, Then(area), stood, units_by(area, end))
    for place in range(0, len(rows), at_once):
        part = rows[place : place + at_once]
        _read_around({row[0]: row[1] for row in part}, around, until, end)
        ended = [pk for pk, *_, expires, _ in part if expires and expires < until]
        around.discs.update(copies_on_discs(ended, stood, end))
    return BacklogFacts(
        until=until,
        periods=periods.version,
        early_days=periods["pack_days"],
        begun_on=day_of(begun["at"]) if begun["at"] else None,
        recordings=tuple(_recording(row, around, until, end) for row in rows),
        discs=discs,
    )


def _items(area: Area, first: date, end: datetime, secret: set[str]) -> "QuerySet[MediaItem]":
    """Return the recordings that may be in stock, or left it or had their hearing since a day."""
    moved = Exists(MediaStep.objects.filter(item=OuterRef("pk"), at__gte=clock.start_of(first)))
    before = Hearing.objects.filter(area=area, on__lt=first).exclude(moves__old_on__gte=first)
    over = Q(case__in=before.values("case"))
    unneeded = Q(state=MediaState.WITHDRAWN) | ~Q(classification__in=WAITED_FOR)
    held = MediaItem.objects.filter(area=area, added_at__lt=end)
    return held.exclude(~moved & (unneeded | (over & _are_with_everybody(first, secret))))


def _are_with_everybody(first: date, secret: set[str]) -> Q:
    """Say of which recordings it is sure that everybody has them, and had on a first day.

    Of those whose file is sensitive elsewhere it is worked out one by one; so it is where a firm
    came after that day, or was recorded by mistake.
    """
    sure = sure_to_count().exclude(is_alike(secret, "item__files__"))
    nobody = Representation.objects.filter(
        defendant=OuterRef("pk"),
        ends_on=None,
        is_unrepresented=True,
        starts_on__lte=first,
        start_changes=None,
    )
    theirs = sure.filter(
        item=OuterRef(OuterRef("pk")),
        representation__start_changes=None,
        representation__defendant=OuterRef("pk"),
        representation__ends_on=None,
        representation__starts_on__lte=first,
    )
    defendants = Defendant.objects.filter(case=OuterRef("case"))
    mistaken = Representation.everything.filter(defendant=OuterRef("pk"), mistake_at__isnull=False)
    lacking = defendants.filter(Q(Exists(mistaken)) | (~Exists(nobody) & ~Exists(theirs)))
    court = sure.filter(item=OuterRef("pk"), party=ShareRecord.Party.COURT)
    return Q(Exists(court)) & Q(Exists(defendants)) & ~Q(Exists(lacking))


def _rows(items: "QuerySet[MediaItem]", end: datetime) -> Iterable[tuple]:  # type: ignore[type-arg]
    """Return the rows of some recordings; one is on file where what was last asked for is kept.

    A file from before it was asked for again is not it, nor is one that was found damaged.
    """
    kept = files_here(end).filter(item=OuterRef("pk"))
    rows = items.annotate(is_on_file=Exists(kept)).order_by("pk")
    return rows.values_list(
        "pk", "case_id", "case__urn", "unit__name", "added_at", "received_at",
        "link_expires_on", "is_on_file",
    )  # fmt: skip


def _read_around(case_of: dict[int, int], around: _Around, until: date, end: datetime) -> None:
    """Read what is known of some recordings and their cases."""
    items, cases = list(case_of), sorted(set(case_of.values()))
    # A case whose recordings fall into two parts is read twice and must not count twice.
    around.defendants.update(defendants_then(cases, end))
    around.hearings.update(heard_of(cases, until, around.defendants))
    _read_shares(items, around, until, end)
    held = {case: around.hearings[case].held for case in cases}
    shared = {pk: case for pk, case in case_of.items() if pk in around.shares}
    around.then.read(shared, held, around.secret)
    for pk, turns in turns_of(items, events={*TURNING, *TRYING}).items():
        around.turns[pk] = [each for each in turns if each.event in TURNING]
        around.tries[pk] = [each for each in turns if each.event in TRYING]


def _read_shares(items: Sequence[int], around: _Around, until: date, end: datetime) -> None:
    """Read the shares of some recordings, as they were known at the end of a day."""
    rows = ShareRecord.objects.filter(item__in=items, recorded_at__lt=end).order_by()
    for pk, item, party, firm, on, opened, expires, recorded, revoked, gives, *more in (
        with_what_is_given(rows, around.secret, end).values_list(
            "pk", "item_id", "party", "representation_id", "shared_on", "opened_on",
            "link_expires_on", "recorded_at", "revoked_at", "gives", "is_shut",
            "is_unsent", "closed_at", "broken_at",
        )
    ):  # fmt: skip
        shut, unsent, closed, broken = more
        facts = ShareFacts(
            party=COURT if party == ShareRecord.Party.COURT else firm_key(firm) if firm else party,
            shared_on=on,
            opened_on=opened if opened and opened <= until else None,
            link_expires_on=expires,
            gives=Gives(gives),
            is_shut=shut,
            is_unsent=unsent,
            closed_on=day_of(closed) if closed else None,
            broken_on=day_of(broken) if broken else None,
        )
        around.shares[item].append(KnownShare(pk, facts, recorded, revoked))


def _recording(
    row: tuple,  # type: ignore[type-arg]
    around: _Around, until: date, end: datetime,
) -> RecordingFact:  # fmt: skip
    pk, case, urn, unit, added, received, expires, is_on_file = row
    heard = around.hearings.get(case, Heard(None, end, ()))
    hearing = heard.on
    known, kept = before(around.turns[pk], end), around.shares.get(pk, [])
    files = around.then.files.get(pk, [])
    # Before a hearing it is owed to whoever is to represent a defendant at it, as on the ladder.
    parties = _parties(around, case, max(until, hearing or until), end, end)
    shares = shares_by(kept, files, known, end)
    everybody = reached(
        shares, parties, unviewed=unviewed_by(files, end), today=until, hearing_on=hearing
    )
    how, left_on = Left.SHARED if everybody.shared_on else None, everybody.shared_on
    if since := not_needed_since(known):
        how, left_on = _left(since, known, (kept, files), hearing, around, case)
    ends = [
        each.ended_on if is_owed_no_more(each.ended_on, until) else None
        for each in around.defendants.get(case, ())
    ]
    is_over = has_ended(ends)
    if over := max(filter(None, ends), default=None):
        there = _parties(around, case, over, end, end, at_hearing=True)
        had = reached(
            shares, there, unviewed=unviewed_by(files, end), today=over, hearing_on=hearing
        )
        how, left_on = _left_by_end((how, left_on), over, had.shared_on, is_over=is_over)
    entered_on = day_of(added)
    kind, is_asked = kind_of(known), state_of(known) is not MediaState.WITHDRAWN
    one = _One(pk, case, added, around.turns[pk], kept, files)
    days = [_beside(day, one, around, until, end) for day in heard.held]
    stands = days[-1] if days else None
    return RecordingFact(
        id=pk,
        case=case,
        unit=around.units.get(case, unit),
        police=urn[POLICE_UNIT],
        entered_on=entered_on,
        left_how=how,
        left_on=max(left_on, entered_on) if left_on else None,
        received_on=_day_if(received, until),
        copies=copies_of(around.tries[pk], end, day_of(received) if received else None),
        is_relied_on=stands.is_relied_on
        if stands
        else is_asked and kind is Classification.RELIED_ON,
        is_unassessed=stands.is_unassessed
        if stands
        else is_asked and kind is Classification.NOT_ASSESSED,
        held_on=stands.held_on if stands else None,
        shared_on=stands.shared_on if stands else everybody.shared_on,
        opened_on=stands.opened_on if stands else everybody.opened_on,
        earlier=tuple(days[:-1]),
        # Where it was asked for again and nothing came yet, the link is that of the copy before.
        is_link_lost=bool(received and expires and expires < until)
        and not (is_on_file or _is_on_disc(around.discs.get(pk, ()), known)),
        is_unopened=not is_over and _is_unopened(shares, parties, until, hearing),
    )


def _beside(day: date, one: _One, around: _Around, until: date, end: datetime) -> Beside:
    """Return how a recording stood beside a day on which the hearing of its case was held."""
    # A case that came into the register after its hearing has no past in it.
    day_end = clock.end_of(day)
    registered = around.hearings[one.case].registered_at
    over = day_end if registered < day_end else end
    by_then = before(one.turns, over)
    kept = one.kept if over == end else around.then.as_of(one.pk, day, one.kept)
    then = _parties(around, one.case, day, over, end, at_hearing=True)
    beside = reached(
        shares_by(kept, one.files, by_then, over), then,
        unviewed=unviewed_by(one.files, over), today=day, hearing_on=day,
    )  # fmt: skip
    if beside.shared_on is None:
        # Whether it came too late, or not yet, is what is so now.
        now = shares_by(one.kept, one.files, before(one.turns, end), end, beside=over)
        beside = reached(
            now, then, unviewed=unviewed_by(one.files, end), today=until, hearing_on=day
        )
    is_asked = one.added < over and state_of(by_then) is not MediaState.WITHDRAWN
    kind = kind_of(by_then)
    return Beside(
        held_on=day,
        is_relied_on=is_asked and kind is Classification.RELIED_ON,
        is_unassessed=is_asked and kind is Classification.NOT_ASSESSED,
        shared_on=beside.shared_on,
        opened_on=beside.opened_on,
    )


def _parties(
    around: _Around, case: int, day: date, moment: datetime, end: datetime,
    *, at_hearing: bool = False,
) -> list[str]:  # fmt: skip
    """Return the keys of who must have what is relied on, see `parties_then`."""
    asked = (case, day, moment, at_hearing)
    if asked not in around.parties:
        around.parties[asked] = parties_then(
            around.defendants.get(case, ()), day, moment, end, at_hearing=at_hearing
        )
    return around.parties[asked]


def _left(
    since: Turn, known: Sequence[Turn],
    given: tuple[Sequence[KnownShare], Sequence[KnownFile]], hearing: date | None,
    around: _Around, case: int,
) -> tuple[Left, date]:  # fmt: skip
    """Return how and when a recording left the stock of which nobody waits for any more.

    One that everybody had when it was found not to be needed had left it before.
    """
    day = day_of(since.at)
    kept, files = given
    had = [each for each in kept if each.recorded_at < since.at]
    shares = shares_by(had, files, before(known, since.at), since.at)
    parties = _parties(around, case, max(day, hearing or day), since.at, since.at)
    everybody = reached(
        shares, parties, unviewed=unviewed_by(files, since.at), today=day, hearing_on=hearing
    )
    if everybody.shared_on is not None:
        return Left.SHARED, everybody.shared_on
    is_withdrawn = since.after is MediaState.WITHDRAWN
    return Left.WITHDRAWN if is_withdrawn else Left.NOT_NEEDED, day


def _left_by_end(
    left: tuple[Left | None, date | None], over: date, had_on: date | None, *, is_over: bool
) -> tuple[Left | None, date | None]:
    """Return how and when a recording left the stock, now that the case ended for a defendant.

    One that is owed to those for whom the case goes on, as to a new solicitor, is in it, whoever
    had it when the case ended for another.

    :param left: how and when it had, reckoned without them
    :param over: the last day on which the case ended for one
    :param had_on: since when everybody had it who had to on that day
    """
    how, left_on = left
    if how not in (None, Left.SHARED) and left_on and left_on <= over:
        return left
    if had_on is not None and had_on <= over and (is_over or how is not None):
        return Left.SHARED, had_on
    if is_over:
        return Left.NOT_NEEDED, over
    return how, max(left_on, over) if left_on and how is Left.SHARED else left_on


def _is_unopened(
    shares: Sequence[ShareFacts], parties: Sequence[str], until: date, hearing: date | None
) -> bool:
    """Say whether a party's link ended unopened and nothing else gave it the recording."""
    have = {each.party for each in shares if is_standing(each, until, hearing)}
    return any(
        each.party in parties
        and each.party not in have
        and not each.is_revoked
        and each.opened_on is None
        and (
            (each.link_expires_on is not None and each.link_expires_on < until)
            or (each.closed_on is not None and each.closed_on <= until)
        )
        for each in shares
    )


def _is_on_disc(discs: Sequence[CopyOnDisc], known: Sequence[Turn]) -> bool:
    """Say whether a disc held what was last asked for: one that has gone, or of before, did not."""
    again = asked_again_at(known)
    return any(each.holds_since(again) for each in discs)


def _day_if(moment: datetime | None, until: date) -> date | None:
    day = day_of(moment) if moment else None
    return day if day and day <= until else None
