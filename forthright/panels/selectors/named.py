"""Whether words that the panel or its note will show name somebody of a case it reads about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, reduce
from types import MappingProxyType

from django.db.models import Q

from forthright.accounts.models import User
from forthright.anonymiser import record
from forthright.anonymiser.gate import NOTHING, left_in
from forthright.anonymiser.known import Known
from forthright.anonymiser.letters import anonymise, read_plainly
from forthright.anonymiser.spans import Kind
from forthright.letters.selectors.sent_words import words_sent
from forthright.panels.models import (
    AnonymisedLetter,
    FindingCorrection,
    Meeting,
    PackLetter,
    PanelFinding,
    Reading,
    Seat,
)
from forthright.panels.selectors.held_back import (
    Part,
    Which,
    held_in,
    instead,
    told_in,
)
from forthright.panels.selectors.hidden import with_hidden
from forthright.panels.selectors.judged import who_decides_instead
from forthright.panels.selectors.known import (
    all_known_ever,
    all_known_now,
    kept_known,
    together,
)
from forthright.panels.selectors.left_out import LeftOut, left_out
from forthright.panels.selectors.letters import RELATED, RELATED_OF_DUTY
from forthright.panels.selectors.meetings import OVER
from forthright.panels.selectors.not_counted import TakenBack, taken_back
from forthright.rules.panel_replies import reply_said
from forthright.rules.words import day_words
from forthright.web import clock

# What the note says itself, and what every letter of the Area says: neither tells of one case.
OF_THE_AREA = {"the Area", "the office's contact"}
# A place where people meet is in a town, has an address and perhaps a page or a number to join.
OF_A_MEETING = {Kind.PLACE, Kind.WEB, Kind.DATE}
# What may tell of somebody whom no record has; days, ages and numbers are of what was found.
NAMES = {Kind.PERSON, Kind.PLACE}
CORRECTED = ("corrections__manager",)
WITHHELD = "Held back: these words may say who a letter is about."
PLACE_WITHHELD = "whoever invited you tells you where"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingShown:
    """A finding as the panel and its note show it, with nothing in it that names somebody."""

    number: int
    said: str
    did: str
    manager: User
    reply_by: date
    first_reply_by: date | None
    given_at: datetime
    replied_at: datetime | None
    # By when it is to be answered, or when it was and how late.
    due_said: str
    is_later: bool
    is_answered_later: bool
    # Whoever keeps the panel gave it to themself.
    is_own: bool
    corrected: tuple[str, ...]
    # Of what a person held back, for who keeps the panel alone: since when, who and why.
    held: tuple[str, ...] = ()
    # Which of its words may be held back still.
    may_hold: tuple[str, ...] = ()
    # Which of its words are held back and may be shown again.
    may_show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemarkShown:
    """What a member wrote of a letter, unless it says whom the letter is about."""

    letter: PackLetter
    seat: Seat
    remark: str
    # What in it looks like a name or a place that no record knows.
    seen: tuple[str, ...]


def known_of_meeting(
    meeting: Meeting, asked: Mapping[int, Known] = MappingProxyType({})
) -> list[Known]:
    """Return what is known this minute of the case of each letter that was drawn.

    What was hidden in a letter is known too, though no record has it. `asked` is what is known of
    letters, by their numbers, of which the caller has asked this minute.
    """
    taken = _taken(meeting)
    related = [f"duty__{each}" for each in RELATED_OF_DUTY]
    lines = meeting.letters.exclude(duty__in=taken).select_related(*related)
    sent = [(each.duty, words_sent(each.duty)) for each in lines]
    found = all_known_now([(duty, version) for duty, version in sent if version is not None])
    ever = all_known_ever([each for each in taken.values() if each.pk not in asked])
    ever |= {each.pk: asked[each.pk] for each in taken.values() if each.pk in asked}
    found += with_hidden(ever, taken.values()).values()
    return [_of_cases(each) for each in found]


def kept_of_meeting(meeting: Meeting) -> list[Known]:
    """Return what was known of each case when its letter was last searched; asks little."""
    taken = _taken(meeting).values()
    kept = with_hidden({each.pk: kept_known(each) for each in taken}, taken)
    return [_of_cases(each) for each in kept.values()]


def named_in(words: str, cases: Iterable[Known]) -> list[str]:
    """Return what in these words says whom a letter is about, as it is written there.

    A name that is a plain word where it stands names nobody: “Will you”, “in March and May”.
    """
    return list(
        dict.fromkeys(
            left.words
            for known in cases
            for left in left_in([("", words)], NOTHING, is_letter=False, beside=known)
            if left.found.kind is not Kind.WEB
        )
    )


def until_day(cases: Iterable[Known], day: date) -> list[Known]:
    """Return what is known of cases without their days after a day."""
    return [replace(e, days=tuple(each for each in e.days if each <= day)) for e in cases]


def seen_in(words: str) -> list[str]:
    """Return what looks like a name or a place in these words, though no record may know it."""
    read = anonymise(words)
    return list(
        dict.fromkeys(
            read.given[each.found.start : each.found.end]
            for each in read.spans
            if each.found.kind in NAMES
        )
    )


def named_in_place(place: str, cases: Iterable[Known]) -> list[str]:
    """Return what in the place of a meeting says whom a letter is about."""
    # Most of what one case knows, as who writes letters, each of the others knows too.
    known = reduce(together, (_besides_places(each) for each in cases), Known())
    return record.words_known_in(read_plainly(place), known)


def place_shown(meeting: Meeting) -> str:
    """Return where members meet, or who tells them where the place names somebody of a case."""
    is_telling = named_in_place(meeting.place, kept_of_meeting(meeting))
    return PLACE_WITHHELD if is_telling else meeting.place


def findings_shown(meeting: Meeting) -> list[FindingShown]:
    """Return what was found and done, as members and readers of the note are shown it."""
    cases, held = kept_of_meeting(meeting), _instead_in(meeting)
    rows = (
        meeting.findings.select_related("manager").prefetch_related(*CORRECTED).order_by("number")
    )
    return [_shown(each, meeting, cases, held) for each in rows]


def findings_kept(meeting: Meeting, user: User) -> list[FindingShown]:
    """Return what was found and done, word for word, as this person who keeps the panel sees it."""
    rows = (
        meeting.findings.select_related("manager").prefetch_related(*CORRECTED).order_by("number")
    )
    held, told = held_in(meeting), told_in(meeting)
    shown = []
    for each in rows:
        may = _may_decide_on(each, user)
        said = tuple(words for which in _parts_of(each) for words in told.get(which, []))
        shown.append(replace(
            _shown(each, meeting, [], {}), corrected=corrections_said(each), held=said,
            may_hold=tuple(which[0] for which in may if which not in held),
            may_show=tuple(which[0] for which in may if which in held),
        ))  # fmt: skip
    return shown


def _may_decide_on(finding: PanelFinding, user: User) -> list[Which]:
    """Return which words of a finding this person may hold back, or show again.

    Who answers for it does neither while somebody else keeps the panel.
    """
    return [] if who_decides_instead(finding, user) else _parts_of(finding)


def _parts_of(finding: PanelFinding) -> list[Which]:
    """Return which words of a finding there are."""
    found = [(Part.FOUND.value, finding.number)]
    return [*found, (Part.DONE.value, finding.number)] if finding.did else found


def _instead_in(meeting: Meeting) -> dict[Which, str]:
    return {which: instead(each) for which, each in held_in(meeting).items()}


def findings_left_open(before: Meeting) -> list[tuple[Meeting, list[FindingShown]]]:
    """Return what meetings before another had found and was not answered when its pack opened.

    Each stands before the members once more until its answer was shown to them.
    """
    meetings = Meeting.objects.filter(
        area=before.area_id, state__in=OVER, starts_at__lt=before.starts_at
    )
    opened = before.opened_at or before.starts_at
    found = []
    for meeting in meetings.order_by("-starts_at"):
        open_then = meeting.findings.filter(Q(replied_at=None) | Q(replied_at__gte=opened))
        if rows := list(
            open_then.select_related("manager").prefetch_related(*CORRECTED).order_by("number")
        ):
            cases, held = kept_of_meeting(meeting), _instead_in(meeting)
            found.append((meeting, [_shown(each, meeting, cases, held) for each in rows]))
    return found


def remarks_shown(meeting: Meeting, readings: Iterable[Reading]) -> list[RemarkShown]:
    """Return what members wrote of letters, as it is read out when they meet."""
    written = [each for each in readings if each.remark]
    cases = kept_of_meeting(meeting) if written else []
    shown = [(each, _held(each.remark, cases)) for each in written]
    return [
        RemarkShown(each.letter, each.seat, words, () if words == WITHHELD else _seen(words))
        for each, words in shown
    ]


@lru_cache(maxsize=1_000)  # each time that the page opens, it reads the same remarks
def _seen(words: str) -> tuple[str, ...]:
    return tuple(seen_in(words))


def left_out_shown(meeting: Meeting) -> list[LeftOut]:
    """Return which letters were left out, by whom and why, as the note says it."""
    cases, held = kept_of_meeting(meeting), _instead_in(meeting)
    return [
        replace(
            each,
            because=held.get((Part.LEFT_OUT, each.position)) or _held(each.because, cases),
            by=_shown_by(each.by, cases),
        )
        for each in left_out(meeting)
    ]


def taken_back_shown(meeting: Meeting) -> list[TakenBack]:
    """Return which letters were withdrawn while members read, as the note says it.

    Why a person did it stays with who keeps the panel: what made a letter unfit to be read may tell
    who it is about, in words that no record knows. The product says why in words of its own.
    """
    cases = kept_of_meeting(meeting)
    return [
        replace(
            each,
            because=each.because if each.is_by_product or each.is_put_aside else "",
            by=_shown_by(each.by, cases),
        )
        for each in taken_back(meeting)
    ]


def _shown_by(person: User | None, cases: Sequence[Known]) -> User | None:
    """Return who did something, unless their name is somebody's of a case."""
    return None if person is None or named_in(str(person), cases) else person


