"""The hearing ladder of the cases in the register, worked out from its tables."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from forthright.accounts.models import Area, User
from forthright.hard_media.models import Hearing, MediaItem, SentFile, ShareRecord
from forthright.hard_media.selectors.defendants import (
    Represented,
    defendants_of,
    firm_key,
    represented_at_hearing,
)
from forthright.hard_media.selectors.gave import parts_of, unused_given, with_what_is_given
from forthright.hard_media.selectors.gone import gone_of
from forthright.hard_media.selectors.history import changed_since, has_a_past, turns_of
from forthright.hard_media.selectors.kept import files_kept
from forthright.hard_media.selectors.ladder_filters import LadderFilters, filtered, first_kept
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.registered import (
    hearings_visible_to,
    representations_by,
)
from forthright.hard_media.selectors.second_copies import second_asked_of
from forthright.hard_media.selectors.secrets import secrets_of
from forthright.hard_media.selectors.to_do import items_to_do
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
from forthright.rules.media_history import (
    NOT_HERE,
    Turn,
    asked_again_at,
    before,
    kind_of,
    state_of,
)
from forthright.rules.media_ladder import CaseLadder, case_ladder, standing_on_its_day, urgency
from forthright.rules.media_parties import COURT_WORDS
from forthright.rules.media_periods import MediaPeriods, expected_hearing
from forthright.rules.media_reach import unviewed_by, viewed_after
from forthright.rules.media_rungs import Standing
from forthright.rules.media_states import MediaState
from forthright.rules.words import day_of
from forthright.web import clock


@dataclass(frozen=True)
class CaseLine:
    """One case of the register with its ladder."""

    hearing: Hearing
    ladder: CaseLadder


def ladders(
    user: User, filters: LadderFilters, today: date, secret: Collection[str] | None = None
) -> list[CaseLine]:
    """Return the cases that this person may see with their ladders, the worst first.

    :param secret: the SHA-256 of all that is of sensitive recordings, where they were read already
    """
    secret = secrets_of(user.area) if secret is None else secret
    rows = filtered(hearings_visible_to(user), filters, today, secret)
    if filters.task:
        rows = rows.filter(case__in=items_to_do(user, filters.task).values("case"))
    return _ladders(user.area, list(rows), filters, today, secret)


def ladders_of(area: Area, filters: LadderFilters, today: date) -> list[CaseLine]:
    """Return every case of an Area with its ladder, the worst first."""
    rows = Hearing.objects.filter(area=area).select_related("case", "unit", "area")
    secret = secrets_of(area)
    return _ladders(area, list(filtered(rows, filters, today, secret)), filters, today, secret)


def ladder_of(hearing: Hearing, today: date) -> CaseLadder:
    """Return the ladder of one case."""
    periods = periods_of(hearing.area)
    facts = facts_of([hearing], periods, today)[hearing.pk]
    return case_ladder(facts, today=today, periods=periods)


def ladder_if(hearing: Hearing, on: date | None, today: date) -> CaseLadder:
    """Return the ladder that a case would have if its hearing were on another day, or on none."""
    periods = periods_of(hearing.area)
    moved = copy(hearing)
    moved.on = on
    facts = facts_of([moved], periods, today)[hearing.pk]
    facts = replace(facts, is_closed=False, then=None)
    return case_ladder(facts, today=today, periods=periods)


def stood_on(hearing: Hearing, day: date) -> Standing | None:
    """Return how a case stood at the end of a day on which its hearing was held.

    None where it came into the register only after that day.
    """
    if hearing.added_at >= clock.end_of(day):
        return None
    return standing_on_its_day(_as_of([hearing], day, periods_of(hearing.area))[hearing.pk])


def facts_of(
    hearings: Sequence[Hearing], periods: MediaPeriods, today: date,
    secret: Collection[str] | None = None,
) -> dict[int, CaseFacts]:  # fmt: skip
    """Return what the ladder of each case is worked out from, in as many queries as for one.

    :param secret: the SHA-256 of all that is of sensitive recordings, where they were read already
    """
    cases = [each.case_id for each in hearings]
    items = defaultdict(list)
    held = MediaItem.objects.filter(case__in=cases).exclude(state=MediaState.WITHDRAWN)
    if not hearings:
        return {}
    gone = gone_of(held, today)
    known_items = list(held.prefetch_related(*around_items(hearings[0].area, secret=secret)))
    # Of most nothing is gone, or no second copy was asked for.
    asked = second_asked_of(
        [each.pk for each in known_items if each.pk in gone and each.second_asked_at], today
    )
    for item in known_items:
        why = gone.get(item.pk, "")
        known = item_facts(item, periods, why, is_second_asked=item.pk in asked)
        items[item.case_id].append(known)
    # Who must have what is relied on is whoever represents a defendant at the hearing.
    firms = represented_at_hearing(hearings, today)
    defendants = defendants_of(cases, firms)
    then = _as_it_was(hearings, items, defendants, periods, today)
    return {
        each.pk: CaseFacts(
            key=str(each.case_id),
            hearing_on=day_to_work_to(each, periods),
            is_estimated=each.on is None,
            is_closed=each.closed_at is not None,
            defendants=tuple(defendants[each.case_id]),
            items=tuple(items[each.case_id]),
            then=then.get(each.pk),
        )
        for each in hearings
    }


def _as_it_was(
    hearings: Sequence[Hearing], items: Mapping[int, Sequence[ItemFacts]],
    defendants: Mapping[int, Sequence[DefendantFacts]], periods: MediaPeriods, today: date,
) -> dict[int, CaseFacts]:  # fmt: skip
    """Return how each case that changed after its hearing was at the end of the day of it.

    What another case made of the same bytes may shut a share as well, and for whom the case ended
    on the day itself is a defendant at the hearing and owed nothing now: so it stands on that day
    already.
    """
    changed = {each.pk: each for each in changed_since(hearings, today)}
    shut = [
        each
        for each in hearings
        if any(share.is_shut for item in items.get(each.case_id, ()) for share in item.shares)
    ]
    ended = [
        each for each in hearings if any(one.ended_on for one in defendants.get(each.case_id, ()))
    ]
    changed |= {each.pk: each for each in (*shut, *ended) if has_a_past(each, today)}
    changed |= {
        each.pk: each
        for each in ended
        if each.on == today and any(one.ended_on == today for one in defendants[each.case_id])
    }
    by_day: dict[date, list[Hearing]] = defaultdict(list)
    for each in changed.values():
        if each.on is not None:
            by_day[each.on].append(each)
    then: dict[int, CaseFacts] = {}
    for on, held in by_day.items():
        then |= _as_of(held, on, periods)
    return then


def _as_of(hearings: list[Hearing], on: date, periods: MediaPeriods) -> dict[int, CaseFacts]:
    """Return what was so of some cases at the end of a day, as it was recorded by then."""
    end, cases = clock.end_of(on), [each.case_id for each in hearings]
    held = MediaItem.objects.filter(case__in=cases, added_at__lt=end)
    rows = list(held.prefetch_related(*around_items(hearings[0].area, end)))
    turns = turns_of([each.pk for each in rows])
    items = defaultdict(list)
    for item in rows:
        known = before(turns[item.pk], end)
        if state_of(known) is not MediaState.WITHDRAWN:
            items[item.case_id].append(_item_as_of(item, known, end, periods))
    by_then = representations_by(hearings, on, end)
    firms = {defendant: Represented(each, each) for defendant, each in by_then.items()}
    defendants = defendants_of(cases, firms, end, at_hearing=on)
    return {
        each.pk: CaseFacts(
            key=str(each.case_id),
            hearing_on=on,
            defendants=tuple(defendants[each.case_id]),
            items=tuple(items[each.case_id]),
        )
        for each in hearings
    }


def _item_as_of(
    item: Any, known: Sequence[Turn], end: datetime, periods: MediaPeriods
) -> ItemFacts:  # fmt: skip
    """Return what was known of one recording before a moment, from the steps made until then."""
    asked = asked_again_at(known)
    return replace(
        item_facts(item, periods),
        classification=kind_of(known),
        is_received=state_of(known) not in NOT_HERE,
        unviewed=unviewed_by(item.kept, end),
        shares=tuple(
            replace(
                _share_facts(each, item.kept, end),
                is_revoked=bool(each.revoked_at and each.revoked_at < end),
            )
            for each in item.shares.all()
            if asked is None or each.recorded_at >= asked
        ),
    )


def around_items(
    area: Area, until: datetime | None = None, *, secret: Collection[str] | None = None
) -> list[Prefetch]:  # type: ignore[type-arg]
    """Return what is read beside recordings to work out how far each has come.

    :param until: a moment of the past, as of which it is read; none: now
    :param secret: the SHA-256 of all that was of sensitive recordings, where they were read already
    """
    secret = secrets_of(area, until) if secret is None else secret
    shares = ShareRecord.objects.select_related("representation").order_by("shared_on", "pk")
    given = with_what_is_given(shares, secret, until).prefetch_related(unused_given())
    return [Prefetch("shares", given), Prefetch("files", files_kept(until), to_attr="kept")]


def day_to_work_to(hearing: Hearing, periods: MediaPeriods) -> date | None:
    """Return the day of the hearing, or the one expected from sending, or nothing."""
    if hearing.on is not None or hearing.sent_on is None:
        return hearing.on
    return expected_hearing(hearing.sent_on, periods)


def item_facts(
    item: Any, periods: MediaPeriods, gone: str = "", *, is_second_asked: bool = False
) -> ItemFacts:
    """Return what a ladder needs to know of one recording.

    :param gone: why nothing of it is here any more; how it stood on a day of the past goes by
        what had come
    :param is_second_asked: whether a second copy of it is asked for still
    """
    was_requested, is_expected = item.requested_at is not None, item.state == MediaState.EXPECTED
    return ItemFacts(
        key=str(item.pk),
        name=str(item),
        classification=Classification(item.classification),
        is_barred=item.is_sensitive,
        is_requested=was_requested and not is_expected,
        is_taken_up=was_requested and is_expected,
        is_received=item.received_at is not None,
        gone=gone,
        is_second_asked=is_second_asked,
        is_readable=item.is_readable,
        is_described=is_described(item.shows, least=periods["least_description"]),
        viewed_on=day_of(item.viewed_at) if item.viewed_at else None,
        unviewed=unviewed_by(item.kept) if item.viewed_at else 0,
        shares=tuple(
            _share_facts(each, item.kept)
            for each in item.shares.all()
            if not each.is_of_an_earlier_copy
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


def _share_facts(share: Any, kept: Sequence[SentFile], end: datetime | None = None) -> ShareFacts:
    return ShareFacts(
        party=party_of(share),
        to=words_of(share),
        shared_on=share.shared_on,
        opened_on=share.opened_on,
        link_expires_on=share.link_expires_on,
        is_revoked=share.revoked_at is not None,
        gives=Gives(share.gives),
        parts=parts_of(share, kept),
        is_shut=share.is_shut,
        is_unsent=share.is_unsent,
        closed_on=day_of(share.closed_at) if share.closed_at else None,
        broken_on=day_of(share.broken_at) if share.broken_at else None,
        viewed_on=viewed_after(kept, share.recorded_at, end),
    )


def _is_kept(line: CaseLine, filters: LadderFilters, today: date) -> bool:
    """Say whether a case is still listed: of those long over, only what waits to be closed."""
    if filters.show in {"past", "closed", "ended"} or filters.task:
        return True
    on = line.hearing.on
    if on is None:
        return not (line.ladder.is_closed or line.ladder.case.has_ended)
    return on >= first_kept(today) or line.ladder.is_to_close


def _ladders(
    area: Area, hearings: list[Hearing], filters: LadderFilters, today: date,
    secret: Collection[str],
) -> list[CaseLine]:  # fmt: skip
    if not hearings:
        return []
    periods = periods_of(area)
    facts = facts_of(hearings, periods, today, secret)
    lines = [
        CaseLine(each, case_ladder(facts[each.pk], today=today, periods=periods))
        for each in hearings
    ]
    shown = [
        each for each in lines if _is_kept(each, filters, today) and _is_shown(each.ladder, filters)
    ]
    return sorted(shown, key=lambda line: (urgency(line.ladder), line.hearing.case.urn))


def standing(lines: Sequence[CaseLine], show: str) -> list[CaseLine]:
    """Return those of some cases that stand in one of the ways of `STANDINGS`."""
    filters = LadderFilters(show=show)
    return [each for each in lines if _is_shown(each.ladder, filters)]


def _is_shown(ladder: CaseLadder, filters: LadderFilters) -> bool:
    """Say whether a case is among those asked for, now that its standing is known."""
    on = ladder.case.hearing_on
    is_far = bool(filters.before and on is not None and on >= filters.before)
    if is_far and not filters.besides:
        return False
    # Of a case that was closed or has ended nothing waits for anybody.
    is_over = ladder.case.is_closed or ladder.case.has_ended
    waiting = () if is_over else ladder.items
    steps = [step for each in waiting if (step := each.next_step)]
    if filters.rung and not any(step.rung == filters.rung for step in steps):
        return False
    nothing = (Standing.NOTHING_REGISTERED, Standing.NOTHING_RELIED_ON)
    return {
        "open": ladder.standing is Standing.NOT_READY and not (ladder.is_missed or is_over),
        "red": ladder.escalate_to == "LEGAL_MANAGER",
        "amber": ladder.escalate_to == "LINE_MANAGER",
        "missed": ladder.is_missed,
        "links": ladder.has_links_ending,
        "guessed": ladder.has_links_guessed,
        "gone": ladder.has_gone,
        "disclose": ladder.has_to_disclose,
        "ready": ladder.standing is Standing.READY,
        "proved": ladder.is_proved,
        "nothing": ladder.standing in nothing,
        "closed": ladder.is_closed,
        "ended": ladder.case.has_ended,
    }.get(filters.show, True)
