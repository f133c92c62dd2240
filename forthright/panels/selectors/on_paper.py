"""Which letters a member who reads on paper has before them, and who is asked after handing in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.panels.models import Meeting, PackLetter, Reading, Release, Seat
from forthright.panels.selectors.asked import is_whole, questions_by_letter
from forthright.panels.selectors.meetings import letters_to_read
from forthright.rules.words import moment_words

# The stamp of words that were released, and when.
Words = tuple[str, datetime | None]


def printed_of(seat: Seat, letters: Iterable[PackLetter]) -> set[int]:
    """Return which letters are in a booklet of this member, as far as it is known what is.

    None is whose words were released otherwise since, nor, where it is said which of their booklets
    came back, what stands otherwise in those. Of all the letters the database is asked alike often.
    """
    asked = list(letters)
    if seat.printed is None:
        return {each.pk for each in asked}
    asked = [each for each in asked if each.position in seat.printed]
    issues = issues_of(seat)
    if seat.issues_read is not None:
        issues = [each for each in issues if each.number in seat.issues_read]
    if not issues:
        return {each.pk for each in asked}
    words = _words_released(asked)
    return {each.pk for each in asked if any(_holds(issue, each, words) for issue in issues)}


@dataclass(frozen=True, slots=True)
class Issue:
    """One printed booklet of a member: its number, when it was printed and what was in it."""

    number: int
    printed_at: datetime
    # The positions of its letters; nothing of a booklet from before this was kept.
    positions: tuple[int, ...] | None
    # Who printed it, and has it back.
    printed_by: User | None

    @property
    def words(self) -> str:
        """Say which booklet it is, as it stands on each of its pages."""
        return f"Issue {self.number}, printed {moment_words(self.printed_at)}"


def issues_of(seat: Seat) -> list[Issue]:
    """Return the booklets that were printed for a member, the first one first."""
    return issues_by_seat([seat])[seat.pk]


def issues_by_seat(seats: Iterable[Seat]) -> dict[int, list[Issue]]:
    """Return the same of several members, by the number of each seat; asks once."""
    found: dict[int, list[Issue]] = {each.pk: [] for each in seats}
    if not found:
        return found
    events = Event.objects.filter(
        subject_kind=Seat._meta.label, subject_id__in=[str(each) for each in found],
        name="pack.booklet_taken_out",
    )  # fmt: skip
    for each in events.select_related("by").order_by("sequence"):
        issues = found[int(each.subject_id)]
        issues.append(Issue(len(issues) + 1, each.at, _positions(each), each.by))
    return found


def _positions(event: Event) -> tuple[int, ...] | None:
    kept = event.detail.get("positions")
    return None if kept is None else tuple(kept)


def issues_to_tell_apart(seat: Seat) -> list[Issue]:
    """Return the booklets of a member where one holds a letter in other words than another does.

    Whoever types in has to say from which; where all hold the same words, nothing is asked.
    """
    issues = issues_of(seat)
    if len(issues) > 1:
        letters = [letter for letter, _, is_gone in letters_to_read(seat) if not is_gone]
        words = _words_released(letters)
        for letter in letters:
            held = [_holds(each, letter, words) for each in issues if _is_in(each, letter)]
            if any(held) and not all(held):
                return issues
    return []


def waits_for_issues(seat: Seat) -> bool:
    """Say whether nothing is typed in before it is said which booklets came back."""
    return seat.issues_read is None and bool(issues_to_tell_apart(seat))


def _is_in(issue: Issue, letter: PackLetter) -> bool:
    return issue.positions is None or letter.position in issue.positions


def _holds(issue: Issue, letter: PackLetter, released: Mapping[int, Sequence[Words]]) -> bool:
    """Say whether a booklet holds a letter in the words that stand."""
    if not _is_in(issue, letter):
        return False
    words = released.get(letter.duty_id, ())
    then = [stamp for stamp, at in words if at is not None and at <= issue.printed_at]
    return not then or then[-1] == words[-1][0]


def _words_released(letters: Iterable[PackLetter]) -> dict[int, list[Words]]:
    """Return by what is owed the words of each letter that were released, the first ones first."""
    owed = [each.duty_id for each in letters]
    rows = Release.objects.filter(letter__duty__in=owed).exclude(sha256="")
    found: dict[int, list[Words]] = {}
    ordered = rows.order_by("released_at", "pk")
    for duty, stamp, at in ordered.values_list("letter__duty", "sha256", "released_at"):
        found.setdefault(duty, []).append((stamp, at))
    return found


def letters_on_paper(seat: Seat) -> list[tuple[PackLetter, Reading | None]]:
    """Return the letters that a member can have answered for on paper, each with what they said.

    Of who has handed in these are the letters that are asked of them since.
    """
    lines = [(letter, said) for letter, said, is_gone in letters_to_read(seat) if not is_gone]
    wanted = printed_of(seat, [letter for letter, _ in lines])
    if seat.handed_in_at is not None:
        wanted &= {each.pk for each in asked_after_handing_in(seat)}
    return [(letter, said) for letter, said in lines if letter.pk in wanted]


def asked_after_handing_in(seat: Seat) -> list[PackLetter]:
    """Return the letters that wait for an answer of a member who has handed in.

    Each was released again, in other words or after they had handed in, or given to them since.
    """
    if seat.handed_in_at is None or seat.meeting.state != Meeting.State.OPEN:
        return []
    lines = [(letter, said) for letter, said, is_gone in letters_to_read(seat) if not is_gone]
    asked = questions_by_letter(seat.meeting, [letter for letter, _ in lines])
    left = [letter for letter, said in lines if not is_whole(asked[letter.pk], said)]
    if seat.typed_by_id is None:
        return left
    printed = printed_of(seat, left)
    return [each for each in left if each.pk in printed]
