"""What the page of a case and of a recording show, ready to be drawn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.cases.models import Defendant
from forthright.hard_media.models import (
    Carried,
    Carrier,
    CutCopy,
    Hearing,
    HearingMove,
    MediaItem,
    Representation,
    ShareRecord,
)
from forthright.hard_media.selectors.defendants import DefendantLine, defendant_lines, firm_key
from forthright.hard_media.selectors.ended import ends_by, with_end
from forthright.hard_media.selectors.files import has_unviewed
from forthright.hard_media.selectors.firm_mistakes import Astray, Mistaken, astray_of, mistaken_of
from forthright.hard_media.selectors.gave import holding_more
from forthright.hard_media.selectors.held_back import Unsent, unsent_of
from forthright.hard_media.selectors.kept import cut_off_of
from forthright.hard_media.selectors.ladder import (
    around_items,
    day_to_work_to,
    facts_of,
    party_of,
    stood_on,
)
from forthright.hard_media.selectors.out_of_place import out_of_place
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.registered import items_of, present_representations, reached
from forthright.rules.media_facts import COURT, Classification
from forthright.rules.media_ladder import CaseLadder, ItemLadder, case_ladder
from forthright.rules.media_periods import DatedStep, dates_before, latest_hearing, link_ends
from forthright.rules.media_states import DECIDED, MediaEvent, MediaState, can_happen
from forthright.rules.words import date_words, day_of, day_words, uncapitalised


@dataclass(frozen=True)
class Told:
    """What one party has of one recording, in words, with the share behind it."""

    words: str
    detail: str = ""
    share: ShareRecord | None = None
    # A link that nobody opened while it opened something gave nothing that can be taken back.
    is_over: bool = False


@dataclass(frozen=True)
class ItemLine:
    """One recording of a case: how far it came, and what each party has."""

    item: MediaItem
    ladder: ItemLadder
    told: list[tuple[str, Told]]
    # What is kept of it is known to lack its end.
    is_cut_off: bool


@dataclass(frozen=True)
class Moved:
    """A move of the hearing, and in words what the day that it left counts as."""

    move: HearingMove
    words: str


@dataclass(frozen=True)
class CasePage:
    """All that the page of a case shows."""

    ladder: CaseLadder
    parties: list[str]
    lines: list[ItemLine]
    withdrawn: list[MediaItem]
    defendants: list[DefendantLine]
    days: tuple[DatedStep, ...]
    latest: date | None
    moves: list[Moved]
    misplaced: list[Carrier]
    # The links whose e-mail has not gone, the first made first.
    unsent: list[Unsent]
    # The firms that were recorded by mistake, the addresses that were never theirs, and what went.
    mistaken: list[Mistaken]
    astray: list[Astray]
    may_share: bool


@dataclass(frozen=True)
class Act:
    """Something that may be done to a recording now: its name in the address, and words."""

    step: str
    words: str
    is_forward: bool


STEPS: tuple[tuple[str, MediaEvent, str], ...] = (
    ("requested", MediaEvent.REQUEST, "Record that the police were asked"),
    ("second", MediaEvent.SECOND_COPY, "Ask the police for a second copy"),
    ("received", MediaEvent.RECEIVE_LINK, "Record that it came"),
    ("readable", MediaEvent.FAIL_TO_PLAY, "Record whether it plays"),
    ("viewed", MediaEvent.VIEW, "Record that you viewed it"),
    ("classified", MediaEvent.CLASSIFY, "Classify it"),
    ("withdrawn", MediaEvent.WITHDRAW, "Withdraw it"),
    ("reinstated", MediaEvent.REINSTATE, "Take it up again"),
)
GIVES = {"WHOLE": "", "IN_PLACE": "A copy in its place", "CLIP": "Only a clip of it",
         "PART": "Not all its files", "SOME_COPIES": "Copies of some of its files"}  # fmt: skip
DECIDING = ("viewed", "classified")


def case_page(hearing: Hearing, today: date) -> CasePage:
    """Return what the page of a case shows."""
    periods = periods_of(hearing.area)
    facts = facts_of([hearing], periods, today)[hearing.pk]
    ladder = case_ladder(facts, today=today, periods=periods)
    rows = items_of(hearing).prefetch_related(*around_items(hearing.area))
    items = {str(each.pk): each for each in rows}
    lines = defendant_lines(hearing, today)
    parties = _parties(lines)
    cut_off = cut_off_of(hearing)
    on = facts.hearing_on
    is_expected = hearing.on is None and hearing.sent_on is not None
    return CasePage(
        ladder=ladder,
        parties=[words for _, words in parties],
        lines=[
            ItemLine(
                item := items[each.item.key],
                each,
                _told(item, each, parties, today),
                item.pk in cut_off,
            )
            for each in ladder.items
        ],
        withdrawn=[each for each in items.values() if each.state == MediaState.WITHDRAWN],
        defendants=lines,
        days=dates_before(on, periods) if on else (),
        latest=latest_hearing(hearing.sent_on, periods)
        if is_expected and hearing.sent_on
        else None,
        moves=[
            Moved(each, _left_words(hearing, each))
            for each in hearing.moves.select_related("moved_by")
        ],
        misplaced=_misplaced(hearing, today),
        unsent=unsent_of(hearing, today),
        mistaken=mistaken_of(hearing),
        astray=astray_of(hearing),
        may_share=bool(shareable_of(hearing)),
    )


def _left_words(hearing: Hearing, move: HearingMove) -> str:
    """Say what the day that a hearing left counts as, where it had come."""
    if move.old_on is None or not move.had_come:
        return ""
    day = date_words(move.old_on)
    if not move.is_held:
        return f"It did not take place on {day}, so that day counts as no hearing."
    stood = stood_on(hearing, move.old_on)
    how = f": {uncapitalised(stood.words)} by it" if stood else ""
    if move.was_held:
        return f"It took place on {day}{move.done_words}{how}. That stays in every figure."
    return (
        f"{day} had come when this was recorded, and nobody was asked whether it took place, so it "
        f"counts as held{how}."
    )


def _misplaced(hearing: Hearing, today: date) -> list[Carrier]:
    """Return the discs with a recording of a case that must not be where they are."""
    of_case = Carried.objects.filter(item__case=hearing.case_id)
    rows = Carrier.objects.filter(pk__in=of_case.values("carrier"))
    return list(out_of_place(rows, hearing.area, today))


def shareable_of(hearing: Hearing) -> list[MediaItem]:
    """Return the recordings of a case that may be shared; none of them is sensitive."""
    kinds = (Classification.RELIED_ON, Classification.UNUSED)
    rows = items_of(hearing).filter(classification__in=kinds, is_sensitive=False)
    return [each for each in rows if can_happen(MediaState(each.state), MediaEvent.SHARE)]


def copies_to_share(found: Sequence[MediaItem]) -> list[CutCopy]:
    """Return the copies of some recordings that were found right, and hold nothing besides."""
    rows = CutCopy.objects.filter(
        file__item__in=found, file__superseded_at__isnull=True, passed_at__isnull=False
    )
    rows = rows.select_related("file__item", "of__file").order_by("file__item__exhibit", "pk")
    return [each for each in rows if not each.why_kept_here]


def likely_of(found: Sequence[MediaItem], kept_back: Collection[int]) -> list[MediaItem]:
    """Return what is relied on, but what goes to nobody, or to nobody before it is decided."""
    relied_on = [each for each in found if each.classification == Classification.RELIED_ON]
    return [each for each in relied_on if each.pk not in kept_back]


def firms_of(hearing: Hearing, today: date) -> list[Representation]:
    """Return the firms that represent the defendants of a case now, or are to."""
    rows = Representation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today),
        ~Exists(ends_by().filter(defendant=OuterRef("defendant"))),
        defendant__case=hearing.case_id, is_unrepresented=False,
    )  # fmt: skip
    return list(rows.select_related("defendant").order_by("defendant", "starts_on"))


def standing_shares(item: MediaItem) -> list[ShareRecord]:
    """Return what was shared of a recording and not taken back, the earliest first."""
    rows = item.shares.filter(revoked_at__isnull=True).select_related("representation")
    return list(rows.order_by("shared_on", "pk"))


def link_ends_of(hearing: Hearing, today: date) -> date | None:
    """Return until when a link of a case opens unless another day is chosen."""
    periods = periods_of(hearing.area)
    return link_ends(day_to_work_to(hearing, periods), today, periods)


def without_firm(hearing: Hearing, today: date) -> list[Defendant]:
    """Return the defendants of whom nobody knows who represents them."""
    known = present_representations([hearing], today)
    rows = with_end(Defendant.objects.filter(case=hearing.case_id)).filter(ended_on=None)
    return [each for each in rows.order_by("pk") if each.pk not in known]


def acts_for(user: User, item: MediaItem, *, is_gone: bool = False) -> list[Act]:
    """Return what this person may do to a recording now: what takes it on, then what does not.

    :param is_gone: nothing of it is here any more, so that to ask for it again takes it on, or for
        a second copy where it was decided
    """
    state = MediaState(item.state)
    this = MediaItem.objects.filter(pk=item.pk)
    may_record = reached(user, Permission.MEDIA_RECORD, this).exists()
    may_decide = reached(user, Permission.MEDIA_CLASSIFY, this).exists()
    plays = can_happen(state, MediaEvent.PLAY)
    acts = []
    for step, event, words in STEPS:
        may = may_decide if step in DECIDING else may_record
        now = can_happen(state, event) or (plays and step in ("readable", "viewed"))
        # What was decided is viewed again only where a file came since.
        is_again = step == "viewed" and state in DECIDED
        is_needed = item.classification != Classification.NOT_RELEVANT
        if step == "second" and not (is_gone and is_needed):
            continue
        if may and now and not (is_again and not has_unviewed(item)):
            is_back = step == "requested" and state is not MediaState.EXPECTED
            again = "Ask the police for it again" if is_back else words
            is_second = step == "classified" and state in DECIDED
            # Once it is known whether it plays, to say so again is not the next thing to do.
            is_known = step == "readable" and item.is_readable is not None
            is_to_ask = not is_back or (is_gone and state not in DECIDED)
            is_forward = is_to_ask and not is_second and not is_known and step != "withdrawn"
            acts.append(Act(step, again, is_forward))
    return sorted(acts, key=lambda act: not act.is_forward)


def _parties(lines: Sequence[DefendantLine]) -> list[tuple[str, str]]:
    """Return the parties of a case by their keys; nothing reaches one that nobody knows."""
    found = [(COURT, "The court")]
    for line in lines:
        name = str(line.defendant)
        if line.ended is not None:
            key = firm_key(line.firm.pk) if line.firm and line.firm.firm else ""
            found.append((key, f"{name}: the case has ended"))
            continue
        if line.firm is None:
            found.append(("", f"{name}: nobody knows who represents them"))
        elif line.firm.is_unrepresented:
            found.append(("", f"{name}: nobody represents them"))
        else:
            found.append((firm_key(line.firm.pk), f"{line.firm.firm} for {name}"))
        if line.coming is not None and not line.coming.is_unrepresented:
            since = date_words(line.coming.starts_on)
            words = f"{line.coming.firm} for {name}, from {since}"
            found.append((firm_key(line.coming.pk), words))
    return found


def _told(
    item: MediaItem, ladder: ItemLadder, parties: Sequence[tuple[str, str]], today: date
) -> list[tuple[str, Told]]:
    """Return what each party has of a recording."""
    last: dict[str, Any] = {}
    shares: list[Any] = list(item.shares.all())
    for share in shares:
        # What is sensitive was taken back from everybody; who had it is told all the same.
        if _gave_nothing(share) and party_of(share) in last:
            continue
        if item.is_sensitive or share.revoked_at is None or share.is_of_an_earlier_copy:
            last[party_of(share)] = share
    told = {key: _told_one(item, last.get(key), today) for key, _ in parties}
    for each in ladder.to_disclose:
        has = told.get(each.party) if each.has_some else None
        told[each.party] = replace(has or Told("Not shared"), detail=each.words)
    return [(who, told[key]) for key, who in parties]


def _gave_nothing(share: Any) -> bool:
    """Say whether a link never gave anything: not gone, closed, or of what is damaged."""
    is_over = share.closed_at or share.broken_at
    return bool(share.is_unsent or (is_over and not share.opened_on))


def _told_one(item: MediaItem, share: Any, today: date) -> Told:
    if item.is_sensitive:
        return _told_sensitive(share)
    if share is None or share.is_of_an_earlier_copy:
        return _told_nothing(item, share)
    if share.is_shut or share.opened_on:
        return _told_shut_or_opened(share)
    expires = share.link_expires_on
    if _gave_nothing(share) or (expires and expires < today):
        return replace(_told_not_had(share), is_over=True)
    until = f"Link until {day_words(expires)}" if expires else ""
    detail = ". ".join(each for each in (until, GIVES[share.gives], _late(share)) if each)
    return Told(f"Shared {date_words(share.shared_on)}", detail, share)


def _told_sensitive(share: ShareRecord | None) -> Told:
    """Say whether a party had a recording before it was found sensitive."""
    if share is None:
        return Told("Never shared: sensitive")
    went = f"Shared {date_words(share.shared_on)}"
    if share.opened_on:
        went = f"Opened {date_words(share.opened_on)}"
    # What was taken out of a link that is not known to be opened is asked for above.
    ask = "" if share.way == "LINK" and not share.opened_on else ". Ask them for what they have"
    # Only words: nothing more is recorded of a share that was taken back.
    return Told(f"{went}, and found sensitive since", f"Taken back here{ask}")


def _told_shut_or_opened(share: Any) -> Told:
    if share.is_shut:
        why = "A file of it is that of a sensitive recording, and shut"
        if holding_more(share.contents.all()).exists():
            why = "A copy of it holds more than it may, and is shut"
        return Told("Counts no more", why, share)
    if share.is_opened_late:
        return _told_opened_late(share)
    detail = ". ".join(each for each in (GIVES[share.gives], _late(share)) if each)
    return Told(f"Opened {date_words(share.opened_on)}", detail, share)


def _told_not_had(share: Any) -> Told:
    """Say of a link that it gave nothing: not gone, closed by wrong codes, or never opened."""
    if share.broken_at:
        return Told("Opens nothing", f"Damaged, found {date_words(day_of(share.broken_at))}", share)
    if share.is_unsent:
        return Told("Not shared yet", "The e-mail with its link has not gone")
    if share.closed_at:
        on = date_words(day_of(share.closed_at))
        why = "Too many wrong codes were entered"
        if party_of(share) != COURT or share.item.classification != Classification.UNUSED:
            why += ". Share it anew"
        return Told(f"Link closed {on}, never opened", why, share)
    return Told(f"Link expired {date_words(share.link_expires_on)}, never opened", share=share)


def _told_opened_late(share: Any) -> Told:
    """Say of a share of before that it is recorded as opened by a link that had ended."""
    ended, opened = date_words(share.link_expires_on), date_words(share.opened_on)
    return Told(
        f"Link expired {ended}, and counts no more",
        f"Recorded as opened {opened}, when it opened nothing. Take it back and share it anew",
        share,
    )


def _late(share: ShareRecord) -> str:
    """Say that somebody recorded a share on a later day than that on which it went out."""
    if not share.is_recorded_late:
        return ""
    on = date_words(day_of(share.recorded_at))
    return f"Went out {date_words(share.shared_on)}, recorded on {on}"


def _told_nothing(item: MediaItem, earlier: ShareRecord | None) -> Told:
    """Say that a party has nothing that counts of a recording, and what it had before."""
    waits = item.classification in (Classification.RELIED_ON, Classification.NOT_ASSESSED)
    words = "Not shared" if waits else "Not needed"
    if earlier is None:
        return Told(words)
    was = f"Shared {date_words(earlier.shared_on)}, before the recording was asked for again."
    if earlier.revoked_at:
        return Told(words, f"{was} It was taken back then, and counts no longer")
    return Told(words, f"{was} That copy no longer counts", earlier)