def _shown(
    finding: PanelFinding, meeting: Meeting, cases: list[Known], held: Mapping[Which, str]
) -> FindingShown:
    published, number = meeting.published_at, finding.number
    return FindingShown(
        number=number, said=held.get((Part.FOUND, number)) or _held(finding.said, cases),
        did=held.get((Part.DONE, number)) or _held(finding.did, _when_answered(finding, cases)),
        manager=finding.manager, reply_by=finding.reply_by,
        first_reply_by=finding.first_reply_by, given_at=finding.given_at,
        replied_at=finding.replied_at, due_said=_due_said(finding),
        is_later=published is not None and finding.given_at > published,
        is_answered_later=bool(
            published and finding.replied_at and finding.replied_at > published
        ),
        is_own=finding.given_to_self, corrected=_corrections_told(finding),
    )  # fmt: skip


def corrections_said(finding: PanelFinding) -> tuple[str, ...]:
    """Return of each time that a finding was put right when, why, and what it said before.

    For who keeps the panel and the manager alone: what was put right may be what told of somebody.
    """
    return tuple(
        f"{_put_right(each)} {each.what_was_wrong} Before, it said “{each.said}”, for "
        f"{each.manager} to answer by {day_words(each.reply_by)}."
        for each in finding.corrections.all()
    )


