"""Which booklets of a panel are still out, and who took a pack as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from forthright.audit.models import Event
from forthright.panels.models import BookletSaid, Meeting, Seat
from forthright.panels.selectors.on_paper import Issue, issues_by_seat
from forthright.rules.words import moment_words

What = BookletSaid.What


@dataclass(frozen=True, slots=True)
class Booklet:
    """One printed booklet, whose it is, and what became of it as far as anybody said."""

    seat: Seat
    issue: Issue
    said: BookletSaid | None
    # It was typed in from it, so that it is here though nobody said so by a press of its own.
    is_typed_from: bool

    @property
    def number(self) -> int:
        """The number that stands at the foot of its pages."""
        return self.issue.number

    @property
    def is_unsaid(self) -> bool:
        """Say whether nobody said what became of it, also where its answers were typed in."""
        return self.said is None or self.said.what == What.OUT

    @property
    def is_out(self) -> bool:
        """Say whether nobody said yet what became of it."""
        if self.said is None:
            return not self.is_typed_from
        return self.said.what == What.OUT

    @property
    def words(self) -> str:
        """Say what became of it, and who said so."""
        if self.said is None:
            return "Its answers were typed in, so it is back." if self.is_typed_from else ""
        labels = dict(What.choices) | {What.OUT.value: "It is still out"}
        told = labels[self.said.what]
        because = f" {self.said.known_because}" if self.said.known_because else ""
        # It may have come all the same, after somebody had said that it would not.
        is_typed = self.is_typed_from and self.said.what != What.BACK
        typed = "Its answers were typed in. " if is_typed else ""
        said_at = moment_words(self.said.said_at)
        return f"{typed}{told}, {self.said.said_by} said {said_at}.{because}"

    @property
    def stamp(self) -> str:
        """Return what is another once something else is said of it."""
        return str(self.said.pk) if self.said else "none"


def booklets_of(meeting: Meeting) -> list[Booklet]:
    """Return every booklet that was printed for a meeting, by member and issue."""
    return _booklets(list(meeting.seats.select_related("member").order_by("number")))


def booklet_of(seat: Seat, issue: int) -> Booklet | None:
    """Return one booklet of a member, if it was printed."""
    return next((each for each in booklets_of_seat(seat) if each.number == issue), None)


def booklets_of_seat(seat: Seat) -> list[Booklet]:
    """Return every booklet that was printed for a member."""
    return _booklets([seat])


def booklets_out(held: Iterable[Meeting], day: date) -> list[tuple[Meeting, list[Booklet]]]:
    """Return the meetings with booklets that are to be back and are not, each with these alone.

    They are to be back after the last day of the pack, once the meeting is called off, or once the
    seat of the member has ended. Of all the meetings of an Area the database is asked alike often.
    """
    opened = {each.pk: each for each in held if each.opened_at is not None}
    if not opened:
        return []
    seats = Seat.objects.filter(meeting__in=opened).select_related("member")
    due = [
        each
        for each in seats.order_by("number")
        if _is_over(opened[each.meeting_id], day) or each.has_ended(day)
    ]
    found: dict[int, list[Booklet]] = {}
    for booklet in _booklets(due):
        if booklet.is_out:
            found.setdefault(booklet.seat.meeting_id, []).append(booklet)
    return [(opened[pk], found[pk]) for pk in opened if pk in found]


def members_with_files(meeting: Meeting) -> int:
    """Return how many members took their pack as a file; nobody asks them whether it is deleted."""
    rows = Event.objects.filter(
        subject_kind=Seat._meta.label, name="pack.file_taken_out",
        subject_id__in=[str(pk) for pk in meeting.seats.values_list("pk", flat=True)],
    )  # fmt: skip
    return rows.values("subject_id").distinct().count()


def said_by_issue(seats: Iterable[Seat]) -> dict[tuple[int, int], BookletSaid]:
    """Return by seat and issue what was said last of each booklet of which anything was."""
    rows = BookletSaid.objects.filter(seat__in=seats).select_related("said_by").order_by("pk")
    return {(each.seat_id, each.issue): each for each in rows}


def _is_over(meeting: Meeting, day: date) -> bool:
    return meeting.cancelled_at is not None or day > meeting.pack_until


def _booklets(seats: Sequence[Seat]) -> list[Booklet]:
    issues = issues_by_seat(seats)
    if not any(issues.values()):
        return []
    said = said_by_issue(seats)
    return [
        Booklet(
            seat, issue, said.get((seat.pk, issue.number)),
            _is_typed_from(seat, issue, issues[seat.pk]),
        )
        for seat in seats
        for issue in issues[seat.pk]
    ]  # fmt: skip


def _is_typed_from(seat: Seat, issue: Issue, issues: Sequence[Issue]) -> bool:
    """Say whether a booklet came back with answers, as whoever typed them in said.

    That is asked where several hold different words; the only one is read against what was typed
    before that is handed in.
    """
    if seat.issues_read is not None:
        return issue.number in seat.issues_read
    return len(issues) == 1 and seat.typed_by_id is not None and seat.handed_in_at is not None
