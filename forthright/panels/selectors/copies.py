"""Who may hold a copy of a letter that was withdrawn: downloaded by them, or printed for them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from forthright.audit.models import Event
from forthright.panels.models import (
    BookletSaid,
    CopyBack,
    Meeting,
    NotGiven,
    PackLetter,
    Recognition,
    Release,
    Seat,
)
from forthright.panels.selectors.booklets import What, said_by_issue

TAKEN_OUT = {"pack.file_taken_out": "downloaded", "pack.booklet_taken_out": "printed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOut:
    """A copy of a withdrawn letter, how and when it was made, and whether it came back.

    Of several that a member has it is the last that is not back; of a printed one it is enough that
    its booklet is said to be back or destroyed.
    """

    letter: PackLetter
    release: Release
    seat: Seat
    how: str
    made_at: datetime
    back: CopyBack | BookletSaid | None


# When a copy was made, and that it came back with its booklet.
Made = tuple[Event, BookletSaid | None]


def copies_out(meeting: Meeting) -> list[CopyOut]:
    """Return the copies of words that were withdrawn after they were taken out of a pack.

    Where the very same words were released again, their copies are copies of the pack.
    """
    if meeting.opened_at is None:
        return []
    letters = {each.duty_id: each for each in meeting.letters.filter(left_out_because="")}
    releases = list(
        Release.objects.filter(letter__duty__in=letters).select_related("letter").order_by("pk")
    )
    stands = {each.letter.duty_id: each.sha256 for each in releases if each.withdrawn_at is None}
    gone = [
        each
        for each in releases
        if each.withdrawn_at is not None
        and each.withdrawn_at >= meeting.opened_at
        and not (each.sha256 and stands.get(each.letter.duty_id) == each.sha256)
    ]
    if not gone:
        return []
    seats = {str(each.pk): each for each in meeting.seats.select_related("member")}
    events = Event.objects.filter(
        subject_kind=Seat._meta.label, subject_id__in=seats, name__in=TAKEN_OUT
    )
    kept, said = _kept_from(meeting), said_by_issue(seats.values())
    found: dict[tuple[Release, Seat], list[Made]] = defaultdict(list)
    issues = Counter[Seat]()
    for event in events.order_by("sequence"):
        seat, booklet = seats[event.subject_id], None
        if TAKEN_OUT[event.name] == "printed":
            issues[seat] += 1
            booklet = said.get((seat.pk, issues[seat]))
        for release in gone:
            if _holds(event, seat, letters[release.letter.duty_id], release, kept):
                is_back = booklet is not None and booklet.what in {What.BACK, What.DESTROYED}
                found[release, seat].append((event, booklet if is_back else None))
    back = {(each.release, each.seat): each for each in _back(gone)}
    copies = [
        _copy_out(letters[release.letter.duty_id], release, seat, each, back.get((release, seat)))
        for (release, seat), each in found.items()
    ]
    return sorted(copies, key=lambda each: (each.letter.position, each.seat.number))


def _copy_out(
    letter: PackLetter, release: Release, seat: Seat, made: Sequence[Made], back: CopyBack | None
) -> CopyOut:
    out = [each for each in made if each[1] is None]
    event, with_booklet = (out or made)[-1]
    return CopyOut(
        letter=letter, release=release, seat=seat, how=TAKEN_OUT[event.name], made_at=event.at,
        back=back or with_booklet,
    )  # fmt: skip


def _back(releases: Sequence[Release]) -> list[CopyBack]:
    rows = CopyBack.objects.filter(release__in=releases)
    return list(rows.select_related("release", "seat", "said_by"))


def _kept_from(meeting: Meeting) -> dict[tuple[int, int], tuple[datetime | None, datetime | None]]:
    """Return by seat and letter from when and until when it was in no file of that member."""
    aside = Recognition.objects.filter(seat__meeting=meeting.pk)
    not_given = NotGiven.objects.filter(seat__meeting=meeting.pk)
    return {
        **{(each.seat_id, each.letter_id): (each.kept_at, each.given_at) for each in not_given},
        **{(each.seat_id, each.letter_id): (each.said_at, None) for each in aside},
    }


def _holds(
    event: Event, seat: Seat, letter: PackLetter, release: Release,
    kept: Mapping[tuple[int, int], tuple[datetime | None, datetime | None]],
) -> bool:  # fmt: skip
    """Say whether what was taken out held the words of a release."""
    gone, since = release.withdrawn_at, release.released_at
    if gone is None or event.at > gone or (since is not None and event.at < since):
        return False
    if TAKEN_OUT[event.name] == "printed":
        # What each booklet holds was not always kept.
        positions = event.detail.get("positions", seat.printed or [])
        if letter.position not in positions:
            return False
    if (seat.pk, letter.pk) not in kept:
        return True
    begin, end = kept[seat.pk, letter.pk]
    return (begin is not None and event.at < begin) or (end is not None and event.at >= end)


def copies_to_come(held: Iterable[Meeting]) -> list[tuple[Meeting, list[CopyOut]]]:
    """Return which copies are not back, whatever became of the meeting since."""
    found = []
    for meeting in _with_withdrawals(held):
        if waiting := [each for each in copies_out(meeting) if each.back is None]:
            found.append((meeting, waiting))
    return found


def _with_withdrawals(held: Iterable[Meeting]) -> list[Meeting]:
    """Return the meetings of which a letter was withdrawn once their pack was open.

    Of all the meetings that an Area ever held the database is asked once.
    """
    opened = [each for each in held if each.opened_at is not None]
    gone = Release.objects.filter(
        letter__duty=OuterRef("duty"), withdrawn_at__gte=OuterRef("meeting__opened_at")
    )
    rows = PackLetter.objects.filter(Exists(gone), meeting__in=opened, left_out_because="")
    found = set(rows.values_list("meeting", flat=True)) if opened else set()
    return [each for each in opened if each.pk in found]


def copies_to_give_back(seats: Iterable[Seat]) -> list[tuple[Seat, list[int]]]:
    """Return by position of which letters a member is to give a copy back, at each of their seats.

    Whatever became of the meeting since: a file or a booklet stays until it is given back.
    """
    by_meeting = {each.meeting: each for each in seats}
    found = [
        (by_meeting[each], copies_of(by_meeting[each])) for each in _with_withdrawals(by_meeting)
    ]
    return [(seat, positions) for seat, positions in found if positions]


def copies_of(seat: Seat) -> list[int]:
    """Return by position the letters of which a member is to give their copy back."""
    return [
        each.letter.position
        for each in copies_out(seat.meeting)
        if each.seat.pk == seat.pk and each.back is None
    ]