def _corrections_told(finding: PanelFinding) -> tuple[str, ...]:
    """Return of each time that a finding was put right when that was, for everybody else."""
    return tuple(_put_right(each) for each in finding.corrections.all())


def _put_right(correction: FindingCorrection) -> str:
    said = f"Put right on {day_words(clock.day_of(correction.corrected_at))}"
    published = correction.finding.meeting.published_at
    if published is not None and correction.corrected_at > published:
        said += ", after the note was published"
    if correction.corrected_by_id == correction.manager_id:
        said += ", by who was to answer it"
    return f"{said}."


def _due_said(finding: PanelFinding) -> str:
    replied_on = clock.day_of(finding.replied_at) if finding.replied_at else None
    return reply_said(finding.reply_by, replied_on, clock.today())


def _held(words: str, cases: Sequence[Known]) -> str:
    return WITHHELD if words and named_in(words, cases) else words


def _when_answered(finding: PanelFinding, cases: list[Known]) -> list[Known]:
    """Return what is known of cases, but for days to come, of which whoever answered was asked."""
    if finding.replied_at is None:
        return cases
    return until_day(cases, clock.day_of(finding.replied_at))


def _taken(meeting: Meeting) -> dict[int, AnonymisedLetter]:
    """Return by duty the letters of a meeting that were taken, the newest of each."""
    rows = AnonymisedLetter.objects.filter(duty__in=meeting.letters.values("duty"))
    return {each.duty_id: each for each in rows.select_related(*RELATED).order_by("taken_at", "pk")}


def _of_cases(known: Known) -> Known:
    return replace(known, words=tuple(e for e in known.words if e.role not in OF_THE_AREA))


def _besides_places(known: Known) -> Known:
    return replace(
        known, words=tuple(e for e in known.words if e.kind not in OF_A_MEETING), days=()
    )
