"""The hearing ladder of the cases in the register, worked out from its tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from forthright.accounts.models import Area, User
from forthright.cases.models import Defendant
from forthright.hard_media.models import Hearing, MediaItem, Representation, SentFile, ShareRecord
from forthright.hard_media.selectors.gave import with_what_is_given
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.registered import (
    hearings_visible_to,
    present_representations,
)
from forthright.hard_media.selectors.secrets import secrets_of
from forthright.rules.media_facts import (
    COURT,
    CaseFacts,
    Classification,
    DefendantFacts,
    Gives,
    ItemFacts,
    ShareFacts,
    is_described,
)
from forthright.rules.media_ladder import CaseLadder, case_ladder, urgency
from forthright.rules.media_parties import COURT_WORDS
from forthright.rules.media_periods import MediaPeriods, expected_hearing
from forthright.rules.media_rungs import Standing
from forthright.rules.media_states import MediaState
from forthright.rules.words import day_of

DAYS_KEPT = 28  # so long a hearing that is over stays in the list
STANDINGS = {
    "open": "Not ready, hearing to come",
    "red": "Red",
    "amber": "Amber",
    "missed": "Not ready by the hearing",
    "ready": "Ready, not proved",
    "proved": "Ready and proved",
    "nothing": "Nothing registered or relied on",
    "links": "A link ends before the hearing",
    "past": "Every hearing of the past too",
}


@dataclass(frozen=True)
class CaseLine:
    """One case of the register with its ladder."""

    hearing: Hearing
    ladder: CaseLadder


@dataclass(frozen=True, kw_only=True)
class LadderFilters:
    """What a list is narrowed to; nothing chosen means every hearing to come or just over."""

    words: str = ""
    unit: tuple[int, ...] = ()
    kind: str = ""
    show: str = ""
    # Cases with a recording that waits for this rung.
    rung: str = ""
    before: date | None = None


def ladders(user: User, filters: LadderFilters, today: date) -> list[CaseLine]:
    """Return the cases that this person may see with their ladders, the worst first."""
    return _ladders(user.area, list(_filtered(hearings_visible_to(user), filters, today)),
                    filters, today)  # fmt: skip


def ladders_of(area: Area, filters: LadderFilters, today: date) -> list[CaseLine]:
    """Return every case of an Area with its ladder, the worst first."""
    rows = Hearing.objects.filter(area=area).select_related("case", "unit", "area")
    return _ladders(area, list(_filtered(rows, filters, today)), filters, today)


def ladder_of(hearing: Hearing, today: date) -> CaseLadder:
    """Return the ladder of one case."""
    periods = periods_of(hearing.area)
    facts = facts_of([hearing], periods, today)[hearing.pk]
    return case_ladder(facts, today=today, periods=periods)


def ladder_if(hearing: Hearing, on: date, today: date) -> CaseLadder:
    """Return the ladder that a case would have if its hearing were on another day."""
    periods = periods_of(hearing.area)
    facts = replace(
        facts_of([hearing], periods, today)[hearing.pk], hearing_on=on, is_estimated=False
    )
    return case_ladder(facts, today=today, periods=periods)


def facts_of(
    hearings: Sequence[Hearing], periods: MediaPeriods, today: date
) -> dict[int, CaseFacts]:  # fmt: skip
    """Return what the ladder of each case is worked out from, in as many queries as for one."""
    cases = [each.case_id for each in hearings]
    items = defaultdict(list)
    held = MediaItem.objects.filter(case__in=cases).exclude(state=MediaState.WITHDRAWN)
    if not hearings:
        return {}
    for item in held.prefetch_related(*around_items(hearings[0].area)):
        items[item.case_id].append(item_facts(item, periods))
    firms = present_representations(list(hearings), today)
    defendants = defaultdict(list)
    for each in Defendant.objects.filter(case__in=cases).order_by("pk"):
        defendants[each.case_id].append(_defendant_facts(each, firms.get(each.pk)))
    return {
        each.pk: CaseFacts(
            key=str(each.case_id),
            hearing_on=day_to_work_to(each, periods),
            is_estimated=each.on is None,
            defendants=tuple(defendants[each.case_id]),
            items=tuple(items[each.case_id]),
        )
        for each in hearings
    }


def around_items(area: Area) -> list[Prefetch]:  # type: ignore[type-arg]
    """Return what is read beside recordings to work out how far each has come."""
    shares = ShareRecord.objects.select_related("representation").order_by("shared_on", "pk")
    kept = SentFile.objects.filter(state=SentFile.State.KEPT, superseded_at=None)
    return [
        Prefetch("shares", with_what_is_given(shares, secrets_of(area))),
        Prefetch("files", kept, to_attr="kept"),
    ]


def day_to_work_to(hearing: Hearing, periods: MediaPeriods) -> date | None:
    """Return the day of the hearing, or the one expected from sending, or nothing."""
    if hearing.on is not None or hearing.sent_on is None:
        return hearing.on
    return expected_hearing(hearing.sent_on, periods)


def item_facts(item: Any, periods: MediaPeriods) -> ItemFacts:
    """Return what a ladder needs to know of one recording."""
    return ItemFacts(
        key=str(item.pk),
        name=str(item),
        classification=Classification(item.classification),
        is_requested=item.requested_at is not None,
        is_received=item.received_at is not None,
        is_readable=item.is_readable,
        is_described=is_described(item.shows, least=periods["least_description"]),
        viewed_on=day_of(item.viewed_at) if item.viewed_at else None,
        unviewed=sum(each.viewed_at is None for each in item.kept) if item.viewed_at else 0,
        shares=tuple(
            _share_facts(each) for each in item.shares.all() if not each.is_of_an_earlier_copy
        ),
    )


def party_of(share: ShareRecord) -> str:
    """Return the key of the party that a share went to."""
    if share.party == ShareRecord.Party.COURT:
        return COURT
    return firm_key(share.representation_id) if share.representation_id else share.party


def words_of(share: ShareRecord) -> str:
    """Say whom a share went to, inside a sentence."""
    return {
        ShareRecord.Party.COURT: COURT_WORDS,
        ShareRecord.Party.COUNSEL: "prosecuting counsel",
        ShareRecord.Party.POLICE: "the police",
    }.get(ShareRecord.Party(share.party)) or share.to


def firm_key(representation_id: int) -> str:
    """Return the key of a firm for one defendant."""
    return f"firm {representation_id}"


def _share_facts(share: Any) -> ShareFacts:
    return ShareFacts(
        party=party_of(share),
        to=words_of(share),
        shared_on=share.shared_on,
        opened_on=share.opened_on,
        link_expires_on=share.link_expires_on,
        is_revoked=share.revoked_at is not None,
        gives=Gives(share.gives),
        is_shut=share.is_shut,
    )


def _defendant_facts(defendant: Defendant, firm: Representation | None) -> DefendantFacts:
    if firm is None:
        return DefendantFacts(name=str(defendant))
    return DefendantFacts(
        name=str(defendant),
        party=None if firm.is_unrepresented else firm_key(firm.pk),
        firm=firm.firm,
        is_unrepresented=firm.is_unrepresented,
    )


def _filtered(
    rows: "QuerySet[Hearing]", filters: LadderFilters, today: date
) -> "QuerySet[Hearing]":
    if filters.show != "past":
        rows = rows.filter(Q(on=None) | Q(on__gte=today - timedelta(days=DAYS_KEPT)))
    if filters.show == "links":
        ending = ShareRecord.objects.filter(
            item__case=OuterRef("case"), revoked_at=None, link_expires_on__lte=OuterRef("on")
        )
        rows = rows.filter(Exists(ending), on__gte=today)
    if filters.before:
        rows = rows.filter(Q(on=None) | Q(on__lt=filters.before))
    if filters.unit:
        rows = rows.filter(unit__in=filters.unit)
    if filters.words:
        rows = rows.filter(case__urn__startswith=filters.words.upper().replace(" ", ""))
    if filters.kind:
        rows = rows.filter(case__in=MediaItem.objects.filter(kind=filters.kind).values("case"))
    return rows


def _ladders(
    area: Area, hearings: list[Hearing], filters: LadderFilters, today: date
) -> list[CaseLine]:
    periods = periods_of(area)
    facts = facts_of(hearings, periods, today)
    lines = [
        CaseLine(each, case_ladder(facts[each.pk], today=today, periods=periods))
        for each in hearings
    ]
    shown = [each for each in lines if _is_shown(each.ladder, filters)]
    return sorted(shown, key=lambda line: (urgency(line.ladder), line.hearing.case.urn))


def standing(lines: Sequence[CaseLine], show: str) -> list[CaseLine]:
    """Return those of some cases that stand in one of the ways of `STANDINGS`."""
    filters = LadderFilters(show=show)
    return [each for each in lines if _is_shown(each.ladder, filters)]


def _is_shown(ladder: CaseLadder, filters: LadderFilters) -> bool:
    """Say whether a case is among those asked for, now that its standing is known."""
    on = ladder.case.hearing_on
    if filters.before and on is not None and on >= filters.before:
        return False
    steps = [step for each in ladder.items if (step := each.next_step)]
    if filters.rung and not any(step.rung == filters.rung for step in steps):
        return False
    nothing = (Standing.NOTHING_REGISTERED, Standing.NOTHING_RELIED_ON)
    return {
        "open": ladder.standing is Standing.NOT_READY and not ladder.is_missed,
        "red": ladder.escalate_to == "LEGAL_MANAGER",
        "amber": ladder.escalate_to == "LINE_MANAGER",
        "missed": ladder.is_missed,
        "links": ladder.has_links_ending,
        "ready": ladder.standing is Standing.READY,
        "proved": ladder.is_proved,
        "nothing": ladder.standing in nothing,
    }.get(filters.show, True)
